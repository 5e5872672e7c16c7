"""Addresses of other systems: file a report, hand over a file, ask how it stands, hear of changes.

Each request carries its key; nothing of it is remembered beside what it brought. What a key did not
bring does not exist for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Header, NinjaAPI, Query, Status
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.security import HttpBearer

from timbang.accounts import api_keys, webhooks
from timbang.accounts.api_keys import Caller
from timbang.accounts.models import Organ, Webhook
from timbang.cases.actions import bringing
from timbang.cases.actions.bringing import Load
from timbang.cases.models import Brought
from timbang.law.refusal import Refusal
from timbang.law.workdays import day_in
from timbang.policy import addresses, datapackage
from timbang.policy.models import Dossier
from timbang.reports import forms, places
from timbang.reports.content import AccusedPerson, Content, Identity
from timbang.web.api import limits
from timbang.web.api import schemas as told
from timbang.web.api.problems import MEDIA, problem
from timbang.web.errors import tell_the_operator

ABOUT: Final = (
    "File reports, hand over the files of cases, read how they stand, and be told when that "
    "changes. Everything is sealed on arrival to the office of the key."
)
# What any address may answer beside its own answer.
PROBLEMS: Final = {
    400: "The request cannot be read",
    401: "No key, or none that holds",
    403: "The key lacks the scope",
    404: "Nothing here for this key",
    409: "The law or the state of things refuses it",
    413: "Too large",
    415: "Not JSON",
    422: "Values that are not valid",
    429: "Too many requests",
}


class Doorway(NinjaAPI):
    """The API with its problems written into the document, each as the media type that it has."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """The OpenAPI 3.1 document."""
        document = super().get_openapi_schema(**kwargs)
        schema = told.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        document["components"].setdefault("schemas", {}).update(schema.pop("$defs", {}))
        document["components"]["schemas"]["Problem"] = schema
        content = {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        for operations in document["paths"].values():
            for operation in operations.values():
                for status, words in PROBLEMS.items():
                    operation["responses"][str(status)] = {"description": words, "content": content}
        return document


class Bearer(HttpBearer):
    """A key in the header `Authorization`, in each request."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        """Who calls; a problem 429 where he calls too often."""
        caller = api_keys.caller_of(token)
        if caller is not None:
            seconds = limits.admit(caller.key.pk, most=settings.API_LIMIT)
            if seconds:
                raise TooMany(seconds)
        return caller


class TooMany(Exception):
    """More requests than this key may make: the seconds until it may again."""


class NotValid(Exception):
    """Values that no schema can refuse: pairs of where and why."""

    def __init__(self, faults: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self.faults = [{"where": where, "why": why} for where, why in faults]


api = Doorway(
    title="Timbang",
    version="1",
    description=ABOUT,
    docs_url=None,
    openapi_url="/openapi.json",
    auth=Bearer(),
    urls_namespace="api",
)

Once = Annotated[
    str,
    Header(alias="Idempotency-Key", pattern=r"^[A-Za-z0-9._:-]{8,128}$"),
]


# Bringing


@api.post(
    "/v1/reports",
    response={201: told.CameOut, 200: told.CameOut},
    operation_id="fileReport",
    tags=["bring"],
)
def file_report(request: HttpRequest, load: told.ReportIn, once: Once) -> Status[Any]:
    """File a report, once: sent again with the same Idempotency-Key, it is the same report."""
    return _bring(request, api_keys.FILE, Brought.What.REPORT, load, once)


@api.post(
    "/v1/hand-overs",
    response={201: told.CameOut, 200: told.CameOut},
    operation_id="handOver",
    tags=["bring"],
)
def hand_over(request: HttpRequest, load: told.HandOverIn, once: Once) -> Status[Any]:
    """Hand over the file of a case: it lands among what waits to be sorted in this office."""
    return _bring(request, api_keys.HAND_OVER, Brought.What.FILE, load, once)


def _bring(
    request: HttpRequest, scope: str, what: Brought.What, load: told.ReportIn, once: str
) -> Status[Any]:
    caller, at = _caller(request, scope), timezone.now()
    _check(load, caller.key.organ)
    files = tuple((file.name, file.data()) for file in load.files)
    who = load.reporter
    came = bringing.bring(
        Load(
            what=what,
            content=_content(load),
            identity=Identity(who.name, who.address, who.contact) if who else None,
            files=files,
        ),
        caller=caller,
        once=once,
        at=at,
    )
    report = came.brought.report
    return Status(
        200 if came.again else 201,
        {
            "id": report.pk,
            "received_on": report.received_on,
            "organ": report.organ,
            "receipt": came.receipt,
            "promise": came.promise,
            "again": came.again,
        },
    )


def _content(load: told.ReportIn) -> Content:
    value = load.model_dump(exclude={"reporter", "files", "accused"})
    texts = {
        name: forms.plain(item) if isinstance(item, str) else item
        for name, item in value.items()
        if item is not None
    }
    people = (person.model_dump(exclude_none=True) for person in load.accused)
    many = ("conduct", "ordered_by", "means", "treated_worse")
    lists = {name: tuple(texts[name]) for name in many}
    accused = tuple(AccusedPerson(**person) for person in people)
    given: dict[str, Any] = {**texts, **lists, "kind": load.kind or "", "accused": accused}
    return Content(**given)


def _check(load: told.ReportIn, organ: Organ) -> None:
    """What depends on the day, on the list of regions, or on several values at once."""
    faults: list[tuple[str, str]] = []
    today = day_in(organ.time_zone, timezone.now())
    for name in forms.DAYS:
        day = getattr(load, name)
        if day is not None and not forms.EARLIEST <= day <= today:
            faults.append((name, f"a day from {forms.EARLIEST} to today, {today}"))
    first, last = load.happened_from, load.happened_until
    if first and last and last < first:
        faults.append(("happened_until", "lies before happened_from"))
    faults += _outside(load)
    if sum(len(file.content) for file in load.files) * 3 // 4 > told.MOST_FILE_BYTES:
        faults.append(("files", f"together at most {told.MOST_FILE_BYTES} bytes"))
    if faults:
        raise NotValid(faults)


def _outside(load: told.ReportIn) -> list[tuple[str, str]]:
    if places.province(load.province) is None:
        return [("province", "no province has this code")]
    known = {place.code for place in places.regencies(load.province)}
    named = [("region", load.region)]
    named += [(f"accused.{at}.region", person.region) for at, person in enumerate(load.accused)]
    return [(where, "not in this province") for where, code in named if code and code not in known]


# Reading


@api.get("/v1/reports", response=told.PageOut, operation_id="listReports", tags=["read"])
def list_reports(
    request: HttpRequest,
    after: UUID | None = None,
    status: told.StatusWord | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> dict[str, Any]:
    """What this key brought, in no order that tells anything, some at a time."""
    caller = _caller(request, api_keys.READ, asks=("after", "status", "limit"))
    rows = Brought.objects.filter(key=caller.key).select_related("report__organ")
    if after is not None:
        rows = rows.filter(report_id__gt=after)
    if status is not None:
        rows = rows.filter(told_status=status)
    found = list(rows.order_by("report_id")[: limit + 1])
    more = found[limit - 1].report_id if len(found) > limit else None
    return {"items": [_status(row) for row in found[:limit]], "after": more}


@api.get(
    "/v1/reports/{uuid:report_id}",
    response=told.StatusOut,
    operation_id="readReport",
    tags=["read"],
)
def read_report(request: HttpRequest, report_id: UUID) -> dict[str, Any]:
    """How a report or a file that this key brought stands."""
    caller = _caller(request, api_keys.READ)
    rows = Brought.objects.select_related("report__organ")
    return _status(get_object_or_404(rows, key=caller.key, report_id=report_id))


@api.get("/v1/key", response=told.KeyOut, operation_id="readKey", tags=["read"])
def read_key(request: HttpRequest) -> Any:
    """What this key is and may; any scope."""
    return _caller(request).key


def _status(row: Brought) -> dict[str, Any]:
    report = row.report
    return {
        "id": report.pk,
        "what": row.what,
        "organ": report.organ,
        "received_on": report.received_on,
        "status": row.told_status,
        "next_due_on": row.told_due_on,
    }


# Public decisions


@api.get("/v1/dossiers", response=told.DossiersOut, operation_id="listDossiers", tags=["policy"])
def list_dossiers(
    request: HttpRequest,
    after: UUID | None = None,
    office: Annotated[str, Query(max_length=64)] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> dict[str, Any]:
    """Published dossiers of public decisions, some at a time; any scope."""
    _caller(request, asks=("after", "office", "limit"))
    rows = Dossier.objects.public().select_related("organ")
    if office:
        rows = rows.filter(organ__code=office)
    if after is not None:
        rows = rows.filter(pk__gt=after)
    found = list(rows.order_by("pk")[: limit + 1])
    more = found[limit - 1].pk if len(found) > limit else None
    return {"items": [_dossier(row) for row in found[:limit]], "after": more}


@api.get(
    "/v1/dossiers/{slug:name}",
    response=told.DossierOut,
    operation_id="readDossier",
    tags=["policy"],
)
def read_dossier(request: HttpRequest, name: str) -> dict[str, Any]:
    """One published dossier with all its tables, as its Data Package has them; any scope."""
    _caller(request)
    dossier = addresses.found(name)
    tables = {
        table.name: [datapackage.as_json(table.columns, row) for row in table.rows]
        for table in datapackage.tables(dossier)
    }
    return {**_dossier(dossier), "tables": tables}


def _dossier(row: Dossier) -> dict[str, Any]:
    told_of = datapackage.as_json(datapackage.LIST, datapackage.listed(row))
    return {**told_of, "name": addresses.slug_of(row.number)}


# Webhooks


@api.get(
    "/v1/webhooks",
    response=list[told.WebhookOut],
    operation_id="listWebhooks",
    tags=["webhooks"],
)
def list_webhooks(request: HttpRequest) -> Any:
    """The addresses that are told when something changes."""
    caller = _caller(request, api_keys.WEBHOOKS)
    return list(Webhook.objects.filter(key=caller.key, ended_on=None))


@api.post(
    "/v1/webhooks",
    response={201: told.WebhookMadeOut, 200: told.WebhookMadeOut},
    operation_id="addWebhook",
    tags=["webhooks"],
)
def add_webhook(request: HttpRequest, load: told.WebhookIn) -> Status[Any]:
    """Be told there from now on; the same address again is the same webhook."""
    caller = _caller(request, api_keys.WEBHOOKS)
    webhook, fresh = webhooks.add(key=caller.key, url=load.url, at=timezone.now())
    value = {"id": webhook.pk, "url": webhook.url, "made_on": webhook.made_on}
    return Status(201 if fresh else 200, {**value, "secret": webhooks.secret_of(webhook)})


@api.post(
    "/v1/webhooks/{uuid:webhook_id}/ping",
    response={202: None},
    operation_id="pingWebhook",
    tags=["webhooks"],
)
def ping_webhook(request: HttpRequest, webhook_id: UUID) -> Status[Any]:
    """Send a message of the type `ping` there, to try it."""
    webhooks.ping(_webhook(request, webhook_id), at=timezone.now())
    return Status(202, None)


@api.delete(
    "/v1/webhooks/{uuid:webhook_id}",
    response={204: None},
    operation_id="removeWebhook",
    tags=["webhooks"],
)
def remove_webhook(request: HttpRequest, webhook_id: UUID) -> Status[Any]:
    """Be told there no more."""
    webhooks.remove(webhook=_webhook(request, webhook_id), at=timezone.now())
    return Status(204, None)


def _webhook(request: HttpRequest, webhook_id: UUID) -> Webhook:
    caller = _caller(request, api_keys.WEBHOOKS)
    rows = Webhook.objects.select_related("key__organ")
    return get_object_or_404(rows, pk=webhook_id, key=caller.key, ended_on=None)


# Who calls, and what is said when it cannot be done


def _caller(request: HttpRequest, scope: str = "", *, asks: Iterable[str] = ()) -> Caller:
    """Who calls, with this scope; `asks`: the names that may stand behind the question mark."""
    caller: Caller = request.auth  # type: ignore[attr-defined]
    if scope and not caller.may(scope):
        raise HttpError(403, f"This key lacks the scope {scope}.")
    # A slip of the pen must not answer another question than was asked.
    if unknown := sorted(set(request.GET) - set(asks)):
        raise NotValid((name[:60], "this address takes no such name") for name in unknown)
    return caller


@api.exception_handler(AuthenticationError)
def _no_key(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return problem(401, headers={"WWW-Authenticate": 'Bearer realm="timbang"'})


@api.exception_handler(TooMany)
def _too_many(_request: HttpRequest, error: TooMany) -> HttpResponse:
    return problem(429, headers={"Retry-After": str(error.args[0])})


@api.exception_handler(ValidationError)
def _not_valid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Where and why, and never the value itself: it may hold a name."""
    return problem(422, errors=[_fault(fault) for fault in error.errors])


