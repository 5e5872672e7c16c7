"""What a procedure is made of, and how it is read from a file and kept word for word.

A procedure is data: steps, each with the organ that must act, a term, and the outcomes that the law
allows. A running case keeps the text of its own version (`to_json`), so that a newer release never
changes the rules under it; `Procedure.hash` is the SHA-256 of that text.

`to_json` and `from_json` are each other's inverse (JSON is YAML, so one reader reads both): an
unknown key, a missing one or a word outside its closed list stops the reading with file and line.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Literal, cast, get_args

from timbang.law.bilingual import Bilingual
from timbang.law.vocabulary import VERIFICATION
from timbang.law.yaml_file import Yaml, loads

END = "end:"

OrganKind = Literal[
    "task_force", "bawaslu", "bkn", "appointing_officer", "inspectorate", "observer"
]
Role = Literal[
    "receiver", "examiner", "decision_maker", "legal_officer", "administrator", "auditor"
]
TermUnit = Literal["days", "workdays", "unknown"]
TermKind = Literal["law", "practice", "target"]
Starts = Literal["entered", "delivery_proven"]
EndKind = Literal["cleared", "sanction", "forwarded", "closed"]

ORGANS: Mapping[str, Bilingual] = {
    "task_force": Bilingual("Satgas Netralitas", "the neutrality task force"),
    "bawaslu": Bilingual("Bawaslu", "Bawaslu"),
    "bkn": Bilingual("BKN", "BKN"),
    "appointing_officer": Bilingual("Pejabat Pembina Kepegawaian", "the appointing officer"),
    "inspectorate": Bilingual("Inspektorat", "the inspectorate"),
    "observer": Bilingual("pemantau terakreditasi", "the accredited observer"),
}
ROLES: Mapping[str, Bilingual] = {
    "receiver": Bilingual("penerima laporan", "receiver"),
    "examiner": Bilingual("pemeriksa", "examiner"),
    "decision_maker": Bilingual("pengambil keputusan", "decision maker"),
    "legal_officer": Bilingual("petugas hukum", "legal officer"),
    "administrator": Bilingual("administrator", "administrator"),
    "auditor": Bilingual("auditor", "auditor"),
}
# How well a term is known; "none" belongs to a target, which nobody but us claims.
LEVELS = (*VERIFICATION, "none")
# Who manages officers sees no case, and who audits does not act: neither takes a step.
ACTING_ROLES = ("receiver", "examiner", "decision_maker")


@dataclass(frozen=True, slots=True)
class Term:
    """How long an organ has. `kind` says how much the number weighs.

    `law`: a rule of law gives it; `practice`: a published working term of the organs, no rule of
    law; `target`: ours, a reminder because neither gives one. `unit` is `unknown` where the source
    says "days" without saying which: `reason` then says so.
    """

    days: int
    unit: TermUnit
    starts: Starts
    kind: TermKind
    citation: str | None
    level: str
    reason: Bilingual | None

    @property
    def is_law(self) -> bool:
        return self.kind == "law"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One thing that may be done at a step, by whom, and what must hold before.

    `to` is a step's code or `end:<code>`. `at_most` bounds how often a case may take this outcome.
    """

    code: str
    title: Bilingual
    to: str
    actor: OrganKind
    role: Role
    requires: tuple[str, ...]
    citation: str | None
    at_most: int | None
    records_sanction: bool


@dataclass(frozen=True, slots=True)
class Lapse:
    """What happens by itself when the term passes: a lawful exit (`to`), or a named escalation."""

    to: str | None
    escalates_to: OrganKind | None
    title: Bilingual
    citation: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """`recorders` may write down what the actor did where the actor has no officers here."""

    code: str
    title: Bilingual
    actor: OrganKind
    role: Role
    recorders: tuple[OrganKind, ...]
    citation: str | None
    term: Term | None
    outcomes: tuple[Outcome, ...]
    lapse: Lapse | None
    open_points: tuple[Bilingual, ...]

    @property
    def lapses_as(self) -> Literal["exit", "escalation", "reminder"]:
        """What the worker does when the term passes: move the case, escalate it, or remind."""
        if self.lapse is None or self.term is None or self.term.kind == "target":
            return "reminder"
        return "escalation" if self.lapse.to is None else "exit"


@dataclass(frozen=True, slots=True)
class End:
    """A way in which a case can be over."""

    code: str
    title: Bilingual
    kind: EndKind


