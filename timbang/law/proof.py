"""Prove a procedure before it runs: from every step there is a lawful way out, and every way ends.

`check` looks at the whole graph of a procedure, lapses and side tracks included, and names the path
on which something is wrong; `prove` gives what is published: each property with its verdict, the
longest way, and everything that stays open. It proves what can be known without a case; that the
guards are told truly is the work of the room that calls the engine.

Three rules carry the weight. No way leads to a sanction that does not pass a hearing or two proven
summonses (PP 94/2021 ps 26), and only an officer who may punish records one. Nobody reviews
himself, unless the law itself lets him, which the proof lists. And a circle is broken by an outcome
that a case may take at most n times, so no case runs for ever. Of procedures in which steps may be
skipped three more rules speak: see `timbang.law.lanes`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from timbang.law import lanes
from timbang.law.bilingual import Bilingual
from timbang.law.duration import Longest, TooManyReturns, longest
from timbang.law.guards import HEARINGS, is_heard
from timbang.law.lanes import Found
from timbang.law.steps import (
    ACTING_ROLES,
    COURT,
    END,
    ORGANS,
    OURS,
    ROLES,
    UNKNOWN,
    OrganKind,
    Outcome,
    Procedure,
    Remedy,
    Step,
    Term,
    Track,
    is_end,
)
from timbang.law.walking import Path, walks

# Who may impose a sanction on an official; everybody else studies, recommends or examines.
PUNISHERS: frozenset[OrganKind] = frozenset(
    {"appointing_officer", "higher_officer", "regent", "home_ministry", "bpasn"}
)
# Offices that are one person: another officer of the same office is the same officer.
ONE_PERSON: frozenset[OrganKind] = frozenset({"appointing_officer", "higher_officer", "regent"})
# Against every sanction, whatever its level.
ANY = "any"
LONGEST_TERM = 1000
# How a path begins that leads not through the procedure but to one of its remedies.
REMEDY = "remedy"

_say = Bilingual
SAME_HAND = _say(
    "{actor} menilai hasil kerjanya sendiri dan hukum tidak membolehkannya",
    "{actor} reviews itself and no law lets it",
)
NOT_THERE = _say("menilai {code}, yang tidak ada", "reviews {code}, which is not there")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a procedure, and the path on which it is met."""

    procedure: str
    rule: str
    path: Path
    message: Bilingual

    def __str__(self) -> str:
        return f"{self.procedure}: {' -> '.join(self.path)}: {self.message.en}"

    def as_json(self) -> dict[str, object]:
        return {"rule": self.rule, "path": list(self.path), "message": self.message.as_json()}


@dataclass(frozen=True, slots=True)
class Property:
    """One thing that is proved of every procedure: a name, the statement, the rule that looks."""

    code: str
    says: Bilingual
    rule: Callable[[Procedure], Found]


@dataclass(frozen=True, slots=True)
class Open:
    """Something that nobody knows or that the law leaves: where it stands, and in words."""

    at: Path
    text: Bilingual
    citation: str | None = None

    def as_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {"step": self.at[0], "path": list(self.at), **self.text.as_json()}
        return found | ({"citation": self.citation} if self.citation else {})


