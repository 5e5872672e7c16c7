"""The strict reader of data files: one way to read each value, and file and line of what is wrong."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timbang.law.yaml_file import YamlError, loads


def read(text: str) -> object:
    return loads(text, "file.yaml").plain()


def test_each_kind_of_value():
    text = """\
day: 2024-02-29
quoted day: "2024-02-29"
number: -12
zero: 0
quoted number: "12"
flag: true
other: false
nothing: null
empty:
words: yes, of course
quoted word: "no"
time: 12:30
list: [a, 1, {b: c}]
folded: >-
  two
  lines
"""
    assert read(text) == {
        "day": date(2024, 2, 29),
        "quoted day": "2024-02-29",
        "number": -12,
        "zero": 0,
        "quoted number": "12",
        "flag": True,
        "other": False,
        "nothing": None,
        "empty": None,
        "words": "yes, of course",
        "quoted word": "no",
        "time": "12:30",
        "list": ["a", 1, {"b": "c"}],
        "folded": "two lines",
    }


@pytest.mark.parametrize(
    "word",
    [
        "yes",
        "No",
        "ON",
        "off",
        "y",
        "N",
        "True",
        "FALSE",
        "Null",
        "0x1f",
        "012",
        "1_000",
        "1.5",
        "1e3",
        "+1",
        "0o7",
    ],
)
def test_what_can_be_read_in_two_ways_is_refused(word: str):
    with pytest.raises(YamlError, match=r"file.yaml:2: .*two ways"):
        read(f"a: b\nc: {word}\n")
    assert read(f'c: "{word}"') == {"c": word}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\nb: 2\na: 3\n", "file.yaml:3: key 'a' stands here twice"),
        ("a: {b: 1, b: 2}\n", "file.yaml:1: key 'b' stands here twice"),
        ("on: 1\n", "file.yaml:1: 'on' can be read in two ways"),
        ("1: a\n", "file.yaml:1: a key must be text"),
        ("[a]: b\n", "file.yaml:1: a key must be text"),
        ("a: b\n<<: {c: d}\n", "file.yaml:2: a key must be text"),
        ("a: &x 1\nb: *x\n", "file.yaml:1: anchors and aliases"),
        ("a: !!str 1\n", "file.yaml:1: tags are not used"),
        ('a: !!int "1"\n', "file.yaml:1: tags are not used"),
        ("a: 1\n---\nb: 2\n", "file.yaml:2: one file holds one document"),
        ("# nothing\n", "the file is empty"),
        ("a: 2023-02-29\n", "file.yaml:1: '2023-02-29' is not a day"),
        ("a: 'b\n", "file.yaml:"),
        ("a: @\n", "file.yaml:1: "),
        ("- " * 60, "nested too deeply"),
    ],
)
def test_file_and_line_of_what_is_wrong(text: str, problem: str):
    with pytest.raises(YamlError) as caught:
        read(text)
    assert problem in str(caught.value)


def test_unknown_and_missing_keys_are_named_with_what_is_allowed():
    root = loads("a: 1\nb: 2\n", "file.yaml")
    assert root.fields(("a",), ("b",))["b"].number() == 2
    with pytest.raises(YamlError, match=r"file\.yaml:2: unknown key 'b'; allowed: a, c"):
        root.fields(("a",), ("c",))
    with pytest.raises(YamlError, match=r"file\.yaml:1: key 'c' is missing"):
        root.fields(("a", "b", "c"))


@pytest.mark.parametrize(
    ("text", "reader"),
    [
        ("a", "number"),
        ("true", "number"),
        ("1", "flag"),
        ("a", "day"),
        ("1", "text"),
        ("''", "text"),
        ("a", "items"),
        ("[a]", "mapping"),
        ("[1]", "texts"),
        ("{id: x}", "bilingual"),
    ],
)
def test_a_value_of_another_kind_is_refused(text: str, reader: str):
    with pytest.raises(YamlError, match=r"file\.yaml:1: "):
        getattr(loads(text, "file.yaml"), reader)()


@given(st.text(max_size=200))
def test_no_text_does_more_than_be_refused(text: str):
    try:
        read(text)
    except YamlError as problem:
        assert str(problem).startswith("file.yaml:")


@given(st.binary(max_size=100))
def test_no_bytes_do_more_than_be_refused(data: bytes):
    try:
        loads(data, "file.yaml")
    except YamlError as problem:
        assert str(problem).startswith("file.yaml:")
