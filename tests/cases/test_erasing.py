"""What has been kept long enough goes by the word of two officers, and nothing of it stays."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ForeignKey

from tests.cases.conftest import AT, TJAHJO, Office, file_report, log_in, make_case
from tests.cases.test_deciding import LIGHT, at_decision, decide
from tests.cases.writing import deliver_all, write_all
from timbang.cases import actions, archive, retention
from timbang.cases.actions import Seen, erasing
from timbang.cases.fates import FATES, How
from timbang.cases.models import (
    Case,
    CaseKey,
    Decision,
    Erasure,
    LegalHold,
    PublicCase,
    Routing,
    SearchToken,
)
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal
from timbang.ledger import actions as ledger
from timbang.ledger.commands import log
from timbang.ledger.keys import signing_key
from timbang.ledger.models import Entry
from timbang.ledger.openings import listed, openings
from timbang.ledger.verifying import verify
from timbang.reports import storage
from timbang.reports.models import Attachment, FileToRemove, Report

LATER = datetime(2033, 1, 3, 3, 0, tzinfo=UTC)
MODELS = [
    model for room in ("reports", "cases") for model in apps.get_app_config(room).get_models()
]


def table_of(model: type[models.Model]) -> str:
    return model._meta.label


# what is named


@pytest.mark.parametrize("model", MODELS, ids=table_of)
def test_every_table_has_a_fate_and_no_sealed_column_stays(model: type[models.Model]) -> None:
    """A new table or a new sealed column fails here until `cases.fates` says what becomes of it."""
    fate = FATES[table_of(model)]
    sealed = set(model.CLASSES["sealed"])  # type: ignore[attr-defined]
    if fate.how == How.APART:
        assert fate.why
        assert not paths(model), "it hangs on a case or a report"
    elif fate.how == How.EMPTIED:
        assert sealed <= set(fate.columns)
    elif fate.how in (How.STAYS, How.LET_GO):
        assert not sealed
        assert fate.why
    else:
        assert fate.case or fate.report


def test_no_fate_is_of_a_table_that_is_gone() -> None:
    assert set(FATES) == set(map(table_of, MODELS))


def paths(model: type[models.Model]) -> set[str]:
    """To which of case and report a row of this model leads by its own columns."""
    found = set()
    for column in model._meta.concrete_fields:
        if isinstance(column, ForeignKey):
            if column.related_model in (Case, Report):
                found.add(column.related_model._meta.model_name)
            elif FATES.get(column.related_model._meta.label, None) is not None:
                other = FATES[column.related_model._meta.label]
                found |= {"case"} if other.how == How.GOES and other.case else set()
                found |= {"report"} if other.how == How.GOES and other.report else set()
    return {str(name) for name in found}


@pytest.mark.parametrize("label", [name for name, fate in FATES.items() if fate.how == How.GOES])
def test_rows_go_before_what_they_point_to(label: str) -> None:
    order = list(FATES)
    model = apps.get_model(label)
    for column in model._meta.concrete_fields:
        if isinstance(column, ForeignKey) and column.related_model is not model:
            other = FATES.get(column.related_model._meta.label)
            if other is not None and other.how == How.GOES:
                through = any(
                    path.startswith(column.name)
                    for path in (*FATES[label].case, *FATES[label].report)
                )
                later = order.index(column.related_model._meta.label) > order.index(label)
                assert later or not through, column


# the table


def test_the_shipped_schedule_says_of_each_period_that_it_is_ours() -> None:
    found = retention.table()
    assert set(found.rules) == set(retention.CODES)
    assert all(rule.ours and rule.reason.id for rule in found.rules.values())
    assert {basis.level for basis in found.basis} == {"memory"}


@pytest.mark.parametrize(
    ("decided", "code"),
    [
        ([], "no_decision"),
        ([("not_proven", "")], "cleared"),
        ([("not_proven", ""), ("proven", "ringan")], "light"),
        ([("proven", "ringan"), ("proven", "berat")], "severe"),
        ([("beyond_authority", ""), ("proven", "sedang")], "beyond_authority"),
        ([("proven", "")], "proven"),
        ([("proven", "moral")], "proven"),
    ],
)
def test_the_gravest_decision_sets_the_period(decided: list[tuple[str, str]], code: str) -> None:
    assert retention.code_of(decided) == code


def test_a_period_ends_on_the_same_day_of_a_later_year() -> None:
    rule = retention.table().rules["cleared"]
    assert rule.due_on(date(2026, 11, 2)) == date(2028, 11, 2)
    assert rule.due_on(date(2024, 2, 29)) == date(2026, 3, 1)
    day = date(2024, 2, 26)
    while day < date(2024, 3, 4):
        for on in (date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1), date(2028, 2, 29)):
            assert (rule.due_on(day) <= on) == (day <= rule.ended_by(on)), (day, on)
        day = date.fromordinal(day.toordinal() + 1)


@pytest.mark.parametrize(
    "wrong",
    ["rules: []", "rules: [{code: cleared}]", "basis: [{citation: x, level: no, text: {}}]\nrules: []"],
)  # fmt: skip
def test_a_schedule_that_is_not_whole_is_refused(wrong: str, tmp_path: object) -> None:
    file = settings.DATA / "schedule.yaml"
    file.write_text(wrong)
    retention.table.cache_clear()
    with pytest.raises(retention.TableError):
        retention.table(file)


# a case


@pytest.fixture
def ppk(db: None) -> Office:
    from tests.cases.conftest import office

    return office("ppk-32", "appointing_officer", "pandu", "pertiwi")


@pytest.fixture
def pandu(ppk: Office) -> Desk:
    return ppk.desks["pandu"]


@pytest.fixture
def pertiwi(ppk: Office) -> Desk:
    return ppk.desks["pertiwi"]


def end(case: Case) -> Case:
    Case.objects.filter(pk=case.pk).update(ended_on=AT.date(), ended_as="sanction_recorded")
    from timbang.cases.models import OpenTerm

    OpenTerm.objects.filter(case=case, closed_on=None).update(closed_on=AT.date())
    case.refresh_from_db()
    CaseKey.objects.filter(case=case).update(running=False, due_on=date(9999, 12, 31))
    return case


@pytest.fixture
def ended(ppk: Office, pertiwi: Desk) -> Case:
    """A case in which a light sanction was given, with documents, letters, minutes, a hearing."""
    case = at_decision(ppk, TJAHJO)
    decide(case.accused.get(), LIGHT, pertiwi)
    deliver_all(case, pertiwi)
    write_all(case, ppk.desks["pandu"])
    return end(case)


def erase(case: Case, first: Desk, second: Desk, *, at: datetime = LATER) -> Erasure:
    proposed = actions.propose_erasure(case, seen=Seen.now(case), by=first, at=at)
    return actions.carry_out_erasure(proposed, by=second, at=at)


def test_nothing_is_erased_before_its_day(ended: Case, pandu: Desk) -> None:
    assert archive.due_on(ended) == date(2031, 11, 2)
    early = datetime(2031, 11, 1, 3, 0, tzinfo=UTC)
    with pytest.raises(Refusal, match="kept until 2031-11-02"):
        actions.propose_erasure(ended, seen=Seen.now(ended), by=pandu, at=early)
    assert archive.due_cases(pandu.officer, on=early.date()) == ([], "")
    [due], _more = archive.due_cases(pandu.officer, on=date(2031, 11, 2))
    assert (due.row, due.rule.code, due.due_on) == (ended, "light", date(2031, 11, 2))


def test_the_database_and_the_table_know_the_same_rule(ended: Case, pandu: Desk) -> None:
    row = Decision.objects.get()
    for finding, level, kind in (
        ("proven", "berat", "dismissal"), ("proven", "", ""), ("not_proven", "", ""),
        ("beyond_authority", "", ""), ("proven", "sedang", "x"),
    ):  # fmt: skip
        Decision.objects.filter(pk=row.pk).update(finding=finding, level=level, kind=kind)
        [found] = archive._ruled(Case.objects.filter(pk=ended.pk))
        assert found.rule == archive.rule_of(ended).code, (finding, level)
    Decision.objects.filter(pk=row.pk).update(state="annulled")
    assert archive._ruled(Case.objects.all()).get().rule == archive.rule_of(ended).code


def test_a_running_case_is_never_erased(ppk: Office, pandu: Desk) -> None:
    case = at_decision(ppk, TJAHJO)
    with pytest.raises(Refusal, match="not over"):
        actions.propose_erasure(case, seen=Seen.now(case), by=pandu, at=LATER)


def test_one_officer_alone_erases_nothing(ended: Case, pandu: Desk) -> None:
    with pytest.raises(Refusal, match="You proposed it"):
        erase(ended, pandu, pandu)
    row = Erasure.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.answer, row.answered_by, row.answered_on = "erased", pandu.officer, LATER.date()
        row.entry = Entry.objects.first()
        row.save()


def test_nothing_of_an_erased_case_can_be_opened_again(
    ended: Case, pandu: Desk, pertiwi: Desk
) -> None:
    assert SearchToken.objects.exists()
    before = sealed_values()
    done = erase(ended, pandu, pertiwi)
    for model in MODELS:
        if FATES[table_of(model)].how == How.GOES:
            assert not model._default_manager.exists(), model
    assert not before & sealed_values()
    assert len(before) > 30
    assert done.rows > 30
    case = Case.objects.get()
    assert (case.number, case.ended_on) == (ended.number, AT.date())
    assert not Case.objects.held_by(pandu.organ).exists()
    assert PublicCase.objects.exists()
    assert not Routing.objects.exists()


def sealed_values() -> set[bytes]:
    found = set()
    for model in MODELS:
        for column in model.CLASSES["sealed"]:  # type: ignore[attr-defined]
            values = model._default_manager.values_list(column, flat=True)
            found |= {bytes(value) for value in values if value}
    return found


def test_the_log_still_verifies_and_says_which_openings_are_gone(
    ended: Case, pandu: Desk, pertiwi: Desk
) -> None:
    ledger.sequence(at=AT)
    ledger.release_daily(on=AT.date())
    ledger.publish(settings.LOG, at=AT)
    named = Entry.objects.filter(body__case=str(ended.pk)).exclude(salt=b"")
    assert named.exists()
    erase(ended, pandu, pertiwi)
    assert not named.exists()
    [entry] = Entry.objects.filter(act="case.erased")
    assert "case" not in entry.body
    assert ledger.opening(entry)
    ledger.sequence(at=LATER)
    ledger.publish(settings.LOG, at=LATER)
    assert verify(settings.LOG, signing_key().vkey).ok
    found = openings(Entry.objects.count())
    assert (found.wrong, found.lost) == ((), ())
    gone_at = Entry.objects.filter(salt=b"").values_list("position", flat=True)
    assert set(found.erased) == set(gone_at)
    assert found.held + len(found.erased) == Entry.objects.count()
    said = CliRunner().invoke(
        log, ["verify", str(settings.LOG), "--key", signing_key().vkey, "--here"]
    )
    assert said.exit_code == 0
    assert f"{len(found.erased)} openings were erased: " in said.output
    gone = Entry.objects.filter(salt=b"").first()
    assert gone is not None
    assert ledger.proof(gone)
    with pytest.raises(Refusal, match="has been erased"):
        ledger.opening(gone)


def test_a_hold_of_any_office_keeps_a_case(ended: Case, pandu: Desk, pertiwi: Desk) -> None:
    proposed = actions.propose_erasure(ended, seen=Seen.now(ended), by=pandu, at=LATER)
    ended.refresh_from_db()
    with pytest.raises(Refusal, match="why it must be kept"):
        actions.place_hold(ended, " ", seen=Seen.now(ended), by=pandu, at=LATER)
    seen = Seen.now(ended)
    for _twice in range(2):
        hold = actions.place_hold(ended, "Gugatan di PTUN.", seen=seen, by=pandu, at=LATER)
    ended.refresh_from_db()
    proposed.refresh_from_db()
    assert proposed.answer == Erasure.Answer.REFUSED
    with pytest.raises(Refusal, match="answered already"):
        actions.carry_out_erasure(proposed, by=pertiwi, at=LATER)
    with pytest.raises(Refusal, match="holds it back"):
        actions.propose_erasure(ended, seen=Seen.now(ended), by=pandu, at=LATER)
    assert archive.due_cases(pandu.officer, on=LATER.date()) == ([], "")
    assert archive.part(ended, pertiwi, on=LATER.date()).holds[0].reason == "Gugatan di PTUN."
    actions.lift_hold(hold, "Putusan tetap.", seen=Seen.now(ended), by=pertiwi, at=LATER)
    ended.refresh_from_db()
    assert archive.part(ended, pertiwi, on=LATER.date()).holds[0].lift == "Putusan tetap."
    assert erase(ended, pandu, pertiwi).answer == Erasure.Answer.ERASED


def test_a_hold_stays_when_the_office_that_made_it_is_another_one(
    ended: Case, pandu: Desk, charlie: Desk
) -> None:
    from timbang.cases import vault

    key = vault.give_case_key(charlie.organ, vault.case_key(ended, pandu))
    CaseKey.objects.create(
        case=ended, organ=charlie.organ, sealed_key=key, since_on=AT.date(), running=False,
        kind=ended.kind, procedure=ended.procedure.code, step=ended.step,
    )  # fmt: skip
    hold = actions.place_hold(ended, "Perkara kami.", seen=Seen.now(ended), by=charlie, at=LATER)
    ended.refresh_from_db()
    with pytest.raises(Refusal, match="Only the office that holds it back"):
        actions.lift_hold(hold, "Sudah.", seen=Seen.now(ended), by=pandu, at=LATER)
    with pytest.raises(Refusal, match="Another organ holds this case"):
        actions.propose_erasure(ended, seen=Seen.now(ended), by=charlie, at=LATER)


def test_who_proposed_takes_it_back_and_another_refuses(
    ended: Case, pandu: Desk, pertiwi: Desk
) -> None:
    for desk, answer in ((pandu, "taken_back"), (pertiwi, "refused")):
        ended.refresh_from_db()
        row = actions.propose_erasure(ended, seen=Seen.now(ended), by=pandu, at=LATER)
        assert actions.stop_erasure(row, by=desk, at=LATER).answer == answer
    assert Case.objects.held_by(pandu.organ).exists()


def test_a_matter_is_kept_as_long_as_its_longest_case(
    ended: Case, pandu: Desk, ppk: Office
) -> None:
    from timbang.cases.models import CaseLink

    other = end(at_decision(ppk, TJAHJO))
    CaseLink.objects.create(case=other, earlier=ended, why="objection", linked_on=AT.date())
    Case.objects.filter(pk=other.pk).update(ended_on=date(2032, 1, 1))
    ended.refresh_from_db()
    with pytest.raises(Refusal, match="must be kept still"):
        actions.propose_erasure(ended, seen=Seen.now(ended), by=pandu, at=LATER)


def test_a_report_on_which_another_case_rests_stays(
    ppk: Office, pandu: Desk, pertiwi: Desk
) -> None:
    report = file_report(ppk.organ)
    first, second = make_case(pandu, report, kind="neutrality"), None
    from timbang.cases.models import CaseReport

    second = make_case(pandu, file_report(ppk.organ))
    CaseReport.objects.create(
        case=second, report=report, joined_on=AT.date(), joined_by=pandu.officer
    )
    assert archive.reports_going(first) == []
    erase(end(first), pandu, pertiwi)
    assert Report.objects.filter(pk=report.pk).exists()
    assert archive.reports_going(second)[0] in Report.objects.all()


# a report


def rejected(ppk: Office, desk: Desk) -> Report:
    report = file_report(ppk.organ, files=True)
    actions.reject_report(report, reason="Bukan ASN.", by=desk, at=AT)
    return report


def test_a_report_goes_with_its_files(ppk: Office, pandu: Desk, pertiwi: Desk) -> None:
    report = rejected(ppk, pandu)
    name = Attachment.objects.get().stored_as
    early = datetime(2027, 11, 1, 3, 0, tzinfo=UTC)
    assert archive.due_reports(pandu.officer, on=early.date()) == []
    with pytest.raises(Refusal, match="kept until 2027-11-02"):
        actions.propose_report_erasure(report, by=pandu, at=early)
    [due] = archive.due_reports(pandu.officer, on=date(2027, 11, 2))
    assert due.row == report
    row = actions.propose_report_erasure(report, by=pandu, at=LATER)
    with pytest.raises(Refusal, match="You proposed it"):
        actions.carry_out_erasure(row, by=pandu, at=LATER)
    before = sealed_values()
    done = actions.carry_out_erasure(row, by=pertiwi, at=LATER)
    assert (done.files, done.answer) == (1, "erased")
    assert not Report.objects.exists()
    assert not before & sealed_values()
    assert not Entry.objects.filter(body__report=str(report.pk)).exists()
    # the file goes after the rows, also when somebody was killed in between
    assert storage.exists(name)
    assert erasing.remove_files(at=LATER) == 1
    assert not storage.exists(name)
    assert not storage.exists(name + storage.COPY)
    assert not FileToRemove.objects.exists()


def test_a_hold_knows_who_and_why(ended: Case, pandu: Desk) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        hold = actions.place_hold(ended, "x", seen=Seen.now(ended), by=pandu, at=LATER)
        LegalHold.objects.filter(pk=hold.pk).update(lifted_on=LATER.date())
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def test_positions_are_told_as_runs() -> None:
    assert listed([3, 4, 5, 9, 11, 12]) == "3-5, 9, 11-12"
    assert listed([]) == ""
    assert listed(range(0, 60, 2)).endswith("38 and 10 more runs")


# on the desk


def test_two_officers_at_the_desk(
    ended: Case, pandu: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from timbang.cases.views import archive as pages

    monkeypatch.setattr(pages, "now", lambda: LATER)
    first, second = log_in("pandu"), log_in("pertiwi")
    page = first.get("/en/meja/arsip/").content.decode()
    assert ended.number in page
    assert "Light sanction" in page
    assert "ours: no norm that was read says so" in page
    place = f"/en/meja/kasus/{ended.pk}/hapus/"
    sure = {"once": str(uuid4()), "version": ended.version, "sure": "on"}
    assert "Propose it" in first.get(place).content.decode()
    assert first.post(place, sure | {"sure": ""}).status_code == 200
    assert first.post(place, sure).status_code == 302
    row = Erasure.objects.get()
    here = f"/en/meja/arsip/{row.pk}/"
    assert "You can take it back" in first.get(here).content.decode()
    again = {"once": str(uuid4()), "version": "", "sure": "on"}
    assert first.post(here, again).status_code == 409
    assert "Erase it for good" in second.get(here).content.decode()
    for _twice in range(2):
        assert second.post(here, again).status_code == 302
    assert first.get(f"/en/meja/kasus/{ended.pk}/").status_code == 404
    assert ended.number in first.get("/en/meja/arsip/").content.decode()


def test_the_whole_file_and_a_hold_at_the_desk(ended: Case, pandu: Desk) -> None:
    client, place = log_in("pandu"), f"/en/meja/kasus/{ended.pk}/"
    form = {"once": str(uuid4()), "version": ended.version}
    answer = client.post(place + "paket/", form)
    assert answer["Content-Disposition"].startswith('attachment; filename="0001-PPK-32-2026.zip"')
    assert answer.content.startswith(b"PK")
    ended.refresh_from_db()
    form = {"once": str(uuid4()), "version": ended.version, "reason": "Gugatan di PTUN."}
    assert client.post(place + "tahan/", form).status_code == 302
    page = client.get(place).content.decode()
    assert "Gugatan di PTUN." in page
    assert "Whole file taken as a package" in page
    hold = LegalHold.objects.get()
    form = {"once": str(uuid4()), "version": "", "reason": "Putusan tetap."}
    assert client.post(f"{place}tahan/{hold.pk}/", form).status_code == 302
    assert "Putusan tetap." in client.get(place).content.decode()
