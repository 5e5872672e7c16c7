"""What a procedure is made of, and how it is read from a file and kept word for word.

A procedure is data: steps, each with the organ that must act, a term, and the outcomes that the law
allows; the remedies against what it imposes; and side tracks, the only things that run beside its
main way. A running case keeps the text of its own version (`to_json`), so that a newer release
never changes the rules under it; `Procedure.hash` is the SHA-256 of that text.

`to_json` and `from_json` are each other's inverse (JSON is YAML, so one reader reads both): an
unknown key, a missing one or a word outside its closed list stops the reading with file and line.
Texts of format 1, which older cases keep, are read too and written back letter for letter.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Literal, TypeVar, cast, get_args

from timbang.law.bilingual import Bilingual
from timbang.law.guards import GUARDS
from timbang.law.vocabulary import LEVELS as SANCTION_LEVELS
from timbang.law.vocabulary import REPORT_KINDS, STATUSES, VERIFICATION
from timbang.law.yaml_file import Yaml, loads

T = TypeVar("T")
END = "end:"

OrganKind = Literal[
    "task_force",
    "bawaslu",
    "bkn",
    "appointing_officer",
    "inspectorate",
    "observer",
    "ethics_council",
    "higher_officer",
    "bpasn",
    "ombudsman",
    "service_provider",
    "regent",
    "home_ministry",
    "police",
    "kpu",
    "kasn",
    "policy_office",
    "clearing_office",
    "policy_observer",
]
Role = Literal[
    "receiver",
    "examiner",
    "plenary",
    "decision_maker",
    "executing_officer",
    "legal_officer",
    "administrator",
    "auditor",
    "policy_observer",
    "analyst",
    "reviewer",
    "legal_drafter",
    "clearing_officer",
    "evaluator",
]
TermUnit = Literal["days", "workdays", "hours", "unknown"]
TermKind = Literal["law", "practice", "target", "register"]
DebtCode = Literal[
    "notice",
    "report",
    "study",
    "legal_clearance",
    "budget_clearance",
    "audit",
    "ratification",
]
Starts = Literal["entered", "delivery_proven"]
EndKind = Literal["cleared", "sanction", "forwarded", "closed"]
Contests = Literal["pemilu", "pemilihan", "any", "none"]

ORGANS: Mapping[str, Bilingual] = {
    "task_force": Bilingual("Satgas Netralitas", "the neutrality task force"),
    "bawaslu": Bilingual("Bawaslu", "Bawaslu"),
    "bkn": Bilingual("BKN", "BKN"),
    "appointing_officer": Bilingual("Pejabat Pembina Kepegawaian", "the appointing officer"),
    "inspectorate": Bilingual("Inspektorat", "the inspectorate"),
    "observer": Bilingual("pemantau terakreditasi", "the accredited observer"),
    "ethics_council": Bilingual("Majelis Kode Etik", "the ethics council"),
    "higher_officer": Bilingual(
        "atasan pejabat yang berwenang menghukum", "the superior of the officer who punishes"
    ),
    "bpasn": Bilingual("BPASN", "the civil service appeals board (BPASN)"),
    "ombudsman": Bilingual("Ombudsman", "the Ombudsman"),
    "service_provider": Bilingual(
        "penyelenggara pelayanan publik", "the provider of the public service"
    ),
    "regent": Bilingual("bupati/wali kota", "the regent or mayor"),
    "home_ministry": Bilingual("Kementerian Dalam Negeri", "the Ministry of Home Affairs"),
    "police": Bilingual("Kepolisian (Sentra Gakkumdu)", "the police (joint centre Gakkumdu)"),
    "kpu": Bilingual("KPU", "the election commission (KPU)"),
    "kasn": Bilingual(
        "Komisi Aparatur Sipil Negara (sampai 2024)", "the Civil Service Commission (until 2024)"
    ),
    "policy_office": Bilingual("instansi pembuat kebijakan", "the office that makes the policy"),
    "clearing_office": Bilingual("instansi pemberi persetujuan", "the office that gives clearance"),
    "policy_observer": Bilingual("pemantau kebijakan", "the policy observer"),
}
ROLES: Mapping[str, Bilingual] = {
    "receiver": Bilingual("penerima laporan", "receiver"),
    "examiner": Bilingual("pemeriksa", "examiner"),
    "plenary": Bilingual("anggota pleno", "member of the plenary"),
    "decision_maker": Bilingual("pengambil keputusan", "decision maker"),
    "executing_officer": Bilingual("pejabat pelaksana", "executing officer"),
    "legal_officer": Bilingual("petugas hukum", "legal officer"),
    "administrator": Bilingual("administrator", "administrator"),
    "auditor": Bilingual("auditor", "auditor"),
    "policy_observer": Bilingual("pemantau kebijakan", "policy observer"),
    "analyst": Bilingual("analis kebijakan", "policy analyst"),
    "reviewer": Bilingual("penelaah kajian", "reviewer of studies"),
    "legal_drafter": Bilingual("perancang peraturan", "legal drafter"),
    "clearing_officer": Bilingual("pemberi persetujuan", "clearing officer"),
    "evaluator": Bilingual("evaluator kebijakan", "evaluator"),
}
# The second English word is for one.
_UNITS: Mapping[str, tuple[str, str, str]] = {
    "days": ("hari kalender", "calendar days", "calendar day"),
    "workdays": ("hari kerja", "working days", "working day"),
    "hours": ("jam", "hours", "hour"),
    "unknown": (
        "hari (kerja atau kalender: tidak disebut)",
        "days (working or calendar: not said)",
        "day (working or calendar: not said)",
    ),
}
TERM_KINDS: Mapping[str, Bilingual] = {
    "law": Bilingual("tenggat hukum", "term of law"),
    "practice": Bilingual("praktik yang diterbitkan", "published practice"),
    "target": Bilingual("pengingat, bukan hukum", "a reminder, not law"),
    "register": Bilingual("aturan register ini, bukan hukum", "a rule of this register, not law"),
}
# What may be owed for steps that were skipped.
DEBTS: Mapping[DebtCode, Bilingual] = {
    "notice": Bilingual("pengumuman", "notice to the public"),
    "report": Bilingual("laporan tertulis kepada atasan", "written report to the superior"),
    "study": Bilingual("kajian", "study"),
    "legal_clearance": Bilingual("persetujuan hukum", "legal clearance"),
    "budget_clearance": Bilingual("persetujuan anggaran", "budget clearance"),
    "audit": Bilingual("audit", "audit"),
    "ratification": Bilingual("pengesahan atau pencabutan", "ratification or revocation"),
}
# How well a term is known; "none" belongs to a target or a rule of this register: ours alone.
LEVELS = (*VERIFICATION, "none")
OURS: frozenset[TermKind] = frozenset({"target", "register"})
# Who manages officers sees no case, and who audits or watches does not act: none takes a step.
ACTING_ROLES = (
    *("receiver", "examiner", "plenary", "decision_maker", "executing_officer"),
    *("analyst", "reviewer", "legal_drafter", "clearing_officer", "evaluator"),
)
# What a lane skips, as far as it leads past it; every other debt is owed by whoever takes it.
SKIPPED: tuple[DebtCode, ...] = ("study", "legal_clearance", "budget_clearance")
# Who may pay a debt: whoever acts, and the auditor, whose audit it may be.
PAYING_ROLES = (*ACTING_ROLES, "auditor")
# What a procedure is for: the kinds of report, and what is no report and never opens a case.
POLICY = "policy"
MATTERS: Mapping[str, Bilingual] = {
    **REPORT_KINDS,
    POLICY: Bilingual("Kebijakan publik", "Public policy"),
}
# Where a remedy leads that no file of ours describes: a court, or nobody knows.
COURT, UNKNOWN = "court", "unknown"


@dataclass(frozen=True, slots=True)
class Reading:
    """Another reading of the same term, where a law and a regulation differ."""

    length: int
    unit: TermUnit
    citation: str
    level: str


@dataclass(frozen=True, slots=True)
class Suspends:
    """Why a term may stand still, and for how long at most."""

    reason: Bilingual
    citation: str | None
    at_most: int
    unit: TermUnit


@dataclass(frozen=True, slots=True)
class Extends:
    """By how much a term may be extended, and how often."""

    length: int
    unit: TermUnit
    at_most: int
    citation: str
    level: str


@dataclass(frozen=True, slots=True)
class Term:
    """How long an organ has. `kind` says how much the number weighs.

    `law`: a rule of law gives it; `practice`: a published working term of the organs, no rule of
    law; `target`: ours, a reminder because neither gives one; `register`: ours too, a rule of this
    register that acts by itself. `unit` is `unknown` where the source says "days" without saying
    which: `reason` then says so.
    """

    length: int
    unit: TermUnit
    starts: Starts
    kind: TermKind
    citation: str | None
    level: str
    reason: Bilingual | None
    readings: tuple[Reading, ...] = ()
    suspends: Suspends | None = None
    extends: Extends | None = None

    @property
    def is_law(self) -> bool:
        return self.kind == "law"


@dataclass(frozen=True, slots=True)
class Debt:
    """What is owed for having skipped it: a dated duty, and the role that pays it.

    A debt without a term cannot be proved; it can be read, so that the proof says so.
    """

    code: DebtCode
    title: Bilingual
    term: Term | None
    by: Role


@dataclass(frozen=True, slots=True)
class Outcome:
    """One thing that may be done at a step, by whom, and what must hold before.

    `to` is a step's code or `end:<code>`. `at_most` bounds how often a case may take this outcome.
    One that records a sanction names its `remedies`, or says in `remedy_unknown` what is not known;
    `sanctions`, where given, are the levels that it may impose. `opens_track` starts a side track.
    What it skips it `owes`.
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
    level: str | None = None
    sanctions: tuple[str, ...] = ()
    remedies: tuple[str, ...] = ()
    remedy_unknown: Bilingual | None = None
    opens_track: str | None = None
    owes: tuple[Debt, ...] = ()


