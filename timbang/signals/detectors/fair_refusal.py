"""A group is refused more often.

Question:
    Are applicants of one group refused more often than others who ask the same agency for the same
    service?
Why it matters:
    A public service is owed to everyone alike. Where those without money or connections are turned
    away more often, service may have become something that is given for loyalty. The value is the
    difference of the shares refused, compared within each service; 0.10 means that of a hundred
    applicants ten more are refused.
Innocent explanations:
    - Applicants of this group more often lack a document that the law asks for.
    - They ask for harder cases of the same service, such as larger loans or older deeds.
    - Offices write down the group of an applicant only when something is wrong.
    - The others include staff of firms who file every week and know the forms.
    - Chance: where many groups are compared, a few differ this much without any cause.
Law:
    - uu_25_2009/34a

Satu kelompok lebih sering ditolak.

Pertanyaan:
    Apakah pemohon dari satu kelompok lebih sering ditolak daripada pemohon lain yang meminta
    layanan yang sama pada instansi yang sama?
Mengapa penting:
    Layanan publik menjadi hak semua orang secara sama. Bila yang tidak beruang atau tidak punya
    kenalan lebih sering ditolak, layanan mungkin telah menjadi pemberian bagi yang setia. Nilainya
    selisih bagian yang ditolak, dibandingkan dalam setiap layanan; 0,10 berarti dari seratus
    pemohon sepuluh lebih banyak ditolak.
Penjelasan yang wajar:
    - Pemohon kelompok ini lebih sering kurang satu dokumen yang diwajibkan hukum.
    - Mereka meminta hal yang lebih sulit dalam layanan yang sama, misalnya surat yang lebih lama.
    - Petugas mencatat kelompok pemohon hanya bila ada yang salah.
    - Yang lain mencakup pegawai perusahaan yang mengurus setiap minggu dan hafal formulirnya.
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
UNIT: Final = Bilingual("selisih bagian yang ditolak", "difference of the shares refused")
PARAMETERS: Final = _fair.PARAMETERS
REASONS: Final = _fair.REASONS
MEASURES: Final = _fair.MEASURES
DECIDED: Final = ("granted", "refused", "returned")


def find(facts: Facts, values: Values) -> Table:
    """One row for each agency and group; decided applications only. `value` is a difference of
    shares, -1 to 1."""
    services = facts.table("services")
    decided = services.filter(services.outcome.isin(DECIDED))
    return _fair.differences(decided, decided.outcome != "granted", values)
