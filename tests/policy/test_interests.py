"""Declared interests: said before anything is looked at, decided or audited; and what they bar."""

from __future__ import annotations

import html
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from tests.policy import scene
from tests.policy.conftest import Cast, add, seated
from timbang.accounts.models import Officer
from timbang.law import recusal
from timbang.law.refusal import Refusal
from timbang.law.vocabulary import VERIFICATION
from timbang.policy import actions, course, desk_reading, ties
from timbang.policy.actions.journal import Undeclared
from timbang.policy.models import Dossier

pytestmark = pytest.mark.django_db

# Noon in Jakarta, so that this is one day there and in UTC.
NOW = datetime.now(UTC).replace(hour=5, minute=0)
# The first day on which comments may be closed.
LATER = NOW + scene.OPEN
SUNSET = (NOW + timedelta(days=60)).date().isoformat()
GAINS = {"relation": "gains", "words": "Keluarga saya memasok beras."}


@pytest.fixture
def dossier(cast: Cast) -> Dossier:
    return scene.opened(cast, at=NOW)


def place(name: str, *args: Any) -> str:
    return reverse(f"policy:{name}", args=args)


def page(officer: Officer, where: str, status: int = 200) -> str:
    answer = seated(officer).get(where)
    assert answer.status_code == status, answer.status_code
    return html.unescape(answer.content.decode())


def tied(dossier: Dossier, by: Officer, relation: str = "gains") -> None:
    actions.declare_tie(dossier, relation, "Begitu.", seen=scene.now(dossier), by=by, at=NOW)


def at_review(dossier: Dossier, cast: Cast) -> Officer:
    scene.studied(dossier, cast, at=NOW)
    scene.write(dossier, cast.reviewer, "review", at=NOW)
    return cast.reviewer


def at_clearance(dossier: Dossier, cast: Cast) -> Officer:
    scene.drafted(dossier, cast, at=NOW)
    scene.step(dossier, "concluded", cast.analyst, at=LATER)
    scene.write(dossier, cast.lawyer, "legal_clearance", at=LATER)
    return cast.lawyer


def at_decision(dossier: Dossier, cast: Cast) -> Officer:
    scene.cleared(dossier, cast, at=NOW)
    scene.planned(dossier, cast, at=NOW)
    return cast.head


def at_evaluation(dossier: Dossier, cast: Cast) -> Officer:
    scene.executed(dossier, cast, at=NOW)
    scene.write(dossier, cast.evaluator, "evaluation", at=NOW)
    return cast.evaluator


def before_lane(dossier: Dossier, cast: Cast) -> Officer:
    words = scene.LANE | {"sunset_on": SUNSET}
    actions.write_part(dossier, "lane", words, seen=scene.now(dossier), by=cast.head, at=NOW)
    scene.signed(dossier, cast.deputy, at=NOW)
    return cast.head


WAYS = {
    "accepted": at_review,
    "cleared": at_clearance,
    "refused": at_clearance,
    "enacted": at_decision,
    "evaluated": at_evaluation,
    "use_lane_disaster": before_lane,
}
REASON = "Sesuai kajian."


@pytest.mark.parametrize("outcome", WAYS)
def test_who_declared_nothing_does_not_review_clear_decide_or_evaluate(
    cast: Cast, dossier: Dossier, outcome: str
) -> None:
    officer = WAYS[outcome](dossier, cast)
    scene.untied(dossier, cast.auditor, at=LATER)  # what others declare is not his word
    with pytest.raises(Refusal, match="benturan kepentingan") as refused:
        scene.step(dossier, outcome, officer, REASON, at=LATER)
    assert (refused.value.norm, refused.value.level) == (None, None)
    option = _option(dossier, officer, outcome)
    assert option.undeclared
    assert not option.ready
    scene.untied(dossier, officer, at=LATER)
    option = _option(dossier, officer, outcome)
    assert option.ready
    scene.step(dossier, outcome, officer, REASON, at=LATER)


def _options(dossier: Dossier, officer: Officer) -> list[course.Option]:
    dossier.refresh_from_db()
    return course.options(
        dossier,
        officer,
        held=course.guards(dossier, on=LATER.date()),
        acted=course.acted_at(dossier, officer),
        lacks=course.lacking(dossier),
    )


