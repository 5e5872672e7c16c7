"""The state of a report between two pages: everything travels in the body, nothing is kept here.

Only files are kept on the server, sealed under the draft's secret, which travels as well.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from timbang.accounts.models import Organ
from timbang.law.workdays import day_in
from timbang.reports import actions, kinds, places, receipt, storage, uploads, wording
from timbang.reports.actions import OpenedFile
from timbang.reports.content import AccusedPerson, Content
from timbang.reports.forms import MIDDLE, MOST_PEOPLE, PersonForm, ReportForm
from timbang.reports.inspection import clean_name

FOLDED: Final = ("place", "witnesses", "contest_kind", "side_direction", "side_kind", "side_name",
                 "ordered_by", "means")  # fmt: skip
SERVICE: Final = ("service", "served_on", "treated_worse", "complained_first", "complained_on",
                  "wanted")  # fmt: skip
IDENTITY: Final = ("identity_name", "identity_address", "identity_contact")
# What stands in the body of a form that nobody has touched yet.
CHOSEN_ALREADY: Final = {"draft", "do", "people", "kind", "province", "way"}
DEFAULT_ZONE: Final = "Asia/Jakarta"
_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FEW: Final = re.compile(r"[0-9]{1,3}")


@dataclass
class Sheet:
    """A report as it is being written."""

    draft_text: str
    draft: bytes
    today: date
    now: datetime
    form: ReportForm
    people: list[PersonForm]
    organs: tuple[Organ, ...]
    files: list[OpenedFile]
    files_named: frozenset[uuid.UUID]
    notices: list[str] = field(default_factory=list)

    @property
    def province(self) -> places.Place | None:
        """The chosen province."""
        return places.province(self.form.data.get("province", ""))

    @property
    def kind(self) -> str:
        """What the report is about; "" while the reporter does not know."""
        return self.form.about

    @property
    def kind_word(self) -> str:
        """The kind as the form carries it."""
        return kinds.word_of(self.kind)

    @property
    def kind_label(self) -> Any:
        """The kind in plain words."""
        return wording.KIND[self.kind_word]

    @property
    def is_about_service(self) -> bool:
        """Whether an office is reported rather than a person."""
        return self.kind in ("service", "maladministration")

    @property
    def files_left(self) -> int:
        """How many files may still be added."""
        return max(0, uploads.FILES_LIMIT - len(self.files))

    @property
    def can_add_person(self) -> bool:
        """Whether the form takes one more person."""
        return len(self.people) < MOST_PEOPLE

    @property
    def is_untouched(self) -> bool:
        """Whether this is the empty form: nothing typed, nothing chosen but the province."""
        data = self.form.data
        given = {name for name, values in data.lists() if any(values)} - CHOSEN_ALREADY
        if len(self.organs) == 1:
            given.discard("organ")
        return not (
            given or self.notices or self.files or self.files_named or self.form.final
        ) and (data.get("way"), data.get("people")) in (("anonymous", "1"), ("anonymous", None))

    @property
    def tells_name(self) -> bool:
        """Whether the reporter has chosen to give his name, or typed something about himself."""
        return self.form.data.get("way") == "named" or any(map(self.form.typed, IDENTITY))

    @property
    def more_is_used(self) -> bool:
        """Whether something stands, or is wrong, in the part that is folded at first."""
        return self._uses(FOLDED)

    @property
    def service_is_used(self) -> bool:
        """The same of the questions about a service, folded while the kind is not known."""
        return self._uses(SERVICE)

    def _uses(self, names: tuple[str, ...]) -> bool:
        asked = [name for name in names if name in self.form.asks or name in ("place", "witnesses")]
        return any(self.form.typed(name) or name in self.form.errors for name in asked)

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Every message of every form, with the input that it is about."""
        forms = (self.form, *self.people)
        return [
            (form[name].auto_id if name in form.fields else "", str(message))
            for form in forms
            for name, messages in form.errors.items()
            for message in messages
        ]

    def persons(self) -> list[AccusedPerson]:
        """The reported people as typed."""
        return [form.person() for form in self.people]

    def is_complete(self) -> bool:
        """Whether the report can be sent; what is missing stands in `faults`."""
        valid = [form.is_valid() for form in (self.form, *self.people)]
        enough = self.form.complete(somebody=any(form.names_somebody for form in self.people))
        return all(valid) and enough

    def content(self) -> Content:
        """The report as a value; only of a complete sheet."""
        return self.form.content(self.persons())

    def organ(self) -> Organ:
        """The chosen office; only of a complete sheet."""
        return next(o for o in self.organs if str(o.pk) == self.form.cleaned_data["organ"])


def blank() -> Sheet:
    """A new report with a new draft secret."""
    return read(QueryDict("", mutable=True))


