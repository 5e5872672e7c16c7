"""OCDS 1.1 releases, records and release packages: one release becomes rows of eight tables.

Of a record the compiled release is read, and its releases when there is none. A package is opened
into its releases. A field that no table has is counted under its path and stays in the file.
Source: the Open Contracting Data Standard 1.1, release schema.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from timbang.registry import values
from timbang.registry.reading_records import MOST_ROWS, Context, Out, Reader, Refused
from timbang.registry.reading_shapes import ANY, OBJECT, TEXT, Part

_RELEASE: Final = Part(
    "", ocid=TEXT, id=TEXT, date=ANY, tag=ANY, buyer=ANY, parties=ANY, planning=ANY, tender=ANY,
    awards=ANY, contracts=ANY, bids=ANY,
)  # fmt: skip
_TENDER: Final = Part(
    "tender/", id=TEXT, title=TEXT, description=TEXT, status=TEXT, procurementMethod=TEXT,
    procurementMethodDetails=TEXT, mainProcurementCategory=TEXT, value=ANY, tenderPeriod=ANY,
    contractPeriod=ANY, numberOfTenderers=ANY, procuringEntity=ANY, tenderers=ANY, items=ANY,
    milestones=ANY,
)  # fmt: skip
_BUYER: Final = Part("buyer/", id=TEXT, name=TEXT)
_ENTITY: Final = Part("tender/procuringEntity/", id=TEXT, name=TEXT)
_PARTY: Final = Part(
    "parties/", id=TEXT, name=TEXT, roles=ANY, address=ANY, contactPoint=OBJECT, identifier=OBJECT
)
_IDENTIFIER: Final = Part("parties/identifier/", id=TEXT, legalName=TEXT)
# Of those who bid and supply: what else is told of them stands with the parties.
_BIDDER: Final = Part("tenderers/", id=TEXT, name=TEXT, address=ANY, contactPoint=OBJECT)
_SUPPLIER: Final = Part("suppliers/", id=TEXT, name=TEXT)
_AWARD: Final = Part(
    "awards/", id=TEXT, title=TEXT, status=TEXT, date=ANY, value=ANY, suppliers=ANY, items=ANY
)
_CONTRACT: Final = Part(
    "contracts/", id=TEXT, awardID=TEXT, title=TEXT, status=TEXT, dateSigned=ANY, value=ANY,
    period=ANY, items=ANY,
)  # fmt: skip
_MILESTONE: Final = Part(
    "tender/milestones/", id=TEXT, title=TEXT, description=TEXT, dueDate=ANY, dateMet=ANY,
    status=TEXT,
)  # fmt: skip
_PLANNING: Final = Part("planning/", budget=ANY, rationale=TEXT)
_BUDGET: Final = Part(
    "planning/budget/", amount=ANY, description=TEXT, project=TEXT, projectID=TEXT, id=TEXT
)
_BIDS: Final = Part("bids/", details=ANY)
_BID: Final = Part("bids/", date=ANY, status=TEXT, tenderers=ANY, value=ANY)


def _values(*paths: str) -> Mapping[str, Part]:
    return {path: Part(f"{path}/", amount=ANY, currency=TEXT) for path in paths}


def _periods(*paths: str) -> Mapping[str, Part]:
    return {path: Part(f"{path}/", startDate=ANY, endDate=ANY) for path in paths}


_PLACES: Final = ("streetAddress", "locality", "region", "postalCode")
_OF_PARTS: Final = ("tender", "award", "contract")
_VALUES: Final = _values(
    "planning/budget/amount", "tender/value", "bids/value", "awards/value", "contracts/value",
    *(f"{part}/items/unit/value" for part in _OF_PARTS),
)  # fmt: skip
_PERIODS: Final = _periods("tender/tenderPeriod", "tender/contractPeriod", "contracts/period")
_ADDRESSES: Final = {
    of: Part(f"{of}/address/", **dict.fromkeys(_PLACES, TEXT)) for of in ("parties", "tenderers")
}
_CONTACTS: Final = {
    of: Part(f"{of}/contactPoint/", email=TEXT, telephone=TEXT) for of in ("parties", "tenderers")
}
_ITEMS: Final = {
    part: (
        Part(f"{part}/items/", id=TEXT, description=TEXT, classification=OBJECT, quantity=ANY,
             unit=OBJECT),
        Part(f"{part}/items/unit/", name=TEXT, unit=TEXT, value=ANY),
        Part(f"{part}/items/classification/", id=TEXT, description=TEXT),
    )
    for part in _OF_PARTS
}  # fmt: skip
_NOTHING: Final[Mapping[str, Any]] = {}
_MOST_TENDERERS: Final = 10**9


def make(context: Context) -> Reader:
    """A reader; the region of the context is that of every procurement, OCDS has no code for it."""

    def read(value: Mapping[str, Any], out: Out) -> None:
        lost: list[str] = []
        for release in list(_releases(value, lost)):
            _release(release, out, context.region)
        for path in lost:
            out.not_kept[path] += 1

    return read


def _releases(value: Mapping[str, Any], lost: list[str]) -> Iterator[Mapping[str, Any]]:
    """The releases in it; `lost` gets the path of what stands around them and is not read."""
    if "compiledRelease" in value:
        _around(value, {"ocid", "compiledRelease"}, "record/", lost)
        yield _object(value, "compiledRelease")
        return
    if "ocid" in value and "releases" not in value:
        yield value
        return
    found = [*_items_of(value, "releases"), *_items_of(value, "records")]
    if not found:
        raise Refused("neither a release, nor a record, nor a package: no 'ocid', no 'releases'")
    _around(value, {"ocid", "releases", "records"}, "package/", lost)
    for item in found:
        yield from _releases(item, lost)


def _items_of(value: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    found = value.get(key) or []
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise Refused("a package whose releases are not objects")
    return found


def _around(value: Mapping[str, Any], read: set[str], path: str, lost: list[str]) -> None:
    lost += [f"{path}{key[:60]}" for key in value if key not in read and value[key]]


class _Doubts(list[str]):
    """The doubts of the row that is being made."""

    __slots__ = ("out",)

    def __init__(self, out: Out) -> None:
        self.out = out

    def watch(self, part: Part, holder: Mapping[str, Any]) -> None:
        if part.watch(self.out, holder):
            self.append("shape_odd")

    def day(self, written: object) -> Any:
        if written is None:
            return None
        if not isinstance(written, str):
            self.append("day_unreadable")
            return None
        # The day of a moment: days repeat, moments hardly do.
        found, doubt = values.day(written[:10] if written[10:11] == "T" else written)
        if doubt:
            self.append(doubt)
        return found

    def amount(self, written: object) -> float | None:
        if written is None:
            return None
        if isinstance(written, str):
            found, doubt = values.amount(written)
        elif isinstance(written, bool) or not isinstance(written, int | float):
            found, doubt = None, "amount_unreadable"
        else:
            found, doubt = _float(written)
        if doubt:
            self.append(doubt)
        if found is not None and found < 0:
            self.append("amount_negative")
        return found

    def money(
        self, holder: Mapping[str, Any], key: str, part: Part
    ) -> tuple[float | None, str | None]:
        value = holder.get(key)
        if not isinstance(value, dict):
            if value is not None:
                self.append("amount_unreadable")
            return None, None
        amount, currency = value.get("amount"), value.get("currency")
        if type(currency) is not str or amount is None or len(value) > 2:
            self.watch(part, value)
        amount, currency = self.amount(amount), _text(currency)
        if amount is not None and currency is None:
            self.append("currency_missing")
        return amount, currency

    def period(self, holder: Mapping[str, Any], key: str, part: Part) -> tuple[Any, Any]:
        value = holder.get(key)
        if not isinstance(value, dict):
            if value is not None:
                self.append("day_unreadable")
            return None, None
        first, last = value.get("startDate"), value.get("endDate")
        if first is None or last is None or len(value) > 2:
            self.watch(part, value)
        first, last = self.day(first), self.day(last)
        if first is not None and last is not None and last < first:
            self.append("period_reversed")
        return first, last

    def words(self, holder: Mapping[str, Any], key: str) -> str | None:
        """A list of words by commas; one that is written as a text is kept as it is."""
        written = holder.get(key)
        if type(written) is list:
            words = [word for word in written if type(word) is str]
            if len(words) < len(written):
                self.append("shape_odd")
            return ",".join(words) or None
        if written is not None and written != {}:
            self.append("shape_odd")
        return _text(written)

    def soft(self, holder: Mapping[str, Any], key: str, part: Part) -> Mapping[str, Any]:
        """A part that is an object, else nothing; its holder was watched."""
        value = holder.get(key)
        if type(value) is not dict:
            return _NOTHING
        self.watch(part, value)
        return value

    def address(self, holder: Mapping[str, Any], part: Part) -> str | None:
        value = holder.get("address")
        if not value:
            return None
        if type(value) is not dict:
            self.append("shape_odd")
            return _text(value)
        street = value.get("streetAddress")
        if len(value) == 1 and type(street) is str:
            return street.strip() or None
        self.watch(part, value)
        found = [_text(value[key]) for key in _PLACES if key in value]
        return ", ".join([text for text in found if text]) or None

    def either(self, holder: Mapping[str, Any], first: str, second: str, path: str) -> str | None:
        """One column for both: where they say different things, the second is counted."""
        if second not in holder:
            return _text(holder.get(first))
        return self.one_of(_text(holder.get(first)), _text(holder[second]), path + second)

    def one_of(self, kept: str | None, beside: str | None, path: str) -> str | None:
        if kept is None or beside is None:
            return kept or beside
        if kept != beside:
            self.out.not_kept[path] += 1
        return kept


def _float(written: float) -> tuple[float | None, str | None]:
    try:
        return values.checked(float(written))
    except OverflowError:
        return None, "amount_unreadable"


def _text(written: object) -> str | None:
    if type(written) is str:
        return written.strip() or None
    if type(written) is int or type(written) is float:
        return str(written)
    return None


def _object(holder: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = holder.get(key)
    if value is None:
        return _NOTHING
    if not isinstance(value, dict):
        raise Refused(f"'{key}' is not an object")
    return value


def _objects(holder: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    value = holder.get(key)
    if type(value) is list:
        for item in value:
            if type(item) is not dict:
                raise Refused(f"'{key}' is not a list of objects")
        return value
    if value is None or value in ({}, ""):
        return []
    raise Refused(f"'{key}' is not a list of objects")


def _few(*parts: list[Mapping[str, Any]]) -> None:
    """A line of 16 MB could be a million empty objects, each a row of its own."""
    if sum(map(len, parts)) > MOST_ROWS:
        raise Refused(f"a release with more than {MOST_ROWS:,} parts")


def _release(release: Mapping[str, Any], out: Out, region: str | None) -> None:
    ocid, number = _text(release.get("ocid")), _text(release.get("id"))
    if ocid is None:
        raise Refused("a release without 'ocid'")
    doubts = _Doubts(out)
    if number is None:
        number = _text(release.get("date")) or "?"
        doubts.append("id_missing")
    key = f"{ocid}/{number}"
    # Whatever is not of the right shape refuses the release before any of its rows is written.
    tender, planning = _object(release, "tender"), _object(release, "planning")
    parties, awards = _objects(release, "parties"), _objects(release, "awards")
    contracts, tenderers = _objects(release, "contracts"), _objects(tender, "tenderers")
    lists = [
        (part, index, holder, _objects(holder, "items"))
        for part, holders in (("award", awards), ("contract", contracts), ("tender", [tender]))
        for index, holder in enumerate(holders)
        if "items" in holder
    ]
    suppliers = [_objects(award, "suppliers") for award in awards]
    steps = _objects(tender, "milestones")
    buyer, entity = _object(release, "buyer"), _object(tender, "procuringEntity")
    budget, offers = _object(planning, "budget"), _object(release, "bids")
    bids = _objects(offers, "details")
    bidders = [_objects(bid, "tenderers") for bid in bids]
    _few(parties, tenderers, awards, contracts, steps, bids, *suppliers, *bidders,
         *(items for _part, _index, _holder, items in lists))  # fmt: skip

    out.begin(key)
    for shape, holder in (
        (_RELEASE, release), (_TENDER, tender), (_PLANNING, planning), (_BUDGET, budget),
        (_BUYER, buyer), (_ENTITY, entity), (_BIDS, offers),
    ):  # fmt: skip
        if holder and shape.watch(out, holder):
            doubts.append("shape_odd")
    day = doubts.day(release.get("date"))
    _procurement(
        out, key, ocid, release, tender, planning, budget, buyer, entity, day, doubts,
        bool(awards), region,
    )  # fmt: skip
    for index, party in enumerate(parties):
        _party(out, f"{key}/party/{index}", ocid, day, party)
    for index, bidder in enumerate(tenderers):
        _bid(out, f"{key}/tenderer/{index}", ocid, day, _NOTHING, bidder, _NOTHING)
    for index, (bid, named) in enumerate(zip(bids, bidders, strict=True)):
        shared = _of_bid(bid, index, named, tender)
        for place, bidder in enumerate(named or [_NOTHING]):
            _bid(out, f"{key}/bid/{index}/{place}", ocid, day, bid, bidder, shared)
    for index, (award, named) in enumerate(zip(awards, suppliers, strict=True)):
        _award(out, f"{key}/award/{index}", ocid, day, award, named, index + 1)
    known = {_text(award.get("id")): named for award, named in zip(awards, suppliers, strict=True)}
    for index, contract in enumerate(contracts):
        _contract(out, f"{key}/contract/{index}", ocid, day, contract, buyer, known)
    for part, place, holder, items in lists:
        of = _text(holder.get("id"))
        for index, item in enumerate(items):
            _item(out, f"{key}/{part}/{place}/item/{index}", ocid, day, (part, of, place + 1), item)
    for index, step in enumerate(steps):
        _milestone(out, f"{key}/milestone/{index}", ocid, day, step)


def _procurement(
    out: Out,
    key: str,
    ocid: str,
    release: Mapping[str, Any],
    tender: Mapping[str, Any],
    planning: Mapping[str, Any],
    budget: Mapping[str, Any],
    buyer: Mapping[str, Any],
    entity: Mapping[str, Any],
    day: Any,
    doubts: _Doubts,
    awarded: bool,
    region: str | None,
) -> None:
    amount, currency = doubts.money(budget, "amount", _VALUES["planning/budget/amount"])
    if amount == 0:
        doubts.append("amount_zero")
    value, valued_in = doubts.money(tender, "value", _VALUES["tender/value"])
    if amount is not None and currency and valued_in and currency.upper() != valued_in.upper():
        # One column of currency for both: a budget in another one would be read as in this.
        doubts.append("currency_differs")
        out.not_kept["planning/budget/amount"] += 1
        amount = None
    first, last = doubts.period(tender, "tenderPeriod", _PERIODS["tender/tenderPeriod"])
    begins, ends = doubts.period(tender, "contractPeriod", _PERIODS["tender/contractPeriod"])
    count = tender.get("numberOfTenderers")
    if count is not None and (type(count) is not int or not 0 <= count < _MOST_TENDERERS):
        doubts.append("whole_unreadable")
        count = None
    if count == 0 and awarded:
        doubts.append("no_tenderers")
    if tender.get("id") == 0:
        doubts.append("id_zero")
    if buyer and _text(buyer.get("id")) is None:
        doubts.append("id_missing")
    out.add(
        "procurements",
        {
            "ocid": ocid,
            "release_id": _text(release.get("id")),
            "plan_code": doubts.either(budget, "projectID", "id", "planning/budget/"),
            "tender_id": _text(tender.get("id")),
            "title": doubts.one_of(
                _text(tender.get("title")), _text(budget.get("project")), "planning/budget/project"
            ),
            "description": doubts.one_of(
                _text(tender.get("description")),
                _text(planning.get("rationale")),
                "planning/rationale",
            ),
            "buyer_id": _text(buyer.get("id")),
            "buyer_name": _text(buyer.get("name")),
            "entity_id": _text(entity.get("id")),
            "entity_name": _text(entity.get("name")),
            "region_code": region,
            "method": _text(tender.get("procurementMethod")),
            "method_details": _text(tender.get("procurementMethodDetails")),
            "category": _text(tender.get("mainProcurementCategory")),
            "status": _text(tender.get("status")),
            "tags": doubts.words(release, "tag"),
            "budget": amount,
            "budget_source": _text(budget.get("description")),
            "value": value,
            "currency": valued_in or currency,
            "tenderers": count,
            "released_on": day,
            "tender_from": first,
            "tender_until": last,
            "tender_days": _whole_days(_tender_period(tender)) if first and last else None,
            "contract_from": begins,
            "contract_until": ends,
        },
        key,
        doubts,
    )


def _party(out: Out, key: str, ocid: str, day: Any, party: Mapping[str, Any]) -> None:
    doubts = _Doubts(out)
    doubts.watch(_PARTY, party)
    number = _text(party.get("id"))
    if number is None:
        doubts.append("id_missing")
    identifier = doubts.soft(party, "identifier", _IDENTIFIER)
    contact = doubts.soft(party, "contactPoint", _CONTACTS["parties"])
    row = {
        "ocid": ocid,
        "released_on": day,
        "party_id": number,
        "name": _text(party.get("name")),
        "legal_name": _text(identifier.get("legalName")),
        "identifier": _text(identifier.get("id")),
        "roles": doubts.words(party, "roles"),
        "address": doubts.address(party, _ADDRESSES["parties"]),
        "email": _text(contact.get("email")),
        "phone": _text(contact.get("telephone")),
    }
    out.add("parties", row, key, doubts)


def _moment(written: object) -> datetime | None:
    """A moment with its time zone; a day alone is none."""
    if type(written) is not str or written[10:11] != "T":
        return None
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def _tender_period(tender: Mapping[str, Any]) -> Mapping[str, Any]:
    """The period of the tender, which `_Doubts.period` has judged; nothing unless an object."""
    found = tender.get("tenderPeriod")
    return found if isinstance(found, dict) else _NOTHING


def _whole_days(period: Mapping[str, Any]) -> int | None:
    first, last = _moment(period.get("startDate")), _moment(period.get("endDate"))
    if first is None or last is None:
        return None
    return math.floor((last - first).total_seconds() / 86_400)


def _of_bid(
    bid: Mapping[str, Any],
    index: int,
    named: list[Mapping[str, Any]],
    tender: Mapping[str, Any],
) -> Mapping[str, Any]:
    """What each row of one bid has; rows of tenderers that are no bid have none of it."""
    until, handed_in = (
        _moment(_tender_period(tender).get("endDate")),
        _moment(bid.get("date")),
    )
    late = (handed_in - until).total_seconds() if until and handed_in else None
    return {
        "bid_id": _text(bid.get("id")),
        "bid_place": index + 1,
        "bidders": len(named),
        "seconds_late": None if late is None else math.ceil(late),
    }


def _bid(
    out: Out,
    key: str,
    ocid: str,
    day: Any,
    bid: Mapping[str, Any],
    bidder: Mapping[str, Any],
    of: Mapping[str, Any],
) -> None:
    doubts = _Doubts(out)
    if bid:
        doubts.watch(_BID, bid)
    doubts.watch(_BIDDER, bidder)
    amount, currency = doubts.money(bid, "value", _VALUES["bids/value"])
    contact = doubts.soft(bidder, "contactPoint", _CONTACTS["tenderers"])
    number = _text(bidder.get("id"))
    if number is None:
        doubts.append("id_missing")
    row = {
        "ocid": ocid,
        "released_on": day,
        "bidder_id": number,
        "bidder_name": _text(bidder.get("name")),
        "value": amount,
        "currency": currency,
        "status": _text(bid.get("status")),
        "bid_on": doubts.day(bid.get("date")),
        "address": doubts.address(bidder, _ADDRESSES["tenderers"]),
        "email": _text(contact.get("email")),
        "phone": _text(contact.get("telephone")),
        **of,
    }
    out.add("bids", row, key, doubts)


def _award(
    out: Out,
    key: str,
    ocid: str,
    day: Any,
    award: Mapping[str, Any],
    named: list[Mapping[str, Any]],
    place: int,
) -> None:
    doubts = _Doubts(out)
    doubts.watch(_AWARD, award)
    amount, currency = doubts.money(award, "value", _VALUES["awards/value"])
    if amount is None:
        doubts.append("amount_missing")
    elif amount == 0:
        doubts.append("amount_zero")
    if not named:
        doubts.append("no_supplier")
    awarded = doubts.day(award.get("date"))
    for index, supplier in enumerate(named or [_NOTHING]):
        own = list(doubts)
        if _SUPPLIER.watch(out, supplier):
            own.append("shape_odd")
        number = _text(supplier.get("id"))
        if supplier and number is None:
            own.append("id_missing")
        row = {
            "ocid": ocid,
            "released_on": day,
            "award_id": _text(award.get("id")),
            "award_place": place,
            "title": _text(award.get("title")),
            "status": _text(award.get("status")),
            "awarded_on": awarded,
            "value": amount,
            "currency": currency,
            "supplier_id": number,
            "supplier_name": _text(supplier.get("name")),
            "suppliers": len(named),
        }
        out.add("awards", row, f"{key}/{index}", own)


def _contract(
    out: Out,
    key: str,
    ocid: str,
    day: Any,
    contract: Mapping[str, Any],
    buyer: Mapping[str, Any],
    awards: Mapping[str | None, list[Mapping[str, Any]]],
) -> None:
    doubts = _Doubts(out)
    doubts.watch(_CONTRACT, contract)
    amount, currency = doubts.money(contract, "value", _VALUES["contracts/value"])
    if amount is None:
        doubts.append("amount_missing")
    elif amount == 0:
        doubts.append("amount_zero")
    first, last = doubts.period(contract, "period", _PERIODS["contracts/period"])
    award = _text(contract.get("awardID"))
    if award not in awards:
        doubts.append("award_unknown")
    named = awards.get(award) or []
    supplier = named[0] if len(named) == 1 else _NOTHING
    row = {
        "ocid": ocid,
        "released_on": day,
        "contract_id": _text(contract.get("id")),
        "award_id": award,
        "title": _text(contract.get("title")),
        "status": _text(contract.get("status")),
        "buyer_id": _text(buyer.get("id")),
        "supplier_id": _text(supplier.get("id")),
        "supplier_name": _text(supplier.get("name")),
        "signatory": None,
        "signed_on": doubts.day(contract.get("dateSigned")),
        "from_on": first,
        "until_on": last,
        "value": amount,
        "currency": currency,
    }
    out.add("contracts", row, key, doubts)


def _item(
    out: Out,
    key: str,
    ocid: str,
    day: Any,
    where: tuple[str, str | None, int],
    item: Mapping[str, Any],
) -> None:
    part, of, place = where
    doubts = _Doubts(out)
    items, units, kinds = _ITEMS[part]
    doubts.watch(items, item)
    unit, kind = doubts.soft(item, "unit", units), doubts.soft(item, "classification", kinds)
    price, currency = doubts.money(unit, "value", _VALUES[f"{part}/items/unit/value"])
    row = {
        "ocid": ocid,
        "released_on": day,
        "part": part,
        "part_id": of,
        "part_place": place,
        "item_id": _text(item.get("id")),
        "description": _text(item.get("description")),
        "classification": doubts.either(kind, "id", "description", kinds.path) if kind else None,
        "quantity": doubts.amount(item.get("quantity")),
        # Some publishers write the name of the unit under "unit" once more.
        "unit": doubts.either(unit, "name", "unit", units.path),
        "unit_price": price,
        "currency": currency,
    }
    out.add("items", row, key, doubts)


def _milestone(out: Out, key: str, ocid: str, day: Any, step: Mapping[str, Any]) -> None:
    doubts = _Doubts(out)
    doubts.watch(_MILESTONE, step)
    row = {
        "ocid": ocid,
        "released_on": day,
        "milestone_id": _text(step.get("id")),
        "title": _text(step.get("title")),
        "description": _text(step.get("description")),
        "due_on": doubts.day(step.get("dueDate")),
        "met_on": doubts.day(step.get("dateMet")),
        "status": _text(step.get("status")),
    }
    out.add("milestones", row, key, doubts)
