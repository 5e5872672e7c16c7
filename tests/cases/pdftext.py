"""Reads back what a letter shows: text in reading order and how far it reaches to the right.

Written apart from the typesetter: it decodes the content streams with each font's own tables.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf


@dataclass(frozen=True)
class Run:
    text: str
    left: float
    right: float
    bottom: float
    page: int
    artifact: bool
    # Which piece of its page's tagged content it is; None if it bears no tag.
    piece: int | None


@dataclass(frozen=True)
class Mark:
    artifact: bool
    piece: int | None


@dataclass(frozen=True)
class Font:
    letters: dict[int, str]
    widths: dict[int, float]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def text_of(pdf: bytes, *, artifacts: bool = True) -> str:
    """All text without white space: lines and justified spaces are no part of what is said.

    Artifacts are what is repeated on every page: footers and the mark of a draft.
    """
    return squeezed("".join(run.text for run in runs(pdf) if artifacts or not run.artifact))


def read_aloud(pdf: bytes) -> str:
    """All tagged text in the order of the tags, as a screen reader says it: a cell of a table that
    goes on over the page comes in one piece."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        numbers = {page.obj.objgen: number for number, page in enumerate(document.pages)}
        said: dict[tuple[int, int], str] = {}
        for number, page in enumerate(document.pages):
            for run in _page_runs(page, number):
                if run.piece is not None:
                    said[number, run.piece] = said.get((number, run.piece), "") + run.text
        told = _pieces(document.Root.StructTreeRoot, None)
        return squeezed("".join(said.get((numbers[page], piece), "") for page, piece in told))


def _pieces(
    node: pikepdf.Object, page: tuple[int, int] | None
) -> Iterator[tuple[tuple[int, int], int]]:
    """The page and number of each piece of content under a node of the tags, in order."""
    page = node.Pg.objgen if "/Pg" in node else page
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/MCID" not in child:
            yield from _pieces(child, page)
            continue
        on = child.Pg.objgen if isinstance(child, pikepdf.Dictionary) and "/Pg" in child else page
        if on is not None:
            yield on, int(child.MCID if isinstance(child, pikepdf.Dictionary) else child)


def page_width(pdf: bytes) -> float:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return float(document.pages[0].mediabox[2])


def runs(pdf: bytes) -> list[Run]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [run for n, page in enumerate(document.pages) for run in _page_runs(page, n)]


def _page_runs(page: pikepdf.Page, number: int) -> Iterator[Run]:
    fonts = {name: _font(font) for name, font in page.Resources.Font.items()}
    matrix, stack = pikepdf.Matrix(), []
    font, size, at = Font({}, {}), 0.0, pikepdf.Matrix()
    marks: list[Mark] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                stack.append(matrix)
            case "Q":
                matrix = stack.pop()
            case "cm":
                matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
            case "BDC" | "BMC":
                marks.append(_mark(operands))
            case "EMC":
                marks.pop()
            case "Tf":
                font, size = fonts[str(operands[0])], float(operands[1])
            case "Tm":
                at = pikepdf.Matrix(*map(float, operands))
            case "Tj":
                yield _run([operands[0]], font, size, at @ matrix, number, marks)
            case "TJ":
                yield _run(list(operands[0]), font, size, at @ matrix, number, marks)


def _run(
    parts: list, font: Font, size: float, at: pikepdf.Matrix, page: int, marks: list[Mark]
) -> Run:
    text, width, inked = "", 0.0, 0.0
    for part in parts:
        if not isinstance(part, pikepdf.String):
            width -= float(part)
            continue
        codes = bytes(part)
        for i in range(0, len(codes), 2):
            code = int.from_bytes(codes[i : i + 2])
            text += font.letters.get(code, "")
            width += font.widths.get(code, 0.0)
            inked = inked if text.endswith(" ") else width
    end = at.transform((inked * size / 1000, 0))
    piece = next((mark.piece for mark in reversed(marks) if mark.piece is not None), None)
    artifact = any(mark.artifact for mark in marks)
    return Run(text, at.e, end[0], at.f, page, artifact, piece)


def _mark(operands: list) -> Mark:
    told = operands[1] if len(operands) > 1 else {}
    piece = told["/MCID"] if isinstance(told, pikepdf.Dictionary) and "/MCID" in told else None
    return Mark(str(operands[0]) == "/Artifact", None if piece is None else int(piece))


def _font(font: pikepdf.Object) -> Font:
    table = font.ToUnicode.read_bytes().decode("ascii")
    letters = {
        int(code, 16): bytes.fromhex(text).decode("utf-16-be")
        for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL)
        for code, text in re.findall(r"<([0-9A-F]+)> <([0-9A-F]+)>", block)
    }
    assert "beginbfrange" not in table
    return Font(letters, _widths(list(font.DescendantFonts[0].W)))


def _widths(entries: list) -> dict[int, float]:
    found: dict[int, float] = {}
    while entries:
        first, then, *entries = entries
        if isinstance(then, pikepdf.Array):
            found |= {int(first) + i: float(width) for i, width in enumerate(then)}
        else:
            found |= dict.fromkeys(range(int(first), int(then) + 1), float(entries.pop(0)))
    return found
