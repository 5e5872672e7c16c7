"""Nothing of a case can be read in the database, the ledger or the sessions; classes are complete."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey

from tests.cases.conftest import AT, PASSWORD, SECRET_WORDS, log_in
from tests.cases.writing import write, write_all
from timbang.accounts.models import Organ
from timbang.cases import actions, reading
from timbang.cases.actions import Given, Seen, Taking
from timbang.cases.models import Case, DocumentKind
from timbang.cases.vault import Desk
from timbang.ledger.models import Entry
from timbang.reports import actions as reports

MODELS = list(apps.get_app_config("cases").get_models())


def dump() -> bytes:
    """Every value of every row of every table."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for value in row:
                    is_bytes = isinstance(value, (bytes, memoryview))
                    found.append(bytes(value) if is_bytes else str(value).encode())
    return b"\n".join(found)


def test_a_thief_of_the_database_reads_no_word_of_a_case(
    case: Case, alice: Desk, outside_bkn: Organ
) -> None:
    write_all(case, alice)
    write(case, alice, DocumentKind.NOTE, text="catatan dalam yang rahasia")
    opened = reports.open_report(reading.reports_of(case, alice)[0], alice.private)
    case.refresh_from_db()
    actions.choose_words(
        case, opened, title="Judul bukti", text=SECRET_WORDS, seen=Seen.now(case), by=alice, at=AT
    )
    case.refresh_from_db()
    from tests.cases.writing import chosen

    give = Given(outside_bkn, documents=chosen(case, alice))
    taking = Taking("recommend", reason="alasan langkah", give=give)
    actions.take_step(case, taking, seen=Seen.now(case), by=alice, at=AT)
    case.refresh_from_db()
    [(delivery, _ticket, _proof)] = reading.deliveries_of(case, alice)
    actions.record_delivery(
        delivery, ticket="SBT-RAHASIA-1", proven_on=AT.date(), proof="diterima Pak Anu",
        seen=Seen.now(case), by=alice, at=AT,
    )  # fmt: skip
    client = log_in("alice")
    client.get(f"/meja/kasus/{case.pk}/")
    client.post("/meja/cari/", {"words": "Tjahjo", "number": case.number})
    stored = dump().lower()
    for secret in (
        "Tjahjo", "Koemolo", "kumolo", "Camat", "akun itu menyukai", "catatan dalam",
        "Judul bukti", SECRET_WORDS, "alasan langkah", "SBT-RAHASIA", "Pak Anu", "%PDF",
        "candidates_confirmed_on", PASSWORD,
    ):  # fmt: skip
        assert secret.lower().encode() not in stored, secret
    assert case.number.lower().encode() in stored


def test_the_ledger_holds_codes_only(case: Case, alice: Desk) -> None:
    write_all(case, alice)
    for entry in Entry.objects.filter(act__startswith="case."):
        for value in entry.body.values():
            assert value is None or isinstance(value, int) or " " not in value


def test_a_desk_never_prints_its_key(alice: Desk) -> None:
    assert alice.private.hex() not in repr(alice)
    assert repr(alice.private) not in repr(alice)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_column_has_one_class(model: type) -> None:
    told = [name for names in model.CLASSES.values() for name in names]  # type: ignore[attr-defined]
    fields = [field.name for field in model._meta.concrete_fields]  # type: ignore[attr-defined]
    assert sorted(told) == sorted(fields)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_row_of_another_room_knows_of_cases(model: type) -> None:
    for field in model._meta.concrete_fields:  # type: ignore[attr-defined]
        if isinstance(field, ForeignKey):
            theirs = field.related_model._meta.app_label != "cases"
            hidden = field.remote_field.related_name == "+"
            assert hidden or not theirs, field


def test_the_public_rows_lead_nowhere() -> None:
    from timbang.cases.models import PublicCase, PublicRow

    for model in (PublicRow, PublicCase):
        assert not any(isinstance(field, ForeignKey) for field in model._meta.concrete_fields)
        assert set(model.CLASSES["public"]) == {field.name for field in model._meta.concrete_fields}
