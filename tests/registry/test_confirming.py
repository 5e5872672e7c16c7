"""An article below two sources acts only after a legal officer put his organ's name to it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from tests.accounts.conftest import log_in, make_officer, make_organ
from timbang.accounts.models import Officer, Organ
from timbang.law import confirmable
from timbang.law.confirmable import Item
from timbang.law.norms import catalogue
from timbang.law.procedure import procedures
from timbang.law.refusal import Refusal
from timbang.law.vocabulary import SURE
from timbang.ledger.models import Entry
from timbang.registry import actions, confirmed
from timbang.registry.models import ArticleConfirmation

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 19, 18, 30, tzinfo=UTC)
SEEN = "Lembaran Negara 2016 Nomor 130, halaman 71"


@pytest.fixture
def organ() -> Organ:
    return make_organ()


@pytest.fixture
def alice(organ: Organ) -> Officer:
    return make_officer(organ, "alice", "legal_officer", "administrator")


@pytest.fixture
def bob(organ: Organ) -> Officer:
    return make_officer(organ, "bob", "decision_maker")


@pytest.fixture
def charlie() -> Officer:
    return make_officer(make_organ("bkn-pusat", kind="bkn"), "charlie", "legal_officer")


def an_item(kind: str = "norm") -> Item:
    return next(item for item in confirmable.items().values() if item.kind == kind)


def confirm(item: Item, by: Officer, **changes: str) -> ArticleConfirmation:
    wanted = {"item_id": item.id, "text_hash": item.hash, "seen_in": SEEN} | changes
    return actions.confirm_article(**wanted, by=by, at=AT)


def test_only_what_is_not_sure_waits_for_a_legal_officer() -> None:
    waiting = {item.id for item in confirmable.items().values() if item.kind == "norm"}
    for key, norm in catalogue().norms.items():
        assert (f"norm:{key}" in waiting) == (not norm.may_propose)


def test_a_confirmation_is_one_entry_on_the_organs_day(alice: Officer) -> None:
    item = an_item()
    row = confirm(item, alice)
    assert row.confirmed_on == date(2026, 11, 20)
    entry = Entry.objects.get(act="law.confirmed")
    assert entry.body["item"] == item.id
    assert entry.body["text"] == item.hash
    assert SEEN not in str(entry.body)


def test_a_second_click_confirms_once(alice: Officer) -> None:
    assert confirm(an_item(), alice) == confirm(an_item(), alice)
    assert Entry.objects.filter(act="law.confirmed").count() == 1


def test_nobody_but_a_legal_officer_confirms(bob: Officer) -> None:
    with pytest.raises(Refusal):
        confirm(an_item(), bob)
    assert not ArticleConfirmation.objects.exists()


@pytest.mark.parametrize(
    "changes", [{"text_hash": "0" * 64}, {"seen_in": " dibaca "}, {"item_id": "norm:nowhere/1"}]
)
def test_an_old_text_or_no_source_confirms_nothing(alice: Officer, changes: dict[str, str]) -> None:
    with pytest.raises(Refusal):
        confirm(an_item(), alice, **changes)
    assert not Entry.objects.filter(act="law.confirmed").exists()


def test_a_proposal_rests_on_the_organs_own_confirmation(alice: Officer, charlie: Officer) -> None:
    item = an_item()
    key = item.id.removeprefix("norm:")
    confirm(item, charlie)
    assert confirmed.norms(charlie.organ) == {key}
    assert confirmed.norms(alice.organ) == frozenset()


def test_no_organ_escapes_a_late_by_never_confirming(charlie: Officer) -> None:
    item = an_item("term")
    rules, code = procedures()[str(item.procedure)], item.id.rpartition("/")[2]
    assert not confirmed.term_counts(rules, rules.step(code))
    confirm(item, charlie)
    assert confirmed.term_counts(rules, rules.step(code))


def test_a_sure_term_needs_nobody() -> None:
    sure = [
        (rules, step)
        for rules in procedures().values()
        for step in rules.steps
        if step.term is not None and step.term.level in SURE
    ]
    assert sure
    assert all(confirmed.term_counts(rules, step) for rules, step in sure)


def test_a_corrected_article_must_be_read_again(
    alice: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = an_item()
    confirm(item, alice)
    other = {**confirmable.items(), item.id: _with_hash(item, "1" * 64)}
    monkeypatch.setattr(confirmable, "items", lambda: other)
    assert confirmed.norms(alice.organ) == frozenset()
    row = next(row for row in confirmed.standing() if row.item.id == item.id)
    assert len(row.stale) == 1
    assert row.confirmations == ()


def _with_hash(item: Item, text: str) -> Item:
    from dataclasses import replace

    return replace(item, hash=text)


def test_a_withdrawal_has_a_reason_and_ends_the_effect(alice: Officer, charlie: Officer) -> None:
    row = confirm(an_item(), alice)
    with pytest.raises(Refusal):
        actions.withdraw_confirmation(row, because=" ", by=alice, at=AT)
    with pytest.raises(Refusal):
        actions.withdraw_confirmation(row, because="salah baca", by=charlie, at=AT)
    actions.withdraw_confirmation(row, because="salah baca", by=alice, at=AT)
    assert confirmed.norms(alice.organ) == frozenset()
    assert Entry.objects.filter(act="law.confirmation_withdrawn").count() == 1
    confirm(an_item(), alice)
    assert len(confirmed.norms(alice.organ)) == 1


def test_a_legal_officer_confirms_on_the_page(client: Client, alice: Officer) -> None:
    item = an_item()
    log_in(client, "alice")
    page = client.get(f"/meja/hukum/konfirmasi/{item.id}/")
    assert item.says.id in page.content.decode().replace("&#x27;", "'").replace("&quot;", '"')
    sent = {"text_hash": item.hash, "seen_in": SEEN}
    unread = client.post(f"/meja/hukum/konfirmasi/{item.id}/", sent)
    assert unread.status_code == 200
    assert not ArticleConfirmation.objects.exists()
    done = client.post(f"/meja/hukum/konfirmasi/{item.id}/", sent | {"read": "on"})
    assert done.status_code == 302
    row = ArticleConfirmation.objects.get()
    listed = client.get("/meja/hukum/").content.decode()
    assert SEEN in listed
    assert f"/meja/hukum/cabut/{row.pk}/" in listed
    gone = client.post(f"/meja/hukum/cabut/{row.pk}/", {"because": "salah baca"})
    assert gone.status_code == 302
    assert f"/meja/hukum/cabut/{row.pk}/" not in client.get("/meja/hukum/").content.decode()


def test_other_officers_read_the_list_and_confirm_nothing(client: Client, bob: Officer) -> None:
    item = an_item()
    log_in(client, "bob")
    assert client.get("/meja/hukum/").status_code == 200
    assert client.get(f"/meja/hukum/konfirmasi/{item.id}/").status_code == 404


def test_an_office_cannot_withdraw_anothers_confirmation(
    client: Client, alice: Officer, charlie: Officer
) -> None:
    row = confirm(an_item(), alice)
    log_in(client, "charlie")
    assert client.get(f"/meja/hukum/cabut/{row.pk}/").status_code == 404


def test_articles_are_found_by_the_text_in_which_they_stand(client: Client, alice: Officer) -> None:
    """A legal officer has one law before him, not a hundred articles."""
    log_in(client, "alice")
    html = client.get("/meja/hukum/").content.decode()
    for item in confirmable.items().values():
        if item.procedure is None:
            title = catalogue().norms[item.id.removeprefix("norm:")].instrument.name
        else:
            title = procedures()[item.procedure.partition("/")[0]].title.id
        assert f"<details><summary>{title} " in html, item.id
    assert html.count("<details>") < len(confirmable.items()) / 2