def _option(dossier: Dossier, officer: Officer, outcome: str) -> course.Option:
    return next(each for each in _options(dossier, officer) if each.outcome.code == outcome)


def test_ratifying_asks_it_of_whoever_ratifies(cast: Cast, dossier: Dossier) -> None:
    """Whoever used the lane or signed beside declared then; another declares for himself."""
    third = add(cast.office, "sekretaris", "decision_maker")
    scene.in_lane(dossier, cast, at=NOW, sunset_on=SUNSET)
    dossier.refresh_from_db()
    for officer, asked in ((cast.head, False), (cast.deputy, False), (third, True)):
        options = _options(dossier, officer)
        assert {each.outcome.code: each.undeclared for each in options} == {
            "ratify": asked, "revoke": False,
        }  # fmt: skip


def test_the_page_says_what_is_missing_and_the_declaration_is_one_click_away(
    cast: Cast, dossier: Dossier
) -> None:
    before_lane(dossier, cast)
    use = place("step", dossier.pk, "use_lane_disaster")
    form = f"{place('tie', dossier.pk)}?langkah=use_lane_disaster"
    for where in (place("lane", dossier.pk), use):
        shown = page(cast.head, where)
        assert "it is not stated that whoever acts has no conflict of interest" in shown
        assert f'href="{form}"' in shown
        assert "<button>Do it" not in shown
    # One question, and back to the step for which it was asked.
    answer = _declared(cast.head, form, relation="none")
    assert answer["Location"] == f"{use}?done=tie"
    shown = page(cast.head, answer["Location"])
    assert "Your declaration is on file." in shown
    assert "<button>Do it" in shown


def _declared(officer: Officer, form: str, **typed: str) -> Any:
    client = seated(officer)
    shown = client.get(form).content.decode()
    once = shown.partition('name="once" value="')[2].partition('"')[0]
    answer = client.post(form, {"once": once} | typed)
    assert answer.status_code == 302, answer.content.decode()
    return answer


@pytest.mark.parametrize(
    "asked", ["langkah=nothing", "langkah=//evil.example", "kewajiban=999999999999999999999",
              "kewajiban=x", "kewajiban=", "langkah="],
)  # fmt: skip
def test_a_declaration_leads_nowhere_else(cast: Cast, dossier: Dossier, asked: str) -> None:
    form = f"{place('tie', dossier.pk)}?{asked}"
    answer = _declared(cast.head, form, relation="none")
    assert answer["Location"] == f"{place('dossier', dossier.pk)}?done=tie"


def test_clearance_and_audit_that_are_owed_ask_it_and_other_debts_do_not(
    cast: Cast, dossier: Dossier
) -> None:
    scene.in_lane(dossier, cast, at=NOW, sunset_on=SUNSET)
    scene.pay(dossier, "report", cast.deputy, at=NOW)
    scene.write(dossier, cast.analyst, *scene.STUDY, at=NOW)
    scene.pay(dossier, "study", cast.analyst, at=NOW)
    scene.write(dossier, cast.lawyer, "legal_clearance", at=NOW)
    for code, officer in (("legal_clearance", cast.lawyer), ("audit", cast.auditor)):
        debt = dossier.debts.get(code=code)
        form = f"{place('tie', dossier.pk)}?kewajiban={debt.pk}"
        pay = place("debt", dossier.pk, debt.pk)
        for where in (place("dossier", dossier.pk), pay):
            assert f'href="{form}"' in page(officer, where), (code, where)
        with pytest.raises(Undeclared, match="ties you") as refused:
            scene.pay(dossier, code, officer, at=NOW)
        assert refused.value.norm is None
        assert _declared(officer, form, relation="none")["Location"] == f"{pay}?done=tie"
        scene.pay(dossier, code, officer, at=NOW)


def test_who_wrote_the_study_in_the_lane_does_not_audit_it(cast: Cast, dossier: Dossier) -> None:
    """What is owed is study, wherever the dossier stood when it was written."""
    both = add(cast.office, "serba-bisa", "analyst", "auditor")
    payer = add(cast.office, "pembayar", "analyst", "auditor")
    scene.in_lane(dossier, cast, at=NOW, sunset_on=SUNSET)
    scene.write(dossier, both, *scene.STUDY, at=NOW)
    scene.pay(dossier, "study", payer, at=NOW)
    for officer in (both, payer):
        scene.untied(dossier, officer, at=NOW)
        assert "study" in course.acted_at(dossier, officer)
        with pytest.raises(Refusal, match="audits his own study"):
            scene.pay(dossier, "audit", officer, at=NOW)
    scene.untied(dossier, cast.auditor, at=NOW)
    scene.pay(dossier, "audit", cast.auditor, at=NOW)


