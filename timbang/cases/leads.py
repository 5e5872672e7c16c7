"""Leads as an officer of a watching office meets them: what he may see, and what he is tied to.

A lead about a person is opened on the record and for the day: until its end its pages are there,
and the next day asks again. Who is tied to somebody in it does not read it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Officer, Organ
from timbang.cases import conflicts, course, matching
from timbang.cases.matching import Party
from timbang.cases.models import Case, Decision, LookUp, SupervisoryFinding
from timbang.cases.vault import Desk
from timbang.law import recusal
from timbang.law.refusal import Refusal
from timbang.registry import tables
from timbang.signals import evidence, reading
from timbang.signals.evidence import Evidence, Rows
from timbang.signals.models import Lead, LeadTick

ROWS: Final = 50
"""Rows of evidence on one page."""
MOST_NAMED: Final = 2_000
"""Rows whose people are held against an officer's ties, and that go along into a case."""


_DECIDED: Final = "decided_cases:"


def facts() -> tables.Tables:
    """Public facts as they are known now; web processes read them on DuckDB."""
    return tables.open_tables(settings.TABLES, engine="duckdb")


def lead_numbered(number: str, officer: Officer) -> Lead | None:
    """The lead of this number, if it is within this officer's reach."""
    return Lead.objects.open_to(officer).numbered(number).first()


def is_open(lead: Lead, officer: Officer, on: date) -> bool:
    """Whether its pages are there for him: a lead about a person, once he opened it today."""
    if not lead.personal:
        return True
    rows = LookUp.objects.filter(officer=officer, what=LookUp.What.LEAD, number=lead.number)
    return rows.filter(done_on=on).exists()


def check_open(lead: Lead, by: Desk, on: date) -> None:
    """Refuse an act on a lead about a person that the officer has not opened today."""
    if not is_open(lead, by.officer, on):
        raise Refusal(_("Open the lead first: it is about a person, and opening it is on record."))


def check_untied(lead: Lead, by: Desk) -> None:
    """Refuse whoever is himself in a lead about a person, or declared a tie to somebody in it."""
    if not lead.personal:
        return
    declared = conflicts.interests_of(by.officer, by)
    named = evidence.read(lead.evidence[:MOST_NAMED], facts()).names() | {lead.subject}
    for name in named:
        for tie in matching.ties(by.officer.name, declared, Party(name)):
            if tie.surely and recusal.conflicts([tie.relation], "examine", superior_by_law=True):
                found = recusal.RELATIONS[tie.relation]
                raise Refusal(
                    _("You may not open this lead: %(relation)s. A colleague looks at it.")
                    % {"relation": found.title},
                    found.citation,
                )


def may_find(organ: Organ, on: date) -> bool:
    """Whether this office begins cases of its own by law, and so may fix a finding."""
    return any(course.starts(each, organ.kind) for each in course.starting_with(organ.kind, on))