@dataclass(frozen=True, slots=True)
class Proof:
    """What can be published about one procedure. It is proved when `problems` is empty."""

    procedure: Procedure
    problems: tuple[Problem, ...]
    longest: Longest | None
    longest_of_tracks: tuple[tuple[str, Longest], ...]
    open_points: tuple[Open, ...]
    self_reviews: tuple[Open, ...]
    terms_unknown: tuple[Open, ...]
    remedies_unknown: tuple[Open, ...]

    @property
    def proved(self) -> bool:
        return not self.problems

    def holds(self, code: str) -> bool:
        return all(problem.rule != code for problem in self.problems)

    def as_json(self) -> dict[str, Any]:
        found = self.procedure
        return {
            "procedure": found.id,
            "version": found.version,
            "hash": found.hash,
            "title": found.title.as_json(),
            "valid_from": found.valid_from and found.valid_from.isoformat(),
            "valid_until": found.valid_until and found.valid_until.isoformat(),
            "level": found.level,
            "steps": len(found.steps),
            "tracks": [track.code for track in found.tracks],
            "proved": self.proved,
            "properties": [
                {"code": code, **found_.says.as_json(), "holds": self.holds(code)}
                for code, found_ in PROPERTIES.items()
            ],
            "problems": [problem.as_json() for problem in self.problems],
            "longest": self.longest and self.longest.as_json(),
            "longest_of_tracks": {code: way.as_json() for code, way in self.longest_of_tracks},
            "open_points": [point.as_json() for point in self.open_points],
            "self_reviews": [point.as_json() for point in self.self_reviews],
            "terms_unknown": [point.as_json() for point in self.terms_unknown],
            "remedies_unknown": [point.as_json() for point in self.remedies_unknown],
        }


def check(procedure: Procedure, among: Iterable[Procedure] | None = None) -> list[Problem]:
    """Every problem of the procedure; an empty list is the proof.

    `among`: every procedure there is, so that a remedy or a review that names another one is
    followed there; without it such names are taken as they are.
    """
    found = [
        Problem(procedure.id, code, path, message)
        for code, property_ in PROPERTIES.items()
        for path, message in property_.rule(procedure)
    ]
    if among is not None:
        found += _elsewhere(procedure, {other.id: other for other in among})
    return found


def prove(procedure: Procedure, among: Iterable[Procedure] | None = None) -> Proof:
    """The proof as it is published: the verdict on each property, and what stays open."""
    problems = tuple(check(procedure, among))
    parts = _parts(procedure)
    return Proof(
        procedure=procedure,
        problems=problems,
        longest=_longest(procedure),
        longest_of_tracks=tuple(
            (track.code, found)
            for track in procedure.tracks
            if (found := _longest(procedure.track(track.code))) is not None
        ),
        open_points=tuple(
            Open((step.code,), point) for step in parts for point in step.open_points
        ),
        self_reviews=tuple(
            Open((step.code, *step.reviews), step.self_review.reason, step.self_review.citation)
            for step in parts
            if step.self_review is not None
        ),
        terms_unknown=tuple(
            Open((step.code,), step.term_unknown) for step in parts if step.term_unknown is not None
        ),
        remedies_unknown=tuple(_remedies_unknown(procedure, parts)),
    )


def _longest(procedure: Procedure) -> Longest | None:
    """The longest way, where the graph is whole enough to have one."""
    try:
        return longest(procedure)
    except (KeyError, ValueError):
        return None


def _remedies_unknown(procedure: Procedure, steps: Iterable[Step]) -> Iterator[Open]:
    for step in steps:
        for outcome in step.outcomes:
            if outcome.remedy_unknown is not None:
                yield Open((step.code, outcome.code), outcome.remedy_unknown)
    for remedy in procedure.remedies:
        if remedy.procedure == UNKNOWN and remedy.reason is not None:
            yield Open((REMEDY, remedy.code), remedy.reason)
        if remedy.term_unknown is not None:
            yield Open((REMEDY, remedy.code), remedy.term_unknown)


# --- the rules ------------------------------------------------------------------------------------


def _targets_exist(procedure: Procedure) -> Found:
    for start in procedure.starts:
        if not procedure.has(start) or is_end(start):
            yield (
                (start,),
                _say(
                    "prosedur dimulai pada langkah yang tidak ada",
                    "the procedure starts at a step that does not exist",
                ),
            )
    message = _say("menuju ke {to}, yang tidak ada", "leads to {to}, which does not exist")
    for way in _ways(procedure):
        if not procedure.has(way.to):
            yield (way.step, way.label), message.format(to=way.to)


def _reachable(procedure: Procedure) -> Found:
    reached = _paths(procedure, _can_be_taken)
    ends = [END + end.code for end in procedure.ends]
    for code in [step.code for step in procedure.steps] + ends:
        if code not in reached:
            yield (
                (code,),
                _say("tidak dapat dicapai dari awal mana pun", "cannot be reached from any start"),
            )


