"""Write the calendars of the law room from the package `holidays`: `python scripts/calendars.py`.

One file a year in `timbang/law/calendars/`. With `check`, nothing is written: the exit code says
whether the files are what this script would write from the installed package.

The package is one source, made by volunteers from announcements; nothing here was compared with
the decree of the three ministers, so each file says `one_source`. A year is *confirmed* only when
the package marks none of its public holidays as an estimate (the feast days decide where the
joint leave lies) and lists joint leave at all.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

import holidays

FOLDER = Path(__file__).parent.parent / "timbang" / "law" / "calendars"
YEARS = range(2019, 2028)
# The package carries no date of its own: this is the day on which it was read.
READ_ON = date(2026, 11, 21)
KINDS = {"public": "public_holiday", "government": "joint_leave"}
ESTIMATED = {"id": " (perkiraan)", "en": " (estimated)"}
# The package's words, set right: a slip of the pen, and the law's own term for cuti bersama.
CORRECTIONS = {
    "id": {"Pegangti": "Pengganti"},
    "en": {"Joint Holiday": "Joint Leave", "(observed)": "(moved)"},
}
NOTE = {
    "id": (
        "Disusun dari paket tersebut, tidak dibandingkan dengan naskah Keputusan Bersama "
        "Tiga Menteri. Hari yang ditandai estimated masih perkiraan."
    ),
    "en": (
        "Made from that package, not compared with the text of the decree of the three "
        "ministers. A day marked estimated is still an estimate."
    ),
}


@dataclass(frozen=True)
class Day:
    day: date
    kind: str
    name: dict[str, str]
    estimated: bool
    category: str


def days(year: int) -> list[Day]:
    """Every public holiday and day of joint leave of one year, in order."""
    found = [day for category in KINDS for day in _category(year, category)]
    return sorted(found, key=lambda day: (day.day, day.kind))


def _category(year: int, category: str) -> list[Day]:
    indonesian = holidays.Indonesia(years=year, categories=(category,), language="id")
    english = holidays.Indonesia(years=year, categories=(category,), language="en_US")
    return [
        Day(
            day=day,
            kind=KINDS[category],
            name={"id": _name(indonesian[day], "id"), "en": _name(english[day], "en")},
            estimated=ESTIMATED["id"] in indonesian[day],
            category=category,
        )
        for day in indonesian
    ]


def _name(text: str, language: str) -> str:
    text = text.replace(ESTIMATED[language], "")
    for wrong, right in CORRECTIONS[language].items():
        text = text.replace(wrong, right)
    return text


def text(year: int) -> str:
    """The file of one year."""
    found = days(year)
    public = [day for day in found if day.kind == "public_holiday"]
    leave = [day for day in found if day.kind == "joint_leave"]
    settled = not any(day.estimated for day in public)
    package = f"holidays {version('holidays')}"
    lines = [
        "# Written by scripts/calendars.py: change that script, not this file.",
        f"year: {year}",
        "source:",
        f'  title: "Python package {package}, Indonesia"',
        '  licence: "MIT; copyright of the holidays contributors (Vacanza Team)"',
        "  level: one_source",
        f"  dated: {READ_ON.isoformat()}",
        "  note:",
        *(f'    {language}: "{NOTE[language]}"' for language in ("id", "en")),
        "confirmed:",
        f"  public_holiday: {_yes(settled)}",
        f"  joint_leave: {_yes(settled and bool(leave))}",
        "days:",
    ]
    for day in found:
        lines += [
            f"  - day: {day.day.isoformat()}",
            f"    kind: {day.kind}",
            f"    estimated: {_yes(day.estimated)}",
            f'    name: {{id: "{day.name["id"]}", en: "{day.name["en"]}"}}',
            f'    source: "{package}, category {day.category}"',
        ]
    return "\n".join(lines) + "\n"


def _yes(fact: bool) -> str:
    return "true" if fact else "false"


def main(arguments: list[str]) -> int:
    changed = 0
    for year in YEARS:
        path, wanted = FOLDER / f"{year}.yaml", text(year)
        if path.exists() and path.read_text("utf-8") == wanted:
            continue
        changed += 1
        print(f"{path.name} differs from the package")
        if arguments != ["check"]:
            path.parent.mkdir(exist_ok=True)
            path.write_text(wanted, "utf-8")
    return 1 if changed and arguments == ["check"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
