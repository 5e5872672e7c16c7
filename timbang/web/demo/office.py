"""What the offices of the invented province did among themselves: who works on which case, who
stands back, a hearing with its minutes, a plenary that is half through, what was found and heard.

All of it happens on the last day, so that each page of the desk has something to show.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from timbang.accounts import absences
from timbang.accounts.models import Officer
from timbang.cases import actions as cases
from timbang.cases import course, drafting, plenaries
from timbang.cases import reading as cases_reading
from timbang.cases.actions import Desk, Person, Seen, above, assigning, looking_up, recusing, ways
from timbang.cases.keeping import Told
from timbang.cases.matching import Interest
from timbang.cases.minutes import Answer, Record
from timbang.cases.models import (
    Case,
    DocumentKind,
    HowKnown,
    OrderGiver,
    Part,
    SavedFilter,
    Seat,
    Source,
)
from timbang.cases.superiors import Superior
from timbang.web.demo import province

# Who works on which case: name of the story, who gives it, to whom, and as what.
GIVEN: Final = (
    ("apel-pagi", "citra", "dimas", Part.IN_CHARGE),
    ("apel-pagi", "citra", "citra", Part.MEMBER),
    ("caleg", "citra", "citra", Part.IN_CHARGE),
    ("grup-kepala-sekolah", "ani", "budi", Part.IN_CHARGE),
)
# Who declared that nothing ties him to it; Budi has not yet, and must before he acts.
UNTIED: Final = (("apel-pagi", "dimas"), ("apel-pagi", "citra"), ("caleg", "citra"))
# Who stands back from which case, and what ties him to it.
STANDS_BACK: Final = (("keputusan-memihak", "dimas", "family"),)
HEARING: Final = Record(
    place="Ruang klarifikasi Bawaslu Nusa Timbang",
    private=True,
    examiners=("Citra Maheswari", "Dimas Wicaksana"),
    answers=(
        Answer("Apakah Saudara berbicara pada apel pagi itu?", "Ya, saya pembina apel."),
        Answer("Apa yang Saudara katakan?", "Saya hanya mengingatkan untuk memilih."),
    ),
    own_words="Saya tidak bermaksud mengajak memilih pasangan tertentu.",
)
# Prior information: who wrote it down, what was heard or read, and where it came from.
HEARD: Final = (
    ("citra", "Mobil dinas di posko", "Foto mobil dinas berpelat merah di depan posko pasangan "
     "nomor 2, tanpa nama pengirim (data contoh).", Source.PRESS),
    ("ani", "Undangan rapat tertutup", "Seorang pegawai menyampaikan lisan bahwa ada rapat "
     "tertutup di rumah dinas (data contoh).", Source.WORD),
)  # fmt: skip
# Lists that an officer looks at again and again.
LISTS: Final = (("citra", "mine", "week"), ("ani", "free", ""))


@dataclass
class Offices:
    """The officers at their desks, and the cases by the names of their stories."""

    cases: Mapping[str, UUID]
    at: datetime

    def desk(self, login: str) -> Desk:
        """The desk of an officer with the password that stands in the tutorial."""
        officer = Officer.objects.select_related("organ").get(login=login)
        private = officer.open_private(province.PASSWORD.format(login=login))
        return Desk(officer, officer.open_organ(private))

    def case(self, story: str) -> Case:
        return Case.objects.get(pk=self.cases[story])

    def seen(self, story: str) -> Seen:
        return Seen.now(self.case(story))


def meet(case_id: UUID, proposal: str, at: datetime) -> None:
    """A plenary of the office that has the case: every member is for it, and it is closed."""
    here = Offices({"": case_id}, at)
    members = plenaries.members_of(here.case("").keeper)
    desks = [here.desk(officer.login) for officer in members]
    caller = next(desk for desk in desks if desk.officer.has_role(*plenaries.CALLERS))
    today = course.today(caller.organ, at)
    plenary = cases.call_plenary(
        here.case(""), proposal, members={officer.pk for officer in members}, meets_on=today,
        seen=here.seen(""), by=caller, at=at,
    )  # fmt: skip
    for desk in desks:
        cases.cast_vote(plenary, Seat.Choice.FOR.value, seen=here.seen(""), by=desk, at=at)
    cases.close_plenary(plenary, seen=here.seen(""), by=caller, at=at)


def work(named: Mapping[str, UUID], at: datetime) -> None:
    """One day at the desks."""
    here = Offices(named, at)
    _give(here)
    _stand_back(here)
    _hear(here)
    _call(here)
    _find(here)
    _list(here)


def _give(here: Offices) -> None:
    for story, by, to, part in GIVEN:
        assigning.assign(
            here.case(story), Officer.objects.get(login=to), part=part, seen=here.seen(story),
            by=here.desk(by), at=here.at,
        )  # fmt: skip
    for story, login in UNTIED:
        recusing.declare_in_case(
            here.case(story), "", seen=here.seen(story), by=here.desk(login), at=here.at
        )


def _stand_back(here: Offices) -> None:
    for story, login, relation in STANDS_BACK:
        recusing.declare_in_case(
            here.case(story), relation, seen=here.seen(story), by=here.desk(login), at=here.at
        )
    interests = [Interest("party", "Partai Lumbung Rakyat (rekaan)")]
    recusing.declare_interests(interests, base=0, by=here.desk("budi"), at=here.at)
    joko, indah = Officer.objects.get(login="joko"), Officer.objects.get(login="indah")
    today = course.today(joko.organ, here.at)
    absences.enter_absence(
        joko, delegate=indah, from_on=today, until_on=today + timedelta(days=4), by=joko, at=here.at
    )


def _hear(here: Offices) -> None:
    """Summoned, heard, and the minutes written: they wait for the reported person's name."""
    by, story = here.desk("dimas"), "apel-pagi"
    today = course.today(by.organ, here.at)
    for accused in here.case(story).accused.all():
        cases.record_summons(
            accused, sent_on=today, summoned_for_on=today + timedelta(days=3),
            seen=here.seen(story), by=by, at=here.at,
        )  # fmt: skip
        cases.record_hearing(accused, held_on=today, seen=here.seen(story), by=by, at=here.at)
        cases.write_minutes(
            accused.hearings.latest("held_on"), HEARING, base=0, seen=here.seen(story), by=by,
            at=here.at,
        )  # fmt: skip
        above.record_order(
            accused, Superior("", post="Kepala dinas"), deed=OrderGiver.Deed.ORDERED,
            how_known=HowKnown.HE_SAID, seen=here.seen(story), by=by, at=here.at,
        )  # fmt: skip
    cases.describe_exhibit(
        here.case(story), title="Naskah amanat apel", kept_at="Lemari bukti, rak 2",
        description="Dua lembar naskah amanat dengan coretan tangan.",
        provenance="Diserahkan petugas apel.", seen=here.seen(story), by=by, at=here.at,
    )  # fmt: skip


