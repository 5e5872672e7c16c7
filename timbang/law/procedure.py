"""What may happen next in a case, to whom it falls, and until when: one engine for all procedures.

Pure: a step of a case, an officer's organ and roles, and what holds (`guards`) go in; the next step
comes out, or a `Refusal` that says what is missing, what is allowed instead, and the article. The
engine never guesses: a guard that is not known is not met.

An organ without officers here (*outside*) still acts: another organ that the step names among its
`recorders` writes down the answer, once that answer is on file. How often a bounded outcome was
taken is the case's memory, so the caller passes it (`taken`); so are the steps at which the officer
acted before (`acted_at`), because nobody reviews himself. A side track runs under the same engine:
`procedure.track(code)` is a procedure.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from timbang.law.bilingual import Bilingual, joined
from timbang.law.guards import GUARDS, OUTSIDE, Guard
from timbang.law.proof import Problem, check
from timbang.law.refusal import Refusal
from timbang.law.steps import (
    END,
    ORGANS,
    ROLES,
    End,
    Lapse,
    Outcome,
    Procedure,
    Remedy,
    Step,
    Term,
    Track,
    from_json,
    is_end,
    read,
    to_json,
)
from timbang.law.terms import due
from timbang.law.yaml_file import load

__all__ = [
    "END",
    "GUARDS",
    "ORGANS",
    "ROLES",
    "End",
    "Guard",
    "Lapse",
    "Outcome",
    "Problem",
    "Procedure",
    "Remedy",
    "Step",
    "Term",
    "Track",
    "allowed",
    "check",
    "due",
    "fitting",
    "from_json",
    "is_end",
    "key",
    "needs",
    "of_cases",
    "on_file",
    "procedures",
    "read",
    "start_for",
    "take",
    "to_json",
    "tracks_at",
]

FOLDER = Path(__file__).parent / "procedures"
NOTHING: Mapping[str, int] = MappingProxyType({})
NOWHERE: frozenset[str] = frozenset()

NO_STEP = Bilingual(
    "Prosedur “{procedure}” tidak mempunyai langkah “{step}”.",
    "The procedure “{procedure}” has no step “{step}”.",
)
NOT_HERE = Bilingual(
    "Tindakan “{outcome}” tidak ada pada langkah “{step}”. Yang dapat Anda lakukan: {allowed}.",
    "There is no “{outcome}” at the step “{step}”. What you may do: {allowed}.",
)
NOT_YOURS = Bilingual(
    "“{outcome}” pada langkah “{step}” hanya dapat dilakukan oleh {actor}, sebagai {role}. "
    "Yang dapat Anda lakukan: {allowed}.",
    "“{outcome}” at the step “{step}” may only be done by {actor}, as {role}. "
    "What you may do: {allowed}.",
)
TOO_OFTEN = Bilingual(
    "“{outcome}” hanya dapat dilakukan paling banyak {n} kali dalam satu kasus. "
    "Yang dapat Anda lakukan: {allowed}.",
    "“{outcome}” may be done at most {n} times in one case. What you may do: {allowed}.",
)
OWN_WORK = Bilingual(
    "Langkah “{step}” menilai hasil langkah “{reviewed}”, yang Anda kerjakan sendiri: petugas lain "
    "yang melakukannya.",
    "The step “{step}” reviews “{reviewed}”, where you acted yourself: another officer takes it.",
)
NOT_MET = Bilingual(
    "“{outcome}” belum dapat dilakukan: {missing}. Yang dapat Anda lakukan: {allowed}.",
    "“{outcome}” may not be done yet: {missing}. What you may do: {allowed}.",
)
NOT_KNOWN = Bilingual("belum diketahui apakah {holds}", "it is not known whether {holds}")
NOTHING_ALLOWED = Bilingual("belum ada", "nothing yet")


@cache
def procedures() -> Mapping[str, Procedure]:
    """Every procedure of this release by id; a file that is not proved stops the load."""
    found = {procedure.id: procedure for procedure in on_file()}
    every = found.values()
    problems = [problem for procedure in every for problem in check(procedure, every)]
    if problems:
        raise ValueError("; ".join(str(problem) for problem in problems))
    return MappingProxyType(found)


@cache
def of_cases() -> Mapping[str, Procedure]:
    """The procedures that a case of a report may follow: all but those about policy."""
    found = {key: each for key, each in procedures().items() if not each.is_policy}
    return MappingProxyType(found)


def on_file() -> list[Procedure]:
    """What the folder holds, proved or not: for the proof itself."""
    return list(_on_file(FOLDER))


@cache
def _on_file(folder: Path) -> tuple[Procedure, ...]:
    return tuple(read(load(path)) for path in sorted(folder.glob("*.yaml")))


def fitting(
    kind: str, status: str | None, contest: str | None, organ_kind: str, on: date
) -> list[Procedure]:
    """The procedures under which this organ may open such a case on this day, best first.

    `kind` is the kind of the report; `status` that of the reported person, `None` where it is not
    known (which rules nothing out); `contest` is `pemilu`, `pemilihan` or `None` for neither. First
    come those that begin with this kind of organ, then the more specific ones, then those in which
    it acts most.
    """
    found = [
        procedure
        for procedure in procedures().values()
        if _handles(procedure, kind, status, contest) and procedure.is_open_on(on)
    ]
    return sorted(found, key=lambda procedure: _rank(procedure, organ_kind, status))


def _handles(procedure: Procedure, kind: str, status: str | None, contest: str | None) -> bool:
    handles = procedure.handles
    of_status = status is None or handles.statuses is None or status in handles.statuses
    of_contest = handles.contests in ("any", contest or "none")
    return kind in handles.kinds and of_status and of_contest


def _rank(
    procedure: Procedure, organ_kind: str, status: str | None
) -> tuple[bool, bool, bool, int, int, str]:
    """Of a person whose status is not known, the procedure for more kinds of people comes first."""
    handles = procedure.handles
    begins = handles.starts_with or [procedure.step(code).actor for code in procedure.starts]
    acts = sum(step.actor == organ_kind for step in procedure.steps)
    return (
        organ_kind not in begins,
        handles.contests == "any",
        handles.statuses is None,
        0 if status else -len(handles.statuses or ()),
        -acts,
        procedure.id,
    )


def tracks_at(procedure: Procedure, step_code: str) -> tuple[Track, ...]:
    """The side tracks that may be opened while a case stands at this step."""
    return tuple(track for track in procedure.tracks if step_code in track.opens_at)


def start_for(procedure: Procedure, organ_kind: str) -> str:
    """The step at which a case begins that this kind of organ opens."""
    own = (code for code in procedure.starts if procedure.step(code).actor == organ_kind)
    return next(own, procedure.start)


def key(step_code: str, outcome_code: str) -> str:
    """How `taken` names an outcome: codes of outcomes are distinct only within a step."""
    return f"{step_code}/{outcome_code}"


def needs(step: Step, outcome: Outcome, organ_kind: str) -> tuple[str, ...]:
    """The guards that this organ must meet; who records for another must have its answer."""
    if organ_kind == outcome.actor or organ_kind not in step.recorders:
        return outcome.requires
    return (*outcome.requires, OUTSIDE)


def allowed(
    procedure: Procedure,
    step_code: str,
    *,
    organ_kind: str,
    roles: Collection[str],
    taken: Mapping[str, int] = NOTHING,
    acted_at: Collection[str] = NOWHERE,
) -> tuple[Outcome, ...]:
    """The outcomes that an officer of this organ, with these roles, may take once guards are met.

    `taken` maps `key(step, outcome)` to how often this case took it: a bounded outcome that is used
    up is no longer offered. `acted_at` are the steps at which this officer himself acted in it (a
    step of another procedure as `procedure/step`): a step that reviews one of them is not his.
    """
    step = _step(procedure, step_code)
    if _own_work(procedure, step, acted_at):
        return ()
    return tuple(
        outcome
        for outcome in step.outcomes
        if _is_his(step, outcome, organ_kind, roles) and not _used_up(step, outcome, taken)
    )


def take(
    procedure: Procedure,
    step_code: str,
    outcome_code: str,
    *,
    organ_kind: str,
    roles: Collection[str],
    guards: Mapping[str, bool | None],
    taken: Mapping[str, int] = NOTHING,
    acted_at: Collection[str] = NOWHERE,
) -> str:
    """The step, or `end:<code>`, to which the outcome leads; raises `Refusal`.

    `guards` says what holds: `None`, or no entry, is "not known", which is not enough. A guard
    outside the vocabulary is the caller's mistake: `ValueError`.
    """
    if not guards.keys() <= GUARDS.keys():
        raise ValueError(f"not in the vocabulary: {sorted(guards.keys() - GUARDS.keys())}")
    step = _step(procedure, step_code)
    outcome = next((outcome for outcome in step.outcomes if outcome.code == outcome_code), None)
    officer = _Officer(procedure, step, organ_kind, roles, guards, taken)
    if outcome is None:
        raise officer.refusal(NOT_HERE, None, outcome=_named(procedure, outcome_code))
    if not _is_his(step, outcome, organ_kind, roles):
        words = {"actor": ORGANS[outcome.actor], "role": ROLES[outcome.role]}
        raise officer.refusal(NOT_YOURS, outcome, outcome=outcome.title, **words)
    if own := _own_work(procedure, step, acted_at):
        raise officer.refusal(OWN_WORK, outcome, reviewed=_titled(procedure, own))
    if _used_up(step, outcome, taken):
        raise officer.refusal(TOO_OFTEN, outcome, outcome=outcome.title, n=outcome.at_most)
    if missing := _missing(needs(step, outcome, organ_kind), guards):
        raise officer.refusal(NOT_MET, outcome, outcome=outcome.title, missing=joined(missing))
    return outcome.to


def _step(procedure: Procedure, code: str) -> Step:
    try:
        return procedure.step(code)
    except KeyError:
        message = NO_STEP.format(procedure=procedure.title, step=code[:60])
        raise Refusal(message, procedure.citation) from None


def _is_his(step: Step, outcome: Outcome, organ_kind: str, roles: Collection[str]) -> bool:
    acts_or_records = organ_kind == outcome.actor or organ_kind in step.recorders
    return outcome.role in roles and acts_or_records


def _own_work(procedure: Procedure, step: Step, acted_at: Collection[str]) -> str | None:
    """A step that this one reviews and at which the officer acted, unless the law lets him."""
    if not acted_at or step.self_review is not None:
        return None
    own = (code for code in step.reviews if {code, f"{procedure.id}/{code}"} & set(acted_at))
    return next(own, None)


def _titled(procedure: Procedure, code: str) -> Bilingual | str:
    """A step by its title, be it of another procedure (`procedure/step`)."""
    owner, _slash, step = code.rpartition("/")
    found = procedures().get(owner, procedure) if owner else procedure
    return found.step(step).title if found.has(step) else code


def _used_up(step: Step, outcome: Outcome, taken: Mapping[str, int]) -> bool:
    bound = outcome.at_most
    return bound is not None and taken.get(key(step.code, outcome.code), 0) >= bound


def _named(procedure: Procedure, outcome_code: str) -> Bilingual | str:
    """How another step calls this outcome; the bare code when no step has it."""
    every = (outcome for step in procedure.steps for outcome in step.outcomes)
    return next((found.title for found in every if found.code == outcome_code), outcome_code[:60])


def _missing(codes: tuple[str, ...], guards: Mapping[str, bool | None]) -> list[Bilingual]:
    found = []
    for code in codes:
        holds = guards.get(code)
        if holds is None:
            found.append(NOT_KNOWN.format(holds=GUARDS[code].holds))
        elif not holds:
            found.append(GUARDS[code].missing)
    return found


class _Officer:
    """Who asks, about which step, knowing what: enough to say what he may do instead."""

    def __init__(
        self,
        procedure: Procedure,
        step: Step,
        organ_kind: str,
        roles: Collection[str],
        guards: Mapping[str, bool | None],
        taken: Mapping[str, int],
    ) -> None:
        self.procedure = procedure
        self.step = step
        self.organ_kind = organ_kind
        self.roles = roles
        self.guards = guards
        self.taken = taken

    def refusal(self, message: Bilingual, about: Outcome | None, **words: object) -> Refusal:
        words |= {"step": self.step.title, "allowed": self._instead()}
        citations = (about.citation if about else None, self.step.citation)
        norm = next(filter(None, citations), self.procedure.citation)
        return Refusal(message.format(**words), norm)

    def _instead(self) -> Bilingual:
        open_to_him = allowed(
            self.procedure,
            self.step.code,
            organ_kind=self.organ_kind,
            roles=self.roles,
            taken=self.taken,
        )
        titles = [
            outcome.title
            for outcome in open_to_him
            if not _missing(needs(self.step, outcome, self.organ_kind), self.guards)
        ]
        return joined(titles, ", ") if titles else NOTHING_ALLOWED
