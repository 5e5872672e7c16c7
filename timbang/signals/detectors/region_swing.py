"""One region's account swings in the year of an election.

Question:
    Did an account of a region move unusually in the year in which its head was elected, or in the
    year before, beside its own other years and the move of its neighbours?
Why it matters:
    The average over many regions hides the single one that acts. The move is the logarithm of the
    amount less the median of the region's other years without an election at hand (none in that
    year, the next or the last); the value is how far it lies from the median move of the neighbours
    in that year, in robust standard deviations (median absolute deviation; marked from 3.5 on,
    Iglewicz and Hoaglin 1993), with its sign.
    Neighbours are the other regions of the province, those without an election first; where too few
    have none, all of them, and the row says so. Grants (hibah) pay for the election itself and are
    judged only where the data name that line.
Innocent explanations:
    - One building, a hospital or a road, was paid for in that year and had been planned before.
    - The region received earmarked money from the centre or from the province.
    - A disaster, or a change of how accounts are cut, moved money from one line to another.
    - The figure was typed or read wrongly, or stands for part of the year.
Law:
    - none: a swing is not a breach; what a head may do with programmes before a vote is another
      norm (uu_10_2016/71(3)) and needs facts of the single case.

Mata anggaran satu daerah berayun pada tahun pemilihan.

Pertanyaan:
    Apakah suatu mata anggaran daerah bergerak tidak biasa pada tahun kepala daerahnya dipilih, atau
    setahun sebelumnya, dibandingkan dengan tahun lainnya dan dengan gerak tetangganya?
Mengapa penting:
    Rata-rata banyak daerah menutupi satu daerah yang bertindak. Geraknya adalah logaritma nilai
    dikurangi median tahun lain daerah itu yang jauh dari pemilihan (tidak ada pada tahun itu,
    tahun berikutnya, atau tahun sebelumnya); nilainya jarak dari median gerak tetangga pada tahun
    itu, dalam simpangan baku yang tahan pencilan (simpangan mutlak median; ditandai mulai 3,5,
    Iglewicz dan Hoaglin 1993), dengan tandanya. Tetangga adalah daerah lain dalam provinsi, lebih
    dulu yang tanpa pemilihan; bila terlalu sedikit, semuanya, dan barisnya menyebutkan itu. Hibah
    membiayai pemilihan itu sendiri dan dinilai hanya bila data menyebut barisnya.
Penjelasan yang wajar:
    - Satu bangunan, rumah sakit, atau jalan dibayar pada tahun itu dan sudah lama direncanakan.
    - Daerah itu menerima dana yang ditentukan penggunaannya dari pusat atau provinsi.
    - Bencana atau perubahan susunan akun memindahkan uang dari satu baris ke baris lain.
    - Angkanya salah ketik atau salah baca, atau hanya untuk sebagian tahun.
Hukum:
    - tidak ada: ayunan bukan pelanggaran; apa yang boleh dilakukan kepala daerah dengan program
      sebelum pemungutan suara adalah norma lain (uu_10_2016/71(3)) dan perlu fakta kasusnya.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import Facts, Parameter, Values
from timbang.signals.detectors import _budgets

if TYPE_CHECKING:
    from ibis.expr.types import Table
VERSION: Final = 2
KIND: Final = "budget"
SIGHT: Final = "public"
SUBJECTS: Final = ("account",)
READS: Final = _budgets.READS
UNIT: Final = Bilingual("simpangan baku tahan pencilan", "robust standard deviations")
PARAMETERS: Final = (
    _budgets.ACCOUNTS,
    _budgets.FIGURE,
    Parameter(
        "far",
        3.5,
        Bilingual("Jarak terkecil yang ditandai", "Smallest distance that is marked"),
        Bilingual(
            "Iglewicz dan Hoaglin 1993, How to detect and handle outliers: 3,5",
            "Iglewicz and Hoaglin 1993, How to detect and handle outliers: 3.5",
        ),
    ),
    Parameter(
        "swing",
        0.25,
        Bilingual("Gerak terkecil yang ditandai", "Smallest move that is marked"),
        Bilingual(
            "pilihan kami: di mana tetangga bergerak serupa, langkah kecil pun tampak jauh dan "
            "tidak banyak berarti",
            "choice of ours: where neighbours move alike, a small step lies far off and means "
            "little",
        ),
    ),
    Parameter(
        "neighbours",
        5,
        Bilingual("Tetangga paling sedikit", "Neighbours at least"),
        Bilingual(
            "pilihan kami: dari yang lebih sedikit, median dan simpangannya tidak banyak berarti",
            "choice of ours: of fewer, a median and its deviation tell little",
        ),
    ),
    Parameter(
        "years",
        2,
        Bilingual("Tahun sendiri yang lain paling sedikit", "Other years of its own at least"),
        Bilingual(
            "pilihan kami: satu tahun saja dapat kebetulan ganjil",
            "choice of ours: one year alone may be the odd one",
        ),
    ),
)
REASONS: Final = {
    "no_amount": Bilingual("Nilai tidak ada atau nol", "The amount is missing or zero"),
    "election_grant": Bilingual(
        "Hibah untuk pemilihan itu sendiri tidak disebut terpisah dalam data",
        "The data does not name the grant for the election itself",
    ),
    "no_own_years": Bilingual(
        "Terlalu sedikit tahun lain tanpa pemilihan", "Too few other years without an election"
    ),
    "few_neighbours": Bilingual(
        "Terlalu sedikit tetangga yang dapat dibandingkan", "Too few neighbours to compare with"
    ),
    "no_spread": Bilingual(
        "Separuh tetangga bergerak tepat sama", "Half of the neighbours moved exactly alike"
    ),
}
MEASURES: Final = {
    "account": Bilingual("Mata anggaran", "Account"),
    "year": Bilingual("Tahun", "Year"),
    "phase": Bilingual("Tahun: before (sebelum), in (pemilihan)", "Year: before, in"),
    "amount": Bilingual("Nilai (rupiah)", "Amount (rupiah)"),
    "usual": Bilingual("Nilai biasa daerah itu (rupiah)", "Usual amount of the region (rupiah)"),
    "share": Bilingual("Gerak sendiri (bagian)", "Own move (share)"),
    "neighbours_share": Bilingual(
        "Gerak median tetangga (bagian)", "Neighbours' median move (share)"
    ),
    "neighbours": Bilingual("Jumlah tetangga", "Number of neighbours"),
    "neighbours_voting": Bilingual(
        "Di antaranya dengan pemilihan tahun itu atau berikutnya",
        "Of these with an election in that year or the next",
    ),
    "whole_rise": Bilingual(
        "Seluruh kenaikan hibah (rupiah), termasuk biaya pemilihan: batas, bukan penilaian",
        "Whole rise of grants (rupiah), the election's own cost included: a bound, not a judgement",
    ),
}
_SCALE: Final = 1.4826  # makes the median absolute deviation that of a normal distribution


def find(facts: Facts, values: Values) -> Table:
    """One row for each region and account in the year of its election and the year before;
    `value` is the distance from the neighbours' median move, with its sign."""
    import ibis

    told = _moves(_budgets.panel(facts, values), values)
    voting = told.filter(told.near_vote)
    beside = _beside(told, voting, values)
    found = voting.left_join(beside, ["region_code", "account_code", "year"])
    spread = found.deviation * _SCALE
    far = (found.move - found.centre) / spread.nullif(0.0)
    reason = ibis.cases(
        (found.grant_unknown, "election_grant"),
        (found.logarithm.isnull(), "no_amount"),
        (found.years.fill_null(0) < values["years"], "no_own_years"),
        (found.others.fill_null(0) < values["neighbours"], "few_neighbours"),
        (spread == 0, "no_spread"),
        else_=ibis.null("string"),
    )
    judged = reason.isnull()
    nothing = ibis.null("float64")
    apart = (found.move.exp() - found.centre.exp()).abs()
    flagged = (far.abs() >= values["far"]) & (apart >= values["swing"])
    unnamed = reason == "election_grant"
    parts = (found.region_code, found.account_code, found.year.cast("string"))
    return found.select(
        "region_code", "phase", "amount",
        subject_kind=ibis.literal("account"),
        subject=ibis.literal(" / ").join(parts),
        since=ibis.date(found.year.cast("int32"), 1, 1),
        until=ibis.date(found.year.cast("int32"), 12, 31),
        flagged=ibis.ifelse(judged, flagged, ibis.null("boolean")),
        value=ibis.ifelse(judged, far, nothing),
        reason=reason,
        evidence=found.rows.concat(ibis.array([ibis.literal("budgets:") + found.row])),
        account=found.account_code,
        year=found.year,
        usual=found.usual.exp(),
        share=ibis.ifelse(judged, found.move.exp() - 1.0, nothing),
        neighbours_share=ibis.ifelse(judged, found.centre.exp() - 1.0, nothing),
        neighbours=found.others,
        neighbours_voting=found.others_voting,
        whole_rise=ibis.ifelse(unnamed, found.amount_with_grant - found.usual.exp(), nothing),
    )  # fmt: skip


