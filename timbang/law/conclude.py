"""From findings to one range of sanctions, for the draft of a study: it proposes, people decide.

Several breaches lead to one disciplinary sanction, the heaviest (PP 94/2021 ps 35). Sanctions of
another family (moral, criminal, the loss of a candidacy, ...) are imposed by others and stand
beside it: they are shown apart and never weighed against it. Only norms that are sure enough
(`Finding.may_propose`) drive a range, and a permission is no breach.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from timbang.law.evaluate import Finding
from timbang.law.norms import Doubt, Sanction
from timbang.law.vocabulary import INSTRUMENT_KINDS, LEVELS

# From light to heavy. An employer's own rule is unknown here: only dismissal by law outweighs it.
DISCIPLINARY: Final = ("employer_rule", "ringan", "sedang", "berat", "dismissal")
_HIERARCHY: Final = tuple(INSTRUMENT_KINDS)
# How a citation begins; the longest name first, since PermenPANRB begins with Permen.
_NAMES: Final[Mapping[str, str]] = {
    "Putusan MK": "MK",
    "Peraturan Ombudsman": "ORI",
    "Surat ": "letter",
    **{kind: kind for kind in sorted(INSTRUMENT_KINDS, key=len, reverse=True)},
}
# What is said of a breach; a permission, a protection, a power or a definition stands beside it.
BREACHES: Final = frozenset({"forbids", "requires", "punishes"})


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a study may start from.

    `sanctions` is the disciplinary range that the applying norms leave, light to heavy; `moral` the
    ethical one, `criminal` what a court may impose, `other` the rest by its level. `beside` are
    norms that apply and speak of no breach: permissions, protections, powers, definitions.
    `missing` and `doubts` are what still stands between these findings and an answer.
    """

    applying: tuple[Finding, ...]
    too_weak: tuple[Finding, ...]
    unknown: tuple[Finding, ...]
    beside: tuple[Finding, ...]
    sanctions: tuple[Sanction, ...]
    moral: tuple[Sanction, ...]
    criminal: tuple[Sanction, ...]
    other: Mapping[str, tuple[Sanction, ...]]
    having_regard_to: tuple[str, ...]
    missing: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    judgements: tuple[Doubt, ...]


def range_of(findings: Iterable[Finding]) -> Conclusion:
    """The conclusion from the findings on one act, in any order of the norms."""
    found = [finding for finding in findings if finding.applies != "no"]
    sure = [finding for finding in found if finding.applies == "yes"]
    breaches = [finding for finding in sure if finding.effect in BREACHES]
    applying = tuple(finding for finding in breaches if finding.may_propose)
    sanctions, levels = _heaviest(applying), {level: _of_level(applying, level) for level in LEVELS}
    moral, criminal = levels["moral"], levels["criminal"]
    apart = {*DISCIPLINARY, "moral", "criminal"}
    other = {level: kinds for level, kinds in levels.items() if kinds and level not in apart}
    every = (*sanctions, *moral, *criminal, *(kind for kinds in other.values() for kind in kinds))
    return Conclusion(
        applying=applying,
        too_weak=tuple(finding for finding in breaches if not finding.may_propose),
        unknown=tuple(finding for finding in found if finding.applies == "unknown"),
        beside=tuple(finding for finding in sure if finding.effect not in BREACHES),
        sanctions=sanctions,
        moral=moral,
        criminal=criminal,
        other=other,
        having_regard_to=_regard(applying, every),
        missing=tuple(dict.fromkeys(key for finding in found for key in finding.missing)),
        doubts=tuple(dict.fromkeys(doubt for finding in found for doubt in finding.doubts)),
        judgements=tuple(dict.fromkeys(each for finding in found for each in finding.judgements)),
    )


def _heaviest(applying: Iterable[Finding]) -> tuple[Sanction, ...]:
    """Each norm brings at least its lightest kind, so lighter kinds of other norms fall away."""
    ranges = [
        [sanction for sanction in finding.sanctions if sanction.level in DISCIPLINARY]
        for finding in applying
    ]
    floor = max((min(map(_weight, kinds)) for kinds in ranges if kinds), default=0)
    kinds = dict.fromkeys(kind for each in ranges for kind in each if _weight(kind) >= floor)
    return tuple(sorted(kinds, key=_weight))


def _of_level(applying: Iterable[Finding], level: str) -> tuple[Sanction, ...]:
    kinds = [kind for finding in applying for kind in finding.sanctions if kind.level == level]
    return tuple(dict.fromkeys(kinds))


def _weight(sanction: Sanction) -> int:
    return DISCIPLINARY.index(sanction.level)


def _regard(applying: Iterable[Finding], sanctions: Iterable[Sanction]) -> tuple[str, ...]:
    """What the decision has regard to: statutes first, then regulations, then decrees."""
    texts = [text for finding in applying for text in finding.citations]
    texts += [sanction.citation for sanction in sanctions]
    return tuple(sorted(dict.fromkeys(texts), key=rank))


def rank(citation: str) -> int:
    """The weight of the instrument that a citation names first; an unknown one comes last."""
    named = next((kind for name, kind in _NAMES.items() if citation.startswith(name)), None)
    return _HIERARCHY.index(named) if named else len(_HIERARCHY)
