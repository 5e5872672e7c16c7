"""Whether an act lay within the competence of the office that did it (*melampaui kewenangan*).

Pure. Two questions: may this kind of organ do that at this step (the procedures say so), and may
this officer impose that sanction on a person of that post (the catalogue's norms that empower say
so). Nothing is guessed: what the law at hand does not settle is *unknown*, and says what is
missing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from timbang.law.bilingual import Bilingual
from timbang.law.evaluate import Finding, evaluate
from timbang.law.norms import Doubt
from timbang.law.steps import ORGANS, Outcome, Procedure, Step
from timbang.law.vocabulary import AUTHORITIES, VERIFICATION

Verdict = Literal["within", "beyond", "unknown"]
# Who may sign a decision, as the catalogue calls them.
SIGNERS: Final = (
    "president", "appointing_officer", "punishing_officer", "higher_officer", "ethics_council",
    "regent", "employer",
)  # fmt: skip
# What follows when an office exceeds its authority.
EXCEEDED: Final = "UU 30/2014 ps 17, 18"
EXCEEDED_LEVEL: Final = "one_copy"
# Levels of a sanction as PP 94/2021 ps 17-23 divide them among officers.
_STEPS: Final[Mapping[str, str]] = {
    "ringan": "light",
    "sedang": "moderate",
    "berat": "heavy",
    "dismissal": "dismissal",
}
_DISMISSES: Final = frozenset({"honourable_dismissal_not_at_own_request"})
_DECIDED: Final = "sanction_decided"
# From sure to unsure: of several texts the least sure one speaks for all.
_ORDER: Final = tuple(VERIFICATION)


@dataclass(frozen=True, slots=True)
class Competence:
    """What was found: who may do it, where that stands, how sure the text is, what is missing."""

    verdict: Verdict
    who: tuple[Bilingual, ...] = ()
    citations: tuple[str, ...] = ()
    level: str = ""
    missing: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def of_step(procedure: Procedure, step_code: str, outcome_code: str, organ_kind: str) -> Competence:
    """Whether a kind of organ may take an outcome, or record it for the one that took it."""
    if not procedure.has(step_code):
        return Competence("unknown")
    step = procedure.step(step_code)
    outcome = next((found for found in step.outcomes if found.code == outcome_code), None)
    actor = outcome.actor if outcome else step.actor
    return _held_against(step, outcome, {actor, *step.recorders}, organ_kind, ORGANS[actor])


def _held_against(
    step: Step, outcome: Outcome | None, may: Collection[str], organ_kind: str, who: Bilingual
) -> Competence:
    citation = (outcome.citation if outcome else None) or step.citation
    level = (outcome.level if outcome else None) or step.level or ""
    return Competence(
        verdict="within" if organ_kind in may else "beyond",
        who=(who,),
        citations=(citation,) if citation else (),
        level=level,
    )


def of_sanction(
    *,
    level: str,
    kind: str,
    signer: str,
    on: date,
    status: str = "",
    post_level: str = "",
    government_level: str = "",
    named: Collection[str] = (),
) -> Competence:
    """Whether an officer may impose a disciplinary sanction on a person of this post.

    `signer` is one of `SIGNERS`; `named` are those whom the breached norms themselves call upon,
    which goes before the general division (PP 94/2021 ps 17-23). Sanctions of another family are
    `unknown`: no such division was read for them.
    """
    if signer and signer in named:
        return Competence("within", (AUTHORITIES[signer],))
    step = "dismissal" if kind in _DISMISSES else _STEPS.get(level)
    if step is None or not signer:
        return Competence("unknown")
    told = {"post_level": post_level, "government_level": government_level, "status": status}
    facts = {key: value for key, value in told.items() if value}
    asked = {"act_on": on, "conduct": [_DECIDED], "sanction_step": step} | facts
    found = [finding for finding in evaluate(asked) if finding.effect == "empowers"]
    return _weigh([each for each in found if each.applies != "no"], signer)


def _weigh(found: Collection[Finding], signer: str) -> Competence:
    sure = [each for each in found if each.applies == "yes"]
    open_ones = [each for each in found if each.applies == "unknown"]
    if any(_decides(each) == signer for each in sure):
        return _told("within", [each for each in sure if _decides(each) == signer])
    if not sure or any(_decides(each) == signer for each in open_ones):
        return _told("unknown", open_ones or sure)
    return _told("beyond", sure)


def _decides(finding: Finding) -> str:
    """Who decides, without on whose proposal."""
    return finding.authority.split(" ", 1)[0]


def _told(verdict: Verdict, found: Collection[Finding]) -> Competence:
    names = dict.fromkeys(AUTHORITIES[_decides(each)] for each in found if each.authority)
    return Competence(
        verdict=verdict,
        who=tuple(names),
        citations=tuple(dict.fromkeys(text for each in found for text in each.citations)),
        level=max((each.level for each in found), default="", key=_ORDER.index),
        missing=tuple(dict.fromkeys(key for each in found for key in each.missing)),
        doubts=tuple(dict.fromkeys(doubt for each in found for doubt in each.doubts)),
    )
