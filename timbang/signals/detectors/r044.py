"""Tenderers of one procurement at the same address.

Question:
    Do two tenderers of one procurement have the same address?
Why it matters:
    Firms that compete are run apart. Where tenderers sit in one room, one person may have written
    both bids. This compares addresses only; telephones, e-mail and signatories are compared in a
    detector for the desk (R044 of the red flags of the Open Contracting Partnership, 2024:
    business similarities between suppliers, within one procurement).
Innocent explanations:
    - The firms rent rooms in one office building, a market or a shared workspace.
    - The address is that of a notary, an agent or a registration office that many firms use.
    - A house number is missing, so that neighbours in a street look alike.
    - The firms belong to one group and may bid both, as the rules of that tender allow.
Law:
    - none: a shared address is not forbidden; agreeing on bids is, and this does not show it.

Peserta satu pengadaan dengan alamat yang sama.

Pertanyaan:
    Apakah dua peserta dalam satu pengadaan memakai alamat yang sama?
Mengapa penting:
    Perusahaan yang bersaing dijalankan terpisah. Bila peserta berkantor di satu ruangan, satu orang
    mungkin menulis kedua penawaran. Di sini hanya alamat yang dibandingkan; telepon, surel, dan
    penanda tangan dibandingkan dalam detektor untuk meja kerja (R044 dalam daftar tanda bahaya Open
    Contracting Partnership, 2024: kemiripan antar-penyedia dalam satu pengadaan).
Penjelasan yang wajar:
    - Perusahaan-perusahaan itu menyewa ruang di satu gedung kantor, pasar, atau ruang bersama.
    - Alamat itu milik notaris, agen, atau biro pendaftaran yang dipakai banyak perusahaan.
    - Nomor rumah tidak tertulis, sehingga tetangga satu jalan tampak sama.
    - Perusahaan itu satu grup dan keduanya boleh menawar menurut aturan tender tersebut.
Hukum:
    - tidak ada: alamat yang sama tidak dilarang; yang dilarang bersekongkol, dan ini belum cukup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timbang.signals.detector import Facts, Values
from timbang.signals.detectors import _sharing, _text

if TYPE_CHECKING:
    from ibis.expr.types import Table
VERSION: Final = 1
KIND: Final = "procurement"
SIGHT: Final = "public"
SUBJECTS: Final = ("procurement",)
READS: Final = ("procurements", "bids")
UNIT: Final = _sharing.UNIT
PARAMETERS: Final = ()
REASONS: Final = _sharing.REASONS
MEASURES: Final = _sharing.MEASURES


def find(facts: Facts, values: Values) -> Table:
    """One row a procurement; `value` is how many tenderers share the most common address.

    An address counts where it names a house: letters and a number. Spelling of street and number
    is made alike first.
    """
    import ibis

    bidders = _sharing.tenderers(facts)
    marks = bidders.select(
        "ocid", "firm", mark=_text.address(bidders.address), shared=ibis.literal("address"),
        evidence=ibis.literal("bids:") + bidders.row_id,
    )  # fmt: skip
    marks = marks.filter(_text.is_place(marks.mark).fill_null(False))
    return _sharing.judged(facts, bidders, marks)
