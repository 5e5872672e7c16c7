"""May I do this? One act put to all norms before it is done: allowed, forbidden, or depends.

The answer is never "allowed" because nothing was found. It is allowed where a norm that is sure
enough permits it in so many words; or where no norm applies, none is unknown, and `advice.yaml`
states that the catalogue is complete for this conduct and this status. A norm whose wording was not
checked never forbids alone: then it depends, and says that the legal unit must look it up.

What to do instead is data too: each line of `advice.yaml` names the norm that it rests on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

from timbang.law.bilingual import Bilingual
from timbang.law.conclude import BREACHES, range_of
from timbang.law.conditions import Answer, Known
from timbang.law.entries import Catalogue, Doubt, Norm, Sanction
from timbang.law.evaluate import Finding, check_facts, evaluate
from timbang.law.norms import catalogue
from timbang.law.vocabulary import CONDUCTS, FACTS, STATUSES, Fact
from timbang.law.yaml_file import Yaml, load

FILE = Path(__file__).parent / "advice.yaml"

Verdict = Literal["allowed", "forbidden", "depends"]

VERDICTS: Final[Mapping[Verdict, Bilingual]] = {
    "allowed": Bilingual("Boleh", "Allowed"),
    "forbidden": Bilingual("Dilarang", "Forbidden"),
    "depends": Bilingual("Tergantung", "It depends"),
}
# The doubt that an explicit permission answers: what a spouse may do is what the permission lists.
_SETTLED_BY_PERMISSION: Final = frozenset({"spouse_of_candidate"})
# Facts that are known only afterwards: nobody can be asked for them before the act.
_NOT_ASKED: Final = frozenset({"examined_under_pp_53", "other_rule_named"})
_MOST_QUESTIONS: Final = 3
# Doubts are told in this order: what a person must judge stands before what nobody has settled.
_KINDS: Final = ("judgement", "conflict", "open_point")

_REASONS: Final[Mapping[str, Bilingual]] = {
    "forbidden": Bilingual(
        "Aturan yang bunyinya sudah diperiksa melarangnya.",
        "A rule whose wording has been checked forbids it.",
    ),
    "forbidden_either_way": Bilingual(
        "Apa pun jawaban atas pertanyaan yang masih terbuka, ada norma yang melarangnya.",
        "Whatever the answer to the question that is still open, a norm forbids it.",
    ),
    "permitted": Bilingual(
        "Sebuah norma menyebutkan dengan jelas bahwa ini boleh.",
        "A norm says in so many words that this is allowed.",
    ),
    "complete": Bilingual(
        "Tidak ada norma dalam katalog yang melarangnya, dan katalog lengkap untuk perbuatan ini.",
        "No norm of the catalogue forbids it, and the catalogue is complete for this conduct.",
    ),
    "limit": Bilingual(
        "Aturan yang membolehkannya melarangnya dengan cara seperti ini.",
        "The rule that permits it forbids doing it in this way.",
    ),
    "disagree": Bilingual(
        "Satu norma membolehkan dan norma lain melarang: manusia harus menilai mana yang berlaku.",
        "One norm permits and another forbids it: a person must judge which prevails.",
    ),
    "weak": Bilingual(
        "Ada norma yang melarang atau membolehkannya, tetapi bunyinya belum cukup diperiksa. "
        "Anggap dilarang sampai bagian hukum memastikannya.",
        "A norm forbids or permits it, but its wording has not been checked well enough. Treat it "
        "as forbidden until the legal unit has confirmed it.",
    ),
    "duty": Bilingual(
        "Tidak ada norma katalog yang melarangnya, tetapi ada kewajiban yang harus dipenuhi.",
        "No norm of the catalogue forbids it, but a duty that goes along with it must be met.",
    ),
    "not_complete": Bilingual(
        "Norma katalog tentang perbuatan ini tidak melarangnya pada keadaan itu. Katalog tidak "
        "lengkap untuk perbuatan ini, jadi itu bukan izin: tanyakan bagian hukum atau atasan.",
        "The norms of the catalogue on this conduct do not forbid it in these circumstances. The "
        "catalogue is not complete for it, so that is no permission: ask the legal unit or a "
        "superior.",
    ),
    "open": Bilingual(
        "Jawabannya tergantung pada hal di bawah ini. Selama belum jelas, yang aman adalah tidak "
        "melakukannya.",
        "The answer depends on what stands below. Until that is clear, the safe way is not to do "
        "it.",
    ),
    "unsettled": Bilingual(
        "Tidak ada jawaban yang pasti: hukumnya sendiri belum jelas, atau manusia harus menilai. "
        "Yang aman adalah tidak melakukannya sebelum bertanya.",
        "There is no sure answer: the law itself is not clear, or a person must judge. The safe "
        "way is not to do it before asking.",
    ),
    "not_covered": Bilingual(
        "Katalog ini tidak memuat norma tentang hal itu. Itu bukan izin: tanyakan bagian hukum "
        "atau atasan.",
        "This catalogue holds no norm about it. That is no permission: ask the legal unit or a "
        "superior.",
    ),
}


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do instead, and the norm that it rests on."""

    text: Bilingual
    norm: str


