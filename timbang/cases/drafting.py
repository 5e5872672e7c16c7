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
from timbang.cases import outside
from timbang.cases.facts import PersonFindings
from timbang.cases.models import Case, DocumentKind
from timbang.cases.reading import OpenedExhibit, region_name
from timbang.cases.vault import Person
from timbang.law import letters
from timbang.law.conclude import Conclusion, range_of
from timbang.law.evaluate import Finding
from timbang.law.letter_forms import Kind
from timbang.law.norms import Sanction
from timbang.law.vocabulary import FACTS, STATUSES, VERIFICATION

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
class Part:
    """What the norms say of the reported persons who share a status: norms and sanctions of one
    status are never said of another. `label` is the status in words, if there are several.
    """

    people: Sequence[Person]
    findings: Sequence[Finding]
    conclusion: Conclusion
    label: str

    @property
    def prefix(self) -> str:
        """Whom a sentence is about, if not all."""
        names = "; ".join(person.name or person.post for person in self.people)
        return f"terhadap {names} ({self.label}): " if self.label else ""


@dataclass(frozen=True)
class Basis:
    """What a draft rests on."""

    case: Case
    people: Sequence[Person]
    facts: Mapping[str, object]
    groups: Sequence[PersonFindings]

    @property
    def parts(self) -> list[Part]:
        """For each status the norms worth a sentence: those that apply, else the first that
        cannot be said yet.
        """
        return [
            Part(
                group.people,
                group.applying or group.relevant[:MOST_UNKNOWN],
                range_of(group.findings),
                _status(group) if len(self.groups) > 1 else "",
            )
            for group in self.groups
        ]

    @property
    def findings(self) -> list[Finding]:
        """All of them, for what is said once of all: facts to ask for, doubts."""
        return [finding for part in self.parts for finding in part.findings]


def _status(group: PersonFindings) -> str:
    known = STATUSES.get(group.people[0].status)
    return known[LANGUAGE] if known else "status kepegawaian belum diketahui"


def draft(kind: DocumentKind, basis: Basis) -> Writing:
    """The first text of a study or recommendation."""
    return Writing(
        considering=tuple(_considering(basis)),
        having_regard_to=tuple(dict.fromkeys(_having_regard_to(basis))),
        decides=tuple(_decides(kind, basis)),
    )


def _considering(basis: Basis) -> Iterable[str]:
    names = "; ".join(_named(person) for person in basis.people)
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
    name = person.name or "seseorang yang namanya belum diketahui"
    known = STATUSES.get(person.status)
    parts = (name, person.post, person.agency, known[LANGUAGE] if known else "")
    return ", ".join(part for part in parts if part)


def _having_regard_to(basis: Basis) -> Iterable[str]:
    """Statutes first, as `law` orders them; where nothing applies yet, what was examined."""
    for part in basis.parts:
        yield from part.conclusion.having_regard_to or _citations(part.findings)


def _citations(findings: Iterable[Finding]) -> Iterable[str]:
    for finding in findings:
        yield from finding.citations


def _decides(kind: DocumentKind, basis: Basis) -> Iterable[str]:
    for part in basis.parts:
        applying = [finding for finding in part.findings if finding.applies == "yes"]
        yield from (part.prefix + _fulfilled(finding) for finding in applying)
        if not applying:
            yield from (part.prefix + line for line in _open_questions(part.findings))
        yield from (part.prefix + line for line in _range(part.conclusion))
        if not part.findings:
            yield part.prefix + "tidak ada norma dalam katalog yang berlaku atas fakta ini;"
    if kind == DocumentKind.RECOMMENDATION:
        yield from dict.fromkeys(_recommended(part) for part in basis.parts)


def _recommended(part: Part) -> str:
    labels = [found.authority_label for found in part.findings if found.authority_label]
    to = labels[0][LANGUAGE] if labels else "pejabat yang berwenang"
    return (
        f"merekomendasikan kepada {to} agar memeriksa terlapor, mendengar keterangannya, dan "
        "memutuskan menurut peraturan perundang-undangan;"
    )


def _fulfilled(finding: Finding) -> str:
    weak = "" if finding.may_propose else "; teksnya belum cukup terverifikasi untuk diusulkan"
    return f"perbuatan yang diduga, jika terbukti, memenuhi unsur {_norm_title(finding)}{weak};"


def _open_questions(findings: Iterable[Finding]) -> Iterable[str]:
    """What cannot be said yet: norms that wait for the same facts in one sentence."""
    waiting: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        waiting.setdefault(finding.missing, []).append(finding)
    for missing, found in waiting.items():
        titles = "; ".join(map(_norm_title, found))
        asked = " ".join(FACTS[key].question[LANGUAGE] for key in missing)
        unknown = f". Yang belum diketahui: {asked}" if asked else ";"
        yield f"belum dapat ditentukan apakah berlaku: {titles}{unknown}"


