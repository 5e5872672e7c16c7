"""What other systems send and get, as it stands in the OpenAPI document.

Codes are those of the law's vocabulary, days are written 2027-02-14, and what is not known is left
out. Unknown names are refused: a slip of the pen must not lose a part of a report.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler, StrictBool
from pydantic_core import PydanticCustomError, core_schema

from timbang.cases.models import Brought
from timbang.law import service as service_words
from timbang.law import vocabulary
from timbang.reports import content, forms, uploads
from timbang.reports.models import Status

MOST_FILE_BYTES: Final = 8 * uploads.MEGABYTE
_BASE64: Final = r"^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# No control characters but tab and line ends; C1 controls neither.
_PLAIN: Final = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"


@dataclass(frozen=True, slots=True)
class OneOf:
    """One word of a closed list."""

    words: tuple[str, ...]

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> Any:
        return core_schema.literal_schema(list(self.words))


def one_of(words: Iterable[str]) -> OneOf:
    """The codes of a vocabulary."""
    return OneOf(tuple(words))


class DayText:
    """A day as text; numbers are no days."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> Any:
        return core_schema.no_info_plain_validator_function(
            cls._read, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: Any, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "format": "date"}

    @staticmethod
    def _read(value: object) -> date:
        if isinstance(value, date):
            return value
        try:
            if isinstance(value, str) and _DAY.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise PydanticCustomError("day", "a day is written 2027-02-14")


