"""Packages that stay below the limit of direct award one by one, and pass it together.

Question:
    Did a buyer award several like packages directly within a short time, each below the limit for
    direct award, that pass it together?
Why it matters:
    Above the limit a tender is due, and others may bid. A purchase that is cut into small packages
    never meets them. The rules on procurement forbid cutting up a package in order to avoid a
    tender (R055 of the red flags of the Open Contracting Partnership, 2024: several direct awards
    above or just below the competitive limit).
Innocent explanations:
    - The packages serve different activities or places and were budgeted apart, line by line.
    - The need came back, month by month, and could not be known at the start.
    - A general title, such as office supplies, covers different goods.
    - The region is cut up by islands or distance, and small local firms are meant to be served.
Law:
    - none: the law room holds no norm of procurement yet; the limits and where they stand are in
      r055.yaml, and most of them were not looked up in the text.

Paket-paket yang masing-masing di bawah batas pengadaan langsung, tetapi bersama melampauinya.

Pertanyaan:
    Apakah suatu satuan kerja mengadakan beberapa paket serupa secara langsung dalam waktu dekat,
    masing-masing di bawah batas pengadaan langsung, yang jumlahnya melampaui batas itu?
Mengapa penting:
    Di atas batas itu harus ada tender, dan pihak lain dapat menawar. Pembelian yang dipecah menjadi
    paket kecil tidak pernah bertemu pesaing. Aturan pengadaan melarang memecah paket untuk
    menghindari tender (R055 dalam daftar tanda bahaya Open Contracting Partnership, 2024: beberapa
    penunjukan langsung di atas atau sedikit di bawah batas persaingan).
Penjelasan yang wajar:
    - Paket-paket itu untuk kegiatan atau tempat yang berbeda dan dianggarkan terpisah.
    - Kebutuhannya datang berulang, bulan demi bulan, dan tidak dapat diketahui sejak awal.
    - Judul umum, misalnya alat tulis kantor, memuat barang yang berbeda-beda.
    - Wilayahnya terpencar oleh pulau atau jarak, dan usaha kecil setempat memang diutamakan.
Hukum:
    - tidak ada: belum ada norma pengadaan dalam ruang hukum; batas dan letaknya ada dalam
      r055.yaml, dan sebagian besar belum dicocokkan dengan naskahnya.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from timbang.law import yaml_file
from timbang.law.bilingual import Bilingual
from timbang.law.yaml_file import Yaml
from timbang.registry.phases import LEVELS
from timbang.signals.detector import Facts, Parameter, Values
from timbang.signals.detectors import _packages, _text

if TYPE_CHECKING:
    from ibis.expr.types import BooleanValue, NumericValue, StringValue, Table

FILE: Final = Path(__file__).with_name("r055.yaml")
VERSION: Final = 1
KIND: Final = "procurement"
SIGHT: Final = "public"
SUBJECTS: Final = ("packages",)
READS: Final = _packages.READS
UNIT: Final = Bilingual("kali batas", "times the limit")
PARAMETERS: Final = (
    Parameter(
        "days",
        30,
        Bilingual("Panjang jendela waktu (hari)", "Length of the window of time (days)"),
        Bilingual(
            "pilihan kami: sebulan, langkah yang lazim dalam membeli dan membayar",
            "choice of ours: a month, the usual step of buying and of paying",
        ),
    ),
    Parameter(
        "packages",
        3,
        Bilingual("Jumlah paket paling sedikit", "Packages at least"),
        Bilingual(
            "pilihan kami: dua pembelian serupa dalam sebulan itu biasa, tiga yang melampaui "
            "batas kurang biasa",
            "choice of ours: two like purchases in a month are common, three that pass the "
            "limit less",
        ),
    ),
    Parameter(
        "near",
        0.25,
        Bilingual(
            "Bagian dari batas sejak mana sebuah paket dihitung",
            "Share of the limit from which a package counts",
        ),
        Bilingual(
            "pilihan kami: pembelian di bawah seperempat batas adalah kebutuhan sehari-hari",
            "choice of ours: purchases below a quarter of the limit are daily needs",
        ),
    ),
)
REASONS: Final = {
    "no_day": Bilingual("Tanggal tidak diketahui", "No day is known"),
    "no_amount": Bilingual("Nilai tidak diketahui", "No value is known"),
    "no_limit": Bilingual(
        "Batas yang berlaku tidak diketahui (jenis, waktu, atau aturan khusus wilayah)",
        "The limit in force is not known (category, time, or a rule of the region's own)",
    ),
}
MEASURES: Final = {
    "buyer": Bilingual("Pembeli", "Buyer"),
    "alike": Bilingual("Penyedia atau judul yang sama", "The same supplier or title"),
    "route": Bilingual("Sama menurut", "Alike by"),
    "packages": Bilingual("Jumlah paket", "Packages"),
    "total": Bilingual("Jumlah nilai (rupiah)", "Sum of values (rupiah)"),
    "most": Bilingual("Batas (rupiah)", "Limit (rupiah)"),
}


@dataclass(frozen=True, slots=True)
class Limit:
    """Limits in rupiah from a day on; `works` is `general` where works do not differ."""

    from_on: date
    instrument: str
    at: str
    general: int
    works: int
    consultancy: int
    level: str
    source: str


@dataclass(frozen=True, slots=True)
class Apart:
    """Regions (codes of provinces) where from a day on another rule holds, which is not known."""

    regions: tuple[str, ...]
    from_on: date
    instrument: str


@cache
def limits() -> tuple[Limit, ...]:
    """The limits, oldest first. Raises YamlError."""
    return tuple(_limit(item) for item in _file()["limits"].items())


@cache
def apart() -> tuple[Apart, ...]:
    """Where they do not hold. Raises YamlError."""
    return tuple(_apart(item) for item in _file()["except"].items())


def _file() -> dict[str, Yaml]:
    return dict(yaml_file.load(FILE).fields(("limits", "except")))


def _limit(item: Yaml) -> Limit:
    found = item.fields(
        ("from_on", "instrument", "at", "general", "consultancy", "level", "source"), ("works",)
    )
    return Limit(
        from_on=found["from_on"].day(),
        instrument=found["instrument"].text(),
        at=found["at"].text(),
        general=found["general"].number(),
        works=found.get("works", found["general"]).number(),
        consultancy=found["consultancy"].number(),
        level=found["level"].one_of(LEVELS),
        source=found["source"].text(),
    )


def _apart(item: Yaml) -> Apart:
    found = item.fields(("regions", "from_on", "instrument", "level", "source"))
    found["level"].one_of(LEVELS)
    return Apart(found["regions"].texts(), found["from_on"].day(), found["instrument"].text())


def find(facts: Facts, values: Values) -> Table:
    """One row for each group of direct packages that are alike: same buyer and category, and the
    same supplier or, apart from that, the same title.

    Judged is the window of `days` days with the largest sum; `value` is that sum divided by the
    limit on the last day of the window. The value of a package is what was awarded, else the
    estimate, else the budget; zero is no value.
    """
    import ibis

    alike = _alike(_direct(facts))
    judged = _windows(alike.filter(alike.usable & _counts(alike, values)), values)
    groups = alike.group_by("group").agg(
        region_code=alike.region_code.max(),
        buyer=alike.buyer_id.max(),
        route=alike.route.max(),
        alike=alike.key.max(),
        first_on=alike.day.min(),
        last_on=alike.day.max(),
        days=alike.day.count(),
        amounts=alike.amount.count(),
        usable=alike.usable.sum(),
    )
    found = groups.left_join(judged, "group").drop("group_right")
    unjudged = ibis.cases(
        (found.days == 0, "no_day"),
        (found.amounts == 0, "no_amount"),
        (found.usable.fill_null(0) == 0, "no_limit"),
        else_=ibis.null("string"),
    )
    passes = (found.packages >= values["packages"]) & (found.total > found.most)
    flagged = ibis.ifelse(unjudged.isnull(), passes.fill_null(False), ibis.null("boolean"))
    return found.select(
        subject_kind=ibis.literal("packages"),
        subject=found.group,
        region_code=found.region_code,
        since=found.window_from.coalesce(found.first_on),
        until=found.window_until.coalesce(found.last_on),
        flagged=flagged,
        value=ibis.ifelse(flagged, found.total / found.most, ibis.null("float64")),
        reason=unjudged,
        evidence=found.evidence,
        buyer=found.buyer,
        alike=found.alike,
        route=found.route,
        packages=found.packages,
        total=found.total,
        most=found.most,
    )


def _direct(facts: Facts) -> Table:
    """Direct awards, one row each, with day, value and limit."""
    import ibis

    found = _packages.packages(facts)
    details = found.method_details.lower()
    is_direct = ibis.ifelse(
        details.isnull(), found.method == "direct", details.contains("pengadaan langsung")
    )
    found = found.filter(is_direct.fill_null(False) & found.buyer_id.notnull())
    found = found.mutate(
        day=found.awarded_on.coalesce(found.released_on, found.tender_from),
        amount=found.awarded.coalesce(found.value, found.budget),
        kind=_kind(found.category, found.title),
    )
    return found.mutate(most=_limit_on(found))


def _kind(category: StringValue, title: StringValue) -> StringValue:
    """Which limit holds for a category: works, consultancy, general, or null."""
    import ibis

    written, named = category.lower(), title.lower()
    consultancy = written.contains("konsult") | written.contains("consult")
    works = written.contains("works") | written.contains("konstruksi")
    services = written.contains("services") | written.contains("jasa")
    goods = written.contains("goods") | written.contains("barang")
    titled = named.contains("konsultan") | named.contains("konsultansi")
    return ibis.cases(
        (consultancy | (services & titled), "consultancy"),
        (works, "works"),
        (services | goods, "general"),
        else_=ibis.null("string"),
    )


def _limit_on(found: Table) -> NumericValue:
    """The limit in rupiah on the day of a package; null where it is not known."""
    import ibis

    limit: NumericValue = ibis.null("float64")
    for each in limits():
        by_kind = ibis.cases(
            (found.kind == "consultancy", float(each.consultancy)),
            (found.kind == "works", float(each.works)),
            (found.kind == "general", float(each.general)),
            else_=ibis.null("float64"),
        )
        limit = ibis.ifelse(found.day >= ibis.literal(each.from_on), by_kind, limit)
    for held in _held_apart(found):
        limit = ibis.ifelse(held, ibis.null("float64"), limit)
    return limit


def _held_apart(found: Table) -> Iterator[BooleanValue]:
    import ibis

    province = found.region_code.substr(0, 2)
    for each in apart():
        held = province.isin(each.regions) & (found.day >= ibis.literal(each.from_on))
        yield held.fill_null(False)


def _alike(found: Table) -> Table:
    """Each package in its groups: by supplier where there is one, and by title."""
    import ibis

    titled = _text.title(found.title)
    titles = found.filter(titled.length() > 0).mutate(route=ibis.literal("title"), key=titled)
    suppliers = found.filter(found.supplier.notnull())
    suppliers = suppliers.mutate(route=ibis.literal("supplier"), key=suppliers.supplier)
    columns = ["buyer_id", "region_code", "category", "route", "key", "day", "amount", "most"]
    both = titles.select(*columns, "ocid", "row_id").union(
        suppliers.select(*columns, "ocid", "row_id")
    )
    parts = (
        both.region_code.fill_null("?"),
        both.buyer_id,
        both.category.fill_null("?"),
        both.route,
        both.key,
    )
    return both.mutate(
        group=ibis.literal(" / ").join(parts),
        usable=both.day.notnull() & both.amount.notnull() & both.most.notnull(),
    )


def _counts(alike: Table, values: Values) -> BooleanValue:
    """Below the limit, and not so small that it cannot have been about the limit."""
    near = alike.most * values["near"]
    return ((alike.amount <= alike.most) & (alike.amount >= near)).fill_null(False)


def _windows(alike: Table, values: Values) -> Table:
    """Of each group the window with the largest sum; of equal ones the last."""
    import ibis

    first = ibis.date("2000-01-01")
    numbered = alike.mutate(number=alike.day.delta(first, unit="day").cast("int64"))
    reach = values["days"] - 1
    window = ibis.window(group_by="group", order_by="number", range=(-reach, 0))
    summed = numbered.mutate(
        total=numbered.amount.sum().over(window),
        packages=numbered.ocid.count().over(window),
    )
    order = [ibis.desc(summed.total), ibis.desc(summed.number), summed.row_id]
    ranked = summed.mutate(
        place=ibis.row_number().over(ibis.window(group_by=summed.group, order_by=order))
    )
    best = ranked.filter(ranked.place == 0)
    best = best.select("group", "total", "packages", "most", until="number")
    inside = numbered.join(best.select("group", "until"), "group")
    inside = inside.filter(
        (inside.number <= inside.until) & (inside.number >= inside.until - reach)
    )
    rows = inside.group_by("group").agg(
        window_from=inside.day.min(),
        window_until=inside.day.max(),
        evidence=(ibis.literal("procurements:") + inside.row_id).collect(),
    )
    return best.drop("until").join(rows, "group")