def _moves(panel: Table, values: Values) -> Table:
    """The panel with `usual`, the median logarithm of the region's other quiet years, `years`, how
    many those are, `rows` of theirs, and `move`, how far the year lies above it."""
    import ibis

    keys = ("region_code", "account_code", "year")
    told = panel.filter(panel.held.notnull())
    logarithm = ibis.ifelse(told.amount > 0, told.amount, ibis.null("float64")).ln()
    told = told.mutate(
        logarithm=logarithm,
        near_vote=told.held | told.before,
        phase=ibis.ifelse(told.held, "in", "before"),
    )
    quiet = told.filter(~told.near_vote & ~told.after & told.logarithm.notnull())
    quiet = quiet.select(
        "region_code", "account_code", then="year", of_then="logarithm", row_then="row"
    )
    pairs = told.select(*keys).join(quiet, ["region_code", "account_code"])
    pairs = pairs.filter(pairs.year != pairs.then)
    usual = _budgets.median(pairs, keys, "of_then", "usual")
    proof = pairs.group_by(*keys).agg(
        rows=(ibis.literal("budgets:") + pairs.row_then).collect(), years=pairs.then.nunique()
    )
    found = _joined(_joined(told, usual, keys), proof, keys)
    enough = found.years >= values["years"]
    return found.mutate(
        move=ibis.ifelse(enough, found.logarithm - found.usual, ibis.null("float64"))
    )


