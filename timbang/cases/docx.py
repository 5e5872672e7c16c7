"""The same letter as a file for a word processor (DOCX), part by part as the PDF has it.

For an office whose own system wants an editable file. It follows the same list of parts
(letter_forms.py) and the same words; a test compares what both say. Texts are escaped: no text of a
letter becomes markup or a field. The same letter gives the same bytes. What somebody changes in the
file is no longer the letter that was numbered: only the PDF can be checked.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import segno
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage

from timbang.law.letters import TEMPLATES, Language, Letter, printed

TEMPLATE: Final = TEMPLATES / "letter.docx"
MEDIA: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# The first moment that a zip archive can name: the clock has no place in the file.
_FIRST: Final = (1980, 1, 1, 0, 0, 0)
Block = dict[str, Any]


def render(letter: Letter, *, language: Language = "id") -> bytes:
    """The letter as DOCX. The same letter and language give the same bytes."""
    data = printed(letter, language)
    template = DocxTemplate(str(TEMPLATE))
    found = list(blocks(data))
    for block in found:
        if block["sort"] == "picture":
            block["picture"] = _picture(template, block["url"])
    template.render({"blocks": found, "footer": _footer(data)}, autoescape=True)
    _describe(template, letter, data)
    file = io.BytesIO()
    template.save(file)
    return fixed(file.getvalue())


def fixed(data: bytes) -> bytes:
    """The archive with its files in order and no clock in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            about = zipfile.ZipInfo(name, _FIRST)
            about.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(about, old.read(name))
    return made.getvalue()


def _picture(template: DocxTemplate, url: str) -> InlineImage:
    file = io.BytesIO()
    segno.make(url, error="m", micro=False).save(file, kind="png", border=1, scale=8)
    return InlineImage(template, io.BytesIO(file.getvalue()), width=Mm(23))


def _describe(template: DocxTemplate, letter: Letter, data: Mapping[str, Any]) -> None:
    """Title, author and day of the letter, and what the picture shows, for screen readers."""
    about = template.docx.core_properties
    about.title, about.author = data["title"][:255], data["organ"]["name"][:255]
    about.language = "id-ID" if data["language"] == "id" else "en-GB"
    about.comments, about.last_modified_by, about.revision = "", "", 1
    midnight = about.created.replace(
        year=letter.dated_on.year, month=letter.dated_on.month, day=letter.dated_on.day,
        hour=0, minute=0, second=0,
    )  # fmt: skip
    about.created = about.modified = midnight
    names = {"wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"}
    for shown in template.docx.element.body.iterfind(".//wp:docPr", names):
        shown.set("descr", data["words"]["check_alt"])


def _footer(data: Mapping[str, Any]) -> str:
    words = data["words"]
    draft = f"{words['draft']}. " if data["draft"] else ""
    return f"{draft}{words['unsigned']}. {words['unsigned_footer']}. {words['locale_note']}".strip()


# --- the parts ------------------------------------------------------------------------------------


def blocks(data: Mapping[str, Any]) -> Iterator[Block]:
    """What stands in the letter, in order, as blocks that the template knows."""
    yield from _text("head", data["organ"]["name"])
    yield from _text("centred", data["organ"]["address"])
    yield from _text("centred", data["organ"]["contact"])
    for name in data["form"]:
        if name.startswith("annex:"):
            yield from _annex(data, name)
        elif name != "gap":
            yield from PARTS[name](data)


def _text(sort: str, text: str) -> Iterator[Block]:
    if text:
        yield {"sort": sort, "text": text}


def _texts(texts: list[str], sort: str = "par") -> Iterator[Block]:
    for text in texts:
        yield from _text(sort, text)


def _pairs(rows: list[tuple[str, str]]) -> Iterator[Block]:
    full = [row for row in rows if row[1] != ""]
    if full:
        yield {"sort": "pairs", "rows": full}


