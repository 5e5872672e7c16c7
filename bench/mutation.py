"""How many mistakes in a procedure does the proof catch? Every procedure on file is broken on
purpose, by named operators; an exhaustive walk that shares no code with the proof says whether a
mistake changes a property; and of those that do, the proof must report at least 95 %.

    python bench/mutation.py [MOST]     (so many of each operator and procedure; 12 when not said)

The walk takes the plain data of the file and visits every state that a case can come to: where it
stands, how often each bounded outcome was taken, which hearings it has passed, who acted where. It
is compared with SPIN in tests/law/test_mutation.py.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from timbang.law.procedure import check, on_file, to_json
from timbang.law.steps import Procedure, read
from timbang.law.yaml_file import Yaml, YamlError

Data = dict[str, Any]
Fault = tuple[str, Callable[[], Data]]
GOAL = 0.95
ASKED_OF_LANES = (
    *("lane_ground_stated", "lane_scope_stated", "lane_sunset_set"),
    *("co_signed", "higher_co_sign_if_overdue"),
)
EITHER = "hearing_or_two_summonses"
MOST_STATES = 20_000

# --- operators: each yields mistakes one by one, as (where, the broken procedure) ----------------


def parts(data: Data) -> list[Data]:
    """The main way and each side track: whatever has steps and ends."""
    return [data, *data.get("tracks", [])]


def broken(data: Data, change: Callable[[Data], object]) -> Callable[[], Data]:
    """How to make a copy of the procedure with this change: made when it is wanted."""

    def make() -> Data:
        made: Data = json.loads(json.dumps(data))
        change(made)
        return made

    return make


def steps(data: Data) -> Iterator[tuple[int, int, Data]]:
    """Each step with its place: which part, which step of it."""
    for part, found in enumerate(parts(data)):
        for place, step in enumerate(found["steps"]):
            yield part, place, step


def outcomes(data: Data) -> Iterator[tuple[int, int, int, Data]]:
    for part, place, step in steps(data):
        for number, outcome in enumerate(step["outcomes"]):
            yield part, place, number, outcome


def at(data: Data, part: int, place: int, number: int | None = None) -> Data:
    step: Data = parts(data)[part]["steps"][place]
    return step if number is None else step["outcomes"][number]


def targets(data: Data, part: int) -> list[str]:
    found = parts(data)[part]
    ends = [f"end:{end['code']}" for end in found["ends"]]
    return [*(step["code"] for step in found["steps"]), *ends]


def drop_a_step(data: Data) -> Iterator[Fault]:
    """The step is gone, and what led to it leads into nothing."""
    for part, place, step in steps(data):
        yield (
            step["code"],
            broken(data, lambda made, p=part, i=place: parts(made)[p]["steps"].pop(i)),
        )


def skip_a_step(data: Data) -> Iterator[Fault]:
    """What led to the step leads to where its first outcome leads."""
    for part, place, step in steps(data):
        if not step["outcomes"] or step["outcomes"][0]["to"] == step["code"]:
            continue

        def change(
            made: Data,
            part: int = part,
            place: int = place,
            code: str = step["code"],
            to: str = step["outcomes"][0]["to"],
        ) -> None:
            found = parts(made)[part]
            found["steps"].pop(place)
            starts = made["starts"] if part == 0 else []
            if code in starts and not to.startswith("end:"):
                starts[starts.index(code)] = to
            for other in found["steps"]:
                for outcome in other["outcomes"]:
                    if outcome["to"] == code:
                        outcome["to"] = to

        yield step["code"], broken(data, change)


def drop_an_exit(data: Data) -> Iterator[Fault]:
    for part, place, number, outcome in outcomes(data):
        yield (
            outcome["code"],
            broken(
                data,
                lambda made, p=part, i=place, n=number: at(made, p, i)["outcomes"].pop(n),
            ),
        )


def drop_an_end(data: Data) -> Iterator[Fault]:
    for part, found in enumerate(parts(data)):
        for number, end in enumerate(found["ends"]):
            yield (
                end["code"],
                broken(data, lambda made, p=part, n=number: parts(made)[p]["ends"].pop(n)),
            )


def drop_an_actor(data: Data) -> Iterator[Fault]:
    """The step names nobody, or one who has nothing to do in it."""
    for part, place, step in steps(data):
        yield step["code"], broken(data, lambda made, p=part, i=place: at(made, p, i).pop("actor"))
        yield (
            step["code"],
            broken(data, lambda made, p=part, i=place: at(made, p, i).update(actor="kpu")),
        )


def drop_an_acting_role(data: Data) -> Iterator[Fault]:
    for part, place, number, outcome in outcomes(data):
        yield (
            outcome["code"],
            broken(
                data,
                lambda made, p=part, i=place, n=number: at(made, p, i, n).update(role="auditor"),
            ),
        )


def swap_actors(data: Data) -> Iterator[Fault]:
    """Two steps exchange who acts in them: the step and its outcomes."""
    every = [(part, place) for part, place, _step in steps(data)]
    for one, other in zip(every, every[1:] + every[:1], strict=True):

        def change(made: Data, one: tuple[int, int] = one, other: tuple[int, int] = other) -> None:
            hands = [
                (at(made, *where)["actor"], at(made, *where)["role"]) for where in (one, other)
            ]
            for where, (actor, role) in zip((other, one), hands, strict=True):
                at(made, *where).update(actor=actor, role=role)
                for outcome in at(made, *where)["outcomes"]:
                    outcome.update(actor=actor, role=role)

        yield at(data, *one)["code"], broken(data, change)


def review_oneself(data: Data) -> Iterator[Fault]:
    """Who reviews becomes who was reviewed; or the law that lets him is no longer named."""
    for part, place, step in steps(data):
        if step.get("self_review"):
            yield (
                step["code"],
                broken(data, lambda made, p=part, i=place: at(made, p, i).update(self_review=None)),
            )
        for code in step.get("reviews", []):
            found = [one for one in parts(data)[part]["steps"] if one["code"] == code]
            if found and not step.get("self_review"):

                def change(
                    made: Data, part: int = part, place: int = place, same: Data = found[0]
                ) -> None:
                    hand = {"actor": same["actor"], "role": same["role"]}
                    at(made, part, place).update(hand)
                    for outcome in at(made, part, place)["outcomes"]:
                        outcome.update(hand)

                yield step["code"], broken(data, change)


def drop_a_guard(data: Data, wanted: Callable[[str], bool]) -> Iterator[Fault]:
    for part, place, number, outcome in outcomes(data):
        if any(wanted(code) for code in outcome["requires"]):

            def change(made: Data, where: tuple[int, int, int] = (part, place, number)) -> None:
                found = at(made, *where)
                found["requires"] = [code for code in found["requires"] if not wanted(code)]

            yield outcome["code"], broken(data, change)


def drop_a_hearing(data: Data) -> Iterator[Fault]:
    return drop_a_guard(data, lambda code: "hearing" in code)


def drop_a_summons(data: Data) -> Iterator[Fault]:
    """One of two summonses is no longer asked for, or one is held to be enough."""
    for one in ("first_summons_proven", "second_summons_proven"):
        yield from drop_a_guard(data, lambda code, one=one: code == one)
    for part, place, number, outcome in outcomes(data):
        if EITHER in outcome["requires"]:

            def change(made: Data, where: tuple[int, int, int] = (part, place, number)) -> None:
                wanted = at(made, *where)["requires"]
                wanted[wanted.index(EITHER)] = "first_summons_proven"

            yield outcome["code"], broken(data, change)


def drop_every_hearing_of_a_step(data: Data) -> Iterator[Fault]:
    for part, place, step in steps(data):
        if any(_hears(code) for outcome in step["outcomes"] for code in outcome["requires"]):

            def change(made: Data, part: int = part, place: int = place) -> None:
                for outcome in at(made, part, place)["outcomes"]:
                    outcome["requires"] = [one for one in outcome["requires"] if not _hears(one)]

            yield step["code"], broken(data, change)


def _hears(code: str) -> bool:
    return "hearing" in code or "summons" in code


def drop_a_remedy(data: Data) -> Iterator[Fault]:
    """From a sanction, or from the list; or a level against which it may be used."""
    for part, place, number, outcome in outcomes(data):
        where = (part, place, number)
        for code in outcome.get("remedies", []):
            yield (
                outcome["code"],
                broken(data, lambda made, w=where, c=code: at(made, *w)["remedies"].remove(c)),
            )
        if outcome.get("remedy_unknown"):
            yield (
                outcome["code"],
                broken(data, lambda made, w=where: at(made, *w).update(remedy_unknown=None)),
            )
    for number, remedy in enumerate(data.get("remedies", [])):
        yield remedy["code"], broken(data, lambda made, n=number: made["remedies"].pop(n))
        for level in remedy["against"]:
            yield (
                f"{remedy['code']} {level}",
                broken(
                    data,
                    lambda made, n=number, one=level: made["remedies"][n]["against"].remove(one),
                ),
            )


def lose_the_way_of_a_remedy(data: Data) -> Iterator[Fault]:
    for number, remedy in enumerate(data.get("remedies", [])):
        yield (
            remedy["code"],
            broken(data, lambda made, n=number: made["remedies"][n].update(procedure="nowhere")),
        )


def redirect_an_edge(data: Data) -> Iterator[Fault]:
    for part, place, number, outcome in outcomes(data):
        for to in [*targets(data, part), "nowhere"]:
            if to != outcome["to"]:
                yield (
                    f"{outcome['code']} to {to}",
                    broken(
                        data,
                        lambda made, p=part, i=place, n=number, t=to: at(made, p, i, n).update(
                            to=t
                        ),
                    ),
                )


def let_a_lapse_move_the_case(data: Data) -> Iterator[Fault]:
    for part, place, step in steps(data):
        for to in targets(data, part):
            lapse = {**(step["lapse"] or {"title": step["title"]}), "to": to, "citation": "x"}
            yield (
                f"{step['code']} to {to}",
                broken(
                    data,
                    lambda made, p=part, i=place, found=lapse: at(made, p, i).update(lapse=found),
                ),
            )


def unbound_a_loop(data: Data) -> Iterator[Fault]:
    for part, place, number, outcome in outcomes(data):
        if outcome["at_most"] is not None:
            yield (
                outcome["code"],
                broken(
                    data,
                    lambda made, p=part, i=place, n=number: at(made, p, i, n).update(at_most=None),
                ),
            )


def lengthen_a_loop(data: Data) -> Iterator[Fault]:
    """More returns are still an end; it must not be taken for a mistake, nor hide one."""
    for part, place, number, outcome in outcomes(data):
        if outcome["at_most"] is not None:
            yield (
                outcome["code"],
                broken(
                    data,
                    lambda made, p=part, i=place, n=number, most=outcome["at_most"]: at(
                        made, p, i, n
                    ).update(at_most=most + 3),
                ),
            )


def bound_every_exit(data: Data) -> Iterator[Fault]:
    """Each outcome of the step may be taken once, or never."""
    for most in (0, 1):
        for part, place, step in steps(data):

            def change(made: Data, part: int = part, place: int = place, most: int = most) -> None:
                for outcome in at(made, part, place)["outcomes"]:
                    outcome["at_most"] = most

            yield f"{step['code']} {most}", broken(data, change)


def drop_a_term(data: Data) -> Iterator[Fault]:
    for part, place, step in steps(data):
        yield (
            step["code"],
            broken(
                data,
                lambda made, p=part, i=place: at(made, p, i).update(term=None, term_unknown=None),
            ),
        )


def empty_a_term(data: Data) -> Iterator[Fault]:
    for part, place, step in steps(data):
        if step["term"] is not None:
            yield (
                step["code"],
                broken(data, lambda made, p=part, i=place: at(made, p, i)["term"].update(length=0)),
            )


def drop_a_lapse(data: Data) -> Iterator[Fault]:
    for part, place, step in steps(data):
        if step["lapse"] is not None:
            yield (
                step["code"],
                broken(data, lambda made, p=part, i=place: at(made, p, i).update(lapse=None)),
            )


def drop_a_citation(data: Data) -> Iterator[Fault]:
    """Of an outcome, of a term, or of a remedy."""
    for part, place, number, outcome in outcomes(data):
        if outcome["citation"]:
            yield (
                outcome["code"],
                broken(
                    data,
                    lambda made, p=part, i=place, n=number: at(made, p, i, n).update(citation=None),
                ),
            )
    for part, place, step in steps(data):
        if step["term"] and step["term"]["citation"]:
            yield (
                step["code"],
                broken(
                    data, lambda made, p=part, i=place: at(made, p, i)["term"].update(citation=None)
                ),
            )
    for number, remedy in enumerate(data.get("remedies", [])):
        if remedy["citation"]:
            yield (
                remedy["code"],
                broken(data, lambda made, n=number: made["remedies"][n].update(citation=None)),
            )


def drop_a_stated_unknown(data: Data) -> Iterator[Fault]:
    """A reason, or a list of what is open, that made something unknown honest."""
    for part, place, step in steps(data):
        if step["term"] and step["term"]["reason"]:
            yield (
                step["code"],
                broken(
                    data, lambda made, p=part, i=place: at(made, p, i)["term"].update(reason=None)
                ),
            )


def never_open_a_track(data: Data) -> Iterator[Fault]:
    for number, track in enumerate(data.get("tracks", [])):

        def change(made: Data, number: int = number, code: str = track["code"]) -> None:
            made["tracks"][number]["opens_at"] = []
            for _part, _place, _number, outcome in outcomes(made):
                if outcome.get("opens_track") == code:
                    outcome["opens_track"] = None

        yield track["code"], broken(data, change)


def drop_a_track(data: Data) -> Iterator[Fault]:
    for number, track in enumerate(data.get("tracks", [])):
        yield track["code"], broken(data, lambda made, n=number: made["tracks"].pop(n))


def lanes(data: Data) -> Iterator[tuple[int, int, int, Data]]:
    """What skips steps, with its place."""
    return (found for found in outcomes(data) if found[3].get("owes"))


def drop_a_debt(data: Data) -> Iterator[Fault]:
    """A step that is skipped is no longer owed, nor that the lane is ratified."""
    own = {step["code"] for step in data["steps"]}
    for part, place, number, outcome in lanes(data):
        where = (part, place, number)
        for debt, owed in enumerate(outcome["owes"]):
            if owed["code"] in {"ratification", *own}:
                yield (
                    f"{outcome['code']} {owed['code']}",
                    broken(data, lambda made, w=where, n=debt: at(made, *w)["owes"].pop(n)),
                )


def owe_nothing(data: Data) -> Iterator[Fault]:
    """The lane is entered all the same."""
    for part, place, number, outcome in lanes(data):
        where = (part, place, number)
        yield outcome["code"], broken(data, lambda made, w=where: at(made, *w).pop("owes"))


def undate_a_debt(data: Data) -> Iterator[Fault]:
    """It has no term, one that begins some other day, or one that only reminds."""
    for part, place, number, outcome in lanes(data):
        for debt, owed in enumerate(outcome["owes"]):
            for change in (
                None,
                {**owed["term"], "starts": "delivery_proven"},
                {**owed["term"], "kind": "target", "citation": None, "reason": owed["title"]},
                {**owed["term"], "length": 0},
            ):
                yield (
                    f"{outcome['code']} {owed['code']}",
                    broken(
                        data,
                        lambda made, w=(part, place, number), n=debt, t=change: at(made, *w)[
                            "owes"
                        ][n].update(term=t),
                    ),
                )


def drop_a_clearance(data: Data) -> Iterator[Fault]:
    return drop_a_guard(data, lambda code: code == "clearance_written")


def drop_what_a_lane_asks(data: Data) -> Iterator[Fault]:
    """Ground, scope, sunset, co-signer; or that the debts are paid before it is ratified."""
    for one in (*ASKED_OF_LANES, "debts_for_ratification_paid"):
        yield from drop_a_guard(data, lambda code, one=one: code == one)


OPERATORS: dict[str, Callable[[Data], Iterator[Fault]]] = {
    found.__name__: found
    for found in (
        drop_a_step,
        skip_a_step,
        drop_an_exit,
        drop_an_end,
        drop_an_actor,
        drop_an_acting_role,
        swap_actors,
        review_oneself,
        drop_a_hearing,
        drop_a_summons,
        drop_every_hearing_of_a_step,
        drop_a_remedy,
        lose_the_way_of_a_remedy,
        redirect_an_edge,
        let_a_lapse_move_the_case,
        unbound_a_loop,
        lengthen_a_loop,
        bound_every_exit,
        drop_a_term,
        empty_a_term,
        drop_a_lapse,
        drop_a_citation,
        drop_a_stated_unknown,
        never_open_a_track,
        drop_a_track,
        drop_a_debt,
        owe_nothing,
        undate_a_debt,
        drop_a_clearance,
        drop_what_a_lane_asks,
    )
}

# --- the walk that says what is true --------------------------------------------------------------

ALONE = {"appointing_officer", "higher_officer", "regent"}
MAY_PUNISH = {*ALONE, "home_ministry", "bpasn"}
MAY_ACT = {
    *("receiver", "examiner", "decision_maker", "executing_officer"),
    *("analyst", "reviewer", "legal_drafter", "clearing_officer", "evaluator"),
}
OF_LANES = {"end:ratified", "end:revoked", "end:lapsed"}
State = tuple[str, frozenset[tuple[str, int]], frozenset[str], frozenset[tuple[str, str]]]


class TooWide(Exception):
    """So many states that the walk would take too long: nothing is said of this mistake."""


def truth(data: Data, others: dict[str, Data]) -> set[str]:
    """The properties that this procedure does not have; none for a sound one."""
    found = _names(data, others)
    opened = {outcome.get("opens_track") for *_where, outcome in outcomes(data)}
    own = {step["code"] for step in data["steps"]}
    for part in parts(data):
        try:
            found |= _Walk(data, part).broken()
        except KeyError:
            found.add("targets_exist")
        if part is not data:
            if not part["opens_at"] and part["code"] not in opened:
                found.add("tracks")
            if not set(part["opens_at"]) <= own:
                found.add("tracks")
    if opened - {None} - {track["code"] for track in data.get("tracks", [])}:
        found.add("tracks")
    return found


def _names(data: Data, others: dict[str, Data]) -> set[str]:
    """What is wrong without any case: names that lead nowhere, numbers, missing articles."""
    found = set()
    for _part, _place, step in steps(data):
        if step.get("actor") not in {one.get("actor") for one in step["outcomes"]}:
            found.add("actors")
        if "actor" not in step:
            found.add("actors")
        term = step["term"]
        if term is None and not step.get("term_unknown"):
            found.add("terms")
        if term is not None:
            found |= _of_term(term) | _of_lapse(term, step["lapse"])
            if term["kind"] == "register" and not skips(data):
                found.add("terms")
            if (term["kind"] != "law" or term["unit"] == "unknown") and not step["open_points"]:
                found.add("terms")
        if step.get("self_review") is None:
            for code in step.get("reviews", []):
                if "/" in code and _same_hand_there(step, code, others):
                    found.add("reviews")
    for *_where, outcome in lanes(data):
        found |= _of_debts(outcome)
    for remedy in data.get("remedies", []):
        known = remedy["procedure"] in {"court", "unknown", *others}
        if not known or (remedy["procedure"] != "unknown" and not remedy["citation"]):
            found.add("remedies")
        if remedy["term"] is None and not remedy["term_unknown"]:
            found.add("remedies")
        if remedy["term"] and not remedy["term"]["citation"]:
            found.add("terms")
    return found


def _of_debts(outcome: Data) -> set[str]:
    found = set()
    if not set(ASKED_OF_LANES) <= set(outcome["requires"]):
        found.add("lanes")
    if "ratification" not in {debt["code"] for debt in outcome["owes"]}:
        found.add("debts")
    for debt in outcome["owes"]:
        term = debt["term"]
        if term is None or term["starts"] != "entered" or term["kind"] == "target":
            found.add("debts")
        else:
            found |= _of_term(term)
    return found


def _same_hand_there(step: Data, code: str, others: dict[str, Data]) -> bool:
    """Whether who reviews acted at the reviewed step elsewhere (or there is no such step)."""
    other, _slash, there = code.rpartition("/")
    reviewed = [one for one in others.get(other, {"steps": []})["steps"] if one["code"] == there]
    hands = {_hand(one, outcome) for one in reviewed for outcome in one["outcomes"]}
    mine = {_hand(step, outcome) for outcome in step["outcomes"]}
    return not reviewed or bool(hands & mine)


def _of_term(term: Data) -> set[str]:
    claimed = term["kind"] in ("law", "practice")
    if not 1 <= term["length"] <= 1000 or (claimed and not term["citation"]):
        return {"terms"}
    if (term["kind"] != "law" or term["unit"] == "unknown") and not term["reason"]:
        return {"terms"}
    return set()


def _of_lapse(term: Data, lapse: Data | None) -> set[str]:
    if lapse is None:
        return {"lapses"}
    if term["kind"] != "target" and not lapse["to"] and not lapse.get("escalates_to"):
        return {"lapses"}
    return {"lapses"} if lapse["to"] and term["kind"] not in ("law", "register") else set()


def skips(data: Data) -> bool:
    """Whether something in it owes, or it is about policy."""
    return "policy" in data["handles"]["kinds"] or any(True for _found in lanes(data))


class _Walk:
    """Every state of one part of a procedure, and what is found on the way."""

    def __init__(self, data: Data, part: Data) -> None:
        self.steps: dict[str, Data] = {step["code"]: step for step in part["steps"]}
        self.ends: dict[str, str] = {f"end:{end['code']}": end["kind"] for end in part["ends"]}
        self.starts = (
            part["starts"] if part is data else [step["code"] for step in part["steps"][:1]]
        )
        self.remedies = {remedy["code"]: remedy for remedy in data.get("remedies", [])}
        self.watched = {
            code
            for step in part["steps"]
            if not step.get("self_review")
            for code in step.get("reviews", [])
        }
        self.found: set[str] = set()
        self.skips = skips(data)
        clearing = [step for step in part["steps"] if step["role"] == "clearing_officer"]
        self.clearing = {step["code"]: set(step["reviews"]) for step in clearing}

    def broken(self) -> set[str]:
        after: dict[State, list[State]] = {}
        nothing: frozenset[Any] = frozenset()
        waiting: list[State] = [(start, nothing, nothing, nothing) for start in self.starts]
        while waiting:
            state = waiting.pop()
            if state not in after:
                after[state] = self.moves(state)
                waiting += after[state]
            if len(after) > MOST_STATES:
                raise TooWide
        self._look(after)
        return self.found

    def _look(self, after: dict[State, list[State]]) -> None:
        places = {state[0] for state in after}
        if not {*self.steps, *self.ends} <= places:
            self.found.add("reachable")
        before: dict[State, list[State]] = {state: [] for state in after}
        for state, onward in after.items():
            for other in onward:
                before[other].append(state)
        # From where an end can be reached, and what is left when everything that ends is taken out.
        waiting = [state for state in after if state[0] in self.ends]
        reaching = set(waiting)
        for state in waiting:
            for other in before[state]:
                if other not in reaching:
                    reaching.add(other)
                    waiting.append(other)
        if len(reaching) < len(after):
            self.found.add("way_out")
        left = {state: len(onward) for state, onward in after.items()}
        waiting = [state for state, count in left.items() if count == 0]
        gone = 0
        for state in waiting:
            gone += 1
            for other in before[state]:
                left[other] -= 1
                if left[other] == 0:
                    waiting.append(other)
        if gone < len(after):
            self.found.add("every_path_ends")

    def moves(self, state: State) -> list[State]:
        code, used, passed, acted = state
        if code in self.ends:
            return []
        step, found = self.steps[code], []
        counts = dict(used)
        for outcome in step["outcomes"]:
            name, most = f"{code}/{outcome['code']}", outcome["at_most"]
            if most is not None and counts.get(name, 0) >= most:
                continue
            more = (
                used
                if most is None
                else frozenset({**counts, name: counts.get(name, 0) + 1}.items())
            )
            found.append(self._taken(step, outcome, (outcome["to"], more, passed, acted)))
        if step["lapse"] and step["lapse"]["to"]:
            found.append(self._arrived((step["lapse"]["to"], used, passed, acted)))
        return found

    def _taken(self, step: Data, outcome: Data, state: State) -> State:
        to, used, passed, acted = state
        passed = passed | {guard for guard in outcome["requires"] if _hears(guard)}
        hand = _hand(step, outcome)
        if outcome["role"] not in MAY_ACT or step["role"] not in MAY_ACT:
            self.found.add("actors")
        if outcome["records_sanction"]:
            self._sanction(step, outcome, passed)
        for code in step.get("reviews", []):
            if not step.get("self_review") and (code, hand) in acted:
                self.found.add("reviews")
        if step["code"] in self.watched:
            acted = acted | {(step["code"], hand)}
        if self.skips:
            passed = self._skipped(step, outcome, passed)
        return self._arrived((to, used, passed, acted))

    def _skipped(self, step: Data, outcome: Data, passed: frozenset[str]) -> frozenset[str]:
        """What is cleared, paid for or owed by then."""
        if step["code"] == "study" and not outcome.get("owes"):
            passed |= {"study"}
        if step["role"] == outcome["role"] == "clearing_officer":
            passed |= {
                code for code in [step["code"]] if "clearance_written" in outcome["requires"]
            }
        if "lane" in passed and "debts_for_ratification_paid" in outcome["requires"]:
            passed |= {"paid"}
        owed = {debt["code"] for debt in outcome.get("owes", [])}
        if owed:
            if not {*self.clearing, *({"study"} & self.steps.keys())} <= passed | owed:
                self.found.add("debts")
            lapse = self.steps.get(outcome["to"], {}).get("lapse")
            if outcome["to"] not in self.ends and (lapse is None or lapse["to"] not in self.ends):
                self.found.add("lanes")
            passed |= {"lane"}
        return passed

    def _arrived(self, state: State) -> State:
        to, _used, passed, _acted = state
        if to not in self.steps and to not in self.ends:
            raise KeyError(to)
        if self.ends.get(to) == "sanction" and not _heard(passed):
            self.found.add("hearing")
        return self._arrived_skipping(state) if self.skips else state

    def _arrived_skipping(self, state: State) -> State:
        """What changes here is cleared no longer; what is executed here must be."""
        to, used, passed, acted = state
        passed -= {code for code, seen in self.clearing.items() if to in seen}
        passed -= {to} & {"study"}
        if "lane" in passed and to in self.ends and to not in OF_LANES:
            self.found.add("lanes")
        if "lane" in passed and to == "end:ratified" and "paid" not in passed:
            self.found.add("lanes")
        executed = to in self.steps and self.steps[to]["role"] == "executing_officer"
        cleared = bool(self.clearing) and self.clearing.keys() <= passed
        if executed and "lane" not in passed and not cleared:
            self.found.add("clearance")
        return to, used, passed, acted

    def _sanction(self, step: Data, outcome: Data, passed: frozenset[str]) -> None:
        if not _heard(passed) or not outcome["citation"]:
            self.found.add("hearing")
        if outcome.get("actor", step.get("actor")) not in MAY_PUNISH:
            self.found.add("hearing")
        if outcome.get("remedy_unknown"):
            return
        named = [self.remedies[code] for code in outcome["remedies"] if code in self.remedies]
        against = {level for remedy in named for level in remedy["against"]}
        levels = set(outcome.get("sanctions", []))
        if not named or not (levels <= against or "any" in against):
            self.found.add("remedies")
        if len(named) < len(outcome["remedies"]):
            self.found.add("remedies")


def _heard(passed: frozenset[str]) -> bool:
    both = {"first_summons_proven", "second_summons_proven"}
    return bool(passed & {EITHER, "hearing_held"}) or both <= passed


def _hand(step: Data, outcome: Data) -> str:
    actor = outcome.get("actor") or step.get("actor") or "nobody"
    return actor if actor in ALONE else f"{actor} {outcome['role']}"


# --- the proof against the truth ------------------------------------------------------------------


def as_yaml(value: Any) -> Yaml:
    """The same data as a file would give it, without writing and parsing one."""
    if isinstance(value, dict):
        return Yaml({key: as_yaml(item) for key, item in value.items()}, "mutant", 1)
    if isinstance(value, list):
        return Yaml(tuple(as_yaml(item) for item in value), "mutant", 1)
    return Yaml(value, "mutant", 1)


def reported(data: Data, others: dict[str, Procedure]) -> bool:
    """Whether the procedure is refused: by the reader, or by the proof."""
    try:
        procedure = read(as_yaml(data))
    except YamlError:
        return True
    return bool(check(procedure, {**others, procedure.id: procedure}.values()))


class Tally(Counter[str]):
    """What became of the mistakes of one operator."""

    def line(self, name: str) -> str:
        faults = self["caught"] + self["missed"]
        share = f"{self['caught'] / faults:7.1%}" if faults else "      -"
        return (
            f"{name:<30}{self['made']:>7}{faults:>9}{self['caught']:>8}{share}{self['strict']:>9}"
        )


def main(most: int) -> int:
    begun = time.perf_counter()
    real = {found.id: found for found in on_file()}
    plain: dict[str, Data] = {name: json.loads(to_json(found)) for name, found in real.items()}
    false = [name for name, data in plain.items() if reported(data, real) or truth(data, plain)]
    print(f"{len(real)} procedures on file, at most {most} mistakes of each kind in each")
    print(f"{'operator':<30}{'made':>7}{'matters':>9}{'caught':>8}{'share':>7}{'strict':>9}")
    total, missed = Tally(), []
    for name, operator in OPERATORS.items():
        tally = Tally()
        for procedure, data in plain.items():
            for where, make in chosen(operator(data), most, f"{name} {procedure}"):
                verdict = judge(make(), plain, real)
                tally[verdict] += 1
                tally["made"] += 1
                if verdict == "missed":
                    missed.append(f"{name}: {procedure}: {where}")
        print(tally.line(name), flush=True)
        total.update(tally)
    print(total.line("all"))
    print("strict: refused, though the walk finds no property changed; wide: not walked to the end")
    for line in missed:
        print(f"missed: {line}")
    if total["wide"]:
        print(f"too wide to walk: {total['wide']}")
    share = total["caught"] / max(total["caught"] + total["missed"], 1)
    print(f"{share:.1%} caught (goal {GOAL:.0%}); reported on the real files: {false or 'none'}")
    print(f"{time.perf_counter() - begun:.0f} s")
    return 0 if share >= GOAL and not false else 1


def chosen(faults: Iterator[Fault], most: int, seed: str) -> list[Fault]:
    """At most so many, the same at each run."""
    found = list(faults)
    return found if len(found) <= most else random.Random(seed).sample(found, most)


def judge(made: Data, plain: dict[str, Data], real: dict[str, Procedure]) -> str:
    try:
        matters = bool(truth(made, {**plain, made["id"]: made}))
    except TooWide:
        return "wide"
    if reported(made, real):
        return "caught" if matters else "strict"
    return "missed" if matters else "harmless"


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 12))
