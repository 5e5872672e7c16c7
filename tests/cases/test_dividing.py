"""Cases split, merged and linked: nobody gains a day or a role, and nothing is lost on the way."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date

import pytest

from tests.cases.conftest import AT, CONFIRMED, TJAHJO, Office, days_later, file_report, make_case
from timbang.cases import course, reading, vault, ways
from timbang.cases.actions import (
    Seen,
    Taking,
    choose_words,
    dividing,
    record_hearing,
    shelving,
    take_step,
)
from timbang.cases.actions.dividing import Part, merge_cases, split_case
from timbang.cases.models import (
    Accused,
    Case,
    CaseKey,
    CaseStep,
    Hearing,
    OpenTerm,
    PublicCase,
)
from timbang.cases.vault import Desk, Person
from timbang.law.refusal import Refusal
from timbang.ledger.models import Entry
from timbang.reports import actions as reports
from timbang.reports.models import Report

SITI = Person("Siti Aminah", "Lurah Contoh", "Kota Contoh", "32.73", "PNS")
LATER = days_later(1)


@pytest.fixture
def two(alice: Desk, bawaslu: Office) -> Case:
    """A case against two persons on two reports, with an exhibit."""
    one, other = file_report(bawaslu.organ), file_report(bawaslu.organ)
    case = make_case(alice, one, other, people=[TJAHJO, SITI], procedure_id="pemilihan_report")
    opened = reports.open_report(one, alice.private)
    choose_words(
        case, opened, title="Kutipan", text="kutipan", seen=Seen.now(case), by=alice, at=AT
    )
    case.refresh_from_db()
    return case


def person(case: Case, place: int) -> uuid.UUID:
    return Accused.objects.get(case=case, position=place).pk


def split(case: Case, desk: Desk, *, people: int = 2, **more: object) -> Case:
    given: dict[str, object] = {"reason": "Perbuatannya lain.", "by": desk, "at": LATER}
    part = more.pop("part", Part(frozenset({person(case, people)})))
    made = split_case(case, part, seen=Seen.now(case), **(given | more))  # type: ignore[arg-type]
    case.refresh_from_db()
    return made


def merge(case: Case, into: Case, desk: Desk, **more: object) -> CaseStep:
    given: dict[str, object] = {"reason": "Peristiwanya satu.", "by": desk, "at": LATER}
    line = merge_cases(case, into, seen=Seen.now(case), **(given | more))  # type: ignore[arg-type]
    case.refresh_from_db()
    into.refresh_from_db()
    return line


def names(case: Case, desk: Desk) -> list[str]:
    return [found.person.name for found in reading.people_of(case, desk, on=AT.date())]


def term(case: Case) -> tuple[date | None, date | None, date | None] | None:
    days = ("started_on", "safe_day", "last_day")
    return OpenTerm.objects.running().filter(case=case).values_list(*days).first()


def register(case: Case, desk: Desk) -> None:
    declared = frozenset({"formal_complete", "material_complete", "in_time"})
    take_step(case, Taking("register", declared=declared), seen=Seen.now(case), by=desk, at=AT)
    case.refresh_from_db()


def test_persons_reports_and_exhibits_go_as_chosen(two: Case, alice: Desk) -> None:
    one, other = (link.report_id for link in two.reports.order_by("pk"))
    part = Part(
        people=frozenset({person(two, 1)}),
        moved=frozenset({one}),
        shared=frozenset({other}),
        exhibits=frozenset(two.exhibits.values_list("pk", flat=True)),
    )
    new = split(two, alice, part=part)
    assert (names(two, alice), names(new, alice)) == ([SITI.name], [TJAHJO.name])
    assert {link.report_id for link in two.reports.all()} == {other}
    assert {link.report_id for link in new.reports.all()} == {one, other}
    [exhibit] = reading.exhibits_of(new, alice)
    assert vault.open_file(exhibit.row, alice) == b"kutipan"
    assert exhibit.row.pk != two.exhibits.get().pk
    assert reading.facts_of(new, alice) == reading.facts_of(two, alice)
    assert [row.position for row in two.accused.all()] == [1]


def test_both_journals_say_so_and_each_act_is_one_entry(two: Case, alice: Desk) -> None:
    new = split(two, alice)
    assert CaseStep.objects.filter(case=two, act="split").count() == 1
    assert new.journal.get(act="opened").to == two.step
    assert Entry.objects.filter(act="case.split").count() == 1
    assert {tie.case for tie in ways.ties_of(new, alice)} == {two}
    assert PublicCase.objects.count() == 2
    assert shelving.misplaced() == []


def test_a_split_gains_no_day(two: Case, alice: Desk) -> None:
    register(two, alice)
    before = term(two)
    assert before is not None
    new = split(two, alice)
    assert term(new) == term(two) == before
    assert new.step == two.step == "study"


def test_who_acted_before_a_split_has_acted_in_both(two: Case, alice: Desk, bob: Desk) -> None:
    register(two, alice)
    new = split(two, bob)
    assert course.acted_at(new, alice.officer) == {"initial_study"}
    assert course.acted_at(new, bob.officer) == frozenset()
    assert course.taken(new) == course.taken(two)


def test_the_new_key_goes_to_whom_the_old_one_went_and_to_nobody_else(
    two: Case, alice: Desk, dewi: Desk
) -> None:
    key = vault.give_case_key(dewi.organ, vault.case_key(two, alice))
    CaseKey.objects.create(case=two, organ=dewi.organ, sealed_key=key, since_on=AT.date())
    new = split(two, alice)
    assert {held.organ for held in new.keys.all()} == {alice.organ, dewi.organ}
    assert names(new, dewi) == [SITI.name]
    assert vault.case_key(new, dewi) != vault.case_key(two, dewi)
    # What was split off is closed to the key that was known before.
    row = Accused.objects.get(case=new)
    with pytest.raises(vault.keys.WrongKey):
        vault.open_person(vault.case_key(two, dewi), row)


def test_a_hearing_goes_with_the_person(two: Case, alice: Desk) -> None:
    row = Accused.objects.get(case=two, position=2)
    record_hearing(row, held_on=AT.date(), seen=Seen.now(two), by=alice, at=AT)
    two.refresh_from_db()
    new = split(two, alice)
    assert Hearing.objects.get().case == new
    assert reading.people_of(new, alice, on=AT.date())[0].hearings == (AT.date(),)


def test_merging_again_undoes_a_split(two: Case, alice: Desk) -> None:
    before = {link.report_id for link in two.reports.all()}, term(two)
    one = two.reports.first()
    assert one is not None
    part = Part(frozenset({person(two, 2)}), moved=frozenset({one.report_id}))
    new = split(two, alice, part=part)
    merge(new, two, alice)
    assert names(two, alice) == [TJAHJO.name, SITI.name]
    assert ({link.report_id for link in two.reports.all()}, term(two)) == before
    assert (new.ended_as, new.accused.count(), new.reports.count()) == ("merged", 0, 0)
    assert str(course.title_of(new, "end:merged"))
    assert not OpenTerm.objects.running().filter(case=new).exists()
    assert {report.status for report in Report.objects.all()} == {"in_case"}
    assert two.exhibits.count() == 1
    assert shelving.misplaced() == []


def test_two_cases_of_one_event_become_one(alice: Desk, bob: Desk, bawaslu: Office) -> None:
    first = make_case(alice, file_report(bawaslu.organ), procedure_id="pemilihan_report")
    register(first, alice)
    second = make_case(
        bob, file_report(bawaslu.organ), people=[SITI], procedure_id="pemilihan_report",
        at=LATER,
    )  # fmt: skip
    with pytest.raises(Refusal, match="ends first"):
        merge(first, second, bob)
    merge(second, first, bob)
    assert names(first, alice) == [TJAHJO.name, SITI.name]
    assert first.reports.count() == 2
    page = {(tie.case, tie.why, tie.earlier) for tie in ways.ties_of(first, alice)}
    assert page == {(second, "merged", True)}


REFUSED: Mapping[str, tuple[Part, str, str]] = {
    "nobody goes": (Part(frozenset()), "x", "at least one person goes"),
    "a stranger goes": (Part(frozenset({uuid.uuid4()})), "x", "at least one person goes"),
    "a foreign report": (Part(frozenset(), frozenset({uuid.uuid4()})), "x", "at least one person"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_split_needs_somebody_who_goes_and_somebody_who_stays(
    two: Case, alice: Desk, name: str
) -> None:
    part, reason, said = REFUSED[name]
    with pytest.raises(Refusal, match=said):
        split(two, alice, part=part, reason=reason)
    assert Case.objects.count() == 1


def test_a_split_is_refused_with_what_is_wrong(two: Case, alice: Desk) -> None:
    who, linked = person(two, 1), frozenset(two.reports.values_list("report", flat=True))
    everybody = frozenset(two.accused.values_list("pk", flat=True))
    tried = [
        (Part(everybody), "x", "one stays"),
        (Part(frozenset({who}), moved=linked), "x", "Leave the first case a report"),
        (Part(frozenset({who}), moved=linked, shared=linked), "x", "stays, goes"),
        (Part(frozenset({who})), " ", "Write the reason"),
    ]
    for part, reason, said in tried:
        with pytest.raises(Refusal, match=said):
            split(two, alice, part=part, reason=reason)
    assert Case.objects.count() == 1


def test_the_form_of_a_split_sent_twice_is_one_case(two: Case, alice: Desk) -> None:
    form, part = uuid.uuid4(), Part(frozenset({person(two, 2)}))
    seen = Seen(two.version, uuid.uuid4())
    given = {"reason": "x", "seen": seen, "by": alice, "at": LATER, "case_id": form}
    made = [split_case(two, part, **given) for _click in range(2)]  # type: ignore[arg-type]
    assert made[0] == made[1]
    assert Case.objects.count() == 2


def test_cases_that_other_offices_read_are_linked_and_not_merged(
    alice: Desk, dewi: Desk, bawaslu: Office
) -> None:
    first, second = (
        make_case(alice, file_report(bawaslu.organ), procedure_id="pemilihan_report")
        for _each in range(2)
    )
    key = vault.give_case_key(dewi.organ, vault.case_key(first, alice))
    CaseKey.objects.create(case=first, organ=dewi.organ, sealed_key=key, since_on=AT.date())
    for pair in ((first, second), (second, first)):
        with pytest.raises(Refusal, match="Other offices read"):
            merge(*pair, alice)
    dividing.link_cases(first, second, seen=Seen.now(first), by=alice, at=AT)
    [tie] = ways.ties_of(first, dewi)
    assert (tie.case, tie.held) == (second, False)
    with pytest.raises(Refusal, match="linked already"):
        dividing.link_cases(second, first, seen=Seen.now(second), by=alice, at=AT)


def test_another_organ_neither_splits_nor_merges(two: Case, charlie: Desk) -> None:
    with pytest.raises(Refusal, match="Another organ"):
        split(two, charlie)
    with pytest.raises(Refusal, match="Another organ"):
        merge(two, two, charlie)
    assert CONFIRMED  # the facts stay as they are