def _call(here: Offices) -> None:
    """A plenary in which one member has voted and the others have not."""
    story, by = "caleg", here.desk("citra")
    _study(here, story, by)
    proposal = plenaries.proposals(here.case(story), by.organ)[0]
    members = {officer.pk for officer in plenaries.members_of(by.organ)}
    plenary = cases.call_plenary(
        here.case(story), proposal.code, members=members,
        meets_on=course.today(by.organ, here.at), seen=here.seen(story), by=by, at=here.at,
    )  # fmt: skip
    cases.cast_vote(
        plenary, Seat.Choice.FOR.value, seen=here.seen(story), by=here.desk("oki"), at=here.at
    )


def _study(here: Offices, story: str, by: Desk) -> None:
    case, on = here.case(story), course.today(by.organ, here.at)
    people = [found.person for found in cases_reading.people_of(case, by, on=on)]
    known = cases_reading.facts_of(case, by)
    basis = drafting.Basis(case, people, known, cases_reading.findings_of(case, by, on=on))
    body = drafting.draft(DocumentKind.STUDY, basis).as_json()
    cases.write_document(
        case, DocumentKind.STUDY, body, base_version=0, seen=Seen.now(case), by=by, at=here.at
    )


def _find(here: Offices) -> None:
    """A finding of a supervisor's own, what was heard, and a look for a person."""
    by, who = here.desk("citra"), province.OFFICIALS["staf"]
    today = course.today(by.organ, here.at)
    found = ways.Found(
        today - timedelta(days=1), "Pengawas melihat pegawai membagikan kaus pasangan nomor 3 pada "
        "jam kerja (data contoh).", place="Pasar Seri", report_number="LHP-07",
    )  # fmt: skip
    person = Person(name=who.name, post=who.post, region=who.region, status=who.kind)
    facts: dict[str, object] = {
        "contest_kind": "governor", "conduct": ["leaning_activity"],
        "act_on": found.found_on.isoformat(),
    }  # fmt: skip
    ways.fix_finding(found, people=[person], facts=facts, by=by, at=here.at)
    for login, title, text, source in HEARD:
        ways.record_information(
            Told(title, text), source=source, came_on=today, by=here.desk(login), at=here.at
        )
    number = here.case("caleg").number
    looking_up.look_up("Banyu Segara", number=number, by=by, at=here.at)


def _list(here: Offices) -> None:
    for login, whose, due in LISTS:
        officer = Officer.objects.get(login=login)
        SavedFilter.objects.get_or_create(officer=officer, whose=whose, due=due)
