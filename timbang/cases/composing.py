"""What each kind of letter takes from the case: summonses, minutes, decisions, custody, files.

`drafting` gives what studies and recommendations say; here is the rest. The words are Indonesian,
as all official texts of the desk. What nobody wrote down stays empty and is not guessed; a letter
that would say nothing without it is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from timbang.cases import (
    accused_door,
    course,
    decisions,
    drafting,
    evidence,
    hearings,
    reading,
    study_parts,
)
from timbang.cases.drafting import Basis, Cover
from timbang.cases.minutes import MANNERS, Record
from timbang.cases.models import Case, Decision, DecisionFinding, DocumentKind
from timbang.cases.reading import OpenedPerson
from timbang.cases.vault import Desk
from timbang.law import letters
from timbang.law.letter_forms import SUMMONSES, TO_REPORTERS, Kind
from timbang.law.letters import Letter
from timbang.law.norms import catalogue
from timbang.law.refusal import Refusal
from timbang.law.steps import Remedy

LANGUAGE: Final[letters.Language] = "id"
# They are about one person each, and name nobody else.
OF_ONE: Final = frozenset(
    {
        *SUMMONSES,
        Kind.CLOSING_NOT_PROVEN,
        Kind.MINUTES,
        Kind.DECISION,
        Kind.DELIVERY_RECORD,
        Kind.REPLY_TO_OBJECTION,
    }
)
# They name the provision of the step at which the case stands.
ON_THE_STEP: Final = frozenset(
    {*SUMMONSES, Kind.BLOCKING_NOTICE, Kind.RELEASE_NOTICE, Kind.FOLLOW_UP_WARNING}
)
TO_HIM: Final = (*SUMMONSES, Kind.REPLY_TO_OBJECTION)
REPORTER: Final = letters.Addressee(
    name="Pelapor", address="halaman status laporannya (identitas tidak dicantumkan)"
)
DAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
UNITS: Final[Mapping[str, str]] = {
    "days": "hari kalender",
    "workdays": "hari kerja",
    "hours": "jam",
    "unknown": "hari",
}
CUSTODY: Final[Mapping[str, str]] = {
    "received": "diterima",
    "opened": "dibuka",
    "copied": "disalin",
    "redacted": "dibuat salinan yang disamarkan",
    "handed_over": "diserahkan",
    "released": "dilepaskan",
    "returned": "dikembalikan",
}
HOW: Final[Mapping[str, str]] = {
    Decision.How.HANDED: "diserahkan langsung kepada yang bersangkutan",
    Decision.How.SENT: "dikirimkan",
}
WRITTEN: Final[Mapping[str, str]] = {
    DocumentKind.FACTS: "Fakta",
    DocumentKind.STUDY: "Kajian",
    DocumentKind.RECOMMENDATION: "Rekomendasi",
    DocumentKind.LETTER: "Surat",
    DocumentKind.ANSWER: "Jawaban",
    DocumentKind.MINUTES: "Berita acara pemeriksaan",
    DocumentKind.DISSENT: "Pendapat berbeda",
}


@dataclass(frozen=True)
class Source:
    """What a letter is made of: the case, who makes it, and what he filled in."""

    case: Case
    desk: Desk
    cover: Cover
    basis: Basis
    people: Sequence[OpenedPerson]
    on: date

    @property
    def person(self) -> OpenedPerson:
        """The one person whom it is about."""
        found = [one for place, one in enumerate(self.people) if place in self._about]
        if len(found) != 1:
            raise Refusal(_("This letter is about one person: choose one."))
        return found[0]

    @property
    def _about(self) -> frozenset[int]:
        return self.cover.about or frozenset(range(len(self.people)))


def compose(
    case: Case,
    cover: Cover,
    desk: Desk,
    *,
    basis: Basis,
    on: date,
    notice: accused_door.Notice | None = None,
) -> Letter:
    """The whole letter, without its number. `notice`: the receipt that a summons prints."""
    source = Source(case, desk, cover, basis, reading.people_of(case, desk, on=on), on)
    made = _drafted(source)
    if cover.kind in OF_ONE:
        made = replace(made, reported=_only(source, made))
    if cover.kind in ON_THE_STEP:
        made = replace(made, basis=_step_basis(case))
    if cover.kind in TO_HIM and made.addressee == letters.Addressee():
        made = replace(made, addressee=_himself(source))
    more = _MORE.get(cover.kind)
    made = more(source, made) if more else made
    return made if notice is None else replace(made, door=letters.Door(**_told(notice)))


def _told(notice: accused_door.Notice) -> dict[str, Any]:
    return {
        "title": notice.title,
        "address": notice.address,
        "receipt": notice.receipt,
        "lines": notice.lines,
    }


def _drafted(source: Source) -> Letter:
    case, desk = source.case, source.desk
    study = reading.newest(case, DocumentKind.STUDY, desk)
    recommendation = reading.newest(case, DocumentKind.RECOMMENDATION, desk)
    made = drafting.letter(
        source.cover,
        source.basis,
        organ=desk.organ,
        study=drafting.Writing.from_json(study.body) if study else None,
        recommendation=drafting.Writing.from_json(recommendation.body) if recommendation else None,
        exhibits=reading.exhibits_of(case, desk),
        channel=case.holder.channel,
    )
    if study and source.cover.kind in (Kind.STUDY, Kind.OUTSIDE_FILE):
        return replace(made, sections=_study_parts(study.body.get("parts", {})))
    return made


def _study_parts(parts: Mapping[str, str]) -> tuple[letters.Section, ...]:
    """The parts of a study that say something, paragraph by paragraph."""
    return tuple(
        letters.Section(title[LANGUAGE], tuple(line for line in text.splitlines() if line.strip()))
        for title, text in study_parts.told(parts)
    )


def _only(source: Source, made: Letter) -> tuple[letters.ReportedPerson, ...]:
    person = source.person.person
    return (
        letters.ReportedPerson(
            person.name, person.post, person.agency, reading.region_name(person.region)
        ),
    )


def _himself(source: Source) -> letters.Addressee:
    person = source.person.person
    return letters.Addressee(person.name, person.post, person.agency)


def _step_basis(case: Case) -> tuple[letters.Basis, ...]:
    """The provision of the present step; none where the procedure gives none."""
    step = course.step_of(case)
    if step is None or not step.citation:
        return ()
    level = step.level or course.procedure_of(case).level or ""
    return (letters.Basis(step.citation, level),)


def day_in_words(day: date) -> str:
    """`Senin, 2 November 2026`."""
    return f"{DAYS[day.weekday()]}, {letters.long_date(day, LANGUAGE)}"


# --- summonses ------------------------------------------------------------------------------------


def _summons(source: Source, made: Letter) -> Letter:
    """When and where, and of what he is suspected: nobody can answer what he was not told."""
    cover, ordinal = source.cover, 1 if source.cover.kind == Kind.FIRST_SUMMONS else 2
    known = {one[0]: one[2] for one in source.person.summonses}
    day = cover.meets_on or known.get(ordinal)
    if day is None:
        raise Refusal(_("A summons needs the day for which it summons."))
    told = {key: value for key, value in source.basis.facts.items() if key in ("conduct", "act_on")}
    rows = (
        ("Hari, tanggal", day_in_words(day)),
        ("Pukul", cover.hour),
        ("Tempat", cover.meets_at),
        ("Menghadap", cover.before),
        *drafting.fact_lines(told),
    )
    return replace(
        made,
        facts=tuple(row for row in rows if row[1]),
        subject=made.subject or "Panggilan untuk didengar keterangannya",
        norms=_suspected(source),
    )


def _suspected(source: Source) -> tuple[letters.Norm, ...]:
    """The norms that are held to apply to this person, with how well each is known."""
    person = source.person.person
    return tuple(
        letters.Norm(title=finding.title[LANGUAGE], citations=finding.citations,
                     level=finding.level)
        for part in source.basis.parts
        if person in part.people
        for finding in part.findings
        if finding.applies == "yes"
    )  # fmt: skip


# --- minutes --------------------------------------------------------------------------------------


def _minutes(source: Source, made: Letter) -> Letter:
    """The newest minutes of his hearing, word for word."""
    process = hearings.process_of(source.case, source.desk, on=source.on)
    mine = next(one for one in process if one.row.pk == source.person.row.pk)
    held = [
        (one.row.held_on, one.newest.record)
        for one in mine.hearings
        if one.newest is not None and one.newest.record is not None
    ]
    if not held:
        raise Refusal(_("No minutes of this person's hearing were written yet."))
    day, record = held[-1]
    return replace(
        made,
        facts=tuple(_circumstances(day, record)),
        tables=_answers(record),
        sections=_own_words(record),
        body=("Berita acara dibacakan kembali kepada yang diperiksa.",) if record.read_back else (),
        signers=tuple(_who_sign(source, record)),
    )


def _circumstances(day: date, record: Record) -> Iterator[tuple[str, str]]:
    yield "Hari, tanggal", day_in_words(day)
    yield "Tempat", record.place
    yield "Cara", MANNERS[record.manner][LANGUAGE] if record.manner in MANNERS else record.manner
    yield "Sifat pemeriksaan", "tertutup" if record.private else ""
    yield "Pemeriksa", "; ".join(record.examiners)
    yield "Pendamping", "; ".join(record.companions)


def _answers(record: Record) -> tuple[letters.Table, ...]:
    if not record.answers:
        return ()
    rows = enumerate(record.answers, 1)
    return (
        letters.Table(
            "Tanya jawab",
            ("No.", "Pertanyaan", "Jawaban"),
            tuple((f"{n}.", said.question, said.answer) for n, said in rows),
        ),
    )


def _own_words(record: Record) -> tuple[letters.Section, ...]:
    lines = tuple(line for line in record.own_words.splitlines() if line.strip())
    title = "Keterangan yang diperiksa dengan kata-katanya sendiri"
    return (letters.Section(title, lines),) if lines else ()


def _who_sign(source: Source, record: Record) -> Iterator[letters.Signer]:
    for name in record.examiners:
        yield letters.Signer("Pemeriksa", name)
    ending = record.ending
    refused = ending is not None and ending.closed_as == "refused"
    note = ""
    if refused and ending is not None:
        why = f": {ending.reason}" if ending.reason else ""
        note = f"menolak menandatangani{why}"
    yield letters.Signer("Yang diperiksa", source.person.person.name, note)
    for name in ending.witnesses if ending else ():
        yield letters.Signer("Saksi", name)


# --- decisions ------------------------------------------------------------------------------------


def _decision(source: Source, made: Letter) -> Letter:
    """Menimbang, Mengingat, Memutuskan, from the decision on file; how it may be contested."""
    found = _decided(source)
    name = source.person.person.name or source.person.person.post
    reasons = found.words.get("reasons", "").splitlines()
    return replace(
        made,
        subject=made.subject or f"dugaan pelanggaran oleh {name}",
        considering=tuple(line.strip() for line in reasons if line.strip()),
        having_regard_to=tuple(_norm_line(norm, title) for norm, title in found.norms),
        decides=tuple(_rulings(found, name)),
        points=tuple(_how_to_contest(one.remedy) for one in found.remedies),
    )


def _decided(source: Source) -> decisions.DecisionView:
    """The decision about this person that counts."""
    every = decisions.views(source.case, source.desk, on=source.on)
    mine = [one for one in every if one.row.accused_id == source.person.row.pk]
    standing = [one for one in mine if one.row.state in ("stands", "suspended")]
    if not standing:
        raise Refusal(_("Nothing was decided about this person yet."))
    return standing[-1]


def _norm_line(norm: str, title: str) -> str:
    known = catalogue().norms.get(norm)
    named = known.title[LANGUAGE] if known else title
    cited = "; ".join(one.text for one in known.citations) if known else ""
    return f"{cited}: {named};" if cited else f"{named};"


def _rulings(found: decisions.DecisionView, name: str) -> Iterator[str]:
    norms = "; ".join(
        catalogue().norms[norm].title[LANGUAGE] if norm in catalogue().norms else title
        for norm, title in found.norms
    )
    if found.row.finding == DecisionFinding.NOT_PROVEN:
        yield f"menyatakan bahwa dugaan pelanggaran oleh {name} tidak terbukti;"
    elif found.row.finding == DecisionFinding.BEYOND_AUTHORITY:
        yield f"menyatakan bahwa {name} terbukti melampaui kewenangan: {norms};"
    else:
        yield f"menyatakan bahwa {name} terbukti melakukan: {norms};"
    if found.sanction is not None:
        yield f"menjatuhkan kepada {name}: {found.sanction[LANGUAGE]} ({found.row.level});"
    yield "keputusan ini disampaikan kepada yang bersangkutan."


def _how_to_contest(remedy: Remedy) -> str:
    """Where and within which term, as far as that was read."""
    where = f"{remedy.title[LANGUAGE]}, kepada {remedy.to[LANGUAGE]}"
    term = remedy.term
    if term is None:
        unknown = (
            remedy.term_unknown[LANGUAGE] if remedy.term_unknown else "tenggat tidak diketahui"
        )
        return f"{where}. {unknown}"
    level = letters.level_text(term.level, LANGUAGE)
    return (
        f"{where}: {term.length} {UNITS[term.unit]} sejak keputusan ini terbukti disampaikan "
        f"({term.citation or 'tanpa kutipan'}; tingkat verifikasi: {level})."
    )


# --- records --------------------------------------------------------------------------------------


def _delivery(source: Source, made: Letter) -> Letter:
    """That a decision, or the newest summons, reached him: how, and by which proof."""
    rows = _delivered_decision(source) or _delivered_summons(source)
    if rows is None:
        raise Refusal(_("No delivery to this person is on file: record it with its proof first."))
    name = source.person.person.name
    return replace(
        made,
        facts=tuple(rows),
        signers=(
            letters.Signer("Yang menyerahkan", source.cover.signatory.name),
            letters.Signer("Yang menerima", name),
        ),
    )


def _delivered_decision(source: Source) -> list[tuple[str, str]] | None:
    every = decisions.views(source.case, source.desk, on=source.on)
    mine = [one for one in every if one.row.accused_id == source.person.row.pk]
    sent = [one for one in mine if one.row.delivered_on is not None]
    if not sent:
        return None
    row = sent[-1].row
    decided = f"Keputusan tanggal {letters.long_date(row.decided_on, LANGUAGE)}"
    return _delivery_rows(decided, row.delivered_on, HOW[row.delivered_how], sent[-1].proof)


def _delivered_summons(source: Source) -> list[tuple[str, str]] | None:
    process = hearings.process_of(source.case, source.desk, on=source.on)
    mine = next(one for one in process if one.row.pk == source.person.row.pk)
    sent = [one for one in mine.summonses if one.row.delivered_on is not None]
    if not sent:
        return None
    row = sent[-1].row
    what = f"Surat panggilan ke-{row.ordinal} untuk {day_in_words(row.summoned_for_on)}"
    return _delivery_rows(what, row.delivered_on, "", sent[-1].proof)


def _delivery_rows(what: str, day: date | None, how: str, proof: str) -> list[tuple[str, str]]:
    when = day_in_words(day) if day else ""
    return [("Dokumen", what), ("Diterima pada", when), ("Cara", how), ("Bukti", proof)]


def _custody(source: Source, made: Letter) -> Letter:
    """Each exhibit with its digest, and through whose hands it went: offices and days, no words."""
    held = evidence.held_of(source.case, source.desk)
    listed = [one.exhibit for one in held]
    return replace(
        made,
        exhibits=_exhibits(listed),
        tables=tuple(
            letters.Table(
                f"B-{one.exhibit.row.position}: {one.exhibit.title}",
                ("Hari", "Perbuatan", "Kantor", "Kepada"),
                tuple(map(_custody_row, one.lines)),
            )
            for one in held
        ),
        signers=(letters.Signer("Pengelola barang bukti", source.cover.signatory.name),),
    )


def _custody_row(line: evidence.CustodyLine) -> tuple[str, str, str, str]:
    row = line.row
    to = row.other_organ.name if row.other_organ else ""
    day = letters.long_date(row.done_on, LANGUAGE)
    return day, CUSTODY.get(row.act, row.act), row.organ.name, to


def _exhibits(found: Sequence[reading.OpenedExhibit]) -> tuple[letters.Exhibit, ...]:
    return tuple(letters.Exhibit(f"B-{one.row.position}", one.title, one.sha256) for one in found)


def _hand_over(source: Source, made: Letter) -> Letter:
    """What the file holds that may go on: never notes, never a report."""
    written = reading.documents_of(source.case, source.desk, *map(DocumentKind, WRITTEN))
    rows = tuple(
        (
            WRITTEN[one.row.kind] + (f": {title}" if (title := one.body.get("title")) else ""),
            str(one.row.version),
            letters.long_date(one.row.written_on, LANGUAGE),
        )
        for one in written
    )
    return replace(
        made,
        tables=(letters.Table("Dokumen", ("Dokumen", "Versi", "Hari"), rows),),
        exhibits=_exhibits(reading.exhibits_of(source.case, source.desk)),
        signers=(
            letters.Signer("Yang menyerahkan", source.cover.signatory.name),
            letters.Signer("Yang menerima"),
        ),
    )


def _to_reporter(source: Source, made: Letter) -> Letter:
    """Neither his name nor anybody's whom he did not name: a case can have several reports."""
    return replace(made, addressee=REPORTER, reported=(), case_number="")


_MORE: Final[Mapping[Kind, Callable[[Source, Letter], Letter]]] = {
    **dict.fromkeys(SUMMONSES, _summons),
    **dict.fromkeys(TO_REPORTERS, _to_reporter),
    Kind.MINUTES: _minutes,
    Kind.DECISION: _decision,
    Kind.DELIVERY_RECORD: _delivery,
    Kind.CUSTODY_LIST: _custody,
    Kind.HAND_OVER_NOTE: _hand_over,
}
