"""The career of an official: only for a case or lead, on the record, and nothing but public lists."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from tests.cases.conftest import AT, PASSWORD, TJAHJO, log_in
from tests.cases.lead_scene import lead
from tests.registry.loader import TODAY, Loader
from tests.registry.test_posts import agency, decree, load, post
from timbang.accounts import codes
from timbang.accounts.models import Officer, Organ
from timbang.cases.actions.looking_up import look_up_public, words_of
from timbang.cases.models import Case, LookUp
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal
from timbang.ledger.models import Entry
from timbang.registry import actions, people
from timbang.registry.models import NamePair
from timbang.registry.tables import open_tables

pytestmark = pytest.mark.django_db
# The reported person of the case stands in the lists, too.
NIP = "198403122010011004"
OTHER = "199005052015021002"


@pytest.fixture
def loader(tmp_path: Path, settings: LazySettings) -> Loader:
    found = Loader(tmp_path)
    settings.TABLES, settings.PEOPLE = found.store.folder, tmp_path / "people"
    return found


def official(**told: object) -> dict[str, object]:
    return {"tahun": 2020, "nama": TJAHJO.name, "nip": NIP, "kode instansi": "A1",
            "instansi": "Dinas Sosial", "wilayah": "32.73", "jabatan": "Kepala Seksi",
            **told}  # fmt: skip


def candidate(**told: object) -> dict[str, object]:
    return {"tahun": 2024, "pemilihan": "pemilu-2024", "jenis pemilihan": "DPRD Kota",
            "wilayah": "32.73", "dapil": "3", "partai": "Partai Contoh", "nomor urut": 2,
            "nama": TJAHJO.name, "tahun lahir": 1984, **told}  # fmt: skip


def campaigner(**told: object) -> dict[str, object]:
    return {"tahun": 2024, "pemilihan": "pilkada-2024", "jenis": "Wali Kota", "wilayah": "32.73",
            "calon": "Pasangan Satu", "partai": "Partai Contoh", "nama": TJAHJO.name,
            "kedudukan": "Juru kampanye", "tanggal daftar": "2024-09-25", **told}  # fmt: skip


OWN = decree(
    "821/7", f"Drs. {TJAHJO.name}", nip=NIP, tmt="2022-02-15", sampai="2022-08-15",
    penandatangan="Wali Kota",
    **{"tanggal sk": "2022-02-01", "status jabatan": "Plt", "kode jabatan": "P2"},
)  # fmt: skip


@pytest.fixture
def lists(loader: Loader, settings: LazySettings) -> Loader:
    load(loader, "officials", official(), official(nama="Siti Aminah", nip=OTHER))
    load(
        loader, "appointments", OWN,
        decree("1", "Pendahulu Rekaan", tmt="2019-01-01", **{"kode jabatan": "P2"}),
        decree("9", "Penerus Rekaan", tmt="2022-09-01", **{"kode jabatan": "P2"}),
    )  # fmt: skip
    load(
        loader, "posts", post("P2", "Kepala Dinas", jenjang="JPT Pratama", sejak="2018-01-01",
                              **{"diangkat oleh": "P9"}),
        post("P9", "Wali Kota", **{"kode instansi": "K"}),
    )  # fmt: skip
    load(
        loader, "agencies",
        agency("A0", "Kantor Sosial", sampai="2018-01-01", menjadi="A1", perubahan="Ganti nama"),
        agency("A1", "Dinas Sosial", sejak="2018-01-01"),
    )  # fmt: skip
    load(loader, "candidates", candidate())
    load(loader, "campaigners", campaigner())
    index(loader, settings)
    return loader


def index(loader: Loader, settings: LazySettings) -> None:
    folder = settings.PEOPLE / people.EVERYBODY
    people.make_index(open_tables(loader.store.folder), folder, on=TODAY)


def person(loader: Loader, list_kind: str = "official") -> str:
    rows = [row for row in loader.rows("people") if row["list_kind"] == list_kind]
    found: str = next(row["row_id"] for row in rows if TJAHJO.name in row["name"])
    return found


def ask(login: str, row_id: str, number: str) -> tuple[int, str]:
    answer = log_in(login).post(reverse("cases:career"), {"person": row_id, "number": number})
    return answer.status_code, " ".join(answer.content.decode().split())


def pair_of(lists: Loader, list_kind: str, **told: object) -> NamePair:
    told = {"certainty": 0.9, "homonyms": 1, "reasons": []} | told
    return NamePair.objects.create(record=person(lists, list_kind), person=person(lists), **told)


def test_a_decree_stands_with_days_acting_kind_level_and_who_appoints(
    alice: Desk, case: Case, lists: Loader
) -> None:
    status, page = ask("alice", person(lists), case.number)
    assert status == 200
    assert page.index("2020, day not known") < page.index("15 February 2022")
    for told in (
        "Stands in a list (List of officials): <strong>Kepala Seksi</strong>",
        "Appointed: <strong>Kepala Dinas</strong>", "Acting, the post is vacant (Plt)",
        "First senior leader", "until before 15 August 2022", "decree 821/7 of 1 February 2022",
        "signed by Wali Kota", "who appoints to it: Wali Kota (P9)", "appointments.csv:2",
        "Kota Bandung", "Kantor Sosial (A0)", "was renamed Dinas Sosial (A1)",
    ):  # fmt: skip
        assert told in page, told


def test_who_came_before_and_after_in_the_post_is_told(
    alice: Desk, case: Case, lists: Loader
) -> None:
    page = ask("alice", person(lists), case.number)[1]
    earlier, later = page.index("Before: Pendahulu Rekaan"), page.index("After: Penerus Rekaan")
    assert earlier < later
    assert "from 1 January 2019" in page[earlier:later]


def test_of_a_title_that_several_hold_nobody_is_before_or_after(
    alice: Desk, case: Case, lists: Loader
) -> None:
    load(lists, "appointments", decree("1", "Satu", tmt="2019-01-01", **{"kode jabatan": "P2"}),
         decree("2", "Dua", tmt="2019-01-01", **{"kode jabatan": "P2"}))  # fmt: skip
    page = ask("alice", person(lists), case.number)[1]
    assert "Several hold this title at once" in page
    assert "Satu" not in page
    assert "Pendahulu Rekaan" not in page


def test_what_is_not_known_is_said_and_never_guessed(
    alice: Desk, case: Case, lists: Loader
) -> None:
    load(lists, "appointments",
         decree("3", TJAHJO.name, nip=NIP, tmt="31-02-2023", jabatan="Sekretaris", wilayah="91.01"),
         *(decree(f"0{n}", "Emi", tmt="2020-01-01", jabatan=f"Seksi {n}") for n in range(3)))  # fmt: skip
    page = ask("alice", person(lists), case.number)[1]
    row = page[page.index("<strong>Sekretaris</strong>") - 400 :]
    assert "until not known" in row
    assert "A day that does not exist; kept as unknown" in row
    assert "decree 3, day not known" in row
    assert "Nobody else is known in this post." in row
    assert "Kabupaten Merauke (written as 91.01)" in row


@pytest.mark.parametrize(
    ("list_kind", "told"),
    [
        ("candidate", "Confirmed candidate: <strong>Council of a regency or city</strong>"),
        ("campaigner", "Campaign team: <strong>Juru kampanye</strong>"),
    ],
)
def test_other_lists_join_only_when_an_officer_judged_that_both_are_one(
    alice: Desk, case: Case, lists: Loader, list_kind: str, told: str
) -> None:
    pair = pair_of(lists, list_kind)
    assert "Partai Contoh" not in ask("alice", person(lists), case.number)[1]
    actions.judge_pair(pair, "same", seen=0, why="", by=alice.officer, at=AT)
    page = ask("alice", person(lists), case.number)[1]
    assert told in page
    assert "judged the same person by Kantor bawaslu-32, 2 November 2026" in page
    # From the other side it is the same career.
    assert "821/7" in ask("alice", person(lists, list_kind), case.number)[1]


def test_a_sure_link_joins_and_says_that_nobody_judged_it(
    alice: Desk, case: Case, lists: Loader
) -> None:
    pair = pair_of(lists, "candidate", certainty=0.9985)
    page = ask("alice", person(lists), case.number)[1]
    assert "number 2 on the ballot" in page
    assert "the link is shown as sure (99.8 %), no officer has judged it" in page
    for judgement in ("different", "undecided"):
        pair.refresh_from_db()
        actions.judge_pair(pair, judgement, seen=pair.version, why="", by=alice.officer, at=AT)
        assert "Partai Contoh" not in ask("alice", person(lists), case.number)[1]


def test_a_link_below_sure_or_of_a_record_judged_to_be_another_joins_nothing(
    alice: Desk, case: Case, lists: Loader
) -> None:
    pair_of(lists, "candidate", certainty=0.9979)
    assert "Partai Contoh" not in ask("alice", person(lists), case.number)[1]
    NamePair.objects.update(certainty=0.999)
    other = NamePair.objects.create(
        record=person(lists, "candidate"), person="officials/else", certainty=0.1, homonyms=1,
        reasons=[],
    )  # fmt: skip
    actions.judge_pair(other, "same", seen=0, why="", by=alice.officer, at=AT)
    assert "Partai Contoh" not in ask("alice", person(lists), case.number)[1]


def test_homonyms_are_counted_and_stand_apart(
    alice: Desk, case: Case, lists: Loader, settings: LazySettings
) -> None:
    load(lists, "officials", official(nip=OTHER, jabatan="Lurah", **{"kode instansi": "K1"}))
    index(lists, settings)
    page = ask("alice", person(lists), case.number)[1]
    assert "4 people of the loaded lists are named so." in page
    assert "Lurah" not in page
    for path in (settings.PEOPLE / people.EVERYBODY).iterdir():
        path.unlink()
    assert "named so is not known" in ask("alice", person(lists), case.number)[1]


def test_opening_a_career_is_one_entry_and_the_name_is_sealed(
    alice: Desk, bob: Desk, case: Case, lists: Loader
) -> None:
    lead("L-12/2026")
    before = Entry.objects.count()
    ask("alice", person(lists), "L-12/2026")
    row = LookUp.objects.get()
    assert Entry.objects.count() == before + 1
    assert (row.what, row.number, row.case, row.officer) == (
        "record", "L-12/2026", None, alice.officer,
    )  # fmt: skip
    assert words_of(row, bob) == f"Drs. {TJAHJO.name}"
    assert TJAHJO.name not in str(row.entry.body)


@pytest.mark.parametrize("number", ["", "9999/BAWASLU-32/2026", "L-x", "L-1/26"])
def test_no_career_without_a_case_or_lead(
    alice: Desk, case: Case, lists: Loader, number: str
) -> None:
    status, page = ask("alice", person(lists), number)
    assert status == (409 if number else 200)
    # What was chosen waits in the form; nothing of the lists is told.
    assert "Kepala Seksi</strong>" not in page
    assert "Plt" not in page
    assert LookUp.objects.count() == 0


def test_another_office_cannot_name_the_case(
    alice: Desk, charlie: Desk, case: Case, lists: Loader
) -> None:
    status, page = ask("charlie", person(lists), case.number)
    assert status == 409
    assert "Kepala Dinas" not in page


def test_whether_a_person_stands_in_a_list_is_not_told_without_a_number(
    alice: Desk, case: Case, lists: Loader
) -> None:
    known, unknown = (ask("alice", row, "L-x")[1] for row in (person(lists), "nobody"))
    assert known.replace(person(lists), "nobody").count("L-x") == unknown.count("L-x")
    assert "its number is not known" in known
    assert "its number is not known" in unknown


def test_a_lead_that_does_not_exist_or_is_elsewhere_opens_no_career(
    alice: Desk, charlie: Desk, lists: Loader
) -> None:
    lead("L-12/2026")
    for login, number in (("alice", "L-13/2026"), ("charlie", "L-12/2026")):
        status, page = ask(login, person(lists), number)
        assert status == 409
        assert "There is no lead with this number for your office." in page
        assert "Kepala Dinas" not in page
    assert LookUp.objects.count() == 0


def test_a_person_in_no_list_has_no_career_and_nothing_is_written(
    alice: Desk, case: Case, lists: Loader
) -> None:
    status, page = ask("alice", "nobody", case.number)
    assert status == 409
    assert "This person is in no list that counts now" in page
    assert LookUp.objects.count() == 0


def test_no_case_and_no_allegation_is_ever_shown(alice: Desk, case: Case, lists: Loader) -> None:
    lead("L-12/2026")
    page = ask("alice", person(lists), "L-12/2026")[1]
    assert TJAHJO.name in page
    for told in (case.number, str(case.pk), reverse("cases:case", args=[case.pk])):
        assert told not in page


def test_the_search_leads_to_the_career_and_no_address_has_the_name(
    alice: Desk, case: Case, lists: Loader
) -> None:
    told = {"name": TJAHJO.name, "number": case.number}
    page = log_in("alice").post(reverse("cases:people"), told).content.decode()
    assert f'action="{reverse("cases:career")}"' in page
    assert f'name="number" value="{case.number}"' in page
    assert TJAHJO.name not in reverse("cases:career")
    empty = log_in("alice").get(reverse("cases:career")).content.decode()
    assert "No person is chosen yet" in empty


def test_a_person_with_sixty_posts_and_long_names_has_a_page(
    alice: Desk, case: Case, loader: Loader
) -> None:
    long = "Raden Mas " + "Panjang" * 20
    load(loader, "appointments", *(
        decree(f"821/{n}", long, nip=NIP, tmt=f"{1964 + n}-01-01", jabatan=f"Kepala {n} " + "x" * 180)
        for n in range(60)
    ))  # fmt: skip
    row_id = loader.rows("people")[0]["row_id"]
    status, page = ask("alice", row_id, case.number)
    assert status == 200
    assert page.count("decree 821/") == 60
    assert "60 lines" in page
    assert page.index("1 January 1964") < page.index("1 January 2023")


# Who may open it: over all kinds of offices and all roles

READERS = {"receiver", "examiner", "decision_maker"}
WATCH = {"task_force", "bawaslu", "bkn", "kasn", "bpasn", "ombudsman", "home_ministry", "police"}
# Regent or mayor, who appoints, and whatever works under him or for him.
EXECUTIVE = {
    *("regent", "appointing_officer", "inspectorate", "higher_officer", "service_provider"),
    *("policy_office", "clearing_office"),
}
REST = {"observer", "ethics_council", "kpu", "policy_observer"}


def test_every_kind_of_office_is_decided_about() -> None:
    assert set(codes.ORGAN_KINDS) == WATCH | EXECUTIVE | REST
    assert not set(codes.WATCHERS) & EXECUTIVE


def test_no_role_of_a_regional_executive_opens_careers_or_posts(
    alice: Desk, case: Case, lists: Loader
) -> None:
    """Every kind of office with every role, and with all roles at once, on every page."""
    lead("L-1/2026")
    browser, row_id = log_in("alice"), person(lists)
    sent = {
        "cases:people": {"name": TJAHJO.name, "number": "L-1/2026"},
        "cases:career": {"person": row_id, "number": "L-1/2026"},
        "cases:post": {"title": "Kepala Dinas", "agency": "A1", "number": "L-1/2026"},
    }
    for kind in codes.ORGAN_KINDS:
        Organ.objects.filter(pk=alice.organ.pk).update(kind=kind)
        for roles in (*([role] for role in codes.ROLES), list(codes.ROLES)):
            Officer.objects.filter(pk=alice.officer.pk).update(roles=roles)
            may = kind in WATCH and bool(READERS & set(roles))
            for name in (*sent, "cases:posts"):
                asked = browser.get(reverse(name)).status_code
                assert asked == (200 if may else 404), (kind, roles, name)
            # Reading takes its time: of those who may, one of each kind of office reads.
            reads = not may or len(roles) > 1
            for name, body in sent.items() if reads else ():
                answer = browser.post(reverse(name), body)
                assert answer.status_code == (200 if may else 404), (kind, roles, name)
                assert may or "Pendahulu" not in answer.content.decode()
            desk = Desk(Officer.objects.select_related("organ").get(pk=alice.officer.pk), b"")
            if not may:
                with pytest.raises(Refusal):
                    look_up_public("a", number="L-1/2026", by=desk, at=AT)


def test_a_revoked_officer_opens_nothing(alice: Desk, case: Case, lists: Loader) -> None:
    alice.officer.revoked_on = AT.date()
    assert not alice.officer.watches


def test_a_closed_key_asks_for_the_password_and_the_career_opens_with_it(
    alice: Desk, case: Case, lists: Loader
) -> None:
    browser = log_in("alice")
    browser.cookies.pop("timbang_key", None)
    told = {"person": person(lists), "number": case.number}
    answer = browser.post(reverse("cases:career"), told)
    assert answer.status_code in (200, 403)
    again = browser.post(reverse("cases:career"), told | {"unlock_password": PASSWORD})
    assert "821/7" in again.content.decode()


def test_whoever_is_not_logged_in_sees_the_login(lists: Loader) -> None:
    for name in ("cases:career", "cases:posts", "cases:post"):
        assert Client().get(reverse(name)).status_code == 302
