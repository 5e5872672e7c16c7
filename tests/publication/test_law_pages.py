"""The law as data on public pages: both languages, another day, what is not there, long names."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from timbang.law.calendar import Calendar
from timbang.law.entries import Norm
from timbang.law.norms import catalogue
from timbang.law.procedure import procedures
from timbang.law.vocabulary import STATUSES
from timbang.registry.actions import load_elections, load_regions

pytestmark = [pytest.mark.django_db, pytest.mark.urls("timbang.web.urls_public")]

PAGES = (
    "/hukum/",
    "/hukum/peraturan/skb_2022/",
    "/hukum/norma/skb_2022/D7/",
    "/hukum/prosedur/sbt_neutrality/",
    "/hukum/kalender/2026/",
    "/hukum/pertentangan/",
    "/bolehkah/",
    "/bolehkah/?status=PNS&conduct=photo",
    "/pencegahan/",
    "/pencegahan/?status=PNS&phase=campaign",
)
DATED = PAGES[:6]


def text(client: Client, url: str) -> str:
    page = client.get(url)
    assert page.status_code == 200, url
    return unescape(page.content.decode())


def norm_page(norm: Norm, day: date | None = None) -> str:
    """Its address; without `reverse`, which would add the language of the last page."""
    address = f"/hukum/norma/{norm.instrument.id}/{quote(norm.code)}/"
    return f"{address}?pada={day}" if day else address


@pytest.fixture
def elections(db: None) -> None:
    load_regions()
    load_elections()


@pytest.mark.parametrize("url", PAGES)
@pytest.mark.parametrize("language", ["", "/en"])
def test_anyone_reads_every_page_and_gets_no_script_no_cookie_and_no_copy(
    client: Client, url: str, language: str
) -> None:
    page = client.get(language + url)
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert not page.cookies
    html = page.content.decode()
    assert "<script" not in html
    assert " style=" not in html
    assert f'lang="{language.strip("/") or "id"}"' in html
    assert client.post(language + url).status_code == 405


@pytest.mark.parametrize("url", PAGES)
def test_a_change_of_language_keeps_what_was_asked(client: Client, url: str) -> None:
    html = text(client, url)
    query = url.partition("?")[2]
    (other,) = re.findall(r'class="language" href="([^"]*)"', html)
    assert other.startswith("/en" + url.partition("?")[0])
    for part in filter(None, query.split("&")):
        assert part in other


@pytest.mark.parametrize("url", DATED)
@pytest.mark.parametrize("day", ["besok", "2024-02-30", "0001-01-01", "9999-12-31"])
def test_a_day_that_cannot_be_read_is_told_and_the_page_stays(
    client: Client, url: str, day: str
) -> None:
    html = text(client, f"{url}?pada={day}")
    assert 'class="errorlist"' in html
    assert "Di bawah ini hukum hari ini" in html
    assert f'value="{day}"' in html


@pytest.mark.parametrize(
    "url",
    [
        "/hukum/peraturan/tidak_ada/",
        "/hukum/norma/skb_2022/D99/",
        "/hukum/norma/tidak_ada/D7/",
        "/hukum/prosedur/tidak_ada/",
        "/hukum/prosedur/tidak_ada/bukti.json",
        "/hukum/prosedur/tidak_ada/gambar.svg",
        "/hukum/kalender/1945/",
    ],
)
def test_what_is_not_in_the_catalogue_does_not_exist(client: Client, url: str) -> None:
    assert client.get(url).status_code == 404
    assert client.get("/en" + url).status_code == 404


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_norm_instrument_procedure_and_year_has_its_page(
    client: Client, language: str
) -> None:
    prefix = "" if language == "id" else "/en"
    for norm in catalogue().norms.values():
        html = text(client, prefix + norm_page(norm, norm.valid_from))
        assert norm.title[language] in html, norm.id
        assert norm.conduct[language] in html, norm.id
    for key in catalogue().instruments:
        assert catalogue().instruments[key].name in text(client, f"{prefix}/hukum/peraturan/{key}/")
    for key, procedure in procedures().items():
        html = text(client, f"{prefix}/hukum/prosedur/{key}/")
        for step in procedure.steps:
            assert step.title[language] in html, (key, step.code)
    for year in Calendar.load().years:
        assert str(year) in text(client, f"{prefix}/hukum/kalender/{year}/")


def test_the_overview_counts_what_is_in_force_on_the_day(client: Client) -> None:
    html = text(client, "/en/hukum/?pada=1950-01-01")
    assert "0 norms are in force on this day." in html
    assert "No norm of this catalogue was in force on this day." in html
    assert "What changed between 1 January 1950 and" in html
    # nothing is compared with itself
    assert "What changed between" not in text(client, "/en/hukum/")


def test_the_law_of_another_day_is_told_with_what_came_and_what_went(client: Client) -> None:
    html = text(client, "/en/hukum/?pada=2023-10-30")
    added = html[html.index("Added:") : html.index("Gone:")]
    gone = html[html.index("Gone:") :]
    assert "UU 20/2023" in added
    assert "UU 5/2014" in gone
    assert "replaced by UU 20/2023" in gone


def test_a_norm_that_was_not_yet_in_force_says_what_was(client: Client) -> None:
    html = text(client, "/en/hukum/norma/uu_20_2023/2f/?pada=2020-06-01")
    assert "Not in force on 1 June 2020." in html
    assert "/hukum/norma/uu_5_2014/" in html
    assert "In force on" not in html
    today = text(client, "/en/hukum/norma/uu_20_2023/2f/")
    assert "Not in force" not in today


def test_the_page_of_a_norm_tells_all_that_is_known_of_it(client: Client) -> None:
    html = text(client, "/en/hukum/norma/skb_2022/D7/")
    for told in (
        "Permanent civil servant (PNS)",
        "A candidate (confirmed by the KPU)",
        "After candidates are confirmed",
        "heavy disciplinary sanction",
        "SKB 22-09-2022 Lampiran II (D7)",
        "two other, independent sources",
        "on the recommendation of the Civil Service Commission (KASN)",
        "sources disagree",
        "Fingerprint of this norm",
        catalogue().norms["skb_2022/D7"].hash,
    ):
        assert told in html, told
    before = html.index("Phase</dt>")
    assert "Before candidates" not in html[before : html.index("</dd>", before)]


def test_a_changed_rule_shows_each_wording_on_its_own_days(client: Client) -> None:
    keys = [key for key in catalogue().norms if "@" in key]
    assert keys
    for key in keys:
        norm = catalogue().norms[key]
        assert norm.conduct.en in text(client, "/en" + norm_page(norm, norm.valid_from))


def test_a_weak_norm_says_that_it_waits_for_a_legal_officer(client: Client) -> None:
    weak = next(norm for norm in catalogue().norms.values() if not norm.may_propose)
    sure = next(norm for norm in catalogue().norms.values() if norm.may_propose)
    pages = [text(client, "/en" + norm_page(norm)) for norm in (weak, sure)]
    assert ["informs and reminds only" in page for page in pages] == [True, False]


def test_the_proof_of_a_procedure_is_published_with_its_hash(client: Client) -> None:
    found = procedures()["sbt_neutrality"]
    proof = json.loads(client.get("/hukum/prosedur/sbt_neutrality/bukti.json").content)
    assert proof["hash"] == found.hash
    assert proof["proved"] is True
    assert proof["properties"]
    html = text(client, "/en/hukum/prosedur/sbt_neutrality/")
    assert found.hash in html
    assert "The longest way has" in html


@pytest.mark.parametrize("language", ["", "/en"])
def test_a_procedure_is_drawn_without_script_or_style(client: Client, language: str) -> None:
    for key, found in procedures().items():
        page = client.get(f"{language}/hukum/prosedur/{key}/gambar.svg")
        assert page["Content-Type"] == "image/svg+xml; charset=utf-8"
        drawing = unescape(page.content.decode())
        assert found.title[language.strip("/") or "id"] in drawing
        assert "<script" not in drawing
        assert "style=" not in drawing
        assert f'src="{language}/hukum/prosedur/{key}/gambar.svg"' in text(
            client, f"{language}/hukum/prosedur/{key}/"
        )


def test_a_procedure_closed_to_new_cases_stays_readable_and_names_others(client: Client) -> None:
    closed = [found for found in procedures().values() if found.valid_until is not None]
    assert closed
    for found in closed:
        html = text(client, f"/en/hukum/prosedur/{found.id}/")
        assert "no new case begins under it" in html
        then = text(client, f"/en/hukum/prosedur/{found.id}/?pada={found.valid_from}")
        assert "a new case may begin under it" in then


def test_the_calendar_says_what_is_confirmed_and_what_the_chosen_day_is(client: Client) -> None:
    html = text(client, "/en/hukum/kalender/2024/?pada=2024-02-14")
    assert "Wednesday, 14 February 2024" in html
    assert "General Election Day" in html
    assert "The public holidays of this year are settled." in html
    later = text(client, "/en/hukum/kalender/2027/?pada=2050-01-03")
    assert "not settled" in later
    assert "There is no calendar for that year" in later


def test_every_conflict_is_shown_with_both_sides_and_the_reason(client: Client) -> None:
    html = text(client, "/en/hukum/pertentangan/")
    assert catalogue().conflicts
    for doubt in catalogue().conflicts:
        assert doubt.conflict is not None
        assert f'id="{doubt.code}"' in html
        for claim in doubt.claims:
            assert claim.says.en in html, doubt.code
        assert doubt.conflict.reason.en in html


# --- may I? ---------------------------------------------------------------------------------------


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = dict(attrs)
        if tag == "a" and (at.get("href") or "").startswith("?"):
            self.found.append(at["href"] or "")


def links(html: str) -> list[str]:
    reader = Links()
    reader.feed(html)
    return reader.found


def test_a_civil_servant_asks_six_things_and_gets_an_answer(
    client: Client, elections: None
) -> None:
    html = text(
        client,
        "/en/bolehkah/?status=PNS&post_level=administrator&conduct=photo&object=candidate"
        "&act_on=2024-10-05&contest=pemilihan-2024:regent&on_unpaid_leave=false",
    )
    assert '<h2 id="verdict">Forbidden</h2>' in html
    assert "By the law of 5 October 2024." in html
    assert "/hukum/norma/skb_2022/D7/" in html
    assert "heavy disciplinary sanction" in html
    assert "What to do instead" in html


def test_an_open_question_is_a_link_for_each_answer(client: Client) -> None:
    html = text(client, "/en/bolehkah/?status=PNS&conduct=photo&act_on=2024-10-05")
    assert '<h2 id="verdict">It depends</h2>' in html
    found = [link for link in links(html) if "object=candidate" in link]
    assert len(found) == 1
    assert '<h2 id="verdict">Forbidden</h2>' in text(client, "/en/bolehkah/" + found[0])


def test_the_answer_repeats_the_question_and_its_link_keeps_the_day(client: Client) -> None:
    """Who opens a shared address tomorrow reads the same question and the same answer."""
    html = text(client, "/en/bolehkah/?status=PNS&conduct=photo&object=candidate")
    box = html[html.index('aria-labelledby="verdict"') : html.index("</section>")]
    assert "Permanent civil servant (PNS) · Post or share a photo" in box
    (share,) = re.findall(r'<a href="(\?[^"]*)">Link to this answer', html)
    assert f"act_on={timezone.localdate()}" in share
    assert box in text(client, "/en/bolehkah/" + share)


def test_what_decides_stands_in_the_box_and_the_rest_is_folded(
    client: Client, elections: None
) -> None:
    html = text(
        client,
        "/en/bolehkah/?status=PNS&conduct=photo&object=candidate&act_on=2024-10-05"
        "&contest=pemilihan-2024:regent",
    )
    box = html[html.index('aria-labelledby="verdict"') : html.index("</section>")]
    assert "/hukum/norma/skb_2022/D7/?pada=2024-10-05" in box
    assert "Only after an examination in which the person is heard" in html
    unfolded = re.sub(r"<details>.*?</details>", "", html, flags=re.DOTALL)
    assert "/hukum/norma/uu_20_2023/" not in unfolded
    assert "What each side says" not in unfolded


def test_what_is_allowed_is_not_advised_against(client: Client) -> None:
    html = text(client, "/en/bolehkah/?status=PNS&conduct=photo&object=none")
    assert '<h2 id="verdict">Allowed</h2>' in html
    assert "What to do instead" not in html
    assert "How to do it safely" not in html


def test_where_no_answer_decides_alone_they_are_asked_in_one_form(client: Client) -> None:
    html = text(client, "/en/bolehkah/?status=candidate&conduct=involve_officials")
    more = html[html.index("Answer more, to know more") : html.index("Ask something else")]
    assert '<select name="contest" id="more_contest"' in more
    assert '<input type="hidden" name="conduct" value="involve_officials">' in more
    assert "contest_kind" not in more


def test_a_prohibition_without_a_known_sanction_says_so_and_asks_for_the_election(
    client: Client, elections: None
) -> None:
    asked = "status=PNS&conduct=social_media_support&object=candidate&act_on=2024-10-05"
    html = text(client, f"/en/bolehkah/?{asked}")
    assert '<h2 id="verdict">Forbidden</h2>' in html
    assert "That is not known from these answers" in html
    assert 'id="more_contest"' in html
    told = text(client, f"/en/bolehkah/?{asked}&contest=pemilihan-2024:regent")
    assert "That is not known from these answers" not in told
    assert "heavy disciplinary sanction" in told


def test_an_answer_to_a_follow_up_can_be_taken_back(client: Client) -> None:
    asked = "status=PNS&conduct=attend_active&object=candidate&act_on=2024-10-05"
    html = text(client, f"/en/bolehkah/?{asked}&event=campaign")
    assert "At what kind of event?" in html
    (back,) = [link for link in links(html) if "event" not in link and "conduct" in link]
    assert "event" not in back


def test_the_head_of_a_region_is_told_of_the_window_of_his_own_contest(
    client: Client, elections: None
) -> None:
    asked = "status=regional_head&conduct=official_replaced&contest=pemilihan-2024:regent"
    inside = f"/en/bolehkah/?{asked}&act_on=2024-03-22"
    html = text(client, f"{inside}&minister_consent=false")
    assert '<h2 id="verdict">Forbidden</h2>' in html
    assert "UU 10/2016 ps 71(2)" in html
    day_before = text(client, f"/en/bolehkah/?{asked}&act_on=2024-03-21&minister_consent=false")
    assert '<h2 id="verdict">Forbidden</h2>' not in day_before
    assert '<h2 id="verdict">Allowed</h2>' not in day_before
    assert "minister_consent=true" in text(client, inside)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("status=PNS&conduct=photo&act_on=besok", "Write the day as 2024-11-27"),
        ("status=PNS&conduct=photo&act_on=1900-01-01", "The day must lie between"),
        ("status=raja&conduct=photo", "raja"),
        ("status=PNS", "required"),
        ("status=PNS&conduct=photo&contest=x", "Select a valid choice"),
        ("status=PNS&conduct=photo&event=pesta", "cannot be 'pesta'"),
        ("status=PNS&conduct=photo&absent_workdays=banyak", "cannot be 'banyak'"),
        ("status=PNS&conduct=photo&minister_consent=mungkin", "cannot be 'mungkin'"),
    ],
)
def test_what_cannot_be_read_is_told_and_the_form_is_kept(
    client: Client, query: str, said: str
) -> None:
    html = text(client, f"/en/bolehkah/?{query}")
    assert said in html
    assert 'id="verdict"' not in html
    assert "<form" in html
    if "conduct=photo" in query:
        assert '<option value="photo" selected>' in html


def test_the_address_to_share_holds_nothing_that_was_not_asked(client: Client) -> None:
    html = text(client, "/en/bolehkah/?status=PNS&conduct=photo&nama=Budi&nip=1985")
    assert "Budi" not in html
    assert all("Budi" not in link and "1985" not in link for link in links(html))


def test_a_word_in_the_address_is_never_a_part_of_the_page(client: Client) -> None:
    html = client.get("/bolehkah/?status=PNS&conduct=photo&event=<b>x").content.decode()
    assert "<b>x" not in html
    html = client.get("/hukum/?pada=<b>x").content.decode()
    assert "<b>x" not in html


# --- prevention cards -----------------------------------------------------------------------------


@pytest.mark.parametrize("status", sorted(STATUSES))
def test_every_status_has_a_card_for_every_phase(client: Client, status: str) -> None:
    for phase in ("before_confirmation", "campaign", "quiet", "voting"):
        html = text(client, f"/en/pencegahan/?status={status}&phase={phase}")
        assert '<article class="sheet">' in html
        assert str(STATUSES[status].en) in html


def test_a_card_of_a_contest_says_from_which_day(client: Client, elections: None) -> None:
    html = text(client, "/en/pencegahan/?status=PNS&contest=pemilihan-2024:regent&phase=campaign")
    assert "from: After candidates are confirmed (22 September 2024)" in html
    assert "Made from the norms in force on 25 September 2024" in html


def test_without_phase_and_contest_the_card_asks_for_one(client: Client) -> None:
    html = text(client, "/en/pencegahan/?status=PNS")
    assert "The present phase is not known" in html
    assert '<article class="sheet">' not in html


def test_the_phase_of_a_past_contest_is_the_one_after_voting(
    client: Client, elections: None
) -> None:
    html = text(client, "/en/pencegahan/?status=PNS&contest=pemilihan-2024:regent")
    assert "After voting" in html


def test_a_card_says_first_which_acts_are_forbidden_and_folds_the_norms(
    client: Client, elections: None
) -> None:
    asked = "status=PNS&contest=pemilihan-2024:regent&phase=campaign"
    html = text(client, f"/en/pencegahan/?{asked}")
    card = html[html.index('<article class="sheet">') : html.index("</article>")]
    first = card[: card.index("<details>")]
    assert "Like, comment on, share or follow supporters' accounts" in first
    assert "May bring: heavy disciplinary sanction · once candidates are confirmed" in first
    assert "(22 September 2024)" in first
    assert "If your husband or wife is a candidate" in first
    assert "Neutrality principle" not in first
    assert len(re.findall("<li>", first)) < 40
    # what must be judged is not told with a sanction
    judged = first[first.index("Ask first") :]
    assert "heavy disciplinary sanction" not in judged


def test_a_card_can_be_printed_with_the_words_of_all_norms(client: Client) -> None:
    html = text(client, "/en/pencegahan/?status=PNS&phase=campaign")
    (whole,) = [link for link in links(html) if "norms=all" in link]
    opened = text(client, "/en/pencegahan/" + whole)
    assert "<details open>" in opened
    assert "<details open>" not in html
    (back,) = [link for link in links(opened) if link.startswith("?status=")]
    assert "norms" not in back
    assert "norms=all" in re.findall(r'class="language" href="([^"]*)"', opened)[0]


def test_the_words_of_a_card_are_those_of_the_norms(client: Client) -> None:
    html = text(client, "/pencegahan/?status=PNS&phase=campaign")
    card = html[html.index('<article class="sheet">') : html.index("</article>")]
    lines = re.findall(r"<li><strong>(.*?)\.</strong> (.*?)<br>", card)
    assert len(lines) > 5
    known = {(norm.title.id, norm.conduct.id) for norm in catalogue().norms.values()}
    assert set(lines) <= known


def test_the_front_page_leads_to_the_law(client: Client) -> None:
    html = text(client, "/")
    for address in ("/hukum/", "/bolehkah/", "/pencegahan/"):
        assert f'href="{address}"' in html


def test_elections_near_the_day_that_is_asked_about_are_offered(
    client: Client, elections: None
) -> None:
    asked = "/en/bolehkah/?status=PNS&conduct=other"
    now = text(client, f"{asked}&act_on=2025-01-05")
    then = text(client, f"{asked}&act_on=2032-01-05")
    assert 'value="pemilihan-2024:regent"' in now
    assert 'value="pemilihan-2024:regent"' not in then
    chosen = text(client, f"{asked}&act_on=2032-01-05&contest=pemilihan-2024:regent")
    assert 'value="pemilihan-2024:regent" selected' in chosen
