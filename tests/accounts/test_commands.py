"""The operator's console: `timbang organ` and `timbang officer`."""

from __future__ import annotations

import json
import re

import pyotp
import pytest
from click.testing import CliRunner, Result

from tests.accounts.conftest import AT, PASSWORDS, log_in, make_organ, organ_private
from timbang.accounts import actions, factors, one_time
from timbang.accounts.commands import commands
from timbang.accounts.models import Officer, Organ

pytestmark = pytest.mark.django_db
ORGAN = ["add", "--code", "bws", "--name", "Bawaslu", "--kind", "bawaslu", "--region", "32"]


def run(group: str, *arguments: str, typed: str = "") -> Result:
    command = next(each for each in commands if each.name == group)
    return CliRunner().invoke(command, list(arguments), input=typed, prog_name=f"timbang {group}")


def temporary(result: Result) -> str:
    found = re.search(r"Temporary password: (\S+)", result.stdout)
    assert found is not None, result.output
    return found[1]


def test_a_real_start_an_organ_and_its_first_two_officers(client: object) -> None:
    added = run("organ", *ORGAN)
    assert added.exit_code == 0
    assert "timbang officer add --organ bws" in added.stdout
    roles = ["--role", "administrator", "--role", "receiver"]
    first = run("officer", "add", "--organ", "bws", "--login", "ani", "--name", "Ani", *roles)
    assert "Warning: Bawaslu (bws): only one officer" in first.stderr
    second = run(
        *["officer", "add", "--organ", "bws", "--login", "budi", "--name", "Budi"],
        *["--role", "examiner", "--holder", "ani"],
        typed=temporary(first) + "\n",
    )
    assert second.exit_code == 0, second.output
    assert "Warning" not in second.stderr
    ani, budi = Officer.objects.order_by("login")
    assert ani.roles == ["receiver", "administrator"]
    key = budi.open_organ(budi.open_private(temporary(second)))
    assert key == ani.open_organ(ani.open_private(temporary(first)))
    log_in(client, "ani", temporary(first))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (["--kind", "ministry"], "Allowed: task_force, bawaslu, bkn"),
        (["--region", "Jawa"], "two digits for a province"),
        (["--time-zone", "Mars/Base"], "Asia/Jayapura"),
        (["--outside"], "Allowed: sbt, sp4n_lapor, letter"),
        (["--channel", "sbt"], "needs no channel"),
        (["--code", "B W S"], "small letters"),
    ],
)
def test_a_wrong_organ_is_explained(change: list[str], says: str) -> None:
    result = run("organ", *ORGAN, *change)
    assert result.exit_code == 1
    assert says in result.stderr
    assert not Organ.objects.exists()


def test_an_outside_organ_is_added_with_its_channel() -> None:
    result = run("organ", *ORGAN, "--outside", "--channel", "sp4n_lapor", "--address", "Jl. A 1")
    assert result.exit_code == 0
    assert not Organ.objects.get().inside
    assert "officer add" not in result.stdout


def test_lists_are_for_people_and_for_machines(alice: Officer, bob: Officer) -> None:
    make_organ("bkn", inside=False, channel="sbt", region_code="ID")
    organs = json.loads(run("organ", "list", "--json").stdout)
    assert [(row["code"], row["holders"]) for row in organs] == [("bawaslu-32", 2), ("bkn", 0)]
    officers = json.loads(run("officer", "list", "--json").stdout)
    assert [row["login"] for row in officers] == ["alice", "bob"]
    assert set(officers[0]) == {"organ", "login", "name", "roles", "state"}
    assert "bawaslu-32" in run("organ", "list").stdout
    assert "examiner" in run("officer", "list").stdout


def test_the_list_warns_of_one_holder_without_disturbing_a_machine(alice: Officer) -> None:
    result = run("officer", "list", "--json")
    assert json.loads(result.stdout)
    assert "only one officer holds the key" in result.stderr


def test_an_empty_house_says_what_comes_next() -> None:
    assert "timbang organ add" in run("organ", "list").stdout
    assert "timbang officer add" in run("officer", "list").stdout


def test_an_officer_without_a_holder_waits_and_a_holder_passes_the_key_on(alice: Officer) -> None:
    add = [
        "add",
        "--organ",
        "bawaslu-32",
        "--login",
        "rini",
        "--name",
        "Rini",
        "--role",
        "examiner",
    ]
    added = run("officer", *add)
    assert "opens nothing" in added.stdout
    rini = Officer.objects.get(login="rini")
    give = ["give-key", "rini", "--holder", "alice"]
    early = run("officer", *give, typed=PASSWORDS["alice"] + "\n")
    assert "choose his own password" in early.stderr
    actions.change_password(officer=rini, old=temporary(added), new=PASSWORDS["rini"], at=AT)
    assert "waits for the key" in run("officer", "list").stdout
    assert "--holder LOGIN" in run("officer", *give[:2]).stderr
    given = run("officer", *give, typed=PASSWORDS["alice"] + "\n")
    assert given.exit_code == 0, given.output
    rini.refresh_from_db()
    assert organ_private(rini) == organ_private(alice)
    assert "need the key" in run("officer", "take-key", "rini").stderr


