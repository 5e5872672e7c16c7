"""Decrees that crowd around an election.

Question:
    Does an agency appoint and move officials more often from the first day of the ban to six months
    after the inauguration than in the two years before?
Why it matters:
    One appointment can have many reasons; a wave that follows the calendar of the election has one
    in common. Days with decrees are counted, not persons, and the interval says how sure it is.
Innocent explanations:
    - The organisation was changed by a regulation, and all posts were filled anew.
    - Posts stayed empty for long because consent had to be waited for.
    - The list holds more decrees of the later years than of the earlier ones.
Law:
    - uu_10_2016/71(2)
    - uu_10_2016/162(3)

Keputusan yang menumpuk di sekitar pemilihan.

Pertanyaan:
    Apakah suatu instansi lebih sering mengangkat dan memindahkan pejabat sejak hari pertama
    larangan sampai enam bulan sesudah pelantikan daripada dalam dua tahun sebelumnya?
Mengapa penting:
    Satu pengangkatan dapat mempunyai banyak alasan; gelombang yang mengikuti jadwal pemilihan punya
    satu kesamaan. Yang dihitung hari keluarnya keputusan, bukan orang, dan intervalnya menunjukkan
    seberapa pasti angkanya.
Penjelasan yang wajar:
    - Organisasi diubah dengan peraturan, dan semua jabatan diisi kembali.
    - Jabatan lama kosong karena menunggu persetujuan.
    - Daftar memuat lebih banyak keputusan tahun-tahun belakangan daripada tahun sebelumnya.
Hukum:
    - uu_10_2016/71(2)
    - uu_10_2016/162(3)
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
        "times",
        1.0,
        Bilingual("Batas rasio", "Limit of the ratio"),
        Bilingual(
            "pilihan kami: kelebihan apa pun yang lebih besar daripada yang dijelaskan kebetulan",
            "choice of ours: any excess that is larger than chance explains",
        ),
    ),
    Parameter(
        "usual_days",
        730,
        Bilingual("Hari sebelum larangan", "Days before the ban"),
        Bilingual(
            "pilihan kami: dua tahun anggaran, agar setiap musim terhitung dua kali",
            "choice of ours: two budget years, so that each season counts twice",
        ),
    ),
)
REASONS: Final = _bunching.REASONS
MEASURES: Final = _bunching.MEASURES
MONTHS: Final = 6


def find(facts: Facts, values: Values) -> Table:
    """One row an agency; the window ends at voting where no inauguration is known."""
    import ibis

    decrees = _bunching.dated(facts)
    found = _bunching.spans(decrees, _appointments.contests(facts))
    after = _appointments.months_from(found.inaugurated_on, MONTHS)
    windows = found.mutate(
        opens=found.ban_from,
        closes=ibis.coalesce(after, found.voting_on, found.candidates_confirmed_on),
        usual_from=(found.ban_from - ibis.interval(days=values["usual_days"])).cast("date"),
        usual_until=found.ban_from,
    )
    return _bunching.compared(decrees, windows, times=values["times"])
