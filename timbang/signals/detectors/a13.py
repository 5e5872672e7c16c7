"""An official named as candidate or in a campaign team.

Question:
    Is an official linked to a person whom a list names as confirmed candidate or as member of a
    campaign team?
Why it matters:
    Civil servants who run must resign once confirmed, and none may be in a party or a team. A link
    of names is not a person: the number of people of that name and the certainty stand beside it,
    and a link that is only likely waits for an officer.
Innocent explanations:
    - Another person bears the same name.
    - The official resigned in time, and the list of officials is older.
    - The person was put on a list of a party or a team without being asked.
Law:
    - uu_20_2023/59(3)
    - uu_20_2023/52(3)j
    - pp_11_2017/254

Pejabat yang tercantum sebagai calon atau dalam tim kampanye.

Pertanyaan:
    Apakah seorang pegawai terhubung dengan orang yang dalam daftar disebut sebagai calon tetap atau
    anggota tim kampanye?
Mengapa penting:
    Pegawai ASN yang mencalonkan diri wajib mundur sejak ditetapkan, dan tidak boleh menjadi anggota
    partai atau tim. Hubungan nama bukanlah orang: jumlah orang bernama sama dan tingkat
    kepastiannya disebut di sampingnya, dan hubungan yang baru mungkin menunggu penilaian petugas.
Penjelasan yang wajar:
    - Orang lain bernama sama.
    - Ia sudah mundur tepat waktu, dan daftar pegawainya lebih lama.
    - Namanya dicantumkan dalam daftar partai atau tim tanpa ditanya.
Hukum:
    - uu_20_2023/59(3)
    - uu_20_2023/52(3)j
    - pp_11_2017/254
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import Facts, Values
from timbang.signals.detectors import _appointments, _persons, _rows

if TYPE_CHECKING:
    from ibis.expr.types import Table

VERSION: Final = 1
KIND: Final = "appointment"
SIGHT: Final = "desk"
SUBJECTS: Final = ("person",)
READS: Final = ("people", "name_links")
UNIT: Final = Bilingual("kepastian hubungan nama (0 sampai 1)", "certainty of the link (0 to 1)")
PARAMETERS: Final = ()
REASONS: Final = {
    "link_unsure": Bilingual(
        "Hubungan nama belum pasti; seorang petugas harus menilainya",
        "The link of names is not sure; an officer must judge it first",
    ),
}
MEASURES: Final = {
    "homonyms": Bilingual("Orang bernama sama", "People of that name"),
    "status": Bilingual("Status hubungan", "Status of the link"),
    "list_kind": Bilingual("Jenis daftar", "Kind of list"),
}


def find(facts: Facts, values: Values) -> Table:
    """One row for each official whom a link names; a lead where a link counts."""
    import ibis

    links = _persons.linked(facts, "candidate", "campaigner")
    found = _persons.strongest(links, "official")
    rows = links.group_by("official").agg(
        row_id=links.official_row.min(), region_code=links.region_code.min()
    )
    found = found.inner_join(rows, "official")
    return _rows.rows(
        found,
        "person",
        "row_id",
        region_code=found.region_code,
        reason=ibis.ifelse(found.unsure & ~found.linked, "link_unsure", ibis.null("string")),
        flagged=found.linked,
        value=found.certainty,
        evidence=_appointments.evidence(("people", found.row_id), ("people", found.record)),
        homonyms=found.homonyms,
        status=found.status,
        list_kind=found.list_kind,
    )
