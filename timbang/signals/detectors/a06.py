"""A selection that was not open.

Question:
    Was the selection for a senior post (JPT) announced for fewer than 15 days, were not three names
    proposed, or had the panel an even number of members, or fewer than five or more than nine?
Why it matters:
    An announcement that nobody can see, a list of one, or a panel put together for the occasion is
    how a choice that was already made is dressed as a competition.
Innocent explanations:
    - The agency may choose from its talent pool and needs no open selection; then it is not judged.
    - The announcement was repeated or prolonged, and the list holds only the last round.
    - A member of the panel fell ill, or applicants withdrew.
Law:
    - pp_11_2017/114(7)
    - pp_11_2017/117(2)
    - uu_5_2014/113-115
    - none: since 31 October 2023, when UU 20/2023 replaced UU 5/2014, no article of a law on three
      names is in the catalogue; announcement and panel rest on PP 11/2017.

Seleksi yang tidak terbuka.

Pertanyaan:
    Apakah seleksi jabatan pimpinan tinggi (JPT) diumumkan kurang dari 15 hari, tidak mengusulkan
    tiga nama, atau panitianya berjumlah genap, kurang dari lima, atau lebih dari sembilan?
Mengapa penting:
    Pengumuman yang tidak terlihat, daftar berisi satu nama, atau panitia yang dibentuk seperlunya
    adalah cara membungkus pilihan yang sudah ditentukan sebagai persaingan.
Penjelasan yang wajar:
    - Instansi boleh memilih dari kelompok talenta tanpa seleksi terbuka; maka tidak dinilai.
    - Pengumuman diulang atau diperpanjang, dan daftar hanya memuat putaran terakhir.
    - Anggota panitia sakit, atau pelamar mengundurkan diri.
Hukum:
    - pp_11_2017/114(7)
    - pp_11_2017/117(2)
    - uu_5_2014/113-115
    - tidak ada: sejak 31 Oktober 2023, ketika UU 20/2023 menggantikan UU 5/2014, katalog tidak
      memuat pasal undang-undang tentang tiga nama; pengumuman dan panitia bertumpu pada PP 11/2017.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import Facts, Values
from timbang.signals.detectors import _appointments

if TYPE_CHECKING:
    from ibis.expr.types import Table

VERSION: Final = 1
KIND: Final = "appointment"
SIGHT: Final = "desk"
SUBJECTS: Final = ("appointment",)
READS: Final = ("appointments", "posts")
UNIT: Final = Bilingual("syarat seleksi yang tidak terpenuhi", "rules of selection not met")
PARAMETERS: Final = ()
REASONS: Final = {
    **_appointments.why("level_unknown", "selection_unknown"),
    "from_talent": Bilingual(
        "Dipilih dari manajemen talenta, bukan seleksi terbuka",
        "Chosen from the talent pool, not by open selection",
    ),
}
MEASURES: Final = {
    "announced_days": Bilingual("Lama pengumuman (hari)", "Length of the announcement (days)"),
    "names_proposed": Bilingual("Nama yang diusulkan", "Names proposed"),
    "panel_members": Bilingual("Anggota panitia", "Members of the panel"),
}
DAYS: Final = 15
NAMES: Final = 3
LEAST_MEMBERS: Final = 5
MOST_MEMBERS: Final = 9


def find(facts: Facts, values: Values) -> Table:
    """One row a decree on a senior post or one of unknown level; `value` counts what is not met."""
    import ibis

    found = _appointments.decrees(facts)
    rank = found["rank"]
    found = found.filter(rank.isnull() | rank.isin(_appointments.SENIOR))
    members = found.panel_members
    failed = [
        found.announced_days < DAYS,
        found.names_proposed != NAMES,
        (members % 2 == 0) | (members < LEAST_MEMBERS) | (members > MOST_MEMBERS),
    ]
    count = sum((each.fill_null(False).cast("int64") for each in failed), ibis.literal(0, "int64"))
    open_ = found.announced_days.isnull() | found.names_proposed.isnull() | members.isnull()
    reason = ibis.cases(
        (found["rank"].isnull(), "level_unknown"),
        (found.selection == "talent", "from_talent"),
        (open_ & (count == 0), "selection_unknown"),
        else_=ibis.null("string"),
    )
    return _appointments.rows(
        found,
        reason=reason,
        flagged=count > 0,
        value=count,
        evidence=_appointments.evidence(("appointments", found.row_id)),
        announced_days=found.announced_days,
        names_proposed=found.names_proposed,
        panel_members=members,
    )
