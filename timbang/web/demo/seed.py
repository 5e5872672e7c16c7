"""Fill an empty installation with the invented province, day by day, as people would have done.

Every row is written by the action that a person would call; the procedure decides whether a move
is allowed. What a demo adds is only the clock: days that lie behind today.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from timbang.accounts import actions as accounts
from timbang.accounts.models import Officer, Organ
from timbang.cases import actions as cases
from timbang.cases import course, decisions, drafting, services, vault
from timbang.cases import reading as cases_reading
from timbang.cases.actions import (
    Desk,
    Given,
    Person,
    Seen,
    Taking,
    above,
    deciding,
    lettering,
    serving,
)
from timbang.cases.actions.deciding import Verdict
from timbang.cases.actions.writing import last_version
from timbang.cases.minutes import Answer, Record
from timbang.cases.models import (
    Accused,
    Case,
    ClosingCause,
    Decision,
    DecisionFinding,
    Delivery,
    Document,
    DocumentKind,
)
from timbang.law import letters
from timbang.law.confirmable import items
from timbang.law.letter_forms import Kind
from timbang.law.procedure import Outcome, is_end
from timbang.law.workdays import day_in
from timbang.ledger import actions as ledger
from timbang.publication import actions as publication
from timbang.registry import actions as registry
from timbang.registry import reading
from timbang.registry.models import Agency, Region
from timbang.registry.phases import SourcedDay
from timbang.reports import actions as reports
from timbang.reports.actions import Filed
from timbang.reports.content import AccusedPerson, Content, Identity
from timbang.reports.models import Report
from timbang.web.demo import office, policies, province
from timbang.web.demo.stories import (
    EARLIER,
    STORIES,
    Beside,
    Do,
    Follow,
    Move,
    Open,
    Story,
)

ZONE: Final = ZoneInfo(province.TIME_ZONE)
SOURCE: Final = "rekaan: data contoh, bukan jadwal KPU"
OFFICE_HOURS: Final = time(9, 30)
# How many days pass between two moves of officers.
PACE: Final = 2
# What every reported person of the province says when he is heard.
HEARING: Final = Record(
    place="Ruang pemeriksaan (data contoh)",
    private=True,
    examiners=("Tim pemeriksa",),
    answers=(
        Answer("Apakah Saudara mengetahui apa yang dilaporkan?", "Ya, saya sudah membacanya."),
        Answer("Apa tanggapan Saudara?", "Saya menyerahkan penilaiannya kepada pemeriksa."),
    ),
    own_words="Saya sudah menyampaikan semua yang saya ketahui.",
    read_back=True,
)


@dataclass
class Stage:
    """What has been built so far."""

    now: datetime
    offices: dict[str, Organ] = field(default_factory=dict)
    desks: dict[str, Desk] = field(default_factory=dict)
    told: dict[str, Teller] = field(default_factory=dict)

    def at(self, days_ago: int) -> datetime:
        """Office hours, so many days ago, in the province."""
        day = self.now.astimezone(ZONE).date() - timedelta(days=days_ago)
        instant = datetime.combine(day, OFFICE_HOURS, ZONE).astimezone(UTC)
        return min(instant, self.now)

    def desk_of(self, organ: Organ) -> Desk:
        return self.desks[organ.code]


def seed_if_empty() -> bool:
    """Fill the installation once; False when there is something in it already."""
    if Organ.objects.exists():
        return False
    now = timezone.now()
    # What officers write in the demo is Indonesian, whatever the machine speaks.
    with translation.override("id"), _cheap_passwords(), transaction.atomic():
        seed(now)
    _publish(now)
    return True


@contextmanager
def _cheap_passwords() -> Iterator[None]:
    """The demo's passwords are printed on the screen: stretching them would protect nothing."""
    before = settings.KDF_COST
    settings.KDF_COST = "test"
    try:
        yield
    finally:
        settings.KDF_COST = before


def seed(now: datetime) -> Stage:
    """The whole province, then the days one after the other."""
    stage = Stage(now)
    _places(stage)
    _offices(stage)
    _confirmed(stage)
    _sessions(stage)
    _exchanges(stage)
    _days(stage)
    office.work({name: told.running.pk for name, told in stage.told.items() if told.case}, now)
    policies.play(stage.at)
    ledger.release_daily(on=timezone.localdate(now) - timedelta(days=1))
    return stage


