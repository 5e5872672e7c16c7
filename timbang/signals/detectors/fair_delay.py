"""A group waits beyond the due day more often.

Question:
    Are applications of one group answered late more often than those of others who ask the same
    agency for the same service?
Why it matters:
    A service that comes late costs most those who have no other way. Where one group waits beyond
    the due day more often, being served in time may depend on who one is. The value is the
    difference of the shares answered after the due day, compared within each service.
Innocent explanations:
    - Applications of this group come in the busiest weeks.
    - They need a survey on the spot, or an answer of another office.
    - Their offices have fewer staff, in remote places for example.
    - Chance: where many groups are compared, a few differ this much without any cause.
Law:
    - uu_25_2009/34a

Satu kelompok lebih sering dilayani lewat batas waktu.

Pertanyaan:
    Apakah permohonan dari satu kelompok lebih sering dijawab terlambat daripada permohonan lain
    untuk layanan yang sama pada instansi yang sama?
Mengapa penting:
    Layanan yang terlambat paling berat bagi yang tidak punya jalan lain. Bila satu kelompok lebih
    sering menunggu melewati batas waktu, dilayani tepat waktu mungkin bergantung pada siapa
    orangnya. Nilainya selisih bagian yang dijawab setelah batas waktu, dibandingkan dalam setiap
    layanan.
Penjelasan yang wajar:
    - Permohonan kelompok ini datang pada minggu-minggu yang paling sibuk.
    - Permohonannya perlu survei di lapangan atau jawaban kantor lain.
    - Kantornya kekurangan pegawai, misalnya di daerah terpencil.
    - Kebetulan: bila banyak kelompok dibandingkan, beberapa berbeda sebesar ini tanpa sebab.
Hukum:
    - uu_25_2009/34a
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import Facts, Values
from timbang.signals.detectors import _fair

if TYPE_CHECKING:
    from ibis.expr.types import Table

VERSION: Final = 1
KIND: Final = "service"
SIGHT: Final = "desk"
SUBJECTS: Final = ("agency",)
READS: Final = ("services",)
UNIT: Final = Bilingual("selisih bagian yang terlambat", "difference of the shares answered late")
PARAMETERS: Final = _fair.PARAMETERS
REASONS: Final = _fair.REASONS
MEASURES: Final = _fair.MEASURES


def find(facts: Facts, values: Values) -> Table:
    """One row for each agency and group; answered applications with a due day only, since nobody
    knows how long the others will wait. `value` is a difference of shares, -1 to 1."""
    services = facts.table("services")
    known = services.filter(services.answered_on.notnull() & services.due_on.notnull())
    return _fair.differences(known, known.answered_on > known.due_on, values)