def _fault(fault: dict[str, Any]) -> dict[str, str]:
    parts = [str(part) for part in fault.get("loc", ())]
    inside = parts[2:] if parts[:1] == ["body"] else parts[1:]
    return {"where": ".".join(inside) or parts[0], "why": str(fault.get("msg", ""))}


@api.exception_handler(NotValid)
def _not_valid_here(_request: HttpRequest, error: NotValid) -> HttpResponse:
    return problem(422, errors=error.faults)


@api.exception_handler(bringing.OtherWords)
def _other_words(_request: HttpRequest, error: Refusal) -> HttpResponse:
    return problem(422, code="idempotency_key_used", detail=error)


@api.exception_handler(Refusal)
def _refused(_request: HttpRequest, error: Refusal) -> HttpResponse:
    return problem(409, detail=error)


@api.exception_handler(Http404)
def _not_here(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return problem(404)


@api.exception_handler(RequestDataTooBig)
def _too_large(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return problem(413)


@api.exception_handler(UnreadablePostError)
def _broken_off(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return problem(400)


@api.exception_handler(HttpError)
def _said(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, detail="" if error.status_code == 400 else error.message)


@api.exception_handler(Exception)
def _fault_of_ours(_request: HttpRequest, _error: Exception) -> HttpResponse:
    tell_the_operator()
    return problem(500)