def begun_elsewhere(data: QueryDict) -> QueryDict:
    """What a page of public facts sends along: what the report would be about, and the province.

    Nothing else of it counts, so that no page can put words or names into a report unseen.
    """
    own = QueryDict("", mutable=True)
    own["draft"] = receipt.new_draft()
    own["narrative"] = data.get("narrative", "")[:MIDDLE]
    own["province"] = data.get("province", "")
    return own


def read(data: QueryDict, *, final: bool = False) -> Sheet:
    """The sheet that a page brought back. A damaged or missing draft becomes a new one."""
    data = _own(data)
    notices = []
    draft_text = data.get("draft", "")
    draft = receipt.read_draft(draft_text)
    if draft is None:
        if data:
            notices.append(_("This page was damaged or too old. What you typed is still here: "
                             "please look through it once more."))  # fmt: skip
        draft_text = receipt.new_draft()
        draft = bytes.fromhex(draft_text)
    now = timezone.now()
    place = places.province(data.get("province", ""))
    today = day_in(place.time_zone if place else DEFAULT_ZONE, now)
    data["kind"] = kinds.word_of(kind := kinds.read(data.get("kind", "")))
    organs = places.offices(place.code, kind, today) if place else ()
    regencies = places.regencies(place.code) if place else ()
    if len(organs) == 1:
        data["organ"] = str(organs[0].pk)
    data.setdefault("way", "anonymous")
    language = get_language() or "id"
    form = ReportForm(
        data,
        today=today,
        language=language,
        kind=kind,
        provinces=places.provinces(),
        regencies=regencies,
        organs=organs,
        final=final,
    )
    return Sheet(
        draft_text=draft_text,
        draft=draft,
        today=today,
        now=now,
        form=form,
        people=[
            PersonForm(data, prefix=f"p{number}", regencies=regencies, language=language)
            for number in range(_count(data))
        ],
        organs=organs,
        files=[],
        files_named=named_files(data),
        notices=notices,
    )


def with_person(data: QueryDict) -> QueryDict:
    """The same data with one more reported person, as far as there is room."""
    data = _own(data)
    data["people"] = str(min(_count(data) + 1, MOST_PEOPLE))
    return data


def without_person(data: QueryDict, number: int) -> QueryDict:
    """The same data without that person; the later ones move up."""
    data, count = _own(data), _count(data)
    for at in range(max(number, 0), count):
        for name in PersonForm.base_fields:
            data[f"p{at}-{name}"] = data.get(f"p{at + 1}-{name}", "") if at + 1 < count else ""
    data["people"] = str(max(1, count - 1))
    return data


def named_files(data: QueryDict) -> frozenset[uuid.UUID]:
    """The staged files that the page showed."""
    return frozenset(found for text in data.getlist("staged")[:50] if (found := read_id(text)))


def read_id(text: str) -> uuid.UUID | None:
    """A row's id, or None for anything else."""
    return uuid.UUID(text) if _ID.fullmatch(text) else None


def read_number(text: str) -> int | None:
    """A small number, or None for anything else."""
    return int(text) if _FEW.fullmatch(text) else None


def missing(named: frozenset[uuid.UUID], files: Iterable[OpenedFile]) -> list[str]:
    """What to say when files that the page showed are gone."""
    gone = len(named - {file.id for file in files})
    if not gone:
        return []
    return [
        _("%(gone)d of your files are no longer here: files of a report that was not sent are kept "
          "for two days. Please add them again.") % {"gone": gone}
    ]  # fmt: skip


def stage_uploads(request: HttpRequest, draft: bytes, *, on: date, held: int) -> list[str]:
    """Seal what was uploaded; what could not be taken is said, and costs nothing else."""
    notices = []
    for file in request.FILES.getlist("files"):
        problem = _problem(file, held)
        if problem is None:
            try:
                actions.stage(draft, name=file.name or "", data=file.read(), at=on)
                held += 1
                continue
            except storage.NoRoom:
                problem = _(
                    "there is no room for files just now. Send your report without it; with your "
                    "receipt you can add it later."
                )
            except OSError:
                problem = _("it could not be stored. Please try again later.")
        notices.append(
            _("File not added: %(name)s: %(problem)s")
            % {"name": clean_name(file.name or ""), "problem": problem}
        )
    return notices


def _problem(file: UploadedFile[Any], held: int) -> str | None:
    if uploads.too_large(file):
        return _("it is too large. A file may have 15 MB, and all files of one sending 30 MB.")
    if not file.size:
        return _("it is empty.")
    if held >= uploads.FILES_LIMIT:
        return _("there are 5 files already.")
    return None


def _own(data: QueryDict) -> QueryDict:
    """The same data, to be changed; `QueryDict.copy` looks deep into strings, which takes long."""
    own = QueryDict(mutable=True)
    for name, values in data.lists():
        own.setlist(name, values)
    return own


def _count(data: QueryDict) -> int:
    text = data.get("people", "")
    return min(max(read_number(text) or 1, 1), MOST_PEOPLE)
