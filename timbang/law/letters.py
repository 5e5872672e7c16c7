"""Letters as PDF: every letter and record of a procedure, from the summons to the release.

For whoever must sign: `render` gives the bytes of one letter, with an empty place for the signature
and marks that say it has none. Everything happens in memory, without network; the same letter gives
the same bytes. A letter has no place for the reporter's identity: there is no field for it.

Surprising: no text can break a letter. Markup is printed as it stands, words of any length wrap,
and a character that no bundled font can draw is printed as its name or code, as [U+4E2D].
"""

from __future__ import annotations

import hashlib
import io
import json
import tomllib
import unicodedata
from collections.abc import Callable, Mapping, Set
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import segno
import typst

from timbang.law.letter_forms import FORMS, Kind
from timbang.law.vocabulary import VERIFICATION

TEMPLATES = Path(__file__).parent / "letters"
Language = Literal["id", "en"]

_MONTHS = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "en": "January February March April May June July August September October November December",
}
# Characters that show other text than they hold (UAX 9 embeddings, overrides and isolates).
_DISGUISES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# More different rare characters than this are not asked of the fonts one by one.
_MOST_PROBED = 200
_LATIN_END = 0x24F


@dataclass(frozen=True)
class Organ:
    """Whose letterhead it is. `contact`: telephone, address on the net, in one line."""

    name: str
    address: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Addressee:
    name: str = ""
    post: str = ""
    agency: str = ""
    address: str = ""


@dataclass(frozen=True)
class ReportedPerson:
    """The person whom the case is about. Never the reporter."""

    name: str
    post: str = ""
    agency: str = ""
    region: str = ""


@dataclass(frozen=True)
class Norm:
    """One norm that was examined. `level`: a code of law's VERIFICATION, or text shown as it is."""

    title: str
    citations: tuple[str, ...] = ()
    applies: Literal["yes", "no", "unknown", ""] = ""
    level: str = ""
    sanctions: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Doubt:
    """Something still open, with the verification level (as in Norm) of what it rests on."""

    text: str
    level: str = ""


@dataclass(frozen=True)
class Exhibit:
    number: str
    title: str
    digest: str = ""


@dataclass(frozen=True)
class Section:
    title: str
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Signatory:
    name: str = ""
    post: str = ""


@dataclass(frozen=True)
class Signer:
    """One of several who sign a record: as what, and what is noted instead of his signature."""

    role: str
    name: str = ""
    note: str = ""


