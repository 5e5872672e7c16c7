"""What a letter costs: milliseconds and kilobytes of each kind, beside an empty page.

    python bench/letters.py [--letters 40]

The floor is an empty typst document with the same fonts, in the same run: what is above it is ours.
Each letter is a different one, so that nothing comes from a memory of the typesetter.
"""

from __future__ import annotations

import argparse
import dataclasses
import resource
import statistics
import time
from collections.abc import Callable
from datetime import date

import typst

from timbang.law.letters import (
    TEMPLATES,
    Addressee,
    Check,
    Doubt,
    Exhibit,
    Kind,
    Letter,
    Norm,
    Organ,
    Reply,
    ReportedPerson,
    Section,
    Signatory,
    render,
)

PARAGRAPH = (
    "Pada tanggal 12 November 2026 akun media sosial yang diduga milik terlapor mengunggah gambar "
    "pasangan calon disertai ajakan memilih. Unggahan itu terbuka untuk umum sampai tanggal 14. "
)


def letter(kind: Kind, n: int) -> Letter:
    return Letter(
        kind=kind,
        organ=Organ("Badan Pengawas Nusa Raya", "Jalan Merdeka 17", "Telepon 0300"),
        dated_on=date(2026, 11, 21),
        place="Sagara",
        number=f"{n:04}/NR/2026",
        subject="Unggahan dukungan bagi pasangan calon",
        addressee=Addressee("", "Pejabat Pembina Kepegawaian", "Kabupaten Sagara", "Sagara"),
        case_number=f"2026-{n:04}",
        reported=(ReportedPerson(f"Suryo {n}", "Kepala Dinas", "Dinas Ikan", "Sagara"),),
        facts=(("Hari perbuatan", "12 November 2026"),),
        body=(f"{PARAGRAPH}{n}",),
        sections=tuple(Section(f"Bagian {i}", (PARAGRAPH * 3,) * 2) for i in range(3)),
        norms=tuple(Norm(f"Bentuk {i}", ("SKB II.4",), "yes", "one_copy") for i in range(20)),
        considering=(PARAGRAPH,) * 3,
        having_regard_to=(PARAGRAPH,) * 3,
        decides=(PARAGRAPH,) * 3,
        doubts=(Doubt(PARAGRAPH, "memory"),) * 3,
        exhibits=tuple(Exhibit(f"B-{i}", "Tangkapan layar", "9f86d081" * 8) for i in range(5)),
        fields=(("Nama terlapor", "Suryo"),) * 12,
        reply=Reply(date(2026, 12, 5)),
        signatory=Signatory("Siti Aminah", "Ketua"),
        copies_to=("Badan Kepegawaian Negara",),
        check=Check(f"https://timbang.invalid/periksa/{n}"),
    )


def empty(n: int) -> bytes:
    pdf: bytes = typst.compile(
        f'#set document(title: "{n}")'.encode(),
        font_paths=[str(TEMPLATES / "fonts")],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    return pdf


def measured(make: Callable[[int], bytes], times: int) -> tuple[float, float, float]:
    """Median and worst milliseconds, and kilobytes."""
    took, size = [], 0
    for n in range(times):
        start = time.perf_counter()
        size = len(make(n))
        took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took), max(took), size / 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--letters", type=int, default=40, help="of each kind (default 40)")
    times = parser.parse_args().letters
    empty(0)
    emoji = dataclasses.replace(letter(Kind.STUDY, 0), body=("bagus \U0001f44d",))
    rows: list[tuple[str, Callable[[int], bytes]]] = [("empty page (floor)", empty)]
    rows += [(kind, lambda n, kind=kind: render(letter(kind, n))) for kind in Kind]
    rows += [("study with an emoji", lambda n: render(dataclasses.replace(emoji, number=str(n))))]
    print(f"{'':22}{'median ms':>11}{'worst ms':>11}{'kB':>8}")
    for name, make in rows:
        median, worst, kilobytes = measured(make, times)
        print(f"{name:22}{median:11.1f}{worst:11.1f}{kilobytes:8.1f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory after {times * len(rows)} documents: {peak:.0f} MB")


if __name__ == "__main__":
    main()