def _publish(now: datetime) -> None:
    ledger.sequence(at=now)
    ledger.publish(settings.LOG, at=now)


def _places(stage: Stage) -> None:
    for code, name, kind in province.REGIONS:
        parent = code[:2] if "." in code else None
        Region.objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "kind": kind,
                "parent_id": parent,
                "time_zone": province.TIME_ZONE,
            },
        )
    at = stage.at(200)
    for code, name, kind, region in province.AGENCIES:
        registry.add_agency(code=code, name=name, kind=kind, region_code=region, by=None, at=at)
    for code, name, part_of, region in province.UNITS:
        registry.add_agency(
            code=code, name=name, kind="unit", region_code=region, part_of=part_of, by=None, at=at
        )
    for official in province.OFFICIALS.values():
        _official(official, at)
    _election(stage)


def _official(official: province.Official, at: datetime) -> None:
    agency = Agency.objects.get(code=official.unit)
    post = registry.add_post(
        agency=agency, title=official.post, level=official.level, by=None, at=at
    )
    person = registry.add_person(name=official.name, employee_kind=official.kind, by=None, at=at)
    registry.add_occupancy(person=person, post=post, source=SOURCE, by=None, at=at)


def _election(stage: Stage) -> None:
    """A regional election whose campaign runs today: candidates were confirmed 90 days ago."""
    today = stage.now.astimezone(ZONE).date()
    days = {
        "candidates_confirmed_on": today - timedelta(days=90),
        "campaign_starts_on": today - timedelta(days=87),
        "campaign_ends_on": today + timedelta(days=20),
        "quiet_starts_on": today + timedelta(days=21),
        "quiet_ends_on": today + timedelta(days=23),
        "voting_on": today + timedelta(days=24),
    }
    election = registry.add_election(
        code=province.ELECTION,
        name="Pemilihan Gubernur Nusa Timbang (rekaan)",
        kind="pemilihan",
        source=SOURCE,
        region_code=province.PROVINCE,
        by=None,
        at=stage.at(200),
    )
    registry.add_contest(
        election=election,
        kind="governor",
        region_code=province.PROVINCE,
        days={key: SourcedDay(day, SOURCE, "invented") for key, day in days.items()},
        by=None,
        at=stage.at(200),
    )


def _offices(stage: Stage) -> None:
    for each in province.OFFICES:
        stage.offices[each.code] = accounts.add_organ(
            code=each.code,
            name=each.name,
            kind=each.kind,
            region_code=each.region,
            time_zone=province.TIME_ZONE,
            inside=each.inside,
            channel=each.channel,
            address=each.address,
            by=None,
            at=stage.at(190),
        )
    for login, name, code, roles in province.OFFICERS:
        _officer(stage, login, name, code, roles)


def _officer(stage: Stage, login: str, name: str, code: str, roles: tuple[str, ...]) -> None:
    """The first officer of an office holds its key and lets the others in."""
    first = stage.desks.get(code)
    officer, temporary = accounts.add_officer(
        organ=stage.offices[code],
        login=login,
        name=name,
        roles=roles,
        by=first.officer if first else None,
        organ_private=first.private or None if first else None,
        at=stage.at(189),
    )
    password = province.PASSWORD.format(login=login)
    accounts.change_password(officer=officer, old=temporary, new=password, at=stage.at(189))
    if first is None:
        fresh = Officer.objects.select_related("organ").get(pk=officer.pk)
        # An office of policy may have nobody who opens content, and no key then.
        stage.desks[code] = Desk(
            fresh, fresh.open_organ(fresh.open_private(password)) if fresh.needs_key else b""
        )
        stage.offices[code] = fresh.organ


def _confirmed(stage: Stage) -> None:
    for login, item, seen_in in province.CONFIRMED:
        officer = Officer.objects.get(login=login)
        registry.confirm_article(
            item_id=item, text_hash=items()[item].hash, seen_in=seen_in, by=officer, at=stage.at(20)
        )


def _sessions(stage: Stage) -> None:
    for login, days_ago, audience, topic, reach in province.SESSIONS:
        at = stage.at(days_ago)
        officer = Officer.objects.get(login=login)
        registry.record_outreach(
            held_on=day_in(officer.organ.time_zone, at),
            audience=audience,
            region_code=province.REGIONS[0][0],
            topic=topic,
            reach=reach,
            once=uuid.uuid4(),
            by=officer,
            at=at,
        )


