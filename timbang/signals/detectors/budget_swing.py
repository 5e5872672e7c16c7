"""Budgets swing around the election of the region's head.

Question:
    Does an account rise or fall in the years around the election of the region's head, beside the
    same regions in other years and their neighbours in the same year?
Why it matters:
    Money that moves with the election and not with the need may buy thanks. Compared are regions
    of one province in one year, those with an election of their own head and those without
    (difference in differences of logarithms; the value is the share by which the account moves:
    0.2 is a fifth more, -0.2 a fifth less). Which region votes when was fixed by law years ahead,
    so the regions without an election show what would have been. The election itself is paid for
    by a grant (hibah) of the region to its election commission and its supervisor: grants of these
    years are judged only where the data name that line, and otherwise their whole rise stands
    beside as a bound, of which an unknown part is the election's own cost.
Innocent explanations:
    - The election itself costs money: grants, goods and services and security rise with it.
    - Programmes follow the five-year plan of the head, which begins and ends with the election.
    - A new law, a disaster or a pandemic met the regions that voted more than the others.
    - The regions that vote together differ from the others in more than the election.
Law:
    - none: a swing is not a breach; what a head may do with programmes before a vote is another
      norm (uu_10_2016/71(3)) and needs facts of the single case.

Anggaran berayun di sekitar pemilihan kepala daerah.

Pertanyaan:
    Apakah suatu mata anggaran naik atau turun pada tahun-tahun sekitar pemilihan kepala daerah,
    dibandingkan dengan daerah itu pada tahun lain dan dengan tetangganya pada tahun yang sama?
Mengapa penting:
    Uang yang bergerak mengikuti pemilihan, bukan kebutuhan, dapat membeli balas budi. Yang
    dibandingkan daerah dalam satu provinsi pada satu tahun, yang memilih kepala daerahnya dan yang
    tidak (selisih dari selisih logaritma; nilainya bagian geraknya: 0,2 berarti seperlima lebih
    banyak, -0,2 seperlima lebih sedikit). Daerah mana memilih kapan telah diatur undang-undang
    jauh sebelumnya, sehingga daerah tanpa pemilihan menunjukkan keadaan tanpa pemilihan. Pemilihan
    sendiri dibiayai hibah daerah kepada KPU dan Bawaslu: hibah pada tahun-tahun itu dinilai hanya
    bila data menyebut barisnya; bila tidak, seluruh kenaikannya ditunjukkan sebagai batas, yang
    sebagian, entah berapa, adalah biaya pemilihan itu sendiri.
Penjelasan yang wajar:
    - Pemilihan sendiri butuh biaya: hibah, barang dan jasa, dan pengamanan ikut naik.
    - Program mengikuti rencana lima tahunan kepala daerah, yang mulai dan berakhir bersamanya.
    - Undang-undang baru, bencana, atau pandemi lebih mengenai daerah yang memilih.
    - Daerah yang memilih bersama berbeda dari yang lain bukan hanya karena pemilihan.
Hukum:
    - tidak ada: ayunan bukan pelanggaran; apa yang boleh dilakukan kepala daerah dengan program
      sebelum pemungutan suara adalah norma lain (uu_10_2016/71(3)) dan perlu fakta kasusnya.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import Facts, Parameter, Values
from timbang.signals.detectors import _budgets

if TYPE_CHECKING:
    import pyarrow as pa
    from ibis.expr.types import Table

    from timbang.signals.statistics.estimate import Estimate
VERSION: Final = 1
KIND: Final = "budget"
SIGHT: Final = "public"
SUBJECTS: Final = ("account",)
READS: Final = _budgets.READS
UNIT: Final = Bilingual("bagian lebih banyak atau lebih sedikit", "share more or less")
PARAMETERS: Final = (
    _budgets.ACCOUNTS,
    _budgets.FIGURE,
    Parameter(
        "swing",
        0.1,
        Bilingual("Ayunan terkecil yang ditandai", "Smallest swing that is marked"),
        Bilingual(
            "pilihan kami: kurang dari sepersepuluh tidak tampak di antara perubahan anggaran "
            "mana pun",
            "choice of ours: less than a tenth is lost among the changes of any budget",
        ),
    ),
)
REASONS: Final = {
    "no_comparison": Bilingual(
        "Tidak cukup daerah dengan dan tanpa pemilihan pada tahun yang sama dalam satu provinsi",
        "Not enough regions with and without an election in the same year in one province",
    ),
    "election_grant": Bilingual(
        "Hibah untuk pemilihan itu sendiri tidak disebut terpisah dalam data",
        "The data does not name the grant for the election itself",
    ),
}
MEASURES: Final = {
    "account": Bilingual("Mata anggaran", "Account"),
    "phase": Bilingual(
        "Tahun: before (sebelum), in (pemilihan), after (sesudah)",
        "Year: before, in (of the election), after",
    ),
    "low": Bilingual("Batas bawah 95 %", "Lower bound 95 %"),
    "high": Bilingual("Batas atas 95 %", "Upper bound 95 %"),
    "regions_with": Bilingual("Daerah dengan pemilihan", "Regions with the election"),
    "regions_beside": Bilingual("Daerah pembanding", "Regions beside them"),
    "whole_rise": Bilingual(
        "Seluruh gerak hibah, termasuk biaya pemilihan: batas, bukan penilaian",
        "Whole move of grants, the election's own cost included: a bound, not a judgement",
    ),
    "whole_low": Bilingual("Batas bawah 95 % dari seluruh gerak", "Lower bound of the whole move"),
    "whole_high": Bilingual("Batas atas 95 % dari seluruh gerak", "Upper bound of the whole move"),
}


def find(facts: Facts, values: Values) -> Table:
    """One row for each account and phase; a lead where the interval leaves zero on one side and the
    swing is large enough, in either direction.

    The expression makes the panel; least squares is `signals.difference`, on its rows.
    """
    import ibis

    told = _budgets.panel(facts, values)
    told = told.filter(told.held.notnull())
    rows = told.order_by("account_code", "region_code", "year").to_pyarrow()
    made = _table(list(_judged(rows)))
    judged = ibis.memtable(made)
    proof = told.filter(told.amount > 0).select("account_code", "held", "before", "after", "row")
    proof = proof.mutate(phase=_phase(proof))
    proof = proof.filter(proof.phase.notnull())
    proof = proof.group_by("account_code", "phase").agg(
        evidence=(ibis.literal("budgets:") + proof.row).collect()
    )
    found = judged.left_join(proof, [judged.account == proof.account_code, "phase"])
    known = found.reason == ""
    nothing = ibis.null("float64")
    swings = (found.low > 0) | (found.high < 0)
    large = found.value.abs() >= values["swing"]
    return found.select(
        "subject_kind", "subject", "account", "phase",
        region_code=ibis.null("string"),
        since=found.first_on,
        until=found.last_on,
        flagged=ibis.ifelse(known, swings & large, ibis.null("boolean")),
        value=ibis.ifelse(known, found.value, nothing),
        reason=found.reason.nullif(""),
        evidence=found.evidence,
        low=ibis.ifelse(known, found.low, nothing),
        high=ibis.ifelse(known, found.high, nothing),
        regions_with=found.regions_with,
        regions_beside=found.regions_beside,
        **{
            name: ibis.ifelse(found.bounded, found[name], nothing)
            for name in ("whole_rise", "whole_low", "whole_high")
        },
    )  # fmt: skip


def _phase(rows: Table) -> Any:
    import ibis

    return ibis.cases(
        (rows.held, "in"), (rows.before, "before"), (rows.after, "after"),
        else_=ibis.null("string"),
    )  # fmt: skip


def _judged(rows: pa.Table) -> Iterator[dict[str, Any]]:
    """Each account and phase, judged; texts and numbers only, nothing null."""
    for account in sorted(set(rows["account_code"].to_pylist())):
        own = [row for row in rows.to_pylist() if row["account_code"] == account]
        net = _effects(own, "amount")
        whole = _effects(own, "amount_with_grant") if account == _budgets.GRANT else {}
        for phase in _budgets.PHASES:
            unnamed = any(row["grant_unknown"] and _is(row, phase) for row in own)
            hidden = unnamed and not net[phase].known
            yield _row(account, phase, own, net[phase], whole.get(phase), hidden=hidden)


def _is(row: dict[str, Any], phase: str) -> bool:
    return bool(row["held" if phase == "in" else phase])


def _effects(own: list[dict[str, Any]], amount: str) -> dict[str, Estimate]:
    import math

    from timbang.signals import difference

    told = [row for row in own if row[amount] is not None and row[amount] > 0]
    return difference.effects(
        [row["region_code"] for row in told],
        [f"{row['province']}/{row['year']}" for row in told],
        [math.log(row[amount]) for row in told],
        {phase: [_is(row, phase) for row in told] for phase in _budgets.PHASES},
    )


def _row(
    account: str,
    phase: str,
    own: list[dict[str, Any]],
    net: Estimate,
    whole: Estimate | None,
    *,
    hidden: bool,
) -> dict[str, Any]:
    reason = "election_grant" if hidden else "" if net.known else "no_comparison"
    years = [row["year"] for row in own]
    sizes = whole.sizes if whole is not None and hidden else net.sizes
    return {
        "subject_kind": "account",
        "subject": f"{account} / {phase}",
        "account": account,
        "phase": phase,
        "first_on": date(min(years), 1, 1),
        "last_on": date(max(years), 12, 31),
        "reason": reason,
        "value": _share(net.effect),
        "low": _share(net.low),
        "high": _share(net.high),
        "regions_with": int(sizes["units_with"]),
        "regions_beside": int(sizes["units_beside"]),
        "bounded": bool(hidden and whole is not None and whole.known),
        "whole_rise": _share(whole.effect if whole else None),
        "whole_low": _share(whole.low if whole else None),
        "whole_high": _share(whole.high if whole else None),
    }


def _share(logarithm: float | None) -> float:
    """From a difference of logarithms to a share; 0 stands for "not known" and is never shown."""
    import math

    return math.expm1(logarithm) if logarithm is not None else 0.0


def _table(rows: list[dict[str, Any]]) -> pa.Table:
    import pyarrow as pa

    numbers = ("value", "low", "high", "whole_rise", "whole_low", "whole_high")
    shape = pa.schema(
        [(name, pa.string()) for name in ("subject_kind", "subject", "account", "phase", "reason")]
        + [(name, pa.date32()) for name in ("first_on", "last_on")]
        + [(name, pa.int64()) for name in ("regions_with", "regions_beside")]
        + [(name, pa.float64()) for name in numbers]
        + [("bounded", pa.bool_())]
    )
    return pa.Table.from_pylist(rows, schema=shape)
