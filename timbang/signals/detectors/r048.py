"""A supplier of very many kinds of goods.

Question:
    Was a supplier awarded unusually many different kinds of goods and services?
Why it matters:
    Hardly any firm can do everything. One that supplies books, roads and medicine may only pass
    orders on. The value is the number of different classes, by the first digits of their codes. It
    is compared with suppliers that were awarded in at least twenty procurements of these data (at
    or above Q3 + 1.5 IQR; Cardinal R048).
Innocent explanations:
    - The firm is a trader or a general contractor by its licence.
    - Items were classified carelessly.
    - The firm serves a remote region where there are few others.
    - Several firms share one id in the data.
Law:
    - none: to supply many kinds of goods is not forbidden; the licence says what a firm may do.

Penyedia segala macam barang.

Pertanyaan:
    Apakah seorang penyedia memperoleh sangat banyak jenis barang dan jasa yang berbeda?
Mengapa penting:
    Hampir tidak ada perusahaan yang bisa segalanya. Yang memasok buku, jalan, dan obat mungkin
    hanya meneruskan pesanan. Nilainya adalah jumlah kelas yang berbeda menurut angka awal kodenya.
    Nilai itu dibandingkan dengan penyedia yang menang dalam sekurang-kurangnya dua puluh pengadaan
    pada data ini (paling rendah Q3 + 1,5 IQR; Cardinal R048).
Penjelasan yang wajar:
    - Perusahaannya memang pedagang umum atau kontraktor umum menurut izinnya.
    - Barangnya digolongkan dengan kurang teliti.
    - Perusahaannya melayani daerah terpencil yang sedikit penyedianya.
    - Beberapa perusahaan memakai satu nomor dalam data.
Hukum:
    - tidak ada: memasok banyak jenis barang tidak dilarang; izin menyebut apa yang boleh
      dikerjakan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import Facts, Parameter, Values
from timbang.signals.detectors import _fences, _processes, _rows, _settings

if TYPE_CHECKING:
    from ibis.expr.types import Table
VERSION: Final = 1
KIND: Final = "procurement"
SIGHT: Final = "public"
SUBJECTS: Final = ("tenderer",)
READS: Final = ("procurements", "awards", "items")
UNIT: Final = Bilingual("kelas barang", "classes of goods")
PARAMETERS: Final = (
    Parameter(
        "threshold",
        None,
        Bilingual("Jumlah kelas terendah yang ditandai", "Fewest classes that are marked"),
        Bilingual(
            "Cardinal R048: pagar atas Q3 + 1,5 IQR", "Cardinal R048: the upper fence Q3 + 1.5 IQR"
        ),
        kind=int,
    ),
    Parameter(
        "digits",
        2,
        Bilingual("Jumlah angka awal kode", "How many of the first digits of a code"),
        Bilingual(
            "Cardinal R048: 2, seperti dalam UNSPSC dan CPV",
            "Cardinal R048: 2, as in UNSPSC and CPV",
        ),
    ),
    Parameter(
        "minimum_contracting_processes",
        20,
        Bilingual("Pengadaan paling sedikit", "Fewest procurements"),
        Bilingual("Cardinal R048: 20", "Cardinal R048: 20"),
    ),
    _settings.EXCLUDED,
)
REASONS: Final = {
    "no_items": Bilingual(
        "Barang berkode dari penetapan kepadanya saja tidak ada dalam data",
        "The data has no items with a code that were awarded to it alone",
    ),
    "too_few": Bilingual(
        "Pengadaannya terlalu sedikit untuk dinilai", "It won too few procurements to judge"
    ),
}
MEASURES: Final = {
    "procurements": Bilingual("Pengadaan dengan barang berkode", "Procurements with coded items"),
    "fence": Bilingual("Pagar", "Fence"),
    "compared": Bilingual("Jumlah penyedia pembanding", "Suppliers that the fence is from"),
}


def find(facts: Facts, values: Values) -> Table:
    """One row for each supplier of an award. Only codes that begin with a digit are classes."""
    import ibis

    processes = _processes.processes(facts, values)
    known = processes.select("ocid", "region_code", "tendered_on")
    awards = _processes.awards(facts).inner_join(known, "ocid")
    awards = awards.filter(awards.supplier_id.notnull())
    alone = awards.filter(awards.status == "active", awards.suppliers.coalesce(1) == 1)
    alone = alone.select(
        "ocid", "award", "region_code", tenderer=alone.supplier_id, award_row=alone.row_id,
        of_record=alone.record_id.fill_null(""), day=alone.awarded_on.coalesce(alone.tendered_on),
    )  # fmt: skip
    items = facts.table("items")
    coded = items.filter(
        items.part == "award", items.classification.substr(0, 1).isin([*"0123456789"])
    )
    coded = coded.select(
        "ocid",
        award=coded.part_place.cast("string").coalesce(coded.part_id),
        of_record=coded.record_id.fill_null(""),
        code=coded.classification.substr(0, values["digits"]),
    ).distinct()
    supplied = alone.inner_join(coded, ["ocid", "award", "of_record"])
    counted = supplied.group_by("tenderer").agg(
        region_code=_rows.one_or_none(supplied.region_code),
        since=supplied.day.min(),
        until=supplied.day.max(),
        procurements=supplied.ocid.nunique(),
        classes=supplied.code.nunique(),
        rows=_processes.evidence("awards", supplied.award_row).collect(),
    )
    enough = counted.procurements >= values["minimum_contracting_processes"]
    counted = counted.mutate(
        variety=ibis.ifelse(enough, counted.classes, ibis.null("int64")).cast("float64")
    )
    usual = _fences.quantiles(counted, "variety", {"q1": 0.25, "q3": 0.75})
    fence = _fences.upper(usual.q1, usual.q3)
    if values["threshold"] is not None:
        fence = ibis.literal(float(values["threshold"]), "float64")
    everybody = awards.select(supplier=awards.supplier_id).distinct()
    found = everybody.left_join(counted, everybody.supplier == counted.tenderer)
    found = found.cross_join(usual.select("compared", fence=fence))
    reason = ibis.cases(
        (found.procurements.isnull(), "no_items"),
        (found.variety.isnull(), "too_few"),
        else_=ibis.null("string"),
    )
    return _rows.rows(
        found, "tenderer", "supplier",
        region_code=found.region_code, since=found.since, until=found.until, reason=reason,
        flagged=found.variety >= found.fence, value=found.variety, evidence=found["rows"],
        procurements=found.procurements, fence=found.fence, compared=found.compared,
    )  # fmt: skip