def _exchanges(stage: Stage) -> None:
    """What was given, and what came back: each record returns the one before it."""
    before = None
    for login, days_ago, told, earlier in province.EXCHANGES:
        officer = Officer.objects.get(login=login)
        given_on = day_in(officer.organ.time_zone, stage.at(days_ago + earlier))
        row = registry.record_exchange(
            replace(told, given_on=given_on, returns=before), once=uuid.uuid4(), by=officer,
            at=stage.at(days_ago),
        )  # fmt: skip
        before = row.number


@dataclass(frozen=True)
class Event:
    """Something that happens on a day."""

    days_ago: int
    do: Callable[[datetime], None]


def _days(stage: Stage) -> None:
    """All events in the order of their days; the worker's questions are asked every day."""
    events = [event for story in STORIES for event in _events(stage, story)]
    events += [event for earlier in EARLIER for event in _earlier(stage, *earlier)]
    by_day: dict[int, list[Event]] = {}
    for event in events:
        by_day.setdefault(max(event.days_ago, 0), []).append(event)
    for days_ago in range(max(by_day), -1, -1):
        at = stage.at(days_ago)
        cases.escalate_due(at=at)
        for event in by_day.get(days_ago, ()):
            event.do(at)
        cases.route_new_reports(at=at)
        publication.release(at=at)


def _events(stage: Stage, story: Story) -> list[Event]:
    told = stage.told[story.name] = Teller(stage, story)
    moves = [Event(story.days_ago, told.file)]
    for number, move in enumerate(story.path, 1):
        if move != "late":
            moves.append(Event(story.days_ago - number * PACE, told.move(move)))
    return moves


def _earlier(stage: Stage, code: str, count: int, days_ago: int) -> list[Event]:
    """Reports of earlier months that were looked at and told why nothing followed."""
    events = []
    for number in range(count):
        story = Story(
            f"lama-{code}-{number}", code, ("camat",), ("other",),
            "Laporan lama tanpa keterangan yang cukup (data contoh).", "",
            days_ago + number % 5, 3, ("reject",),
        )  # fmt: skip
        events += _events(stage, story)
    return events


