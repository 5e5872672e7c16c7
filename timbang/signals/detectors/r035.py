"""All bids disqualified but the winner's.

Question:
    Were all tenderers disqualified except the one that won?
Why it matters:
    A buyer who has chosen beforehand can send the others away for a missing paper. The value is the
    number of other tenderers whose bids were disqualified; for the winner it is always 0 (Cardinal
    R035).
Innocent explanations:
    - The others truly lacked a paper or a qualification, and the record says which.
    - Only two or three took part, so that few disqualifications leave one.
    - The others had not corrected a mistake when they were asked to.
Law:
    - none: bids that do not meet the requirements are rightly disqualified.

Semua gugur kecuali pemenang.

Pertanyaan:
    Apakah semua peserta digugurkan kecuali yang menang?
Mengapa penting:
    Pembeli yang sudah memilih sejak awal dapat menyingkirkan peserta lain karena satu surat yang
    kurang. Nilainya adalah jumlah peserta lain yang digugurkan; untuk pemenang nilainya selalu 0
    (Cardinal R035).
Penjelasan yang wajar:
    - Peserta lain memang tidak lengkap atau tidak memenuhi syarat, dan berita acaranya menyebutnya.
    - Pesertanya hanya dua atau tiga, sehingga sedikit pengguguran sudah menyisakan satu.
    - Peserta lain tidak memperbaiki kekurangan ketika diminta.
Hukum:
    - tidak ada: penawaran yang tidak memenuhi syarat memang harus digugurkan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import Facts, Parameter, Values
from timbang.signals.detectors import _processes, _rows, _settings

if TYPE_CHECKING:
    from ibis.expr.types import Table
VERSION: Final = 1
KIND: Final = "procurement"
SIGHT: Final = "public"
SUBJECTS: Final = ("procurement", "tenderer")
READS: Final = ("procurements", "bids", "awards")
UNIT: Final = Bilingual("peserta yang digugurkan", "disqualified tenderers")
PARAMETERS: Final = (
    Parameter(
        "threshold",
        1,
        Bilingual("Peserta gugur paling sedikit", "Fewest disqualified tenderers"),
        Bilingual("Cardinal R035: 1", "Cardinal R035: 1"),
    ),
    _settings.EXCLUDED,
)
REASONS: Final = {
    "no_bids": Bilingual(
        "Penawaran atau statusnya tidak ada dalam data", "The data has no bids with a status"
    ),
    "no_award": Bilingual(
        "Penetapan pemenang yang berlaku tidak ada dalam data", "The data has no active award"
    ),
    "award_pending": Bilingual("Penetapan belum selesai", "An award is not final yet"),
}
MEASURES: Final = {
    "disqualified": Bilingual("Peserta lain yang gugur", "Other tenderers disqualified"),
    "valid": Bilingual("Peserta yang sah", "Valid tenderers"),
    "processes": Bilingual("Jumlah pengadaan yang ditandai", "Procurements that are marked"),
}
_OF_PROCESSES: Final = {"disqualified": "int64", "valid": "int64"}


def find(facts: Facts, values: Values) -> Table:
    """One row for each procurement, and one for the only valid tenderer of those judged."""
    import ibis

    processes = _processes.processes(facts, values)
    bids = _processes.bids(facts)
    handed_in = bids.filter(_processes.submitted(bids))
    valid = handed_in.status == "valid"
    counted = handed_in.group_by("ocid").agg(
        submitted=handed_in.count(),
        valid=handed_in.bidder_id.nunique(where=valid),
        only=handed_in.bidder_id.max(where=valid),
        rows=_processes.evidence("bids", handed_in.row_id).collect(),
    )
    out = handed_in.filter(handed_in.status == "disqualified", handed_in.bidder_id.notnull())
    out = out.select("ocid", "bidder_id").distinct()
    out = out.inner_join(counted.select("ocid", "only"), "ocid")
    others = out.group_by("ocid").agg(
        disqualified=out.bidder_id.count(where=(out.bidder_id != out.only) | out.only.isnull())
    )
    outcome = _processes.outcomes(facts)
    found = processes.left_join(counted, "ocid").drop("ocid_right")
    found = found.left_join(others, "ocid").drop("ocid_right")
    found = found.left_join(outcome, "ocid").drop("ocid_right")
    reason = ibis.cases(
        (found.submitted.isnull(), "no_bids"),
        (found.pending.fill_null(False), "award_pending"),
        (found.active.fill_null(0) == 0, "no_award"),
        else_=ibis.null("string"),
    )
    disqualified = found.disqualified.fill_null(0)
    alone = (
        (found.valid == 1)
        & (found.supplier_ids == 1)
        & (found.supplier == found.only)
        & (disqualified >= max(values["threshold"], 1))
    )
    found = found.mutate(
        reason=reason,
        gone=ibis.ifelse(found.submitted.isnull(), ibis.null("int64"), disqualified),
        alone=alone.fill_null(False),
        day=found.awarded_on.coalesce(found.tendered_on),
    )
    of_processes = _rows.rows(
        found, "procurement", "ocid",
        region_code=found.region_code, since=found.day, reason=found.reason, flagged=found.alone,
        value=ibis.ifelse(found.alone, found.gone, ibis.null("int64")), evidence=found["rows"],
        disqualified=found.gone, valid=found.valid, processes=ibis.null("int64"),
    )  # fmt: skip
    judged = found.filter(found.reason.isnull(), found.valid == 1)
    marks = judged.select(
        "ocid", "region_code", "day", tenderer=judged.only, flagged=judged.alone,
        evidence=_processes.evidence("procurements", judged.row_id),
    )  # fmt: skip
    return of_processes.union(_rows.of_tenderers(marks, 0.0, _OF_PROCESSES))