@dataclass(frozen=True)
class Procedure:
    """A lawful way of a case, from one of its `starts` to one of its `ends`."""

    id: str
    version: str
    title: Bilingual
    purpose: Bilingual
    citation: str
    starts: tuple[str, ...]
    ends: tuple[End, ...]
    steps: tuple[Step, ...]

    @property
    def start(self) -> str:
        """Where a case begins unless the organ that opens it has a start of its own."""
        return self.starts[0]

    def step(self, code: str) -> Step:
        """Raises `KeyError` for a step that this version does not have."""
        return self._steps[code]

    def end(self, to: str) -> End:
        """The end that an outcome's `to` ("end:cleared") names."""
        return self._ends[to.removeprefix(END)]

    def has(self, to: str) -> bool:
        """Whether `to` names a step or an end of this procedure."""
        return to.removeprefix(END) in self._ends if is_end(to) else to in self._steps

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the canonical text, in hexadecimal: one letter changed is another hash."""
        return hashlib.sha256(to_json(self).encode()).hexdigest()

    @cached_property
    def _steps(self) -> Mapping[str, Step]:
        return {step.code: step for step in self.steps}

    @cached_property
    def _ends(self) -> Mapping[str, End]:
        return {end.code: end for end in self.ends}


def is_end(to: str) -> bool:
    return to.startswith(END)


def to_json(procedure: Procedure) -> str:
    """The canonical text: sorted keys, no white space; the same rules give the same text."""
    data = {name: _plain(getattr(procedure, name)) for name in Procedure.__dataclass_fields__}
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@lru_cache(maxsize=64)
def from_json(text: str, file: str = "procedure") -> Procedure:
    """A procedure from its canonical text; raises `YamlError` with file and line."""
    return read(loads(text, file))


def read(data: Yaml) -> Procedure:
    """A procedure from its file; raises `YamlError`.

    Whether it may run is another question: see `timbang.law.proof`.
    """
    row = data.fields(("id", "version", "title", "purpose", "citation", "starts", "ends", "steps"))
    procedure = Procedure(
        id=row["id"].text(),
        version=row["version"].text(),
        title=row["title"].bilingual(),
        purpose=row["purpose"].bilingual(),
        citation=row["citation"].text(),
        starts=row["starts"].texts(),
        ends=tuple(map(_end, row["ends"].items())),
        steps=tuple(map(_step, row["steps"].items())),
    )
    _distinct(row["steps"], [step.code for step in procedure.steps])
    _distinct(row["ends"], [end.code for end in procedure.ends])
    if not procedure.starts:
        raise row["starts"].error("a procedure starts somewhere")
    return procedure


def _plain(value: Any) -> Any:
    if isinstance(value, Bilingual):
        return value.as_json()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value


def _end(data: Yaml) -> End:
    row = data.fields(("code", "title", "kind"))
    kind = cast(EndKind, row["kind"].one_of(get_args(EndKind)))
    return End(row["code"].text(), row["title"].bilingual(), kind)


def _step(data: Yaml) -> Step:
    row = data.fields(
        ("code", "title", "actor", "role", "outcomes"),
        ("recorders", "citation", "term", "lapse", "open_points"),
    )
    actor, role = _organ(row["actor"]), _role(row["role"])
    step = Step(
        code=row["code"].text(),
        title=row["title"].bilingual(),
        actor=actor,
        role=role,
        recorders=tuple(_organ(item) for item in _list(row, "recorders")),
        citation=_maybe_text(row, "citation"),
        term=_term(row["term"]) if _has(row, "term") else None,
        outcomes=tuple(_outcome(item, actor, role) for item in row["outcomes"].items()),
        lapse=_lapse(row["lapse"]) if _has(row, "lapse") else None,
        open_points=tuple(item.bilingual() for item in _list(row, "open_points")),
    )
    _distinct(row["outcomes"], [outcome.code for outcome in step.outcomes])
    return step


def _outcome(data: Yaml, actor: OrganKind, role: Role) -> Outcome:
    """What an outcome does not say itself, its step says: actor and role."""
    row = data.fields(
        ("code", "title", "to"),
        ("actor", "role", "requires", "citation", "at_most", "records_sanction"),
    )
    return Outcome(
        code=row["code"].text(),
        title=row["title"].bilingual(),
        to=row["to"].text(),
        actor=_organ(row["actor"]) if _has(row, "actor") else actor,
        role=_role(row["role"]) if _has(row, "role") else role,
        requires=tuple(item.one_of(GUARDS) for item in _list(row, "requires")),
        citation=_maybe_text(row, "citation"),
        at_most=row["at_most"].number() if _has(row, "at_most") else None,
        records_sanction=_has(row, "records_sanction") and row["records_sanction"].flag(),
    )


def _term(data: Yaml) -> Term:
    row = data.fields(("days", "unit", "starts", "kind", "level"), ("citation", "reason"))
    return Term(
        days=row["days"].number(),
        unit=cast(TermUnit, row["unit"].one_of(get_args(TermUnit))),
        starts=cast(Starts, row["starts"].one_of(get_args(Starts))),
        kind=cast(TermKind, row["kind"].one_of(get_args(TermKind))),
        citation=_maybe_text(row, "citation"),
        level=row["level"].one_of(LEVELS),
        reason=row["reason"].bilingual() if _has(row, "reason") else None,
    )


def _lapse(data: Yaml) -> Lapse:
    row = data.fields(("title",), ("to", "escalates_to", "citation"))
    return Lapse(
        to=_maybe_text(row, "to"),
        escalates_to=_organ(row["escalates_to"]) if _has(row, "escalates_to") else None,
        title=row["title"].bilingual(),
        citation=_maybe_text(row, "citation"),
    )


def _organ(data: Yaml) -> OrganKind:
    return cast(OrganKind, data.one_of(ORGANS))


def _role(data: Yaml) -> Role:
    return cast(Role, data.one_of(ROLES))


def _has(row: Mapping[str, Yaml], key: str) -> bool:
    return key in row and row[key].value is not None


def _maybe_text(row: Mapping[str, Yaml], key: str) -> str | None:
    return row[key].text() if _has(row, key) else None


def _list(row: Mapping[str, Yaml], key: str) -> tuple[Yaml, ...]:
    return row[key].items() if _has(row, key) else ()


def _distinct(data: Yaml, codes: Collection[str]) -> None:
    twice = sorted({code for code in codes if list(codes).count(code) > 1})
    if twice:
        raise data.error(f"stands twice: {', '.join(twice)}")
