"""`timbang law ask`, as a person or a script calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from timbang.cli import main
from timbang.law.norms import catalogue

LIKE = """\
act_on: 2024-01-15
status: PNS
conduct: [social_media_support]
object: candidate
candidates_confirmed_on: 2023-11-13
"""


def ask(facts: str | bytes, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["law", "ask", *arguments, "-"], input=facts)


def answers(facts: str) -> dict[str, dict[str, object]]:
    result = ask(facts, "--json")
    assert result.exit_code == 0, result.output
    return {finding["norm"]: finding for finding in json.loads(result.stdout)["findings"]}


def test_every_norm_answers_with_the_documented_keys():
    found = answers(LIKE)
    assert list(found) == list(catalogue().norms)
    for finding in found.values():
        assert list(finding) == [
            "norm",
            "applies",
            "missing",
            "sanctions",
            "authority",
            "citations",
            "level",
            "doubts",
        ]
        assert finding["applies"] in {"yes", "no", "unknown"}


def test_a_public_like_after_confirmation_is_found_with_its_range():
    found = answers(LIKE)["skb_2022/D6"]
    assert found["applies"] == "yes"
    assert found["missing"] == []
    assert [sanction["level"] for sanction in found["sanctions"]] == ["berat"] * 3
    assert "PP 94/2021 ps 8(4)" in found["citations"]
    assert found["authority"] == "appointing_officer (kasn)"
    assert found["level"] == "two_sources"


def test_unknown_names_what_is_missing():
    found = answers(LIKE.replace("candidates_confirmed_on: 2023-11-13\n", ""))["skb_2022/D6"]
    assert (found["applies"], found["missing"]) == ("unknown", ["candidates_confirmed_on"])


def test_a_file_with_no_facts_leaves_every_norm_unknown():
    assert {finding["applies"] for finding in answers("{}").values()} == {"unknown"}


def test_a_person_reads_it_in_indonesian_or_english():
    indonesian, english = ask(LIKE).output, ask(LIKE, "--language", "en").output
    assert "skb_2022/D6  Dukungan di media sosial untuk calon" in indonesian
    assert "Yang memutuskan adalah manusia." in indonesian
    assert "skb_2022/D6  Support for a candidate on social media" in english
    assert "People decide." in english


def test_a_person_is_told_what_to_ask_and_sees_each_doubt_once():
    facts = LIKE.replace("status: PNS\n", "")
    output = ask(facts, "--language", "en").output
    assert "ask status: What is the person's employment status?" in output
    assert output.count("The annexes of the joint decree were not seen") == 1


def test_a_file_is_read_from_disk(tmp_path: Path):
    path = tmp_path / "facts.yaml"
    path.write_text(LIKE, encoding="utf-8")
    result = CliRunner().invoke(main, ["law", "ask", str(path), "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["findings"]


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ("conduc: [photo]\n", [":1:", "'conduc'", "conduct", "act_on"]),
        ("act_on: 2024-01-15\nstatus: Pns\n", [":2:", "'status'", "Pns", "PNS, CPNS"]),
        ("act_on: 2124-01-15\n", [":1:", "'act_on'", "2099-12-31"]),
        ("act_on: 2024-02-30\n", [":1:", "not a day of the calendar"]),
        ("status: PNS\nstatus: PPPK\n", [":2:", "stands here twice"]),
        ("on_unpaid_leave: no\n", [":1:", "can be read in two ways"]),
        ("- status\n", [":1:", "expected keys and values"]),
        ("", [":1:", "empty"]),
        ("a: [\n", [":"]),
        ("status: &a PNS\n", [":1:", "anchors"]),
        ("status: !!python/name:os.system x\n", [":1:", "tags"]),
        ("status: PNS\n---\nstatus: PNS\n", [":2:", "one document"]),
        ("[" * 5000, [":1:", "too deeply"]),
        ("x: " + "y" * 200_000, ["longer than 100000 bytes"]),
        (b"\xff\xfe\x00", [":1:"]),
        (b"status: \x00\n", [":1:"]),
    ],
)
def test_facts_that_cannot_be_read_are_refused_with_line_and_what_is_allowed(
    facts: str | bytes, told: list[str]
):
    for arguments in ((), ("--json",)):
        result = ask(facts, *arguments)
        assert result.exit_code == 2, result.output
        for part in told:
            assert part in result.output
        assert "Traceback" not in result.output


def test_a_file_that_does_not_exist_is_named():
    result = CliRunner().invoke(main, ["law", "ask", "nowhere.yaml"])
    assert result.exit_code == 2
    assert "nowhere.yaml" in result.output


def test_the_help_says_where_the_words_are():
    assert "docs/reference/facts.md" in CliRunner().invoke(main, ["law", "ask", "--help"]).output
