"""What an import linter cannot see: lock files, templates, links, signals, licences of words.

python scripts/house.py      prints every breach with its file and exits 1 when there is one
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FLOORS = (
    "law", "ledger", "accounts", "registry", "reports", "signals", "cases", "policy", "publication",
    "web",
)  # fmt: skip
# Pages of a room behind another door, where their name does not begin with that of the room.
ROOM_OF = {"dockets": "policy", "voices": "policy"}
LINK = re.compile(r"{%\s*url\s+['\"]([a-z_]+):")
EXTENDS = re.compile(r"{%\s*(?:extends|include)\s+['\"]([a-z_]+)/")
INLINE = re.compile(
    r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE
)
STRING_KEY = re.compile(r"(?:ForeignKey|OneToOneField|ManyToManyField)\(\s*[\"']([a-z]+)\.")
HOSTS = re.compile(r"://|pypi\.org|pythonhosted|registry\.npmjs", re.IGNORECASE)
MACHINE = re.compile(r"(?:^|[^a-zA-Z.])/(?:work|farm|root)/")


def _floor(room: str) -> int:
    return FLOORS.index(room) if room in FLOORS else len(FLOORS)


BESIDE = ({"cases", "policy"}, {"reports", "signals"})


def _below(target: str, room: str) -> bool:
    return _floor(target) < _floor(room) and {target, room} not in BESIDE


def _sources(*patterns: str) -> list[Path]:
    skip = {".venv", "var", ".git", "node_modules"}
    found = [path for pattern in patterns for path in ROOT.rglob(pattern)]
    return sorted(path for path in found if not skip & set(path.relative_to(ROOT).parts))


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def lock_files() -> list[str]:
    """Lock files carry hashes and no addresses; uv's own lock file is not kept."""
    out = [f"{_name(path)}: not kept here" for path in _sources("uv.lock", "pylock*.toml")]
    for path in _sources("*.lock", "package-lock.json"):
        text = path.read_text("utf-8")
        if HOSTS.search(text):
            out.append(f"{_name(path)}: names an address")
        if path.suffix == ".lock" and "--hash=sha256:" not in text:
            out.append(f"{_name(path)}: carries no hashes")
    return out


def templates() -> list[str]:
    """No inline script or style (the policy forbids both); links and parts only downwards."""
    out = []
    for path in _sources("*.html"):
        parts = path.relative_to(ROOT).parts
        if parts[0] != "timbang":
            continue
        room, text = parts[1], path.read_text("utf-8")
        for found in INLINE.findall(text):
            out.append(f"{_name(path)}: inline {found.strip()!r}")
        for target in LINK.findall(text):
            # A room may have pages behind more than one door: registry and registry_desk.
            if _floor(ROOM_OF.get(target, target.split("_")[0])) > _floor(room):
                out.append(f"{_name(path)}: links up to {target}")
        for target in EXTENDS.findall(text):
            # The frame of web is everybody's; else a part is taken from a lower room only, as
            # code is. cases and policy stand on one floor, as reports and signals do.
            if target not in (room, "web") and not _below(target, room):
                out.append(f"{_name(path)}: takes a part of {target}")
    return out


def models() -> list[str]:
    """Keys to other rooms go down and leave no name behind; nothing listens for signals."""
    out = []
    for path in _sources("*.py"):
        parts = path.relative_to(ROOT).parts
        if parts[0] != "timbang" or "migrations" in parts:
            continue
        text = path.read_text("utf-8")
        if "@receiver" in text or "django.dispatch" in text or "django.db.models.signals" in text:
            out.append(f"{_name(path)}: uses a signal")
        for target in STRING_KEY.findall(text):
            if _floor(target) > _floor(parts[1]):
                out.append(f"{_name(path)}: points up to {target}")
    return out


def machines() -> list[str]:
    """No path of a machine stands in a file that is kept."""
    kinds = ("*.py", "*.md", "*.html", "*.yaml", "*.toml", "Makefile", "*.sh", "*.typ")
    return [
        f"{_name(path)}: a path of a machine"
        for path in _sources(*kinds)
        if path.name != "house.py" and MACHINE.search(path.read_text("utf-8"))
    ]


def breaches() -> list[str]:
    return [*lock_files(), *templates(), *models(), *machines()]


if __name__ == "__main__":
    lines = breaches()
    print("\n".join(lines) or "the house stands")
    sys.exit(1 if lines else 0)
