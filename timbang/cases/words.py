"""Search words of a case, as digests that only the organ's private key can make.

Whoever holds the database sees that two cases of one organ share a word, never which word. Names
are first brought to one spelling (titles, *oe/dj/tj*, *Moh./Muh./Mohammad*), because the same
person is written in many ways; nothing is stored of the spelling itself.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable

TOKEN_SIZE = 16

# Academic, religious and civil titles, and the words for kinds of agencies that say nothing.
TITLES = frozenset(
    """
    dr drs dra prof ir h hj haji hajjah kh ust ustadz st sh se ssos spd sag skom sip sthi skm ssi
    mm msi mh mpd mkom mag map mt msc ma ba apt spt sip amd phd bin binti alias bapak ibu sdr sdri
    """.split()  # noqa: SIM905
)
MUHAMMAD = frozenset(
    """
    m md moh mohd moch mochammad mochamad muh muhd muhammad mohammad mohamad muhamad mhd
    """.split()  # noqa: SIM905
)
# Letters of the old spelling and of Arabic names; j and y stood for one sound.
_SPELLING = (("oe", "u"), ("tj", "c"), ("dj", "j"), ("dh", "d"), ("th", "t"), ("kh", "k"),
             ("ph", "f"), ("ie", "i"), ("j", "i"), ("y", "i"), ("v", "f"), ("q", "k"))  # fmt: skip


def words(text: str) -> frozenset[str]:
    """The words of a name or query in one spelling: `{"muhammad", "cahio"}` of *Moh. Tjahjo*."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = re.sub("['`\u2019\u02bc]", "", plain)
    # "S.Pd." is one title, "Moh.Ali" two names: points vanish inside degrees only.
    plain = re.sub(r"\b(\w{1,2})\.(?=\w{1,3}\b)", r"\1", plain)
    found = re.findall(r"[a-z0-9]+", plain)
    return frozenset(_spelled(word) for word in found if word not in TITLES)


def _spelled(word: str) -> str:
    if word in MUHAMMAD:
        return "muhammad"
    for old, new in _SPELLING:
        word = word.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", word)


def search_key(organ_private: bytes) -> bytes:
    """The key of an organ's search words, derived from its private key and from nothing else."""
    return hashlib.blake2b(organ_private, digest_size=32, person=b"timbang-search").digest()


def tokens(key: bytes, found: Iterable[str]) -> frozenset[bytes]:
    """One digest of 16 bytes for each word."""
    return frozenset(
        hmac.new(key, word.encode(), hashlib.sha256).digest()[:TOKEN_SIZE] for word in found
    )