@dataclass(frozen=True, slots=True)
class Lapse:
    """What happens by itself when the term passes: a lawful exit (`to`), or a named escalation."""

    to: str | None
    escalates_to: OrganKind | None
    title: Bilingual
    citation: str | None


@dataclass(frozen=True, slots=True)
class SelfReview:
    """The law itself lets the same authority review what it decided; the proof lists it."""

    citation: str
    reason: Bilingual


@dataclass(frozen=True, slots=True)
class Step:
    """`recorders` may write down what the actor did where the actor has no officers here.

    `done_by` is the officer whom the law names inside the organ. Who acted at a step that this one
    `reviews` may not act here: a code, or `procedure/code` for a step of another procedure. Where
    nobody knows how long the organ has, `term_unknown` says so in place of a term.
    """

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
    level: str | None = None
    done_by: Bilingual | None = None
    reviews: tuple[str, ...] = ()
    self_review: SelfReview | None = None
    term_unknown: Bilingual | None = None

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


@dataclass(frozen=True, slots=True)
class Remedy:
    """What may be done against a sanction: where (`procedure`: an id, `court` or `unknown`), before
    whom (`to`), against which sanctions (levels, kinds or `any`), and within which term."""

    code: str
    title: Bilingual
    procedure: str
    to: Bilingual
    against: tuple[str, ...]
    term: Term | None
    term_unknown: Bilingual | None
    citation: str | None
    level: str
    reason: Bilingual | None


