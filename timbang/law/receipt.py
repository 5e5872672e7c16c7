"""A receipt of one evaluation, from which anyone can repeat it.

It pins the engine's version, the catalogue and each norm by hash, the day as known on which it was
asked, the inputs and the result. It holds facts and articles, no names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import timbang
from timbang.law.bilingual import Bilingual
from timbang.law.entries import Catalogue, fingerprint
from timbang.law.evaluate import Finding, Value, check_facts, evaluate
from timbang.law.norms import catalogue
from timbang.law.refusal import Refusal

FORMAT: Final = 1
_KEYS: Final = ("format", "engine", "catalogue", "norms", "procedure", "known_on", "inputs")
_ALL_KEYS: Final = (*_KEYS, "confirmed", "result", "hash")

_ENGINE = Bilingual(
    "Mesin: tanda terima dibuat dengan versi {then}, sekarang {now}.",
    "Engine: the receipt was made with version {then}, this is {now}.",
)
_CATALOGUE = Bilingual(
    "Katalog berbeda: sidiknya {then}, sekarang {now}.",
    "The catalogue differs: its hash was {then}, now {now}.",
)
_NORM = Bilingual("Norma {norm} berubah sejak itu.", "Norm {norm} has changed since.")
_GONE = Bilingual("Norma {norm} tidak ada lagi.", "Norm {norm} is no longer there.")
_ADDED = Bilingual("Norma {norm} baru sejak itu.", "Norm {norm} is new since then.")
_ANSWER = Bilingual(
    "Norma {norm} dijawab lain: {then}, sekarang {now}.",
    "Norm {norm} is answered differently: {then}, now {now}.",
)
_WHOLE = Bilingual(
    "Tanda terima ini telah diubah: isinya tidak cocok dengan sidiknya.",
    "This receipt was altered: its content does not fit its hash.",
)
_NOT_ONE = Bilingual(
    "Bukan tanda terima yang dapat dibaca: {why}.", "Not a receipt that can be read: {why}."
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """`norms` gives the hash of every norm that was asked; `result` every answer but a plain no.

    `procedure` names the procedure that the case ran under: id, version and hash.
    """

    engine: str
    catalogue: str
    norms: Mapping[str, str]
    procedure: Mapping[str, str] | None
    known_on: date | None
    inputs: Mapping[str, object]
    confirmed: tuple[str, ...]
    result: tuple[Mapping[str, object], ...]

    @property
    def hash(self) -> str:
        return fingerprint(self._content())

    @property
    def answers(self) -> Mapping[str, str]:
        """The answer of every norm that was asked."""
        told = {str(each["norm"]): str(each["applies"]) for each in self.result}
        return {norm: told.get(norm, "no") for norm in self.norms}

    def as_json(self) -> dict[str, Any]:
        return {**self._content(), "hash": self.hash}

    def _content(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "engine": self.engine,
            "catalogue": self.catalogue,
            "norms": dict(self.norms),
            "procedure": dict(self.procedure) if self.procedure else None,
            "known_on": self.known_on.isoformat() if self.known_on else None,
            "inputs": dict(self.inputs),
            "confirmed": list(self.confirmed),
            "result": [dict(each) for each in self.result],
        }


def make(
    facts: Mapping[str, object],
    *,
    known_on: date | None = None,
    procedure: Mapping[str, str] | None = None,
    confirmed: Collection[str] = frozenset(),
    laws: Catalogue | None = None,
) -> Receipt:
    """Evaluate these facts and keep what is needed to do it again.

    Give `known_on` the day on which it is asked: a later correction then leaves the receipt true.
    """
    laws = catalogue(known_on) if laws is None else laws
    findings = evaluate(facts, laws, confirmed=confirmed)
    return Receipt(
        engine=timbang.__version__,
        catalogue=laws.hash,
        norms={key: norm.hash for key, norm in laws.norms.items()},
        procedure=procedure,
        known_on=known_on,
        inputs={key: _plain(value) for key, value in check_facts(facts).items()},
        confirmed=tuple(sorted(confirmed)),
        result=_result(findings),
    )


def from_json(stored: object) -> Receipt:
    """The receipt of `as_json`; raises `Refusal` when it is no receipt, or was altered."""
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        raise Refusal(_NOT_ONE.format(why=f"format {FORMAT}"))
    missing = [key for key in _ALL_KEYS if key not in stored]
    if missing or len(stored) != len(_ALL_KEYS):
        raise Refusal(
            _NOT_ONE.format(why=", ".join(missing or sorted(set(stored) - set(_ALL_KEYS))))
        )
    if fingerprint({key: stored[key] for key in _ALL_KEYS if key != "hash"}) != stored["hash"]:
        raise Refusal(_WHOLE)
    try:
        return _read(stored)
    except (TypeError, ValueError, AttributeError) as problem:
        raise Refusal(_NOT_ONE.format(why=type(problem).__name__)) from problem


def _read(stored: Mapping[str, Any]) -> Receipt:
    known_on, procedure = stored["known_on"], stored["procedure"]
    return Receipt(
        engine=str(stored["engine"]),
        catalogue=str(stored["catalogue"]),
        norms={str(key): str(value) for key, value in stored["norms"].items()},
        procedure=dict(procedure) if procedure else None,
        known_on=date.fromisoformat(known_on) if known_on else None,
        inputs=dict(stored["inputs"]),
        confirmed=tuple(stored["confirmed"]),
        result=tuple(dict(each) for each in stored["result"]),
    )


def repeat(receipt: Receipt, laws: Catalogue | None = None) -> list[Bilingual]:
    """Do it again with the law as known on that day; every difference, none when it repeats."""
    again = make(
        receipt.inputs,
        known_on=receipt.known_on,
        procedure=receipt.procedure,
        confirmed=receipt.confirmed,
        laws=laws,
    )
    found: list[Bilingual] = []
    if receipt.engine != again.engine:
        found.append(_ENGINE.format(then=receipt.engine, now=again.engine))
    if receipt.catalogue != again.catalogue:
        found.append(_CATALOGUE.format(then=receipt.catalogue, now=again.catalogue))
    return [*found, *_of_norms(receipt.norms, again.norms), *_of_answers(receipt, again)]


def touched(receipt: Receipt, laws: Catalogue | None = None) -> tuple[str, ...]:
    """The norms of this receipt that read differently today and speak of this act, then or now.

    A correction does not rewrite what was decided; it tells which decisions to look at again.
    """
    laws = catalogue() if laws is None else laws
    now = {key: norm.hash for key, norm in laws.norms.items()}
    different = [key for key, then in receipt.norms.items() if now.get(key) != then]
    if not different:
        return ()
    findings = {found.norm: found for found in evaluate(receipt.inputs, laws)}
    return tuple(key for key in different if _speaks(receipt, findings, key))


def _speaks(receipt: Receipt, findings: Mapping[str, Finding], key: str) -> bool:
    today = findings[key].applies if key in findings else "no"
    return (receipt.answers[key], today) != ("no", "no")


def _of_norms(then: Mapping[str, str], now: Mapping[str, str]) -> Iterable[Bilingual]:
    for norm, pinned in then.items():
        if norm not in now:
            yield _GONE.format(norm=norm)
        elif now[norm] != pinned:
            yield _NORM.format(norm=norm)
    yield from (_ADDED.format(norm=norm) for norm in now if norm not in then)


def _of_answers(then: Receipt, now: Receipt) -> Iterable[Bilingual]:
    before = {str(each["norm"]): each for each in then.result}
    after = {str(each["norm"]): each for each in now.result}
    for norm in {**before, **after}:
        if before.get(norm) != after.get(norm):
            answers = (then.answers.get(norm, "-"), now.answers.get(norm, "-"))
            yield _ANSWER.format(norm=norm, then=answers[0], now=answers[1])


def _result(findings: Iterable[Finding]) -> tuple[Mapping[str, object], ...]:
    return tuple(finding.as_json() for finding in findings if finding.applies != "no")


def _plain(value: Value) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return sorted(value) if isinstance(value, frozenset) else value