def _way_out(procedure: Procedure) -> Found:
    """Bounded outcomes can be used up: what remains must still lead to an end."""
    nothing = _say(
        "tidak mempunyai tindakan yang selalu ada", "has no outcome that is always there"
    )
    no_end = _say(
        "tidak mempunyai jalan ke akhir bila tindakan yang dibatasi telah habis",
        "has no way to an end once the bounded outcomes are used up",
    )
    for step in procedure.steps:
        if not any(way.step == step.code and way.most is None for way in _ways(procedure)):
            yield (step.code,), nothing
        elif not any(is_end(to) for to in _paths(procedure, _unbounded, [step.code])):
            yield (step.code,), no_end


def _ends(procedure: Procedure) -> Found:
    """A circle without a bounded outcome would let a case run for ever."""
    circles = _circles(procedure)
    for circle in circles:
        yield (
            circle,
            _say(
                "berputar tanpa akhir: tidak ada tindakan yang dibatasi dalam lingkaran ini",
                "goes round for ever: no outcome in this circle is bounded",
            ),
        )
    for step, outcome in _outcomes(procedure):
        if outcome.at_most is not None and outcome.at_most < 1:
            yield (
                (step.code, outcome.code),
                _say(
                    "dapat dilakukan paling banyak 0 kali, jadi tidak pernah",
                    "may be taken at most 0 times, so never",
                ),
            )
    if not circles:
        yield from _too_many_returns(procedure)


def _too_many_returns(procedure: Procedure) -> Found:
    try:
        longest(procedure)
    except TooManyReturns:
        yield (
            (procedure.start,),
            _say(
                "mempunyai terlalu banyak pengembalian untuk ditelusuri seluruhnya",
                "has too many returns for all its ways to be walked",
            ),
        )
    except (KeyError, ValueError):
        return  # another rule says what is wrong


def _actors(procedure: Procedure) -> Found:
    idle = _say("{role} tidak mengambil langkah dalam perkara", "{role} takes no step in a case")
    for step, outcome in _outcomes(procedure):
        if outcome.role not in ACTING_ROLES:
            yield (step.code, outcome.code), idle.format(role=ROLES[outcome.role])
    for step in procedure.steps:
        if step.role not in ACTING_ROLES:
            yield (step.code,), idle.format(role=ROLES[step.role])
        if not any(outcome.actor == step.actor for outcome in step.outcomes):
            yield (
                (step.code,),
                _say(
                    "{actor} harus bertindak di sini dan tidak mempunyai tindakan",
                    "{actor} must act here and has no outcome",
                ).format(actor=ORGANS[step.actor]),
            )


def _terms(procedure: Procedure) -> Found:
    """Each step has a term or says that it is unknown; what is not law says so and why."""
    for step in procedure.steps:
        if step.term is not None:
            for message in _of_term(step.term):
                yield (step.code,), message
            if step.term.kind == "register" and not lanes.may_skip(procedure):
                message = _say(
                    "aturan register ini hanya berlaku bagi kebijakan",
                    "a rule of this register is for policy only",
                )
                yield (step.code,), message
            if _is_unsure(step.term) and not step.open_points:
                yield (
                    (step.code,),
                    _say(
                        "mempunyai soal terbuka yang tidak didaftar",
                        "has an open question and does not list it",
                    ),
                )
        elif step.term_unknown is None:
            yield (
                (step.code,),
                _say(
                    "tidak mempunyai tenggat dan tidak menyebut bahwa tenggatnya tidak diketahui",
                    "has no term and does not say that it is unknown",
                ),
            )
    for remedy in procedure.remedies:
        for message in _of_term(remedy.term) if remedy.term is not None else ():
            yield (REMEDY, remedy.code), message
    for step, outcome in _outcomes(procedure):
        for debt in outcome.owes:
            for message in _of_term(debt.term) if debt.term is not None else ():
                yield (step.code, outcome.code, debt.code), message