def _listed(rows: list[tuple[str, str]]) -> Iterator[Block]:
    if rows:
        yield {"sort": "numbered", "rows": rows}


def _numbered(texts: list[str]) -> Iterator[Block]:
    yield from _listed([(f"{n}.", text) for n, text in enumerate(texts, 1)])


def _sheet(header: list[str], rows: list[list[str]]) -> Iterator[Block]:
    yield {"sort": f"table{len(header)}", "header": header, "rows": rows}


def _annex(data: Mapping[str, Any], name: str) -> Iterator[Block]:
    what = name.removeprefix("annex:")
    if what == "fields" and not data["fields"]:
        return
    numbers = [part for part in data["form"] if part.startswith("annex:")]
    roman = ("I", "II", "III", "IV")[numbers.index(name)]
    yield {"sort": "break"}
    yield from _text("title", f"{data['words']['annex']} {roman}. {data['words'][what]}".upper())


def _letter_head(data: Mapping[str, Any]) -> Iterator[Block]:
    words = data["words"]
    yield from _pairs(
        [
            (words["number"], _number(data)),
            (words["nature"], data["nature"]),
            (words["attachments"], data["enclosed"]),
            (words["subject"], data["subject"] or words["kind"]["title"]),
        ]
    )
    yield from _text("right", _placed(data))
    yield from _address(data)


def _number(data: Mapping[str, Any]) -> str:
    return data["number"] or str(data["words"]["unnumbered"])


def _placed(data: Mapping[str, Any]) -> str:
    return ", ".join(filter(None, (data["place"], data["dated"])))


def _address(data: Mapping[str, Any]) -> Iterator[Block]:
    words, who = data["words"], data["addressee"]
    rows = [who[name] for name in ("name", "post", "agency") if who[name]]
    rows = [f"{words['to']} {row}" if n == 0 else row for n, row in enumerate(rows)]
    if who["address"]:
        rows.append(f"{words['at']} {who['address']}")
    yield from _text("par", "\n".join(rows))


def _centred_head(data: Mapping[str, Any], *, subject: bool = True) -> Iterator[Block]:
    words = data["words"]
    yield from _text("title", words["kind"]["title"].upper())
    yield from _text("centred", f"{words['number']}: {_number(data)}")
    if subject and data["subject"]:
        yield from _text("centred", words["about"])
        yield from _text("centred", data["subject"])


def _case(data: Mapping[str, Any]) -> Iterator[Block]:
    words = data["words"]
    yield from _pairs([(words["case_number"], data["case_number"])])
    many = len(data["reported"]) > 1
    for n, person in enumerate(data["reported"], 1):
        label = f"{words['reported']} {n}" if many else words["reported"]
        rest = [(words[name], person[name]) for name in ("post", "agency", "region")]
        yield from _pairs([(label, person["name"]), *rest])
    yield from _pairs([(row[0], row[1]) for row in data["facts"]])


def _case_short(data: Mapping[str, Any]) -> Iterator[Block]:
    names = "\n".join(person["name"] for person in data["reported"])
    words = data["words"]
    yield from _pairs([(words["case_number"], data["case_number"]), (words["reported"], names)])


def _sections(data: Mapping[str, Any]) -> Iterator[Block]:
    for section in data["sections"]:
        yield from _text("heading", section["title"])
        yield from _texts(section["paragraphs"])


def _norms(data: Mapping[str, Any]) -> Iterator[Block]:
    words = data["words"]
    if not data["norms"]:
        return
    yield from _text("heading", words["norms"])
    rows = [[_norm(norm, words), norm["citations"], norm["level"]] for norm in data["norms"]]
    yield from _sheet([words["norm"], words["citations"], words["level"]], rows)


