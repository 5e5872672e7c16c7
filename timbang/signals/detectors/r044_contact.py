"""Tenderers of one procurement with the same telephone, e-mail or signatory.

Question:
    Do two tenderers of one procurement have the same telephone, the same e-mail, or a signatory
    that signed contracts for both?
Why it matters:
    Who answers one telephone for two tenderers, or signs for both, knows both bids. Telephone and
    e-mail stay at the desk, and a signatory is a person: leads of this kind are never public (R044
    of the red flags of the Open Contracting Partnership, 2024).
Innocent explanations:
    - An agent or a bookkeeper files bids for several small firms and gives his own number.
    - The signatory left one firm and later joined the other.
    - Two persons bear the same name.
    - The number is that of the building's reception, or was typed into the wrong line.
Law:
    - none: a shared contact is not forbidden; agreeing on bids is, and this alone does not show it.

Peserta satu pengadaan dengan telepon, surel, atau penanda tangan yang sama.

Pertanyaan:
    Apakah dua peserta dalam satu pengadaan memakai telepon atau surel yang sama, atau memiliki
    penanda tangan yang pernah menandatangani kontrak untuk keduanya?
Mengapa penting:
    Siapa yang menjawab satu telepon untuk dua peserta, atau menandatangani untuk keduanya,
    mengetahui kedua penawaran. Telepon dan surel hanya untuk meja kerja, dan penanda tangan adalah
    orang: petunjuk ini tidak pernah diumumkan (R044 dalam daftar tanda bahaya Open Contracting
    Partnership, 2024).
Penjelasan yang wajar:
    - Agen atau juru buku mengurus penawaran beberapa usaha kecil dan memakai nomornya sendiri.
    - Penanda tangan keluar dari satu perusahaan dan kemudian bergabung dengan yang lain.
    - Dua orang memiliki nama yang sama.
    - Nomor itu milik resepsionis gedung, atau terketik di baris yang keliru.
Hukum:
    - tidak ada: kontak yang sama tidak dilarang; yang dilarang bersekongkol, dan ini belum cukup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timbang.signals.detector import Facts, Values
from timbang.signals.detectors import _sharing, _text

if TYPE_CHECKING:
    from ibis.expr.types import Table
VERSION: Final = 1
KIND: Final = "procurement"
SIGHT: Final = "desk"
SUBJECTS: Final = ("procurement",)
READS: Final = ("procurements", "bids", "contracts")
UNIT: Final = _sharing.UNIT
PARAMETERS: Final = ()
REASONS: Final = _sharing.REASONS
MEASURES: Final = _sharing.MEASURES


def find(facts: Facts, values: Values) -> Table:
    """One row a procurement; `value` is how many tenderers share the most common detail."""
    bidders = _sharing.tenderers(facts)
    marks = _phones(bidders).union(_emails(bidders)).union(_signatories(facts, bidders))
    return _sharing.judged(facts, bidders, marks)


def _phones(bidders: Table) -> Table:
    found = _marks(bidders, "phone").mutate(mark=_text.phone(bidders.phone))
    return found.filter(_text.is_phone(found.mark).fill_null(False))


def _emails(bidders: Table) -> Table:
    found = _marks(bidders, "email").mutate(mark=bidders.email.lower().strip())
    return found.filter(found.mark.re_search("^[^@ ]+@[^@ ]+[.][a-z]+$").fill_null(False))


def _signatories(facts: Facts, bidders: Table) -> Table:
    """Who signed for a tenderer, in whatever contract; the contract is evidence too."""
    import ibis

    signed = facts.table("contracts")
    mark = signed.signatory.lower().re_replace("[^a-z]+", " ").strip()
    signed = signed.select(
        bidder_id="supplier_id", mark=mark, evidence=ibis.literal("contracts:") + signed.row_id
    )
    signed = signed.filter((signed.mark.length() >= 3).fill_null(False))
    found = bidders.select("ocid", "firm", "bidder_id").join(signed, "bidder_id")
    return found.select(
        "ocid", "firm", "mark", "evidence", shared=ibis.literal("signatory")
    ).select("ocid", "firm", "mark", "shared", "evidence")


def _marks(bidders: Table, shared: str) -> Table:
    import ibis

    return bidders.select(
        "ocid", "firm", mark=bidders[shared], shared=ibis.literal(shared),
        evidence=ibis.literal("bids:") + bidders.row_id,
    )  # fmt: skip
