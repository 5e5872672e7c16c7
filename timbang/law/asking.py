"""Findings as text for a person at a terminal, in the language set in `bilingual`.

Unknown is shown as a question to ask, never as a verdict; norms that do not apply are only counted,
with the reason where there is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from timbang.law.bilingual import Bilingual
from timbang.law.conclude import BREACHES, range_of
from timbang.law.difference import Correction, Difference
from timbang.law.entries import Sanction
from timbang.law.evaluate import Finding
from timbang.law.milder import Comparison
from timbang.law.norms import Doubt
from timbang.law.vocabulary import EFFECTS, FACTS, LEVELS, VERIFICATION

_APPLY = Bilingual("Berlaku menurut fakta yang diberikan:", "Apply, on the facts given:")
_BESIDE = Bilingual(
    "Berlaku di sampingnya (izin, perlindungan, wewenang, rumusan):",
    "Apply beside it (permission, protection, power, definition):",
)
_WEAK = Bilingual(
    "hanya memberi tahu, sampai petugas hukum mengonfirmasi pasalnya",
    "informs only, until a legal officer confirms the article",
)
_JUDGE = Bilingual("penilaian manusia yang diperlukan: {text}", "human judgement needed: {text}")
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
_CRIMINAL = Bilingual(
    "Terpisah dari itu, menurut hukum pidana dan hanya oleh pengadilan:",
    "Apart from it, under criminal law and by a court only:",
)
_OTHER = Bilingual("Terpisah dari itu, {level}:", "Apart from it, {level}:")
_CHANGED = Bilingual(
    "Hukum berubah antara perbuatan dan putusan: {text} ({citation})",
    "The law changed between act and decision: {text} ({citation})",
)
_GOVERNS = Bilingual("yang dipakai: {which}", "used: {which}")
_NO_DIFFERENCE = Bilingual("Tidak ada perbedaan.", "No difference.")
_DIFFERS = Bilingual("{norm}  {title}: {before} -> {after}", "{norm}  {title}: {before} -> {after}")
_NO_ENTRY = Bilingual("belum ada dalam katalog", "not in the catalogue")
_ANSWERS = {
    "yes": Bilingual("berlaku", "applies"),
    "no": Bilingual("tidak berlaku", "does not apply"),
    "unknown": Bilingual("belum dapat dijawab", "cannot be answered yet"),
}
_CORRECTED = {
    "added": Bilingual("ditambahkan", "added"),
    "removed": Bilingual("dihapus", "removed"),
    "changed": Bilingual("dikoreksi", "corrected"),
}
_CLAIM = Bilingual("- {says} ({level}; {sources})", "- {says} ({level}; {sources})")
_CHOSEN = Bilingual("dipakai: {chosen}", "used here: {chosen}")
_REASON = Bilingual("alasan: {reason}", "reason: {reason}")
_TOUCHES = Bilingual("menyentuh: {what}", "touches: {what}")
_ONE_RANGE = Bilingual(
    "Jika beberapa berlaku, satu sanksi yang terberat (PP 94/2021 ps 35):",
    "Where several apply, one sanction, the heaviest (PP 94/2021 art 35):",
)
_PROPOSAL = Bilingual(
    "Ini usulan dengan dasar dan keraguannya, bukan putusan. Yang memutuskan adalah manusia.",
    "This is a proposal with its grounds and doubts, not a decision. People decide.",
)


def report(findings: list[Finding], changed: Iterable[Comparison] = ()) -> Iterator[str]:
    """The lines of the report; each doubt is told once, at the end, and named by its number."""
    found = [finding for finding in findings if finding.applies != "no"]
    doubts = list(dict.fromkeys(doubt for finding in found for doubt in finding.doubts))
    numbers = {doubt: number for number, doubt in enumerate(doubts, 1)}
    sure = [each for each in found if each.applies == "yes"]
    yield from _section(_APPLY, [each for each in sure if each.effect in BREACHES], numbers)
    yield from _section(_BESIDE, [each for each in sure if each.effect not in BREACHES], numbers)
    yield from _section(_UNKNOWN, [each for each in found if each.applies == "unknown"], numbers)
    if not sure:
        yield str(_NONE)
    yield from _not_applying([finding for finding in findings if finding.applies == "no"])
    yield from _one_range(findings)
    yield from _changed(changed)
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
    yield f"  {finding.norm}  {finding.title} ({EFFECTS[finding.effect]})"
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
    for judgement in finding.judgements:
        yield f"    {_JUDGE.format(text=judgement.text)}"
    weak = "" if finding.may_propose else f"; {_WEAK}"
    yield f"    {_LEVEL.format(level=VERIFICATION[finding.level])}{weak}"


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
        yield from _kinds(_ONE_RANGE, (*conclusion.sanctions, *conclusion.moral))
        yield from _kinds(_CRIMINAL, conclusion.criminal)
        for level, kinds in conclusion.other.items():
            yield from _kinds(_OTHER.format(level=LEVELS[level]), kinds)


def _kinds(heading: Bilingual, kinds: Iterable[Sanction]) -> Iterator[str]:
    lines = [f"  - {sanction.title} ({sanction.citation})" for sanction in kinds]
    if lines:
        yield from (str(heading), *lines, "")


def _changed(changed: Iterable[Comparison]) -> Iterator[str]:
    for each in changed:
        yield str(_CHANGED.format(text=each.change.text, citation=each.change.citation))
        yield f"  {_GOVERNS.format(which=each.label)}"
        weak = f"; {_WEAK}" if each.change.informs_only else ""
        yield f"  {_LEVEL.format(level=VERIFICATION[each.change.level])}{weak}"
        yield ""


def differences(found: Iterable[Difference]) -> Iterator[str]:
    """What is answered differently, one line for each norm."""
    lines = [
        str(
            _DIFFERS.format(
                norm=each.norm,
                title=each.title,
                before=_answer(each.before),
                after=_answer(each.after),
            )
        )
        for each in found
    ]
    yield from lines or [str(_NO_DIFFERENCE)]


def corrections(found: Iterable[Correction]) -> Iterator[str]:
    """What the catalogue itself tells differently, one line for each norm."""
    lines = [f"{each.norm}  {each.title}: {_CORRECTED[each.what]}" for each in found]
    yield from lines or [str(_NO_DIFFERENCE)]


def conflict(doubt: Doubt, norms: Iterable[str]) -> Iterator[str]:
    """One conflict: the question, what each side claims, the reading chosen and why."""
    told = doubt.conflict
    if told is None:
        return
    yield f"{doubt.code}  {told.question}"
    for claim in told.claims:
        level, sources = VERIFICATION[claim.level], "; ".join(claim.sources)
        yield f"  {_CLAIM.format(says=claim.says, level=level, sources=sources)}"
    yield f"  {_CHOSEN.format(chosen=told.chosen)}"
    yield f"  {_REASON.format(reason=told.reason)}"
    what = ", ".join(dict.fromkeys([*norms, *told.touches]))
    if what:
        yield f"  {_TOUCHES.format(what=what)}"
    yield ""


def _answer(finding: Finding | None) -> Bilingual:
    return _ANSWERS[finding.applies] if finding else _NO_ENTRY
