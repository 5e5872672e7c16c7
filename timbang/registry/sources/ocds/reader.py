"""OCDS 1.1 releases, records and release packages: one release becomes rows of eight tables.

Of a record the compiled release is read, and its releases when there is none. A package is opened
into its releases. A field that no table has is counted under its path and stays in the file.
Source: the Open Contracting Data Standard 1.1, release schema.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from timbang.registry import values
from timbang.registry.reading_records import MOST_ROWS, Context, Out, Reader, Refused

_RELEASE: Final = frozenset(
    {
        "ocid", "id", "date", "tag", "buyer", "parties", "planning", "tender", "awards",
        "contracts", "bids",
    }
)  # fmt: skip
_TENDER: Final = frozenset(
    {
        "id", "title", "description", "status", "procurementMethod", "procurementMethodDetails",
        "mainProcurementCategory", "value", "tenderPeriod", "contractPeriod", "numberOfTenderers",
        "procuringEntity", "tenderers", "items", "milestones",
    }
)  # fmt: skip
_PARTY: Final = frozenset({"id", "name", "roles", "address", "contactPoint", "identifier"})
# Of those who bid and supply: what else is told of them stands with the parties.
_BIDDER: Final = frozenset({"id", "name", "address", "contactPoint"})
_SUPPLIER: Final = frozenset({"id", "name"})
_AWARD: Final = frozenset(
    {"id", "title", "status", "date", "value", "suppliers", "items", "description"}
)
_CONTRACT: Final = frozenset(
    {
        "id", "awardID", "title", "status", "dateSigned", "value", "period", "items",
        "description", "milestones",
    }
)  # fmt: skip
_ITEM: Final = frozenset({"id", "description", "classification", "quantity", "unit"})
_MILESTONE: Final = frozenset({"id", "title", "description", "dueDate", "dateMet", "status"})
_PLANNING: Final = frozenset({"budget", "rationale"})
_BUDGET: Final = frozenset({"amount", "description", "project", "projectID", "id"})
_BID: Final = frozenset({"id", "date", "status", "tenderers", "value"})
_NOTHING: Final[Mapping[str, Any]] = {}


def make(context: Context) -> Reader:
    """A reader; the region of the context is that of every procurement, OCDS has no code for it."""

    def read(value: Mapping[str, Any], out: Out) -> None:
        for release in list(_releases(value)):
            _release(release, out, context.region)

    return read


def _releases(value: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if "compiledRelease" in value:
        yield _object(value, "compiledRelease")
        return
    if "ocid" in value and "releases" not in value:
        yield value
        return
    found = value.get("releases") or value.get("records")
    if not isinstance(found, list) or not found:
        raise Refused("neither a release, nor a record, nor a package: no 'ocid', no 'releases'")
    for item in found:
        if not isinstance(item, dict):
            raise Refused("a package whose releases are not objects")
        yield from _releases(item)


class _Doubts(list[str]):
    """The doubts of the row that is being made."""

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

    def money(self, holder: Mapping[str, Any], key: str) -> tuple[float | None, str | None]:
        value = holder.get(key)
        if not isinstance(value, dict):
            if value is not None:
                self.append("amount_unreadable")
            return None, None
        amount = self.amount(value.get("amount"))
        currency = _text(value.get("currency"))
        if amount is not None and currency is None:
            self.append("currency_missing")
        return amount, currency

    def period(self, holder: Mapping[str, Any], key: str) -> tuple[Any, Any]:
        value = holder.get(key)
        if not isinstance(value, dict):
            if value is not None:
                self.append("day_unreadable")
            return None, None
        first, last = self.day(value.get("startDate")), self.day(value.get("endDate"))
        if first is not None and last is not None and last < first:
            self.append("period_reversed")
        return first, last


def _float(written: float) -> tuple[float | None, str | None]:
    try:
        return values.checked(float(written))
    except OverflowError:
        return None, "amount_unreadable"


def _text(written: object) -> str | None:
    if written is None:
        return None
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
    if not value:
        return []
    if type(value) is not list:
        raise Refused(f"'{key}' is not a list of objects")
    for item in value:
        if type(item) is not dict:
            raise Refused(f"'{key}' is not a list of objects")
    return value


def _few(*parts: list[Mapping[str, Any]]) -> None:
    """A line of 16 MB could be a million empty objects, each a row of its own."""
    if sum(map(len, parts)) > MOST_ROWS:
        raise Refused(f"a release with more than {MOST_ROWS:,} parts")


def _watch(out: Out, holder: Mapping[str, Any], known: frozenset[str], path: str) -> None:
    if not holder.keys() <= known:
        for key in holder.keys() - known:
            out.not_kept[f"{path}{str(key)[:60]}"] += 1


def _release(release: Mapping[str, Any], out: Out, region: str | None) -> None:
    ocid, number = _text(release.get("ocid")), _text(release.get("id"))
    if ocid is None:
        raise Refused("a release without 'ocid'")
    doubts = _Doubts()
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
    bids = _objects(_object(release, "bids"), "details")
    bidders = [_objects(bid, "tenderers") for bid in bids]
    _few(parties, tenderers, awards, contracts, steps, bids, *suppliers, *bidders,
         *(items for _part, _index, _holder, items in lists))  # fmt: skip

    out.begin(key)
    _watch(out, release, _RELEASE, "")
    day = doubts.day(release.get("date"))
    buyer = _object(release, "buyer")
    _procurement(out, key, release, tender, planning, buyer, day, doubts, bool(awards), region)
    for index, party in enumerate(parties):
        _party(out, f"{key}/party/{index}", ocid, day, party)
    for index, bidder in enumerate(tenderers):
        _bid(out, f"{key}/tenderer/{index}", ocid, day, _NOTHING, bidder)
    for index, (bid, named) in enumerate(zip(bids, bidders, strict=True)):
        for place, bidder in enumerate(named or [_NOTHING]):
            _bid(out, f"{key}/bid/{index}/{place}", ocid, day, bid, bidder)
    for index, (award, named) in enumerate(zip(awards, suppliers, strict=True)):
        _award(out, f"{key}/award/{index}", ocid, day, award, named)
    known = {_text(award.get("id")): named for award, named in zip(awards, suppliers, strict=True)}
    for index, contract in enumerate(contracts):
        _contract(out, f"{key}/contract/{index}", ocid, day, contract, buyer, known)
    for part, place, holder, items in lists:
        of = _text(holder.get("id"))
        for index, item in enumerate(items):
            _item(out, f"{key}/{part}/{place}/item/{index}", ocid, day, part, of, item)
    for index, step in enumerate(steps):
        _milestone(out, f"{key}/milestone/{index}", ocid, day, step)


def _procurement(
    out: Out,
    key: str,
    release: Mapping[str, Any],
    tender: Mapping[str, Any],
    planning: Mapping[str, Any],
    buyer: Mapping[str, Any],
    day: Any,
    doubts: _Doubts,
    awarded: bool,
    region: str | None,
) -> None:
    _watch(out, tender, _TENDER, "tender/")
    _watch(out, planning, _PLANNING, "planning/")
    budget = _object(planning, "budget")
    _watch(out, budget, _BUDGET, "planning/budget/")
    amount, currency = doubts.money(budget, "amount")
    if amount == 0:
        doubts.append("amount_zero")
    value, valued_in = doubts.money(tender, "value")
    entity = _object(tender, "procuringEntity")
    first, last = doubts.period(tender, "tenderPeriod")
    begins, ends = doubts.period(tender, "contractPeriod")
    count = tender.get("numberOfTenderers")
    if count is not None and (isinstance(count, bool) or not isinstance(count, int)):
        doubts.append("whole_unreadable")
        count = None
    if count == 0 and awarded:
        doubts.append("no_tenderers")
    if tender.get("id") == 0:
        doubts.append("id_zero")
    if buyer and _text(buyer.get("id")) is None:
        doubts.append("id_missing")
    # One column for both: where they say different things, the second is counted.
    for path, kept, beside in (
        ("planning/budget/project", tender.get("title"), budget.get("project")),
        ("planning/rationale", tender.get("description"), planning.get("rationale")),
    ):
        if _text(kept) and _text(beside) and _text(kept) != _text(beside):
            out.not_kept[path] += 1
    tags = release.get("tag")
    out.add(
        "procurements",
        {
            "ocid": release["ocid"],
            "release_id": _text(release.get("id")),
            "plan_code": _text(budget.get("projectID")) or _text(budget.get("id")),
            "tender_id": _text(tender.get("id")),
            "title": _text(tender.get("title")) or _text(budget.get("project")),
            "description": _text(tender.get("description")) or _text(planning.get("rationale")),
            "buyer_id": _text(buyer.get("id")),
            "buyer_name": _text(buyer.get("name")),
            "entity_id": _text(entity.get("id")),
            "entity_name": _text(entity.get("name")),
            "region_code": region,
            "method": _text(tender.get("procurementMethod")),
            "method_details": _text(tender.get("procurementMethodDetails")),
            "category": _text(tender.get("mainProcurementCategory")),
            "status": _text(tender.get("status")),
            "tags": ",".join(map(str, tags)) if isinstance(tags, list) else None,
            "budget": amount,
            "budget_source": _text(budget.get("description")),
            "value": value,
            "currency": valued_in or currency,
            "tenderers": count,
            "released_on": day,
            "tender_from": first,
            "tender_until": last,
            "contract_from": begins,
            "contract_until": ends,
        },
        key,
        doubts,
    )


def _party(out: Out, key: str, ocid: str, day: Any, party: Mapping[str, Any]) -> None:
    _watch(out, party, _PARTY, "parties/")
    number = _text(party.get("id"))
    identifier, contact = _soft(party, "identifier"), _soft(party, "contactPoint")
    roles = party.get("roles")
    row = {
        "ocid": ocid,
        "released_on": day,
        "party_id": number,
        "name": _text(party.get("name")),
        "legal_name": _text(identifier.get("legalName")),
        "identifier": _text(identifier.get("id")),
        "roles": ",".join(map(str, roles)) if isinstance(roles, list) else None,
        "address": _address(party),
        "email": _text(contact.get("email")),
        "phone": _text(contact.get("telephone")),
    }
    out.add("parties", row, key, ("id_missing",) if number is None else ())


def _soft(holder: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = holder.get(key)
    return value if isinstance(value, dict) else _NOTHING


def _address(holder: Mapping[str, Any]) -> str | None:
    address = _soft(holder, "address")
    if not address:
        return None
    found = [
        _text(address.get(key)) for key in ("streetAddress", "locality", "region", "postalCode")
    ]
    return ", ".join(text for text in found if text) or None


def _bid(
    out: Out, key: str, ocid: str, day: Any, bid: Mapping[str, Any], bidder: Mapping[str, Any]
) -> None:
    _watch(out, bid, _BID, "bids/")
    _watch(out, bidder, _BIDDER, "tenderers/")
    doubts = _Doubts()
    amount, currency = doubts.money(bid, "value")
    contact, number = _soft(bidder, "contactPoint"), _text(bidder.get("id"))
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
        "address": _address(bidder),
        "email": _text(contact.get("email")),
        "phone": _text(contact.get("telephone")),
    }
    out.add("bids", row, key, doubts)


def _award(
    out: Out,
    key: str,
    ocid: str,
    day: Any,
    award: Mapping[str, Any],
    named: list[Mapping[str, Any]],
) -> None:
    _watch(out, award, _AWARD, "awards/")
    for supplier in named:
        _watch(out, supplier, _SUPPLIER, "suppliers/")
    doubts = _Doubts()
    amount, currency = doubts.money(award, "value")
    if amount is None:
        doubts.append("amount_missing")
    elif amount == 0:
        doubts.append("amount_zero")
    if not named:
        doubts.append("no_supplier")
    awarded = doubts.day(award.get("date"))
    for index, supplier in enumerate(named or [_NOTHING]):
        own = list(doubts)
        number = _text(supplier.get("id"))
        if supplier and number is None:
            own.append("id_missing")
        row = {
            "ocid": ocid,
            "released_on": day,
            "award_id": _text(award.get("id")),
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
    _watch(out, contract, _CONTRACT, "contracts/")
    doubts = _Doubts()
    amount, currency = doubts.money(contract, "value")
    if amount is None:
        doubts.append("amount_missing")
    elif amount == 0:
        doubts.append("amount_zero")
    first, last = doubts.period(contract, "period")
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
    out: Out, key: str, ocid: str, day: Any, part: str, of: str | None, item: Mapping[str, Any]
) -> None:
    _watch(out, item, _ITEM, f"{part}/items/")
    doubts = _Doubts()
    unit, kind = _soft(item, "unit"), _soft(item, "classification")
    price, currency = doubts.money(unit, "value")
    row = {
        "ocid": ocid,
        "released_on": day,
        "part": part,
        "part_id": of,
        "item_id": _text(item.get("id")),
        "description": _text(item.get("description")),
        "classification": _text(kind.get("id")) or _text(kind.get("description")),
        "quantity": doubts.amount(item.get("quantity")),
        # Some publishers write the name of the unit under "unit" once more.
        "unit": _text(unit.get("name")) or _text(unit.get("unit")),
        "unit_price": price,
        "currency": currency,
    }
    out.add("items", row, key, doubts)


def _milestone(out: Out, key: str, ocid: str, day: Any, step: Mapping[str, Any]) -> None:
    _watch(out, step, _MILESTONE, "tender/milestones/")
    doubts = _Doubts()
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
