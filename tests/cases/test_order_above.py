"""The order above: chain, motive, protection, proceedings; causes; opening anew; withdrawal."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.cases.conftest import AT, TJAHJO, Office, log_in
from tests.cases.test_deciding import (
    FREE,
    LIGHT,
    SITI,
    at_decision,
    decide,
    pandu,
    pertiwi,
    ppk,
    step,
)
from tests.cases.writing import clear
from timbang.cases import justice, reading
from timbang.cases.actions import Seen, above
from timbang.cases.actions.withdrawing import note_withdrawals
from timbang.cases.models import (
    Accused,
    Act,
    Case,
    CaseLink,
    ClosingCause,
    HowKnown,
    Motive,
    OrderGiver,
)
from timbang.cases.superiors import Superior
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal
from timbang.reports.models import Report

__all__ = ["pandu", "pertiwi", "ppk"]
BOSS = Superior("Bapak Sekda Contoh", "Sekretaris Daerah", "Kabupaten Contoh", "“Ikuti saja.”")


def order(row: Accused, desk: Desk, deed: str = "ordered", who: Superior = BOSS) -> OrderGiver:
    case = Case.objects.get(pk=row.case_id)
    return above.record_order(
        row, who, deed=OrderGiver.Deed(deed), how_known=HowKnown.HE_SAID, seen=Seen.now(case),
        by=desk, at=AT,
    )  # fmt: skip


def test_a_chain_of_orders_is_sealed_and_each_link_has_its_place(ppk: Office, pandu: Desk) -> None:
    row = at_decision(ppk).accused.get()
    first = order(row, pandu)
    second = order(row, pandu, "did_not_examine", Superior(post="Bupati Contoh"))
    assert (first.place, second.place) == (1, 2)
    assert BOSS.name.encode() not in bytes(first.sealed)
    found = justice.above(row.case, pandu)
    assert found.orders[0].who == BOSS
    norms = [{each.finding.norm for each in view.proposals} for view in found.orders]
    assert "pp_94_2021/28" in norms[1]
    assert all(each.level for view in found.orders for each in view.proposals)
    with pytest.raises(Refusal, match="Name the superior"):
        order(row, pandu, who=Superior())


def test_who_was_forced_and_tells_is_shown_what_protects_him_with_its_doubts(
    ppk: Office, pandu: Desk
) -> None:
    row = at_decision(ppk).accused.get()
    told = {"how_known": HowKnown.HE_SAID, "by": pandu, "at": AT}
    above.record_motive(row, Motive.Code.FORCED, seen=Seen.now(row.case), **told)  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="already"):
        above.record_motive(
            row,
            Motive.Code.FORCED,
            seen=Seen.now(Case.objects.get()),
            **told,  # type: ignore[arg-type]
        )
    found = justice.above(row.case, pandu)
    shown = {each.finding.norm: each for each in found.protection}
    assert shown["uu_31_2014/10(1)"].finding.applies == "unknown"
    assert any(doubt.code == "C45" for doubt in shown["uu_31_2014/10(1)"].finding.doubts)


def test_proceedings_against_a_superior_are_a_case_of_their_own(ppk: Office, pandu: Desk) -> None:
    case = at_decision(ppk)
    giver = order(case.accused.get(), pandu, "did_not_examine")
    told = {"procedure_id": "discipline_pp_94", "reason": "Tidak memeriksa.", "by": pandu, "at": AT}
    made = above.open_proceedings(giver, status="PNS", **told)  # type: ignore[arg-type]
    assert above.open_proceedings(giver, status="PNS", **told) == made  # type: ignore[arg-type]
    [person] = [found.person for found in reading.people_of(made, pandu, on=AT.date())]
    assert (person.name, person.post, person.status) == (BOSS.name, BOSS.post, "PNS")
    assert not made.reports.exists()
    assert CaseLink.objects.get(case=made).why == CaseLink.SUPERIOR
    assert reading.facts_of(made, pandu)["conduct"] == ["superior_did_not_examine"]
    applying = [f.norm for g in reading.findings_of(made, pandu, on=AT.date()) for f in g.applying]
    assert "pp_94_2021/28" in applying
    giver.refresh_from_db()
    assert giver.proceedings == made


def test_a_case_opened_anew_tries_nobody_twice(ppk: Office, pandu: Desk, pertiwi: Desk) -> None:
    case = at_decision(ppk, TJAHJO, SITI)
    tjahjo, siti = case.accused.all()
    told = {"new_facts": "Surat sakitnya palsu, menurut puskesmas.", "by": pandu, "at": AT}
    with pytest.raises(Refusal, match="still runs"):
        above.open_anew(case, {tjahjo.pk}, **told)  # type: ignore[arg-type]
    decide(tjahjo, LIGHT, pertiwi)
    decide(siti, FREE, pertiwi)
    Case.objects.filter(pk=case.pk).update(ended_on=AT.date(), ended_as="sanction_recorded")
    case.refresh_from_db()
    with pytest.raises(Refusal, match="not tried for it again"):
        above.open_anew(case, {tjahjo.pk}, **told)  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="Write why"):
        above.open_anew(case, {siti.pk}, **told | {"new_facts": " "})  # type: ignore[arg-type]
    made = above.open_anew(case, {siti.pk}, **told)  # type: ignore[arg-type]
    assert (made.procedure, made.step) == (case.procedure, "learn")
    [person] = [found.person for found in reading.people_of(made, pandu, on=AT.date())]
    assert person == SITI
    assert CaseLink.objects.get(case=made).why == CaseLink.REOPENED


def test_where_the_fault_lay_is_said_after_the_end_too(ppk: Office, pertiwi: Desk) -> None:
    case = at_decision(ppk)
    decide(case.accused.get(), FREE, pertiwi)
    clear(case, pertiwi)
    step(case, pertiwi, "no_breach")
    cause = ClosingCause.Cause
    told = {"words": "Aturan jam kerja tidak jelas.", "by": pertiwi, "at": AT}
    for wrong in ((), (cause.NO_FAULT, cause.CODE)):
        with pytest.raises(Refusal, match="Choose"):
            above.record_causes(case, wrong, seen=Seen.now(case), **told)  # type: ignore[arg-type]
    above.record_causes(case, (cause.CODE, cause.PROCEDURE), seen=Seen.now(case), **told)  # type: ignore[arg-type]
    case.refresh_from_db()
    above.record_causes(case, (cause.CODE,), seen=Seen.now(case), **told)  # type: ignore[arg-type]
    assert [row.cause for row in case.causes.all()] == ["code"]
    assert case.journal.filter(act=Act.CAUSE).count() == 2


def test_a_reporter_who_withdraws_does_not_end_the_case(ppk: Office, pandu: Desk) -> None:
    case = at_decision(ppk)
    assert note_withdrawals(at=AT) == 0
    Report.objects.update(withdrawn_on=AT.date())
    assert [note_withdrawals(at=AT), note_withdrawals(at=AT)] == [1, 0]
    case.refresh_from_db()
    assert (case.step, case.ended_on) == ("decide", None)
    assert reading.journal_of(case, pandu)[0].row.act == Act.WITHDRAWN


def test_the_pages_decide_deliver_and_show_what_was_given_before(ppk: Office) -> None:
    case = at_decision(ppk)
    row = case.accused.get()
    browser = log_in("pertiwi")
    here = reverse("cases:case", args=[case.pk])
    place = reverse("cases:decide", args=[case.pk, row.pk])
    assert place in browser.get(here).content.decode()
    page = browser.get(place)
    assert page.status_code == 200
    hidden = page.context["form"]
    sent = {
        "once": str(hidden["once"].value()), "version": hidden["version"].value(),
        "finding": "proven", "outcome": "light", "norms": ["pp_94_2021/4f"],
        "sanction": "ringan:written_reprimand", "post_level": "executing",
        "signer": "punishing_officer", "reasons": "Menurut daftar hadir.", "sure": "on",
    }  # fmt: skip
    answer = browser.post(place, sent)
    assert answer.status_code == 302, answer.content.decode()
    decision = row.decisions.get()
    text = browser.get(here).content.decode()
    assert TJAHJO.name in text
    assert reverse("cases:decision-deliver", args=[case.pk, decision.pk]) in text
    for name in ("deliver", "event", "correct"):
        found = browser.get(reverse(f"cases:decision-{name}", args=[case.pk, decision.pk]))
        assert found.status_code == 200
    assert browser.get(reverse("cases:reopen", args=[case.pk])).status_code == 404
    for name in ("order-above", "motive"):
        assert browser.get(reverse(f"cases:{name}", args=[case.pk, row.pk])).status_code == 200
    assert browser.get(reverse("cases:causes", args=[case.pk])).status_code == 200
    assert decision.norms == ["pp_94_2021/4f"]