# --- who is tied ----------------------------------------------------------------------------------


def test_a_tied_officer_sees_why_not_and_who_else_but_no_button(
    cast: Cast, dossier: Dossier
) -> None:
    head = at_decision(dossier, cast)
    scene.untied(dossier, head, at=NOW)
    where, step = place("dossier", dossier.pk), place("step", dossier.pk, "enacted")
    assert f'href="{step}"' in page(head, where)
    tied(dossier, head)
    shown = page(head, where)
    assert "/langkah/" not in shown
    assert "You declared a tie to this policy: gains by this policy" in shown
    assert "UU 30/2014 ps 42, 43 (one copy of the official text)" in shown
    assert "Enact the policy" in shown
    assert f"Who may act instead: {cast.deputy.name}" in shown
    shown = page(head, step)
    assert "<button>Do it" not in shown
    assert f"Who may act instead: {cast.deputy.name}" in shown
    # Nobody is left: the law names who acts.
    tied(dossier, cast.deputy)
    shown = page(head, where)
    assert cast.deputy.name not in shown.partition('id="turn"')[2].partition("</section>")[0]
    assert "his direct superior (UU 30/2014 ps 42)" in shown


def test_a_tied_officer_finds_no_way_to_write_sign_or_go_direct(
    cast: Cast, dossier: Dossier
) -> None:
    scene.write(dossier, cast.analyst, "problem", at=NOW)
    part = place("part", dossier.pk, "problem")
    assert f'href="{part}"' in page(cast.analyst, place("dossier", dossier.pk))
    tied(dossier, cast.analyst)
    assert f'href="{part}"' not in page(cast.analyst, place("dossier", dossier.pk))
    shown = page(cast.analyst, part)
    assert "<textarea" not in shown
    assert "UU 30/2014 ps 42, 43 (one copy of the official text)" in shown
    lane = place("lane", dossier.pk)
    assert f'href="{lane}"' in page(cast.head, place("dossier", dossier.pk))
    tied(dossier, cast.head)
    assert f'href="{lane}"' not in page(cast.head, place("dossier", dossier.pk))
    assert place("part", dossier.pk, "lane") not in page(cast.head, lane)


def test_a_tied_officer_neither_sets_nor_finishes_milestones(cast: Cast, dossier: Dossier) -> None:
    scene.cleared(dossier, cast, at=NOW)
    scene.planned(dossier, cast, at=NOW)
    scene.untied(dossier, cast.head, at=LATER)
    scene.step(dossier, "enacted", cast.head, REASON, at=LATER)
    goal = dossier.milestones.get()
    new = place("milestone-new", dossier.pk)
    finish = place("milestone-done", dossier.pk, goal.pk)
    shown = page(cast.executor, place("dossier", dossier.pk))
    assert f'href="{new}"' in shown
    assert f'href="{finish}"' in shown
    tied(dossier, cast.executor)
    shown = page(cast.executor, place("dossier", dossier.pk))
    assert f'href="{new}"' not in shown
    assert f'href="{finish}"' not in shown
    assert "You declared a tie to this policy: gains by this policy" in shown
    for where in (new, finish):
        shown = page(cast.executor, where)
        assert "UU 30/2014 ps 42, 43 (one copy of the official text)" in shown
        assert 'name="once"' not in shown
    with pytest.raises(Refusal, match="You declared a tie") as refused:
        scene.planned(dossier, cast, at=NOW)
    assert refused.value.norm == recusal.UU_30
    came = actions.Came(LATER.date(), "Berjalan.", 900, Decimal(900))
    with pytest.raises(Refusal, match="You declared a tie"):
        actions.finish_milestone(goal, came, seen=scene.now(dossier), by=cast.executor, at=LATER)
    other = add(cast.office, "pelaksana-dua", "executing_officer")
    assert f'href="{finish}"' in page(other, place("dossier", dossier.pk))
    actions.finish_milestone(goal, came, seen=scene.now(dossier), by=other, at=LATER)


