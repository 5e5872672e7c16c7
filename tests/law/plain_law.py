"""A second reader of the catalogue, as simple as can be: it walks the data of the files anew for
each question. It knows no index, no compiled condition and no finding that lies ready, so the real
one can be held against it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import timbang.law
from timbang.law.yaml_file import load

FOLDER = Path(timbang.law.__file__).parent


class Three(NamedTuple):
    """Yes, no or unknown (None), and why unknown."""

    value: bool | None
    missing: frozenset[str] = frozenset()
    doubts: frozenset[str] = frozenset()


class Told(NamedTuple):
    """What one norm answers."""

    applies: str
    missing: frozenset[str]
    sanctions: tuple[str, ...]
    doubts: frozenset[str]
    authority: str
    citations: tuple[str, ...]


@cache
def shared() -> dict[str, Any]:
    found = load(FOLDER / "definitions.yaml").mapping()
    return {key: node.plain() for key, node in found.items()}


@cache
def files() -> dict[str, dict[str, Any]]:
    paths = sorted(FOLDER.glob("norms/*.yaml"))
    found: dict[str, Any] = {path.stem: load(path).plain() for path in paths}
    return found


def solve(rule: Mapping[str, Any], facts: Mapping[str, Any]) -> Three:
    """The answer of one condition, by the words of the language of norms."""
    if "all" in rule:
        return _join([solve(part, facts) for part in rule["all"]], decides=False)
    if "any" in rule:
        return _join([solve(part, facts) for part in rule["any"]], decides=True)
    if "not" in rule:
        inner = solve(rule["not"], facts)
        return inner if inner.value is None else Three(not inner.value)
    if "unsettled" in rule:
        inner = solve(rule["when"], facts)
        return Three(None, doubts=frozenset({rule["unsettled"]})) if inner.value else inner
    if "use" in rule:
        return solve(shared()["definitions"][rule["use"]], facts)
    return _fact(rule, facts) if "fact" in rule else _day(rule, facts)


def _join(parts: list[Three], *, decides: bool) -> Three:
    if any(part.value is decides for part in parts):
        return Three(decides)
    unknown = [part for part in parts if part.value is None]
    if not unknown:
        return Three(not decides)
    missing = {key for part in unknown for key in part.missing}
    doubts = {code for part in unknown for code in part.doubts}
    return Three(None, frozenset(missing), frozenset(doubts))


def _fact(rule: Mapping[str, Any], facts: Mapping[str, Any]) -> Three:
    key = rule["fact"]
    if key not in facts:
        return Three(None, frozenset({key}))
    told = facts[key]
    if "at_least" in rule or "at_most" in rule:
        return Three(rule.get("at_least", 0) <= told <= rule.get("at_most", told))
    if "has" in rule:
        return Three(rule["has"] in told)
    if "has_any" in rule:
        return Three(any(code in told for code in rule["has_any"]))
    return Three(told in rule["in"] if "in" in rule else told == rule["is"])


def _day(rule: Mapping[str, Any], facts: Mapping[str, Any]) -> Three:
    other = rule["before"] if "before" in rule else rule["after"]
    keys = [side for side in (rule["day"], other) if isinstance(side, str)]
    missing = frozenset(key for key in keys if key not in facts)
    if missing:
        return Three(None, missing)
    left, right = (facts[side] if isinstance(side, str) else side for side in (rule["day"], other))
    for _ in range(abs(rule.get("months", 0))):
        right = _a_month(right, 1 if rule["months"] > 0 else -1, right_day=_start(other, facts).day)
    if left == right:
        same = rule["same_day"]
        return Three(None, doubts=frozenset({same})) if isinstance(same, str) else Three(same)
    return Three(left < right if "before" in rule else left > right)


def _start(side: Any, facts: Mapping[str, Any]) -> date:
    day: date = facts[side] if isinstance(side, str) else side
    return day


def _a_month(day: date, step: int, *, right_day: int) -> date:
    """One calendar month on or back, keeping the day of the month where the month has it."""
    month, year = day.month + step, day.year
    if month in (0, 13):
        month, year = (12, year - 1) if month == 0 else (1, year + 1)
    for last in (31, 30, 29, 28):
        try:
            return date(year, month, min(right_day, last))
        except ValueError:
            continue
    raise AssertionError("a month has 28 days")


def ask(facts: Mapping[str, Any]) -> dict[str, Told]:
    """What every norm answers, found under instrument and code, with the first day of versions."""
    told: dict[str, Told] = {}
    for name, file in files().items():
        known = [norm for norm in file["norms"] if "known_until" not in norm]
        codes = [norm["code"] for norm in known]
        for norm in known:
            start = norm.get("valid_from", file["instrument"]["valid_from"])
            version = f"@{start}" if codes.count(norm["code"]) > 1 else ""
            told[f"{name}/{norm['code']}{version}"] = _norm(name, file, norm, facts)
    return told


def _norm(name: str, file: dict[str, Any], norm: dict[str, Any], facts: Mapping[str, Any]) -> Told:
    act = facts.get("act_on")
    cited = tuple(item["text"] for item in norm["citations"] if act is None or _covers(item, act))
    rejected = _rejected(file, norm, facts)
    if rejected is not None:
        return Told("no", frozenset(), (), rejected, "", cited)
    parts = [solve(norm["when"], facts), _in_force(file, norm, facts), _bound(file, norm, facts)]
    whole = _join(parts, decides=False)
    missing, doubts = set(whole.missing), set(whole.doubts) | set(norm.get("doubts", []))
    kinds: dict[tuple[str, str, str], str] = {}
    for choice in _choices(file, norm):
        answer = solve(choice["when"], facts) if "when" in choice else Three(True)
        if answer.value is False:
            continue
        missing |= answer.missing
        own = _set(name, choice["set"])
        doubts |= answer.doubts | set(own.get("doubts", []))
        for kind in own["kinds"]:
            kinds[own["level"], kind["kind"], own["citation"]] = kind["kind"]
    earlier = file["instrument"].get("earlier_acts")
    start = norm.get("valid_from", file["instrument"]["valid_from"])
    if earlier and start == file["instrument"]["valid_from"] and act is not None and act < start:
        doubts.add(earlier["doubt"])
    authority, of_authority = _authority(file, norm, facts)
    return Told(
        "unknown" if whole.value is None else "yes",
        frozenset(missing),
        tuple(kinds.values()),
        frozenset(doubts | of_authority),
        authority,
        cited,
    )


def _rejected(
    file: dict[str, Any], norm: dict[str, Any], facts: Mapping[str, Any]
) -> frozenset[str] | None:
    """Why the answer is no, if it is: a plain no says nothing."""
    if solve(norm["when"], facts).value is False:
        return frozenset()
    if _in_force(file, norm, facts).value is False:
        return frozenset({"not_in_force"})
    if _bound(file, norm, facts).value is False:
        named = {
            "PPPK": "pppk_not_bound",
            "CPNS": "cpns_not_named",
            "PPNPN": "ppnpn_by_analogy",
        }
        return frozenset({named.get(facts["status"], "not_bound")})
    return None


def _in_force(file: dict[str, Any], norm: dict[str, Any], facts: Mapping[str, Any]) -> Three:
    head = file["instrument"]
    start = norm.get("valid_from", head["valid_from"])
    end = norm.get("valid_until", head.get("valid_until"))
    act = facts.get("act_on")
    begun = Three(None, frozenset({"act_on"})) if act is None else Three(start <= act)
    if "earlier_acts" in head and start == head["valid_from"]:
        begun = _join([begun, solve(head["earlier_acts"]["when"], facts)], decides=True)
    going_on = Three(None, frozenset({"act_on"})) if act is None else Three(not end or act < end)
    return _join([begun, going_on], decides=False)


def _bound(file: dict[str, Any], norm: dict[str, Any], facts: Mapping[str, Any]) -> Three:
    binds = norm.get("binds", file["binds"])
    if binds == "all":
        return Three(True)
    status = facts.get("status")
    if status is None:
        return Three(None, frozenset({"status"}))
    unsettled = {} if "binds" in norm else file.get("binds_unsettled", {})
    if status in unsettled:
        return Three(None, doubts=frozenset({unsettled[status]}))
    return Three(status in binds)


def _choices(file: dict[str, Any], norm: dict[str, Any]) -> list[dict[str, Any]]:
    sanctions = norm.get("sanctions", [])
    found: list[dict[str, Any]] = (
        file["ranges"][sanctions] if isinstance(sanctions, str) else sanctions
    )
    return found


def _set(name: str, wanted: str) -> dict[str, Any]:
    own: Any = files()[name].get("sanction_sets", {})
    if wanted not in own and "/" in wanted:
        other, _, wanted = wanted.partition("/")
        own = files()[other]["sanction_sets"]
    found: dict[str, Any] = own[wanted] if wanted in own else shared()["sanction_sets"][wanted]
    return found


def _authority(
    file: dict[str, Any], norm: dict[str, Any], facts: Mapping[str, Any]
) -> tuple[str, set[str]]:
    entries = shared()["authorities"][norm.get("authority", file["authority"])]
    day = facts.get("decided_on", facts.get("act_on"))
    for entry in entries:
        if day is not None and _covers(entry, day):
            by = f" ({entry['recommends']})" if "recommends" in entry else ""
            doubts = set(entry.get("doubts", []))
            if "decided_on" not in facts and entry is not entries[-1]:
                doubts.add("authority_changed")
            return f"{entry['decides']}{by}", doubts
    return "", set()


def _covers(entry: Mapping[str, Any], day: date) -> bool:
    until = entry.get("until")
    return entry.get("from", date.min) <= day and (until is None or day < until)