@dataclass(frozen=True)
class Table:
    """A table with its title; each row has as many cells as the header."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Door:
    """The receipt by which the reported person reads his own case and answers."""

    title: str
    address: str
    receipt: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Basis:
    """On what provision the letter rests. `level` as in Norm."""

    citation: str
    level: str = ""


@dataclass(frozen=True)
class Reply:
    """By when an answer is asked. Without a law it is called a reminder target in the letter."""

    by: date
    basis: str = ""
    is_law: bool = False

    def __post_init__(self) -> None:
        if self.is_law and not self.basis.strip():
            raise ValueError("Reply: a term given by law needs its citation in `basis`")


@dataclass(frozen=True)
class Check:
    """Where anyone can check the letter: printed and as a QR code. Never a secret."""

    url: str
    code: str = ""

    def __post_init__(self) -> None:
        if not (self.url.isascii() and self.url.isprintable() and 0 < len(self.url) <= 500):
            raise ValueError("Check: the address needs 1 to 500 plain characters")


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One letter, whole. Empty parts are left out of the page.

    `draft` puts a mark behind every page; a letter that is no draft still says that it is unsigned.
    `points` are numbered, after `body`: the questions of a question, the wishes of a warning.
    `signers`: who signs a record, each with a place of his own; a letter has one signatory.
    `fields` are the copy-ready fields of an outside channel (see outside.py).
    """

    kind: Kind
    organ: Organ
    dated_on: date
    place: str = ""
    number: str = ""
    subject: str = ""
    confidential: bool = True
    addressee: Addressee = Addressee()
    case_number: str = ""
    reported: tuple[ReportedPerson, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    body: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    norms: tuple[Norm, ...] = ()
    considering: tuple[str, ...] = ()
    having_regard_to: tuple[str, ...] = ()
    decides: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    attachments: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    tables: tuple[Table, ...] = ()
    basis: tuple[Basis, ...] = ()
    door: Door | None = None
    reply: Reply | None = None
    signers: tuple[Signer, ...] = ()
    signatory: Signatory = Signatory()
    copies_to: tuple[str, ...] = ()
    check: Check | None = None
    draft: bool = True


def render(letter: Letter, *, language: Language = "id") -> bytes:
    """The letter as PDF/UA-1. The same letter and language give the same bytes.

    Only the fixed words are translated: what the letter says is printed as it was given.
    """
    data = printed(letter, language)
    try:
        return _compile(data, letter.dated_on)
    except typst.TypstError:
        rare = frozenset(char for char in _characters(data) if ord(char) > _LATIN_END)
    try:
        return _compile(_spelled(data, _undrawable(rare)), letter.dated_on)
    except typst.TypstError:
        # Drawable alone, but not as they stand together.
        return _compile(_spelled(data, rare), letter.dated_on)


def as_json(letter: Letter) -> dict[str, Any]:
    """The form in which a letter is kept, so that the same bytes can be made of it again."""
    kept = asdict(letter)
    kept["dated_on"] = letter.dated_on.isoformat()
    if letter.reply:
        kept["reply"]["by"] = letter.reply.by.isoformat()
    return kept


def from_json(kept: Mapping[str, Any]) -> Letter:
    """The letter of `as_json`."""
    told = {name: _tuples(value) for name, value in kept.items() if name in _FIELDS}
    told |= {name: _one(made, told[name]) for name, made in _ONE.items() if told.get(name)}
    for name, made in _MANY.items():
        told[name] = tuple(_one(made, each) for each in told.get(name, ()))
    told["kind"], told["dated_on"] = Kind(told["kind"]), date.fromisoformat(told["dated_on"])
    return Letter(**told)


_FIELDS = frozenset(field.name for field in fields(Letter))
_ONE: dict[str, type[Any]] = {
    "organ": Organ,
    "addressee": Addressee,
    "signatory": Signatory,
    "reply": Reply,
    "door": Door,
    "check": Check,
}
_MANY: dict[str, type[Any]] = {
    "reported": ReportedPerson,
    "norms": Norm,
    "doubts": Doubt,
    "exhibits": Exhibit,
    "sections": Section,
    "tables": Table,
    "basis": Basis,
    "signers": Signer,
}


def _one(made: type[Any], told: Mapping[str, Any]) -> Any:
    known = dict(told)
    if made is Reply:
        known["by"] = date.fromisoformat(known["by"])
    return made(**known)


def _tuples(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _tuples(item) for key, item in value.items()}
    return tuple(map(_tuples, value)) if isinstance(value, (list, tuple)) else value


@cache
def made_with() -> str:
    """Which typesetter and which templates make a letter now: with others the bytes may differ."""
    digest = hashlib.sha256()
    names = ("letter.typ", "parts.typ", "words.toml")
    for path in (*(TEMPLATES / name for name in names), *sorted((TEMPLATES / "fonts").iterdir())):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    forms = repr([(kind.value, form) for kind, form in FORMS.items()])
    digest.update(forms.encode())
    return f"typst {version('typst')}, {digest.hexdigest()[:16]}"


def long_date(day: date, language: Language = "id") -> str:
    return f"{day.day} {_MONTHS[language].split()[day.month - 1]} {day.year}"


@cache
def words(language: Language) -> Mapping[str, Any]:
    """The fixed words of the letters in one language."""
    text = (TEMPLATES / "words.toml").read_text(encoding="utf-8")
    chosen: Mapping[str, Any] = tomllib.loads(text)[language]
    return chosen


def printed(letter: Letter, language: Language) -> dict[str, Any]:
    """What the templates read: only strings that are safe to print, the texts already worded."""
    fixed = words(language)
    kind = fixed["kinds"][letter.kind]
    # Dates and the picture of the QR code are no texts of the letter: they are added after.
    data: dict[str, Any] = _each_text(_plain_fields(letter), _printable)
    data["norms"] = [_norm_texts(norm, language) for norm in data["norms"]]
    for doubt in data["doubts"]:
        doubt["level"] = level_text(doubt["level"], language)
    for basis in data["basis"]:
        basis["level"] = level_text(basis["level"], language)
    if letter.reply:
        data["reply"]["by"] = long_date(letter.reply.by, language)
    if letter.check:
        data["check"]["picture"] = _qr(letter.check.url)
    count = len(letter.attachments)
    return data | {
        "words": {**{key: fixed[key] for key in fixed if key != "kinds"}, "kind": kind},
        "language": language,
        "form": FORMS[letter.kind].parts,
        "level": FORMS[letter.kind].level,
        "title": " ".join(filter(None, (kind["title"], data["number"]))),
        "day": [letter.dated_on.year, letter.dated_on.month, letter.dated_on.day],
        "dated": long_date(letter.dated_on, language),
        "nature": fixed["confidential" if letter.confidential else "ordinary"],
        "enclosed": f"{count} {fixed['files']}" if count else "",
    }


def _plain_fields(letter: Letter) -> dict[str, Any]:
    told = asdict(letter)
    del told["dated_on"]
    if told["reply"]:
        del told["reply"]["by"]
    return told


def _norm_texts(norm: Mapping[str, Any], language: Language) -> dict[str, str]:
    answers = words(language)["answers"]
    return {
        "title": norm["title"],
        "citations": "; ".join(norm["citations"]),
        "applies": answers.get(norm["applies"], norm["applies"]),
        "level": level_text(norm["level"], language),
        "sanctions": "; ".join(norm["sanctions"]),
        "missing": "; ".join(norm["missing"]),
    }


def level_text(code: str, language: Language) -> str:
    """How well something is known, in words; text that is no code stays as it is."""
    return VERIFICATION[code][language] if code in VERIFICATION else code


def _compile(data: Mapping[str, Any], dated_on: date) -> bytes:
    # Written into the file in place of the clock: the same letter, the same bytes.
    midnight = datetime.combine(dated_on, time(), UTC).timestamp()
    return _typeset("letter.typ", {"letter": json.dumps(data)}, timestamp=max(0, int(midnight)))


def _typeset(template: str, inputs: dict[str, str], *, timestamp: int) -> bytes:
    pdf: bytes = typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=[str(TEMPLATES / "fonts")],
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=["ua-1"],
        timestamp=timestamp,
    )
    return pdf


