"""Who may be named in the explorer: firms and offices, never persons. Pure.

A supplier is named only where its name begins or ends with a legal form. Whoever has none may be a
person: the purchase is shown, the name is not. A trade name without a legal form of its own (UD,
Toko) counts as its owner's name. Choice of ours: rather a firm left out than a person shown.
"""

from __future__ import annotations

import re
from typing import Final

FIRST: Final = frozenset({
    "PT", "CV", "FIRMA", "FA", "KOPERASI", "KUD", "KSU", "KSP", "KOPKAR", "KOPEGTEL", "PRIMKOPAL",
    "PRIMKOPAD", "PRIMKOPPOL", "PERUM", "PERUMDA", "PERUSDA", "PERUSAHAAN", "BUMD", "BUMDES",
    "BUMDESA", "BLUD", "YAYASAN", "PERKUMPULAN", "UNIVERSITAS", "INSTITUT", "POLITEKNIK",
    "POLTEKKES", "RSUD", "RSUP", "KSO", "KONSORSIUM",
})  # fmt: skip
LAST: Final = frozenset({
    "PT", "CV", "TBK", "PERSERO", "PERSERODA", "PERUM", "PERUMDA", "BUMD", "BUMDES", "LTD",
    "LIMITED", "INC", "GMBH", "KSO", "FIRMA",
})  # fmt: skip
LEFT_OUT: Final = "[…]"
# In names of firms only what says the form may stand in brackets.
_BRACKETS: Final = re.compile(r"\((?!\s*(?:persero|perseroda|tbk)\b)[^)]*\)?", re.IGNORECASE)
_ABBREVIATED: Final = re.compile(r"\b([PC])\s*\.\s*([TV])\b\.?", re.IGNORECASE)
_WORDS: Final = re.compile(r"[^\W_]+")
# What follows these in a title is the name of a person. Other titles (H., dr.) stand in the names
# of streets, schools and hospitals too, so they are no sign.
_FOR: Final = (
    r"a\s?\.\s?n\s?\.?|a/n|an\.|atas\s+nama|u\s?\.\s?p\s?\.|sdri?\.?|sdra\.?|saudara|saudari|"
    r"tn\.|ny\.|nn\."
)
_PERSON: Final = re.compile(rf"(?<!\w)({_FOR})(?=\s)[\s:]+[^,;()\n/]*", re.IGNORECASE)
# Numbers of persons (NIK, NIP), accounts and telephones; e-mail.
_NUMBER: Final = re.compile(r"(?<!\d)(?:\d[ .\-]?){14,}\d|(?<!\d)(?:\+?62|0)8\d[\d \-]{7,}")
_MAIL: Final = re.compile(r"\S+@\S+")


def is_firm(name: str | None) -> bool:
    """Does the name say a legal form, at its beginning or its end?"""
    words = _words(shown_text(name or ""))
    return bool(words) and (words[0] in FIRST or words[-1] in LAST)


def firm(name: str | None) -> str | None:
    """The name of a supplier as it is shown; None where it may be a person's."""
    if name is None or not is_firm(name):
        return None
    return " ".join(_BRACKETS.sub(" ", shown_text(name)).split()).strip(" .,-")


def alike(name: str) -> str:
    """What writings of one firm's name have in common: "PT. Maju Jaya" and "PT MAJU JAYA"."""
    return " ".join(_words(name))


def shown_text(text: str) -> str:
    """A title as it is shown: without names that follow "a.n." and the like, numbers of persons and
    addresses of mail; one line."""
    found = " ".join(text.split())
    found = _PERSON.sub(lambda mark: f"{mark[1]} {LEFT_OUT}", found)
    if any(map(str.isdigit, found)):
        found = _NUMBER.sub(LEFT_OUT, found)
    return _MAIL.sub(LEFT_OUT, found) if "@" in found else found


def _words(name: str) -> list[str]:
    plain = _BRACKETS.sub(" ", _ABBREVIATED.sub(r"\1\2 ", name))
    return [word.upper() for word in _WORDS.findall(plain)]
