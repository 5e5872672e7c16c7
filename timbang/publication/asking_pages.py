"""Two pages for people who want to do it right: "May I?", and prevention cards for a phase.

Both are asked by GET, so that the address itself is the link to share. It holds codes of the law's
vocabulary and nothing about a person; nothing is kept of what was asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from timbang.law import cards
from timbang.law.bilingual import Bilingual
from timbang.law.entries import Catalogue, Doubt, Norm, Sanction
from timbang.law.evaluate import FactsError, Finding, check_facts
from timbang.law.may_i import VERDICTS, MayI, Question, asked, is_decisive, may_i
from timbang.law.norms import catalogue
from timbang.law.vocabulary import FACTS, LEVELS, STATUSES, VERIFICATION
from timbang.publication import contests, law_reading
from timbang.publication.forms import MINE, UNKNOWN, CardForm, MayIForm
from timbang.registry.phases import PHASE_DATES, Phase

Words = str | Promise | Bilingual
# What the form itself asks; every other fact comes from a follow-up question.
IN_FORM: Final = ("status", "post_level", "conduct", "object", "act_on", "on_unpaid_leave")
# What the election tells once it is chosen, so that nobody need look up its days.
FROM_CONTEST: Final = frozenset(PHASE_DATES) | {"contest_kind"}
# More norms than these make the page heavy; each has a page of its own.
MOST_NORMS: Final = 4
MOST_NAMES: Final = 12


@dataclass(frozen=True)
class Choice:
    """One answer to a follow-up question: a link, and what the verdict would be."""

    label: Bilingual
    verdict: Bilingual
    kind: str
    query: str


@dataclass(frozen=True)
class FollowUp:
    """A question of which one answer alone decides: each answer is a link with its verdict."""

    text: Bilingual
    help: Bilingual | None
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class MoreField:
    """A question of which no answer alone decides; `input` is empty where `options` are."""

    name: str
    input: str
    text: Words
    help: Words | None
    options: tuple[tuple[str, Words], ...]


@dataclass(frozen=True)
class More:
    """What else must be told before there is an answer, asked in one form."""

    fields: tuple[MoreField, ...]
    kept: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Rule:
    """A norm in plain words with its citation."""

    norm: Norm
    citations: str
    level: Bilingual


@dataclass(frozen=True)
class Line:
    """One piece of advice and the norm that it rests on."""

    text: Bilingual
    norm: Norm


@dataclass(frozen=True)
class Point:
    """Something that must be known beside the answer; a conflict has its code, which leads on."""

    text: Bilingual
    chosen: Bilingual | None
    code: str


@dataclass(frozen=True)
class Answer:
    """What the page shows of a verdict: what was asked, the rule that decides, then the rest.

    `first` are the rules that decide, at most one of each kind; `rules` are further ones.
    """

    asked: tuple[str, ...]
    kind: str
    verdict: Bilingual
    reason: Bilingual
    day: date
    pada: str
    share: str
    first: tuple[Rule, ...]
    rules: tuple[Rule, ...]
    perhaps: tuple[Rule, ...]
    more_rules: int
    more_perhaps: int
    more: More | None
    follow_ups: tuple[FollowUp, ...]
    unsettled: tuple[Point, ...]
    points: tuple[Point, ...]
    duties: tuple[Rule, ...]
    sanctions: tuple[tuple[Bilingual, tuple[Sanction, ...]], ...]
    sanctions_open: bool
    instead: tuple[Line, ...]
    told: tuple[tuple[Bilingual, str, str], ...]


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """'Bolehkah saya?': up to six plain questions, one answer."""
    form = MayIForm(request.GET or None)
    page: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        try:
            said = _said(request.GET, form.cleaned_data)
            page |= {"answer": _answer(said), "kept_query": said.query()}
        except FactsError as wrong:
            page["wrong"] = wrong.message
    return render(request, "publication/law/may_i.html", page)


@dataclass(frozen=True)
class Said:
    """What the reader told: `kept` as it stands in the address, `facts` as the law reads it."""

    kept: Mapping[str, str]
    facts: Mapping[str, object]
    day: date

    def query(self, **changes: str) -> str:
        return urlencode({key: value for key, value in {**self.kept, **changes}.items() if value})

    def without(self, key: str) -> str:
        return self.query(**{key: ""})


def _said(data: QueryDict, cleaned: Mapping[str, object]) -> Said:
    contest = contests.find(str(cleaned["contest"]))
    act_on = cleaned["act_on"]
    day = act_on if isinstance(act_on, date) else timezone.localdate()
    kept = {key: data.get(key, "") for key in (*IN_FORM, "contest", *FACTS)}
    facts: dict[str, object] = {"act_on": day, **(contest.facts if contest else {})}
    for key in FACTS:
        if kept[key] and key != "act_on":
            facts[key] = _value(key, kept[key])
    check_facts(facts)
    return Said({key: value for key, value in kept.items() if value}, facts, day)


def _value(key: str, text: str) -> object:
    """A fact from the address; what it cannot be is refused by the law's own check."""
    kind = FACTS[key].type
    if kind == "flag":
        return {"true": True, "false": False}.get(text, text)
    if kind == "choices":
        return [code for code in text.split(",") if code != "none"]
    if kind == "number":
        return int(text) if text.isdecimal() and len(text) < 7 else text
    return text


