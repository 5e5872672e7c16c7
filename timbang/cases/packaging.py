"""A whole case file as one package that anybody can check without this system.

A zip with documents, exhibits, journal, chains of custody, receipts of the law, the opening and the
proof of every entry, a manifest of SHA-256 and the program that checks it. It holds what the office
may read and nothing of a reporter: his report is no part of the file, only what was chosen from it.
The surprising part: the same case at the same version gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import typst
from django.db import transaction

from timbang.accounts import keys
from timbang.cases import decisions, evidence, package_check, reading, vault
from timbang.cases.actions import writing
from timbang.cases.models import Case, Decision, Document, DocumentKind
from timbang.cases.vault import Desk
from timbang.law import letters
from timbang.law.refusal import Refusal
from timbang.law.vocabulary import FACTS
from timbang.ledger import actions as ledger
from timbang.ledger.keys import signing_key
from timbang.ledger.models import Entry

# The earliest moment that a zip can tell: no hour of anybody's work stands in a package.
LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
SEALED: Final = b"timbang sealed package 1\n"
CONTEXT: Final = b"timbang/case package"
KEY_BYTES: Final = 80
TITLES: Final = {
    DocumentKind.FACTS: "Fakta",
    DocumentKind.STUDY: "Kajian",
    DocumentKind.RECOMMENDATION: "Rekomendasi",
    DocumentKind.NOTE: "Catatan",
    DocumentKind.ANSWER: "Jawaban",
    DocumentKind.MINUTES: "Berita acara pemeriksaan",
    DocumentKind.DISSENT: "Pendapat berbeda",
}
PARTS: Final = {
    "considering": "Menimbang",
    "having_regard_to": "Mengingat",
    "decides": "Memutuskan",
    "text": "",
    "own_words": "Kata-kata terlapor sendiri",
    "answers": "Tanya jawab",
    "place": "Tempat",
    "examiners": "Pemeriksa",
    "companions": "Pendamping",
}
LEFT_OUT: Final = "— — —"
# Kept as data beside the printed text.
NOT_PRINTED: Final = ("receipts", "pdf")
README: Final = """\
Berkas kasus {number} / Case file {number}

Isi / What is in it
  case.json        kasus, para terlapor, putusan / the case, the reported persons, decisions
  journal.json     apa yang dilakukan, menurut urutan / what was done, in order
  custody.json     rantai penguasaan barang bukti / chains of custody of the exhibits
  documents/       dokumen sebagai PDF dan data / documents as PDF and as data
  exhibits/        barang bukti apa adanya / exhibits as they are
  receipts/        apa yang ditanyakan kepada hukum dan jawabannya / what was asked of the law
  log/             bukaan dan bukti setiap catatan log / opening and proof of every entry
  manifest.json    SHA-256 setiap berkas / SHA-256 of every file

Memeriksa tanpa Timbang / To check it without Timbang
  python3 check.py {name} --key KUNCI

  KUNCI adalah kunci publik log, dari laman publiknya; jangan dari paket ini. Yang diperiksa dan
  caranya tertulis di awal check.py, yang hanya memakai pustaka standar Python.
  KEY is the public key of the log, from its public page; not from this package. What is checked,
  and how, stands at the head of check.py, which uses the standard library of Python only.

Tidak termasuk / Not in it
  Laporan dan identitas pelapor; dokumen yang tidak diberikan kepada kantor pembuat paket; cara
  kantor lain menyiapkan langkahnya. Tanda terima yang membuka pintu terlapor: surat yang
  memuatnya ada tanpa tanda itu, dan di sebelahnya SHA-256 surat aslinya.
  The report and its reporter; documents that the office making this was not given; how other
  offices prepared what they did. The receipt that opens the reported person's door: the letter
  that prints it is here without it, and beside it the SHA-256 of the letter as it was sent.
"""


@dataclass
class Bundle:
    """The files of a package while it is being made."""

    files: dict[str, bytes] = field(default_factory=dict)

    def add(self, name: str, data: bytes | str) -> None:
        """A file; text as UTF-8."""
        self.files[name] = data.encode() if isinstance(data, str) else data

    def add_json(self, name: str, value: Any) -> None:
        """A value as readable JSON."""
        self.add(name, json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n")

    @property
    def manifest(self) -> bytes:
        """What stands for every byte of the package."""
        told = {name: hashlib.sha256(data).hexdigest() for name, data in self.files.items()}
        content = {"format": package_check.FORMAT, "files": told}
        return (json.dumps(content, indent=1, sort_keys=True) + "\n").encode()

    @property
    def digest(self) -> str:
        """SHA-256 of the manifest."""
        return hashlib.sha256(self.manifest).hexdigest()

    def zipped(self) -> bytes:
        """The package; the same files give the same bytes."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, data in sorted((*self.files.items(), ("manifest.json", self.manifest))):
                package.writestr(_entry(name), data)
        return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, LONG_AGO)
    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    return info


