"""A full disk refuses files kindly and keeps its last room for reports."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from timbang.reports import actions, storage


def test_files_never_take_the_last_room_on_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    free = storage.RESERVE_BYTES + 1000
    monkeypatch.setattr(storage.shutil, "disk_usage", lambda _path: SimpleNamespace(free=free))
    storage.require_room(500)
    with pytest.raises(storage.NoRoom):
        storage.require_room(501)


@pytest.mark.django_db
def test_nothing_is_staged_when_there_is_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage.shutil, "disk_usage", lambda _path: SimpleNamespace(free=0))
    with pytest.raises(storage.NoRoom):
        actions.stage(b"d" * 32, name="a.txt", data=b"x", at=date(2026, 1, 1))
    assert actions.staged_files(b"d" * 32) == []
