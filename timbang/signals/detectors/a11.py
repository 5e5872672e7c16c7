"""Appointed from a campaign team.

Question:
    Is somebody who was appointed to a post linked to a person of a registered campaign team in the
    same region?
Why it matters:
    Whoever fills posts with those who carried the campaign pays with what belongs to the public. A
    link of names is not a person: the number of people of that name and the certainty stand beside
    it. Kinship and gifts would belong here too; no table has declared relations, so of those
    nothing is computed.
Innocent explanations:
    - Another person bears the same name.
    - The person joined the team before entering, or after leaving, the civil service.
    - The name was put on the team's list without being asked.
Law:
    - uu_20_2023/9(2)
    - uu_20_2023/29(2)

Diangkat dari tim kampanye.

Pertanyaan:
    Apakah orang yang diangkat dalam jabatan terhubung dengan seseorang dalam tim kampanye terdaftar
    di wilayah yang sama?
Mengapa penting:
    Mengisi jabatan dengan orang yang menjalankan kampanye berarti membayar dengan milik publik.
    Hubungan nama bukanlah orang: jumlah orang bernama sama dan tingkat kepastiannya disebut di
    sampingnya. Kekerabatan dan pemberian juga termasuk di sini; belum ada tabel yang memuat
    hubungan yang dinyatakan, jadi keduanya tidak dihitung.
Penjelasan yang wajar:
    - Orang lain bernama sama.
    - Ia ikut tim sebelum menjadi, atau sesudah berhenti sebagai, pegawai negeri.
    - Namanya dicantumkan dalam daftar tim tanpa ditanya.
Hukum:
    - uu_20_2023/9(2)
    - uu_20_2023/29(2)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import Facts, Values
from timbang.signals.detectors import _appointments, _persons

if TYPE_CHECKING:
    from ibis.expr.types import Table

VERSION: Final = 1
KIND: Final = "appointment"
SIGHT: Final = "desk"
SUBJECTS: Final = ("appointment",)
READS: Final = ("appointments", "posts", "people", "name_links")
UNIT: Final = Bilingual("kepastian hubungan nama (0 sampai 1)", "certainty of the link (0 to 1)")
PARAMETERS: Final = ()
REASONS: Final = {
    "link_unsure": Bilingual(
        "Hubungan nama belum pasti; seorang petugas harus menilainya",
        "The link of names is not sure; an officer must judge it first",
    ),
    "team_unknown": Bilingual(
        "Daftar tim kampanye wilayah ini tidak ada dalam data",
        "The data has no campaign team of this region",
    ),
}
MEASURES: Final = {
    "homonyms": Bilingual("Orang bernama sama", "People of that name"),
    "status": Bilingual("Status hubungan", "Status of the link"),
}


def find(facts: Facts, values: Values) -> Table:
    """One row for each appointment; a lead where a counted link leads to a team of the region."""
    import ibis

    people = facts.table("people")
    keys = people.filter(people.list_kind == "official")
    keys = keys.mutate(official=_persons.told_apart(keys))
    keys = keys.group_by("source", "record_id").agg(official=keys.official.min())
    decrees = _appointments.decrees(facts).left_join(keys, ["source", "record_id"])
    decrees = decrees.filter(decrees.change.fill_null("") == "appointed")
    links = _persons.linked(facts, "campaigner")
    pairs = decrees.select("row_id", "official", "government").inner_join(links, "official")
    here = _appointments.government(pairs.region_of_list) == pairs.government
    found = decrees.left_join(_persons.strongest(pairs.filter(here), "row_id"), "row_id")
    teams = people.filter((people.list_kind == "campaigner") & people.region_code.notnull())
    teams = teams.select(has_team=_appointments.government(teams.region_code)).distinct()
    found = found.left_join(teams, found.government == teams.has_team)
    linked = found.linked.fill_null(False)
    reason = ibis.cases(
        (linked, ibis.null("string")),
        (found.unsure.fill_null(False), "link_unsure"),
        (found.has_team.isnull(), "team_unknown"),
        else_=ibis.null("string"),
    )
    return _appointments.rows(
        found,
        reason=reason,
        flagged=linked,
        value=found.certainty,
        evidence=_appointments.evidence(("appointments", found.row_id), ("people", found.record)),
        homonyms=found.homonyms,
        status=found.status,
    )
