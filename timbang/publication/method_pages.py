"""Public pages of the detectors, made from their files: what is asked, why, what else may explain
it, by what law, with which parameters, and what cannot be judged.

The words are those of the file itself; a page adds the counts of the current run where everyone may
see its leads, and nothing of a lead that names a person.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from timbang.publication.explorer import frame, leads, reading
from timbang.publication.explorer.reading import Run
from timbang.registry import schema
from timbang.signals import catalogue, citing, tuning
from timbang.signals.citing import Cited
from timbang.signals.describing import described
from timbang.signals.detector import GIVEN, KINDS, SUBJECTS, Detector, Parameter

FORMAT: Final = "timbang-method/1"


@require_safe
def methods(request: HttpRequest) -> HttpResponse:
    """All detectors by kind."""
    runs = _runs()
    shelves = [
        {
            "kind": kind,
            "title": title,
            "lines": [
                {
                    "detector": each,
                    "run": leads.run_line(runs[code]) if code in runs else None,
                }
                for code, each in catalogue.detectors().items()
                if each.kind == kind
            ],
        }
        for kind, title in KINDS.items()
    ]
    return frame.show(request, "methods.html", shelves=[each for each in shelves if each["lines"]])


@require_safe
def method(request: HttpRequest, code: str) -> HttpResponse:
    """One detector."""
    found = _detector(code)
    runs = _runs()
    standing = {each.norm.id: each for each in _cited(found)}
    return frame.show(
        request,
        "method.html",
        detector=found,
        kind=KINDS[found.kind],
        subjects=[SUBJECTS[each] for each in found.subjects],
        norms=[_norm(each, standing) for each in found.method.norms],
        none_holds=citing.none_holds(list(standing.values())),
        only_memory=citing.only_memory(list(standing.values())),
        parameters=[_parameter(found, each) for each in found.parameters],
        tables=[_table(each) for each in found.reads],
        reasons=_reasons(found, runs.get(found.code)),
        measures=[str(each) for each in found.measures.values()],
        is_public=found.sight == "public",
        run=leads.run_line(runs[found.code]) if found.code in runs else None,
        changed=_changed(found, runs.get(found.code)),
        kind_listed=found.kind == "procurement",
    )


@require_safe
def method_json(request: HttpRequest, code: str) -> HttpResponse:
    """The same for programs: everything that the file says, and the counts of the current run."""
    found = _detector(code)
    run = _runs().get(found.code)
    content = {"format": FORMAT, **described(found)}
    content |= {"cited": citing.as_json(_cited(found)), "run": _counts(run) if run else None}
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return frame.download(text + "\n", "application/json", f"timbang-{found.code}.json")


def _detector(code: str) -> Detector:
    """By its code as it is written in the address. Raises Http404."""
    found = catalogue.detectors().get(code)
    if found is None:
        raise Http404
    return found


def _runs() -> dict[str, Run]:
    """The current runs that everyone may see, as the file of the explorer has them."""
    with reading.opened(settings.EXPLORER) as explorer:
        found = explorer.runs() if explorer else {}
    public = {code for code, each in catalogue.detectors().items() if each.sight == "public"}
    return {code: run for code, run in found.items() if code in public}


def _counts(run: Run) -> dict[str, Any]:
    return {
        "run": run.digest,
        "version": run.version,
        "settings": run.parameters,
        "looked_at": run.looked_at,
        "leads": run.leads,
        "not_applicable": run.not_applicable,
    }


def _cited(found: Detector) -> list[Cited]:
    today = timezone.localdate()
    return citing.cited(found, today, today=today)


def _norm(norm_id: str, standing: Mapping[str, Cited]) -> dict[str, Any]:
    """A norm with its page, how far it was checked, and since when it no longer holds; the bare id
    where it is on file no more."""
    return {"id": norm_id, "cited": standing.get(norm_id)}


def _parameter(found: Detector, each: Parameter) -> dict[str, Any]:
    return {
        "title": each.title,
        "default": _written(each.default),
        "source": each.source,
        "place": tuning.place(found, each),
    }


def _written(default: object) -> str:
    if default is None:
        return _("not set")
    if isinstance(default, tuple):
        return ", ".join(map(str, default)) or _("none")
    return str(default)


def _table(name: str) -> dict[str, Any]:
    """A table that it reads, by its title; those that are given have none."""
    known = schema.tables()
    return {
        "name": name,
        "title": known[name].title if name in known else "",
        "given": name in GIVEN,
    }


def _reasons(found: Detector, run: Run | None) -> list[dict[str, Any]]:
    """Why something cannot be judged, with how many there are in the current run."""
    counts = run.not_applicable if run else {}
    return [{"words": words, "number": counts.get(code)} for code, words in found.reasons.items()]


def _changed(found: Detector, run: Run | None) -> list[str]:
    return list(_other_values(found, run)) if run else []


def _other_values(found: Detector, run: Run) -> Iterator[str]:
    """Parameters whose value in the run is no longer the default of the file."""
    for each in found.parameters:
        used = run.parameters.get(each.name, each.default)
        same = list(used) if isinstance(used, list | tuple) else used
        default = list(each.default) if isinstance(each.default, tuple) else each.default
        if same != default:
            yield f"{each.title}: {_written(tuple(same) if isinstance(same, list) else same)}"
