"""Findings as text for a person at a terminal, in the language set in `bilingual`.

Unknown is shown as a question to ask, never as a verdict; norms that do not apply are only counted,
with the reason where there is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from timbang.law.bilingual import Bilingual
from timbang.law.conclude import range_of
from timbang.law.evaluate import Finding
from timbang.law.norms import Doubt
from timbang.law.vocabulary import FACTS, LEVELS, VERIFICATION

_APPLY = Bilingual("Berlaku menurut fakta yang diberikan:", "Apply, on the facts given:")
_UNKNOWN = Bilingual("Belum dapat dijawab:", "Cannot be answered yet:")
_NONE = Bilingual("Tidak ada norma yang pasti berlaku.", "No norm certainly applies.")
_NOT = Bilingual("Tidak berlaku: {count} norma.", "Do not apply: {count} norms.")
_TOO_OLD = Bilingual("di antaranya {norms}: {why}", "among them {norms}: {why}")
_LEVEL = Bilingual("tingkat pemeriksaan: {level}", "verification: {level}")
_AUTHORITY = Bilingual("berwenang: {who}", "authority: {who}")
_SANCTIONS = Bilingual("kisaran sanksi:", "range of sanctions:")
_ASK = Bilingual("tanyakan {key}: {question}", "ask {key}: {question}")
_DOUBTS = Bilingual("keraguan: {numbers}", "doubts: {numbers}")
_DOUBTS_TOLD = Bilingual("Keraguan:", "Doubts:")
_ONE_RANGE = Bilingual(
    "Jika beberapa berlaku, satu sanksi yang terberat (PP 94/2021 ps 35):",
    "Where several apply, one sanction, the heaviest (PP 94/2021 art 35):",
)
_PROPOSAL = Bilingual(
    "Ini usulan dengan dasar dan keraguannya, bukan putusan. Yang memutuskan adalah manusia.",
    "This is a proposal with its grounds and doubts, not a decision. People decide.",
)


def report(findings: list[Finding]) -> Iterator[str]:
    """The lines of the report; each doubt is told once, at the end, and named by its number."""
    found = [finding for finding in findings if finding.applies != "no"]
    doubts = list(dict.fromkeys(doubt for finding in found for doubt in finding.doubts))
    numbers = {doubt: number for number, doubt in enumerate(doubts, 1)}
    yield from _section(_APPLY, [each for each in found if each.applies == "yes"], numbers)
    yield from _section(_UNKNOWN, [each for each in found if each.applies == "unknown"], numbers)
    if not any(finding.applies == "yes" for finding in found):
        yield str(_NONE)
    yield from _not_applying([finding for finding in findings if finding.applies == "no"])
    yield from _one_range(findings)
    if doubts:
        yield str(_DOUBTS_TOLD)
        yield from (f"  [{number}] {doubt.text}" for doubt, number in numbers.items())
        yield ""
    yield str(_PROPOSAL)


def _section(
    heading: Bilingual, findings: Iterable[Finding], numbers: Mapping[Doubt, int]
) -> Iterator[str]:
    blocks = [line for finding in findings for line in _block(finding, numbers)]
    if blocks:
        yield str(heading)
        yield from blocks
        yield ""


def _block(finding: Finding, numbers: Mapping[Doubt, int]) -> Iterator[str]:
    yield f"  {finding.norm}  {finding.title}"
    yield f"    {finding.conduct}"
    yield f"    {'; '.join(finding.citations)}"
    for key in finding.missing:
        yield f"    {_ASK.format(key=key, question=FACTS[key].question)}"
    if finding.sanctions:
        yield f"    {_SANCTIONS}"
        for sanction in finding.sanctions:
            yield f"      - {sanction.title} ({LEVELS[sanction.level]}, {sanction.citation})"
    if finding.authority_label is not None:
        yield f"    {_AUTHORITY.format(who=finding.authority_label)}"
    if finding.doubts:
        told = ", ".join(f"[{numbers[doubt]}]" for doubt in finding.doubts)
        yield f"    {_DOUBTS.format(numbers=told)}"
    yield f"    {_LEVEL.format(level=VERIFICATION[finding.level])}"


def _not_applying(findings: list[Finding]) -> Iterator[str]:
    yield str(_NOT.format(count=len(findings)))
    reasons = dict.fromkeys(doubt for finding in findings for doubt in finding.doubts)
    for reason in reasons:
        norms = [finding.norm for finding in findings if reason in finding.doubts]
        yield f"  {_TOO_OLD.format(norms=', '.join(norms), why=reason.text)}"
    yield ""


def _one_range(findings: list[Finding]) -> Iterator[str]:
    conclusion = range_of(findings)
    if len([finding for finding in conclusion.applying if finding.sanctions]) > 1:
        yield str(_ONE_RANGE)
        for sanction in (*conclusion.sanctions, *conclusion.moral):
            yield f"  - {sanction.title} ({sanction.citation})"
        yield ""
