"""Small helpers of the tests: a study, a recommendation and a letter, really sealed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from tests.cases.conftest import AT
from timbang.cases import actions, course, reading
from timbang.cases.actions import Seen
from timbang.cases.minutes import Answer, Ending, Record
from timbang.cases.models import Case, DocumentKind
from timbang.cases.vault import Desk

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


def clear(case: Case, desk: Desk) -> None:
    """The letter that clears a person, without which nobody is found not proven."""
    actions.keep_letter(
        case, kind="closing_not_proven", title="Surat", pdf=b"%PDF-1.7 surat",
        seen=Seen.now(case), by=desk, at=AT,
    )  # fmt: skip
    case.refresh_from_db()


def chosen(case: Case, desk: Desk) -> frozenset[UUID]:
    kinds = (DocumentKind.STUDY, DocumentKind.RECOMMENDATION, DocumentKind.LETTER)
    return frozenset(found.row.pk for found in reading.documents_of(case, desk, *kinds))
