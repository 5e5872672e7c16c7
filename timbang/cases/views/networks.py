"""Networks of exchange at the desk: the drawing, the tables of the same content, downloads.

A network shows who is tied to whom, so it is opened for a case or a lead only, and each opening is
an entry in the log. Whoever appoints and dismisses never sees one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.http import HttpResponse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from timbang.accounts.access import OfficerRequest
from timbang.cases.actions.looking_up import check_purpose, look_up_public
from timbang.cases.forms.networks import NetworkForm
from timbang.cases.models import LookUp
from timbang.cases.permission import READERS
from timbang.cases.vault import Desk
from timbang.cases.views.desk import desk_page, now, show
from timbang.cases.views.people import watcher
from timbang.law.refusal import Refusal
from timbang.registry import reading_exchanges
from timbang.registry.reading_exchanges import Wanted

# More would keep the page waiting; the command has no such limit.
MOST_EXCHANGES: Final = 200_000
_PAIRS, _ACTORS, _OTHERS = 100, 50, 25


@dataclass(frozen=True, slots=True)
class Opened:
    """A network that was opened: its rows as an Arrow table, and what is measured of it."""

    rows: Any
    found: Any


@desk_page(*READERS)
def network(request: OfficerRequest) -> HttpResponse:
    """The network of a region and a period; nothing before a case or lead is named."""
    desk = watcher(request)
    form = NetworkForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        form = form.moved()
        context["form"] = form
        try:
            opened = _opened(desk, form)
        except Refusal as refusal:
            context["refusal"] = refusal
        else:
            way = DOWNLOADS.get(request.POST.get("as", ""))
            if way is not None and opened is not None:
                return _attached(way, opened)
            context |= {"opened": True} | (_told(opened, form) if opened else {})
    return show(request, "network", context)


@transaction.atomic
def _opened(desk: Desk, form: NetworkForm) -> Opened | None:
    """The rows as they count now, written down before they are read; None where there are none."""
    from timbang.signals.network import reading
    from timbang.signals.network.limits import Limits
    from timbang.signals.network.measures import Measured

    told = form.cleaned_data
    check_purpose(told["number"], desk)
    look_up_public(form.words, number=told["number"], by=desk, at=now(), what=LookUp.What.RECORD)
    wanted = Wanted(region=told["region"], first=told["first"], last=told["last"])
    rows = reading_exchanges.whole(reading_exchanges.opened(), wanted, most=MOST_EXCHANGES + 1)
    if rows.num_rows > MOST_EXCHANGES:
        raise Refusal(_("There are too many exchanges for one page: narrow the region or period."))
    if not rows.num_rows:
        return None
    return Opened(rows, Measured(reading.of_table(rows), limits=Limits(months=told["months"])))


def _told(opened: Opened, form: NetworkForm) -> dict[str, Any]:
    from timbang.signals.network import measures, picture
    from timbang.signals.network.brokers import ROLES
    from timbang.signals.network.elements import ELEMENTS

    found = opened.found
    drawn = picture.drawing(found, opened=form.cleaned_data["opened"])
    told = measures.as_json(found, most=_PAIRS)
    language = "en" if get_language() == "en" else "id"
    return {
        # Names within it are escaped where it is written.
        "svg": mark_safe(picture.svg(drawn, language=language)),  # noqa: S308
        "drawn": drawn,
        "moving": picture.as_json(drawn, language=language),
        "lines": [(drawn.circles[tie.one], drawn.circles[tie.other], tie) for tie in drawn.ties],
        "told": told,
        "elements": tuple(ELEMENTS.values()),
        "pairs": [(pair, _three(pair["elements"], ELEMENTS)) for pair in told["pair_list"]],
        "actors": told["actor_list"][:_ACTORS],
        "brokers": [
            (each, [(ROLES[role], count) for role, count in each["roles"].items() if count])
            for each in told["broker_list"][:_OTHERS]
        ],
        "pyramids": told["pyramid_list"][:_OTHERS],
        "innocent": measures.INNOCENT,
        "flows": told["reciprocity"]["flows"],
        "rate": told["elections"].get("rate"),
    }


_SAID: Final[Mapping[bool | None, Any]] = {
    True: _("yes"),
    False: _("no"),
    None: _("not known"),
}


def _three(said: Mapping[str, bool | None], names: Mapping[str, Any]) -> list[Any]:
    """Each element in the order of the table's heads."""
    return [_SAID[said[name]] for name in names]


# Downloads


def _svg(opened: Opened) -> str:
    from timbang.signals.network import picture

    language = "en" if get_language() == "en" else "id"
    return picture.svg(picture.drawing(opened.found), language=language)


def _gexf(opened: Opened) -> str:
    from timbang.signals.network import picture

    return picture.gexf(opened.found)


def _ftm(opened: Opened) -> str:
    """FollowTheMoney has payments and unknown links; the rest of an exchange is lost."""
    from timbang.registry import exporting

    found = exporting.entities("exchanges", opened.rows.to_pylist())
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in found)


@dataclass(frozen=True, slots=True)
class Download:
    """A file of a network: its name, its kind, and how it is written."""

    name: str
    kind: str
    write: Callable[[Opened], str]


DOWNLOADS: Final[Mapping[str, Download]] = {
    "svg": Download("network.svg", "image/svg+xml", _svg),
    "gexf": Download("network.gexf", "application/xml", _gexf),
    "ftm": Download("network.ftm.json", "application/json", _ftm),
}


def _attached(way: Download, opened: Opened) -> HttpResponse:
    answer = HttpResponse(way.write(opened), content_type=f"{way.kind}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{way.name}"'
    return answer