def _norm(norm: Mapping[str, str], words: Mapping[str, Any]) -> str:
    told = (
        (words["applies"], norm["applies"]),
        (f"{words['sanctions']}:", norm["sanctions"]),
        (f"{words['missing']}:", norm["missing"]),
    )
    return "\n".join([norm["title"], *(f"{label} {value}" for label, value in told if value)])


def _tables(data: Mapping[str, Any]) -> Iterator[Block]:
    for table in data["tables"]:
        yield from _text("heading", table["title"])
        if table["rows"]:
            yield from _sheet(table["header"], table["rows"])
        else:
            yield from _text("par", data["words"]["unattached"])


def _considerations(data: Mapping[str, Any]) -> Iterator[Block]:
    words = data["words"]
    for name, signs in (("considering", "abcdefghijklmnopqrstuvwxyz"), ("having_regard_to", "")):
        texts = data[name]
        if len(texts) == 1:
            yield from _pairs([(words[name], texts[0])])
        elif texts:
            yield from _text("par", f"{words[name]}:")
            yield from _listed([(_sign(n, signs), text) for n, text in enumerate(texts)])


def _sign(place: int, signs: str) -> str:
    """`a.` to `z.`, then `aa.`; or `1.`."""
    if not signs:
        return f"{place + 1}."
    times, at = divmod(place, len(signs))
    return signs[at] * (times + 1) + "."


def _decisions(data: Mapping[str, Any]) -> Iterator[Block]:
    if not data["decides"]:
        return
    words, ordinals = data["words"], data["words"]["ordinals"]
    yield from _text("centred", f"{words['kind']['decides'].upper()}:")
    known = ordinals["list"]
    yield from _pairs(
        [
            (known[n] if n < len(known) else f"{ordinals['further']}{n + 1}", text)
            for n, text in enumerate(data["decides"])
        ]
    )


def _doubts(data: Mapping[str, Any]) -> Iterator[Block]:
    words = data["words"]
    if not data["doubts"]:
        return
    yield from _text("heading", words["doubts"])
    yield from _text("par", words["doubts_lead"])
    yield from _numbered([doubt["text"] + _leveled(doubt, words) for doubt in data["doubts"]])


def _leveled(told: Mapping[str, str], words: Mapping[str, Any]) -> str:
    return f" ({words['level']}: {told['level']})" if told["level"] else ""


def _exhibit_table(data: Mapping[str, Any]) -> Iterator[Block]:
    words = data["words"]
    if not data["exhibits"]:
        yield from _text("par", words["unattached"])
        return
    rows = [[one["number"], one["title"], one["digest"]] for one in data["exhibits"]]
    yield from _sheet([words["exhibit"], words["name"], words["digest"]], rows)


def _exhibits(data: Mapping[str, Any]) -> Iterator[Block]:
    if data["exhibits"]:
        yield from _text("heading", data["words"]["exhibits"])
        yield from _exhibit_table(data)


def _door(data: Mapping[str, Any]) -> Iterator[Block]:
    door, words = data["door"], data["words"]
    if door:
        yield from _text("bold", door["title"])
        yield from _pairs(
            [(words["door_address"], door["address"]), (words["door_receipt"], door["receipt"])]
        )
        yield from _texts(door["lines"], "small")


def _basis(data: Mapping[str, Any]) -> Iterator[Block]:
    words = data["words"]
    found = [one["citation"] + _leveled(one, words) for one in data["basis"]]
    if found:
        yield from _text("par", f"{words['basis']}: {'; '.join(found)}.")


def _reply(data: Mapping[str, Any]) -> Iterator[Block]:
    reply, words = data["reply"], data["words"]
    if not reply:
        return
    if reply["is_law"]:
        why = f"{words['reply_law']}: {reply['basis']}."
    else:
        why = f"{words['reply_reminder']} {reply['basis']}".strip()
    yield from _text("par", f"{words['reply_by']} {reply['by']}. {why}")


def _ending(data: Mapping[str, Any], place: str = "") -> Iterator[Block]:
    yield from _closing(data)
    yield from _signature(data, place)


