"""Codes of the tables are told in words."""

from __future__ import annotations

import pytest

from timbang.law.bilingual import language
from timbang.registry import coded, schema


@pytest.mark.parametrize(
    ("column", "written", "words"),
    [
        ("status", "active", "berjalan"),
        ("tags", "planning,tender,award,contract", "perencanaan, tender, penetapan, kontrak"),
        ("list_kind", "candidate", "Daftar calon"),
        ("status", "same", "orang yang sama"),
        ("status", "frozen", "kode yang tidak dikenal (frozen)"),
        ("method", "E-Purchasing / Tender Cepat", "E-Purchasing / Tender Cepat"),
        ("name", "budi", "budi"),
    ],
)
def test_a_code_is_told_in_words_and_only_an_unknown_one_is_bare(
    column: str, written: str, words: str
) -> None:
    assert coded.told(column, written) == words


def test_the_words_follow_the_language() -> None:
    token = language.set("en")
    try:
        assert coded.told("method", "open") == "open tender"
    finally:
        language.reset(token)


@pytest.mark.parametrize("column", sorted(set(coded.WORDS) - {"route"}))
def test_every_column_with_words_is_one_of_the_tables(column: str) -> None:
    assert any(column in table.names for table in schema.tables().values())