def _of_term(term: Term) -> Iterator[Bilingual]:
    lengths = [term.length, *(reading.length for reading in term.readings)]
    lengths += [term.extends.length, term.extends.at_most] if term.extends else []
    lengths += [term.suspends.at_most] if term.suspends else []
    for length in lengths:
        if not 1 <= length <= LONGEST_TERM:
            yield _say("mempunyai tenggat {n} hari", "has a term of {n} days").format(n=length)
    if _is_unsure(term) and term.reason is None:
        yield _say(
            "tidak menyebut mengapa tenggat atau satuannya tidak diketahui",
            "does not say why its term or unit is unknown",
        )
    if term.kind not in OURS and (not term.citation or term.level == "none"):
        yield _say(
            "menyatakan tenggat tanpa kutipan dan tingkat kepastiannya",
            "claims a term without a citation and its level",
        )
    if term.kind in OURS and (term.citation or term.level != "none" or term.readings):
        yield _say(
            "adalah sasaran kami sendiri tetapi mengutip hukum untuknya",
            "is a target of ours and cites law for it",
        )


def _is_unsure(term: Term) -> bool:
    return term.unit == "unknown" or term.kind != "law"


def _lapses(procedure: Procedure) -> Found:
    """A term of law or practice never lapses in silence, nor a rule of this register, which acts
    by itself; a target of ours only reminds."""
    for step in procedure.steps:
        if step.term is None:
            continue
        if step.lapse is None:
            yield (
                (step.code,),
                _say("tidak menyebut akibat lewatnya tenggat", "does not say what a lapse does"),
            )
        elif (message := _of_lapse(step)) is not None:
            yield (step.code, "lapse"), message


def _of_lapse(step: Step) -> Bilingual | None:
    lapse, kind = step.lapse, step.term.kind if step.term else "target"
    if lapse is None:
        return None
    if kind == "target" and (lapse.to or lapse.escalates_to):
        return _say(
            "sasaran yang bukan hukum hanya boleh mengingatkan",
            "a target that is not law may only remind",
        )
    if kind == "practice" and lapse.to:
        return _say(
            "hanya tenggat hukum yang boleh memindahkan perkara dengan sendirinya",
            "only a term of law may move a case by itself",
        )
    if kind != "target" and not (lapse.to or lapse.escalates_to):
        return _say(
            "tidak menyebut jalan keluar maupun kepada siapa diteruskan",
            "names neither an exit nor whom it escalates to",
        )
    if lapse.to and kind == "law" and not lapse.citation:
        return _say(
            "memindahkan perkara tanpa mengutip dasarnya",
            "moves a case without citing what allows it",
        )
    if lapse.to == step.code:
        return _say("kembali ke langkahnya sendiri", "leads back to its own step")
    return None


def _hearing(procedure: Procedure) -> Found:
    """Every way is walked with what it has passed: a hearing, or two summonses, comes first."""
    for step, outcome in _outcomes(procedure):
        if not outcome.records_sanction:
            continue
        if outcome.actor not in PUNISHERS:
            yield (
                (step.code, outcome.code),
                _say(
                    "{actor} dapat merekomendasikan, bukan mencatat hukuman",
                    "{actor} may recommend, not record a sanction",
                ).format(actor=ORGANS[outcome.actor]),
            )
        if not outcome.citation:
            yield (
                (step.code, outcome.code),
                _say(
                    "mencatat hukuman tanpa menyebut pasalnya",
                    "records a sanction without an article",
                ),
            )
    yield from _unheard(procedure)


def _unheard(procedure: Procedure) -> Found:
    recorded = _say(
        "mencatat hukuman tanpa pemeriksaan atau dua panggilan",
        "records a sanction without a hearing or two summonses",
    )
    reached = _say("hukuman tercapai tanpa pemeriksaan", "a sanction is reached without a hearing")
    for path, records in unheard_sanctions(procedure, procedure.starts):
        yield (path[:-1], recorded) if records else (path, reached)