@transaction.atomic
def collect(case: Case, desk: Desk) -> Bundle:
    """Everything of this case that this officer's organ may read, as of this moment."""
    bundle = Bundle()
    entries: dict[str, Entry] = {}
    bundle.add_json("journal.json", [_line(line, entries) for line in _journal(case, desk)])
    bundle.add_json("custody.json", list(_custody(case, desk, entries)))
    bundle.add_json("case.json", _case(case, desk))
    _documents(bundle, case, desk)
    _exhibits(bundle, case, desk)
    for name, entry in entries.items():
        bundle.add(f"log/{name}.opening.json", ledger.opening(entry))
        if (proof := ledger.proof(entry)) is not None:
            bundle.add(f"log/{name}.proof.txt", proof)
    bundle.add("log/key.txt", signing_key().vkey + "\n")
    bundle.add("check.py", Path(package_check.__file__).read_bytes())
    bundle.add("README.txt", README.format(number=case.number, name=file_name(case)))
    return bundle


def file_name(case: Case) -> str:
    """The name of the package: the number of the case, without what a file name cannot have."""
    return re.sub(r"[^A-Za-z0-9]+", "-", case.number).strip("-") + ".zip"


def _journal(case: Case, desk: Desk) -> Iterator[reading.JournalLine]:
    yield from reversed(reading.journal_of(case, desk))


def _line(line: reading.JournalLine, entries: dict[str, Entry]) -> dict[str, Any]:
    row = line.row
    return {
        "version": row.version,
        "act": row.act,
        "step": row.step,
        "outcome": row.outcome,
        "to": row.to,
        "track": row.track.code if row.track else None,
        "organ": row.organ.name,
        "other_organ": row.other_organ.name if row.other_organ else None,
        "officer": line.officer,
        "done_on": row.done_on.isoformat(),
        "recorded_on": row.recorded_on.isoformat(),
        "note": line.note,
        "entry": _named(f"{row.version:04}", row.entry, entries),
    }


def _named(name: str, entry: Entry, entries: dict[str, Entry]) -> str | None:
    """The name under which an entry is in the package; none when its opening is gone."""
    if not entry.salt:
        return None
    for known, kept in entries.items():
        if kept.pk == entry.pk:
            return known
    entries[name] = entry
    return name


def _custody(case: Case, desk: Desk, entries: dict[str, Entry]) -> Iterator[dict[str, Any]]:
    for found in evidence.held_of(case, desk):
        number = found.exhibit.row.position
        links = [
            {
                "place": line.row.place,
                "act": line.row.act,
                "organ": line.row.organ.name,
                "officer": line.officer,
                "done_on": line.row.done_on.isoformat(),
                "words": line.words,
                "hash": bytes(line.row.hash).hex(),
                "entry": _named(f"b{number:03}-{line.row.place:04}", line.row.entry, entries),
            }
            for line in found.lines
        ]
        yield {"exhibit": number, "sound": found.sound, "hidden": found.hidden, "links": links}


def _case(case: Case, desk: Desk) -> dict[str, Any]:
    key = vault.case_key(case, desk)
    people = {row.pk: vault.open_person(key, row) for row in case.accused.all()}
    rows = Decision.objects.filter(case=case).select_related("organ")
    return {
        "id": str(case.pk),
        "number": case.number,
        "version": case.version,
        "kind": case.kind,
        "way_in": case.way_in,
        "opened_on": case.opened_on.isoformat(),
        "ended_on": case.ended_on.isoformat() if case.ended_on else None,
        "step": case.step,
        "ended_as": case.ended_as,
        "procedure": {"code": case.procedure.code, "hash": case.procedure.hash},
        "packaged_by": desk.organ.name,
        "people": [person.as_json() for person in people.values()],
        "decisions": [_decision(key, row, people[row.accused_id]) for row in rows],
    }


def _decision(key: bytes, row: Decision, person: vault.Person) -> dict[str, Any]:
    return {
        "person": person.name or person.post,
        "version": row.version,
        "state": row.state,
        "finding": row.finding,
        "level": row.level,
        "kind": row.kind,
        "norms": row.norms,
        "decided_on": row.decided_on.isoformat(),
        "organ": row.organ.name,
        "delivered_on": row.delivered_on.isoformat() if row.delivered_on else None,
        "reasons": decisions.open_reasons(key, row),
        "proof": decisions.open_proof(key, row),
    }


