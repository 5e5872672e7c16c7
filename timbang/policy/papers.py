"""What a paper that pays a debt must say, so that others can look at it.

Pure. The numbers are rules of this register, no law. Study and clearances are paid with what stands
in the dossier itself; notice, report and audit with a paper from elsewhere, so the register asks
what it says and where it can be read. Whether it is true is not seen here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from timbang.law.bilingual import Bilingual
from timbang.policy.parts import different_words, words_of

# Debts that are paid with a paper alone.
PAPERS: Final = ("notice", "report", "audit")
TITLE_WORDS: Final = 3
SAYS_WORDS: Final = 15

SHORT_TITLE = Bilingual(
    "judul: {found} kata yang berbeda, sedikitnya {least}",
    "title: {found} different words, {least} at least",
)
SHORT_SAYS = Bilingual(
    "isinya dalam beberapa kalimat: {found} kata yang berbeda, sedikitnya {least}",
    "what it says, in a few sentences: {found} different words, {least} at least",
)
NOWHERE = Bilingual(
    "tempat membacanya: alamat di web, atau sumber dengan nomor dokumennya",
    "where it can be read: an address on the web, or a source with the number of the document",
)
SAID_BEFORE = Bilingual(
    "isinya kata demi kata sama dengan dokumen lain kantor ini; tulis yang khusus di sini",
    "what it says is word for word that of another paper of this office; write what is particular "
    "here",
)


def lacking(
    code: str, *, title: str, says: str, source: str, url: str, before: Iterable[str] = ()
) -> list[Bilingual]:
    """What the paper of a debt lacks, in words. `before`: what other papers of the office say."""
    found = []
    count = different_words(title)
    if count < TITLE_WORDS:
        found.append(SHORT_TITLE.format(found=count, least=TITLE_WORDS))
    if code not in PAPERS:
        return found
    count = different_words(says)
    if count < SAYS_WORDS:
        found.append(SHORT_SAYS.format(found=count, least=SAYS_WORDS))
    elif words_of(says) in {words_of(other) for other in before}:
        found.append(SAID_BEFORE)
    if not url and not _is_numbered(source):
        found.append(NOWHERE)
    return found


def _is_numbered(source: str) -> bool:
    """Whether a source names a number under which the document is kept."""
    return different_words(source) > 1 and any(sign.isdigit() for sign in source)
