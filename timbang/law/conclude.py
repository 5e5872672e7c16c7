"""From findings to one range of sanctions, for the draft of a study: it proposes, people decide.

Several breaches lead to one sanction, the heaviest (PP 94/2021 ps 35); a moral sanction belongs to
ethics and is shown apart. Only norms that are sure enough (`Norm.may_propose`) drive the range.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from timbang.law.evaluate import Finding
from timbang.law.norms import Doubt, Sanction

# From light to heavy. An employer's own rule is unknown here: only dismissal by law outweighs it.
_WEIGHT = ("moral", "employer_rule", "ringan", "sedang", "berat", "dismissal")
_HIERARCHY = ("UU", "PP", "SKB")


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a study may start from.

    `sanctions` is the range that the applying norms leave, light to heavy, `moral` the ethical one.
    `missing` and `doubts` are what still stands between these findings and an answer.
    """

    applying: tuple[Finding, ...]
    too_weak: tuple[Finding, ...]
    unknown: tuple[Finding, ...]
    sanctions: tuple[Sanction, ...]
    moral: tuple[Sanction, ...]
    having_regard_to: tuple[str, ...]
    missing: tuple[str, ...]
    doubts: tuple[Doubt, ...]


def range_of(findings: Iterable[Finding]) -> Conclusion:
    """The conclusion from the findings on one act, in any order of the norms."""
    found = [finding for finding in findings if finding.applies != "no"]
    sure = [finding for finding in found if finding.applies == "yes"]
    applying = tuple(finding for finding in sure if finding.may_propose)
    sanctions, moral = _heaviest(applying), _moral(applying)
    return Conclusion(
        applying=applying,
        too_weak=tuple(finding for finding in sure if not finding.may_propose),
        unknown=tuple(finding for finding in found if finding.applies == "unknown"),
        sanctions=sanctions,
        moral=moral,
        having_regard_to=_regard(applying, (*sanctions, *moral)),
        missing=tuple(dict.fromkeys(key for finding in found for key in finding.missing)),
        doubts=tuple(dict.fromkeys(doubt for finding in found for doubt in finding.doubts)),
    )


def _heaviest(applying: Iterable[Finding]) -> tuple[Sanction, ...]:
    """Each norm brings at least its lightest kind, so lighter kinds of other norms fall away."""
    ranges = [
        [sanction for sanction in finding.sanctions if sanction.level != "moral"]
        for finding in applying
    ]
    floor = max((min(map(_weight, kinds)) for kinds in ranges if kinds), default=0)
    kinds = dict.fromkeys(kind for each in ranges for kind in each if _weight(kind) >= floor)
    return tuple(sorted(kinds, key=_weight))


def _moral(applying: Iterable[Finding]) -> tuple[Sanction, ...]:
    kinds = [kind for finding in applying for kind in finding.sanctions if kind.level == "moral"]
    return tuple(dict.fromkeys(kinds))


def _weight(sanction: Sanction) -> int:
    return _WEIGHT.index(sanction.level)


def _regard(applying: Iterable[Finding], sanctions: Iterable[Sanction]) -> tuple[str, ...]:
    """What the decision has regard to: statutes first, then regulations, then the decree."""
    texts = [text for finding in applying for text in finding.citations]
    texts += [sanction.citation for sanction in sanctions]
    return tuple(sorted(dict.fromkeys(texts), key=lambda text: _HIERARCHY.index(text.split()[0])))
