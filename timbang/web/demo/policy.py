"""Policies of the demo: a real one, watched from published documents (`policy_observed.yaml`)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from timbang.accounts.models import Officer
from timbang.law import policy as law
from timbang.law import service, yaml_file
from timbang.law.yaml_file import Yaml
from timbang.policy import actions, course, facts
from timbang.policy.actions import About, Seen, Told
from timbang.policy.models import Dossier, Mode

OBSERVED: Final = Path(__file__).with_name("policy_observed.yaml")
_TOP: Final = (
    "title", "office", "region", "summary", "duties", "groups", "read_on", "documents",
)  # fmt: skip
_REQUIRED: Final = ("kind", "title", "issuer", "says", "source", "url")
_OPTIONAL: Final = ("issued_on", "amount", "shows")


@dataclass(frozen=True, slots=True)
class Observed:
    """A policy as the file tells it."""

    about: About
    papers: tuple[Told, ...]


def read_observed(path: Path = OBSERVED) -> Observed:
    """The policy of a file. Raises `YamlError`, which says file and line."""
    top = yaml_file.load(path).fields(_TOP)
    about = About(
        title=top["title"].text(),
        summary=top["summary"].text(),
        region_code=top["region"].text(),
        office=top["office"].text(),
        duties=tuple(each.one_of(service.DUTIES) for each in top["duties"].items()),
        groups=tuple(each.one_of(service.GROUPS) for each in top["groups"].items()),
    )
    read_on = top["read_on"].day()
    return Observed(about, tuple(_paper(item, read_on) for item in top["documents"].items()))


def _paper(item: Yaml, read_on: date) -> Told:
    found = item.fields(_REQUIRED, _OPTIONAL)
    kind = found["kind"].one_of(law.DOCUMENTS)
    shows = found["shows"].items() if "shows" in found else ()
    return Told(
        stage=law.DOCUMENTS[kind].stage,
        kind=kind,
        title=found["title"].text(),
        issuer=found["issuer"].text(),
        issued_on=found["issued_on"].day() if "issued_on" in found else None,
        says=found["says"].text(),
        amount=found["amount"].number() if "amount" in found else None,
        shows=tuple(each.one_of(facts.marks_of(kind)) for each in shows),
        source=found["source"].text(),
        url=found["url"].text(),
        read_on=read_on,
    )


def observe(*, by: Officer, at: datetime) -> Dossier:
    """Open the dossier of the real policy, add its documents, and publish it."""
    told = read_observed()
    # A machine whose clock is behind has not read them yet.
    today = course.today(by.organ, at)
    dossier = actions.open_dossier(told.about, mode=Mode.OBSERVER, by=by, at=at, once=uuid.uuid4())
    for paper in told.papers:
        dossier.refresh_from_db()
        read = replace(paper, read_on=min(paper.read_on or today, today))
        actions.add_piece(dossier, read, seen=Seen.now(dossier), by=by, at=at)
    dossier.refresh_from_db()
    actions.publish(dossier, seen=Seen.now(dossier), by=by, at=at)
    dossier.refresh_from_db()
    return dossier
