"""Public pages of regional budgets: each account by year, beside elections and its neighbours."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from timbang.publication.explorer import drawing, frame, leads, wording
from timbang.publication.explorer.frame import with_file
from timbang.publication.explorer.reading import (
    Budget,
    Explorer,
    Voting,
    index_of,
    median_by_year,
)

FORMAT: Final = "timbang-budgets/1"
COLUMNS: Final = ("region", "region_name", "account", "year", "budget", "realised", "source")
# The account that is shown first where it is there: what elections are suspected to swell.
FIRST: Final = ("Belanja Hibah", "Belanja Bantuan Sosial", "Belanja Modal")


@require_safe
@with_file
def budgets(request: HttpRequest, explorer: Explorer) -> HttpResponse:
    """Regions with budgets on file."""
    return frame.show(
        request,
        "budgets.html",
        explorer,
        of=("budgets",),
        lines=[
            {"code": code, "name": wording.region(code), "first": first, "last": last}
            for code, first, last in explorer.budget_regions()
        ],
    )


@require_safe
@with_file
def budget(request: HttpRequest, explorer: Explorer, region: str) -> HttpResponse:
    """One region: an account by year, what its neighbours did, and all accounts."""
    rows = explorer.budget(region)
    if not rows:
        raise Http404
    accounts = list(dict.fromkeys(row.account for row in rows))
    first = next((name for name in FIRST if name in accounts), accounts[0])
    asked = request.GET.get("akun", "")
    account = asked if asked in accounts else first
    voted = _voted(explorer, region)
    name = wording.region(region)
    return frame.show(
        request,
        "budget.html",
        explorer,
        of=("budgets",),
        kept_query=f"akun={account}" if account != first else "",
        region=region,
        name=name,
        account=account,
        accounts=[{"name": each, "chosen": each == account} for each in accounts],
        swing=_swing(explorer, [row for row in rows if row.account == account], voted),
        voted=[
            {"name": each.name, "contest": wording.contest(each.contest_kind),
             "day": wording.day(each.voting_on)}
            for each in voted.values()
        ],
        table=_table(rows),
        marked=leads.grouped(explorer.leads_of("region", region)),
        about=_about(name, region, account),
        about_region=region[:2],
    )  # fmt: skip


def _about(name: str, region: str, account: str) -> str:
    named = _("About the budget of %(name)s, account %(account)s") % {
        "name": name,
        "account": account,
    }
    return "\n".join([named, reverse("publication:budget", args=[region]), "", ""])


def _voted(explorer: Explorer, region: str) -> dict[int, Voting]:
    """The contest for the region's own head, by the year of voting."""
    return {
        each.voting_on.year: each
        for each in explorer.votings(region)
        if each.region == region and each.contest_kind in ("governor", "regent", "mayor")
    }


def _swing(explorer: Explorer, rows: Sequence[Budget], voted: Mapping[int, Voting]) -> Any:
    """The account by year as a share of its own mean, beside the median of the neighbours.

    Regions differ in size, so that amounts cannot stand beside each other; 100 is each region's own
    mean of the years shown. What was realised is shown, or the budget where that is not known.
    """
    source = rows[0].source
    own = {row.year: row for row in rows if row.source == source}
    spent = any(row.realised is not None for row in own.values())
    amounts = _amounts(own.values(), spent)
    others: dict[str, list[Budget]] = {}
    for each in explorer.account_of_neighbours(rows[0].region, rows[0].account):
        if each.source == source and each.year in own:
            others.setdefault(each.region, []).append(each)
    index = index_of(amounts)
    near = median_by_year([index_of(_amounts(found, spent)) for found in others.values()])
    years = list(range(min(own), max(own) + 1))
    return {
        "spent": spent,
        "chart": drawing.curves(
            years, index, near, {year: _("vote") for year in voted if year in years}
        )
        if index
        else None,
        "neighbours": len(others),
        "lines": [
            {
                "year": year,
                "budget": wording.amount(own[year].budget) if year in own else "",
                "realised": wording.amount(own[year].realised) if year in own else "",
                "index": wording.number(index[year]) if year in index else "",
                "near": wording.number(near[year]) if year in near else "",
                "voted": voted[year].name if year in voted else "",
            }
            for year in years
        ],
    }


def _amounts(rows: Any, spent: bool) -> dict[int, float]:
    found = {row.year: row.realised if spent else row.budget for row in rows}
    return {year: amount for year, amount in found.items() if amount is not None}


def _table(rows: Sequence[Budget]) -> dict[str, Any]:
    """All accounts by year: what was realised, else the budget in brackets."""
    years = sorted({row.year for row in rows})
    accounts: dict[str, dict[int, Budget]] = {}
    for row in rows:
        accounts.setdefault(row.account, {}).setdefault(row.year, row)
    return {
        "years": years,
        "lines": [
            {"account": account, "amounts": [_shown(found.get(year)) for year in years]}
            for account, found in accounts.items()
        ],
    }


def _shown(row: Budget | None) -> str:
    """In thousand million rupiah, with one place."""
    if row is None:
        return ""
    if row.realised is not None:
        return wording.number(row.realised / 1e9, 1)
    return f"({wording.number(row.budget / 1e9, 1)})" if row.budget is not None else ""


@require_safe
@with_file
def budget_csv(request: HttpRequest, explorer: Explorer, region: str) -> HttpResponse:
    """All accounts of a region as a table without formulas."""
    return frame.csv(COLUMNS, _rows(explorer, region), f"timbang-anggaran-{region}.csv")


@require_safe
@with_file
def budget_json(request: HttpRequest, explorer: Explorer, region: str) -> HttpResponse:
    """The same as JSON, with the source and its licence."""
    content = {
        "format": FORMAT,
        "built_on": explorer.built_on.isoformat(),
        "sources": frame.source_words(explorer, "budgets"),
        "budgets": _rows(explorer, region),
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return frame.download(text + "\n", "application/json", f"timbang-anggaran-{region}.json")


def _rows(explorer: Explorer, region: str) -> list[dict[str, object]]:
    found = explorer.budget(region)
    if not found:
        raise Http404
    return [
        {
            "region": row.region,
            "region_name": wording.region(row.region),
            "account": row.account,
            "year": row.year,
            "budget": "" if row.budget is None else round(row.budget),
            "realised": "" if row.realised is None else round(row.realised),
            "source": row.source,
        }
        for row in found
    ]
