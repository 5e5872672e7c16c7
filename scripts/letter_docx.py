"""Make timbang/law/letters/letter.docx, the template of editable letters, anew.

    python scripts/letter_docx.py

The file is written by this script and not by hand, so that its markup can be read here.
"""

from __future__ import annotations

import io
from pathlib import Path

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table

from timbang.cases.docx import TEMPLATE, fixed

MOST_COLUMNS = 5
WIDTH = 16.0


def main() -> None:
    """Write the template, with the same bytes whenever it is run."""
    made = build()
    file = io.BytesIO()
    made.save(file)
    Path(TEMPLATE).write_bytes(fixed(file.getvalue()))


def build() -> Docx:
    """The template: a loop over the blocks of the letter, one branch for each sort of block."""
    made = Document()
    _set_up(made)
    _tag(made, "{%p for b in blocks %}")
    for sort, style in STYLES.items():
        _tag(made, f"{{%p if b.sort == '{sort}' %}}")
        _paragraph(made, "{{ b.text }}", style)
        _tag(made, "{%p endif %}")
    _branch_pairs(made)
    _branch_numbered(made)
    for columns in range(2, MOST_COLUMNS + 1):
        _branch_table(made, columns)
    _branch_picture(made)
    _branch_break(made)
    _tag(made, "{%p endfor %}")
    return made


STYLES = {
    "title": ("Title", "center"),
    "heading": ("Heading 1", "left"),
    "head": ("Letterhead", "center"),
    "par": ("Normal", "left"),
    "bold": ("Strong line", "left"),
    "centred": ("Normal", "center"),
    "right": ("Normal", "right"),
    "small": ("Small", "left"),
}


def _set_up(made: Docx) -> None:
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin = Cm(2.8), Cm(2.2)
    page.top_margin, page.bottom_margin = Cm(2), Cm(2.4)
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Liberation Serif", Pt(11.5)
    normal.paragraph_format.space_after = Pt(6)
    for name, bold, size in (("Letterhead", True, 13), ("Strong line", True, 11.5),
                             ("Small", False, 9)):  # fmt: skip
        style = made.styles.add_style(name, 1)
        style.base_style = normal
        style.font.bold, style.font.size = bold, Pt(size)
    for name, size in (("Title", 13), ("Heading 1", 11.5)):
        style = made.styles[name]
        style.font.name, style.font.size, style.font.bold = "Liberation Serif", Pt(size), True
        style.font.color.rgb = None
        fonts = style.element.rPr.find(qn("w:rFonts"))
        for attribute in list(fonts.attrib):
            del fonts.attrib[attribute]
        fonts.set(qn("w:ascii"), "Liberation Serif")
        fonts.set(qn("w:hAnsi"), "Liberation Serif")
    border = made.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if border is not None:
        made.styles["Title"].element.pPr.remove(border)
    made.sections[0].footer.paragraphs[0].text = "{{ footer }}"
    made.sections[0].footer.paragraphs[0].style = made.styles["Small"]


def _paragraph(made: Docx, text: str, style: tuple[str, str]) -> None:
    name, side = style
    paragraph = made.add_paragraph(text, style=name)
    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, side.upper())


def _tag(made: Docx, text: str) -> None:
    made.add_paragraph(text)


def _branch_pairs(made: Docx) -> None:
    _tag(made, "{%p if b.sort == 'pairs' %}")
    table = _looped(made, ("{{ r[0] }}", ":", "{{ r[1] }}"), (3.6, 0.5, WIDTH - 4.1))
    table.style = None
    _after(made)


def _branch_numbered(made: Docx) -> None:
    _tag(made, "{%p if b.sort == 'numbered' %}")
    _looped(made, ("{{ r[0] }}", "{{ r[1] }}"), (1.0, WIDTH - 1.0)).style = None
    _after(made)


def _branch_table(made: Docx, columns: int) -> None:
    _tag(made, f"{{%p if b.sort == 'table{columns}' %}}")
    cells = tuple(f"{{{{ r[{n}] }}}}" for n in range(columns))
    header = tuple(f"{{{{ b.header[{n}] }}}}" for n in range(columns))
    table = _looped(made, cells, (WIDTH / columns,) * columns, header=header)
    table.style = made.styles["Table Grid"]
    _after(made)


def _looped(
    made: Docx, cells: tuple[str, ...], widths: tuple[float, ...], header: tuple[str, ...] = ()
) -> Table:
    """A table of which one row is written once for each of `b.rows`."""
    table = made.add_table(rows=0, cols=len(cells))
    table.autofit = False
    if header:
        _row(table, header, widths, bold=True)
        _repeat(table)
    _row(table, ("{%tr for r in b.rows %}", *[""] * (len(cells) - 1)), widths)
    _row(table, cells, widths)
    _row(table, ("{%tr endfor %}", *[""] * (len(cells) - 1)), widths)
    return table


def _row(
    table: Table, texts: tuple[str, ...], widths: tuple[float, ...], *, bold: bool = False
) -> None:
    row = table.add_row()
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = Cm(width)
        cell.paragraphs[0].add_run(text).bold = bold or None


def _repeat(table: Table) -> None:
    """The first row is a header, for screen readers and on every page."""
    mark = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(mark)


def _after(made: Docx) -> None:
    """Word joins tables that touch: an empty line keeps them apart."""
    made.add_paragraph("", style="Small")
    _tag(made, "{%p endif %}")


def _branch_picture(made: Docx) -> None:
    _tag(made, "{%p if b.sort == 'picture' %}")
    made.add_paragraph("{{ b.picture }}")
    _tag(made, "{%p endif %}")


def _branch_break(made: Docx) -> None:
    _tag(made, "{%p if b.sort == 'break' %}")
    made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    _tag(made, "{%p endif %}")


if __name__ == "__main__":
    main()