def test_a_tied_officer_neither_adds_documents_nor_says_what_it_is_about(
    cast: Cast, dossier: Dossier
) -> None:
    told = scene.paper("study", NOW)
    piece = actions.add_piece(dossier, told, seen=scene.now(dossier), by=cast.analyst, at=NOW)
    where, about = place("dossier", dossier.pk), place("about", dossier.pk)
    ways = (place("pieces", dossier.pk), about)
    shown = page(cast.analyst, where)
    assert all(f'href="{way}"' in shown for way in ways)
    tied(dossier, cast.analyst)
    shown = page(cast.analyst, where)
    assert not any(f'href="{way}"' in shown for way in ways)
    new = place("piece-new", dossier.pk, "study")
    for form in (about, new, place("piece-correct", dossier.pk, piece.pk)):
        shown = page(cast.analyst, form)
        assert "UU 30/2014 ps 42, 43 (one copy of the official text)" in shown
        assert 'name="once"' not in shown
    for replaces in (None, piece):
        with pytest.raises(Refusal, match="You declared a tie") as refused:
            actions.add_piece(
                dossier, told, seen=scene.now(dossier), by=cast.analyst, at=LATER, replaces=replaces
            )
        assert refused.value.norm == recusal.UU_30
    with pytest.raises(Refusal, match="You declared a tie"):
        anew = actions.About("Judul lain", "Ringkasan.", dossier.region_code)
        actions.describe(dossier, anew, seen=scene.now(dossier), by=cast.analyst, at=LATER)
    other = add(cast.office, "analis-dua", "analyst")
    assert f'href="{about}"' in page(other, where)
    actions.add_piece(dossier, told, seen=scene.now(dossier), by=other, at=LATER, replaces=piece)


def test_whoever_signs_beside_declares_before_and_is_led_there_and_back(
    cast: Cast, dossier: Dossier
) -> None:
    words = scene.LANE | {"sunset_on": SUNSET}
    actions.write_part(dossier, "lane", words, seen=scene.now(dossier), by=cast.head, at=NOW)
    sign = place("sign", dossier.pk)
    for officer in (cast.deputy, cast.governor):
        with pytest.raises(Undeclared, match="ties you"):
            actions.co_sign(dossier, seen=scene.now(dossier), by=officer, at=NOW)
        assert f'href="{sign}"' in page(officer, place("dossier", dossier.pk))
        form = f"{place('tie', dossier.pk)}?pendamping=ya"
        shown = page(officer, sign)
        assert f'href="{form}"' in shown
        assert "<button>Sign beside" not in shown
        assert _declared(officer, form, relation="none")["Location"] == f"{sign}?done=tie"
        assert "<button>Sign beside" in page(officer, sign)
        actions.co_sign(dossier, seen=scene.now(dossier), by=officer, at=NOW)
    assert [row.what.en for row in _waits(cast.deputy)] == []


def _waits(officer: Officer) -> list[desk_reading.Waiting]:
    on = NOW.date()
    return desk_reading.waiting_lines(desk_reading.waiting(officer, on), on)


def test_words_to_sign_wait_for_him_before_he_declared(cast: Cast, dossier: Dossier) -> None:
    words = scene.LANE | {"sunset_on": SUNSET}
    actions.write_part(dossier, "lane", words, seen=scene.now(dossier), by=cast.head, at=NOW)
    assert [row.page for row in _waits(cast.deputy)] == ["sign"]
    tied(dossier, cast.deputy)
    assert _waits(cast.deputy) == []


def test_a_signature_counts_no_more_once_he_declared_a_tie(cast: Cast, dossier: Dossier) -> None:
    before_lane(dossier, cast)
    scene.untied(dossier, cast.head, at=NOW)
    assert _option(dossier, cast.head, "use_lane_disaster").ready
    tied(dossier, cast.deputy, "subordinate")
    assert not _option(dossier, cast.head, "use_lane_disaster").ready
    with pytest.raises(Refusal):
        scene.step(dossier, "use_lane_disaster", cast.head, REASON, at=NOW)
    shown = page(cast.head, place("lane", dossier.pk))
    told = shown.partition("this signature counts no more:")[2].partition("</ul>")[0]
    assert cast.deputy.name in told
    assert "Nobody yet." in shown
    scene.signed(dossier, cast.governor, at=NOW)
    scene.step(dossier, "use_lane_disaster", cast.head, REASON, at=NOW)
    dossier.refresh_from_db()
    assert dossier.lane.co_signer == cast.governor


