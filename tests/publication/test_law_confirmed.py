"""Who confirmed an article, and what the catalogue said on another day, stand on its public page."""

from __future__ import annotations

from datetime import UTC, date, datetime
from html import unescape
from urllib.parse import quote

import pytest
from django.test import Client

from tests.accounts.conftest import make_officer, make_organ
from timbang.law import confirmable, norms
from timbang.law.confirmable import Item
from timbang.law.norms import catalogue
from timbang.registry import actions
from timbang.registry.models import ArticleConfirmation

pytestmark = [pytest.mark.django_db, pytest.mark.urls("timbang.web.urls_public")]
AT = datetime(2026, 11, 19, 3, 0, tzinfo=UTC)
SEEN = "Lembaran Negara 2016 Nomor 130, halaman 71"


def text(client: Client, url: str) -> str:
    page = client.get(url)
    assert page.status_code == 200, url
    return unescape(page.content.decode())


def confirm(item: Item) -> ArticleConfirmation:
    officer = make_officer(make_organ(), "alice", "legal_officer", "administrator")
    return actions.confirm_article(
        item_id=item.id, text_hash=item.hash, seen_in=SEEN, by=officer, at=AT
    )


def weak_norm() -> tuple[Item, str]:
    item = next(each for each in confirmable.items().values() if each.kind == "norm")
    norm = catalogue().norms[item.id.removeprefix("norm:")]
    address = f"{norm.instrument.id}/{quote(norm.code)}/?pada={norm.valid_from}"
    return item, address


def test_a_confirmed_norm_names_the_office_and_where_it_read_the_text(client: Client) -> None:
    item, address = weak_norm()
    before = text(client, f"/en/hukum/norma/{address}")
    assert "informs and reminds only" in before
    row = confirm(item)
    html = text(client, f"/en/hukum/norma/{address}")
    assert "informs and reminds only" not in html
    assert f"Confirmed by the legal officer of {row.organ.name} on 19 November 2026" in html
    assert SEEN in html
    assert row.confirmed_by.name not in html
    shelf = text(client, f"/en/hukum/peraturan/{address.partition('/')[0]}/")
    assert shelf.count("confirmed by an office") == 1


def test_a_confirmation_that_was_withdrawn_or_is_of_an_older_text_is_none(client: Client) -> None:
    item, address = weak_norm()
    row = confirm(item)
    ArticleConfirmation.objects.update(text_hash="0" * 64)
    assert "informs and reminds only" in text(client, f"/en/hukum/norma/{address}")
    ArticleConfirmation.objects.update(text_hash=item.hash)
    actions.withdraw_confirmation(row, because="salah baca", by=row.confirmed_by, at=AT)
    assert "informs and reminds only" in text(client, f"/en/hukum/norma/{address}")


def test_a_term_that_waits_says_so_until_an_office_has_confirmed_it(client: Client) -> None:
    item = next(each for each in confirmable.items().values() if each.kind == "term")
    assert item.procedure is not None
    address = f"/en/hukum/prosedur/{item.id.removeprefix('term:').partition('/')[0]}/"
    before = text(client, address)
    waiting = before.count("only reminds, until a legal officer confirms the article")
    assert waiting
    row = confirm(item)
    html = text(client, address)
    assert html.count("only reminds, until a legal officer confirms the article") == waiting - 1
    assert f"Confirmed by the legal officer of {row.organ.name}" in html


@pytest.mark.parametrize(
    "url",
    ["/en/hukum/", "/en/hukum/peraturan/skb_2022/", "/en/hukum/norma/skb_2022/D7/"],
)
def test_the_catalogue_is_asked_as_it_was_known_on_a_day(
    client: Client, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[date | None] = []

    def remember(known_on: date | None = None) -> object:
        asked.append(known_on)
        return norms.catalogue(known_on)

    monkeypatch.setattr("timbang.publication.law_pages.catalogue", remember)
    html = text(client, f"{url}?diketahui=2025-01-01")
    assert date(2025, 1, 1) in asked
    assert "diketahui=2025-01-01" in html  # kept by the other language
    assert "As known on another day" in html
    wrong = text(client, f"{url}?diketahui=kemarin&pada=2024-10-05")
    assert 'id="id_diketahui_errors"' in wrong
    assert 'value="2024-10-05"' in wrong


def test_who_decides_is_told_of_the_days_on_which_the_norm_held(client: Client) -> None:
    norm = catalogue().norms["skb_2022/D7"]
    html = text(client, "/en/hukum/norma/skb_2022/D7/?pada=2024-06-01")
    part = html[html.index("Who decides") : html.index("How sure this is")]
    assert "KASN" in part[: part.index("<details>")]
    ended = [each for each in norm.authority if each.valid_until is not None]
    before = [each for each in ended if each.valid_until <= norm.valid_from]  # type: ignore[operator]
    assert before
    for each in before:
        assert each.valid_until is not None
        assert f"{each.valid_until.year})" not in part
