"""An exchange record is entered at the desk, corrected, linked with its other leg, or withdrawn.

Every act adds a state to the record and an entry to the log; nothing is changed or deleted. A leg
is written on both records in one act. After the transaction the table `exchanges` has it too.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Officer, Organ
from timbang.law.bilingual import Bilingual, joined
from timbang.law.refusal import Refusal
from timbang.law.workdays import day_in
from timbang.ledger.actions import record as enter
from timbang.ledger.commitment import Value
from timbang.registry import exchange_entry, exchange_legs, reading_exchanges
from timbang.registry.exchange import Exchange
from timbang.registry.models import ExchangeRecord, ExchangeState

Act = ExchangeState.Act
# Without the letters that are taken for digits, or for each other.
_SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_PERMITTED: Final = _(
    "Only officers who open content in an office that watches enter exchange records."
)
_REASON: Final = _("Say why: the reason stays with the record.")
_MEANWHILE: Final = _("This record changed meanwhile. Look at it again.")
_LONGEST_REASON: Final = 300


class Unfit(Refusal):
    """The record cannot be kept; `problems` are its fields ("": the whole) with what is wrong."""

    def __init__(self, problems: list[exchange_entry.Problem]) -> None:
        super().__init__(joined([said for _name, said in problems]))
        self.problems = problems


@transaction.atomic
def record_exchange(told: Exchange, *, once: UUID, by: Officer, at: datetime) -> ExchangeRecord:
    """Enter a record; `once` makes a second click the same one. Its number is given here.

    Raises `Unfit`, and `Refusal` for whoever may not.
    """
    organ = _organ_of(by)
    before = ExchangeRecord.objects.filter(once=once, organ=organ).first()
    if before is not None:
        return before
    on = day_in(organ.time_zone, at)
    record = ExchangeRecord(number=_new_number(), organ=organ, once=once)
    told = _checked(replace(told, exchange_id=record.number), on)
    record.save(force_insert=True)
    _Change(by, on).put(record, told, Act.RECORDED, "")
    return record


@transaction.atomic
def correct_exchange(
    record: ExchangeRecord, told: Exchange, *, seen: int, because: str, by: Officer, at: datetime
) -> ExchangeRecord:
    """Let the record say something else from today on; what it said stays readable.

    `seen` is the version that the officer had before him. Raises `Unfit` and `Refusal`.
    """
    record = _own(record, by)
    on = day_in(by.organ.time_zone, at)
    told = _checked(replace(told, exchange_id=record.number), on)
    because = _reason(because)
    last = reading_exchanges.last_state(record)
    same = reading_exchanges.exchange_of(last) == told
    if record.withdrawn:
        raise Refusal(_("This record was withdrawn. Enter a new one."))
    if record.version != seen:
        if same and (record.version, last.made_by_id) == (seen + 1, by.pk):
            return record
        raise Refusal(_overtaken(record))
    if same:
        raise Refusal(_("Nothing differs from what the record says: nothing was written."))
    _Change(by, on).put(record, told, Act.CORRECTED, because)
    return record


@transaction.atomic
def withdraw_exchange(
    record: ExchangeRecord, *, seen: int, because: str, by: Officer, at: datetime
) -> ExchangeRecord:
    """Say that the record counts no more; it stays readable, and its legs stand alone again."""
    record = _own(record, by)
    because = _reason(because)
    if record.withdrawn:
        return record
    if record.version != seen:
        raise Refusal(_overtaken(record))
    last = reading_exchanges.last_state(record)
    told = replace(reading_exchanges.exchange_of(last), returned_by=None, returns=None)
    _Change(by, day_in(by.organ.time_zone, at)).put(record, told, Act.WITHDRAWN, because)
    return record


class _Change:
    """One act: its record and the legs that change with it, locked, checked and written."""

    def __init__(self, by: Officer, on: date) -> None:
        self.by, self.on = by, on
        self.rows: dict[str, ExchangeRecord] = {}
        self.told: dict[str, Exchange] = {}
        self.loaded: dict[str, Exchange | None] = {}

    def put(self, record: ExchangeRecord, told: Exchange, act: Act, because: str) -> None:
        before = (record.returned_by, record.returns)
        touched = {record.number, told.returned_by, told.returns, *before} - {None}
        self._lock(record, [number for number in touched if number])
        parted = self._part(told, before)
        self.told[record.number] = told
        paired = self._join(told)
        self._check(told)
        # First those that part: no two records may answer one at any moment.
        for number in parted:
            self._write(self.rows[number], self.told[number], Act.LINKED, record.number)
        self._write(record, told, act, because)
        for number in paired:
            self._write(self.rows[number], self.told[number], Act.LINKED, record.number)
        transaction.on_commit(_set_out, robust=True)

    def _lock(self, record: ExchangeRecord, numbers: list[str]) -> None:
        """Every record of the desk that hangs together with these, in one order."""
        wanted = self._chain(numbers)
        rows = ExchangeRecord.objects.select_for_update().filter(number__in=wanted)
        self.rows = {row.number: row for row in rows.order_by("pk")}
        self.rows[record.number] = record
        self.loaded.clear()
        if self._chain(numbers) - wanted:
            raise Refusal(_MEANWHILE)
        for row in self.rows.values():
            if row.version:
                state = reading_exchanges.last_state(row)
                self.told[row.number] = reading_exchanges.exchange_of(state)

    def _chain(self, numbers: Iterable[str]) -> set[str]:
        """These records and all that are legs of them, one after another."""
        found: set[str] = set()
        waiting = list(numbers)
        while waiting:
            number = waiting.pop()
            if number in found:
                continue
            found.add(number)
            rows = ExchangeRecord.objects.filter(number=number)
            told = rows.values_list("returned_by", "returns").first()
            if told is None and (other := self._of_file(number)) is not None:
                told = (other.returned_by, other.returns)
            waiting += [leg for leg in told or () if leg]
        return found

    def _of_file(self, number: str) -> Exchange | None:
        if number not in self.loaded:
            self.loaded[number] = reading_exchanges.loaded(number)
        return self.loaded[number]

    def _known(self, number: str) -> Exchange | None:
        """What a record of the desk or of a file says; None when there is none that counts."""
        row = self.rows.get(number)
        if row is None:
            return self._of_file(number)
        return None if row.withdrawn else self.told.get(number)

    def _part(self, told: Exchange, before: tuple[str | None, str | None]) -> list[str]:
        """The desk's records that this one was linked with and is no more."""
        returned_by, returns = before
        parted = []
        if returned_by and returned_by != told.returned_by and returned_by in self.rows:
            self.told[returned_by] = replace(self.told[returned_by], returns=None)
            parted.append(returned_by)
        if returns and returns != told.returns and returns in self.rows:
            self.told[returns] = replace(self.told[returns], returned_by=None)
            parted.append(returns)
        return parted

    def _join(self, told: Exchange) -> list[str]:
        """The desk's records that point back from now on. Raises `Unfit` for one that is none."""
        paired = []
        for name, other_name in (("returned_by", "returns"), ("returns", "returned_by")):
            number = getattr(told, name)
            if number is None:
                continue
            other = self._known(number)
            if other is None:
                raise Unfit([(name, _NO_RECORD.format(number=number))])
            pair = (told, other) if name == "returned_by" else (other, told)
            wrong = exchange_legs.problems(*pair) or self._taken(name, number, told)
            if wrong:
                raise Unfit([(name, said) for said in wrong])
            if number in self.rows and getattr(other, other_name) is None:
                mine = told.exchange_id
                points = name == "returns"
                self.told[number] = (
                    replace(other, returned_by=mine) if points else replace(other, returns=mine)
                )
                paired.append(number)
        return paired

    def _taken(self, name: str, number: str, told: Exchange) -> list[Bilingual]:
        """Another record of the desk has this one, of a file, as its leg already."""
        rows = ExchangeRecord.objects.filter(**{name: number}).exclude(number=told.exchange_id)
        others = [row.number for row in rows if getattr(self.told.get(row.number), name, number)]
        return [_TAKEN.format(number=number, other=other) for other in others]

    def _check(self, told: Exchange) -> None:
        """No ring: who returns what he was given for it returned nothing."""

        def answer(number: str) -> str | None:
            found = self._known(number)
            if found and found.returned_by:
                return found.returned_by
            # A record of a file cannot be made to name the desk's record that returned it.
            for other in self.told.values():
                if other.returns == number:
                    return other.exchange_id
            rows = ExchangeRecord.objects.filter(returns=number).exclude(number__in=self.told)
            return rows.values_list("number", flat=True).first()

        ring = exchange_legs.ring(told.exchange_id, answer)
        if ring:
            name = "returned_by" if told.returned_by else "returns"
            raise Unfit([(name, _RING.format(numbers=" > ".join([*ring, ring[0]])))])

    def _write(self, row: ExchangeRecord, told: Exchange, act: Act, because: str) -> None:
        row.version += 1
        row.withdrawn = act is Act.WITHDRAWN
        row.returned_by, row.returns = told.returned_by, told.returns
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            raise Refusal(_MEANWHILE) from None
        content, salt = reading_exchanges.content_of(told), secrets.token_hex(16)
        written = json.dumps(content, sort_keys=True, ensure_ascii=False)
        body: dict[str, Value] = {
            "exchange": str(row.id),
            "state": row.version,
            "organ": str(self.by.organ_id),
            "officer": str(self.by.pk),
            "content": hashlib.sha256(f"{salt}{written}".encode()).hexdigest(),
        }
        before = row.states.order_by("-ordinal").first()
        on = max(self.on, before.made_on) if before else self.on
        ExchangeState.objects.create(
            record=row,
            ordinal=row.version,
            act=act,
            content=content,
            because=because,
            salt=salt,
            organ=self.by.organ,
            made_on=on,
            made_by=self.by,
            entry=enter(act=f"exchange.{act.value}", body=body, lane="now", on=on),
        )


