"""Somebody watches a policy from published documents: what is there, what is missing, what nobody
looked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.policy import scene
from tests.policy.conftest import AT, Cast, add, days_later, log_in, make_office
from timbang.law.refusal import Refusal
from timbang.policy import actions, gathering, glancing
from timbang.policy.actions import Told
from timbang.policy.expected import expected
from timbang.policy.models import Dossier, Piece

pytestmark = pytest.mark.django_db


def body(answer: Any) -> str:
    return str(answer.content.decode())


def send(client: Client, address: str, **given: Any) -> Any:
    """Fill in the form at an address as it was shown, and send it."""
    form = client.get(address).context["form"]
    hidden = {field.html_name: field.value() or "" for field in form.hidden_fields()}
    return client.post(address, hidden | given)


def put(dossier: Dossier, cast: Cast, kind: str, **changes: Any) -> Piece:
    told = replace(scene.paper(kind), **changes)
    return actions.add_piece(dossier, told, seen=scene.now(dossier), by=cast.watcher, at=AT)


def missing(dossier: Dossier, cast: Cast, kind: str) -> Piece:
    told = Told(scene.paper(kind).stage, kind, state="missing", sought="Laman instansi, hari ini")
    return actions.add_piece(dossier, told, seen=scene.now(dossier), by=cast.watcher, at=AT)


def test_a_dossier_is_opened_filled_and_published(cast: Cast) -> None:
    client = log_in("pemantau")
    answer = send(
        client, reverse("policy:observe-new"), title="Makan di sekolah",
        office="Badan Contoh", region="ID", summary="Rekaan.", duties=["service"],
        groups=["children"],
    )  # fmt: skip
    dossier = Dossier.objects.get()
    assert answer["Location"].startswith(reverse("policy:observe", args=[dossier.pk]))
    found = {"state": "found", "title": "Kajian gizi", "issuer": "Badan Contoh",
             "issued_on": "2026-05-01", "source": "Laman Badan Contoh",
             "url": "https://contoh.go.id/kajian", "read_on": "2026-05-02",
             "says": "Anak berangkat tanpa sarapan.", "amount": "1.250.000"}  # fmt: skip
    send(client, reverse("policy:observe-piece", args=[dossier.pk, "study"]), **found)
    decision = found | {"title": "Keputusan", "issued_on": "", "shows": ["decided_leader"]}
    send(client, reverse("policy:observe-piece", args=[dossier.pk, "decision"]), **decision)
    gone = {"state": "missing", "sought": "JDIH Badan Contoh, 2 Mei 2026", "title": "dropped"}
    send(client, reverse("policy:observe-piece", args=[dossier.pk, "audit"]), **gone)
    page = body(client.get(reverse("policy:observe", args=[dossier.pk])))
    for words in ("Kajian gizi", "day not known", "Sought and missing.", "JDIH Badan Contoh",
                  "Nobody has looked for these yet:", "Decided by the leader himself"):  # fmt: skip
        assert words in page, words
    assert "dropped" not in page
    send(client, reverse("policy:observe-publish", args=[dossier.pk]))
    dossier.refresh_from_db()
    assert dossier.is_public
    assert [piece.amount for piece in dossier.pieces.filter(kind="study")] == [1250000]


def test_an_empty_dossier_is_not_published(cast: Cast) -> None:
    dossier = scene.observed(cast)
    client = log_in("pemantau")
    answer = send(client, reverse("policy:observe-publish", args=[dossier.pk]))
    assert answer.status_code == 409
    told = Told("technocracy", "study", state="not_sought")
    actions.add_piece(dossier, told, seen=scene.now(dossier), by=cast.watcher, at=AT)
    with pytest.raises(Refusal):
        actions.publish(dossier, seen=scene.now(dossier), by=cast.watcher, at=AT)
    missing(dossier, cast, "study")
    actions.publish(dossier, seen=scene.now(dossier), by=cast.watcher, at=AT)


def test_a_wrong_document_is_put_right_and_stays_to_be_seen(cast: Cast) -> None:
    dossier = scene.observed(cast)
    wrong = put(dossier, cast, "study", title="Kajian salah")
    client = log_in("pemantau")
    address = reverse("policy:observe-correct", args=[dossier.pk, wrong.pk])
    send(client, address, state="found", title="Kajian benar", source="Arsip",
         read_on="2026-11-01")  # fmt: skip
    page = body(client.get(reverse("policy:observe", args=[dossier.pk])))
    assert "Kajian benar" in page
    assert "What stood here before" in page
    assert "Kajian salah" in page
    study = next(kind for kind in expected(dossier)[0].kinds if kind.kind == "study")
    assert [paper.piece.title for paper in study.found] == ["Kajian benar"]
    again = send(client, address, state="found", title="Lain", source="Arsip", read_on="2026-11-01")
    assert again.status_code == 409


def test_what_is_taken_back_keeps_its_number_and_why(cast: Cast) -> None:
    dossier = scene.observed(cast)
    put(dossier, cast, "study")
    actions.publish(dossier, seen=scene.now(dossier), by=cast.watcher, at=AT)
    client = log_in("pemantau")
    address = reverse("policy:observe-retract", args=[dossier.pk])
    assert send(client, address, why=" ").status_code == 200
    send(client, address, why="Sumbernya keliru.")
    dossier.refresh_from_db()
    assert (dossier.is_public, dossier.why_retracted) == (True, "Sumbernya keliru.")
    page = body(client.get(reverse("policy:observe", args=[dossier.pk])))
    assert "Sumbernya keliru." in page
    assert "Add another one" not in page


def test_a_document_shows_only_what_its_kind_can_show(cast: Cast) -> None:
    dossier = scene.observed(cast)
    with pytest.raises(Refusal, match="cannot show"):
        put(dossier, cast, "study", shows=("decided_leader",))
    with pytest.raises(Refusal, match="shows nothing"):
        told = Told("bureaucracy", "decision", state="missing", sought="X", shows=("unchanged",))
        actions.add_piece(dossier, told, seen=scene.now(dossier), by=cast.watcher, at=AT)


def test_the_path_follows_from_the_documents_and_is_counted_anew(cast: Cast) -> None:
    dossier = scene.observed(cast)
    put(dossier, cast, "start", issued_on=date(2026, 1, 6), shows=("ground_promise",))
    dossier.refresh_from_db()
    assert dossier.path == "unknown"
    missing(dossier, cast, "study")
    academic = missing(dossier, cast, "academic_paper")
    dossier.refresh_from_db()
    assert dossier.path == "promise"
    found = replace(scene.paper("academic_paper"), issued_on=date(2025, 5, 1))
    actions.add_piece(
        dossier, found, seen=scene.now(dossier), by=cast.watcher, at=AT, replaces=academic
    )
    dossier.refresh_from_db()
    assert dossier.path == "unknown"
    put(dossier, cast, "legal_clearance", issued_on=date(2025, 6, 1))
    put(dossier, cast, "budget_line", issued_on=date(2025, 7, 1))
    dossier.refresh_from_db()
    assert dossier.path == "full"


def test_aspects_name_the_facts_and_what_is_not_known(cast: Cast) -> None:
    dossier = scene.observed(cast)
    put(dossier, cast, "decision", shows=("decided_leader",))
    rows = {row.title.en: row for row in glancing.of(dossier).rows}
    decider = rows["Decision maker"]
    assert [cell.here for cell in decider.cells] == [False, False, True]
    assert rows["Flexibility"].not_known
    client = log_in("pemantau")
    page = body(client.get(reverse("policy:observe", args=[dossier.pk])))
    assert "the leader decided himself" in page
    assert "ours" in page


def test_an_offices_own_dossier_is_read_from_what_it_did(cast: Cast) -> None:
    whole = scene.opened(cast)
    scene.evaluated(whole, cast)
    facts = gathering.facts_of(whole)
    assert (facts.studied_first, facts.cleared_first, facts.decided_by) == (True, True, "officials")
    lane = scene.opened(cast, title="Jembatan")
    scene.in_lane(lane, cast)
    skipped = gathering.facts_of(lane)
    assert (skipped.studied_first, skipped.cleared_first) == (False, False)
    assert (skipped.ground, skipped.decided_by) == ("disaster", "leader")
    scene.write(lane, cast.analyst, *scene.STUDY, at=days_later(5))
    scene.pay(lane, "study", cast.analyst, at=days_later(5))
    paid = gathering.facts_of(lane)
    assert paid.has("study") is True
    assert paid.studied_first is False


def test_papers_laid_beside_make_no_study_and_no_clearance(cast: Cast) -> None:
    lane = scene.opened(cast)
    scene.in_lane(lane, cast)
    for kind in ("study", "legal_clearance", "budget_clearance", "legal_basis"):
        early = replace(scene.paper(kind), issued_on=date(2026, 1, 1))
        actions.add_piece(lane, early, seen=scene.now(lane), by=cast.analyst, at=AT)
    facts = gathering.facts_of(lane)
    assert (facts.studied_first, facts.cleared_first) == (False, False)
    assert facts.first("legal_basis") is False


ADDRESSES = ("observing", "observe-new", "observe", "observe-about", "observe-piece",
             "observe-correct", "observe-publish", "observe-retract")  # fmt: skip


@pytest.mark.parametrize("name", ADDRESSES)
def test_only_who_watches_for_the_organisation_sees_its_pages(cast: Cast, name: str) -> None:
    dossier = scene.observed(cast)
    piece = put(dossier, cast, "study")
    given = {"observe-piece": [dossier.pk, "audit"], "observe-correct": [dossier.pk, piece.pk]}
    alone = name in ("observing", "observe-new")
    address = reverse(f"policy:{name}", args=given.get(name, [] if alone else [dossier.pk]))
    others = make_office("harian-contoh", "policy_observer", region="ID")
    add(others, "wartawan", "policy_observer")
    assert log_in("pemantau").get(address).status_code == 200
    assert log_in("wartawan").get(address).status_code == (200 if alone else 404)
    for login in ("analis", "kepala", "auditor", "hukum"):
        assert log_in(login).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_an_unknown_kind_of_document_does_not_exist(cast: Cast) -> None:
    dossier = scene.observed(cast)
    address = reverse("policy:observe-piece", args=[dossier.pk, "gossip"])
    assert log_in("pemantau").get(address).status_code == 404
