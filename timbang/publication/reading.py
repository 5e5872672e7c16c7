"""The published figures as tables: made of one release's cells and of nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from timbang.accounts.models import Organ
from timbang.law.service import DUTIES, REMEDY_STATES, SATISFACTION
from timbang.publication import suppress, wording
from timbang.publication.chart import Chart, bar_chart, months_between
from timbang.publication.models import Release, Subject
from timbang.registry.models import Region

MONTHS_IN_CHART = 12


@dataclass(frozen=True)
class Line:
    """A row of a table with one column of figures."""

    label: str
    at_least: int


@dataclass(frozen=True)
class OrganLine:
    """A row of the table by office: received, each state in order, with a lapsed term.

    None where no figure is shown."""

    label: str
    received: int | None
    states: tuple[int | None, ...]
    lapsed: int | None


@dataclass(frozen=True)
class SpreadLine:
    """What was imposed on one norm, light to heavy, in words."""

    norm: str
    least: str
    quarter: str
    median: str
    three_quarters: str
    most: str


@dataclass(frozen=True)
class Figures:
    """All tables of one subject. Each table stands alone: no two of them need add up."""

    subject: str
    name: str
    all_label: str
    organ_states: tuple[str, ...]
    organs: tuple[OrganLine, ...]
    provinces: tuple[Line, ...]
    months: tuple[Line, ...]
    states: tuple[Line, ...]
    conducts: tuple[Line, ...]
    times: tuple[Line, ...]
    # sanctions by norm, then by norm and level; of cases only
    sanctions: tuple[Line, ...]
    sanction_levels: tuple[Line, ...]
    # complaints about services, of cases; how content people are, of reports
    duties: tuple[Line, ...]
    duty_conducts: tuple[Line, ...]
    remedies: tuple[Line, ...]
    satisfied: tuple[Line, ...]
    # by norm and kind, and how far apart those of one norm lie
    sanction_provinces: tuple[Line, ...]
    sanction_kinds: tuple[Line, ...]
    spreads: tuple[SpreadLine, ...]
    median: str
    chart: Chart | None

    @property
    def empty(self) -> bool:
        lines = (self.organs, self.provinces, self.months, self.states, self.conducts, self.times,
                 self.sanctions, self.duties, self.satisfied)  # fmt: skip
        return not any(lines)


Tables = Mapping[str, Mapping[tuple[str, str], int]]


def latest() -> Release | None:
    return Release.objects.first()


def figures(release: Release) -> list[Figures]:
    """The tables of reports and those of cases."""
    by_subject: dict[str, dict[str, dict[tuple[str, str], int]]] = {}
    for cell in release.cells.all():
        table = by_subject.setdefault(cell.subject, {}).setdefault(cell.table, {})
        table[cell.first, cell.second] = cell.at_least
    return [_figures(subject.value, by_subject.get(subject, {})) for subject in Subject]


def _figures(subject: str, tables: Tables) -> Figures:
    states = wording.STATES[subject]
    shown_states = {second for _, second in tables.get("organ_state", {})}
    organ_states = tuple(code for code in states if code in shown_states)
    times = _one(tables, "time")
    months = _one(tables, "month")
    return Figures(
        subject=subject,
        name=str(wording.SUBJECTS[subject]),
        all_label=wording.state(subject, "received"),
        organ_states=tuple(wording.state(subject, code) for code in organ_states),
        organs=tuple(_organs(tables, organ_states)),
        provinces=_lines(_one(tables, "province"), province_names()),
        months=tuple(Line(wording.month(code), months[code]) for code in sorted(months)),
        states=_in_order(_one(tables, "state"), {code: str(states[code]) for code in states}),
        conducts=_lines(
            _one(tables, "conduct"),
            {code: wording.conduct(code) for code in _one(tables, "conduct")},
        ),
        times=_in_order(times, {code: wording.bucket(code) for code, _ in suppress.BUCKETS}),
        sanctions=_lines(
            _one(tables, "sanction"),
            {norm: wording.norm(norm) for norm in _one(tables, "sanction")},
        ),
        sanction_levels=tuple(
            Line(f"{wording.norm(norm)}: {wording.level(level)}", at_least)
            for (norm, level), at_least in sorted(tables.get("sanction_level", {}).items())
        ),
        sanction_provinces=_lines(_one(tables, "sanction_province"), province_names()),
        sanction_kinds=tuple(
            Line(f"{wording.norm(norm)}: {wording.sanction(kind)}", at_least)
            for (norm, kind), at_least in sorted(tables.get("sanction_kind", {}).items())
        ),
        spreads=tuple(_spreads(tables.get("sanction_kind", {}))),
        duties=_in_order(_one(tables, "duty"), {code: wording.duty(code) for code in DUTIES}),
        duty_conducts=tuple(
            Line(f"{wording.duty(duty)}: {wording.conduct(conduct)}", at_least)
            for (duty, conduct), at_least in sorted(tables.get("duty_conduct", {}).items())
        ),
        remedies=_in_order(
            _one(tables, "remedy"), {code: wording.remedy(code) for code in REMEDY_STATES}
        ),
        satisfied=_in_order(
            _one(tables, "satisfied"), {code: wording.satisfied(code) for code in SATISFACTION}
        ),
        median=wording.bucket(code) if (code := suppress.median_bucket(times)) else "",
        chart=_chart(months),
    )


def _spreads(shown: Mapping[tuple[str, str], int]) -> Iterable[SpreadLine]:
    """The range of each norm of which enough is published."""
    order = wording.sanction_order()
    for norm in sorted({norm for norm, _kind in shown}):
        kinds = {kind: at_least for (of, kind), at_least in shown.items() if of == norm}
        found = suppress.spread(kinds, order)
        if found is not None:
            words = {name: wording.sanction(code) for name, code in vars(found).items()}
            yield SpreadLine(norm=wording.norm(norm), **words)


def _one(tables: Tables, name: str) -> dict[str, int]:
    return {first: at_least for (first, _), at_least in tables.get(name, {}).items()}


def _lines(shown: Mapping[str, int], names: Mapping[str, str]) -> tuple[Line, ...]:
    """The largest first."""
    lines = [Line(names.get(code, code), at_least) for code, at_least in shown.items()]
    return tuple(sorted(lines, key=lambda line: (-line.at_least, line.label)))


def _in_order(shown: Mapping[str, int], names: Mapping[str, str]) -> tuple[Line, ...]:
    return tuple(Line(name, shown[code]) for code, name in names.items() if code in shown)


def _organs(tables: Tables, states: Iterable[str]) -> Iterable[OrganLine]:
    received, lapsed = _one(tables, "organ"), _one(tables, "lapsed")
    by_state = tables.get("organ_state", {})
    codes = {*received, *lapsed, *(organ for organ, _ in by_state)}
    names = organ_names()
    for code in sorted(codes, key=lambda code: names.get(code, code)):
        yield OrganLine(
            label=names.get(code, code),
            received=received.get(code),
            states=tuple(by_state.get((code, state)) for state in states),
            lapsed=lapsed.get(code),
        )


def _chart(months: Mapping[str, int]) -> Chart | None:
    if not months:
        return None
    span = months_between(min(months), max(months))[-MONTHS_IN_CHART:]
    return bar_chart([(wording.short_month(code), months.get(code)) for code in span])


def organ_names() -> dict[str, str]:
    return dict(Organ.objects.values_list("code", "name"))


def province_names() -> dict[str, str]:
    return dict(Region.objects.provinces().values_list("code", "name"))


CSV_COLUMNS = (
    "month_released",
    "subject",
    "table",
    "organ",
    "organ_name",
    "province",
    "province_name",
    "month",
    "state",
    "conduct",
    "time",
    "norm",
    "level",
    "kind",
    "duty",
    "remedy",
    "satisfied",
    "at_least",
)


def csv_rows(release: Release) -> Iterable[dict[str, str | int]]:
    """One row for each published figure, its dimensions in columns of their own."""
    organs, provinces = organ_names(), province_names()
    for cell in release.cells.all():
        codes = zip(suppress.TABLES[cell.table], (cell.first, cell.second), strict=False)
        row: dict[str, str | int] = dict(codes)
        row["organ_name"] = organs.get(str(row.get("organ", "")), "")
        row["province_name"] = provinces.get(str(row.get("province", "")), "")
        yield row | {
            "month_released": release.month,
            "subject": cell.subject,
            "table": cell.table,
            "at_least": cell.at_least,
        }