def number(value: object) -> object:
    """What JSON calls a number: neither a word nor yes or no."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PydanticCustomError("number", "a number is written 12")
    return value


Day = Annotated[date, DayText]
Short = Annotated[str, Field(max_length=forms.SHORT, pattern=_PLAIN)]
Middle = Annotated[str, Field(max_length=forms.MIDDLE, pattern=_PLAIN)]
Long = Annotated[str, Field(max_length=forms.LONG, pattern=_PLAIN)]
Told = Annotated[str, Field(min_length=1, max_length=forms.SHORT, pattern=_PLAIN)]
Words = Annotated[str, Field(min_length=1, max_length=forms.LONG, pattern=_PLAIN)]
Province = Annotated[str, Field(pattern=r"^[0-9]{2}$", examples=["32"])]
Regency = Annotated[str, Field(pattern=r"^[0-9]{2}\.[0-9]{2}$", examples=["32.04"])]
Workdays = Annotated[int, Field(ge=0, le=forms.MOST_COUNTED), BeforeValidator(number)]
StatusWord = Annotated[str, one_of(Status.values)]


class Given(Schema):
    """What comes in: nothing but what is written down here."""

    model_config = ConfigDict(extra="forbid")


class PersonIn(Given):
    """Somebody who is reported: whatever is known."""

    name: Short = ""
    post: Short = ""
    agency: Short = ""
    region: Regency | None = None
    status: Annotated[str, one_of(vocabulary.STATUSES)] | None = None


class ReporterIn(Given):
    """Who reports. Sealed apart: it is opened for a written reason, and each opening recorded."""

    name: Told
    address: Annotated[str, Field(min_length=1, max_length=forms.MIDDLE, pattern=_PLAIN)]
    contact: Short = ""


class FileIn(Given):
    """A file; all files of a report together have at most 8 MB."""

    name: Annotated[str, Field(min_length=1, max_length=120, pattern=_PLAIN)]
    content: Annotated[
        str,
        Field(
            min_length=4,
            pattern=_BASE64,
            json_schema_extra={"contentEncoding": "base64"},
        ),
    ]

    def data(self) -> bytes:
        """Its bytes."""
        return base64.b64decode(self.content)


class ReportIn(Given):
    """A report. Without a reporter it is information to begin with (informasi awal)."""

    kind: Annotated[str, one_of(vocabulary.REPORT_KINDS)] | None = None
    province: Province
    region: Regency | None = None
    narrative: Words
    accused: Annotated[list[PersonIn], Field(max_length=forms.MOST_PEOPLE)] = []
    conduct: Annotated[list[Annotated[str, one_of(vocabulary.CONDUCTS)]], Field(max_length=20)] = []
    happened_from: Day | None = None
    happened_until: Day | None = None
    learned_on: Day | None = None
    place: Short = ""
    witnesses: Middle = ""
    contest_kind: Annotated[str, one_of(vocabulary.CONTEST_KINDS)] | None = None
    side_kind: Annotated[str, one_of(content.SIDE_KINDS)] | None = None
    side_direction: Annotated[str, one_of(content.DIRECTIONS)] | None = None
    side_name: Short = ""
    ordered_by: Annotated[
        list[Annotated[str, one_of(content.ORDERED_BY)]], Field(max_length=3)
    ] = []
    means: Annotated[list[Annotated[str, one_of(content.MEANS)]], Field(max_length=4)] = []
    absent_workdays: Workdays | None = None
    valid_reason: StrictBool | None = None
    impact: Annotated[str, one_of(vocabulary.IMPACTS)] | None = None
    service: Short = ""
    served_on: Day | None = None
    treated_worse: Annotated[
        list[Annotated[str, one_of(service_words.ASPECTS)]], Field(max_length=6)
    ] = []
    complained_first: StrictBool | None = None
    complained_on: Day | None = None
    wanted: Middle = ""
    language: Annotated[str, one_of(("id", "en"))] = "id"
    reporter: ReporterIn | None = None
    files: Annotated[list[FileIn], Field(max_length=uploads.FILES_LIMIT)] = []


class HandOverIn(ReportIn):
    """The file of a case that another office had. An officer here sorts it, as any report."""

    from_office: Told
    from_number: Told
    done_there: Long = ""


class OrganOut(Schema):
    """The office that has it."""

    code: str
    name: str


class CameOut(Schema):
    """What was filed. The receipt opens it for whoever holds it: pass it on to who reported."""

    id: UUID
    received_on: Day
    organ: OrganOut
    receipt: str
    promise: Annotated[str, Field(description="Signed; empty while the log cannot sign.")]
    again: Annotated[bool, Field(description="It had come before, under the same words.")]


class StatusOut(Schema):
    """How something stands that this key brought: what its reporter is told, and no more."""

    id: UUID
    what: Annotated[str, one_of(Brought.What.values)]
    organ: OrganOut
    received_on: Day
    status: StatusWord
    next_due_on: Day | None


class PageOut(Schema):
    """Some of what this key brought; `after` leads to the next ones."""

    items: list[StatusOut]
    after: UUID | None


class DossierListedOut(Schema):
    """A published dossier in the list; of one that was taken back number and reason stay."""

    name: Annotated[str, Field(description="How it stands in addresses.")]
    number: str
    mode: str | None
    title: str | None
    office: Annotated[str | None, Field(description="Whose policy it is.")]
    organ: Annotated[str, Field(description="The code of the office that writes the dossier.")]
    agency_code: str | None
    region_code: str | None
    path: str | None
    step: str | None
    ended_as: str | None
    duties: str | None
    groups: str | None
    opened_on: Day | None
    published_on: Day
    ended_on: Day | None
    retracted_on: Day | None
    why_retracted: str | None


class DossiersOut(Schema):
    """Some of the published dossiers; `after` leads to the next ones."""

    items: list[DossierListedOut]
    after: UUID | None


class DossierOut(DossierListedOut):
    """A published dossier with its tables; their columns stand in its Data Package."""

    tables: dict[str, list[dict[str, Any]]]


class KeyOut(Schema):
    """What this key is."""

    label: str
    name: str
    organ: OrganOut
    scopes: list[str]
    made_on: Day


class WebhookIn(Given):
    """Where to tell that something changed: https, in the public internet."""

    url: Annotated[str, Field(min_length=10, max_length=500, examples=["https://a.example/in"])]


class WebhookOut(Schema):
    """An address that is told of changes."""

    id: UUID
    url: str
    made_on: Day


class WebhookMadeOut(WebhookOut):
    """The same, with what its messages are signed with (Standard Webhooks, v1)."""

    secret: str


class Fault(Schema):
    """One value that is not valid: where, and why."""

    where: str
    why: str


class Problem(Schema):
    """RFC 9457."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[Fault] = []
