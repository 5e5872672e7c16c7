"""What was promised, the dossiers that came of it, and results beside the promise."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.policy import scene
from tests.policy.conftest import AT, Cast, add, log_in, make_office
from tests.policy.test_observing import body, send
from timbang.law.refusal import Refusal
from timbang.ledger.models import Entry
from timbang.policy import actions, promise_reading, promising
from timbang.policy.actions.promising import (
    Promised,
    link_promise,
    record_promise,
    retract_promise,
)
from timbang.policy.models import Dossier, Promise
from timbang.policy.promising import Outcome, Target

pytestmark = pytest.mark.django_db
PROMISED = Promised(
    kind="campaign", who="Bupati Contoh 2024", text="Sarapan untuk 1.000 anak.",
    source="Visi dan misi (rekaan)", read_on=AT.date(), region_code="32.04",
    duties=("service",), groups=("children",), measure="anak", target=Decimal(1000),
    due_on=date(2027, 12, 31),
)  # fmt: skip


def recorded(cast: Cast, **changes: Any) -> Promise:
    promised = replace(PROMISED, **changes)
    return record_promise(promised, by=cast.watcher, at=AT, once=uuid4())


def linked(promise: Promise, dossier: Dossier, by: Any) -> None:
    link_promise(promise, dossier, seen=scene.now(dossier), by=by, at=AT)


def test_a_promise_is_recorded_at_the_desk_and_read_by_everybody(cast: Cast) -> None:
    client = log_in("pemantau")
    answer = send(
        client, reverse("policy:promise-new"), kind="plan", who="RPJMD Kabupaten Contoh",
        text="Seratus dapur sekolah.", source="Perda rekaan", read_on="2026-11-01",
        region="32.04", duties=["service"], groups=["children"], amount="5.000.000.000",
        measure="dapur", target="100", due_on="2029-12-31", made_on="", url="",
    )  # fmt: skip
    row = Promise.objects.get()
    assert answer["Location"].startswith(reverse("policy:promise", args=[row.pk]))
    assert (row.number, row.amount) == ("J-0001/WARGA-PEDULI/2026", 5_000_000_000)
    page = body(Client().get(reverse("dockets:promise", args=[row.pk])))
    for words in ("Seratus dapur sekolah.", "RPJMD Kabupaten Contoh", "day not known",
                  "100 dapur", "Children and pupils", "No dossier is known"):  # fmt: skip
        assert words in page, words
    assert "Seratus dapur" in body(Client().get(reverse("dockets:promises")))


def test_milestones_stand_beside_the_promise_with_their_share(cast: Cast) -> None:
    promise = recorded(cast)
    dossier = scene.opened(cast)
    scene.executed(dossier, cast)
    linked(promise, dossier, cast.analyst)
    page = body(Client().get(reverse("dockets:promise", args=[promise.pk])))
    assert "900 anak" in page
    assert "90 %" in page
    assert dossier.journal.filter(act="promise", about=promise.number).exists()


def test_a_number_of_something_else_is_not_held_against_the_promise() -> None:
    target = Target("anak", Decimal(1000), None)
    shares = [
        each.share
        for each in promising.beside(
            target,
            [
                Outcome("a", "Anak", result=Decimal(500)),
                Outcome("b", "dapur", result=Decimal(500)),
                Outcome("c", "anak"),
                Outcome("d", "", result=Decimal(500)),
            ],
        )
    ]
    assert shares == [Decimal("0.5"), None, None, None]
    nothing = promising.beside(Target("", None, None), [Outcome("a", "", result=Decimal(1))])
    assert nothing[0].share is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Siswa, yang menerima  seragam.", "siswa yang menerima seragam", True),
        ("ANAK (SD)", "anak SD", True),
        ("anak\u00a0sekolah", "anak sekolah", True),
        ("% anak", "anak", False),
        ("anak/hari", "anak", False),
        ("siswa yang menerima", "siswa yang menerima seragam", False),
        ("...", "...", False),
        ("", "", False),
    ],
)
def test_case_spaces_and_punctuation_make_no_other_measure(
    one: str, other: str, same: bool
) -> None:
    assert promising.same_measure(one, other) is same
    assert promising.same_measure(other, one) is same


def test_a_milestone_counts_what_its_promise_counts_by_a_choice(cast: Cast) -> None:
    dossier = scene.opened(cast)
    client, address = log_in("pelaksana"), reverse("policy:milestone-new", args=[dossier.pk])
    told = {
        "title": "Dapur", "owner": "Dinas Contoh", "due_on": "2027-03-01", "planned": "",
        "measure": "", "target": "500",
    }  # fmt: skip
    assert 'name="promised"' not in body(client.get(address))
    linked(recorded(cast, measure="Anak yang sarapan"), dossier, cast.analyst)
    other = recorded(cast, measure="janji yang ditarik")
    linked(other, dossier, cast.analyst)
    retract_promise(other, "Keliru.", by=cast.watcher, at=AT)
    page = body(client.get(address))
    assert '<option value="Anak yang sarapan">' in page
    assert "janji yang ditarik" not in page
    wrong = send(client, address, **told, promised="Anak yang lain")
    assert wrong.status_code == 200
    both = send(client, address, **told | {"measure": "dapur"}, promised="Anak yang sarapan")
    assert "Choose what a promise counts" in body(both)
    assert "Say what the target counts" in body(send(client, address, **told, promised=""))
    assert not dossier.milestones.exists()
    assert send(client, address, **told, promised="Anak yang sarapan").status_code == 302
    assert dossier.milestones.get().measure == "Anak yang sarapan"


def test_documents_of_a_watched_policy_tell_results_too(cast: Cast) -> None:
    promise = recorded(cast)
    dossier = scene.observed(cast)
    told = replace(scene.paper("result"), title="Laporan hasil", says="Delapan ratus anak.")
    actions.add_piece(dossier, told, seen=scene.now(dossier), by=cast.watcher, at=AT)
    linked(promise, dossier, cast.watcher)
    hidden = promise_reading.told(promise)
    assert hidden.dossiers == ()
    actions.publish(dossier, seen=scene.now(dossier), by=cast.watcher, at=AT)
    page = body(Client().get(reverse("dockets:promise", args=[promise.pk])))
    assert "Laporan hasil" in page
    assert "Delapan ratus anak." in page
    actions.retract(dossier, "Keliru.", seen=scene.now(dossier), by=cast.watcher, at=AT)
    page = body(Client().get(reverse("dockets:promise", args=[promise.pk])))
    assert "This dossier was taken back." in page
    assert "Delapan ratus anak." not in page


def test_a_promise_leads_to_a_dossier_once_and_only_by_its_writer(cast: Cast) -> None:
    promise, dossier = recorded(cast), scene.observed(cast)
    linked(promise, dossier, cast.watcher)
    with pytest.raises(Refusal, match="already"):
        linked(promise, dossier, cast.watcher)
    with pytest.raises(Refusal):
        linked(promise, dossier, cast.analyst)
    with pytest.raises(Refusal):
        linked(promise, scene.opened(cast), cast.watcher)
    with pytest.raises(Refusal):
        linked(promise, scene.opened(cast), cast.head)


def test_what_is_taken_back_keeps_its_number_and_why(cast: Cast) -> None:
    promise = recorded(cast)
    with pytest.raises(Refusal):
        retract_promise(promise, " ", by=cast.watcher, at=AT)
    with pytest.raises(Refusal):
        retract_promise(promise, "Bukan milik kami.", by=cast.analyst, at=AT)
    client = log_in("pemantau")
    address = reverse("policy:promise-retract", args=[promise.pk])
    send(client, address, why="Naskahnya keliru dibaca.")
    page = body(Client().get(reverse("dockets:promise", args=[promise.pk])))
    assert "Naskahnya keliru dibaca." in page
    with pytest.raises(Refusal, match="already"):
        retract_promise(promise, "Lagi.", by=cast.watcher, at=AT)
    promise.refresh_from_db()
    with pytest.raises(Refusal):
        linked(promise, scene.observed(cast), cast.watcher)
    assert Entry.objects.filter(act="policy.promise_retracted").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "rumour"},
        {"who": " "},
        {"source": ""},
        {"read_on": date(2027, 1, 1)},
        {"made_on": date(2027, 1, 1)},
        {"amount": -1},
        {"measure": ""},
        {"duties": ("none",)},
        {"groups": ("none",)},
    ],
)
def test_a_promise_without_what_others_need_to_check_it_is_refused(
    cast: Cast, wrong: dict[str, Any]
) -> None:
    with pytest.raises(Refusal):
        recorded(cast, **wrong)


def test_a_form_that_is_sent_twice_is_one_promise(cast: Cast) -> None:
    once = uuid4()
    first = record_promise(PROMISED, by=cast.watcher, at=AT, once=once)
    assert record_promise(PROMISED, by=cast.watcher, at=AT, once=once).pk == first.pk
    assert recorded(cast).number == "J-0002/WARGA-PEDULI/2026"


def test_files_hold_what_the_pages_say(cast: Cast) -> None:
    promise, dossier = recorded(cast), scene.opened(cast)
    linked(promise, dossier, cast.analyst)
    recorded(cast, region_code="ID", text="=1+1")
    told = json.loads(Client().get(reverse("dockets:promises-json")).content)
    assert told["format"] == "timbang-promises/1"
    mine = next(row for row in told["promises"] if row["number"] == promise.number)
    assert (mine["duties"], mine["dossiers"]) == (["service"], [dossier.number])
    text = Client().get(reverse("dockets:promises-csv")).content.decode()
    assert {row["text"] for row in csv.DictReader(io.StringIO(text))} >= {"'=1+1"}


def test_the_list_is_narrowed(cast: Cast) -> None:
    recorded(cast, text="Janji satu.")
    recorded(cast, text="Rencana dua.", kind="plan", region_code="ID", duties=())

    def seen(**asked: str) -> tuple[bool, bool]:
        text = body(Client().get(reverse("dockets:promises"), asked))
        return "Janji satu." in text, "Rencana dua." in text

    assert seen() == (True, True)
    assert seen(wilayah="32") == (True, False)
    assert seen(jenis="plan") == (False, True)
    assert seen(tugas="service") == (True, False)


@pytest.mark.parametrize(
    "name", ["promises", "promise-new", "promise", "promise-link", "promise-retract"]
)
def test_who_records_promises_sees_these_pages(cast: Cast, name: str) -> None:
    promise = recorded(cast)
    address = reverse(
        f"policy:{name}", args=[] if name in ("promises", "promise-new") else [promise.pk]
    )
    others = make_office("harian-contoh", "policy_observer", region="ID")
    add(others, "wartawan", "policy_observer")
    mine = name == "promise-retract"
    assert log_in("pemantau").get(address).status_code == 200
    for login in ("wartawan", "analis"):
        assert log_in(login).get(address).status_code == (404 if mine else 200)
    for login in ("kepala", "auditor", "hukum"):
        assert log_in(login).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_the_desk_leads_to_promises_only_those_who_record_them(cast: Cast) -> None:
    address = reverse("policy:promises")
    for login, leads in (("pemantau", True), ("analis", True), ("kepala", False)):
        page = body(log_in(login).get(reverse("policy:dossiers")))
        assert (f'href="{address}"' in page) is leads, login


def test_a_promise_that_nobody_recorded_does_not_exist(db: None) -> None:
    assert Client().get(reverse("dockets:promise", args=[uuid4()])).status_code == 404