def unheard_sanctions(procedure: Procedure, starts: Iterable[str]) -> Iterator[tuple[Path, bool]]:
    """Each way to a sanction on which nobody was heard since these starts, and whether its last
    outcome records the sanction; else the end that it reaches is one.

    What is passed only grows, so going round once more never makes a case less heard: bounds need
    no counting here.
    """
    none: frozenset[str] = frozenset()
    for path, way, passed in walks(
        starts,
        filter(_can_be_taken, _ways(procedure)),
        none,
        lambda way, passed: passed | (way.requires & HEARINGS),
        lambda _way, passed: not is_heard(passed),
    ):
        ends = is_end(way.to) and procedure.has(way.to)
        if not is_heard(passed) and (
            way.sanction or (ends and procedure.end(way.to).kind == "sanction")
        ):
            yield path, way.sanction


def _reviews(procedure: Procedure) -> Found:
    """Who acted at a step does not review it: another organ, or at least another role in it."""
    for step in procedure.steps:
        for code in step.reviews:
            if "/" in code:
                continue  # a step of another procedure: see _elsewhere
            if not procedure.has(code) or is_end(code) or code == step.code:
                yield (step.code,), NOT_THERE.format(code=code)
            elif step.self_review is None:
                yield from _same_hand(procedure, procedure.step(code), step)


def _same_hand(procedure: Procedure, reviewed: Step, reviewer: Step) -> Found:
    for before in reviewed.outcomes:
        back = _paths(procedure, _can_be_taken, [before.to])
        if reviewer.code not in back:
            continue
        path = (reviewed.code, before.code, *back[reviewer.code])
        for after in reviewer.outcomes:
            if _is_same_hand(before, after):
                yield (*path, after.code), SAME_HAND.format(actor=ORGANS[after.actor])


def _is_same_hand(one: Outcome, other: Outcome) -> bool:
    if one.actor != other.actor:
        return False
    return one.actor in ONE_PERSON or one.role == other.role


def _remedies(procedure: Procedure) -> Found:
    """A sanction names what may be done against it, for each level, or that this is not known."""
    known = {remedy.code: remedy for remedy in procedure.remedies}
    for step, outcome in _outcomes(procedure):
        for message in _of_sanction(outcome, known):
            yield (step.code, outcome.code), message
    for remedy in procedure.remedies:
        for message in _of_remedy(remedy):
            yield (REMEDY, remedy.code), message


def _of_sanction(outcome: Outcome, known: Mapping[str, Remedy]) -> Iterator[Bilingual]:
    for code in outcome.remedies:
        if code not in known:
            message = _say(
                "menyebut upaya {code}, yang tidak ada", "names {code}, which is no remedy"
            )
            yield message.format(code=code)
    if not outcome.records_sanction or outcome.remedy_unknown is not None:
        return
    if not outcome.remedies:
        yield _say(
            "mencatat hukuman tanpa upaya terhadapnya", "records a sanction without a remedy"
        )
    against = {level for code in outcome.remedies if code in known for level in known[code].against}
    missing = [] if ANY in against else [one for one in outcome.sanctions if one not in against]
    if outcome.remedies and missing:
        message = _say(
            "tidak memberi upaya terhadap: {levels}", "gives no remedy against: {levels}"
        )
        yield message.format(levels=", ".join(missing))


def _of_remedy(remedy: Remedy) -> Iterator[Bilingual]:
    if remedy.procedure == UNKNOWN and remedy.reason is None:
        yield _say(
            "tidak menyebut mengapa jalurnya tidak diketahui", "does not say why its way is unknown"
        )
    if remedy.procedure != UNKNOWN and not remedy.citation:
        yield _say("tidak menyebut pasalnya", "names no article")
    if remedy.term is None and remedy.term_unknown is None:
        yield _say(
            "tidak mempunyai tenggat dan tidak menyebut mengapa", "has no term and does not say why"
        )


