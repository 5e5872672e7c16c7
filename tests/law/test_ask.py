"""`timbang law ask`, as a person or a script calls it."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from timbang.cli import main
from timbang.law import bilingual
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
            "area",
            "effect",
            "applies",
            "missing",
            "sanctions",
            "authority",
            "citations",
            "valid_from",
            "valid_until",
            "level",
            "may_propose",
            "doubts",
            "judgements",
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
    asked = {key for key, norm in catalogue().norms.items() if norm.facts}
    found = answers("{}")
    assert {found[key]["applies"] for key in asked} == {"unknown"}


def test_a_person_reads_it_in_indonesian_or_english():
    indonesian, english = ask(LIKE, "--language", "id").output, ask(LIKE).output
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


# --- the dates apart ------------------------------------------------------------------------------


@pytest.fixture
def like(tmp_path: Path) -> str:
    path = tmp_path / "facts.yaml"
    path.write_text(LIKE, encoding="utf-8")
    return str(path)


def law(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["law", *arguments])


def found_by(result: Result) -> dict[str, dict[str, object]]:
    assert result.exit_code == 0, result.output
    return {each["norm"]: each for each in json.loads(result.stdout)["findings"]}


def test_a_day_given_apart_stands_for_that_of_the_file(like: str):
    before = found_by(law("ask", like, "--json", "--act-on", "2023-11-12"))
    assert (before["skb_2022/KE4"]["applies"], before["skb_2022/D6"]["applies"]) == (
        "unknown",
        "unknown",
    )
    assert found_by(law("ask", like, "--json"))["skb_2022/D6"]["applies"] == "yes"
    of_2020 = found_by(law("ask", like, "--json", "--act-on", "2020-01-15"))
    assert of_2020["skb_2022/D6"]["applies"] == "no"


def test_the_day_of_the_decision_chooses_the_authority(like: str):
    decided = found_by(law("ask", like, "--json", "--decided-on", "2024-10-01"))
    assert decided["skb_2022/D6"]["authority"] == "appointing_officer (bkn)"
    assert found_by(law("ask", like, "--json"))["skb_2022/D6"]["authority"] == (
        "appointing_officer (kasn)"
    )


def test_the_catalogue_of_a_day_is_named_in_the_answer(like: str):
    body = json.loads(law("ask", like, "--json", "--known-on", "2026-11-01").stdout)
    assert body["known_on"] == "2026-11-01"
    assert body["catalogue"] == catalogue(date(2026, 11, 1)).hash
    assert json.loads(law("ask", like, "--json").stdout)["known_on"] is None


def test_where_the_law_changed_before_the_decision_that_is_told(tmp_path: Path):
    path = tmp_path / "facts.yaml"
    path.write_text(
        "act_on: 2020-11-01\nstatus: PNS\nconduct: [favouring_decision]\nobject: candidate\n"
        "examined_under_pp_53: false\n",
        encoding="utf-8",
    )
    days = ("--decided-on", "2022-01-10")
    [told] = json.loads(law("ask", str(path), *days, "--json").stdout)["changed_law"]
    assert (told["rule"], told["governs"]) == ("pp_94_unexamined", "newer")
    english = law("ask", str(path), *days, "--language", "en").output
    assert "The law changed between act and decision" in english
    assert "PP 94/2021 ps 40(3)" in english


@pytest.mark.parametrize("option", ["--act-on", "--reported-on", "--decided-on", "--known-on"])
@pytest.mark.parametrize("day", ["2024-02-30", "20240101", "2024-1-1", "yesterday", ""])
def test_a_day_that_is_none_is_refused_in_both_languages(like: str, option: str, day: str):
    for language, told in (("id", "bukan hari"), ("en", "is no day")):
        result = law("ask", like, option, day, "--language", language)
        assert result.exit_code == 2
        assert told in result.output
        assert "2026-07-14" in result.output


# --- receipts -------------------------------------------------------------------------------------


def test_a_receipt_is_written_and_repeats(like: str, tmp_path: Path):
    path = str(tmp_path / "receipt.json")
    assert law("ask", like, "--receipt", path).exit_code == 0
    result = law("repeat", path, "--language", "id")
    assert result.exit_code == 0, result.output
    assert "Diulang dengan hasil yang sama" in result.output
    assert "Repeated with the same result" in law("repeat", path, "--language", "en").output
    body = json.loads(law("repeat", path, "--json").stdout)
    assert (body["same"], body["differences"], body["touched_today"]) == (True, [], [])


def test_a_receipt_keeps_the_day_on_which_it_was_asked(like: str, tmp_path: Path):
    path = tmp_path / "receipt.json"
    law("ask", like, "--receipt", str(path), "--known-on", "2026-11-01")
    assert json.loads(path.read_text(encoding="utf-8"))["known_on"] == "2026-11-01"
    law("ask", like, "--receipt", str(path))
    assert json.loads(path.read_text(encoding="utf-8"))["known_on"] == (
        datetime.now(UTC).date().isoformat()
    )


def test_a_receipt_that_no_longer_repeats_is_told_with_exit_code_1(like: str, tmp_path: Path):
    path = tmp_path / "receipt.json"
    law("ask", like, "--receipt", str(path))
    stored = json.loads(path.read_text(encoding="utf-8"))
    stored["engine"] = "0.0.0"
    stored.pop("hash")
    text = json.dumps(stored, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    stored["hash"] = hashlib.sha256(text.encode()).hexdigest()
    path.write_text(json.dumps(stored), encoding="utf-8")
    result = law("repeat", str(path), "--language", "en")
    assert result.exit_code == 1
    assert "made with version 0.0.0" in result.output


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"format": 1}', "\x00", "[" * 100_000, "x" * 2_000_001]
)
def test_what_is_no_receipt_is_refused(tmp_path: Path, text: str):
    path = tmp_path / "receipt.json"
    path.write_text(text, encoding="utf-8")
    result = law("repeat", str(path))
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output


# --- differences and conflicts --------------------------------------------------------------------


def test_another_day_is_compared(like: str):
    days = ("--days", "2023-11-12", "2023-11-14")
    body = json.loads(law("diff", like, *days, "--json").stdout)
    norms = {each["norm"]: each for each in body["answers"]}
    assert norms["skb_2022/D6"]["after"]["applies"] == "yes"
    assert body["corrections"] == []
    assert "skb_2022/D6" in law("diff", like, *days).output
    same = law("diff", like, "--days", "2024-01-01", "2024-01-01", "--language", "en")
    assert same.output == "No difference.\n"


def test_two_states_of_the_catalogue_are_compared(like: str):
    known = ("--known", "2026-11-01", "2026-11-02")
    assert json.loads(law("diff", *known, "--json").stdout) == {"answers": [], "corrections": []}
    assert law("diff", *known, "--language", "id").output == "Tidak ada perbedaan.\n"
    assert law("diff", like, *known).exit_code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--days", "2024-01-01", "2024-01-02"),
        ("FILE",),
        ("FILE", "--days", "2024-01-01", "2024-01-02", "--known", "2024-01-01", "2024-01-02"),
    ],
)
def test_a_comparison_of_nothing_is_refused(like: str, arguments: tuple[str, ...]):
    given = [like if argument == "FILE" else argument for argument in arguments]
    result = law("diff", *given)
    assert result.exit_code == 2
    assert "--days DAY DAY" in result.output


def test_conflicts_are_printed_with_claims_choice_and_reason():
    output = law("conflicts", "--language", "en").output
    for doubt in catalogue().conflicts:
        assert f"{doubt.code}  {doubt.conflict.question.en}" in output
    body = json.loads(law("conflicts", "C2", "--json").stdout)
    [told] = body["conflicts"]
    assert told["code"] == "C2"
    assert len(told["claims"]) == 2
    assert "skb_2022/D8" in told["touches"]
    assert told["reason"]["id"] in law("conflicts", "C2", "--language", "id").output


def test_a_conflict_that_there_is_not_is_refused_with_those_that_are():
    result = law("conflicts", "C999", "--language", "en")
    assert result.exit_code == 2
    assert "There is no conflict 'C999'. There are: C1, C2" in result.output


def test_a_command_leaves_no_language_behind(like: str):
    for arguments in (
        ["ask", like],
        ["diff", like, "--days", "2024-01-01", "2024-01-02"],
        ["conflicts", "C999"],
        ["repeat", like],
    ):
        law(*arguments, "--language", "en")
        assert bilingual.language.get() == "id"