def _answer(said: Said) -> Answer:
    laws = catalogue()
    found = may_i(said.facts, laws)
    deciding = found.permitted_by if found.verdict == "allowed" else found.breached
    others = (*deciding[1:], *(() if found.verdict == "allowed" else found.permitted_by))
    unsure = () if found.verdict == "allowed" else found.unknown
    beside = [doubt for doubt in found.judgements if doubt not in found.unsettled]
    return Answer(
        asked=tuple(_asked(said)),
        kind=found.verdict,
        verdict=VERDICTS[found.verdict],
        reason=found.reason,
        day=said.day,
        pada=f"?{urlencode({'pada': said.day.isoformat()})}",
        share=said.query(act_on=said.day.isoformat()),
        first=_rules(deciding[:1], laws),
        rules=_rules(others[:MOST_NORMS], laws),
        perhaps=_rules(unsure[:MOST_NAMES], laws),
        more_rules=max(0, len(others) - MOST_NORMS),
        more_perhaps=max(0, len(unsure) - MOST_NAMES),
        more=_more(found, said),
        follow_ups=tuple(_follow_up(each, said) for each in found.questions if is_decisive(each)),
        unsettled=tuple(map(_point, found.unsettled)),
        points=tuple(map(_point, beside)),
        duties=_rules(found.duties, laws),
        sanctions=tuple(_sanctions(found)),
        sanctions_open=found.verdict == "forbidden" and not found.follows,
        instead=tuple(_lines(found, laws, said.day)) if _is_advised(found) else (),
        told=tuple(_told(said)),
    )


def _is_advised(found: MayI) -> bool:
    """What may be done needs no other way, but a permission has its conditions."""
    return found.verdict != "allowed" or bool(found.permitted_by)


def _asked(said: Said) -> Iterator[str]:
    """The question again, in the order of the form: who opens a shared address knows nothing."""
    for key in ("status", "post_level"):
        if key in said.kept:
            yield str(FACTS[key].choices[said.kept[key]])
    for code in said.kept["conduct"].split(","):
        yield str(asked(code).label)
    if "object" in said.kept:
        mine = MINE.get(("object", said.kept["object"]))
        yield str(mine or FACTS["object"].choices[said.kept["object"]])
    contest = contests.find(said.kept.get("contest", ""))
    if contest is not None:
        yield contest.name
    if said.facts.get("on_unpaid_leave") is True:
        yield gettext("on leave outside the state's responsibility")
    if said.facts.get("on_unpaid_leave") is False:
        yield gettext("not on leave")


def _rules(findings: Iterable[Finding], laws: Catalogue) -> tuple[Rule, ...]:
    return tuple(
        Rule(laws.norms[each.norm], "; ".join(each.citations), VERIFICATION[each.level])
        for each in findings
    )


def _point(doubt: Doubt) -> Point:
    if doubt.conflict is None:
        return Point(doubt.text, None, "")
    return Point(doubt.conflict.question, doubt.conflict.chosen, doubt.code)


def _follow_up(question: Question, said: Said) -> FollowUp:
    fact = question.fact
    return FollowUp(
        text=fact.question,
        help=None if fact.type == "choices" else fact.help,
        choices=tuple(
            Choice(
                branch.label,
                VERDICTS[branch.verdict],
                branch.verdict,
                said.query(**{fact.key: branch.value}),
            )
            for branch in question.branches
        ),
    )


