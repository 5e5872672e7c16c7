"""Texts made comparable: titles of packages, addresses, telephones, names of firms.

The patterns are read alike by RE2 (DuckDB) and Java (Spark).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ibis.expr.types import BooleanValue, StringValue

# What only counts or places a part of a purchase: "tahap II", "paket 3", "lanjutan".
_COUNTING: Final = "tahap|paket|lanjutan|bagian|lot|kelas|ke|i|ii|iii|iv|v|vi|vii|viii|ix|x|xi|xii"
_FIRM: Final = "pt|cv|ud|pd|fa|firma|tbk|koperasi|persero|perseroan"


def title(text: StringValue) -> StringValue:
    """A title without numbers, marks and words that only count: "Cat Tahap II" is "cat"."""
    plain = text.lower().re_replace("[^a-z]+", " ")
    return _without(plain, _COUNTING)


def name(text: StringValue) -> StringValue:
    """The name of a firm without its legal form: "CV. Maju Jaya" is "maju jaya"."""
    return _without(text.lower().re_replace("[^a-z0-9]+", " "), _FIRM)


def address(text: StringValue) -> StringValue:
    """Street and number in one spelling, without the words for street, number, RT and RW."""
    plain = text.lower().re_replace("[^a-z0-9]+", " ")
    return _without(plain, "jalan|jln|jl|nomor|nomer|no|kota|kab|kabupaten|indonesia")


def is_place(plain: StringValue) -> BooleanValue:
    """Does an address (of `address`) name a house: a word and a number, not only a town?"""
    return (plain.length() >= 8) & plain.re_search("[a-z]{3}") & plain.re_search("[0-9]")


def phone(text: StringValue) -> StringValue:
    """Digits only, with the country code written as 0."""
    return text.re_replace("[^0-9]+", "").re_replace("^62", "0")


def is_phone(digits: StringValue) -> BooleanValue:
    """Nine digits or more, not all the same."""
    alike = digits.re_search("^(0+|1+|2+|3+|4+|5+|6+|7+|8+|9+)$")
    return (digits.length() >= 9) & ~alike & ~digits.re_search("^0?123456")


def _without(plain: StringValue, words: str) -> StringValue:
    """Twice, because words that stand side by side share the blank between them."""
    pattern = f"(^| )({words})( |$)"
    padded = (" " + plain + " ").re_replace(" +", "  ")
    return padded.re_replace(pattern, " ").re_replace(" +", " ").strip()
