"""The files of the catalogue, copied so that a test may change one and read them again."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import timbang.law
from timbang.law.norms import Library, read_library

FOLDER = Path(timbang.law.__file__).parent

# One small instrument, enough to be read: tests change a line of it.
INSTRUMENT = """\
instrument:
  name: UU 99/2020
  title: {id: Undang-Undang Contoh, en: Example Law}
  kind: UU
  valid_from: 2020-01-01

area: discipline
binds: [PNS]
authority: discipline

norms:
"""

NORM = """\
  - code: "1"
    at: {pasal: "1"}
    title: {id: Tidak masuk, en: Absence}
    conduct: {id: Tidak masuk kerja tiga hari., en: Absent for three days.}
    when: {fact: absent_workdays, at_least: 3}
    citations: [{text: UU 99/2020 ps 1}]
    level: two_copies
    sources: [salinan satu, salinan dua]
    examples:
      - case: {id: Empat hari., en: Four days.}
        facts: {act_on: 2020-02-01, status: PNS, absent_workdays: 4}
        applies: "yes"
      - case: {id: Tidak diketahui., en: Not known.}
        facts: {act_on: 2020-02-01, status: PNS}
        applies: unknown
"""


def copied(target: Path) -> Path:
    """All files of the catalogue, under a folder of the test."""
    for name in ("definitions.yaml", "conflicts.yaml"):
        shutil.copy(FOLDER / name, target)
    shutil.copytree(FOLDER / "norms", target / "norms")
    return target


def alone(target: Path, *norms: str, head: str = INSTRUMENT) -> Path:
    """The shared files, and one instrument with these norms."""
    definitions = (FOLDER / "definitions.yaml").read_text(encoding="utf-8")
    (target / "definitions.yaml").write_text(definitions, encoding="utf-8")
    # no conflict touches a norm that is not there
    conflicts = (FOLDER / "conflicts.yaml").read_text(encoding="utf-8")
    kept = re.sub(r"^  touches:.*\n(?:    - .*\n)*", "", conflicts, flags=re.MULTILINE)
    (target / "conflicts.yaml").write_text(kept, encoding="utf-8")
    (target / "norms").mkdir(exist_ok=True)
    text = head + "".join(norms or (NORM,))
    (target / "norms" / "uu_99_2020.yaml").write_text(text, encoding="utf-8")
    return target


def read(folder: Path) -> Library:
    return read_library(folder / "definitions.yaml", folder / "norms")
