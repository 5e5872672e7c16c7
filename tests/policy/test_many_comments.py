"""A campaign sends the same words a thousand times: they are read once and decided on together."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tests.policy import scene
from tests.policy.conftest import AT, Cast, seated
from timbang.accounts.models import Officer
from timbang.law.refusal import Refusal
from timbang.ledger.actions import record_all
from timbang.ledger.models import Entry
from timbang.policy import actions, addresses
from timbang.policy.actions import Overtaken, Seen, speaking
from timbang.policy.actions.speaking import MOST_NAMES, Ticked
from timbang.policy.models import Act, Comment, Dossier, Line, Shown

pytestmark = pytest.mark.django_db
CALL = "Tolak dapur sekolah. Salin dan kirim."
OTHER = "Dapur kami tidak punya air bersih."


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


@pytest.fixture
def dossier(cast: Cast) -> Dossier:
    return scene.opened(cast)


def came(dossier: Dossier, count: int, body: str = CALL, names: tuple[str, ...] = ()) -> None:
    """So many comments of the same words; the first ones with these names."""
    with transaction.atomic():
        bodies = [{"id": str(uuid4())} for _each in range(count)]
        entries = record_all(act="policy.comment", bodies=bodies, lane="daily", on=AT.date())
        given = (*names, *[""] * (count - len(names)))
        Comment.objects.bulk_create(
            Comment(
                dossier=dossier, step="study", receipt=uuid4().bytes * 2, name=name, body=body,
                sent_on=AT.date(), entry=entry,
            )
            for name, entry in zip(given, entries, strict=True)
        )  # fmt: skip


def text(body: str = CALL, names: int = 0) -> Ticked:
    one = Comment.objects.filter(body=body).values_list("pk", flat=True)[0]
    return Ticked({one: names})


def at(dossier: Dossier, query: str = "") -> str:
    return f"/en/meja/kebijakan/{dossier.pk}/tanggapan/{query}"


def page(client: Client, dossier: Dossier, query: str = "") -> str:
    answer = client.get(at(dossier, query))
    assert answer.status_code == 200
    return answer.content.decode()


def sent(client: Client, dossier: Dossier, query: str = "", **told: object) -> str:
    """What comes of the form of this page, with these boxes and this button."""
    html = page(client, dossier, query)
    form = next(
        form for form in re.findall(r"<form.*?</form>", html, re.S) if 'name="once"' in form
    )
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    address = re.search(r'action="([^"]*)"', form)
    assert address
    go = at(dossier, address[1].replace("&amp;", "&"))
    return client.post(go, hidden | told, follow=True).content.decode()


def boxes(html: str, name: str = "text") -> list[str]:
    return re.findall(rf'<input type="checkbox" name="{name}" value="([^"]*)"', html)


# --- what the page shows --------------------------------------------------------------------------


def test_equal_texts_stand_once_with_their_number_the_most_frequent_first(
    cast: Cast, dossier: Dossier
) -> None:
    came(dossier, 1, OTHER)
    came(dossier, 40, names=("Ayu", "Bima"))
    html = page(seated(cast.analyst), dossier)
    assert html.count(CALL) == 1
    assert "40 comments with these words" in html
    assert "1 comment with these words" in html
    assert html.index(CALL) < html.index(OTHER)
    assert "Ayu; Bima" in html
    assert len(boxes(html)) == 2


def test_five_thousand_comments_come_in_pages_of_a_few_questions(
    cast: Cast, dossier: Dossier, django_assert_max_num_queries: object
) -> None:
    came(dossier, 4_000)
    for number in range(50):
        came(dossier, 20, f"Usul nomor {number:02}.")
    client = seated(cast.analyst)
    with django_assert_max_num_queries(60):  # type: ignore[operator]
        html = page(client, dossier)
    assert len(boxes(html)) == 20
    assert len(html) < 60_000
    assert "Page 1 of 3" in html
    assert len(boxes(page(client, dossier, "?halaman=3"))) == 11
    one = boxes(html)[0].split(":")[0]
    single = page(client, dossier, f"?daftar=tunggu&teks={one}&halaman=2")
    assert "Page 2 of 40" in single
    assert len(boxes(single, "single")) == 100


def test_a_list_that_is_empty_or_unknown_says_so(cast: Cast, dossier: Dossier) -> None:
    client = seated(cast.analyst)
    for query in ("", "?daftar=ditahan", "?daftar=zz", "?teks=zz", f"?teks={uuid4()}",
                  "?halaman=9", "?daftar=lapangan"):  # fmt: skip
        assert "Nothing stands here." in page(client, dossier, query)


# --- deciding on many -----------------------------------------------------------------------------


def test_many_are_kept_back_for_one_reason_with_an_entry_each(cast: Cast, dossier: Dossier) -> None:
    came(dossier, 30)
    came(dossier, 1, OTHER)
    before = dossier.version
    client = seated(cast.analyst)
    box = boxes(page(client, dossier))[0]
    assert "Choose one of the reasons." in sent(client, dossier, text=[box], do="withhold")
    html = sent(client, dossier, text=[box], do="withhold", why="empty")
    assert "What you ticked is withheld" in html
    rows = Comment.objects.filter(body=CALL)
    assert set(rows.values_list("state", "why_withheld")) == {(Shown.WITHHELD, "empty")}
    assert Comment.objects.get(body=OTHER).state == Shown.WAITING
    lines = Line.objects.filter(dossier=dossier, act=Act.COMMENT_WITHHELD).order_by("version")
    assert [line.version for line in lines] == list(range(before + 1, before + 31))
    assert set(rows.values_list("shown_by", flat=True)) == set(lines.values_list("pk", flat=True))
    entries = Entry.objects.filter(act="policy.comment_withheld")
    assert {line.entry_id for line in lines} == {entry.pk for entry in entries}
    assert [(e.body or {})["version"] for e in entries.order_by("turn")] == [
        line.version for line in lines
    ]
    assert all(line.about == "empty" and line.officer_id == cast.analyst.pk for line in lines)
    dossier.refresh_from_db()
    assert dossier.version == before + 30


def test_each_entry_commits_to_its_own_comment(cast: Cast, dossier: Dossier) -> None:
    came(dossier, 3)
    speaking.withhold_all(
        dossier, text(), "outside", among=Shown.WAITING, seen=scene.now(dossier), by=cast.analyst,
        at=AT,
    )  # fmt: skip
    digests = {(e.body or {})["content"] for e in Entry.objects.filter(act__endswith="withheld")}
    assert len(digests) == 3


def test_many_are_shown_and_answered_in_the_same_words(cast: Cast, dossier: Dossier) -> None:
    came(dossier, 12, names=("Ayu",))
    client = seated(cast.analyst)
    html = sent(client, dossier, text=boxes(page(client, dossier)), do="show")
    assert "Everybody can read now what you ticked." in html
    shown = Comment.objects.filter(state=Shown.SHOWN)
    assert shown.count() == 12
    query = "?daftar=tanpa-jawaban"
    box = boxes(page(client, dossier, query))
    wrong = sent(client, dossier, query, text=box, do="answer", outcome="not_taken", words=" ")
    assert "Say in words what was done" in wrong
    html = sent(client, dossier, query, text=box, do="answer", outcome="not_taken", words="Tetap.")
    assert "the answer is public" in html
    assert set(shown.values_list("answer", "outcome", "answered_on")) == {
        ("Tetap.", "not_taken", AT.date())
    }
    assert dossier.journal.filter(act=Act.COMMENT_ANSWERED).count() == 12


def test_single_ones_are_ticked_and_the_rest_waits(cast: Cast, dossier: Dossier) -> None:
    came(dossier, 5, names=("Ayu", "Bima"))
    client = seated(cast.analyst)
    one = boxes(page(client, dossier))[0].split(":")[0]
    query = f"?daftar=tunggu&teks={one}"
    ticked = boxes(page(client, dossier, query), "single")[-2:]
    sent(client, dossier, query, single=ticked, do="show")
    shown = Comment.objects.filter(state=Shown.SHOWN)
    assert {str(row.pk) for row in shown} == set(ticked)
    assert set(shown.values_list("name", flat=True)) == {"Ayu", "Bima"}


def test_what_was_ticked_and_typed_stays_when_it_is_refused(cast: Cast, dossier: Dossier) -> None:
    came(dossier, 2)
    client = seated(cast.analyst)
    box = boxes(page(client, dossier))[0]
    html = sent(client, dossier, text=[box], do="withhold", why="")
    assert f'value="{box}" checked' in html
    assert "Tick at least one comment." in sent(client, dossier, do="show")
    assert "Tick at least one comment." in sent(client, dossier, text=["x", "1:1"], do="show")
    assert "cannot be done" in sent(client, dossier, text=[box], do="burn")


def test_no_name_is_shown_that_nobody_has_read(cast: Cast, dossier: Dossier) -> None:
    came(dossier, 3, names=("Ayu",))
    client = seated(cast.analyst)
    box = boxes(page(client, dossier))
    came(dossier, 1, names=("Si anu koruptor",))
    html = sent(client, dossier, text=box, do="show")
    assert "that were not on your page" in html
    assert not Comment.objects.filter(state=Shown.SHOWN).exists()
    # Without a name the words are the same: nobody has to look again.
    came(dossier, 1)
    sent(client, dossier, text=boxes(page(client, dossier)), do="show")
    assert Comment.objects.filter(state=Shown.SHOWN).count() == 5


def test_more_names_than_a_page_holds_are_read_one_by_one(cast: Cast, dossier: Dossier) -> None:
    names = tuple(f"Warga {number:03}" for number in range(MOST_NAMES + 1))
    came(dossier, len(names), names=names)
    client = seated(cast.analyst)
    html = page(client, dossier)
    assert "Read the names one by one" in html
    assert "Warga 000" not in html
    assert "not on your page" in sent(client, dossier, text=boxes(html), do="show")
    assert not Comment.objects.exclude(state=Shown.WAITING).exists()
    sent(client, dossier, text=boxes(html), do="withhold", why="outside")
    assert not Comment.objects.filter(state=Shown.WAITING).exists()


def test_the_same_form_twice_is_one_act_and_an_older_page_is_told(
    cast: Cast, dossier: Dossier
) -> None:
    came(dossier, 4)
    seen = scene.now(dossier)
    for expected in (4, 0):
        done = speaking.show_all(
            dossier, text(), among=Shown.WAITING, seen=seen, by=cast.analyst, at=AT
        )
        assert done == expected
    assert dossier.journal.filter(act=Act.COMMENT_SHOWN).count() == 4
    with pytest.raises(Overtaken):
        speaking.withhold_all(
            dossier, text(), "empty", among=Shown.SHOWN, seen=Seen(seen.version, uuid4()),
            by=cast.analyst, at=AT,
        )  # fmt: skip


def test_a_comment_of_another_dossier_is_never_ticked(cast: Cast, dossier: Dossier) -> None:
    other = scene.opened(cast, title="Lain")
    came(other, 2)
    foreign = Comment.objects.filter(dossier=other)[0].pk
    for ticked in (Ticked({foreign: 0}), Ticked({}, frozenset([foreign]))):
        with pytest.raises(Refusal, match="Tick"):
            speaking.show_all(
                dossier, ticked, among=Shown.WAITING, seen=scene.now(dossier), by=cast.analyst,
                at=AT,
            )  # fmt: skip
    assert Comment.objects.filter(state=Shown.WAITING).count() == 2


def test_a_journal_tells_a_campaign_in_one_line_with_its_first_and_last_proof(
    cast: Cast, dossier: Dossier
) -> None:
    came(dossier, 300)
    first = dossier.version + 1
    speaking.withhold_all(
        dossier, text(), "outside", among=Shown.WAITING, seen=scene.now(dossier), by=cast.analyst,
        at=AT,
    )  # fmt: skip
    scene.write(dossier, cast.analyst, "problem")
    docket = f"/en/kebijakan/{addresses.slug_of(dossier.number)}/"
    html = Client().get(docket).content.decode()
    last = first + 299
    assert f"300 times, entries {first} to {last}" in html
    assert html.count(".tlog-proof") == first - 1 + 2 + 1
    for version in (first, last, last - 7):
        assert Client().get(f"{docket}jurnal/{version}.tlog-proof").status_code == 200
    desk = seated(cast.analyst).get(f"/en/meja/kebijakan/{dossier.pk}/").content.decode()
    assert desk.count("Comment withheld") == 1
    assert "(300 times)" in desk
    assert f"What happened: {last + 1} acts" in desk


# --- who ------------------------------------------------------------------------------------------


def others(cast: Cast) -> tuple[Officer, ...]:
    return (cast.head, cast.reviewer, cast.lawyer, cast.governor, cast.watcher, cast.auditor)


def test_only_the_offices_own_analyst_decides_on_many(cast: Cast, dossier: Dossier) -> None:
    came(dossier, 2)
    for officer in others(cast):
        by = {"by": officer, "at": AT}
        for act in (
            lambda by: speaking.show_all(
                dossier, text(), among=Shown.WAITING, seen=scene.now(dossier), **by
            ),
            lambda by: speaking.withhold_all(
                dossier, text(), "empty", among=Shown.WAITING, seen=scene.now(dossier), **by
            ),
            lambda by: speaking.answer_all(
                dossier, text(), "taken", "Ya.", seen=scene.now(dossier), **by
            ),
        ):
            with pytest.raises(Refusal):
                act(by)
        client = seated(officer)
        for answer in (client.get(at(dossier)), client.post(at(dossier), {"do": "show"})):
            assert answer.status_code in (403, 404), officer.login
            assert CALL not in answer.content.decode()
    assert Comment.objects.filter(state=Shown.WAITING).count() == 2
    assert Client().get(at(dossier)).status_code == 302


def test_who_is_tied_decides_on_none(cast: Cast, dossier: Dossier) -> None:
    came(dossier, 2)
    actions.declare_tie(
        dossier, "gains", "Pemilik dapur.", seen=scene.now(dossier), by=cast.analyst, at=AT
    )
    with pytest.raises(Refusal, match="tie"):
        speaking.show_all(
            dossier, text(), among=Shown.WAITING, seen=scene.now(dossier), by=cast.analyst, at=AT
        )


def test_the_day_of_an_answer_is_the_offices_day(cast: Cast, dossier: Dossier) -> None:
    came(dossier, 1)
    late = AT.replace(hour=20)  # past midnight in Jakarta
    ticked: dict[UUID, int] = dict(text().texts)
    speaking.show_all(
        dossier, Ticked(ticked), among=Shown.WAITING, seen=scene.now(dossier), by=cast.analyst,
        at=late,
    )  # fmt: skip
    speaking.answer_all(
        dossier, Ticked(ticked), "taken", "Ya.", seen=scene.now(dossier), by=cast.analyst, at=late
    )
    assert Comment.objects.get().answered_on == date(2026, 11, 3)
