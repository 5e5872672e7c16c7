"""Who a case is about is for the office that opened it; what clears a person is that very letter."""

from __future__ import annotations

import pytest

from tests.cases.conftest import AT
from tests.cases.test_handing_over import pass_to_bkn
from tests.cases.writing import write_all
from timbang.cases import actions, course, reading, vault
from timbang.cases.actions import Seen
from timbang.cases.models import Accused, Act, Case
from timbang.cases.vault import Desk, Person
from timbang.law.refusal import Refusal


def _names(case: Case, desk: Desk) -> list[str]:
    key = vault.case_key(case, desk)
    return [vault.open_person(key, row).name for row in case.accused.all()]


def _change(case: Case, row: Accused, desk: Desk, **changes: str) -> None:
    person = vault.open_person(vault.case_key(case, desk), row)
    changed = Person(**{**person.as_json(), **changes})  # type: ignore[arg-type]
    actions.write_person(case, row.pk, changed, seen=Seen.now(case), by=desk, at=AT)
    case.refresh_from_db()


def test_who_got_a_case_never_renames_the_person_it_is_about(
    case: Case, alice: Desk, dewi: Desk
) -> None:
    write_all(case, alice)
    pass_to_bkn(case, alice, dewi.organ)
    before, row = _names(case, dewi), case.accused.all()[0]
    with pytest.raises(Refusal):
        _change(case, row, dewi, name="Orang Lain")
    assert _names(case, dewi) == before
    _change(case, row, dewi, post="Sekretaris Dinas")
    acts = [line.row.act for line in reading.journal_of(case, alice)]
    assert Act.ACCUSED in acts, "the other holders see that something was changed"


def test_the_office_that_opened_a_case_corrects_a_name(case: Case, alice: Desk) -> None:
    _change(case, case.accused.all()[0], alice, name="Nama Yang Benar")
    assert "Nama Yang Benar" in _names(case, alice)


@pytest.mark.parametrize(
    ("kind", "guard"),
    [
        ("closing_not_proven", "clearing_letter_produced"),
        ("follow_up_warning", "warning_letter_produced"),
    ],
)
def test_a_question_to_a_witness_neither_clears_nor_warns(
    case: Case, alice: Desk, kind: str, guard: str
) -> None:
    def holds() -> bool | None:
        return course.guards(case, [], on=AT.date())[guard]

    def letter(made: str) -> None:
        actions.keep_letter(
            case, kind=made, title="Surat", pdf=b"%PDF", seen=Seen.now(case), by=alice, at=AT
        )
        case.refresh_from_db()

    letter("question")
    assert not holds()
    letter(kind)
    assert holds()
