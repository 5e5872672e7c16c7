"""Releases: monthly, frozen, in the log, and never more than was there."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner
from django.db import IntegrityError, transaction

from tests.publication.conftest import AT, add_rows, hide_all, show_all
from timbang.cases.models import PublicCase, PublicRow, PublicState
from timbang.ledger.models import Entry
from timbang.publication import wording
from timbang.publication.actions import COLUMNS, draw_in_secret, month_before, release
from timbang.publication.commands import publication
from timbang.publication.models import CellFives, Release, ReleaseCell
from timbang.publication.suppress import NEVER

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 12, 2, 0, 0, tzinfo=UTC)


def _figures(found: Release | None) -> dict[tuple[str, str, str, str], int]:
    assert found is not None
    return {
        (cell.subject, cell.table, cell.first, cell.second): cell.at_least
        for cell in found.cells.all()
    }


def test_a_month_is_released_once_it_has_ended_and_never_again() -> None:
    found = release(at=AT, draw=show_all)
    assert found is not None
    assert (found.month, found.released_on) == ("2026-10", date(2026, 11, 1))
    assert release(at=AT, draw=show_all) is None
    assert release(at=datetime(2026, 11, 29, tzinfo=UTC), draw=show_all) is None
    # a clock that was set back releases nothing either
    assert release(at=datetime(2026, 9, 1, tzinfo=UTC), draw=show_all) is None
    assert Release.objects.count() == 1


def test_the_running_month_is_not_counted() -> None:
    add_rows(5, month="2026-10")
    add_rows(50, month="2026-11")
    figures = _figures(release(at=AT, draw=show_all))
    assert figures["reports", "organ", "inspektorat-coba", ""] == 5
    assert ("reports", "month", "2026-11", "") not in figures


def test_only_full_fives_are_published_and_small_cells_do_not_appear() -> None:
    add_rows(9, province_code="34")
    add_rows(4, province_code="33")
    figures = _figures(release(at=AT, draw=show_all))
    assert figures["reports", "organ", "inspektorat-coba", ""] == 10
    assert figures["reports", "province", "34", ""] == 5
    assert ("reports", "province", "33", "") not in figures
    assert all(at_least % 5 == 0 and at_least > 0 for at_least in figures.values())


def test_what_waits_for_its_draw_is_not_published() -> None:
    add_rows(60)
    assert _figures(release(at=AT, draw=hide_all)) == {}
    assert _figures(release(at=LATER, draw=show_all))["reports", "month", "2026-09", ""] == 60


def test_a_state_that_was_left_keeps_its_figure() -> None:
    add_rows(5, state=PublicState.IN_CASE)
    first = _figures(release(at=AT, draw=show_all))
    PublicRow.objects.update(state=PublicState.DECIDED, days_taken=31)
    second = _figures(release(at=LATER, draw=show_all))
    assert first["reports", "state", "in_case", ""] == 5
    assert second["reports", "state", "in_case", ""] == 5
    assert second["reports", "organ_state", "inspektorat-coba", "decided"] == 5
    assert second["reports", "time", "to_60", ""] == 5


def test_cases_and_lapses_have_figures_of_their_own() -> None:
    add_rows(4, lapsed=3)
    add_rows(6, model=PublicCase, lapsed=1, state=PublicState.IN_CASE, conduct="photo")
    figures = _figures(release(at=AT, draw=show_all))
    assert figures["cases", "lapsed", "inspektorat-coba", ""] == 5
    assert figures["cases", "conduct", "photo", ""] == 5
    # twelve lapsed terms, but only four reports
    assert not [key for key in figures if key[0] == "reports"]


def test_the_log_commits_to_the_file_that_is_published() -> None:
    add_rows(5)
    found = release(at=AT, draw=show_all)
    assert found is not None
    found = Release.objects.get()
    assert hashlib.sha256(found.file.encode()).hexdigest() == found.digest
    entry = Entry.objects.get(act="publication.released")
    assert found.entry == entry
    assert entry.body == {"month": "2026-10", "digest": found.digest}
    assert entry.lane == "now"


def test_the_file_holds_the_published_cells_and_nothing_else() -> None:
    add_rows(7, state=PublicState.CLOSED, days_taken=3)
    found = release(at=AT, draw=show_all)
    assert found is not None
    content = json.loads(found.file)
    assert set(content) == {
        "format",
        "month",
        "released_on",
        "step",
        "shown_each_month",
        "never_shown",
        "figures",
    }
    assert len(content["figures"]) == found.cells.count()
    assert {
        "subject": "reports",
        "table": "organ_state",
        "organ": "inspektorat-coba",
        "state": "closed",
        "at_least": 5,
    } in content["figures"]
    assert "7" not in {str(figure["at_least"]) for figure in content["figures"]}


def test_a_release_without_anything_is_a_release() -> None:
    """That a release came tells nobody that a report came."""
    found = release(at=AT, draw=show_all)
    assert found is not None
    assert json.loads(found.file)["figures"] == []
    assert Entry.objects.filter(act="publication.released").count() == 1


def test_a_release_that_fails_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    add_rows(5)

    def fail(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("timbang.publication.actions.ledger.record", fail)
    with pytest.raises(RuntimeError):
        release(at=AT, draw=show_all)
    assert not Release.objects.exists()
    assert not ReleaseCell.objects.exists()
    assert not CellFives.objects.exists()


def test_the_database_refuses_an_empty_five_and_more_shown_than_were_full() -> None:
    found = Release.objects.create(month="2026-01", released_on=date(2026, 2, 1))
    cell = {"subject": "reports", "table": "organ", "first": "a"}
    with pytest.raises(IntegrityError), transaction.atomic():
        ReleaseCell.objects.create(release=found, fives=0, **cell)
    with pytest.raises(IntegrityError), transaction.atomic():
        CellFives.objects.create(seen=1, never=1, shown=1, **cell)
    ReleaseCell.objects.create(release=found, fives=1, **cell)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReleaseCell.objects.create(release=found, fives=2, **cell)


def test_only_public_columns_are_read() -> None:
    for model in (PublicRow, PublicCase):
        assert set(COLUMNS) <= set(model.CLASSES["public"])


def test_every_state_has_words() -> None:
    for words in wording.STATES.values():
        assert set(words) == set(PublicState.values)


def test_the_secret_draw_falls_about_as_often_as_it_should() -> None:
    fallen = sum(draw_in_secret(NEVER) for _ in range(8000))
    assert 800 < fallen < 1200  # 1000 expected; 6 standard deviations are 177


@pytest.mark.parametrize(
    ("day", "month"),
    [(date(2026, 1, 31), "2025-12"), (date(2026, 12, 1), "2026-11"), (date(2026, 3, 1), "2026-02")],
)
def test_the_last_month_that_has_ended(day: date, month: str) -> None:
    assert month_before(day) == month


def test_the_command_releases_once_and_says_so() -> None:
    first, second = (CliRunner().invoke(publication, ["release", "--json"]) for _ in range(2))
    assert len(json.loads(first.output)["released"]["digest"]) == 64
    assert json.loads(second.output) == {"released": None}


def test_of_two_workers_at_once_one_releases(monkeypatch: pytest.MonkeyPatch) -> None:
    add_rows(5)
    first = release(at=AT, draw=show_all)
    # the second one asked before the first one was done
    monkeypatch.setattr(Release.objects, "filter", lambda **_: Release.objects.none())
    assert release(at=AT, draw=show_all) is None
    assert Release.objects.get() == first
    assert Entry.objects.count() == 1