def test_what_a_tie_bars_does_not_wait_for_him(cast: Cast, dossier: Dossier) -> None:
    other = add(cast.office, "penelaah-dua", "reviewer")
    scene.studied(dossier, cast, at=NOW)
    tied(dossier, cast.reviewer)
    assert desk_reading.waiting(cast.reviewer, NOW.date()) == []
    assert len(desk_reading.waiting(other, NOW.date())) == 1
    direct = scene.opened(cast, at=NOW)
    scene.in_lane(direct, cast, at=NOW, sunset_on=SUNSET)
    assert len(desk_reading.waiting(cast.auditor, NOW.date())) == 1
    tied(direct, cast.auditor)
    assert desk_reading.waiting(cast.auditor, NOW.date()) == []


def test_an_earlier_role_bars_looking_and_deciding_and_no_writing(
    cast: Cast, dossier: Dossier
) -> None:
    tied(dossier, cast.analyst, "earlier_role")
    scene.write(dossier, cast.analyst, "problem", at=NOW)
    assert desk_reading.kept_away(dossier, cast.analyst) is None
    tied(dossier, cast.head, "earlier_role")
    kept = desk_reading.kept_away(dossier, cast.head)
    assert kept is not None
    assert kept.others == (cast.deputy.name,)


# --- the words, and whose rule refuses ------------------------------------------------------------


def test_the_words_for_ties_speak_of_policies_and_keep_the_rules_of_all(
    cast: Cast, dossier: Dossier
) -> None:
    assert set(ties.WORDS) <= set(recusal.RELATIONS)
    told = [title["id"] for title in ties.WORDS.values()]
    assert not [words for words in told if "terlapor" in words or "perkara" in words]
    with translation.override("id"):
        shown = page(cast.analyst, place("tie", dossier.pk).replace("/en/", "/"))
    assert "terlapor" not in shown
    assert "perkara" not in shown
    assert "diuntungkan oleh kebijakan ini" in shown
    # The norm of these is on discipline: it says nothing of a policy.
    for code in set(recusal.RELATIONS) - set(ties.WORDS):
        assert recusal.RELATIONS[code].citation == recusal.PP_94
        with pytest.raises(Refusal):
            tied(dossier, cast.analyst, code)


def test_only_a_norm_is_cited_and_else_it_is_the_registers_own_rule(
    cast: Cast, dossier: Dossier
) -> None:
    before_lane(dossier, cast)
    for officer, outcome in (
        (cast.analyst, "submitted"), (cast.head, "submitted"), (cast.head, "use_lane_disaster"),
        (cast.lawyer, "cleared"), (cast.governor, "withdrawn"),
    ):  # fmt: skip
        with pytest.raises(Refusal) as refused:
            scene.step(dossier, outcome, officer, REASON, at=NOW)
        assert refused.value.norm is None, outcome
    assert "This register's own rule, not law." in page(
        cast.head, place("step", dossier.pk, "submitted"), 409
    )
    tied(dossier, cast.analyst)
    with pytest.raises(Refusal) as refused:
        scene.write(dossier, cast.analyst, "problem", at=NOW)
    assert refused.value.norm == recusal.UU_30
    assert refused.value.level == VERIFICATION["one_copy"]


def test_a_page_that_was_overtaken_cites_no_law(cast: Cast, dossier: Dossier) -> None:
    client = seated(cast.reviewer)
    scene.studied(dossier, cast, at=NOW)
    scene.write(dossier, cast.reviewer, "review", at=NOW)
    where = place("step", dossier.pk, "sent_back")
    shown = client.get(where).content.decode()
    once = shown.partition('name="once" value="')[2].partition('"')[0]
    told = {"once": once, "version": str(dossier.version - 1), "words": "Biayanya keliru."}
    answer = client.post(where, told)
    assert answer.status_code == 409
    text = html.unescape(answer.content.decode())
    assert "has changed since you opened it" in text
    assert "This register's own rule, not law." in text
    assert "UU " not in text.partition('class="error"')[2].partition("</div>")[0]
