"""A copy of a piece of evidence with parts taken out: words, regions of a picture, pages.

What is taken out is gone from the bytes, not covered: a picture is drawn anew from its pixels, a
PDF is put together from the pages that stay and nothing that hangs on them. A part of a PDF page
cannot be taken out safely here (text lies under what one sees): leave the page out, or redact a
picture of it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from timbang.law.bilingual import Bilingual
from timbang.law.refusal import Refusal
from timbang.reports.inspection import inspect

TAKEN_OUT: Final = "[disamarkan]"
PICTURES: Final = ("image/jpeg", "image/png", "image/webp", "image/gif")
# Of a page of a PDF only what is needed to draw it: notes, links and thumbnails stay behind.
_OF_A_PAGE: Final = frozenset(
    {"/Type", "/Parent", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate"}
)
_BOX: Final = re.compile(
    r"\s*(\d{1,3})\s*[,;\s]\s*(\d{1,3})\s*[,;\s]\s*(\d{1,3})\s*[,;\s]\s*(\d{1,3})\s*"
)
_PAGES: Final = re.compile(r"(\d{1,5})(?:\s*-\s*(\d{1,5}))?")
MOST_PAGES: Final = 5000

UNREADABLE = Bilingual(
    "Berkas ini tidak dapat dibaca sebagai gambar atau PDF, jadi tidak dapat disamarkan di sini.",
    "This file cannot be read as a picture or a PDF, so that it cannot be redacted here.",
)
NOTHING = Bilingual(
    "Sebutkan apa yang disamarkan: tanpa itu salinannya sama dengan aslinya.",
    "Say what is taken out: without it the copy is the original.",
)
NOT_FOUND = Bilingual(
    "Tidak ditemukan dalam teks: {what}. Tidak ada yang dibuat.",
    "Not found in the text: {what}. Nothing was made.",
)
BAD_BOX = Bilingual(
    "Tulis setiap bidang sebagai empat angka persen dari 0 sampai 100: kiri, atas, lebar, tinggi.",
    "Write each region as four numbers of per cent from 0 to 100: left, top, width, height.",
)
BAD_PAGES = Bilingual(
    "Tulis halaman yang tetap ada sebagai angka atau rentang, misalnya 1, 3-5.",
    "Write the pages that stay as numbers or ranges, for example 1, 3-5.",
)


@dataclass(frozen=True, slots=True)
class Box:
    """A region of a picture, in per cent of its width and height."""

    left: int
    top: int
    width: int
    height: int


def boxes(text: str) -> tuple[Box, ...]:
    """Regions as an officer writes them, one a line."""
    lines = [line for line in text.splitlines() if line.strip()]
    found = [_BOX.fullmatch(line) for line in lines]
    made = [Box(*map(int, match.groups())) for match in found if match]
    if len(made) != len(lines) or not all(_inside(box) for box in made):
        raise Refusal(BAD_BOX)
    if not made:
        raise Refusal(NOTHING)
    return tuple(made)


def _inside(box: Box) -> bool:
    across, down = box.left + box.width, box.top + box.height
    return box.width > 0 and box.height > 0 and across <= 100 and down <= 100


def numbers(text: str, *, most: int) -> tuple[int, ...]:
    """The pages that stay, as an officer writes them; in their order, none twice."""
    parts = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
    found = [_PAGES.fullmatch(part) for part in parts]
    if not parts or not all(found):
        raise Refusal(BAD_PAGES)
    kept: set[int] = set()
    for match in filter(None, found):
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last <= most:
            raise Refusal(BAD_PAGES)
        kept |= set(range(first, last + 1))
    return tuple(sorted(kept))


def words(data: bytes, passages: Sequence[str]) -> bytes:
    """A text without these passages; the longest go first, spaces and case do not matter."""
    text = data.decode(errors="replace")
    wanted = sorted({" ".join(one.split()) for one in passages} - {""}, key=len, reverse=True)
    if not wanted:
        raise Refusal(NOTHING)
    patterns = {one: r"\s+".join(map(re.escape, one.split())) for one in wanted}
    for one, pattern in patterns.items():
        if not re.search(pattern, text, re.IGNORECASE):
            raise Refusal(_said(NOT_FOUND, one))
    every = "|".join(patterns.values())
    return re.sub(every, TAKEN_OUT, text, flags=re.IGNORECASE).encode()


def _said(words: Bilingual, what: str) -> Bilingual:
    return Bilingual(words["id"].format(what=what), words["en"].format(what=what))


def picture(data: bytes, regions: Collection[Box]) -> tuple[bytes, str]:
    """A picture with regions black, drawn anew; its bytes and its type."""
    from PIL import Image, ImageDraw

    found = inspect(data)
    if found.copy is None or not found.copy_type.startswith("image/"):
        raise Refusal(UNREADABLE)
    with Image.open(io.BytesIO(found.copy), formats=("JPEG", "PNG")) as opened:
        drawn = opened.convert("RGB")
    pen, (width, height) = ImageDraw.Draw(drawn), drawn.size
    for box in regions:
        pen.rectangle(
            (
                box.left * width // 100,
                box.top * height // 100,
                -(-(box.left + box.width) * width // 100),
                -(-(box.top + box.height) * height // 100),
            ),
            fill="black",
        )
    out = io.BytesIO()
    jpeg = found.copy_type == "image/jpeg"
    drawn.save(out, "JPEG" if jpeg else "PNG", **({"quality": 90} if jpeg else {}))
    return out.getvalue(), found.copy_type


def pages(data: bytes, kept: str) -> bytes:
    """A PDF of the pages that stay, and of nothing that hangs on the others."""
    import pikepdf

    found = inspect(data)
    if found.copy is None or found.copy_type != "application/pdf":
        raise Refusal(UNREADABLE)
    with pikepdf.open(io.BytesIO(found.copy)) as source, pikepdf.new() as made:
        whole = min(len(source.pages), MOST_PAGES)
        chosen = numbers(kept, most=whole)
        if len(chosen) == len(source.pages):
            raise Refusal(NOTHING)
        for page in source.pages:
            for key in {str(key) for key in page.obj} - _OF_A_PAGE:
                del page[key]
        source.remove_unreferenced_resources()
        for number in chosen:
            made.pages.append(source.pages[number - 1])
        out = io.BytesIO()
        made.save(out, deterministic_id=True)
    return out.getvalue()