def _closing(data: Mapping[str, Any]) -> Iterator[Block]:
    yield from _texts(data["words"]["kind"]["closing"])


def _signature(data: Mapping[str, Any], place: str) -> Iterator[Block]:
    words, signatory = data["words"], data["signatory"]
    yield from _check(data)
    yield from _text("par", place)
    yield from _text("par", f"{signatory['post']}," if signatory["post"] else "")
    yield from _text("small", f"— {words['unsigned']} —")
    yield from _text("bold", signatory["name"] or words["signer_blank"])


def _issued(data: Mapping[str, Any], word: str) -> str:
    words = data["words"]
    return f"{words[word]} {data['place']}\n{words['on']} {data['dated']}"


def _signers(data: Mapping[str, Any]) -> Iterator[Block]:
    words = data["words"]
    if not data["signers"]:
        yield from _signature(data, _placed(data))
        return
    for signer in data["signers"]:
        yield from _text("par", f"{signer['role']},")
        yield from _text("small", f"— {signer['note'] or words['unsigned']} —")
        yield from _text("bold", signer["name"] or words["signer_blank"])
    yield from _check(data)


def _check(data: Mapping[str, Any]) -> Iterator[Block]:
    check, words = data["check"], data["words"]
    if check:
        yield {"sort": "picture", "url": check["url"]}
        yield from _text("small", f"{words['check']}:\n{check['url']}")
        yield from _text("small", check["code"])


def _copies(data: Mapping[str, Any]) -> Iterator[Block]:
    if data["copies_to"]:
        yield from _text("par", f"{data['words']['copies_to']}:")
        yield from _numbered(data["copies_to"])


def _attachments(data: Mapping[str, Any]) -> Iterator[Block]:
    if data["attachments"]:
        yield from _text("heading", data["words"]["attachment_list"])
        yield from _numbered(data["attachments"])


def _fields(data: Mapping[str, Any]) -> Iterator[Block]:
    words = data["words"]
    if data["fields"]:
        yield from _sheet([words["fields_label"], words["fields_value"]], data["fields"])


def _subject(data: Mapping[str, Any]) -> Iterator[Block]:
    yield from _pairs([(data["words"]["subject"], data["subject"])])


def _authority(data: Mapping[str, Any]) -> Iterator[Block]:
    post = data["signatory"]["post"]
    yield from _text("centred", f"{post.upper()}," if post else "")


PARTS: Final[Mapping[str, Callable[[Mapping[str, Any]], Iterator[Block]]]] = {
    "letter_head": _letter_head,
    "centred_head": _centred_head,
    "plain_head": lambda data: _centred_head(data, subject=False),
    "opening": lambda data: _texts(data["words"]["kind"]["opening"]),
    "case": _case,
    "case_short": _case_short,
    "subject": _subject,
    "verdict": lambda data: _text("bold", data["words"]["kind"]["verdict"]),
    "authority": _authority,
    "body": lambda data: _texts(data["body"]),
    "points": lambda data: _numbered(data["points"]),
    "sections": _sections,
    "norms": _norms,
    "tables": _tables,
    "considerations": _considerations,
    "decisions": _decisions,
    "doubts": _doubts,
    "exhibits": _exhibits,
    "exhibit_table": _exhibit_table,
    "door": _door,
    "basis": _basis,
    "reply": _reply,
    "ending": _ending,
    "ending_placed": lambda data: _ending(data, _placed(data)),
    "ending_set": lambda data: _ending(data, _issued(data, "set_at")),
    "ending_issued": lambda data: _ending(data, _issued(data, "issued_at")),
    "closing": _closing,
    "signers": _signers,
    # It stands with the signatures.
    "check": lambda _data: iter(()),
    "address": _address,
    "copies": _copies,
    "attachments": _attachments,
    "attachments_top": _attachments,
    "fields": _fields,
}
