"""Seven indicators of possible fraud after Indonesia Corruption Watch.

Question:
    How high does a procurement score on the seven indicators that Indonesia Corruption Watch looks
    at: days from notice to award, contract against estimate, size, length of title and of
    description, a start in the last quarter, and a winner who keeps winning?
Why it matters:
    ICW built these seven from the procurement cases that it followed since 2004 and shows them on
    opentender.net, so officers and journalists know them. The value is the mean of the scores, 1 to
    5, of those indicators that the data allow; the others are shown as missing. ICW says itself
    that a high score does not mean that there was fraud. Steps that its page did not show us are
    ours; icw_pfa.yaml says which.
Innocent explanations:
    - A large or difficult package takes long and costs much without anything being wrong.
    - The estimate was exact, so that the contract lies close to it.
    - Budgets come late in the year, and much is bought in the last quarter everywhere.
    - Only one firm in the region does this work, so that it wins each time.
    - The title is short because the system cut it or the office writes short ones.
Law:
    - none: the score is a method of a civil society organisation, not of the law.

Tujuh indikator potensi kecurangan menurut Indonesia Corruption Watch.

Pertanyaan:
    Seberapa tinggi skor sebuah pengadaan pada tujuh indikator Indonesia Corruption Watch: lama dari
    pengumuman sampai penetapan, kontrak terhadap HPS, besar nilai, panjang judul dan uraian, mulai
    pada kuartal terakhir, dan pemenang yang berulang?
Mengapa penting:
    ICW menyusun ketujuhnya dari kasus pengadaan yang diikutinya sejak 2004 dan menayangkannya di
    opentender.net, sehingga dikenal oleh pejabat dan wartawan. Nilainya rata-rata skor, 1 sampai 5,
    dari indikator yang dimungkinkan oleh data; yang lain ditunjukkan sebagai tidak ada. ICW sendiri
    mengatakan bahwa skor tinggi tidak berarti telah terjadi kecurangan. Jenjang yang tidak tampak
    di halamannya adalah pilihan kami; icw_pfa.yaml menyebut yang mana.
Penjelasan yang wajar:
    - Paket besar atau sulit memang lama dan mahal tanpa ada yang keliru.
    - HPS-nya tepat, sehingga nilai kontrak mendekatinya.
    - Anggaran turun terlambat, dan di mana-mana banyak belanja jatuh pada kuartal terakhir.
    - Hanya satu perusahaan di wilayah itu yang mengerjakannya, sehingga selalu menang.
    - Judulnya pendek karena dipotong sistem atau karena kebiasaan kantor.
Hukum:
    - tidak ada: skor ini metode organisasi masyarakat sipil, bukan ketentuan hukum.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from timbang.law import yaml_file
from timbang.law.bilingual import Bilingual
from timbang.law.yaml_file import Yaml
from timbang.registry.phases import LEVELS
from timbang.signals.detector import Facts, Parameter, Values
from timbang.signals.detectors import _packages, _rows

if TYPE_CHECKING:
    from ibis.expr.types import IntegerValue, NumericValue, Table

FILE: Final = Path(__file__).with_name("icw_pfa.yaml")
VERSION: Final = 1
KIND: Final = "procurement"
SIGHT: Final = "public"
SUBJECTS: Final = ("procurement",)
READS: Final = _packages.READS
UNIT: Final = Bilingual("skor rata-rata (1 sampai 5)", "mean score (1 to 5)")
PARAMETERS: Final = (
    Parameter(
        "threshold",
        3.5,
        Bilingual("Skor rata-rata terendah yang ditandai", "Lowest mean score that is marked"),
        Bilingual(
            "pilihan kami: lebih dekat ke nilai tertinggi daripada ke tengah",
            "choice of ours: nearer to the highest score than to the middle",
        ),
    ),
    Parameter(
        "known",
        5,
        Bilingual("Indikator yang paling sedikit harus diketahui", "Indicators known at least"),
        Bilingual(
            "pilihan kami: rata-rata dari yang lebih sedikit lebih bercerita tentang data yang "
            "kosong daripada tentang pengadaannya",
            "choice of ours: a mean of fewer says more about gaps than about the procurement",
        ),
    ),
)
REASONS: Final = {
    "not_awarded": Bilingual("Pemenang tidak ada dalam data", "The data names no winner"),
    "too_little_known": Bilingual(
        "Terlalu sedikit indikator yang diketahui", "Too few of the indicators are known"
    ),
}
INDICATORS: Final = {
    "duration": Bilingual("Skor lama proses", "Score of the duration"),
    "discount": Bilingual("Skor kontrak terhadap HPS", "Score of contract against estimate"),
    "amount": Bilingual("Skor besar nilai", "Score of the size"),
    "title": Bilingual("Skor panjang judul", "Score of the length of the title"),
    "description": Bilingual("Skor panjang uraian", "Score of the length of the description"),
    "quarter": Bilingual("Skor kuartal terakhir", "Score of the last quarter"),
    "wins": Bilingual("Skor pemenang berulang", "Score of a winner who keeps winning"),
}
MEASURES: Final = {
    **INDICATORS,
    "known": Bilingual("Indikator yang diketahui", "Indicators that are known"),
    "missing": Bilingual("Indikator yang tidak diketahui", "Indicators that are missing"),
}


@dataclass(frozen=True, slots=True)
class Scale:
    """Steps of (below, score); the last one has no bound. `level` is one of LEVELS or "choice"."""

    steps: tuple[tuple[int | None, int], ...]
    level: str


@cache
def scales() -> Mapping[str, Scale]:
    """The scores of each indicator. Raises YamlError."""
    found = yaml_file.load(FILE).fields(("indicators",))["indicators"].fields(tuple(INDICATORS))
    return MappingProxyType({name: _scale(item) for name, item in found.items()})


def _scale(item: Yaml) -> Scale:
    found = item.fields(("level", "steps"))
    steps = [each.fields(("score",), ("below",)) for each in found["steps"].items()]
    return Scale(
        tuple(
            (step["below"].number() if "below" in step else None, step["score"].number())
            for step in steps
        ),
        found["level"].one_of((*LEVELS, "choice")),
    )


def find(facts: Facts, values: Values) -> Table:
    """One row a procurement; `value` is the mean score of the indicators that are known."""
    import ibis

    found = _packages.packages(facts)
    announced = found.tender_from.coalesce(found.released_on)
    found = found.mutate(
        announced_on=announced, won_in=found.awarded_on.coalesce(found.signed_on).year()
    )
    found = _with_wins(found)
    days = found.awarded_on.delta(found.announced_on, unit="day")
    share = (found.value - found.awarded) / found.value * 100.0
    scores = {
        "duration": _score("duration", ibis.ifelse(days >= 0, days, ibis.null("int64"))),
        "discount": _score("discount", share),
        "amount": _score("amount", found.awarded),
        "title": _score("title", found.title.length()),
        "description": _score("description", found.description.length()),
        "quarter": _score("quarter", found.announced_on.month()),
        "wins": _score("wins", found.won),
    }
    found = found.mutate(**{f"score_{name}": score for name, score in scores.items()})
    each = {name: found[f"score_{name}"] for name in INDICATORS}
    known, total = ibis.literal(0).cast("int64"), ibis.literal(0).cast("int64")
    missing = ibis.literal("")
    for name, score in each.items():
        known = known + score.notnull().cast("int64")
        total = total + score.fill_null(0)
        missing = missing + ibis.ifelse(score.isnull(), f"{name} ", "")
    found = found.mutate(known=known, total=total, missing=missing.strip().nullif(""))
    mean = found.total.cast("float64") / found.known.nullif(0).cast("float64")
    reason = ibis.cases(
        (found.awarded.isnull() & found.supplier.isnull(), "not_awarded"),
        (found.known < values["known"], "too_little_known"),
        else_=ibis.null("string"),
    )
    return _rows.rows(
        found, "procurement", "ocid",
        region_code=found.region_code, since=found.announced_on, until=found.awarded_on,
        reason=reason, flagged=mean >= values["threshold"], value=mean,
        evidence=ibis.array([ibis.literal("procurements:") + found.row_id]),
        known=found.known, missing=found.missing, **{name: found[f"score_{name}"] for name in each},
    )  # fmt: skip


def _with_wins(found: Table) -> Table:
    """`won`: how many packages of the buyer its supplier won in the same year."""
    told = found.filter(found.supplier.notnull() & found.won_in.notnull())
    wins = told.group_by("buyer_id", "supplier", "won_in").agg(wins=told.ocid.nunique())
    found = found.drop("won").left_join(wins, ["buyer_id", "supplier", "won_in"])
    return found.drop("buyer_id_right", "supplier_right", "won_in_right").rename(won="wins")


def _score(name: str, amount: NumericValue) -> IntegerValue:
    """The score of an amount on a scale; null where it is not known."""
    import ibis

    *steps, (_, last) = scales()[name].steps
    whole = amount.cast("float64")
    branches = [(whole < float(below), score) for below, score in steps if below is not None]
    score = ibis.cases(*branches, else_=last).cast("int64")
    return ibis.ifelse(whole.isnull(), ibis.null("int64"), score)