def test_factors_are_forgotten_by_ones_own_password(alice: Officer) -> None:
    secret = one_time.new_secret()
    code = pyotp.TOTP(secret).at(AT)
    factors.add_code_device(officer=alice, secret=secret, code=code, visit=None, at=AT)
    assert run("officer", "reset-factors", "alice", typed="wrong\n").exit_code == 1
    assert factors.of(alice)
    done = run("officer", "reset-factors", "alice", typed=PASSWORDS["alice"] + "\n")
    assert done.exit_code == 0, done.output
    assert not factors.of(alice)


def test_no_key_is_passed_on_without_its_holder(alice: Officer, charlie: Officer) -> None:
    add = ["add", "--organ", "bawaslu-32", "--login", "eve", "--name", "Eve", "--role", "auditor"]
    for holder, password, says in (
        ("charlie", PASSWORDS["charlie"], "holds no key of"),
        ("nobody", "x", "holds no key of"),
        ("alice", "wrong", "does not open the key"),
        ("alice", "", "does not open the key"),
    ):
        result = run("officer", *add, "--holder", holder, typed=password + "\n")
        assert result.exit_code == 1
        assert says in result.stderr
    assert not Officer.objects.filter(login="eve").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--organ", "none", "--login", "eve", "--role", "auditor"], "bawaslu-32"),
        (["--organ", "empty", "--login", "eve", "--role", "king"], "Allowed: receiver, examiner"),
        (["--organ", "empty", "--login", "E v e", "--role", "auditor"], "3 to 64 small letters"),
        (["--organ", "outside", "--login", "eve", "--role", "auditor"], "no officers here"),
    ],
)
def test_a_wrong_officer_is_explained(organ: Organ, arguments: list[str], says: str) -> None:
    make_organ("empty")
    make_organ("outside", inside=False, channel="letter")
    result = run("officer", "add", "--name", "Eve", *arguments)
    assert result.exit_code == 1
    assert says in result.stderr


def test_a_colleague_restores_a_lost_password(alice: Officer, bob: Officer) -> None:
    result = run("officer", "restore", "bob", "--holder", "alice", typed=PASSWORDS["alice"] + "\n")
    assert result.exit_code == 0, result.output
    bob.refresh_from_db()
    assert bob.open_organ(bob.open_private(temporary(result))) == organ_private(alice)
    himself = run("officer", "restore", "alice", "--holder", "alice", typed=PASSWORDS["alice"])
    assert himself.exit_code == 1
    assert "Another officer" in himself.stderr


def test_revoking_says_what_it_cannot_undo(alice: Officer, bob: Officer) -> None:
    result = run("officer", "revoke", "bob")
    assert result.exit_code == 0
    assert "cannot be taken back" in result.stdout
    assert "only one officer" in result.stderr
    assert run("officer", "revoke", "alice").exit_code == 1
    assert run("officer", "revoke", "nobody").exit_code == 1


def test_an_organ_is_closed_once(organ: Organ) -> None:
    assert run("organ", "close", organ.code).exit_code == 0
    assert run("organ", "close", organ.code).exit_code == 1
    assert run("organ", "close", "nowhere").exit_code == 1
    assert json.loads(run("organ", "list", "--json").stdout)[0]["closed_on"] is not None


def test_an_officer_is_named_in_any_letters(alice: Officer, bob: Officer) -> None:
    assert run("officer", "revoke", "BOB").exit_code == 0


def test_no_command_takes_a_password_as_an_argument() -> None:
    for group in commands:
        for command in group.commands.values():  # type: ignore[attr-defined]
            names = {name for parameter in command.params for name in parameter.opts}
            assert not any("password" in name for name in names)


def test_every_command_has_help() -> None:
    for group in commands:
        for command in group.commands.values():  # type: ignore[attr-defined]
            assert command.help
            assert run(str(group.name), str(command.name), "--help").exit_code == 0


def test_the_hands_of_the_operator_are_english_whatever_the_site(organ: Organ) -> None:
    result = run("organ", *ORGAN, "--kind", "x")
    assert "Unknown kind of organ" in result.stderr


def test_an_officer_stays_in_the_list_after_revocation(alice: Officer, bob: Officer) -> None:
    run("officer", "revoke", "bob")
    rows = json.loads(run("officer", "list", "--json").stdout)
    assert rows[1]["state"].startswith("revoked 20")
