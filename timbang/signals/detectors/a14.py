"""Decrees that crowd just before the ban.

Question:
    Does an agency appoint and move officials more often in the 30 days before the first day of the
    ban than in the year before?
Why it matters:
    The first day of the ban is known in advance. Decrees that pile up just before it show that the
    day was waited for, and that whoever appoints wanted posts filled while he still could.
Innocent explanations:
    - The agency filled posts early so that work could go on during the ban; the law allows it.
    - The month is a usual one for appointments, such as after a new organisation chart.
    - Decrees of other months were not loaded.
Law:
    - uu_10_2016/71(2)
    - none: appointing before the first day of the ban is allowed.

Keputusan yang menumpuk tepat sebelum larangan.

Pertanyaan:
    Apakah suatu instansi lebih sering mengangkat dan memindahkan pejabat dalam 30 hari sebelum hari
    pertama larangan daripada dalam setahun sebelumnya?
Mengapa penting:
    Hari pertama larangan diketahui sebelumnya. Keputusan yang menumpuk tepat sebelum hari itu
    menunjukkan bahwa hari itu diperhitungkan, dan bahwa jabatan ingin diisi selagi masih boleh.
Penjelasan yang wajar:
    - Instansi mengisi jabatan lebih awal agar pekerjaan tetap berjalan; hukum membolehkannya.
    - Bulan itu memang bulan pengangkatan, misalnya sesudah susunan organisasi baru.
    - Keputusan bulan-bulan lain belum dimuat.
Hukum:
    - uu_10_2016/71(2)
    - tidak ada: mengangkat sebelum hari pertama larangan dibolehkan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import Facts, Parameter, Values
from timbang.signals.detectors import _appointments, _bunching

if TYPE_CHECKING:
    from ibis.expr.types import Table

VERSION: Final = 1
KIND: Final = "appointment"
# Its subjects are agencies, but the rows that it rests on name persons.
SIGHT: Final = "desk"
SUBJECTS: Final = ("agency",)
READS: Final = ("appointments", "posts", "contests")
UNIT: Final = Bilingual("kali laju biasa", "times the usual rate")
PARAMETERS: Final = (
    Parameter(
        "days",
        30,
        Bilingual("Hari sebelum larangan", "Days before the ban"),
        Bilingual(
            "pilihan kami: keputusan disiapkan dan ditandatangani dalam kira-kira sebulan",
            "choice of ours: a decree is prepared and signed within about a month",
        ),
    ),
    Parameter(
        "usual_days",
        365,
        Bilingual("Hari pembanding", "Days to compare with"),
        Bilingual(
            "pilihan kami: tahun sebelumnya, agar setiap musim terhitung sekali",
            "choice of ours: the year before, so that each season counts once",
        ),
    ),
    Parameter(
        "times",
        1.0,
        Bilingual("Batas rasio", "Limit of the ratio"),
        Bilingual(
            "pilihan kami: kelebihan apa pun yang lebih besar daripada yang dijelaskan kebetulan",
            "choice of ours: any excess that is larger than chance explains",
        ),
    ),
)
REASONS: Final = _bunching.REASONS
MEASURES: Final = _bunching.MEASURES


def find(facts: Facts, values: Values) -> Table:
    """One row an agency: the days just before the ban against the year before them."""
    import ibis

    decrees = _bunching.dated(facts)
    found = _bunching.spans(decrees, _appointments.contests(facts))
    opens = (found.ban_from - ibis.interval(days=values["days"])).cast("date")
    usual = found.ban_from - ibis.interval(days=values["days"] + values["usual_days"])
    windows = found.mutate(
        opens=opens, closes=found.ban_from, usual_from=usual.cast("date"), usual_until=opens
    )
    return _bunching.compared(decrees, windows, times=values["times"])
