"""Public pages of purchases: a list that can be filtered, one purchase, offices that buy."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from timbang.publication.chart import months_between
from timbang.publication.explorer import asking, drawing, frame, leads, reading, wording
from timbang.publication.explorer.drawing import Span
from timbang.publication.explorer.frame import with_file
from timbang.publication.explorer.reading import (
    COUNTED,
    LARGEST,
    MARKED,
    NEWEST,
    Details,
    Explorer,
    Outcome,
    Purchase,
    Question,
)
from timbang.registry import coded
from timbang.signals import catalogue

FORMAT: Final = "timbang-purchases/1"
PURCHASES: Final = ("procurements",)
# Months in the chart of a region or office.
MONTHS: Final = 36
COLUMNS: Final = (
    "ocid", "title", "agency", "region", "region_name", "day", "year", "method", "category",
    "amount", "amount_of", "currency", "suppliers", "supplier_not_named", "election",
    "contest_kind", "phase", "days_to_voting", "indications", "source", "publisher", "licence",
)  # fmt: skip


@require_safe
@with_file
def explore(request: HttpRequest, explorer: Explorer) -> HttpResponse:
    """What there is to look through, and how to read it."""
    return frame.show(
        request,
        "overview.html",
        explorer,
        counts=explorer.counts,
        regions=[
            {"code": code, "name": wording.region(code), "number": wording.number(number)}
            for code, number in explorer.regions_that_buy()
        ],
        runs=[leads.run_line(run) for run in explorer.runs().values()],
    )


# --- purchases ------------------------------------------------------------------------------------


@require_safe
@with_file
def purchases(request: HttpRequest, explorer: Explorer) -> HttpResponse:
    """The purchases that the address asks for, a page at a time."""
    asked = asking.read(request.GET)
    found = explorer.purchases(asked, reading.PAGE + 1)
    number, shown = explorer.number(asked), found[: reading.PAGE]
    return frame.show(
        request,
        "purchases.html",
        explorer,
        of=PURCHASES,
        asked=asked,
        kept_query=asking.query(asked),
        file_query=asking.query(asked, after=0),
        lines=[line(each) for each in shown],
        number=_("more than %(n)s") % {"n": wording.number(COUNTED)}
        if number > COUNTED
        else wording.number(number),
        none=not shown,
        next_query=asking.query(asked, after=_mark(asked, shown[-1]))
        if len(found) > reading.PAGE
        else "",
        first_query=asking.query(asked, after=0),
        choices=_choices(explorer, asked),
        narrowed=asking.query(asked, words="", agency="", supplier="", after=0) != "",
        chosen=_chosen(explorer, asked),
        by_month=None
        if asked.impossible or not asked.region
        else _by_month(explorer, asked.region),
    )


def _by_month(explorer: Explorer, region: str) -> dict[str, Any] | None:
    """How many purchases were announced in each of the last months; months of voting are marked."""
    counted = explorer.months(region)
    if not counted:
        return None
    span = months_between(min(counted), max(counted))[-MONTHS:]
    voted = {f"{each.voting_on:%Y-%m}": each for each in explorer.votings(region)}
    values = [(code, counted.get(code, 0)) for code in span]
    marked = frozenset(n for n, code in enumerate(span) if code in voted)
    return {
        "region": wording.region(region),
        "chart": drawing.columns(
            [(code if n % 6 == 0 else "", number) for n, (code, number) in enumerate(values)],
            marked=marked,
        ),
        "lines": [
            {
                "month": wording.month(code),
                "number": wording.number(number),
                "voted": voted[code].name if code in voted else "",
            }
            for code, number in values
        ],
    }


def _mark(asked: Question, last: Purchase) -> int:
    return last.by_value if asked.order == LARGEST else last.id


def _choices(explorer: Explorer, asked: Question) -> list[dict[str, Any]]:
    """The fields of the form: name in the address, label, options with what is chosen."""
    runs = explorer.choices("detector")
    detectors = [
        (code, f"{code} {_title(code)} ({wording.number(number)})") for code, number in runs
    ]
    if explorer.choices("marked"):
        detectors.insert(0, (MARKED, _("any indication")))
    elections = [
        (code, explorer.elections.get(code, code)) for code, _n in explorer.choices("election")
    ]
    if elections:
        within = [("in", _("any election near")), ("out", _("no election near"))]
        elections = [*within, *elections]
    fields = (
        ("wilayah", _("Region"), asked.region,
         [(code, wording.region(code)) for code, _n in explorer.choices("region")]),
        ("tahun", _("Year"), asked.year,
         [(code, wording.year(code)) for code, _n in reversed(explorer.choices("year"))]),
        ("metode", _("Method"), asked.method,
         [(code, wording.method(code)) for code, _n in explorer.choices("method")]),
        ("indikasi", _("Indication"), asked.detector, detectors),
        ("pemilu", _("Election window"), asked.election, elections),
    )  # fmt: skip
    order = ("urut", _("Order"), asked.order,
             [(NEWEST, _("newest first")), (LARGEST, _("largest amount first"))])  # fmt: skip
    told = [_field(*each, none=_("all")) for each in fields if each[3]]
    return [*told, _field(*order)]


def _field(
    name: str, label: str, chosen: str, options: list[tuple[str, str]], none: str = ""
) -> dict[str, Any]:
    if none:
        options = [("", none), *options]
    return {
        "name": name,
        "label": label,
        "options": [
            {"code": code, "words": words, "chosen": code == chosen} for code, words in options
        ],
    }


def _chosen(explorer: Explorer, asked: Question) -> list[dict[str, str]]:
    """What was chosen elsewhere and has no field in the form: an office, a firm."""
    found = []
    if asked.agency:
        agency = explorer.agency(asked.agency)
        found.append(("instansi", asked.agency, agency.name if agency else asked.agency, "agency"))
    if asked.supplier:
        firm = explorer.supplier(asked.supplier)
        found.append(("penyedia", asked.supplier, firm or asked.supplier, "supplier"))
    return [
        {
            "name": name,
            "value": value,
            "words": words,
            "without": asking.query(asked, **{field: "", "after": 0}),
        }
        for name, value, words, field in found
    ]


def line(found: Purchase) -> dict[str, Any]:
    """A purchase in words, for a row of a table."""
    return {
        "ocid": found.ocid,
        "title": found.title or found.ocid,
        "agency": found.agency or "",
        "agency_key": found.agency_key,
        "region": wording.region(found.region),
        "day": wording.day(found.day) or _("day not known"),
        "method": wording.method(found.method),
        "category": wording.category(found.category),
        "amount": wording.amount(found.amount, found.currency),
        "amount_of": str(wording.AMOUNT_OF[found.amount_of]) if found.amount_of else "",
        "suppliers": found.suppliers,
        "withheld": found.withheld,
        "near": wording.to_voting(found.days_to_voting),
        "leads": found.leads,
    }


@require_safe
@with_file
def purchase(request: HttpRequest, explorer: Explorer, ocid: str) -> HttpResponse:
    """One purchase: what is known of it, its indications with what else may explain them."""
    known = explorer.purchase(ocid)
    if known is None:
        raise Http404
    found, details = known
    outcomes = explorer.outcomes(found.id)
    marked = [leads.told(each) for each in explorer.leads_of_purchase(found.id)]
    votings = explorer.votings(found.region or "")
    spans = list(_spans(details, found, outcomes))
    if spans:
        first = min(span.since for span in spans)
        last = max(span.until or span.since for span in spans)
        days = sorted({each.voting_on for each in votings if first <= each.voting_on <= last})
        spans += [Span(_("Voting"), day, None, True) for day in days]
    return frame.show(
        request,
        "purchase.html",
        explorer,
        of=PURCHASES,
        line=line(found),
        election=_election(explorer, found),
        details=_details(details, found),
        outcomes=[_outcome(each) for each in outcomes],
        marked=marked,
        source=explorer.sources.get(found.source),
        place=f"{details.file}:{details.line}",
        doubts=details.doubts,
        timeline=drawing.timeline([(span, _days(span)) for span in spans]),
        about=_about(found),
        about_region=(found.region or "")[:2],
    )


def _about(found: Purchase) -> str:
    """What a report about this purchase begins with; the reporter sees and may change it."""
    named = [_("About procurement %(ocid)s") % {"ocid": found.ocid}, found.title]
    if found.agency:
        named.append(found.agency)
    return "\n".join([*named, reverse("publication:purchase", args=[found.ocid]), "", ""])


def _election(explorer: Explorer, found: Purchase) -> dict[str, str] | None:
    if not found.election:
        return None
    return {
        "name": explorer.elections.get(found.election, found.election),
        "contest": wording.contest(found.contest_kind),
        "phase": str(wording.PHASES[found.phase]) if found.phase else _("phase not known"),
        "near": wording.to_voting(found.days_to_voting),
    }


def _details(details: Details, found: Purchase) -> list[tuple[str, str]]:
    """What is known besides, as label and words."""
    methods = (wording.method(found.method), details.method_details)
    told = (
        (_("Method"), ", ".join(filter(None, methods))),
        (_("Category"), wording.category(found.category)),
        (_("Status"), coded.told("status", details.status or "")),
        (_("Budget"), wording.amount(details.budget, found.currency)),
        (_("Estimate or tender value"), wording.amount(details.value, found.currency)),
        (_("Tenderers as written"), wording.number(details.tenderers) if details.tenderers else ""),
    )  # fmt: skip
    return [(label, words) for label, words in told if words]


def _outcome(found: Outcome) -> dict[str, Any]:
    days = " – ".join(filter(None, (wording.day(found.from_on), wording.day(found.until_on))))
    return {
        "part": str(wording.PARTS[found.part]),
        "supplier": found.supplier,
        "supplier_key": found.supplier_key,
        "withheld": found.withheld,
        "day": wording.day(found.day),
        "days": days,
        "amount": wording.amount(found.value, found.currency),
        "status": coded.told("status", found.status or ""),
    }


def _spans(details: Details, found: Purchase, outcomes: Iterable[Outcome]) -> Iterable[Span]:
    """What happened when, as far as days are known and the end is not before the beginning."""
    if found.day:
        yield Span(_("Announced"), found.day)
    if details.tender_from:
        yield _span(_("Tender"), details.tender_from, details.tender_until)
    seen = set()
    for each in outcomes:
        if each.day and (each.part, each.day) not in seen:
            seen.add((each.part, each.day))
            signed = _("Contract signed") if each.part == "contract" else _("Award")
            yield Span(signed, each.day)
        if each.from_on and ("work", each.from_on) not in seen:
            seen.add(("work", each.from_on))
            yield _span(_("Work"), each.from_on, each.until_on)
    if details.contract_from and ("work", details.contract_from) not in seen:
        yield _span(_("Work as planned"), details.contract_from, details.contract_until)


def _span(name: str, since: Any, until: Any) -> Span:
    return Span(name, since, until if until and until >= since else None)


def _days(span: Span) -> str:
    return " – ".join(filter(None, (wording.day(span.since), wording.day(span.until))))


def _title(code: str) -> str:
    found = catalogue.detectors().get(code)
    return str(found.method.title) if found else ""


# --- files ----------------------------------------------------------------------------------------


@require_safe
@with_file
def purchases_csv(request: HttpRequest, explorer: Explorer) -> HttpResponse:
    """The purchases that the address asks for, as a table without formulas."""
    asked = asking.read(request.GET)
    rows = [_row(explorer, each) for each in explorer.purchases(asked, reading.FILE_ROWS)]
    return frame.csv(COLUMNS, rows, "timbang-pengadaan.csv")


@require_safe
@with_file
def purchases_json(request: HttpRequest, explorer: Explorer) -> HttpResponse:
    """The same as JSON, with the address of the next file where there are more."""
    asked = asking.read(request.GET)
    found = explorer.purchases(asked, reading.FILE_ROWS + 1)
    shown = found[: reading.FILE_ROWS]
    more = len(found) > len(shown)
    content = {
        "format": FORMAT,
        "built_on": explorer.built_on.isoformat(),
        "sources": frame.source_words(explorer, *PURCHASES),
        "next": f"?{asking.query(asked, after=_mark(asked, shown[-1]))}" if more else None,
        "purchases": [_row(explorer, each) for each in shown],
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return frame.download(text + "\n", "application/json", "timbang-pengadaan.json")


def _row(explorer: Explorer, found: Purchase) -> dict[str, object]:
    source = explorer.sources.get(found.source)
    english = get_language() == "en"
    return {
        "ocid": found.ocid,
        "title": found.title,
        "agency": found.agency or "",
        "region": found.region or "",
        "region_name": wording.region(found.region),
        "day": found.day.isoformat() if found.day else "",
        "year": found.year or "",
        "method": found.method or "",
        "category": found.category or "",
        "amount": round(found.amount) if found.amount is not None else "",
        "amount_of": found.amount_of or "",
        "currency": found.currency or "",
        "suppliers": "; ".join(name for _key, name in found.suppliers),
        "supplier_not_named": "yes" if found.withheld else "",
        "election": found.election or "",
        "contest_kind": found.contest_kind or "",
        "phase": found.phase or "",
        "days_to_voting": "" if found.days_to_voting is None else found.days_to_voting,
        "indications": found.leads,
        "source": found.source,
        "publisher": (source.publisher_en if english else source.publisher_id) if source else "",
        "licence": (source.licence_en if english else source.licence_id) if source else "",
    }


# --- offices --------------------------------------------------------------------------------------


@require_safe
@with_file
def agencies(request: HttpRequest, explorer: Explorer) -> HttpResponse:
    """Offices that buy, of all regions or of one, those with most purchases first."""
    region = asking.read(request.GET).region
    found = explorer.agencies(region)
    regions = [
        {"code": code, "words": wording.region(code), "chosen": code == region}
        for code, _n in explorer.choices("region")
    ]
    return frame.show(
        request,
        "agencies.html",
        explorer,
        of=PURCHASES,
        kept_query=f"wilayah={region}" if region else "",
        regions=regions,
        cut=len(found) == reading.AGENCIES,
        lines=[
            {
                "key": each.key,
                "name": each.name,
                "region": wording.region(each.region),
                "number": wording.number(each.number),
                "amount": wording.amount(each.amount),
                "leads": wording.number(each.leads),
            }
            for each in found
        ],
    )


@require_safe
@with_file
def agency(request: HttpRequest, explorer: Explorer, key: str) -> HttpResponse:
    """One office: what it bought by year, beside elections; its indications."""
    found = explorer.agency(key)
    if found is None:
        raise Http404
    years = explorer.years_of(key)
    voted = {each.voting_on.year: each for each in explorer.votings(found.region or "")}
    known = [each for each in years if each.year]
    chart = drawing.columns(
        [(str(each.year), each.number) for each in known],
        marked=frozenset(n for n, each in enumerate(known) if each.year in voted),
    )
    return frame.show(
        request,
        "agency.html",
        explorer,
        of=PURCHASES,
        agency=found,
        region=wording.region(found.region),
        chart=chart if known else None,
        years=[
            {
                "year": wording.year(each.year),
                "number": wording.number(each.number),
                "amount": wording.amount(each.amount),
                "in_window": wording.number(each.in_window),
                "leads": wording.number(each.leads),
                "voted": voted[each.year].name if each.year in voted else "",
                "query": asking.query(Question(agency=key, year=str(each.year or "unknown"))),
            }
            for each in years
        ],
        marked=leads.grouped(explorer.leads_of("agency", key, leads.MOST)),
        query=asking.query(Question(agency=key)),
        about=_about_agency(found.name, wording.region(found.region), key),
        about_region=(found.region or "")[:2],
    )


def _about_agency(name: str, region: str, key: str) -> str:
    named = _("About the purchases of %(name)s, %(region)s") % {"name": name, "region": region}
    return "\n".join([named, reverse("publication:agency", args=[key]), "", ""])