def _beside(told: Table, voting: Table, values: Values) -> Table:
    """Of each voting region: median and median absolute deviation of its neighbours' moves."""
    import ibis

    keys = ("region_code", "account_code", "year")
    others = told.filter(told.move.notnull()).select(
        "province", "account_code", "year",
        other="region_code", other_move="move", other_voting="near_vote",
    )  # fmt: skip
    pairs = voting.select(*keys, "province").join(others, ["province", "account_code", "year"])
    pairs = pairs.filter(pairs.region_code != pairs.other)
    quiet = pairs.group_by(*keys).agg(quiet=pairs.other.nunique(where=~pairs.other_voting))
    pairs = _joined(pairs, quiet, keys)
    pairs = pairs.filter(~pairs.other_voting | (pairs.quiet < values["neighbours"]))
    centre = _budgets.median(pairs, keys, "other_move", "centre")
    pairs = _joined(pairs, centre, keys)
    pairs = pairs.mutate(away=(pairs.other_move - pairs.centre).abs())
    deviation = _budgets.median(pairs, keys, "away", "deviation")
    counted = pairs.group_by(*keys).agg(
        others=pairs.other.nunique(), others_voting=pairs.other.nunique(where=pairs.other_voting)
    )
    found = _joined(_joined(counted, centre, keys), deviation, keys)
    return found.mutate(others_voting=ibis.coalesce(found.others_voting, 0))


def _joined(left: Table, right: Table, keys: tuple[str, ...]) -> Table:
    return left.left_join(right, list(keys)).drop(*(f"{key}_right" for key in keys))
