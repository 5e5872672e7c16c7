"""Many at once, twice at once, killed in between: each report is there once, or not at all."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.reports.conftest import AT, Office
from timbang.ledger import actions as ledger
from timbang.ledger.models import Entry
from timbang.reports import actions, receipt, storage
from timbang.reports.content import AccusedPerson, Content
from timbang.reports.models import Attachment, Message, Report, StagedFile

pytestmark = pytest.mark.django_db(transaction=True)


def content(words: str) -> Content:
    return Content(province="32", narrative=words, accused=(AccusedPerson(name="Satu"),))


def new_draft() -> bytes:
    return bytes.fromhex(receipt.new_draft())


def at_once(count: int, do: Callable[[int], object]) -> list[object]:
    def alone(number: int) -> object:
        try:
            return do(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(alone, range(count)))


def test_reporters_at_once_all_get_their_own_report(office: Office) -> None:
    drafts = [new_draft() for _ in range(24)]
    filed = at_once(
        24,
        lambda n: actions.file_report(
            draft=drafts[n],
            content=content(f"cerita {n}"),
            identity=None,
            organ=office.organ,
            at=AT,
        ),
    )
    assert len({f.receipt for f in filed}) == 24  # type: ignore[attr-defined]
    for number, one in enumerate(filed):
        report = actions.find(receipt.parse(one.receipt))  # type: ignore[attr-defined]
        assert report is not None
        assert actions.open_report(report, office.private).content.narrative == f"cerita {number}"


def test_one_draft_sent_by_eight_at_once_is_one_report(office: Office) -> None:
    draft = new_draft()
    file = actions.stage(draft, name="a.txt", data=b"isi", at=AT.date())
    filed = at_once(
        8,
        lambda _n: actions.file_report(
            draft=draft, content=content("sama"), identity=None, organ=office.organ, at=AT,
            staged=[file.id],
        ),
    )  # fmt: skip
    assert len({f.receipt for f in filed}) == 1  # type: ignore[attr-defined]
    assert sorted(f.again for f in filed) == [False] + [True] * 7  # type: ignore[attr-defined]
    assert not any(f.changed for f in filed)  # type: ignore[attr-defined]
    assert Report.objects.count() == Entry.objects.filter(act="report.filed").count() == 1
    assert Attachment.objects.count() == 1


def test_one_answer_sent_by_four_at_once_is_one_message(office: Office) -> None:
    draft = new_draft()
    filed = actions.file_report(
        draft=draft, content=content("x"), identity=None, organ=office.organ, at=AT
    )
    key = actions.open_report(filed.report, office.private).report_key
    once = new_draft()
    at_once(4, lambda _n: actions.reply(filed.report, "ya", report_key=key, at=AT, once=once))
    at_once(
        4, lambda n: actions.reply(filed.report, f"{n}", report_key=key, at=AT, once=new_draft())
    )
    assert list(Message.objects.order_by("position").values_list("position", flat=True)) == [
        1,
        2,
        3,
        4,
        5,
    ]


def test_when_the_ledger_fails_nothing_is_filed_and_the_files_wait(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = new_draft()
    file = actions.stage(draft, name="a.txt", data=b"isi", at=AT.date())
    told = {"draft": draft, "content": content("x"), "identity": None, "organ": office.organ,
            "at": AT, "staged": [file.id]}  # fmt: skip
    with monkeypatch.context() as broken:
        broken.setattr(Report, "save", _fail)
        with pytest.raises(OSError, match="power"):
            actions.file_report(**told)  # type: ignore[arg-type]
    assert not Report.objects.exists() and not Entry.objects.filter(act="report.filed").exists()
    assert [f.id for f in actions.staged_files(draft)] == [file.id]
    filed = actions.file_report(**told)  # type: ignore[arg-type]
    assert (
        actions.open_report(filed.report, office.private).attachments[0].read(copy=False) == b"isi"
    )


def _fail(*_args: object, **_more: object) -> None:
    raise OSError("power cut")


def test_a_file_cut_off_while_it_was_written_is_purged_and_never_offered(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = new_draft()
    with monkeypatch.context() as broken:
        broken.setattr(actions.storage, "put", _fail)
        with pytest.raises(OSError, match="power"):
            actions.stage(draft, name="a.txt", data=b"isi", at=AT.date())
    assert StagedFile.objects.count() == 1
    assert actions.staged_files(draft) == []
    assert actions.purge_staged(at=AT + timedelta(days=4)) == 1


def test_the_purge_never_touches_the_files_of_a_report(office: Office) -> None:
    draft = new_draft()
    file = actions.stage(draft, name="a.txt", data=b"isi", at=AT.date())
    filed = actions.file_report(
        draft=draft,
        content=content("x"),
        identity=None,
        organ=office.organ,
        at=AT,
        staged=[file.id],
    )
    assert actions.purge_staged(at=AT + timedelta(days=400)) == 0
    opened = actions.open_report(filed.report, office.private)
    assert opened.attachments[0].read(copy=False) == b"isi"


def test_a_broken_log_key_keeps_no_receipt_back(office: Office, settings: object) -> None:
    ledger.keys.signing_key()
    settings.LOG_ORIGIN = "another.invalid/log"  # type: ignore[attr-defined]
    filed = actions.file_report(
        draft=new_draft(), content=content("x"), identity=None, organ=office.organ, at=AT
    )
    assert filed.promise == "" and len(filed.receipt) == 29


@pytest.mark.parametrize("change", ["closed_on", "public_key"])
def test_a_closed_office_or_one_without_a_key_receives_nothing(office: Office, change: str) -> None:
    setattr(office.organ, change, {"closed_on": AT.date(), "public_key": None}[change])
    with pytest.raises(actions.Refusal):
        actions.file_report(
            draft=new_draft(), content=content("x"), identity=None, organ=office.organ, at=AT
        )


def test_a_ciphertext_moved_to_another_report_does_not_open(office: Office) -> None:
    one, two = (
        actions.file_report(
            draft=new_draft(), content=content("x"), identity=None, organ=office.organ, at=AT
        ).report
        for _ in range(2)
    )
    two.key_for_organ, two.sealed_content = one.key_for_organ, one.sealed_content
    with pytest.raises(actions.keys.WrongKey):
        actions.open_report(two, office.private)


def test_the_organ_of_one_report_cannot_open_that_of_another(
    office: Office, other_office: Office
) -> None:
    report = actions.file_report(
        draft=new_draft(), content=content("x"), identity=None, organ=office.organ, at=AT
    ).report
    with pytest.raises(actions.keys.WrongKey):
        actions.open_report(report, other_office.private)


def test_a_wrong_file_id_is_files_gone(office: Office) -> None:
    with pytest.raises(actions.FilesGone):
        actions.file_report(
            draft=new_draft(), content=content("x"), identity=None, organ=office.organ, at=AT,
            staged=[uuid.uuid4()],
        )  # fmt: skip
    assert not Report.objects.exists()


def test_a_file_whose_writing_was_killed_is_not_there_and_can_be_sent_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed with half of it on the disk: what was written is nobody's file, and is cleared away."""
    draft, words = new_draft(), b"kata" * 1000

    def killed(_file: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(storage.os, "fsync", killed)
        with pytest.raises(KeyboardInterrupt):
            actions.stage(draft, name="a.txt", data=words, at=AT.date())
    [left] = [path for path in Path(settings.FILES).rglob("*") if path.is_file()]
    assert left.suffix == storage.PART
    assert actions.staged_files(draft) == []
    again = actions.stage(draft, name="a.txt", data=words, at=AT.date())
    assert [file.id for file in actions.staged_files(draft)] == [again.id]
    assert again.read(copy=False) == words
    actions.purge_staged(AT + timedelta(days=9))
    assert not [path for path in Path(settings.FILES).rglob("*") if path.is_file()]