def evidence_of(references: list[str], page: int) -> tuple[Evidence, int, int]:
    """One page of rows, which page it is (from 1), and how many there are."""
    pages = max(1, -(-len(references) // ROWS))
    number = min(max(1, page), pages)
    part = references[(number - 1) * ROWS : number * ROWS]
    return (evidence.read(part, facts()) if part else Evidence((), ())), number, pages


def decided(references: Iterable[str], officer: Officer) -> list[tuple[Decision, Case | None]]:
    """The decided cases among references; the case only where this officer may open it."""
    ids = [UUID(each.partition(":")[2]) for each in references if each.startswith(_DECIDED)]
    rows = Decision.objects.filter(pk__in=ids).select_related("case", "organ")
    held = set(Case.objects.open_to(officer).filter(decisions__in=ids).values_list("pk", flat=True))
    return [(row, row.case if row.case_id in held else None) for row in rows]


def case_of(lead: Lead, officer: Officer) -> Case | None:
    """The case into which it was taken over, where this officer may open it."""
    rows = SupervisoryFinding.objects.filter(lead=lead.number).values("case")
    return Case.objects.open_to(officer).filter(pk__in=rows).first()


# What goes along into a case


def person_in(lead: Lead) -> dict[str, str]:
    """The first person in the rows of a lead, as the fields of a finding; empty for none."""
    found = evidence.read(lead.evidence[:ROWS], facts())
    for table in found.tables:
        if table.name == "people":
            row = dict(
                zip((each.name for each in table.columns), table.rows[0].values, strict=True)
            )
            told = {
                "name": row.get("name"), "post": row.get("post"),
                "agency": row.get("agency_name"), "region": row.get("region_code"),
            }  # fmt: skip
            return {name: str(value) for name, value in told.items() if value}
    return {}


def summary(lead: Lead) -> str:
    """What a finding begins with: what was asked, what stands there, and what it does not say."""
    detector = reading.detector_of(lead)
    assert detector is not None
    asked = {"number": lead.number, "question": detector.method.question}
    lines = [str(_("Lead %(number)s from public facts: %(question)s") % asked)]
    if lead.value is not None:
        told = {"value": f"{lead.value:g}", "unit": detector.unit}
        lines.append(str(_("What was measured: %(value)s %(unit)s.") % told))
    does_not = _("A lead is a reason to look; whether anything was unlawful it does not say.")
    return "\n".join([*lines, str(does_not)])


def sheet(lead: Lead, at: datetime) -> str:
    """The whole matter as a text for the case file: rule, run, explanations looked at, rows with
    their source. In Indonesian, as files are."""
    parts = [_about(each) for each in reading.matter(lead)]
    day = timezone.localdate(at).isoformat()
    return "\n\n".join([f"INDIKASI {lead.number} (data publik, per {day})", *parts]) + "\n"


def _about(lead: Lead) -> str:
    detector, run = reading.detector_of(lead), lead.last_run
    assert detector is not None
    lines = [
        f"{lead.number}: {detector.method.title.id}",
        f"Pertanyaan: {detector.method.question.id}",
        f"Tentang: {lead.subject_kind} {lead.subject}",
        f"Wilayah: {lead.region_code or '-'}; sejak {lead.since_on or '-'} s.d. "
        f"{lead.until_on or '-'}; pemilu: {lead.election or '-'}",
        f"Nilai: {_plain(lead.value)} {detector.unit.id}",
        *(f"{detector.measures[name].id}: {_plain(value)}" for name, value in
          sorted(lead.measures.items()) if name in detector.measures),
        f"Detektor: {lead.detector} versi {lead.detector_version}; aturan {run.rule}",
        f"Penjalanan: {run.digest}; parameter {run.parameters}",
        "Penjelasan yang wajar, satu per satu:",
    ]  # fmt: skip
    for each in reading.explanations(lead):
        assert each.tick is not None
        lines.append(f"  - {each.words.id}")
        lines.append(f"    {_FOUND[LeadTick.Outcome(each.tick.outcome)]} {each.tick.note}")
    found = evidence.read(lead.evidence[:MOST_NAMED], facts())
    lines.append(f"Baris bukti: {len(lead.evidence)}")
    for table in found.tables:
        lines += _rows_of(table)
    lines += [f"  {reference}" for reference in found.elsewhere]
    if len(lead.evidence) > MOST_NAMED:
        lines.append(f"  ... dan {len(lead.evidence) - MOST_NAMED} baris lagi")
    return "\n".join(lines)


_FOUND: Final = {
    LeadTick.Outcome.EXPLAINS: "Menjelaskan.",
    LeadTick.Outcome.NOT: "Tidak menjelaskan.",
    LeadTick.Outcome.UNKNOWN: "Tidak dapat dipastikan.",
}


def _rows_of(table: Rows) -> list[str]:
    lines = [f"  Tabel {table.name}: {table.title.id}"]
    for row in table.rows:
        told = "; ".join(
            f"{column.title.id}: {_plain(value)}"
            for column, value in zip(table.columns, row.values, strict=True)
            if value is not None
        )
        lines.append(f"    [{row.origin.source.id}, {row.origin.where}] {told}")
        lines += [f"      Keraguan: {doubt.id}" for doubt in row.origin.doubts]
        if not row.counts:
            lines.append("      Baris ini tidak lagi berlaku.")
    return lines


def _plain(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.10g}" if isinstance(value, float) else str(value)