@dataclass(frozen=True, slots=True)
class Asked:
    """How a conduct is asked about before it is done; `complete_for` are the statuses for which
    somebody has checked that the catalogue holds every norm about it."""

    code: str
    group: str
    label: Bilingual
    instead: tuple[Advice, ...] = ()
    complete_for: frozenset[str] = frozenset()
    complete_because: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Conducts that are offered together."""

    code: str
    title: Bilingual
    conducts: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """What the verdict would be with one answer to an open question."""

    value: str
    label: Bilingual
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Question:
    """A fact on which the answer depends, and what each answer to it would make of it."""

    fact: Fact
    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class MayI:
    """The verdict and all that it rests on.

    `breached`, `permitted_by` and `duties` certainly apply; `unknown` may; the most specific stands
    first. `unsettled` are the points for which no fact can tell whether a norm applies, so a person
    must; `judgements` are these and everything else that must be known beside the answer.
    """

    verdict: Verdict
    reason: Bilingual
    breached: tuple[Finding, ...]
    permitted_by: tuple[Finding, ...]
    duties: tuple[Finding, ...]
    unknown: tuple[Finding, ...]
    questions: tuple[Question, ...]
    unsettled: tuple[Doubt, ...]
    judgements: tuple[Doubt, ...]
    follows: tuple[Sanction, ...]
    instead: tuple[Advice, ...]


def may_i(
    facts: Mapping[str, object],
    laws: Catalogue | None = None,
    *,
    confirmed: Collection[str] = frozenset(),
) -> MayI:
    """The answer for one act that one person has in mind.

    `facts` are those of `vocabulary.FACTS`; raises `FactsError` for anything else. `confirmed` are
    norms that a legal officer has confirmed on the record.
    """
    laws = catalogue() if laws is None else laws
    found = [each for each in _findings(facts, laws, confirmed) if each.applies != "no"]
    verdict, why = _verdict(facts, found, laws)
    breached = tuple(_most_telling(_breaching(found, "yes"), laws))
    unknown = tuple(_most_telling(_breaching(found, "unknown"), laws))
    open_ = [each for each in found if each.applies == "unknown"]
    questions = () if verdict == "forbidden" else _questions(facts, open_, laws, confirmed)
    unsettled = _unsettled(facts, unknown, laws) if verdict == "depends" else ()
    if verdict == "depends" and any(map(_forbidden_either_way, questions)):
        verdict, why = "forbidden", "forbidden_either_way"
    if why == "open" and unsettled and not questions:
        why = "unsettled"
    if why == "not_complete" and any(map(is_decisive, questions)):
        why = "open"
    return MayI(
        verdict=verdict,
        reason=_REASONS[why],
        breached=breached,
        permitted_by=tuple(each for each in found if _permits(each, laws)),
        duties=tuple(_duties(found)),
        unknown=unknown,
        questions=questions,
        unsettled=unsettled,
        judgements=_judgements(verdict, breached, unknown),
        follows=_follows(breached),
        instead=_instead(facts, laws),
    )


def _findings(
    facts: Mapping[str, object], laws: Catalogue, confirmed: Collection[str]
) -> list[Finding]:
    return evaluate(facts, laws, confirmed=frozenset(confirmed))


def _verdict(
    facts: Mapping[str, object], found: list[Finding], laws: Catalogue
) -> tuple[Verdict, str]:
    breached, open_ = _breaching(found, "yes"), _breaching(found, "unknown")
    permitted = [each for each in found if _permits(each, laws)]
    if breached:
        return _where_breached(breached, permitted, laws)
    if permitted and all(map(_settled, open_)):
        sure = any(each.may_propose for each in permitted)
        return ("allowed", "permitted") if sure else ("depends", "weak")
    if open_:
        return "depends", "open"
    if _duties(found):
        return "depends", "duty"
    return _where_nothing_applies(facts, laws)


def _where_breached(
    breached: list[Finding], permitted: list[Finding], laws: Catalogue
) -> tuple[Verdict, str]:
    """A prohibition of the rule that permits is the limit of the permission; one of another rule
    contradicts it."""
    sure = [each for each in breached if each.may_propose]
    permitting = {laws.norms[each.norm].instrument.id for each in permitted}
    if any(laws.norms[each.norm].instrument.id in permitting for each in sure):
        return "forbidden", "limit"
    if permitted:
        return "depends", "disagree"
    return ("forbidden", "forbidden") if sure else ("depends", "weak")


def _where_nothing_applies(facts: Mapping[str, object], laws: Catalogue) -> tuple[Verdict, str]:
    known = check_facts(facts)
    codes, status = known.get("conduct"), known.get("status")
    if not isinstance(codes, frozenset) or not codes or not isinstance(status, str):
        return "depends", "not_covered"
    if "act_on" not in known or not all(_spoken_of(code, known, laws) for code in codes):
        return "depends", "not_covered"
    complete = all(status in asked(code).complete_for for code in codes) and not _supports(known)
    return ("allowed", "complete") if complete else ("depends", "not_complete")


def _supports(known: Known) -> bool:
    """A sign or the attributes of a party tell of support, whomever it is said to be for."""
    attributes = known.get("attributes")
    worn = isinstance(attributes, frozenset) and "party" in attributes
    return worn or known.get("hand_sign") is True


def _spoken_of(code: str, known: Known, laws: Catalogue) -> bool:
    """Norms that speak of this conduct bind this status, and are in force on that day."""
    bare = {key: known[key] for key in ("status", "act_on")}
    told: Known = {"conduct": frozenset({code})}
    return any(
        norm.effect in BREACHES
        and norm.bound.test(bare, {}).value is True
        and norm.valid.test(bare, {}).value is True
        and norm.when.test(told, {}).value is not False
        for norm in laws.norms.values()
    )


def _breaching(found: Iterable[Finding], applies: str) -> list[Finding]:
    return [each for each in found if _is_breach(each) and each.applies == applies]


def _is_breach(finding: Finding) -> bool:
    """A duty without a sanction only goes along with the act: a report must name the place."""
    if finding.effect == "requires":
        return bool(finding.sanctions)
    return finding.effect in BREACHES


def _duties(found: Iterable[Finding]) -> list[Finding]:
    """Duties that go along with the act, without a sanction of their own."""
    return [
        each
        for each in found
        if each.effect == "requires" and not each.sanctions and each.applies == "yes"
    ]


def _permits(finding: Finding, laws: Catalogue) -> bool:
    """A permission names whom it is for. One for everybody gives others a right that the act of
    this person touches (to complain of it, to object), and permits nothing to him."""
    for_everybody = len(laws.norms[finding.norm].binds) == len(STATUSES)
    return finding.effect == "permits" and finding.applies == "yes" and not for_everybody


def _settled(finding: Finding) -> bool:
    """Unknown for no other reason than one that an explicit permission answers."""
    open_ = {doubt.code for doubt in finding.doubts} & _SETTLED_BY_PERMISSION
    return bool(open_) and not finding.missing


def _most_telling(findings: list[Finding], laws: Catalogue) -> list[Finding]:
    """The sure before the unsure, a rule before its punishment, a form before a principle."""
    return sorted(findings, key=lambda each: _place(each, laws.norms[each.norm]))


def _place(finding: Finding, norm: Norm) -> tuple[bool, bool, int]:
    spoken_of = norm.when.needs
    breadth = len(CONDUCTS) if spoken_of is None else len(spoken_of)
    return not finding.may_propose, finding.effect == "punishes", breadth


def _unsettled(
    facts: Mapping[str, object], unknown: Iterable[Finding], laws: Catalogue
) -> tuple[Doubt, ...]:
    """Doubts that alone keep a sure prohibition from being answered, whatever else is told; those
    of the most specific rule first."""
    known, seen = check_facts(facts), dict[str, Answer]()
    codes: dict[str, None] = {}
    for finding in unknown:
        norm = laws.norms[finding.norm]
        if finding.may_propose and finding.effect != "punishes":
            parts = (norm.when, norm.bound, norm.valid)
            answers = [part.test(known, seen) for part in parts]
            codes |= dict.fromkeys(
                code for each in answers if each.value is None for code in sorted(each.doubts)
            )
    return tuple(laws.doubts[code] for code in codes)


def _follows(breached: Iterable[Finding]) -> tuple[Sanction, ...]:
    """What norms that are sure enough provide: one disciplinary range, and the rest beside it."""
    found = range_of(breached)
    others = [kind for kinds in found.other.values() for kind in kinds]
    return (*found.sanctions, *found.moral, *found.criminal, *others)


def _judgements(
    verdict: Verdict, breached: Iterable[Finding], unknown: Iterable[Finding]
) -> tuple[Doubt, ...]:
    """For a sure answer what stands beside it; otherwise what makes the open norms unknown."""
    source = breached if verdict == "forbidden" else (*breached, *unknown)
    found = dict.fromkeys(doubt for finding in source for doubt in finding.doubts)
    return tuple(sorted(found, key=lambda doubt: _KINDS.index(doubt.kind)))


# --- open questions -------------------------------------------------------------------------------


def _questions(
    facts: Mapping[str, object],
    open_: Iterable[Finding],
    laws: Catalogue,
    confirmed: Collection[str],
) -> tuple[Question, ...]:
    asked_for = [FACTS[key] for key in _open_facts(open_, laws) if key not in _NOT_ASKED]
    questions = [
        Question(fact, tuple(_branches(fact, facts, laws, confirmed))) for fact in asked_for
    ]
    decisive = [question for question in questions if _turns_least(question) == 0]
    found = decisive or sorted(questions, key=_turns_least)
    return tuple(found[:_MOST_QUESTIONS])


def _open_facts(open_: Iterable[Finding], laws: Catalogue) -> list[str]:
    """What norms that are not answered yet ask for: rules and permissions before punishments, for
    nobody need say whether he would do on purpose what may not be forbidden at all."""
    findings = list(open_)
    rules = [each for each in findings if _is_breach(each) and each.effect != "punishes"]
    others = [each for each in findings if each.effect in ("permits", "requires")]
    punishing = [each for each in findings if each.effect == "punishes"]
    for group in ((*_most_telling(rules, laws), *_for_some(others, laws)), punishing):
        keys = dict.fromkeys(
            key
            for finding in group
            for key in finding.missing
            if _decides(laws.norms[finding.norm], key)
        )
        if keys:
            return list(keys)
    return []


def _for_some(findings: Iterable[Finding], laws: Catalogue) -> list[Finding]:
    """Permissions and duties of named people; those of everybody decide nothing here."""
    return [each for each in findings if len(laws.norms[each.norm].binds) < len(STATUSES)]


def is_decisive(question: Question) -> bool:
    """Whether one answer to it alone would decide."""
    return any(branch.verdict != "depends" for branch in question.branches)


def _turns_least(question: Question) -> int:
    """Questions of which one answer alone decides come first, those without a list last."""
    if not question.branches:
        return 2
    return 0 if is_decisive(question) else 1


def _decides(norm: Norm, key: str) -> bool:
    """Whether the fact can change that the norm applies, not only which sanction it brings."""
    return key in norm.when.facts | norm.bound.facts | norm.valid.facts


def _branches(
    fact: Fact, facts: Mapping[str, object], laws: Catalogue, confirmed: Collection[str]
) -> Iterator[Branch]:
    """Days and numbers have no branches: they have too many answers to list."""
    for value, given, label in _answers(fact):
        supposed = {**facts, fact.key: given}
        found = [f for f in _findings(supposed, laws, confirmed) if f.applies != "no"]
        yield Branch(value, label, _verdict(supposed, found, laws)[0])


def _answers(fact: Fact) -> Iterator[tuple[str, object, Bilingual]]:
    if fact.type == "flag":
        yield "true", True, Bilingual("ya", "yes")
        yield "false", False, Bilingual("tidak", "no")
    if fact.type == "choices":
        yield "none", [], Bilingual("tidak satu pun", "none of them")
    for code, label in fact.choices.items():
        yield code, [code] if fact.type == "choices" else code, label


def _forbidden_either_way(question: Question) -> bool:
    """Only where the answers are all there are: a list may hold several or none."""
    return (
        question.fact.type in ("flag", "choice")
        and bool(question.branches)
        and all(branch.verdict == "forbidden" for branch in question.branches)
    )


# --- advice ---------------------------------------------------------------------------------------


def asked(code: str) -> Asked:
    """How a conduct is asked about; its plain label where nobody has written a question yet."""
    return _shipped()[1].get(code) or Asked(code, "other", CONDUCTS[code])


def groups() -> tuple[Group, ...]:
    """The conducts that one may ask about before acting, in the groups in which they are offered.

    What nobody plans to do (to be late, to be sentenced) is not offered, though it can be judged.
    """
    titles, known = _shipped()
    every = [known[code] for code in CONDUCTS if code in known]
    found = [
        Group(code, title, tuple(each for each in every if each.group == code))
        for code, title in titles.items()
    ]
    return tuple(group for group in found if group.conducts)


def _instead(facts: Mapping[str, object], laws: Catalogue) -> tuple[Advice, ...]:
    """What is advised for this conduct, as far as the norm that it rests on is in force and may
    bind this person."""
    known = check_facts(facts)
    codes = known.get("conduct")
    if not isinstance(codes, frozenset):
        return ()
    lines = [line for code in sorted(codes) for line in asked(code).instead]
    wanted = {line.norm for line in lines}
    held = {n.base for n in laws.norms.values() if n.base in wanted and _may_concern(n, known)}
    return tuple(line for line in lines if line.norm in held)


def _may_concern(norm: Norm, known: Known) -> bool:
    parts = (norm.valid, norm.bound)
    return all(part.test(known, {}).value is not False for part in parts)


@cache
def _shipped() -> tuple[Mapping[str, Bilingual], Mapping[str, Asked]]:
    return read_advice(load(FILE))


def read_advice(root: Yaml) -> tuple[Mapping[str, Bilingual], Mapping[str, Asked]]:
    """The groups and the conducts of one file; raises `YamlError`."""
    found = root.fields(("groups", "conducts"))
    titles = {code: node.bilingual() for code, node in found["groups"].mapping().items()}
    every = {
        code: _read_asked(code, node, titles)
        for code, node in found["conducts"].fields((), CONDUCTS).items()
    }
    return titles, every


def _read_asked(code: str, node: Yaml, titles: Mapping[str, Bilingual]) -> Asked:
    found = node.fields(("group", "ask"), ("instead", "complete"))
    complete = found["complete"].fields(("for", "because")) if "complete" in found else {}
    statuses = complete["for"].items() if complete else ()
    return Asked(
        code,
        found["group"].one_of(titles),
        found["ask"].bilingual(),
        tuple(_read_advice(item) for item in found["instead"].items())
        if "instead" in found
        else (),
        frozenset(item.one_of(STATUSES) for item in statuses),
        complete["because"].bilingual() if complete else None,
    )


def _read_advice(node: Yaml) -> Advice:
    found = node.fields(("text", "norm"))
    return Advice(found["text"].bilingual(), found["norm"].text())