def _more(found: MayI, said: Said) -> More | None:
    """Questions of which no answer alone decides, in one form; the election answers several.

    A sure prohibition without a known sanction asks for the election too: it tells which follows.
    """
    undecided = [each for each in found.questions if not is_decisive(each)]
    of_contest = [each for each in undecided if each.fact.key in FROM_CONTEST]
    sanction_open = found.verdict == "forbidden" and not found.follows and bool(found.unknown)
    fields = []
    if "contest" not in said.kept:
        if of_contest or sanction_open:
            fields.append(_contest_field(said.day))
        undecided = [each for each in undecided if each not in of_contest]
    fields += [_more_field(each) for each in undecided]
    asked_for = {field.name for field in fields}
    kept = tuple((key, value) for key, value in said.kept.items() if key not in asked_for)
    return More(tuple(fields), kept) if fields else None


def _contest_field(on: date) -> MoreField:
    form = MayIForm(None, on=on)
    field = form.fields["contest"]
    options = tuple((str(code), str(name)) for code, name in field.choices)  # type: ignore[attr-defined]
    return MoreField("contest", "", field.label or "", field.help_text or None, options)


def _more_field(question: Question) -> MoreField:
    fact = question.fact
    options = tuple((branch.value, branch.label) for branch in question.branches)
    return MoreField(
        fact.key,
        {"day": "date", "number": "number"}.get(fact.type, ""),
        fact.question,
        None if fact.type == "choices" else fact.help,
        (*((code, str(label)) for code, label in UNKNOWN), *options) if options else (),
    )


def _sanctions(found: MayI) -> Iterator[tuple[Bilingual, tuple[Sanction, ...]]]:
    """What could follow, by level: only from norms that are sure enough."""
    for level, label in LEVELS.items():
        kinds = tuple(kind for kind in found.follows if kind.level == level)
        if kinds:
            yield label, kinds


def _lines(found: MayI, laws: Catalogue, day: date) -> Iterator[Line]:
    for advice in found.instead:
        instrument, _, code = advice.norm.partition("/")
        norm = law_reading.find(laws, instrument, code, day)
        if norm is not None:
            yield Line(advice.text, norm)


def _told(said: Said) -> Iterator[tuple[Bilingual, str, str]]:
    """What was answered to follow-up questions, each with the address without it."""
    for key, value in said.kept.items():
        if key in FACTS and key not in IN_FORM:
            words = law_reading.words(key, said.facts[key])
            yield FACTS[key].question, words or value, said.without(key)


# --- prevention cards -----------------------------------------------------------------------------


@dataclass(frozen=True)
class CardLine:
    """A norm on a card: its words, its citation, from when on."""

    norm: Norm
    citations: str
    since: Bilingual
    since_on: date | None
    always: bool
    sure: bool


@dataclass(frozen=True)
class ActLine:
    """An act on a card, in plain words, with the norm that speaks of it most closely."""

    label: Bilingual
    norm: Norm
    citation: str
    sure: bool


@dataclass(frozen=True)
class ActGroup:
    """Acts that may bring the same sanctions from the same day on."""

    levels: tuple[Bilingual, ...]
    since: Bilingual
    since_on: date | None
    acts: tuple[ActLine, ...]


# From when an act is forbidden, as a card says it.
_SINCE: Final[Mapping[str, Bilingual]] = {
    "before_confirmation": Bilingual("setiap saat", "at all times"),
    "confirmed": Bilingual("sesudah calon ditetapkan", "once candidates are confirmed"),
    "campaign": Bilingual("sejak kampanye dimulai", "once the campaign has begun"),
    "quiet": Bilingual("sejak masa tenang dimulai", "once the quiet days have begun"),
    "voting": Bilingual("sejak hari pemungutan suara", "from voting day on"),
    "after_voting": Bilingual("sesudah pemungutan suara", "after voting"),
}