def _qr(url: str) -> str:
    picture = io.BytesIO()
    segno.make(url, error="m", micro=False).save(picture, kind="svg", border=1, scale=4)
    return picture.getvalue().decode()


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _each_text(item, change) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_each_text(item, change) for item in value]
    return value


def _printable(text: str) -> str:
    """The text with one kind of line end and nothing invisible that deceives or breaks a font."""
    lines = str(text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if lines.isascii() and lines.replace("\n", "").isprintable():
        return lines.strip()
    return "".join(_visible(char) for char in unicodedata.normalize("NFC", lines)).strip()


def _visible(char: str) -> str:
    if char == "\n" or char in "\u2028\u2029\x0b\x0c\x85":
        return "\n"
    if char in _DISGUISES or char in "\ufeff\ufffc\ufffe\uffff":
        return _spell(char)
    # Controls, surrogates, private and unassigned code points.
    return _spell(char) if unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn") else char


def _spell(char: str) -> str:
    code = f"U+{ord(char):04X}"
    pictured = unicodedata.category(char) == "So"
    return f"[{unicodedata.name(char, code).lower() if pictured else code}]"


def _spelled(data: dict[str, Any], undrawable: Set[str]) -> dict[str, Any]:
    table = {ord(char): _spell(char) for char in undrawable}
    spelled: dict[str, Any] = _each_text(data, lambda text: text.translate(table))
    return spelled


def _characters(data: Mapping[str, Any]) -> frozenset[str]:
    found: set[str] = set()

    def look(text: str) -> str:
        found.update(text)
        return text

    _each_text(data, look)
    return frozenset(found)


def _undrawable(rare: Set[str]) -> frozenset[str]:
    """Those of the characters that no bundled font can draw."""
    return frozenset(rare if len(rare) > _MOST_PROBED else _failing(sorted(rare)))


def _failing(chars: list[str]) -> list[str]:
    """Found by halving: one small compilation tells whether all of a list can be drawn."""
    if not chars or _draws(chars):
        return []
    if len(chars) == 1:
        return chars
    half = len(chars) // 2
    return _failing(chars[:half]) + _failing(chars[half:])


def _draws(chars: list[str]) -> bool:
    try:
        _typeset("probe.typ", {"chars": " ".join(chars)}, timestamp=0)
    except typst.TypstError:
        return False
    return True
