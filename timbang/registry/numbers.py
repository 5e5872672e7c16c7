"""NIP, NI PPPK and NIK: parsed, checked, kept as a keyed hash and shown masked.

A check warns and never proves: a number that passes may still be of somebody else, and a true
number may fail where an office made a mistake. Nothing is looked up anywhere.

NIP (18 digits, since 2008): day of birth (8), month of the appointment (6), sex (1: 1 male,
2 female), sequence (3). NI PPPK (18 digits): day of birth (8), year of the appointment (4),
kind 21 or the sex with a further digit, sequence. NIK (16 digits): region (6), day of birth (6,
women plus 40), sequence (4), as described in Permendagri 102/2019 and the regulations of BKN.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from timbang.law.bilingual import Bilingual
from timbang.law.refusal import Refusal

KINDS: Final = ("NIP", "NI PPPK", "NIK")
_SECRET_BYTES: Final = 32
_OLDEST: Final = 1900


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was parsed. What could not be read from it is None; `odd` says what is wrong.

    `born` of a NIK has the century that makes the person between 0 and 99 years old on the day of
    asking. `sex` is "L" (male) or "P" (female).
    """

    kind: str
    digits: str
    born: date | None
    sex: str | None
    appointed: tuple[int, int | None] | None
    region_code: str | None
    odd: tuple[Bilingual, ...]

    @property
    def masked(self) -> str:
        """What a page may show: the year of birth goes, the last three digits stay."""
        return "*" * (len(self.digits) - 3) + self.digits[-3:]

    def __repr__(self) -> str:
        """A number never gets into a log by accident."""
        return f"Number({self.kind}, {self.masked})"


def parse(
    written: str, *, today: date, kind: str | None = None, regions: Collection[str] = ()
) -> Number | None:
    """What the number says, or None when it has not the shape of any.

    Blanks, points and hyphens are passed over. `kind` narrows what it may be; without it 16 digits
    are a NIK and 18 digits a NIP unless they can only be an NI PPPK. `regions` are the codes of
    regencies that are known (`32.73`); where given, an unknown one is odd.
    """
    digits = re.sub(r"[\s.\-'’`]", "", written)
    if not digits.isascii() or not digits.isdigit():
        return None
    if len(digits) == 16 and kind in (None, "NIK"):
        return _nik(digits, today, regions)
    if len(digits) == 18 and kind != "NIK":
        return _employee(digits, today, kind or _which(digits))
    return None


def _which(digits: str) -> str:
    month = int(digits[12:14])
    return "NIP" if 1 <= month <= 12 else "NI PPPK"


def _employee(digits: str, today: date, kind: str) -> Number:
    odd = []
    born = _date(digits[:4], digits[4:6], digits[6:8])
    if born is None:
        odd.append(Bilingual("tanggal lahir tidak ada", "the day of birth does not exist"))
    year = int(digits[8:12])
    month = int(digits[12:14]) if kind == "NIP" else None
    if month is not None and not 1 <= month <= 12:
        odd.append(Bilingual("bulan pengangkatan tidak ada", "no such month of appointment"))
    odd += _years(born, year, today, kind)
    mark = digits[14] if kind == "NIP" else digits[12]
    sex = {"1": "L", "2": "P"}.get(mark)
    if kind == "NIP" and sex is None:
        odd.append(
            Bilingual("digit jenis kelamin bukan 1 atau 2", "the digit of sex is not 1 or 2")
        )
    if kind == "NIP" and digits[15:] == "000":
        odd.append(Bilingual("nomor urut 000", "sequence 000"))
    return Number(
        kind=kind,
        digits=digits,
        born=born,
        sex=sex if kind == "NIP" else None,
        appointed=(year, month),
        region_code=None,
        odd=tuple(odd),
    )


def _years(born: date | None, year: int, today: date, kind: str) -> list[Bilingual]:
    out = []
    if born is not None and not _OLDEST <= born.year <= today.year:
        out.append(Bilingual("tahun lahir tidak wajar", "an implausible year of birth"))
    if year > today.year:
        out.append(Bilingual("diangkat di masa depan", "appointed in the future"))
    elif born is not None and year - born.year < 16:
        out.append(Bilingual("diangkat sebelum umur 16", "appointed before the age of 16"))
    if kind == "NI PPPK" and year < 2019:
        out.append(Bilingual("PPPK sebelum 2019", "contract civil servant before 2019"))
    return out


def _nik(digits: str, today: date, regions: Collection[str]) -> Number:
    odd = []
    code = f"{digits[:2]}.{digits[2:4]}"
    if regions and code not in regions:
        odd.append(Bilingual("kode wilayah tidak dikenal", "the region is not known"))
    number = int(digits[6:8])
    sex = "P" if number > 40 else "L"
    century = today.year // 100 * 100
    year = century + int(digits[10:12])
    if year > today.year:
        year -= 100
    born = _date(f"{year:04}", digits[8:10], f"{number - 40 if number > 40 else number:02}")
    if born is None:
        odd.append(Bilingual("tanggal lahir tidak ada", "the day of birth does not exist"))
    if digits[12:] == "0000":
        odd.append(Bilingual("nomor urut 0000", "sequence 0000"))
    return Number("NIK", digits, born, sex, None, code, tuple(odd))


def _date(year: str, month: str, number: str) -> date | None:
    try:
        return date(int(year), int(month), int(number))
    except ValueError:
        return None


def keyed_hash(digits: str, secret: bytes) -> str:
    """The hash under which a number is kept: HMAC-SHA-256, 64 hex digits.

    The numbers are few enough to try all of them, so a hash without a secret would hide nothing.
    """
    return hmac.new(secret, digits.encode("ascii"), hashlib.sha256).hexdigest()


def secret_in(folder: Path) -> bytes:
    """The secret of the hashes, in `numbers.key` of the folder of keys; made on first use.

    Raises Refusal when the file is not a secret. Whoever loses it can no longer join new lists to
    old ones by number: it belongs into the backup.
    """
    path = folder / "numbers.key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _write_once(path, secrets.token_hex(_SECRET_BYTES))
    text = path.read_text("ascii", errors="replace").strip()
    if not re.fullmatch(rf"[0-9a-f]{{{_SECRET_BYTES * 2}}}", text):
        raise Refusal(
            f"{path} is not a secret of {_SECRET_BYTES} bytes in hex. Bring it back from a backup."
        )
    return bytes.fromhex(text)


def _write_once(path: Path, text: str) -> None:
    """Two processes that start at once end with the same secret: the first link wins."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write(text + "\n")
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
