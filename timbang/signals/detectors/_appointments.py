"""What the checks on appointments share: decrees with the level of the post, the region that the
head governs, and the contests of that region."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import Facts
from timbang.signals.detectors import _rows

if TYPE_CHECKING:
    from ibis.expr.types import Column, DateColumn, StringColumn, Table

SENIOR: Final = ("high_main", "high_middle", "high_first")
# Levels that a replacement by a regional head is about: the Minister's letter 100.2.1.3/1575/SJ of
# 29 March 2024. Heads of schools and health centres are covered too, other functional posts not.
COVERED: Final = ("high_middle", "high_first", "administrator", "supervisor")
# Why a decree cannot be judged, where several checks say it.
WHY: Final[Mapping[str, Bilingual]] = MappingProxyType(
    {
        "day_unknown": Bilingual("Tanggalnya tidak diketahui", "Its day is not known"),
        "change_unknown": Bilingual(
            "Tidak diketahui apakah diangkat, dipindah, atau diberhentikan",
            "Not known whether appointed, moved or dismissed",
        ),
        "region_unknown": Bilingual("Wilayahnya tidak diketahui", "Its region is not known"),
        "level_unknown": Bilingual("Jenjang jabatannya tidak diketahui", "The level is not known"),
        "consent_unknown": Bilingual(
            "Di dalam masa larangan; persetujuan Menteri tidak ada dalam data",
            "Within the ban; the Minister's consent is not in the data",
        ),
        "selection_unknown": Bilingual(
            "Data seleksinya tidak ada", "The data has nothing of its selection"
        ),
        "number_unknown": Bilingual(
            "Nomor pegawainya tidak ada; nama saja tidak cukup",
            "Its list gives no number; a name alone is not enough",
        ),
        "cases_unknown": Bilingual(
            "Dari wilayah ini tidak ada perkara yang diputus dalam data",
            "The data has no decided case of this region",
        ),
    }
)
_NOT_COVERED: Final = ("high_main", "executive", "functional", "political")
# Kinds of contests that elect the head of a region.
HEADS: Final = ("governor", "regent", "mayor")
BAN_MONTHS: Final = 6
# Levels as lists write them, without signs and spaces: UU 20/2023 art 13-18 and older echelons.
_LEVELS: Final = {
    "high_main": ("jptutama", "highmain"),
    "high_middle": ("jptmadya", "highmiddle", "ia", "ib", "i"),
    "high_first": ("jptpratama", "highfirst", "iia", "iib", "ii"),
    "administrator": ("administrator", "iiia", "iiib", "iii"),
    "supervisor": ("pengawas", "supervisor", "iva", "ivb", "iv"),
    "executive": ("pelaksana", "executive", "va", "vb", "v"),
    "functional": ("fungsional", "functional"),
    "political": ("politik", "political"),
}
_UNIT_HEADS: Final = r"^kepala (uptd? )?(puskesmas|sekolah|tk|sd|sdn|smp|smpn|sma|sman|smk|smkn)\b"


def why(*codes: str) -> dict[str, Bilingual]:
    """Reasons that several checks share, in the words of WHY."""
    return {code: WHY[code] for code in codes}


def decrees(facts: Facts) -> Table:
    """Decrees that put a person into a post for good, with what is known of the post.

    Besides the columns of `appointments`: `rank` (level in the register's words or null), `day`
    (the later of decree and first day), `government` (code of the province, regency or city),
    `who` and `holds` (what tells persons and posts apart). Acting holders and dismissals are not
    among them; `change` may be null.
    """
    rows = facts.table("appointments")
    kept = (rows.change.isnull() | (rows.change != "dismissed")) & rows.acting.isnull()
    return described(rows.filter(kept), facts.table("posts"))


def described(rows: Table, posts: Table) -> Table:
    """Decrees with `rank`, `day`, `government`, `who` and `holds`."""
    import ibis

    levels = posts.filter(posts.post_code.notnull()).group_by("post_code")
    known = levels.agg(post_level=_rows.one_or_none(posts.level))
    known = known.rename(level_of="post_code")
    found = rows.left_join(known, rows.post_code == known.level_of)
    agency = ibis.coalesce(found.agency_code, found.agency_name, "")
    title = agency.lower() + ibis.literal("|") + found.post.lower()
    return found.mutate(
        rank=ibis.coalesce(found.post_level, _rank(found.level)),
        day=later(found.decreed_on, found.from_on),
        government=government(found.region_code),
        who=ibis.coalesce(found.number_hash, found.name.lower()),
        holds=ibis.coalesce(found.post_code, title),
    ).drop("level_of", "post_level")


def later(first: DateColumn, second: DateColumn) -> Column:
    """The later of two days; the one that is known where the other is not."""
    import ibis

    return ibis.coalesce(ibis.ifelse(second > first, second, first), first, second)


def covered(found: Table) -> Column:
    """Whether the ban on replacing officials is about this post; null where that is not known."""
    import ibis

    leads_unit = found.post.lower().re_search(_UNIT_HEADS)
    by_rank = ibis.cases(
        (found.rank.isin(COVERED), True),
        (found.rank.isin(_NOT_COVERED), False),
        else_=ibis.null("boolean"),
    )
    functional = found.rank.isnull() | (found.rank == "functional")
    return ibis.ifelse(functional & leads_unit, True, by_rank)


def contests(facts: Facts) -> Table:
    """Contests for the head of a region: `governs`, `election` and its days."""
    rows = facts.table("contests")
    heads = rows.filter(rows.contest_kind.isin(HEADS))
    return heads.select(
        "election",
        "candidates_confirmed_on",
        "voting_on",
        "inaugurated_on",
        governs=heads.region_code,
    )


def months_from(day: DateColumn, months: int) -> Column:
    """The same day so many months later (or earlier), or the last day of that month."""
    import ibis

    shifted = (
        day + ibis.interval(months=months) if months > 0 else day - ibis.interval(months=-months)
    )
    return shifted.cast("date")


def consent(found: Table) -> Column:
    """The Minister's consent: given, late, refused, none; null where the data does not say.

    A number or a day without a word says that it was given. Given after the replacement is `late`.
    """
    import ibis

    shown = found.consent_number.notnull() | found.consented_on.notnull()
    word = ibis.ifelse(found.consent.isnull() & shown, "given", found.consent)
    return ibis.ifelse((word == "given") & (found.consented_on > found.day), "late", word)


def evidence(*parts: tuple[str, StringColumn]) -> Column:
    """Rows that a judgement rests on, each by its table; those that are not there are left out."""
    import ibis

    named = [ibis.literal(f"{table}:") + row for table, row in parts]
    return ibis.array(named).filter(lambda each: each.notnull())


def with_cases(found: Table, cases: Table) -> Table:
    """With `where_decided`, null where no case of this government was decided: where the data has
    none, nothing can be said of anybody."""
    named = cases.filter(cases.region_code.notnull())
    known = named.select(where_decided=government(named.region_code)).distinct()
    return found.left_join(known, found.government == known.where_decided)


def rows(found: Table, **columns: Any) -> Table:
    """Rows on decrees, one for each."""
    given = {"region_code": found.region_code, "since": found.day} | columns
    return _rows.rows(found, "appointment", "row_id", **given)


def _rank(written: StringColumn) -> Column:
    import ibis

    plain = written.lower().re_replace("[^a-z0-9]", "").re_replace("^(eselon|es)", "")
    branches = [(plain.isin(forms), rank) for rank, forms in _LEVELS.items()]
    return ibis.cases(*branches, else_=ibis.null("string"))


def government(region: StringColumn) -> Column:
    """The region whose head appoints: a district or village belongs to its regency or city."""
    return region.substr(0, 5)
