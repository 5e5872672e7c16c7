"""The walls: imports go down, every column is classified, every message is translated."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("ledger", "accounts", "registry", "reports", "signals", "cases", "publication")
CLASSES = {"public", "desk", "sealed"}


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    linter = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [str(linter), "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin"},
    )


def _models() -> list[type[models.Model]]:
    return [m for room in ROOMS for m in apps.get_app_config(room).get_models()]


def test_imports_go_downwards_only() -> None:
    result = _lint(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("law/terms_up.py", "import timbang.ledger.merkle"),
        ("law/web_up.py", "import django.http"),
        ("ledger/merkle.py", "import django.http"),
        ("reports/up.py", "import timbang.cases.models"),
        ("publication/sideways.py", "import timbang.reports.models"),
        ("signals/sideways.py", "import timbang.reports.models"),
        ("cases/sideways.py", "import timbang.policy"),
    ],
)
def test_a_broken_contract_is_reported(tmp_path: Path, file: str, line: str) -> None:
    shutil.copytree(
        ROOT / "timbang",
        tmp_path / "timbang",
        ignore=shutil.ignore_patterns("__pycache__", "static", "data", "locale"),
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / "timbang" / file).open("a") as out:
        out.write(f"\n{line}\n")
    assert _lint(tmp_path).returncode == 1


def test_nothing_a_linter_cannot_see_is_broken() -> None:
    assert _script("house").breaches() == []


def test_every_message_is_translated() -> None:
    script = _script("messages")
    rooms = [path for path in (ROOT / "timbang").iterdir() if (path / "__init__.py").exists()]
    assert [line for room in rooms for line in script.problems(room)] == []
    assert script.collisions(sorted(rooms)) == []


@pytest.mark.parametrize("model", _models(), ids=lambda m: m._meta.label)
def test_every_column_is_classified_once(model: type[models.Model]) -> None:
    classes = model.CLASSES  # type: ignore[attr-defined]
    assert set(classes) <= CLASSES
    named = [name for names in classes.values() for name in names]
    assert sorted(named) == sorted(field.name for field in model._meta.concrete_fields)


@pytest.mark.parametrize("model", _models(), ids=lambda m: m._meta.label)
def test_keys_to_other_rooms_leave_no_name_behind(model: type[models.Model]) -> None:
    for field in model._meta.get_fields():
        remote = getattr(field, "remote_field", None)
        if not field.concrete or remote is None or not isinstance(remote.model, type):
            continue
        if remote.model._meta.app_label != model._meta.app_label:
            assert remote.hidden, f"{model._meta.label}.{field.name}: related_name='+'"


def test_a_template_that_links_up_is_reported(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = _script("house")
    page = tmp_path / "timbang" / "reports" / "templates" / "reports" / "x.html"
    page.parent.mkdir(parents=True)
    page.write_text("{% url 'cases:start' %}<p onclick='x()' style='a'>")
    monkeypatch.setattr(script, "ROOT", tmp_path)
    assert len(script.templates()) == 3


@pytest.mark.parametrize(
    ("room", "part", "reported"),
    [
        ("policy", "reports", False), ("policy", "web", False), ("policy", "policy", False),
        ("policy", "cases", True), ("cases", "policy", True), ("reports", "cases", True),
        ("signals", "reports", True), ("policy", "unknown", True),
    ],
)  # fmt: skip
def test_a_part_of_a_page_is_taken_from_a_lower_room_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, room: str, part: str, reported: bool
) -> None:
    script = _script("house")
    page = tmp_path / "timbang" / room / "templates" / room / "x.html"
    page.parent.mkdir(parents=True)
    page.write_text(f'{{% include "{part}/y.html" %}}')
    monkeypatch.setattr(script, "ROOT", tmp_path)
    assert bool(script.templates()) is reported


def test_a_lock_file_with_an_address_is_reported(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = _script("house")
    (tmp_path / "x.lock").write_text("a==1 --hash=sha256:00\n")
    monkeypatch.setattr(script, "ROOT", tmp_path)
    assert script.lock_files() == []
    (tmp_path / "x.lock").write_text("a @ https" + "://example/a.whl --hash=sha256:00\n")
    assert script.lock_files() == ["x.lock: names an address"]


def test_every_command_is_documented_as_it_is() -> None:
    script = _script("reference")
    assert script.PAGE.read_text("utf-8") == script.page(), "run python scripts/reference.py"


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs" / "reference" / "settings.md").read_text("utf-8")
    used = {
        name
        for path in (ROOT / "timbang").rglob("*.py")
        for name in re.findall(r"environ(?:\.get)?[\(\[]\s*\"(TIMBANG_[A-Z_]+)\"", path.read_text())
    }
    assert used
    assert sorted(name for name in used if f"`{name}`" not in page) == []


def test_every_link_of_the_docs_leads_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert broken == []
