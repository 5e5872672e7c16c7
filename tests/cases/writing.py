"""Small helpers of the tests: a study, a recommendation and a letter, really sealed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from tests.cases.conftest import AT
from timbang.cases import actions, course, decisions, lists, reading, vault
from timbang.cases.actions import Seen, deciding
from timbang.cases.minutes import Answer, Ending, Record
from timbang.cases.models import Accused, Case, Decision, DecisionFinding, DocumentKind
from timbang.cases.vault import Desk
from timbang.law import procedure as law

WRITING = {
    "considering": ["bahwa akun itu menyukai unggahan calon"],
    "having_regard_to": ["PP 94/2021 ps. 5 huruf n angka 5"],
    "decides": ["meneruskan hasil kajian"],
}


def write(case: Case, desk: Desk, kind: DocumentKind, **changes: object) -> None:
    actions.write_document(
        case,
        kind,
        {**WRITING, **changes},
        base_version=actions.writing.last_version(case, kind, desk),
        seen=Seen(None, Seen.now(case).once),
        by=desk,
        at=AT,
    )


def write_all(case: Case, desk: Desk) -> None:
    write(case, desk, DocumentKind.STUDY)
    write(case, desk, DocumentKind.RECOMMENDATION)
    actions.keep_letter(
        case, kind="recommendation", title="Surat", pdf=b"%PDF-1.7 surat",
        seen=Seen.now(case), by=desk, at=AT,
    )  # fmt: skip
    case.refresh_from_db()


def waiting(desk: Desk, *, at: datetime) -> list[reading.CaseLine]:
    """The cases that wait for this officer's organ, as a list of the desk shows them."""
    rows = lists.waiting(desk.officer).rows
    return reading.case_lines(rows, desk, on=course.today(desk.organ, at))


def elsewhere(desk: Desk) -> list[reading.Elsewhere]:
    """The lapses of other offices that this officer is shown."""
    return reading.lapsed_elsewhere(desk.officer)


def minuted(case: Case, desk: Desk, *, at: datetime = AT) -> None:
    """Minutes of each hearing of the case, complete and signed."""
    for hearing in case.hearings.filter(minutes=None):
        said = Record(
            place="Ruang rapat", private=True, examiners=("Pemeriksa",), read_back=True,
            answers=(Answer("Apakah benar?", "Ya, saya khilaf."),), own_words="Saya menyesal.",
        )  # fmt: skip
        base = {"seen": Seen(None, uuid4()), "by": desk, "at": at}
        actions.write_minutes(hearing, said, base=0, **base)  # type: ignore[arg-type]
        signed = Ending("signed", course.today(desk.organ, at).isoformat(), copy_given=True)
        base["seen"] = Seen(None, uuid4())
        actions.close_minutes(hearing, signed, **base)  # type: ignore[arg-type]
    case.refresh_from_db()


def decide_all(case: Case, desk: Desk, outcome: str, *, at: datetime = AT) -> None:
    """Decide about everybody as this outcome of the procedure says, on a norm that provides it."""
    step = course.step_of(case)
    assert step is not None
    [taken] = [found for found in step.outcomes if found.code == outcome]
    for row in decisions.undecided(case):
        case.refresh_from_db()
        told = verdict(case, row, taken, desk)
        deciding.decide_person(row, told, seen=Seen.now(case), by=desk, at=at)
    case.refresh_from_db()


def deliver_all(case: Case, desk: Desk, *, at: datetime = AT) -> None:
    """Every decision of the case is in the hands of whom it is about, with proof."""
    on = course.today(desk.organ, at)
    for row in Decision.objects.filter(case=case, delivered_on=None):
        case.refresh_from_db()
        deciding.deliver_decision(
            row, delivered_on=on, how=Decision.How.HANDED, proof="Tanda terima.",
            seen=Seen.now(case), by=desk, at=at,
        )  # fmt: skip
    case.refresh_from_db()


def verdict(case: Case, row: Accused, outcome: law.Outcome, desk: Desk) -> deciding.Verdict:
    """The first sanction of this outcome that a norm on the person provides; or none at all."""
    reasons = "Menurut berkas."
    if not outcome.records_sanction:
        return deciding.Verdict(outcome.code, DecisionFinding.NOT_PROVEN, reasons)
    person = vault.open_person(vault.case_key(case, desk), row)
    on = course.today(desk.organ, AT)
    norm, sanction = next(
        (finding.norm, sanction)
        for group in reading.findings_of(case, desk, on=on)
        if person in group.people
        for finding in group.relevant
        for sanction in finding.sanctions
        if not outcome.sanctions or sanction.level in outcome.sanctions
    )
    return deciding.Verdict(
        outcome.code, DecisionFinding.PROVEN, reasons, (norm,), sanction.level, sanction.kind,
        outside="Menurut berkas.",
    )  # fmt: skip


def clear(case: Case, desk: Desk, *people: Accused) -> None:
    """The letters that clear these persons, or everybody: nobody is not proven without his own."""
    for person in people or case.accused.all():
        actions.keep_letter(
            case, kind="closing_not_proven", title="Surat", pdf=b"%PDF-1.7 surat", clears=person,
            seen=Seen.now(case), by=desk, at=AT,
        )  # fmt: skip
        case.refresh_from_db()


def chosen(case: Case, desk: Desk) -> frozenset[UUID]:
    kinds = (DocumentKind.STUDY, DocumentKind.RECOMMENDATION, DocumentKind.LETTER)
    return frozenset(found.row.pk for found in reading.documents_of(case, desk, *kinds))
