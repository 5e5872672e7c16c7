"""Words for the codes that stand in the tables of public facts, by the column that holds them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from timbang.law.bilingual import Bilingual, joined
from timbang.registry.careers import CHANGES
from timbang.registry.reading_pairs import LIST_KINDS

# A code: what a programme wrote. Anything else is the source's own wording, shown as it is.
_CODE: Final = re.compile(r"[a-z][A-Za-z_]*(, ?[a-z][A-Za-z_]*)*")
_STATUS: Final = {
    "planning": Bilingual("perencanaan", "planning"),
    "planned": Bilingual("direncanakan", "planned"),
    "scheduled": Bilingual("dijadwalkan", "scheduled"),
    "active": Bilingual("berjalan", "active"),
    "pending": Bilingual("menunggu", "pending"),
    "complete": Bilingual("selesai", "complete"),
    "cancelled": Bilingual("dibatalkan", "cancelled"),
    "unsuccessful": Bilingual("gagal", "unsuccessful"),
    "withdrawn": Bilingual("ditarik", "withdrawn"),
    "terminated": Bilingual("diakhiri", "terminated"),
    "valid": Bilingual("sah", "valid"),
    "invited": Bilingual("diundang", "invited"),
    "disqualified": Bilingual("digugurkan", "disqualified"),
    "met": Bilingual("terpenuhi", "met"),
    "notMet": Bilingual("tidak terpenuhi", "not met"),
    "partiallyMet": Bilingual("terpenuhi sebagian", "partially met"),
    # what humans judged of two names
    "same": Bilingual("orang yang sama", "the same person"),
    "different": Bilingual("orang yang berbeda", "different people"),
    "undecided": Bilingual("belum dapat dipastikan", "undecided"),
    "judged": Bilingual("sudah dinilai orang", "judged by a person"),
    "none": Bilingual("tidak ada", "none"),
    "sure": Bilingual("pasti", "sure"),
    "likely": Bilingual("mungkin", "likely"),
    "possible": Bilingual("barangkali", "possible"),
}
_STAGES: Final = {
    "planning": _STATUS["planning"],
    "tender": Bilingual("tender", "tender"),
    "award": Bilingual("penetapan", "award"),
    "contract": Bilingual("kontrak", "contract"),
    "implementation": Bilingual("pelaksanaan", "implementation"),
    "compiled": Bilingual("gabungan", "compiled"),
}
WORDS: Final[Mapping[str, Mapping[str, Bilingual]]] = MappingProxyType(
    {
        "status": _STATUS,
        "tags": _STAGES,
        "part": _STAGES,
        "method": {
            "open": Bilingual("tender terbuka", "open tender"),
            "selective": Bilingual("tender terbatas", "tender among chosen firms"),
            "limited": Bilingual("terbatas", "limited"),
            "direct": Bilingual("pengadaan langsung", "direct procurement"),
        },
        "category": {
            "goods": Bilingual("barang", "goods"),
            "works": Bilingual("pekerjaan konstruksi", "works"),
            "services": Bilingual("jasa", "services"),
        },
        "roles": {
            "buyer": Bilingual("pembeli", "buyer"),
            "procuringEntity": Bilingual("pelaksana pengadaan", "procuring entity"),
            "tenderer": Bilingual("peserta", "tenderer"),
            "supplier": Bilingual("penyedia", "supplier"),
        },
        "route": {
            "supplier": Bilingual("penyedia", "supplier"),
            "title": Bilingual("nama paket", "title"),
        },
        "list_kind": LIST_KINDS,
        "change": CHANGES,
        "consent": {
            "given": Bilingual("diberikan", "given"),
            "refused": Bilingual("ditolak", "refused"),
            "none": Bilingual("tidak ada", "none"),
        },
        "education": {
            "secondary": Bilingual("menengah", "secondary"),
            "diploma": Bilingual("diploma", "diploma"),
            "bachelor": Bilingual("sarjana", "bachelor"),
            "master": Bilingual("magister", "master"),
            "doctor": Bilingual("doktor", "doctor"),
        },
        "selection": {
            "open": Bilingual("seleksi terbuka", "open selection"),
            "talent": Bilingual("manajemen talenta", "talent pool"),
        },
        "outcome": {
            "granted": Bilingual("dikabulkan", "granted"),
            "refused": Bilingual("ditolak", "refused"),
            "returned": Bilingual("dikembalikan", "returned"),
            "pending": Bilingual("menunggu", "pending"),
        },
        "money": {
            "private": Bilingual("pribadi", "private"),
            "public": Bilingual("publik", "public"),
            "unknown": Bilingual("tidak diketahui", "not known"),
        },
        "confidence": {
            "low": Bilingual("rendah", "low"),
            "medium": Bilingual("sedang", "medium"),
            "high": Bilingual("tinggi", "high"),
        },
    }
)
_UNKNOWN: Final = Bilingual("kode yang tidak dikenal ({code})", "a code that is not known ({code})")


def told(column: str, written: str) -> str:
    """A value of a column in words; a code without words stands in parentheses and says so."""
    words = WORDS.get(column)
    if words is None or not _CODE.fullmatch(written):
        return written
    codes = [each.strip() for each in written.split(",")]
    return str(joined([words.get(code) or _UNKNOWN.format(code=code) for code in codes], ", "))
