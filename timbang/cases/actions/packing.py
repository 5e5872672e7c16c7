"""Making a package of a case: an act of its own, whose entry names the digest of what was made."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.cases import packaging
from timbang.cases.actions.journal import (
    Line,
    Seen,
    check_may,
    check_version,
    done_before,
    locked,
    write_line,
)
from timbang.cases.course import today
from timbang.cases.models import Act, Case, Plenary
from timbang.cases.packaging import Bundle
from timbang.cases.permission import CASEWORK
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal


@transaction.atomic
def make_package(case: Case, *, seen: Seen, by: Desk, at: datetime) -> Bundle:
    """The whole file as far as this organ may read it. Whoever finds such a package later finds in
    the log when and by whom it was made: the entry names the digest of its manifest."""
    case = locked(case)
    check_may(case, by, *CASEWORK, even_ended=True, beside=True)
    if Plenary.objects.filter(case=case, organ=by.organ, closed_on=None).exists():
        raise Refusal(
            _("A plenary is open, and nobody reads its votes before the count: close it first.")
        )
    bundle = packaging.collect(case, by)
    if done_before(case, seen) is not None:
        return bundle
    check_version(case, seen)
    line = Line(Act.PACKAGED, today(by.organ, at), step=case.step, custody=bundle.digest)
    write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    return bundle