def _norm_title(finding: Finding) -> str:
    basis = f" ({finding.citations[0]})" if finding.citations else ""
    return f"{finding.title[LANGUAGE]}{basis}"


def _range(conclusion: Conclusion) -> Iterable[str]:
    """One range for all breaches together: several lead to one sanction, the heaviest."""
    if conclusion.sanctions:
        one = ", satu sanksi yang terberat (PP 94/2021 ps 35)" if one_of_several(conclusion) else ""
        kinds = "; ".join(_cited(kind) for kind in conclusion.sanctions)
        yield f"jika terbukti, rentang sanksi yang diatur{one}: {kinds};"
    if conclusion.moral:
        yield f"jika terbukti, sanksi moral: {'; '.join(map(_cited, conclusion.moral))};"


def one_of_several(conclusion: Conclusion) -> bool:
    """Whether PP 94/2021 ps 35 leads several breaches to one sanction; it binds civil servants,
    not those whose discipline is their employer's own rule.
    """
    several = len([found for found in conclusion.applying if found.sanctions]) > 1
    return several and all(kind.level != "employer_rule" for kind in conclusion.sanctions)


def _cited(kind: Sanction) -> str:
    return f"{kind.title[LANGUAGE]} ({kind.citation})"


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

    kind: Kind
    dated_on: date
    language: letters.Language = "id"
    number: str = ""
    place: str = ""
    subject: str = ""
    addressee: letters.Addressee = field(default_factory=letters.Addressee)
    signatory: letters.Signatory = field(default_factory=letters.Signatory)
    points: tuple[str, ...] = ()
    copies_to: tuple[str, ...] = ()
    reply_by: date | None = None
    # Which of the reported persons it names, by their place; none: all of them.
    about: frozenset[int] = frozenset()
    # For a summons: when, where, before whom; no day: that of the summons on file.
    meets_on: date | None = None
    hour: str = ""
    meets_at: str = ""
    before: str = ""


# These print the study or the recommendation, and with it everybody whom that is about. Any other
# letter may name one person and not another.
WITH_TEXT = (
    Kind.STUDY,
    Kind.RECOMMENDATION,
    Kind.FORWARDING,
    Kind.OUTSIDE_FILE,
)


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
    some = () if cover.kind in WITH_TEXT else cover.about
    named = [person for place, person in enumerate(basis.people) if not some or place in some]
    text = recommendation if cover.kind == Kind.RECOMMENDATION else study
    made = letters.Letter(
        kind=cover.kind,
        organ=letters.Organ(name=organ.name, address=organ.address),
        dated_on=cover.dated_on,
        place=cover.place,
        number=cover.number,
        subject=cover.subject,
        addressee=cover.addressee,
        case_number=basis.case.number,
        reported=tuple(_reported(person) for person in named),
        points=cover.points,
        reply=letters.Reply(cover.reply_by) if cover.reply_by else None,
        signatory=cover.signatory,
        copies_to=cover.copies_to,
        draft=False,
    )
    if cover.kind not in WITH_TEXT:
        return made
    made = _with_text(made, text, basis, exhibits)
    if cover.kind == Kind.OUTSIDE_FILE:
        return replace(made, fields=channel_fields(basis, exhibits, study, channel))
    if cover.kind == Kind.FORWARDING:
        # This form has no table of exhibits: the addressee sees them as enclosures.
        listed = tuple(f"{found.number}: {found.title}" for found in made.exhibits)
        return replace(made, attachments=listed)
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
        norms=tuple(
            _norm(finding, part.label) for part in basis.parts for finding in part.findings
        ),
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
        norms=tuple(dict.fromkeys(_citations(_of(basis, person)))),
        exhibits=tuple(f"B-{found.row.position}: {found.title}" for found in exhibits),
        case_number=basis.case.number,
    )


def _of(basis: Basis, person: Person) -> Sequence[Finding]:
    return next((part.findings for part in basis.parts if person in part.people), ())


def _reported(person: Person) -> letters.ReportedPerson:
    return letters.ReportedPerson(
        name=person.name, post=person.post, agency=person.agency, region=region_name(person.region)
    )


def _norm(finding: Finding, status: str) -> letters.Norm:
    title = finding.title[LANGUAGE]
    return letters.Norm(
        title=f"{title} ({status})" if status else title,
        citations=finding.citations,
        applies=finding.applies,
        level=VERIFICATION[finding.level][LANGUAGE],
        sanctions=tuple(sanction.title[LANGUAGE] for sanction in finding.sanctions),
        missing=tuple(FACTS[key].question[LANGUAGE] for key in finding.missing),
    )