@dataclass(frozen=True, slots=True)
class Track:
    """What may run beside the main way, from the steps where it may be opened to its own end."""

    code: str
    title: Bilingual
    opens_at: tuple[str, ...]
    steps: tuple[Step, ...]
    ends: tuple[End, ...]


@dataclass(frozen=True, slots=True)
class Handles:
    """Which matters a procedure is for: kinds of report, or `policy`, which is none.

    `statuses` None: whatever the reported person is.
    `starts_with` None: the organs that act where it starts; else the kinds that may open a case.
    """

    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] | None = None
    contests: Contests = "any"
    starts_with: tuple[OrganKind, ...] | None = None


@dataclass(frozen=True)
class Procedure:
    """A lawful way of a case, from one of its `starts` to one of its `ends`.

    New cases begin under it from `valid_from` until `valid_until` (exclusive).
    """

    id: str
    version: str
    title: Bilingual
    purpose: Bilingual
    citation: str
    starts: tuple[str, ...]
    ends: tuple[End, ...]
    steps: tuple[Step, ...]
    format: int = 2
    level: str | None = None
    sources: tuple[str, ...] = ()
    handles: Handles = Handles()
    valid_from: date | None = None
    valid_until: date | None = None
    remedies: tuple[Remedy, ...] = ()
    tracks: tuple[Track, ...] = ()

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

    def remedy(self, code: str) -> Remedy:
        """Raises `KeyError` for a remedy that this version does not have."""
        return self._remedies[code]

    def track(self, code: str) -> Procedure:
        """A side track as a procedure of its own: the engine and the proof know no other thing."""
        return self._tracks[code]

    @property
    def is_policy(self) -> bool:
        """Whether it is about policy: then no report and no case ever comes under it."""
        return POLICY in self.handles.kinds

    def is_open_on(self, day: date) -> bool:
        """Whether a case may begin under it on this day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day < self.valid_until)

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

    @cached_property
    def _remedies(self) -> Mapping[str, Remedy]:
        return {remedy.code: remedy for remedy in self.remedies}

    @cached_property
    def _tracks(self) -> Mapping[str, Procedure]:
        return {track.code: _as_procedure(self, track) for track in self.tracks}


def _as_procedure(procedure: Procedure, track: Track) -> Procedure:
    return Procedure(
        id=f"{procedure.id}/{track.code}",
        version=procedure.version,
        title=track.title,
        purpose=procedure.purpose,
        citation=procedure.citation,
        starts=(track.steps[0].code,),
        ends=track.ends,
        steps=track.steps,
        level=procedure.level,
        sources=procedure.sources,
        remedies=procedure.remedies,
    )


def length_told(length: int, unit: str) -> Bilingual:
    """A length in words: "7 hari kerja", "7 working days"."""
    indonesian, many, one = _UNITS[unit]
    return Bilingual(f"{length} {indonesian}", f"{length} {one if length == 1 else many}")


def is_end(to: str) -> bool:
    return to.startswith(END)


# What each part had in format 1, and how it was called there.
FORMAT_1: Mapping[type, tuple[str, ...]] = {
    Procedure: ("id", "version", "title", "purpose", "citation", "starts", "ends", "steps"),
    Step: (
        *("code", "title", "actor", "role", "recorders", "citation"),
        *("term", "outcomes", "lapse", "open_points"),
    ),
    Outcome: (
        *("code", "title", "to", "actor", "role", "requires"),
        *("citation", "at_most", "records_sanction"),
    ),
    Term: ("length", "unit", "starts", "kind", "citation", "level", "reason"),
}
CALLED_IN_FORMAT_1 = {"length": "days"}


def to_json(procedure: Procedure) -> str:
    """The canonical text: sorted keys, no white space; the same rules give the same text."""
    data = _plain_1(procedure) if procedure.format == 1 else plain(procedure)
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@lru_cache(maxsize=64)
def from_json(text: str, file: str = "procedure") -> Procedure:
    """A procedure from its canonical text; raises `YamlError` with file and line."""
    return read(loads(text, file))


def plain(value: Any) -> Any:
    """A part of a procedure as JSON takes it: days as text, every field that is not left out."""
    if isinstance(value, Bilingual):
        return value.as_json()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        names = (name for name in value.__dataclass_fields__ if not _left_out(value, name))
        return {name: plain(getattr(value, name)) for name in names}
    return value


def _left_out(part: object, name: str) -> bool:
    """What came into format 2 later and is empty: texts that never had it keep their hash."""
    return isinstance(part, Outcome) and name == "owes" and not part.owes


def _plain_1(value: Any) -> Any:
    """A part as format 1 wrote it: what came later is left out."""
    if isinstance(value, tuple):
        return [_plain_1(item) for item in value]
    if isinstance(value, Bilingual) or not hasattr(value, "__dataclass_fields__"):
        return plain(value)
    names = FORMAT_1.get(type(value), tuple(value.__dataclass_fields__))
    return {CALLED_IN_FORMAT_1.get(name, name): _plain_1(getattr(value, name)) for name in names}


def read(data: Yaml) -> Procedure:
    """A procedure from its file; raises `YamlError`.

    Whether it may run is another question: see `timbang.law.proof`.
    """
    return _Reader(2 if "format" in data.mapping() else 1).procedure(data)


class _Reader:
    """Reads a file of one format: 1 knows fewer keys, and calls the length of a term its days."""

    def __init__(self, format_: int) -> None:
        self.format = format_
        self.lanes: tuple[Outcome, ...] = ()

    def row(
        self, data: Yaml, required: Collection[str], optional: Collection[str], since_2: str = ""
    ) -> Mapping[str, Yaml]:
        """The keys of one part; `since_2` are those that format 1 did not have."""
        return data.fields(required, (*optional, *(since_2.split() if self.format > 1 else ())))

    def procedure(self, data: Yaml) -> Procedure:
        required = FORMAT_1[Procedure]
        newer = ("format", "level", "sources", "handles", "valid_from") if self.format > 1 else ()
        row = self.row(data, (*required, *newer), (), "valid_until remedies tracks lanes")
        if self.format > 1 and row["format"].number() != 2:
            raise row["format"].error("the only format that is written today is 2")
        # Who takes one, a lane says itself: the step from which it leads has others.
        self.lanes = self.several(row, "lanes", self.lane)
        procedure = Procedure(
            id=row["id"].text(),
            version=row["version"].text(),
            title=row["title"].bilingual(),
            purpose=row["purpose"].bilingual(),
            citation=row["citation"].text(),
            starts=row["starts"].texts(),
            ends=self.ends(row["ends"]),
            steps=self.steps(row["steps"]),
            format=self.format,
            level=_maybe_level(row, "level"),
            sources=row["sources"].texts() if "sources" in row else (),
            handles=self.handles(row["handles"]) if "handles" in row else Handles(),
            valid_from=_maybe_day(row, "valid_from"),
            valid_until=_maybe_day(row, "valid_until"),
            remedies=self.several(row, "remedies", self.remedy),
            tracks=self.several(row, "tracks", self.track),
        )
        if not procedure.starts:
            raise row["starts"].error("a procedure starts somewhere")
        if self.format > 1 and not procedure.sources:
            raise row["sources"].error("a procedure names its sources")
        begun, over = procedure.valid_from, procedure.valid_until
        if begun and over and over <= begun:
            raise row["valid_until"].error(f"is not after valid_from ({begun})")
        return procedure

    def several(
        self, row: Mapping[str, Yaml], key: str, read: Callable[[Yaml], T]
    ) -> tuple[T, ...]:
        found = tuple(read(item) for item in _list(row, key))
        if found:
            _distinct(row[key], [getattr(item, "code", "") for item in found])
        return found

    def handles(self, data: Yaml) -> Handles:
        row = data.fields(("kinds", "statuses", "contests"), ("starts_with",))
        return Handles(
            kinds=tuple(item.one_of(MATTERS) for item in row["kinds"].items()),
            statuses=_all_or(row, "statuses", "all", STATUSES),
            contests=cast(Contests, row["contests"].one_of(get_args(Contests))),
            starts_with=cast(
                "tuple[OrganKind, ...] | None", _all_or(row, "starts_with", "derived", ORGANS)
            ),
        )

    def ends(self, data: Yaml) -> tuple[End, ...]:
        found = tuple(self.end(item) for item in data.items())
        _distinct(data, [end.code for end in found])
        return found

    def end(self, data: Yaml) -> End:
        row = data.fields(("code", "title", "kind"))
        kind = cast(EndKind, row["kind"].one_of(get_args(EndKind)))
        return End(row["code"].text(), row["title"].bilingual(), kind)

    def steps(self, data: Yaml) -> tuple[Step, ...]:
        found = tuple(self.step(item) for item in data.items())
        _distinct(data, [step.code for step in found])
        return found

    def step(self, data: Yaml) -> Step:
        row = self.row(
            data,
            ("code", "title", "actor", "role", "outcomes"),
            ("recorders", "citation", "term", "lapse", "open_points"),
            "level done_by reviews self_review term_unknown lanes",
        )
        actor, role = _organ(row["actor"]), _role(row["role"])
        term, unknown = self.term_or_unknown(row)
        step = Step(
            code=row["code"].text(),
            title=row["title"].bilingual(),
            actor=actor,
            role=role,
            recorders=tuple(_organ(item) for item in _list(row, "recorders")),
            citation=_maybe_text(row, "citation"),
            term=term,
            outcomes=(
                *(self.outcome(item, actor, role) for item in row["outcomes"].items()),
                *self.lanes_from(row),
            ),
            lapse=self.lapse(row["lapse"]) if _has(row, "lapse") else None,
            open_points=tuple(item.bilingual() for item in _list(row, "open_points")),
            level=_maybe_level(row, "level"),
            done_by=_maybe_bilingual(row, "done_by"),
            reviews=tuple(item.text() for item in _list(row, "reviews")),
            self_review=self.self_review(row["self_review"]) if _has(row, "self_review") else None,
            term_unknown=unknown,
        )
        _distinct(row["outcomes"], [outcome.code for outcome in step.outcomes])
        return step

    def self_review(self, data: Yaml) -> SelfReview:
        row = data.fields(("citation", "reason"))
        return SelfReview(row["citation"].text(), row["reason"].bilingual())

    def outcome(self, data: Yaml, actor: OrganKind, role: Role) -> Outcome:
        """What an outcome does not say itself, its step says: actor and role."""
        row = self.row(
            data,
            ("code", "title", "to"),
            ("actor", "role", "requires", "citation", "at_most", "records_sanction"),
            "level sanctions remedies remedy_unknown opens_track owes",
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
            level=_maybe_level(row, "level"),
            sanctions=tuple(item.one_of(SANCTION_LEVELS) for item in _list(row, "sanctions")),
            remedies=tuple(item.text() for item in _list(row, "remedies")),
            remedy_unknown=_maybe_bilingual(row, "remedy_unknown"),
            opens_track=_maybe_text(row, "opens_track"),
            owes=self.several(row, "owes", self.debt),
        )

    def lane(self, data: Yaml) -> Outcome:
        """An outcome that several steps share; it names its actor and role, and what it owes."""
        for key in ("actor", "role", "owes"):
            if key not in data.mapping():
                raise data.error(f"a lane says its {key}")
        return self.outcome(data, "policy_office", "decision_maker")

    def lanes_from(self, row: Mapping[str, Yaml]) -> Iterator[Outcome]:
        """The lanes as they lead from one step, which names what is skipped there."""
        if not _has(row, "lanes"):
            return
        if not self.lanes:
            raise row["lanes"].error("the procedure has no lanes")
        skipped = {item.one_of(SKIPPED) for item in row["lanes"].items()}
        for lane in self.lanes:
            owed = (each for each in lane.owes if each.code not in SKIPPED or each.code in skipped)
            yield replace(lane, owes=tuple(owed))

    def debt(self, data: Yaml) -> Debt:
        row = data.fields(("code", "title", "by"), ("term",))
        return Debt(
            code=cast(DebtCode, row["code"].one_of(get_args(DebtCode))),
            title=row["title"].bilingual(),
            term=self.term(row["term"]) if _has(row, "term") else None,
            by=_role(row["by"]),
        )

    def term_or_unknown(self, row: Mapping[str, Yaml]) -> tuple[Term | None, Bilingual | None]:
        """A term, or `{unknown: why}` in its place."""
        unknown = _maybe_bilingual(row, "term_unknown")
        if not _has(row, "term"):
            return None, unknown
        if unknown is not None:
            raise row["term_unknown"].error("a term that is given is not unknown")
        if self.format > 1 and "unknown" in row["term"].mapping():
            return None, row["term"].fields(("unknown",))["unknown"].bilingual()
        return self.term(row["term"]), None

    def term(self, data: Yaml) -> Term:
        length = "length" if self.format > 1 else "days"
        row = self.row(
            data,
            (length, "unit", "starts", "kind", "level"),
            ("citation", "reason"),
            "readings suspends extends",
        )
        return Term(
            length=row[length].number(),
            unit=_unit(row["unit"]),
            starts=cast(Starts, row["starts"].one_of(get_args(Starts))),
            kind=cast(TermKind, row["kind"].one_of(get_args(TermKind))),
            citation=_maybe_text(row, "citation"),
            level=row["level"].one_of(LEVELS),
            reason=_maybe_bilingual(row, "reason"),
            readings=tuple(self.reading(item) for item in _list(row, "readings")),
            suspends=self.suspends(row["suspends"]) if _has(row, "suspends") else None,
            extends=self.extends(row["extends"]) if _has(row, "extends") else None,
        )

    def reading(self, data: Yaml) -> Reading:
        row = data.fields(("length", "unit", "citation", "level"))
        return Reading(
            row["length"].number(),
            _unit(row["unit"]),
            row["citation"].text(),
            row["level"].one_of(VERIFICATION),
        )

    def suspends(self, data: Yaml) -> Suspends:
        row = data.fields(("reason", "at_most"), ("citation", "unit"))
        return Suspends(
            row["reason"].bilingual(),
            _maybe_text(row, "citation"),
            row["at_most"].number(),
            _unit(row["unit"]) if _has(row, "unit") else "days",
        )

    def extends(self, data: Yaml) -> Extends:
        row = data.fields(("length", "unit", "at_most", "citation", "level"))
        return Extends(
            row["length"].number(),
            _unit(row["unit"]),
            row["at_most"].number(),
            row["citation"].text(),
            row["level"].one_of(VERIFICATION),
        )

    def lapse(self, data: Yaml) -> Lapse:
        row = data.fields(("title",), ("to", "escalates_to", "citation"))
        return Lapse(
            to=_maybe_text(row, "to"),
            escalates_to=_organ(row["escalates_to"]) if _has(row, "escalates_to") else None,
            title=row["title"].bilingual(),
            citation=_maybe_text(row, "citation"),
        )

    def remedy(self, data: Yaml) -> Remedy:
        row = data.fields(
            ("code", "title", "procedure", "to", "against", "level"),
            ("term", "term_unknown", "citation", "reason"),
        )
        term, unknown = self.term_or_unknown(row)
        return Remedy(
            code=row["code"].text(),
            title=row["title"].bilingual(),
            procedure=row["procedure"].text(),
            to=row["to"].bilingual(),
            against=row["against"].texts(),
            term=term,
            term_unknown=unknown,
            citation=_maybe_text(row, "citation"),
            level=row["level"].one_of(LEVELS),
            reason=_maybe_bilingual(row, "reason"),
        )

    def track(self, data: Yaml) -> Track:
        row = data.fields(("code", "title", "opens_at", "steps", "ends"))
        track = Track(
            code=row["code"].text(),
            title=row["title"].bilingual(),
            opens_at=row["opens_at"].texts(),
            steps=self.steps(row["steps"]),
            ends=self.ends(row["ends"]),
        )
        if not track.steps:
            raise row["steps"].error("a track has steps; the first is where it starts")
        return track


def _organ(data: Yaml) -> OrganKind:
    return cast(OrganKind, data.one_of(ORGANS))


def _role(data: Yaml) -> Role:
    return cast(Role, data.one_of(ROLES))


def _unit(data: Yaml) -> TermUnit:
    return cast(TermUnit, data.one_of(get_args(TermUnit)))


def _all_or(
    row: Mapping[str, Yaml], key: str, all_: str, allowed: Collection[str]
) -> tuple[str, ...] | None:
    """A list of words, or the one word that stands for no list (and `null` in canonical text)."""
    if not _has(row, key) or row[key].value == all_:
        return None
    return tuple(item.one_of(allowed) for item in row[key].items())


def _has(row: Mapping[str, Yaml], key: str) -> bool:
    return key in row and row[key].value is not None


def _maybe_text(row: Mapping[str, Yaml], key: str) -> str | None:
    return row[key].text() if _has(row, key) else None


def _maybe_bilingual(row: Mapping[str, Yaml], key: str) -> Bilingual | None:
    return row[key].bilingual() if _has(row, key) else None


def _maybe_level(row: Mapping[str, Yaml], key: str) -> str | None:
    return row[key].one_of(LEVELS) if _has(row, key) else None


def _maybe_day(row: Mapping[str, Yaml], key: str) -> date | None:
    """A day of a file; canonical text, being JSON, has it in quotes."""
    if not _has(row, key):
        return None
    if not isinstance(row[key].value, str):
        return row[key].day()
    try:
        return date.fromisoformat(row[key].text())
    except ValueError:
        raise row[key].error("expected a day, YYYY-MM-DD") from None


def _list(row: Mapping[str, Yaml], key: str) -> tuple[Yaml, ...]:
    return row[key].items() if _has(row, key) else ()


def _distinct(data: Yaml, codes: Collection[str]) -> None:
    twice = sorted({code for code in codes if list(codes).count(code) > 1})
    if twice:
        raise data.error(f"stands twice: {', '.join(twice)}")
