"""Drafts from facts and norms: the first text of a study or recommendation, and whole letters.

A draft says what is alleged, what the law asks and what is not known; an officer edits it. Texts
of the desk are official texts, so that they are drafted in Indonesian whatever language the page
has. Nothing here reads a report: what a reporter wrote enters only through what officers chose.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from timbang.accounts.models import Organ
from timbang.cases import letters, outside
from timbang.cases.facts import PersonFindings
from timbang.cases.models import Case, DocumentKind
from timbang.cases.reading import OpenedExhibit, region_name
from timbang.cases.vault import Person
from timbang.law.evaluate import Finding
from timbang.law.vocabulary import FACTS, VERIFICATION

LANGUAGE: letters.Language = "id"
MOST_UNKNOWN = 8


@dataclass(frozen=True)
class Writing:
    """The three parts of a decree, as every study and recommendation has them."""

    considering: tuple[str, ...]
    having_regard_to: tuple[str, ...]
    decides: tuple[str, ...]

    def as_json(self) -> dict[str, list[str]]:
        """The form in which it is sealed."""
        return {
            "considering": list(self.considering),
            "having_regard_to": list(self.having_regard_to),
            "decides": list(self.decides),
        }

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Writing:
        """The text of `as_json`; a part that is missing is empty."""
        parts = ("considering", "having_regard_to", "decides")
        return cls(*(tuple(str(item) for item in body.get(part, ())) for part in parts))


@dataclass(frozen=True)
class Basis:
    """What a draft rests on."""

    case: Case
    people: Sequence[Person]
    facts: Mapping[str, object]
    groups: Sequence[PersonFindings]

    @property
    def findings(self) -> list[Finding]:
        """The norms worth a sentence: those that apply, else the first that cannot be said yet."""
        relevant: dict[str, Finding] = {}
        for group in self.groups:
            for finding in group.relevant:
                known = relevant.get(finding.norm)
                if known is None or finding.applies == "yes":
                    relevant[finding.norm] = finding
        applying = [found for found in relevant.values() if found.applies == "yes"]
        return applying or list(relevant.values())[:MOST_UNKNOWN]


def draft(kind: DocumentKind, basis: Basis) -> Writing:
    """The first text of a study or recommendation."""
    return Writing(
        considering=tuple(_considering(basis)),
        having_regard_to=tuple(dict.fromkeys(_citations(basis.findings))),
        decides=tuple(_decides(kind, basis)),
    )


def _considering(basis: Basis) -> Iterable[str]:
    names = ", ".join(_named(person) for person in basis.people)
    yield f"bahwa telah diterima keterangan tentang dugaan pelanggaran netralitas oleh {names};"
    conduct = _answer("conduct", basis.facts)
    if conduct:
        when = _answer("act_on", basis.facts)
        yield f"bahwa perbuatan yang diduga{f' pada tanggal {when}' if when else ''}: {conduct};"
    confirmed = _answer("candidates_confirmed_on", basis.facts)
    if confirmed:
        yield f"bahwa calon dalam pemilihan itu ditetapkan pada tanggal {confirmed};"
    missing = list(dict.fromkeys(key for found in basis.findings for key in found.missing))
    if missing:
        asked = " ".join(FACTS[key].question[LANGUAGE] for key in missing)
        yield f"bahwa masih belum diketahui: {asked}"


def _named(person: Person) -> str:
    parts = (person.name or "seseorang yang namanya belum diketahui", person.post, person.agency)
    return ", ".join(part for part in parts if part)


def _citations(findings: Iterable[Finding]) -> Iterable[str]:
    for finding in findings:
        yield from finding.citations


def _decides(kind: DocumentKind, basis: Basis) -> Iterable[str]:
    for finding in basis.findings:
        yield _conclusion(finding)
    if kind == DocumentKind.RECOMMENDATION:
        labels = [found.authority_label for found in basis.findings if found.authority_label]
        to = labels[0][LANGUAGE] if labels else "pejabat yang berwenang"
        yield (
            f"merekomendasikan kepada {to} agar memeriksa terlapor, mendengar keterangannya, dan "
            "memutuskan menurut peraturan perundang-undangan;"
        )


def _conclusion(finding: Finding) -> str:
    title = finding.title[LANGUAGE]
    if finding.applies == "yes":
        sanctions = "; ".join(sanction.title[LANGUAGE] for sanction in finding.sanctions)
        span = f"; rentang yang diatur: {sanctions}" if sanctions else ""
        return f"perbuatan yang diduga memenuhi unsur {title}{span};"
    missing = " ".join(FACTS[key].question[LANGUAGE] for key in finding.missing)
    return f"belum dapat ditentukan apakah {title} berlaku. Yang belum diketahui: {missing}"


def fact_lines(facts: Mapping[str, object]) -> list[tuple[str, str]]:
    """The known facts as question and answer."""
    return [
        (fact.question[LANGUAGE], _answer(key, facts))
        for key, fact in FACTS.items()
        if facts.get(key) is not None
    ]


def _answer(key: str, facts: Mapping[str, object]) -> str:
    value = facts.get(key)
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, date):
        return letters.long_date(value, LANGUAGE)
    choices = FACTS[key].choices
    if isinstance(value, (list, tuple)):
        return "; ".join(choices[str(code)][LANGUAGE] for code in value if code in choices)
    if isinstance(value, str) and value in choices:
        return choices[value][LANGUAGE]
    return "" if value is None else str(value)


@dataclass(frozen=True)
class Cover:
    """What the officer fills in for one letter."""

    kind: letters.Kind
    dated_on: date
    language: letters.Language = "id"
    number: str = ""
    place: str = ""
    subject: str = ""
    addressee: letters.Addressee = field(default_factory=letters.Addressee)
    signatory: letters.Signatory = field(default_factory=letters.Signatory)
    points: tuple[str, ...] = ()
    reply_by: date | None = None


def letter(
    cover: Cover,
    basis: Basis,
    *,
    organ: Organ,
    study: Writing | None,
    recommendation: Writing | None,
    exhibits: Sequence[OpenedExhibit],
    channel: str = "",
) -> letters.Letter:
    """One whole letter, not a draft any more: it says itself that it is unsigned."""
    text = recommendation if cover.kind == letters.Kind.RECOMMENDATION else study
    made = letters.Letter(
        kind=cover.kind,
        organ=letters.Organ(name=organ.name, address=organ.address),
        dated_on=cover.dated_on,
        place=cover.place,
        number=cover.number,
        subject=cover.subject,
        addressee=cover.addressee,
        case_number=basis.case.number,
        reported=tuple(_reported(person) for person in basis.people),
        points=cover.points,
        reply=letters.Reply(cover.reply_by) if cover.reply_by else None,
        signatory=cover.signatory,
        draft=False,
    )
    if cover.kind in (letters.Kind.QUESTION, letters.Kind.FOLLOW_UP_WARNING):
        return made
    if cover.kind == letters.Kind.CLOSING_NOT_PROVEN:
        return made
    made = _with_text(made, text, basis, exhibits)
    if cover.kind == letters.Kind.OUTSIDE_FILE:
        return replace(made, fields=channel_fields(basis, exhibits, study, channel))
    return made


def _with_text(
    made: letters.Letter,
    text: Writing | None,
    basis: Basis,
    exhibits: Sequence[OpenedExhibit],
) -> letters.Letter:
    parts = text or Writing((), (), ())
    doubts = {doubt.code: doubt for found in basis.findings for doubt in found.doubts}
    return replace(
        made,
        facts=tuple(fact_lines(basis.facts)),
        norms=tuple(_norm(finding) for finding in basis.findings),
        considering=parts.considering,
        having_regard_to=parts.having_regard_to,
        decides=parts.decides,
        doubts=tuple(letters.Doubt(doubt.text[LANGUAGE]) for doubt in doubts.values()),
        exhibits=tuple(
            letters.Exhibit(f"B-{found.row.position}", found.title, found.sha256)
            for found in exhibits
        ),
    )


def channel_fields(
    basis: Basis, exhibits: Sequence[OpenedExhibit], study: Writing | None, channel: str
) -> outside.Fields:
    """The copy-ready fields of an outside channel, for each reported person in turn."""
    found: list[tuple[str, str]] = []
    for person in basis.people:
        conduct = _conduct(basis, person, exhibits, study)
        if channel == "sp4n_lapor":
            found += outside.lapor_fields(conduct, language=LANGUAGE)
        else:
            found += outside.sbt_fields(conduct, language=LANGUAGE)
    return tuple(found)


def _conduct(
    basis: Basis, person: Person, exhibits: Sequence[OpenedExhibit], study: Writing | None
) -> outside.Conduct:
    return outside.Conduct(
        name=person.name,
        official_number=person.official_number or None,
        post=person.post,
        agency=person.agency,
        region=region_name(person.region),
        conduct=_answer("conduct", basis.facts),
        happened_on=_answer("act_on", basis.facts),
        summary=" ".join(study.considering) if study else "",
        norms=tuple(dict.fromkeys(_citations(basis.findings))),
        exhibits=tuple(f"B-{found.row.position}: {found.title}" for found in exhibits),
        case_number=basis.case.number,
    )


def _reported(person: Person) -> letters.ReportedPerson:
    return letters.ReportedPerson(
        name=person.name, post=person.post, agency=person.agency, region=region_name(person.region)
    )


def _norm(finding: Finding) -> letters.Norm:
    return letters.Norm(
        title=finding.title[LANGUAGE],
        citations=finding.citations,
        applies=finding.applies,
        level=VERIFICATION[finding.level][LANGUAGE],
        sanctions=tuple(sanction.title[LANGUAGE] for sanction in finding.sanctions),
        missing=tuple(FACTS[key].question[LANGUAGE] for key in finding.missing),
    )