def _set_out() -> None:
    reading_exchanges.set_out(settings.TABLES)


def _organ_of(by: Officer) -> Organ:
    if not by.watches:
        raise Refusal(_PERMITTED)
    # One at a time in an office: a second click finds the first one's row.
    return Organ.objects.select_for_update().get(pk=by.organ_id)


def _own(record: ExchangeRecord, by: Officer) -> ExchangeRecord:
    """The record as it stands, for the office that entered it."""
    organ = _organ_of(by)
    row = ExchangeRecord.objects.select_for_update().get(pk=record.pk)
    if row.organ_id != organ.pk:
        raise Refusal(_("Only the office that entered a record corrects or withdraws it."))
    return row


def _checked(told: Exchange, on: date) -> Exchange:
    told = exchange_entry.cleaned(told)
    organs = reading_exchanges.organ_codes()
    wrong = exchange_entry.problems(told, today=on, organs=organs)
    if wrong:
        raise Unfit(wrong)
    return told


def _reason(because: str) -> str:
    told = " ".join(because.split())
    if not told:
        raise Refusal(_REASON)
    if len(told) > _LONGEST_REASON:
        raise Refusal(_("The reason has at most %(most)s signs.") % {"most": _LONGEST_REASON})
    return told


def _new_number() -> str:
    drawn = "".join(secrets.choice(_SIGNS) for _place in range(8))
    number = f"P-{drawn[:4]}-{drawn[4:]}"
    return _new_number() if ExchangeRecord.objects.filter(number=number).exists() else number


def _overtaken(record: ExchangeRecord) -> object:
    """Who was faster, and what he did."""
    last = record.states.select_related("made_by").order_by("-ordinal").first()
    if last is None:
        return _MEANWHILE
    words = _("%(who)s changed this record meanwhile: %(what)s. Nothing of yours was written.")
    return words % {"who": last.made_by.name, "what": last.get_act_display()}


_NO_RECORD: Final = Bilingual(
    "tidak ada catatan berlaku bernomor {number}", "no record that counts has the number {number}"
)
_TAKEN: Final = Bilingual(
    "{number} sudah menjadi pasangan catatan lain ({other})",
    "{number} is a leg of another record already ({other})",
)
_RING: Final = Bilingual(
    "catatan saling membalas dalam lingkaran: {numbers}",
    "these records return one another in a ring: {numbers}",
)
