"""A proof in lines for a person: the verdict, each property, the longest way, what is open."""

from __future__ import annotations

from collections.abc import Iterator

from timbang.law.bilingual import Bilingual
from timbang.law.duration import Longest
from timbang.law.proof import PROPERTIES, Open, Problem, Proof
from timbang.law.steps import length_told
from timbang.law.transition import Rule

PROVED = Bilingual("terbukti", "proved")
NOT_PROVED = Bilingual("TIDAK TERBUKTI", "NOT PROVED")
HEAD = Bilingual("{id} versi {version}: {verdict}", "{id} version {version}: {verdict}")
SIZE = Bilingual("{n} langkah, SHA-256 {hash}", "{n} steps, SHA-256 {hash}")
LONGEST = Bilingual("jalan terpanjang: {n} langkah; {amounts}", "longest way: {n} steps; {amounts}")
OF_TRACK = Bilingual("jalur samping {code}, {longest}", "side track {code}, {longest}")
WITHOUT = Bilingual("tenggat tidak diketahui pada {codes}", "no known term at {codes}")
DELIVERY = Bilingual(
    "tenggat menunggu bukti penyampaian pada {codes}", "the term waits for a delivery at {codes}"
)
AMOUNTS = {
    "law": Bilingual("hukum {length}", "law {length}"),
    "practice": Bilingual("praktik {length}", "practice {length}"),
    "target": Bilingual("pengingat {length}", "reminders {length}"),
    "register": Bilingual("aturan register {length}", "rules of this register {length}"),
    "suspension": Bilingual("penundaan paling lama {length}", "at most {length} suspended"),
}
TRANSITION = Bilingual(
    "peralihan {id} ({old} ke {new}): {verdict}", "transition {id} ({old} to {new}): {verdict}"
)
OPEN = {
    "open_points": Bilingual("soal terbuka", "open"),
    "terms_unknown": Bilingual("tenggat tidak diketahui", "term not known"),
    "remedies_unknown": Bilingual("upaya tidak diketahui", "remedy not known"),
    "self_reviews": Bilingual(
        "menilai diri sendiri menurut hukum", "reviews itself because the law says so"
    ),
}


def lines(proof: Proof) -> Iterator[str]:
    """The proof of one procedure, in the language that is set."""
    found = proof.procedure
    verdict = PROVED if proof.proved else NOT_PROVED
    yield str(HEAD.format(id=found.id, version=found.version, verdict=verdict))
    yield f"  {SIZE.format(n=len(found.steps), hash=found.hash)}"
    for code, property_ in PROPERTIES.items():
        yield f"  {'v' if proof.holds(code) else 'X'} {code}: {property_.says}"
    for problem in proof.problems:
        yield f"  ! {problem.rule}: {' -> '.join(problem.path)}"
        yield f"    {problem.message}"
    if proof.longest is not None:
        yield f"  {_longest(proof.longest)}"
    for code, longest in proof.longest_of_tracks:
        yield f"  {OF_TRACK.format(code=code, longest=_longest(longest))}"
    for name, title in OPEN.items():
        point: Open
        for point in getattr(proof, name):
            cited = f" [{point.citation}]" if point.citation else ""
            yield f"  {title}, {' -> '.join(point.at)}: {point.text}{cited}"


def transition_lines(rule: Rule, problems: list[Problem]) -> Iterator[str]:
    """The proof that a transition takes no right away."""
    words = {"id": rule.id, "old": rule.from_procedure, "new": rule.to_procedure}
    yield str(TRANSITION.format(verdict=NOT_PROVED if problems else PROVED, **words))
    for problem in problems:
        yield f"  ! {problem.rule}: {' -> '.join(problem.path)}"
        yield f"    {problem.message}"
    for point in rule.open_points:
        yield f"  {OPEN['open_points']}: {point}"


def _longest(longest: Longest) -> Bilingual:
    parts = [
        AMOUNTS[kind].format(length=length_told(length, unit))
        for (kind, unit), length in sorted(longest.amounts.items())
    ]
    for codes, words in ((longest.without_term, WITHOUT), (longest.from_delivery, DELIVERY)):
        if codes:
            parts.append(words.format(codes=", ".join(codes)))
    joined = Bilingual(", ".join(part.id for part in parts), ", ".join(part.en for part in parts))
    return LONGEST.format(n=longest.steps, amounts=joined)
