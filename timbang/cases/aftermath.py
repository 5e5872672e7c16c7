"""After the decision: recommendation, follow-up, warning, blocking, release, each with its norm.

What happened is read from the journal and from the recorded measures; nothing is stored twice. What
the sources leave open (how many warnings, how long a block lasts, how it is lifted) is said, not
filled in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from timbang.accounts.models import Organ
from timbang.cases import course, idleness
from timbang.cases.models import Act, Case, CaseStep, Holding, Measure
from timbang.law.bilingual import Bilingual
from timbang.law.norms import catalogue
from timbang.law.vocabulary import VERIFICATION

NORM: Final = "perpres_116_2022/19(2)"
BLOCK_NORM: Final = "perpres_116_2022/20(2)"
BLOCK, WARNING = "data_block", "warning"
# Only after coordination with the ministers concerned (Perpres 116/2022 ps 19(3)).
COORDINATED: Final = ("decision_withdrawn", "decision_annulled", "powers_withdrawal_recommended")
COORDINATION: Final = "Perpres 116/2022 ps 19 ayat (3)"
INACTION: Final = "Perpres 116/2022 ps 17 ayat (3), 19 ayat (1)"
NO_RELEASE: Final = Bilingual(
    "Aturan pembukaan blokir tidak ditemukan (pasal Peraturan BKN 1/2023 tidak terbaca). Bahwa "
    "blokir dibuka bila instansi bertindak, atau karena putusan atau kekeliruan, adalah aturan "
    "sistem ini.",
    "No rule on lifting a block was found (the articles of BKN Regulation 1/2023 were not read). "
    "That it is lifted once the office acts, by a ruling, or as a mistake, is this system's rule.",
)
GROUNDS: Final[Mapping[str, Bilingual]] = {
    "a": Bilingual(
        "seharusnya diberhentikan tidak dengan hormat, tetapi tidak",
        "should have been dismissed without honour, and was not",
    ),
    "b": Bilingual(
        "seharusnya diberhentikan dengan hormat tidak atas permintaan sendiri, tetapi tidak",
        "should have been dismissed with honour not at his own request, and was not",
    ),
    "c": Bilingual(
        "seharusnya dihukum pemberhentian, tetapi tidak atau lebih ringan",
        "should have been punished with dismissal, and was not or more lightly",
    ),
    "d": Bilingual("diangkat tidak menurut aturan", "was appointed against the rules"),
    "e": Bilingual("seharusnya diberhentikan sementara", "should have been suspended"),
}
OPEN_GROUNDS: Final = Bilingual(
    "Alasan ini tidak menyebut netralitas maupun sanksi di bawah pemberhentian; apakah daftarnya "
    "tertutup belum dipastikan.",
    "These grounds name neither neutrality nor sanctions below dismissal; whether the list is "
    "closed is not settled.",
)
# The steps of the procedures that lead here, as (procedure, outcome).
RECOMMENDED: Final = {("sbt_neutrality", "hand_over"), ("kasn_neutrality", "send")}
IDLE: Final = {
    ("sbt_neutrality", "no_action"), ("sbt_neutrality", "not_in_line"),
    ("sbt_neutrality", "report_idle"), ("kasn_neutrality", "no_action"),
}  # fmt: skip
WARNED: Final = {("sbt_neutrality", "warned"), ("kasn_neutrality", "ask_again")}
BLOCKED: Final = {("sbt_neutrality", "block")}

State = Literal["done", "not_yet", "ended"]


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage on the way after a recommendation, with the days on which it was reached."""

    title: Bilingual
    state: State
    days: tuple[date, ...]
    citation: str
    level: object
    open_point: Bilingual | None = None


TITLES: Final[Mapping[str, Bilingual]] = {
    "recommended": Bilingual("Rekomendasi disampaikan", "Recommendation handed to the office"),
    "followed": Bilingual("Ditindaklanjuti", "Followed up by the office"),
    "idle": Bilingual("Dinyatakan tidak ditindaklanjuti", "Found not to be followed up"),
    "warned": Bilingual("Peringatan", "Warning"),
    "blocked": Bilingual("Pemblokiran data atau layanan", "Blocking of data or services"),
    "released": Bilingual("Blokir dibuka", "Block lifted"),
}


def stages(case: Case) -> list[Stage]:
    """How far this case came after its recommendation; nothing where none was made."""
    steps = CaseStep.objects.filter(course.lines_of(case), act=Act.STEP, track=None)
    lines = list(steps.select_related("case__procedure").order_by("done_on", "version"))
    if not _days(lines, RECOMMENDED | IDLE | WARNED | BLOCKED):
        return []
    measures = list(Measure.objects.filter(case=case))
    followed = tuple(line.done_on for line in lines if idleness.acts(line))
    late = case.journal.filter(act=Act.ACTED_LATE).values_list("done_on", flat=True)
    warned = _days(lines, WARNED) + _taken(measures, WARNING)
    blocked = _days(lines, BLOCKED) + _taken(measures, BLOCK)
    released = tuple(row.lifted_on for row in measures if row.lifted_on)
    warning, block = _level(NORM), _level(BLOCK_NORM)
    return [
        _stage("recommended", _days(lines, RECOMMENDED), "", ""),
        _stage("followed", followed + tuple(late), "PP 94/2021 ps 24, 26-29", ""),
        _stage("idle", _days(lines, IDLE), INACTION, _level("perpres_116_2022/17(3)")),
        _stage("warned", warned, "Perpres 116/2022 ps 19 ayat (2) huruf a", warning),
        _stage("blocked", blocked, "Perpres 116/2022 ps 20 ayat (2)-(3); PerBKN 1/2023", block),
        _stage("released", released, "", "", NO_RELEASE if blocked else None),
    ]


def _stage(
    code: str,
    days: tuple[date, ...],
    citation: str,
    level: object,
    open_point: Bilingual | None = None,
) -> Stage:
    once = tuple(sorted(set(days)))
    return Stage(TITLES[code], "done" if once else "not_yet", once, citation, level, open_point)


def _days(lines: list[CaseStep], codes: set[tuple[str, str]]) -> tuple[date, ...]:
    return tuple(
        line.done_on for line in lines if (line.case.procedure.code, line.outcome) in codes
    )


def _taken(measures: list[Measure], kind: str) -> tuple[date, ...]:
    return tuple(row.taken_on for row in measures if row.kind == kind)


def _level(norm: str) -> object:
    return VERIFICATION[catalogue().norms[norm].level]


def kinds() -> Mapping[str, Bilingual]:
    """The administrative actions of the norm, as the catalogue names them."""
    return {found.kind: found.title for found in catalogue().norms[NORM].sanctions}


def found_idle(case: Case) -> bool:
    """Whether it is on file that the office did not act: found by a step, or late by law."""
    lines = CaseStep.objects.filter(course.lines_of(case), act=Act.STEP, track=None)
    pairs = lines.values_list("case__procedure__code", "outcome")
    return any(pair in IDLE for pair in pairs) or case.idle_ties.exists()


def office_of(case: Case) -> Organ | None:
    """The appointing office that has, or last had, this case."""
    if case.holder.kind == idleness.APPOINTING:
        return case.holder
    had = Holding.objects.filter(case=case, organ__kind=idleness.APPOINTING)
    last = had.select_related("organ").order_by("sent_on", "pk").last()
    return last.organ if last else None
