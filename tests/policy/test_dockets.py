"""What everybody may read of a policy, and what nobody may."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.policy import scene
from tests.policy.conftest import AT, Cast, days_later
from timbang.policy import actions, addresses, docket_reading
from timbang.policy.actions import Told
from timbang.policy.models import Dossier

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


def at_day(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    monkeypatch.setattr(timezone, "now", lambda: days_later(days))


def address(dossier: Dossier) -> str:
    return reverse("dockets:docket", args=[addresses.slug_of(dossier.number)])


def page(dossier: Dossier, status: int = 200) -> str:
    answer = Client().get(address(dossier))
    assert answer.status_code == status
    assert not answer.cookies
    return answer.content.decode()


def listed(**asked: str) -> str:
    return Client().get(reverse("dockets:dockets"), asked).content.decode()


def published(cast: Cast) -> Dossier:
    dossier = scene.observed(cast)
    missing = Told(stage="technocracy", kind="study", state="missing", sought="Situs dinas.")
    found = Told(
        stage="bureaucracy", kind="decision", title="Keputusan 1", source="JDIH",
        url="javascript:alert(1)", read_on=AT.date(), amount=1_250_000,
    )  # fmt: skip
    for told in (missing, found):
        actions.add_piece(dossier, told, seen=scene.now(dossier), by=cast.watcher, at=AT)
    actions.publish(dossier, seen=scene.now(dossier), by=cast.watcher, at=AT)
    return dossier


def test_a_number_and_its_address_say_the_same(cast: Cast) -> None:
    dossier = scene.opened(cast)
    slug = addresses.slug_of(dossier.number)
    assert addresses.number_of(slug) == dossier.number
    for wrong in ("", "k-1", "k-0001-dinas-a", "k-0001--2026", "../etc", "k-0001-dinas-a-2026-x"):
        assert addresses.number_of(wrong) != dossier.number
        assert Client().get(f"/kebijakan/{wrong or 'x'}/").status_code == 404


def test_a_draft_does_not_exist_for_the_public(cast: Cast) -> None:
    dossier = scene.observed(cast)
    page(dossier, status=404)
    assert dossier.number not in listed()
    slug = addresses.slug_of(dossier.number)
    assert Client().get(reverse("dockets:proof", args=[slug, 1])).status_code == 404


def test_what_is_missing_is_shown_as_missing_and_no_address_runs_a_script(cast: Cast) -> None:
    html = page(published(cast))
    assert "Missing" in html
    assert "Situs dinas." in html
    assert "javascript:" not in html
    assert "Rp1,250,000" in html


def test_a_dossier_that_was_taken_back_shows_its_number_and_why_and_nothing_else(
    cast: Cast,
) -> None:
    dossier = published(cast)
    actions.retract(
        dossier, "Bukan kebijakan kantor itu.", seen=scene.now(dossier), by=cast.watcher, at=AT
    )
    html = page(dossier)
    assert dossier.number in html
    assert "Bukan kebijakan kantor itu." in html
    for gone in (dossier.title, "Situs dinas.", "JDIH", dossier.office):
        assert gone not in html
    assert dossier.title not in listed(keadaan="ditarik")
    slug = addresses.slug_of(dossier.number)
    assert Client().get(reverse("dockets:proof", args=[slug, 1])).status_code == 404


def test_a_part_is_public_once_its_step_was_left(cast: Cast) -> None:
    dossier = scene.opened(cast)
    scene.write(dossier, cast.analyst, *scene.STUDY)
    assert docket_reading.public_parts(dossier) == []
    assert scene.PARTS["problem"]["text"] not in page(dossier)
    scene.untied(dossier, cast.analyst)
    scene.step(dossier, "submitted", cast.analyst)
    assert [part.kind for part in docket_reading.public_parts(dossier)] == list(scene.STUDY)
    assert scene.PARTS["problem"]["text"] in page(dossier)


def test_what_is_written_anew_is_public_when_the_step_is_left_again(cast: Cast) -> None:
    dossier = scene.opened(cast)
    scene.studied(dossier, cast)
    scene.write(dossier, cast.reviewer, "review")
    scene.untied(dossier, cast.reviewer)
    scene.step(dossier, "sent_back", cast.reviewer, "Datanya lama.")
    new = scene.PARTS["problem"] | {"text": f"Lebih banyak anak. {scene.PARTS['problem']['text']}"}
    actions.write_part(dossier, "problem", new, seen=scene.now(dossier), by=cast.analyst, at=AT)
    assert "Lebih banyak anak." not in page(dossier)
    assert scene.PARTS["problem"]["text"] in page(dossier)
    scene.untied(dossier, cast.analyst)
    scene.step(dossier, "submitted", cast.analyst)
    assert "Lebih banyak anak." in page(dossier)


def test_in_the_lane_every_part_is_public_at_once(cast: Cast) -> None:
    dossier = scene.opened(cast)
    actions.write_part(dossier, "lane", scene.LANE, seen=scene.now(dossier), by=cast.head, at=AT)
    assert scene.LANE["rights"] not in page(dossier)
    scene.signed(dossier, cast.deputy, at=AT)
    scene.untied(dossier, cast.head)
    scene.step(dossier, "use_lane_disaster", cast.head, "Tidak dapat menunggu.")
    scene.write(dossier, cast.analyst, "problem")
    html = page(dossier)
    assert scene.LANE["rights"] in html
    assert scene.PARTS["problem"]["text"] in html


def test_an_overdue_debt_says_so_in_plain_words(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = scene.opened(cast)
    scene.in_lane(dossier, cast)
    assert "tag-late" not in page(dossier).split('id="debts"')[1].split("</section>")[0]
    at_day(monkeypatch, 10)
    html = Client().get(address(dossier)).content.decode()
    assert "Overdue by 3 days" in html  # the report, owed by 9 November
    assert "UU 30/2014 ps 28" in html
    assert "A rule of this register, not law" in html
    assert dossier.number in listed(keadaan="terlambat")


def test_what_was_late_when_it_was_dropped_is_told_as_late(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = scene.opened(cast)
    scene.in_lane(dossier, cast, sunset_on=f"{days_later(20):%Y-%m-%d}")
    assert actions.lapse_due(at=days_later(23)) == 1
    at_day(monkeypatch, 40)
    rows = page(dossier).split('id="debts"')[1].split("</section>")[0].split("<tr>")
    (told,) = [row for row in rows if "No longer needed since" in row]
    assert "Ratification" in told
    assert "3 days late" in told
    assert len([row for row in rows if "Owed; " in row]) == 4  # study, clearances, audit


def test_what_was_dropped_before_its_day_is_not_late(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = scene.opened(cast)
    scene.in_lane(dossier, cast)
    scene.step(dossier, "revoke", cast.head, "Selesai.", at=days_later(70))
    at_day(monkeypatch, 200)
    rows = page(dossier).split('id="debts"')[1].split("</section>")[0].split("<tr>")
    dropped = [row for row in rows if "No longer needed since" in row]
    assert len(dropped) == 3  # the clearances and the ratification
    assert not any("late" in row for row in dropped)
    (study,) = [row for row in rows if "A complete study" in row]
    assert "Overdue by 140 days" in study


def test_the_whole_way_shows_days_clearances_and_results(cast: Cast) -> None:
    dossier = scene.opened(cast)
    scene.executed(dossier, cast)
    html = Client().get(address(dossier)).content.decode()
    for told in ("Legal clearance", "Kantor biro-hukum", "below what was promised", "900", "Rp"):
        assert told in html
    assert "Kantor badan-anggaran" in html


def test_no_page_names_the_officers(cast: Cast) -> None:
    dossier = scene.opened(cast)
    scene.executed(dossier, cast)
    html = page(dossier)
    for officer in (cast.analyst, cast.head, cast.lawyer, cast.executor):
        assert officer.name not in html
        assert str(officer.pk) not in html


def test_the_list_is_searched_and_narrowed_down(cast: Cast) -> None:
    mine, other = scene.opened(cast), published(cast)
    both = listed()
    assert mine.number in both
    assert other.number in both
    assert other.number not in listed(kantor="dinas-a")
    assert mine.number in listed(kata="makan PAGI")
    assert mine.number not in listed(kata="jembatan")
    assert mine.number in listed(wilayah="32")
    assert mine.number not in listed(wilayah="33")
    assert mine.number not in listed(jalur="full")
    assert mine.number in listed(jalur="unknown")
    assert mine.number in listed(keadaan="study")
    assert mine.number not in listed(keadaan="decision")
    assert Client().get("/kebijakan/?halaman=9999&keadaan=%00&jalur=x").status_code == 200


def test_an_empty_register_says_so(db: None) -> None:
    assert "No policy is published" in listed()


def test_a_long_list_has_pages(cast: Cast) -> None:
    for place in range(31):
        scene.opened(cast, title=f"Kebijakan {place}")
    html = Client().get("/kebijakan/").content.decode()
    assert "halaman=2" in html
    assert "K-0001/" not in html
    assert "K-0001/" in Client().get("/kebijakan/?halaman=2").content.decode()


def test_the_journal_has_a_proof_for_each_line(cast: Cast) -> None:
    dossier = scene.opened(cast)
    slug = addresses.slug_of(dossier.number)
    answer = Client().get(reverse("dockets:proof", args=[slug, 1]))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith('.tlog-proof"')
    assert str(cast.analyst.pk) not in answer.content.decode()
    assert Client().get(reverse("dockets:proof", args=[slug, 99])).status_code == 404


def test_a_long_title_is_shown_whole(cast: Cast) -> None:
    dossier = scene.opened(cast, title="Panjang" * 28)
    assert "Panjang" * 28 in page(dossier)


def test_markup_in_a_dossier_stays_text(cast: Cast) -> None:
    dossier = scene.opened(cast, title="<script>x</script>", summary="<b>y</b>")
    html = page(dossier)
    assert "<script>x" not in html
    assert "&lt;script&gt;x" in html
    assert "<b>y" not in html


def test_a_line_is_not_found_under_another_dossier(cast: Cast) -> None:
    assert Client().get(reverse("dockets:photo", args=[uuid4()])).status_code == 404


@pytest.mark.urls("timbang.web.urls_public")
def test_the_public_door_alone_is_enough(cast: Cast, settings: Any) -> None:
    """It links to another door only where its address is known."""
    settings.DOOR = "public"
    dossier = scene.opened(cast)
    scene.in_lane(dossier, cast)
    assert "tanggapi/" not in page(dossier)
    settings.INTAKE_URL = "https://lapor.invalid"
    html = page(dossier)
    slug = addresses.slug_of(dossier.number)
    assert f'href="https://lapor.invalid/en/tanggapi/{slug}/"' in html
    assert 'action="https://lapor.invalid/en/lapor/tulis/"' in html


def test_what_is_not_known_is_a_heading_only_where_something_is(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = scene.opened(cast)
    assert 'id="unknown"' in page(dossier)  # the open points of its step
    at_day(monkeypatch, 400)
    scene.evaluated(dossier, cast)
    text = page(dossier)
    assert 'id="unknown"' not in text
    assert 'href="#unknown"' not in text


def test_the_journal_folds_what_is_older(cast: Cast) -> None:
    dossier = scene.opened(cast)
    assert "earlier entr" not in page(dossier)
    scene.drafted(dossier, cast)
    text = page(dossier)
    newest, folded = text.split("earlier entries</summary>")
    assert newest.count('<li value="') == 8
    assert f'<li value="{dossier.journal.count() - 8}"' in folded
    assert folded.count('<li value="') == dossier.journal.count() - 8
