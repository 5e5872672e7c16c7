"""What migrations make of an empty database, on SQLite in a file of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections, models
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import CreateModel
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ModelState, ProjectState
from pytest_django import DjangoDbBlocker

from timbang.ledger.creating import CreateModels


@contextmanager
def database(file: Path) -> Iterator[DatabaseWrapper]:
    usual = {key: value for key, value in connection.settings_dict.items() if key != "OPTIONS"}
    one = DatabaseWrapper({**usual, "NAME": file, "OPTIONS": {}}, alias=file.stem)
    connections[one.alias] = one
    try:
        yield one
    finally:
        one.close()
        del connections[one.alias]


@pytest.fixture
def empty(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[DatabaseWrapper]:
    with django_db_blocker.unblock(), database(tmp_path / "empty.sqlite3") as one:
        yield one


def parts(body: str) -> list[str]:
    """What stands between the outermost commas of a CREATE TABLE."""
    out, depth, quote = [""], 0, ""
    for sign in body:
        if quote or sign in "'\"":
            quote = "" if sign == quote else quote or sign
        else:
            depth += (sign == "(") - (sign == ")")
        if sign == "," and not depth and not quote:
            out.append("")
        else:
            out[-1] += sign
    return [part.strip() for part in out]


def schema(of: DatabaseWrapper) -> set[tuple[str, ...]]:
    """Each column, constraint, index and trigger in SQLite's own words, whatever their order."""
    own = {MigrationRecorder.Migration._meta.db_table, "sqlite_sequence"}
    with of.cursor() as cursor:
        cursor.execute("SELECT type, tbl_name, name, coalesce(sql, '') FROM sqlite_master")
        found = [row for row in cursor.fetchall() if row[1] not in own]
    out = set()
    for kind, table, name, sql in found:
        if kind != "table":
            # The numbers of indexes without a name follow the order of columns.
            out.add((kind, table, "" if name.startswith("sqlite_") else name, sql))
            continue
        inside = sql[sql.index("(") + 1 : sql.rindex(")")]
        out |= {(kind, table, part) for part in parts(inside)}
    return out


def migrate(of: DatabaseWrapper) -> None:
    executor = MigrationExecutor(of)
    executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.mark.django_db
def test_no_change_of_a_model_waits_for_its_migration() -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


def test_migrations_make_the_tables_that_the_models_say(
    empty: DatabaseWrapper, tmp_path: Path
) -> None:
    migrate(empty)
    with database(tmp_path / "said.sqlite3") as said:
        with said.schema_editor() as editor:
            for model in apps.get_models(include_auto_created=False):
                editor.create_model(model)
        made, wanted = schema(empty), schema(said)
    assert len(wanted) > 1000
    assert made == wanted


def test_an_empty_database_draws_each_model_a_few_times(
    empty: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Time would say more of the machine. Models drawn anew at each step: 94 times each."""
    drawn: list[str] = []
    draw = ModelState.render

    def counted(state: ModelState, *rest: Any) -> Any:
        drawn.append(state.name)
        return draw(state, *rest)

    monkeypatch.setattr(ModelState, "render", counted)
    migrate(empty)
    count = len(apps.get_models())
    assert count <= len(drawn) <= 20 * count


def a_model(name: str, *to: str) -> CreateModel:
    keys = [
        (f"of_{other}", models.ForeignKey(f"web.{other}", models.CASCADE, null=True))
        for other in to
    ]
    limit = models.CheckConstraint(condition=models.Q(count__gt=0), name=f"{name}_is_something")
    return CreateModel(
        name,
        [("id", models.BigAutoField(primary_key=True)), ("count", models.IntegerField()), *keys],
        {"constraints": [limit]},
    )


def test_models_made_at_once_point_to_each_other_and_go_again(empty: DatabaseWrapper) -> None:
    both = CreateModels([a_model("Hen", "egg", "hen"), a_model("Egg", "hen")])
    before, after = ProjectState(), ProjectState()
    assert not before.apps.get_models()
    assert not after.apps.get_models()
    both.state_forwards("web", after)
    hen = after.apps.get_model("web", "hen")
    assert {field.name for field in hen._meta.get_fields() if field.auto_created} == {"hen", "egg"}
    with empty.schema_editor() as editor:
        both.database_forwards("web", editor, before, after)
    with empty.cursor() as cursor:
        introspection = empty.introspection
        assert set(introspection.table_names(cursor)) == {"web_hen", "web_egg"}
        assert introspection.get_relations(cursor, "web_hen").keys() == {"of_egg_id", "of_hen_id"}
        assert introspection.get_relations(cursor, "web_egg") == {"of_hen_id": ("id", "web_hen")}
        assert "Egg_is_something" in introspection.get_constraints(cursor, "web_egg")
    with empty.schema_editor() as editor:
        both.database_backwards("web", editor, after, before)
    with empty.cursor() as cursor:
        assert not empty.introspection.table_names(cursor)


def test_what_is_made_at_once_is_told_and_written_down_again() -> None:
    both = CreateModels([a_model("Hen"), a_model("Egg")])
    name, arguments, named = both.deconstruct()
    again = CreateModels(*arguments, **named)
    assert (name, again.describe()) == ("CreateModels", "Create 2 models at once")
    assert [each.name for each in again.models] == ["Hen", "Egg"]