def _tracks(procedure: Procedure) -> Found:
    """A side track opens somewhere, is told apart from the main way, and is proved like it."""
    codes = {track.code for track in procedure.tracks}
    opened = {outcome.opens_track: step.code for step, outcome in _outcomes(procedure)}
    for track, at in opened.items():
        if track is not None and track not in codes:
            message = _say(
                "membuka jalur samping yang tidak ada", "opens a track that is not there"
            )
            yield (at, track), message
    for found in procedure.tracks:
        if not found.opens_at and found.code not in opened:
            yield (found.code,), _say("tidak pernah dibuka", "is never opened")
        yield from _of_track(procedure, found)


def _of_track(procedure: Procedure, track: Track) -> Found:
    own = {step.code for step in procedure.steps}
    for code in track.opens_at:
        if code not in own:
            message = _say(
                "dibuka pada langkah yang tidak ada", "opens at a step that is not there"
            )
            yield (track.code, code), message
    for step in track.steps:
        if step.code in own:
            message = _say("berada juga di jalur utama", "stands in the main way too")
            yield (track.code, step.code), message
    for code, property_ in PROPERTIES.items():
        if code == "tracks":
            continue
        for path, message in property_.rule(procedure.track(track.code)):
            if path[0] != REMEDY:  # the remedies of the main way are looked at once
                yield (track.code, *path), message


PROPERTIES: dict[str, Property] = {
    found.code: found
    for found in (
        Property(
            "targets_exist",
            _say(
                "Setiap jalan menuju ke langkah atau akhir yang ada.",
                "Every way leads to a step or end that exists.",
            ),
            _targets_exist,
        ),
        Property(
            "reachable",
            _say(
                "Setiap langkah dan setiap akhir dapat dicapai.",
                "Every step and every end can be reached.",
            ),
            _reachable,
        ),
        Property(
            "way_out",
            _say(
                "Dari setiap langkah selalu ada jalan ke suatu akhir.",
                "From every step there is always a way to an end.",
            ),
            _way_out,
        ),
        Property(
            "every_path_ends",
            _say(
                "Setiap jalan berakhir: pengulangan dibatasi.",
                "Every path ends: whatever repeats is bounded.",
            ),
            _ends,
        ),
        Property(
            "actors",
            _say(
                "Pada setiap langkah jelas siapa yang bertindak, dan ia dapat bertindak.",
                "At every step it is clear who acts, and that organ can act.",
            ),
            _actors,
        ),
        Property(
            "terms",
            _say(
                "Setiap langkah mempunyai tenggat, atau menyatakan bahwa itu tidak diketahui.",
                "Every step has a term, or states that its term is unknown.",
            ),
            _terms,
        ),
        Property(
            "lapses",
            _say(
                "Akibat lewatnya tenggat disebut; perkara hanya dipindahkan oleh tenggat hukum, "
                "kebijakan juga oleh aturan register ini.",
                "What a lapse does is said; only a term of law moves a case, and of policy also a "
                "rule of this register.",
            ),
            _lapses,
        ),
        Property(
            "hearing",
            _say(
                "Tidak ada hukuman tanpa pemeriksaan atau dua panggilan yang terbukti.",
                "No sanction without a hearing held or two proven summonses.",
            ),
            _hearing,
        ),
        Property(
            "reviews",
            _say(
                "Tidak ada yang menilai hasil kerjanya sendiri, kecuali hukum membolehkannya.",
                "Nobody reviews himself, unless the law lets him.",
            ),
            _reviews,
        ),
        Property(
            "remedies",
            _say(
                "Terhadap setiap hukuman ada upaya, atau dinyatakan bahwa itu tidak diketahui.",
                "Against every sanction there is a remedy, or it is stated that none is known.",
            ),
            _remedies,
        ),
        Property(
            "clearance",
            _say(
                "Kebijakan: tidak ada pelaksanaan tanpa persetujuan, kecuali melalui jalur "
                "langsung.",
                "Of policy: no execution without clearance, except through the direct lane.",
            ),
            lanes.uncleared,
        ),
        Property(
            "lanes",
            _say(
                "Kebijakan: setiap jalur langsung berakhir dengan disahkan, dicabut, atau gugur.",
                "Of policy: every direct lane ends ratified, revoked or lapsed.",
            ),
            lanes.unended,
        ),
        Property(
            "debts",
            _say(
                "Kebijakan: tidak ada kewajiban tanpa tanggal.",
                "Of policy: no debt without a date.",
            ),
            lanes.undated,
        ),
        Property(
            "tracks",
            _say(
                "Setiap jalur samping dibuka, berakhir, dan memenuhi semua sifat ini.",
                "Every side track opens, ends, and has all these properties.",
            ),
            _tracks,
        ),
    )
}