@dataclass(frozen=True)
class CardPage:
    """A card as it is printed: acts first, then special cases; the norms themselves are folded."""

    title: Bilingual
    status: Bilingual
    contest: str
    day: date
    pada: str
    acts: tuple[ActGroup, ...]
    judged_acts: tuple[ActLine, ...]
    allowed: tuple[CardLine, ...]
    spouse_allowed: tuple[CardLine, ...]
    spouse_forbidden: tuple[CardLine, ...]
    role: tuple[CardLine, ...]
    norms: tuple[tuple[str, tuple[CardLine, ...]], ...]
    count: int
    unfolded: bool

    @property
    def empty(self) -> bool:
        return not self.count


# On the day of confirmation itself the law is not settled: its card is that of the days after it.
_PHASE_OF: Final[Mapping[Phase, str]] = {
    phase: "confirmed" if phase is Phase.CONFIRMATION else phase.value for phase in Phase
}


@require_safe
def prevention(request: HttpRequest) -> HttpResponse:
    """A card to print and to share, for one status and one phase."""
    form = CardForm(request.GET or None)
    page: dict[str, object] = {"form": form, "phases": cards.PHASES.items()}
    if form.is_bound and form.is_valid():
        told = {key: str(value) for key, value in form.cleaned_data.items() if value}
        if request.GET.get("norms") == "all":
            told["norms"] = "all"
        page |= _card(told) | {"kept_query": urlencode(told)}
    return render(request, "publication/law/cards.html", page)


def _card(told: Mapping[str, str]) -> dict[str, object]:
    today = timezone.localdate()
    contest = contests.find(told.get("contest", ""))
    now = contest.phase_on(today) if contest else None
    phase = told.get("phase") or (_PHASE_OF[now] if now else "")
    if not phase:
        return {"no_phase": True}
    days = contest.days if contest else None
    found = cards.card(phase, told["status"], on=today, days=days)
    if found is None:
        return {"no_days": True}
    page = _card_page(found, contest.name if contest else "", "norms" in told)
    other = {key: value for key, value in told.items() if key != "norms"}
    return {
        "card": page,
        "other_query": urlencode(other if page.unfolded else {**other, "norms": "all"}),
    }


def _card_page(found: cards.Card, contest: str, unfolded: bool) -> CardPage:
    day = found.day
    spouse = found.of_group("spouse")
    every = (
        (gettext("Forbidden"), found.forbidden),
        (gettext("What can be punished"), found.punished),
        (gettext("Allowed"), found.allowed),
        (gettext("Ask first: a person must judge"), found.judged),
    )
    return CardPage(
        title=cards.PHASES[found.phase],
        status=STATUSES[found.status],
        contest=contest,
        day=day,
        pada=f"?{urlencode({'pada': day.isoformat()})}",
        acts=tuple(_act_groups(found.acts, day)),
        judged_acts=tuple(_act_line(act, day) for act in found.judged_acts),
        allowed=_card_lines((line for line in found.allowed if line.group == "act"), day),
        spouse_allowed=_card_lines((line for line in spouse if line in found.allowed), day),
        spouse_forbidden=_card_lines((line for line in spouse if line not in found.allowed), day),
        role=_card_lines(found.of_group("role"), day),
        norms=tuple((title, _card_lines(lines, day)) for title, lines in every if lines),
        count=sum(len(lines) for _, lines in every),
        unfolded=unfolded,
    )


def _act_groups(acts: Iterable[cards.Act], day: date) -> Iterator[ActGroup]:
    groups: dict[tuple[tuple[str, ...], str], list[cards.Act]] = {}
    for act in acts:
        groups.setdefault((act.levels, act.closest.since), []).append(act)
    for (levels, since), found in groups.items():
        yield ActGroup(
            tuple(LEVELS[level] for level in levels),
            _SINCE[since],
            found[0].closest.since_on,
            tuple(_act_line(act, day) for act in found),
        )


def _act_line(act: cards.Act, day: date) -> ActLine:
    norm = act.closest.norm
    return ActLine(asked(act.conduct).label, norm, norm.citations_on(day)[0], norm.may_propose)


def _card_lines(lines: Iterable[cards.Line], day: date) -> tuple[CardLine, ...]:
    return tuple(_card_line(line, day) for line in lines)


def _card_line(line: cards.Line, day: date) -> CardLine:
    return CardLine(
        line.norm,
        "; ".join(line.norm.citations_on(day)),
        cards.PHASES[line.since],
        line.since_on,
        line.always,
        line.norm.may_propose,
    )