class Teller:
    """One story: its report, its case, and how each move is made."""

    def __init__(self, stage: Stage, story: Story) -> None:
        self.stage, self.story = stage, story
        self.office = stage.offices[story.office]
        self.filed: Filed | None = None
        self.case: Case | None = None

    @property
    def draft(self) -> bytes:
        """A demo's drafts are no secret: their receipts stand in the tutorial."""
        return hashlib.sha256(b"timbang demo " + self.story.name.encode()).digest()

    def file(self, at: datetime) -> None:
        identity = None
        if self.story.named:
            identity = Identity("Sari Wulandari (rekaan)", "Jalan Contoh 5", "0800-000-000")
        self.filed = reports.file_report(
            draft=self.draft, content=self.content(at), identity=identity, organ=self.office, at=at
        )

    def content(self, at: datetime) -> Content:
        story, day = self.story, at.astimezone(ZONE).date()
        happened = day - timedelta(days=story.happened)
        return Content(
            kind=story.kind,
            province=province.PROVINCE,
            region=_official_of(story.who[0]).region,
            accused=tuple(self._accused(name) for name in story.who),
            conduct=story.conduct,
            narrative=story.narrative,
            happened_from=happened,
            happened_until=happened,
            learned_on=day - timedelta(days=min(story.happened, 1)),
            place=story.place,
            contest_kind=story.contest if story.kind == "neutrality" else "",
            served_on=happened if "service" in story.told else None,
            **story.told,  # type: ignore[arg-type]
            side_kind="party" if "Partai" in story.side else "candidate" if story.side else "",
            side_direction="for" if story.side else "",
            side_name=story.side,
            ordered_by=story.ordered_by,
            means=story.means,
        )

    def _accused(self, name: str) -> AccusedPerson:
        official = _official_of(name)
        agency = Agency.objects.get(code=official.unit)
        return AccusedPerson(
            official.name, official.post, agency.name, official.region, official.kind
        )

    def move(self, move: Move) -> Callable[[datetime], None]:
        """How a move of the story is made."""
        if isinstance(move, Do):
            return lambda at: self._do(move, at)
        if isinstance(move, Follow):
            return lambda at: self._follow(move, at)
        if isinstance(move, Beside):
            return lambda at: self._beside(move.code, at)
        if isinstance(move, Open):
            return lambda at: self._open(at, move.procedure, move.reason)
        method: Callable[[datetime], None] = getattr(self, f"do_{move}")
        return method

    def _do(self, move: Do, at: datetime) -> None:
        """A step of the procedure, with what must be on file before it."""
        for what in move.first:
            getattr(self, f"_file_{what}")(at)
        if "plenary_held" in move.declared:
            office.meet(self.running.pk, move.outcome, at)
        self._take(
            move.outcome, at, to=move.to, reason=move.reason, declared=frozenset(move.declared)
        )

    def _follow(self, move: Follow, at: datetime) -> None:
        self.case = cases.follow_case(
            self.running, why=move.why, procedure_id=move.procedure, start=move.start,
            reason=move.reason, by=self.desk(), at=at,
        )  # fmt: skip

    def _beside(self, code: str, at: datetime) -> None:
        case = self.running
        cases.open_track(case, code, seen=Seen.now(case), by=self.desk(), at=at)

    def _file_study(self, at: datetime) -> None:
        self._write(DocumentKind.STUDY, at)

    def _file_letter(self, at: datetime) -> None:
        self._produce_letter(at, Kind.FORWARDING, "Penyampaian berkas (data contoh)")

    def _file_hearing(self, at: datetime) -> None:
        """Each reported person is heard, and the minutes are written."""
        desk = self.desk()
        for accused in self.running.accused.all():
            cases.record_hearing(
                accused, held_on=at.astimezone(ZONE).date(), seen=Seen.now(self.running), by=desk,
                at=at,
            )  # fmt: skip
            cases.write_minutes(
                accused.hearings.latest("held_on"), HEARING, base=0, seen=Seen.now(self.running),
                by=desk, at=at,
            )  # fmt: skip

    def _file_summons(self, at: datetime) -> None:
        sent = at.astimezone(ZONE).date()
        for accused in self.running.accused.all():
            cases.record_summons(
                accused, sent_on=sent, summoned_for_on=sent + timedelta(days=1),
                seen=Seen.now(self.running), by=self.desk(), at=at,
            )  # fmt: skip

    # what officers and reporters do

    @property
    def report(self) -> Report:
        if self.filed is None:
            raise RuntimeError(f"{self.story.name}: no report was filed")
        return Report.objects.select_related("organ").get(pk=self.filed.report.pk)

    @property
    def running(self) -> Case:
        if self.case is None:
            raise RuntimeError(f"{self.story.name}: no case was opened")
        return Case.objects.get(pk=self.case.pk)

    def desk(self) -> Desk:
        return self.stage.desk_of(self.running.keeper)

    def do_reject(self, at: datetime) -> None:
        cases.reject_report(
            self.report,
            reason="Tidak ada waktu, tempat, atau bukti yang dapat diperiksa. Laporan boleh "
            "diajukan lagi dengan keterangan yang lebih lengkap.",
            by=self.stage.desk_of(self.office),
            at=at,
        )

    def do_ask(self, at: datetime) -> None:
        cases.ask_reporter(
            self.report,
            "Apakah Anda melihat sendiri, dan adakah foto pelat nomor mobil dinas itu?",
            by=self.stage.desk_of(self.office),
            at=at,
        )

    def do_withdraw(self, at: datetime) -> None:
        opened = reports.open_report(self.report, self.stage.desk_of(self.office).private)
        reports.withdraw(self.report, report_key=opened.report_key, at=at)

    def do_open(self, at: datetime) -> None:
        self._open(at)

    def _open(self, at: datetime, procedure: str | None = None, reason: str = "") -> None:
        desk = self.stage.desk_of(self.office)
        content = reports.open_report(self.report, desk.private).content
        day = content.happened_from or at.date()
        facts = dict(content.facts())
        if content.contest_kind == "governor":
            facts |= reading.phase_facts_on(province.PROVINCE, day, "governor")
        people = [
            Person(
                name=official.name, post=official.post, agency=agency.name,
                region=official.region, status=official.kind,
            )
            for official in map(_official_of, self.story.who)
            for agency in [Agency.objects.get(code=official.unit)]
        ]  # fmt: skip
        self.case = cases.open_case(
            [self.report], people=people, facts=facts, kind=content.kind, procedure_id=procedure,
            reason=reason, by=desk, at=at,
        )  # fmt: skip

    def do_pass_on(self, at: datetime) -> None:
        self._take("pass_on", at, to="bawaslu-nt", reason="Layak dikaji.")

    def do_not_proven(self, at: datetime) -> None:
        self._write_study(at)
        self._produce_letter(at, Kind.CLOSING_NOT_PROVEN, "Keterangan tidak terbukti")
        reason = "Hadir tanpa atribut dan tanpa tindakan mendukung; unsur tidak terpenuhi."
        self._take("not_proven", at, reason=reason)

    def do_recommend(self, at: datetime) -> None:
        self._write_study(at)
        self._write_recommendation(at)
        self._produce_letter(at)
        self._take("recommend", at, to="bkn-nt")

    def do_hand_over(self, at: datetime) -> None:
        self._write_recommendation(at)
        self._produce_letter(at)
        self._take("hand_over", at, to="ppk-prov-nt")

    def do_hand_over_outside(self, at: datetime) -> None:
        self._write_recommendation(at)
        self._produce_letter(at)
        self._take("hand_over", at, to="ppk-muara-seri")

    def do_deliver(self, at: datetime) -> None:
        """The post office's slip came back: from this day on the outside office's term runs."""
        case, desk = self.running, self.desk()
        delivery = Delivery.objects.filter(case=case).latest("pk")
        arrived = at.astimezone(ZONE).date() - timedelta(days=1)
        cases.record_delivery(
            delivery, ticket="RESI-0417", sent_on=arrived, proven_on=arrived,
            proof="Tanda terima pos, diterima bagian umum.", seen=Seen.now(case), by=desk, at=at,
        )  # fmt: skip

    def do_record(self, at: datetime) -> None:
        self._take("recorded", at)

    def do_sanction(self, at: datetime) -> None:
        self._file_hearing(at)
        self._take(
            "dismissal", at, to="bkn-nt",
            reason="Diberhentikan tidak dengan hormat setelah pemeriksaan (data contoh).",
            declared=frozenset({"team_formed"}),
        )  # fmt: skip

    def _take(
        self, outcome: str, at: datetime, *, to: str = "", reason: str = "",
        declared: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        case, desk = self.running, self.desk()
        give = None
        if to:
            mine = Document.objects.filter(case=case, keys__organ=desk.organ)
            chosen = frozenset(mine.values_list("pk", flat=True))
            give = Given(self.stage.offices[to], documents=chosen)
        self._name(at)
        self._decide(outcome, at)
        self._name_the_fault(outcome, at)
        if "decision_delivered" in declared:
            self._hand_out(at)
        case = self.running
        taking = Taking(outcome, reason=reason, declared=declared, give=give)
        cases.take_step(case, taking, seen=Seen.now(case), by=desk, at=at)

    def _name(self, at: datetime) -> None:
        """Whom a complaint about a service touches, before it is decided."""
        case = self.running
        if not services.is_service(case) or services.named(case) is not None:
            return
        told = services.Served(
            ("service",), "patients", "same_queue", {"time": services.Beside("worse", "", "")},
            "witness", "Menurut keterangan pengantre lain (data contoh).",
        )  # fmt: skip
        serving.name_service(case, told, seen=Seen.now(case), by=self.desk(), at=at)

    def _decide(self, outcome: str, at: datetime) -> None:
        """Each person apart, where the step decides: on the first norm that provides a sanction."""
        desk, procedure = self.desk(), course.procedure_of(self.running)
        found = decisions.deciding(procedure, course.step_of(self.running))
        taken = next((each for each in found if each.code == outcome), None)
        if taken is None:
            return
        for row in decisions.undecided(self.running):
            deciding.decide_person(
                row, self._verdict(row, taken, desk, at), seen=Seen.now(self.running), by=desk,
                at=at,
            )  # fmt: skip

    def _name_the_fault(self, outcome: str, at: datetime) -> None:
        """Before a complaint about a service is closed: where the fault lay."""
        case, step = self.running, course.step_of(self.running)
        taken = next(each for each in step.outcomes if each.code == outcome) if step else None
        if taken is None or case.kind not in deciding.COMPLAINTS or not is_end(taken.to):
            return
        above.record_causes(
            case, [ClosingCause.Cause.PROCEDURE], words="Berkas diserahkan tanpa tanda terima.",
            seen=Seen.now(case), by=self.desk(), at=at,
        )  # fmt: skip

    def _verdict(self, row: Accused, taken: Outcome, desk: Desk, at: datetime) -> Verdict:
        reasons = "Menurut berkas (data contoh)."
        if not taken.records_sanction:
            return Verdict(taken.code, DecisionFinding.NOT_PROVEN, reasons)
        case, on = self.running, at.astimezone(ZONE).date()
        person = vault.open_person(vault.case_key(case, desk), row)
        norm, sanction = next(
            (finding.norm, sanction)
            for group in cases_reading.findings_of(case, desk, on=on)
            if person in group.people
            for finding in group.relevant
            for sanction in finding.sanctions
            if not taken.sanctions or sanction.level in taken.sanctions
        )
        return Verdict(
            taken.code, DecisionFinding.PROVEN, reasons, (norm,), sanction.level, sanction.kind,
            outside=reasons,
        )  # fmt: skip

    def _hand_out(self, at: datetime) -> None:
        for row in self.running.decisions.filter(delivered_on=None):
            deciding.deliver_decision(
                row, delivered_on=at.astimezone(ZONE).date(), how=Decision.How.HANDED,
                proof="Tanda terima (data contoh).", seen=Seen.now(self.running), by=self.desk(),
                at=at,
            )  # fmt: skip

    def _write_study(self, at: datetime) -> None:
        self._write(DocumentKind.STUDY, at)

    def _write_recommendation(self, at: datetime) -> None:
        self._write(DocumentKind.RECOMMENDATION, at)

    def _basis(self) -> drafting.Basis:
        case, desk = self.running, self.desk()
        on = self.stage.now.astimezone(ZONE).date()
        people = [opened.person for opened in cases_reading.people_of(case, desk, on=on)]
        facts = cases_reading.facts_of(case, desk)
        groups = cases_reading.findings_of(case, desk, on=on)
        return drafting.Basis(case, people, facts, groups)

    def _write(self, kind: DocumentKind, at: datetime) -> None:
        """The draft that the desk proposes, kept as it is."""
        case, desk = self.running, self.desk()
        body = drafting.draft(kind, self._basis()).as_json()
        version = last_version(case, kind, desk)
        cases.write_document(
            case, kind, body, base_version=version, seen=Seen.now(case), by=desk, at=at
        )

    def _produce_letter(
        self,
        at: datetime,
        kind: Kind = Kind.RECOMMENDATION,
        subject: str = "Rekomendasi atas dugaan pelanggaran netralitas",
    ) -> None:
        case, desk = self.running, self.desk()
        found = cases_reading.newest(case, DocumentKind.RECOMMENDATION, desk)
        text = drafting.Writing.from_json(found.body) if found else None
        cover = drafting.Cover(
            kind,
            dated_on=at.astimezone(ZONE).date(),
            place="Tanjung Luhur",
            subject=subject,
            signatory=letters.Signatory(desk.officer.name, desk.organ.name),
        )
        letter = drafting.letter(
            cover, self._basis(), organ=desk.organ, study=None, recommendation=text, exhibits=()
        )
        lettering.make_letter(
            case, letter, language="id", host=settings.PUBLIC_URL or "https://timbang.invalid",
            seen=Seen.now(case), by=desk, at=at,
        )  # fmt: skip


def _official_of(name: str) -> province.Official:
    """Somebody in a story, be he in the registry or not."""
    return province.OFFICIALS.get(name) or province.OTHERS[name]


def describe(*, host: str, port: int, fresh: bool) -> str:
    """What a newcomer needs: the doors and the logins."""
    base = f"http://{host}:{port}"
    logins = "\n".join(
        f"  {login:7} {province.PASSWORD.format(login=login):22} {code:15} {', '.join(roles)}"
        for login, _name, code, roles in province.OFFICERS
    )
    kept = "" if fresh else "What you did before is kept; `make demo-reset` starts anew.\n"
    return (
        f"Everything here is invented. {kept}\n"
        f"public  {base}/\nintake  {base}/lapor/\ndesk    {base}/meja/\n"
        f"leads   {base}/meja/indikasi/\n"
        f"policy  {base}/kebijakan/, {base}/meja/kebijakan/ (putri, rani, zahra)\n"
        f"facts   {base}/meja/fakta/orang/ for the lead L-3/{timezone.localdate().year}, "
        f"{base}/meja/fakta/tautan/\n"
        f"(English: {base}/en/)\n\nlogin   password               office          roles\n{logins}\n"
    )
