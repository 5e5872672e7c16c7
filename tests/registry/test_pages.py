"""The public page of elections: anyone, both languages, empty or full, no cookie."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from django.test import Client

from timbang.registry.commands import registry

pytestmark = pytest.mark.urls("timbang.web.urls_public")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "said"), [("/pemilu/", "Belum ada"), ("/en/pemilu/", "No election")]
)
def test_without_elections_the_page_says_so(client: Client, url: str, said: str) -> None:
    page = client.get(url)
    assert page.status_code == 200
    assert said in page.content.decode()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        (
            "/pemilu/",
            [
                "Penetapan calon",
                "22 September 2024",
                "dari ingatan",
                "keputusan KPU belum dilihat",
                "508",
                "tidak diketahui",
            ],
        ),
        (
            "/en/pemilu/",
            [
                "Candidates confirmed",
                "22 September 2024",
                "from memory",
                "decision of KPU was not seen",
                "not known",
            ],
        ),
    ],
)
def test_anyone_reads_the_days_and_where_they_come_from(
    shipped: object, client: Client, url: str, told: list[str]
) -> None:
    page = client.get(url)
    text = page.content.decode()
    for words in told:
        assert words in text
    assert "okezone" in text
    assert not page.cookies


def test_the_page_is_only_read(db: None, client: Client) -> None:
    assert client.post("/pemilu/").status_code == 405


@pytest.mark.django_db
def test_the_command_loads_and_says_what_it_loaded() -> None:
    once, again = (CliRunner().invoke(registry, ["load", "--json"]) for _ in range(2))
    assert once.exit_code == 0
    assert once.output == again.output
    assert '"regions": 552' in once.output