def _documents(bundle: Bundle, case: Case, desk: Desk) -> None:
    rows = Document.objects.filter(case=case, keys__organ=desk.organ).select_related("organ")
    ordered = rows.order_by("journal__version", "kind", "version")
    for place, row in enumerate(ordered, 1):
        body = vault.open_document(row, desk) or {}
        name = f"documents/{place:03}-{row.kind}-{row.version}"
        if row.kind == DocumentKind.LETTER:
            _letter(bundle, name, body)
            continue
        for number, receipt in enumerate(body.get("receipts", ()), 1):
            bundle.add_json(f"receipts/{place:03}-{number}.json", receipt)
        bundle.add_json(f"{name}.json", body)
        bundle.add(f"{name}.pdf", printed(case, row, body))


def _letter(bundle: Bundle, name: str, body: Mapping[str, Any]) -> None:
    """A letter as it was made; one that prints the receipt of a reported person's door without it:
    whoever reads the package must not come in by that door."""
    made = body.get("made", {})
    if not made.get("from", {}).get("door"):
        bundle.add(f"{name}.pdf", writing.letter_bytes(body))
        return
    closed = letters.from_json(
        made["from"] | {"door": made["from"]["door"] | {"receipt": LEFT_OUT}}
    )
    bundle.add(f"{name}-without-receipt.pdf", letters.render(closed, language=made["language"]))
    bundle.add(f"{name}-without-receipt.sha256.txt", body["sha256"] + "\n")


def _exhibits(bundle: Bundle, case: Case, desk: Desk) -> None:
    told = []
    for found in reading.exhibits_of(case, desk):
        data = vault.open_file(found.row, desk)
        if data is None:
            continue
        name = f"exhibits/{found.row.position:03}{_suffix(found.media_type)}"
        bundle.add(name, data)
        told.append(
            {
                "file": name,
                "title": found.title,
                "media_type": found.media_type,
                "origin": found.row.origin,
                "sha256_when_taken": found.sha256,
                "source": found.row.source.position if found.row.source else None,
            }
        )
    bundle.add_json("exhibits.json", told)


def _suffix(media: str) -> str:
    known = {
        "application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png",
        "image/webp": ".webp", "image/gif": ".gif", "text/plain": ".txt",
    }  # fmt: skip
    return known.get(media, ".bin")


def printed(case: Case, row: Document, body: Mapping[str, Any]) -> bytes:
    """What a document says, as PDF."""
    kind = DocumentKind(row.kind)
    told = {
        "title": f"{TITLES.get(kind, kind.value)} {case.number}",
        "about": f"Versi {row.version}, {row.written_on.isoformat()}, {row.organ.name}",
        "parts": [
            {"title": PARTS.get(name, name), "paragraphs": list(_paragraphs(name, value))}
            for name, value in body.items()
            if name not in NOT_PRINTED and value
        ],
    }
    try:
        return _typeset(told)
    except typst.TypstError:
        # No font of the letters draws one of its characters: their numbers are printed.
        return _typeset(json.loads(_plain(json.dumps(told, ensure_ascii=False))))


def _plain(text: str) -> str:
    return "".join(sign if ord(sign) < 0x250 else f"[U+{ord(sign):04X}]" for sign in text)


def _typeset(told: Mapping[str, Any]) -> bytes:
    pdf: bytes = typst.compile(
        str(letters.TEMPLATES / "file.typ"),
        root=str(letters.TEMPLATES),
        font_paths=[str(letters.TEMPLATES / "fonts")],
        ignore_system_fonts=True,
        sys_inputs={"told": json.dumps(told)},
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    return pdf


def _paragraphs(name: str, value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            for text in _paragraphs(key, inner):
                fact = FACTS.get(key) if name == "facts" else None
                yield f"{fact.question.id if fact else key}: {text}"
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _paragraphs("", inner)
    elif value not in (None, ""):
        yield str(value)


def sealed_to(public: bytes, package: bytes) -> bytes:
    """The package, to be opened by whoever holds the private half of this X25519 key."""
    key = keys.new_key()
    return SEALED + keys.seal(public, key) + keys.encrypt(key, package, CONTEXT)


def opened_with(private: bytes, sealed: bytes) -> bytes:
    """The package that `sealed_to` sealed. Raises Refusal when it was not sealed to this key."""
    if not sealed.startswith(SEALED):
        raise Refusal("This is not a sealed package.")
    rest = sealed[len(SEALED) :]
    try:
        key = keys.open_sealed(private, rest[:KEY_BYTES])
        return keys.decrypt(key, rest[KEY_BYTES:], CONTEXT)
    except keys.WrongKey as error:
        raise Refusal("It was sealed to another key, or was changed.") from error
