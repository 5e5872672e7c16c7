"""A heavily discounted bid.

Question:
    Did the winning bid lie unusually far below the next lowest valid bid?
Why it matters:
    A price far below all others can mean goods of poor quality, a contract that is made dearer
    later, or losing bids that were never meant to win. Read the value as a share: 0.5 says that the
    next bid was half as high again. It is compared with the other procurements of these data only
    (at or above Q3 + 1.5 IQR); for the winner the value is always 0 (Cardinal R058; Akerlof 1970).
Innocent explanations:
    - The winner has a cheaper way, a stock to clear or a workshop nearby.
    - The winner is new and prices low to gain a first reference.
    - The other bidders did not want the order and priced high.
    - One price was written with a digit too many or too few.
Law:
    - none: a low price is not forbidden; whether it can be kept is asked when bids are evaluated.

Penawaran jauh lebih murah.

Pertanyaan:
    Apakah harga pemenang sangat jauh di bawah penawaran sah terendah berikutnya?
Mengapa penting:
    Harga yang jauh di bawah semua yang lain dapat berarti mutu barang yang buruk, kontrak yang
    kemudian menjadi lebih mahal, atau penawaran pendamping yang tidak pernah dimaksudkan menang.
    Nilainya dibaca sebagai bagian: 0,5 berarti penawaran berikutnya lebih tinggi setengahnya. Nilai
    itu hanya dibandingkan dengan pengadaan lain dalam data ini (paling rendah Q3 + 1,5 IQR); untuk
    pemenang nilainya selalu 0 (Cardinal R058; Akerlof 1970).
Penjelasan yang wajar:
    - Pemenang punya cara yang lebih murah, stok yang harus habis, atau bengkel di dekat lokasi.
    - Pemenang baru berdiri dan menawar murah untuk memperoleh pengalaman pertama.
    - Peserta lain tidak berminat dan menawar tinggi.
    - Salah satu harga tertulis kelebihan atau kekurangan satu angka.
Hukum:
    - tidak ada: harga rendah tidak dilarang; kewajarannya diperiksa saat evaluasi penawaran.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import Facts, Parameter, Values
from timbang.signals.detectors import _differences, _fences, _settings

if TYPE_CHECKING:
    from ibis.expr.types import Table
VERSION: Final = 1
KIND: Final = "procurement"
SIGHT: Final = "public"
SUBJECTS: Final = ("procurement", "tenderer")
READS: Final = _differences.READS
UNIT: Final = Bilingual("bagian dari harga pemenang", "share of the winning price")
PARAMETERS: Final = (
    Parameter(
        "threshold",
        None,
        Bilingual("Selisih terendah yang ditandai", "Lowest difference that is marked"),
        Bilingual(
            "Cardinal R058: pagar atas Q3 + 1,5 IQR dari semua selisih",
            "Cardinal R058: the upper fence Q3 + 1.5 IQR of all differences",
        ),
    ),
    *_settings.PRICES,
)
REASONS: Final = _differences.REASONS
MEASURES: Final = _differences.MEASURES


def find(facts: Facts, values: Values) -> Table:
    """One row for each procurement, and one for each winner that was judged.

    With a fence at zero most differences would be marked, and none is.
    """
    import ibis

    found = _differences.differences(facts, values)
    usual = _fences.quantiles(found, "gap", {"q1": 0.25, "q3": 0.75})
    fence = _fences.upper(usual.q1, usual.q3)
    if values["threshold"] is not None:
        fence = ibis.literal(values["threshold"], "float64")
    found = found.cross_join(usual.select("compared", fence=fence))
    found = found.mutate(flagged=(found.fence > 0) & (found.gap >= found.fence))
    return _differences.marked(found, winners_only=True)
