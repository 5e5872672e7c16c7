"""A price close to the winning one.

Question:
    Did the next lowest valid bid lie unusually close above the winning bid?
Why it matters:
    Bidders who agree beforehand can feign competition with a bid just above that of the chosen
    winner. Read the value as a share: 0.01 says that the next bid was one hundredth higher. It is
    compared with the other procurements of these data only (at or below Q1 - 1.5 IQR), so it says
    what is unusual here and not what is wrong; for the two tenderers the value is always 0
    (Cardinal R024; Tóth and others 2014).
Innocent explanations:
    - The good has a market price that everybody knows, so honest bids lie close together.
    - The buyer's own estimate was published and all bids lean on it.
    - Few procurements can be compared, and the fence rests on chance.
Law:
    - none: prices that lie close together are not forbidden; an agreement between bidders would be.

Harga dekat dengan pemenang.

Pertanyaan:
    Apakah penawaran sah terendah berikutnya sangat dekat di atas harga pemenang?
Mengapa penting:
    Peserta yang sudah bersepakat dapat meniru persaingan dengan menawar sedikit di atas calon
    pemenang. Nilainya dibaca sebagai bagian: 0,01 berarti penawaran berikutnya lebih tinggi
    seperseratus. Nilai itu hanya dibandingkan dengan pengadaan lain dalam data ini (paling tinggi
    Q1 - 1,5 IQR), jadi menunjukkan apa yang tidak biasa, bukan apa yang salah; untuk kedua peserta
    nilainya selalu 0 (Cardinal R024; Tóth dkk. 2014).
Penjelasan yang wajar:
    - Barangnya berharga pasar yang diketahui semua orang, sehingga penawaran jujur pun berdekatan.
    - Harga perkiraan sendiri diumumkan dan semua penawaran bertumpu padanya.
    - Pengadaan yang dapat dibandingkan hanya sedikit, sehingga pagarnya kebetulan belaka.
Hukum:
    - tidak ada: harga yang berdekatan tidak dilarang; yang dilarang adalah persekongkolan penawar.
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
        Bilingual("Selisih tertinggi yang ditandai", "Highest difference that is marked"),
        Bilingual(
            "Cardinal R024: pagar bawah Q1 - 1,5 IQR dari semua selisih",
            "Cardinal R024: the lower fence Q1 - 1.5 IQR of all differences",
        ),
    ),
    *_settings.PRICES,
)
REASONS: Final = _differences.REASONS
MEASURES: Final = _differences.MEASURES


def find(facts: Facts, values: Values) -> Table:
    """One row for each procurement, and one for each winner and next bidder that was judged.

    With a fence at zero or below no difference is unusually small, and none is marked.
    """
    import ibis

    found = _differences.differences(facts, values)
    usual = _fences.quantiles(found, "gap", {"q1": 0.25, "q3": 0.75})
    fence, q1 = _fences.lower(usual.q1, usual.q3), usual.q1
    if values["threshold"] is not None:
        fence, q1 = ibis.literal(values["threshold"], "float64"), ibis.literal(1.0)
    found = found.cross_join(
        usual.select("compared", fence=fence, sets_apart=(q1 > 0) & (fence > 0))
    )
    found = found.mutate(flagged=found.sets_apart & (found.gap <= found.fence))
    return _differences.marked(found, winners_only=False)