def _elsewhere(procedure: Procedure, among: Mapping[str, Procedure]) -> Iterator[Problem]:
    """What a procedure says about others is looked up there."""
    for remedy in procedure.remedies:
        if remedy.procedure not in (COURT, UNKNOWN) and remedy.procedure not in among:
            message = _say("menuju {id}, yang tidak ada", "leads to {id}, which is no procedure")
            path = (REMEDY, remedy.code)
            yield Problem(procedure.id, "remedies", path, message.format(id=remedy.procedure))
    for step in _parts(procedure):
        for code in step.reviews:
            other, slash, there = code.rpartition("/")
            problem = _of_review(step, among.get(other), there) if slash else None
            if problem is not None:
                yield Problem(procedure.id, "reviews", (code, step.code), problem)


def _of_review(step: Step, other: Procedure | None, code: str) -> Bilingual | None:
    if other is None or not other.has(code) or is_end(code):
        return NOT_THERE.format(code=code)
    if step.self_review is not None:
        return None
    for before in other.step(code).outcomes:
        for after in step.outcomes:
            if _is_same_hand(before, after):
                return SAME_HAND.format(actor=ORGANS[after.actor])
    return None


# --- ways -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Way:
    """One edge of the graph: an outcome, or a lapse that moves the case. `most` None: unbounded."""

    step: str
    label: str
    to: str
    most: int | None
    requires: frozenset[str]
    sanction: bool


def _outcomes(procedure: Procedure) -> Iterator[tuple[Step, Outcome]]:
    return ((step, outcome) for step in procedure.steps for outcome in step.outcomes)


def _parts(procedure: Procedure) -> list[Step]:
    """The steps of the main way and of the tracks."""
    return [*procedure.steps, *(step for track in procedure.tracks for step in track.steps)]


def _ways(procedure: Procedure) -> list[_Way]:
    ways = [
        _Way(
            step=step.code,
            label=outcome.code,
            to=outcome.to,
            most=None if outcome.at_most is None else max(outcome.at_most, 0),
            requires=frozenset(outcome.requires),
            sanction=outcome.records_sanction,
        )
        for step, outcome in _outcomes(procedure)
    ]
    for step in procedure.steps:
        if step.lapse is not None and step.lapse.to is not None:
            ways.append(_Way(step.code, "lapse", step.lapse.to, None, frozenset(), False))
    return ways


def _unbounded(way: _Way) -> bool:
    return way.most is None


def _can_be_taken(way: _Way) -> bool:
    return way.most != 0


def _paths(
    procedure: Procedure, usable: Callable[[_Way], bool], starts: list[str] | None = None
) -> dict[str, Path]:
    """What can be reached over usable ways, each with one shortest path that leads there."""
    ways = [way for way in _ways(procedure) if usable(way)]
    found: dict[str, Path] = {start: (start,) for start in starts or procedure.starts}
    waiting = list(found)
    for code in waiting:
        for way in ways:
            if way.step == code and way.to not in found:
                found[way.to] = (*found[code], way.label, way.to)
                waiting.append(way.to)
    return found


def _circles(procedure: Procedure) -> list[Path]:
    """For each step that can come back to itself over unbounded ways, one shortest circle."""
    circles: dict[frozenset[str], Path] = {}
    for way in filter(_unbounded, _ways(procedure)):
        back = _paths(procedure, _unbounded, [way.to]).get(way.step)
        if back is not None:
            circle = (way.step, way.label, *back)
            circles.setdefault(frozenset(circle), circle)
    return list(circles.values())
