"""What a cell says: text, days, amounts, whole numbers, yes and no.

Each function gives the value and a doubt, `(value, None)` when all is well. What cannot be read
with certainty is `(None, code)`: a number that two countries read in two ways is not guessed. The
codes are explained in `DOUBTS`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from timbang.law.bilingual import Bilingual

DOUBTS: Final[Mapping[str, Bilingual]] = MappingProxyType(
    {
        "day_impossible": Bilingual(
            "Tanggal yang tidak ada; disimpan sebagai tidak diketahui",
            "A day that does not exist; kept as unknown",
        ),
        "day_unreadable": Bilingual(
            "Tanggal yang tidak terbaca; disimpan sebagai tidak diketahui",
            "A day that cannot be read; kept as unknown",
        ),
        "day_implausible": Bilingual(
            "Tanggal di luar masa yang masuk akal; disimpan seperti tertulis",
            "A day outside any plausible time; kept as written",
        ),
        "period_reversed": Bilingual(
            "Akhir mendahului awal", "A period that ends before it begins"
        ),
        "amount_ambiguous": Bilingual(
            "Angka yang dapat dibaca dua cara; disimpan sebagai tidak diketahui",
            "A number that can be read in two ways; kept as unknown",
        ),
        "amount_unreadable": Bilingual(
            "Angka yang tidak terbaca; disimpan sebagai tidak diketahui",
            "A number that cannot be read; kept as unknown",
        ),
        "amount_huge": Bilingual(
            "Nilai di atas seribu triliun; disimpan seperti tertulis",
            "An amount above a thousand trillion; kept as written",
        ),
        "amount_negative": Bilingual("Nilai negatif", "A negative amount"),
        "amount_zero": Bilingual("Nilai nol", "An amount of zero"),
        "amount_missing": Bilingual("Nilai tidak ada", "The amount is missing"),
        "amount_differs": Bilingual(
            "Nilai berbeda dari yang tertulis di sebelahnya",
            "The amount differs from what is written beside it",
        ),
        "whole_unreadable": Bilingual(
            "Bilangan yang tidak terbaca; disimpan sebagai tidak diketahui",
            "A whole number that cannot be read; kept as unknown",
        ),
        "flag_unreadable": Bilingual(
            "Ya atau tidak yang tidak terbaca; disimpan sebagai tidak diketahui",
            "A yes or no that cannot be read; kept as unknown",
        ),
        "word_unknown": Bilingual(
            "Kata di luar daftar sumber; disimpan seperti tertulis",
            "A word outside the list of the source; kept as written",
        ),
        "region_unknown": Bilingual(
            "Wilayah tidak dikenali; kodenya dikosongkan",
            "The region is not recognised; it has no code",
        ),
        "region_ambiguous": Bilingual(
            "Nama wilayah yang dapat berarti dua; kodenya dikosongkan",
            "A name that two regions bear; it has no code",
        ),
        "region_former": Bilingual(
            "Kode atau nama wilayah yang lama; kode di sini kode hari ini",
            "A former code or name of the region; the code in here is the one of today",
        ),
        "region_by_convention": Bilingual(
            "Nama tanpa Kabupaten atau Kota; dibaca menurut kebiasaan sumber",
            "A name without regency or city; read as the source is used to mean it",
        ),
        "spelling": Bilingual(
            "Ejaan yang rusak; disamakan dengan ejaan baku di kolom lain",
            "A damaged spelling; the other column has the usual one",
        ),
        "repeated_key": Bilingual(
            "Kunci yang sama muncul lagi; diberi nomor urut",
            "The same key again; it was numbered",
        ),
        "copied_region": Bilingual(
            "Semua angka sama dengan wilayah lain pada tahun itu",
            "All figures equal those of another region in that year",
        ),
        "number_odd": Bilingual(
            "Nomor pegawai atau kependudukan yang tidak wajar",
            "A personal number that looks wrong",
        ),
        "figure_odd": Bilingual(
            "Angka yang tidak mungkin, atau dalam satuan lain daripada ukurannya; disimpan sebagai "
            "tidak diketahui",
            "A figure that cannot be, or is in another unit than its measure; kept as unknown",
        ),
        "id_missing": Bilingual("Nomor tidak ada", "The id is missing"),
        "id_zero": Bilingual("Nomor nol", "The id is zero"),
        "no_tenderers": Bilingual(
            "Jumlah peserta nol; disimpan seperti tertulis",
            "The number of tenderers is zero; kept as written",
        ),
        "no_supplier": Bilingual("Penetapan tanpa penyedia", "An award without a supplier"),
        "award_unknown": Bilingual(
            "Kontrak merujuk penetapan yang tidak ada", "A contract of an award that is not there"
        ),
        "currency_missing": Bilingual("Mata uang tidak disebut", "No currency is named"),
        "currency_differs": Bilingual(
            "Pagu dalam mata uang lain daripada nilai; pagu disimpan sebagai tidak diketahui",
            "The budget is in another currency than the value; the budget is kept as unknown",
        ),
        "shape_odd": Bilingual(
            "Bagian yang bentuknya lain dari standar; yang tidak disimpan dihitung",
            "A part of another shape than the standard has; what is not kept of it is counted",
        ),
        "sum_differs": Bilingual(
            "Jumlah bagian tidak sama dengan total", "The parts do not add up to the total"
        ),
        "answer_before_application": Bilingual(
            "Dijawab sebelum dimohon", "Answered before it was applied for"
        ),
        "leg_self": Bilingual(
            "Catatan yang membalas dirinya sendiri", "A record that returns itself"
        ),
        "leg_unknown": Bilingual(
            "Menyebut catatan pasangan yang tidak ada di berkas, tabel, atau meja kerja",
            "Names another leg that stands in no file, no table and not at the desk",
        ),
        "leg_before_gift": Bilingual(
            "Balasan mendahului pemberian", "What came back lies before what was given"
        ),
        "legs_disagree": Bilingual(
            "Pasangan catatan tidak saling menyebut: satu catatan berpasangan dengan beberapa",
            "The legs do not name each other: one record is a leg of several",
        ),
        "text_cut": Bilingual(
            "Teks terlalu panjang; dipotong", "A text that was too long; it was cut"
        ),
    }
)
EMPTY: Final = frozenset({"", "-", "--", "n/a", "na", "null", "none", "nihil", "#n/a", "tidak ada"})
_PLAUSIBLE: Final = (date(1900, 1, 1), date(2100, 1, 1))
_HUGE: Final = 1e15
_ISO: Final = re.compile(r"(-?\d{4})-(\d{2})-(\d{2})(?:[T ].*)?\Z")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?: .*)?\Z")
_WORDED: Final = re.compile(r"(\d{1,2})[ -]([A-Za-z]+)\.?[ -](\d{4})\Z")
_MONTHS: Final[Mapping[str, int]] = MappingProxyType(
    {
        name: number
        for number, names in enumerate(
            (
                "jan januari january", "feb februari pebruari february", "mar maret march",
                "apr april", "mei may", "jun juni june", "jul juli july",
                "agu agt ags agustus aug august", "sep sept september",
                "okt oktober oct october", "nov november nopember nop",
                "des desember dec december",
            ),
            start=1,
        )
        for name in names.split()
    }
)  # fmt: skip
_SCALES: Final[Mapping[str, int]] = MappingProxyType(
    {
        "ribu": 10**3, "rb": 10**3, "juta": 10**6, "jt": 10**6, "miliar": 10**9,
        "milyar": 10**9, "triliun": 10**12, "trilyun": 10**12,
    }
)  # fmt: skip
_AMOUNT: Final = re.compile(
    r"(?P<open>\()?\s*(?P<sign>[-+])?\s*(?:rp\.?|idr)?\s*(?P<sign2>-)?\s*"
    r"(?P<digits>\d[\d.,' ]*)\s*(?P<scale>[a-z]+)?\s*(?P<close>\))?\Z",
    re.IGNORECASE,
)
_YES: Final = frozenset({"ya", "y", "yes", "true", "1", "t", "benar", "aktif"})
_NO: Final = frozenset({"tidak", "no", "n", "false", "0", "f", "tdk", "salah", "nonaktif"})


def shape_of(written: str) -> str:
    """What a cell looks like, for a message: its first 40 characters with 9 for each digit and x
    for each letter, so that no name and no number of a person leaves the file."""
    masked = ("9" if mark.isdigit() else "x" if mark.isalpha() else mark for mark in written[:40])
    return repr("".join(masked))


def is_empty(cell: str) -> bool:
    """Whether the cell is one of the usual ways to say that nothing is known."""
    return cell.strip().lower() in EMPTY


@lru_cache(maxsize=65_536)
def day(cell: str) -> tuple[date | None, str | None]:
    """A day, from ISO 8601 (with or without an hour) or day, month, year as Indonesians write.

    Of a moment the day as written is taken, in the zone as written. `03/04/2018` is 3 April.
    """
    text = cell.strip()
    if text.lower() in EMPTY:
        return None, None
    found = _ISO.match(text)
    if found:
        return _day(int(found[1]), int(found[2]), int(found[3]))
    found = _DAY_FIRST.match(text)
    if found:
        return _day(int(found[3]), int(found[2]), int(found[1]))
    found = _WORDED.match(text)
    if found and found[2].lower() in _MONTHS:
        return _day(int(found[3]), _MONTHS[found[2].lower()], int(found[1]))
    return None, "day_unreadable"


def _day(year: int, month: int, number: int) -> tuple[date | None, str | None]:
    if year < 1:
        return None, "day_impossible"
    try:
        found = date(year, month, number)
    except ValueError:
        return None, "day_impossible"
    first, last = _PLAUSIBLE
    return found, None if first <= found < last else "day_implausible"


def amount(
    cell: str, *, decimal: str = "either", unit: int = 1, billions: bool = False
) -> tuple[float | None, str | None]:
    """An amount in rupiah from any way to write it; `unit` multiplies it.

    `decimal` is the mark before the decimals: "point", "comma", or "either" when the file mixes
    them. Then `1.234` is refused as ambiguous, and `1.234,5`, `1,234.5`, `1.234.567`, `12.5` are
    not. Brackets are a minus. `billions`: a bare `M` is *miliar*, as in the tables of DJPK.
    """
    text = cell.strip()
    if text.lower() in EMPTY:
        return None, None
    found = _AMOUNT.match(text)
    if found is None or bool(found["open"]) != bool(found["close"]):
        return None, "amount_unreadable"
    scale = _scale((found["scale"] or "").lower(), billions)
    if scale is None:
        return None, "amount_unreadable"
    written, doubt = _plain(found["digits"].strip(), decimal)
    if written is None:
        return None, doubt
    value = round(float(written) * scale * unit, 2)
    if found["open"] or found["sign"] == "-" or found["sign2"]:
        value = -value
    return checked(value)


def checked(value: float) -> tuple[float | None, str | None]:
    """An amount that is already a number: none is infinite, and a huge one is doubtful."""
    if not math.isfinite(value):
        return None, "amount_unreadable"
    return value, "amount_huge" if abs(value) > _HUGE else None


def _scale(word: str, billions: bool) -> int | None:
    if not word:
        return 1
    if word == "m":
        return 10**9 if billions else None
    return _SCALES.get(word)


# Spaces and quotation marks part thousands and nothing else: `1 5` is not 15.
_SPACED: Final = re.compile(r"\d{1,3}(?:[ ']\d{3})+(?:[.,]\d*)?")


def _plain(digits: str, decimal: str) -> tuple[str | None, str | None]:
    """The digits with a point before the decimals, or why not."""
    text = digits.replace(" ", "").replace("'", "")
    if text != digits and not _SPACED.fullmatch(digits):
        return None, "amount_unreadable"
    points, commas = text.count("."), text.count(",")
    if decimal != "either":
        mark, other = (".", ",") if decimal == "point" else (",", ".")
    elif points and commas:
        mark = "." if text.rindex(".") > text.rindex(",") else ","
        other = "," if mark == "." else "."
    elif points + commas == 0:
        return text, None
    elif points > 1 or commas > 1:
        mark, other = "", "." if points else ","
    else:
        only = "." if points else ","
        head, tail = text.split(only)
        if len(tail) == 3 and head != "0" and len(head) <= 3:
            return None, "amount_ambiguous"
        return (f"{head}.{tail}", None) if tail else (None, "amount_unreadable")
    whole, _, rest = text.partition(mark) if mark else (text, "", "")
    groups = whole.split(other)
    if other in rest or (mark and mark in rest):
        return None, "amount_unreadable"
    if len(groups) > 1 and (any(len(part) != 3 for part in groups[1:]) or len(groups[0]) > 3):
        return None, "amount_unreadable"
    return f"{''.join(groups)}.{rest or '0'}", None


def whole(cell: str) -> tuple[int | None, str | None]:
    """A whole number, up to 18 digits; thousands may be marked."""
    text = cell.strip()
    if text.lower() in EMPTY:
        return None, None
    if re.fullmatch(r"-?\d{1,3}(?:[.,]\d{3})+", text):
        text = re.sub(r"[.,]", "", text)
    if re.fullmatch(r"-?\d{1,18}(?:\.0+)?", text):
        return int(text.split(".")[0]), None
    return None, "whole_unreadable"


def flag(cell: str) -> tuple[bool | None, str | None]:
    """Yes or no, in the words that exports use."""
    text = cell.strip().lower()
    if text in _YES:
        return True, None
    if text in _NO:
        return False, None
    return None, None if text in EMPTY else "flag_unreadable"
