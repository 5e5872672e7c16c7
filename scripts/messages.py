"""Keep the Indonesian catalogues complete: one `locale/id/LC_MESSAGES/django.po` a room.

    python scripts/messages.py update [ROOM...]   add new messages, drop unused ones
    python scripts/messages.py check              fail on missing, fuzzy, unused, bad placeholders
    python scripts/messages.py compile            write the .mo files (not committed)

English is the language of the messages themselves. Babel reads the catalogues; Django's own
`templatize` turns templates into something Babel can read: neither xgettext nor msgfmt is needed.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ROOT / "timbang"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\([a-zA-Z_]+\)[sd]|\{[a-zA-Z_]*\}|%[sd]")


def _templatize(path: Path) -> str:
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure(USE_I18N=True)
    return str(templatize(path.read_text("utf-8"), origin=str(path)))


def extracted(room: Path) -> Catalog:
    """All messages of one room, in the order of its files."""
    catalog = Catalog(locale="id", project="Timbang", charset="utf-8")
    for path in sorted([*room.rglob("*.py"), *room.rglob("*.html"), *room.rglob("*.txt")]):
        if "migrations" in path.parts:
            continue
        source = path.read_text("utf-8") if path.suffix == ".py" else _templatize(path)
        for _line, message, _comments, context in extract(
            "python", io.BytesIO(source.encode("utf-8")), keywords=KEYWORDS
        ):
            catalog.add(message, context=context, locations=[(str(path.relative_to(ROOT)), 0)])
    return catalog


def po_path(room: Path) -> Path:
    return room / "locale" / "id" / "LC_MESSAGES" / "django.po"


def read(room: Path) -> Catalog:
    path = po_path(room)
    if not path.exists():
        return Catalog(locale="id", project="Timbang", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale="id", abort_invalid=True)


def update(room: Path) -> None:
    found, known = extracted(room), read(room)
    if not len(found) and not po_path(room).exists():
        return
    fresh = Catalog(locale="id", project="Timbang", charset="utf-8", fuzzy=False)
    for message in found:
        if not message.id:
            continue
        old = known.get(message.id, message.context)
        files = sorted({(name, None) for name, _line in message.locations})
        fresh.add(message.id, old.string if old else None, locations=files, context=message.context)
    path = po_path(room)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, fresh, width=100, include_lineno=False, omit_header=False, sort_output=False)


def _header_free(path: Path) -> None:
    """Dates and tool versions change at every run and say nothing: leave them out."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    noise = (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Generated-By",
        "Last-Translator",
        "Report-Msgid-Bugs-To",
        "Project-Id-Version",
        "Language-Team",
    )
    kept = [line for line in lines if not line.startswith(tuple(f'"{word}' for word in noise))]
    start = next((i for i, line in enumerate(kept) if line.startswith("msgid")), 0)
    path.write_text("".join(kept[start:]), "utf-8")


def problems(room: Path) -> list[str]:
    """What is wrong with the catalogue of one room; empty when it is complete."""
    found, known, out = extracted(room), read(room), []
    for message in found:
        if not message.id:
            continue
        translated = known.get(message.id, message.context)
        strings = translated.string if translated else ""
        parts = [strings] if isinstance(strings, str) else list(strings)
        if not translated or not all(parts):
            out.append(f"{room.name}: not translated: {message.id!r}")
            continue
        if translated.fuzzy:
            out.append(f"{room.name}: fuzzy: {message.id!r}")
        source = message.id if isinstance(message.id, str) else message.id[-1]
        for part in parts:
            if set(PLACEHOLDER.findall(source)) != set(PLACEHOLDER.findall(part)):
                out.append(f"{room.name}: placeholders differ: {message.id!r} / {part!r}")
    ids = {(m.id if isinstance(m.id, str) else tuple(m.id), m.context) for m in found if m.id}
    for message in known:
        key = (message.id if isinstance(message.id, str) else tuple(message.id), message.context)
        if message.id and key not in ids:
            out.append(f"{room.name}: no longer used: {message.id!r}")
    return out


def collisions(rooms: list[Path]) -> list[str]:
    """The same English words with two translations: a page would show whichever is found first."""
    seen: dict[tuple[object, str | None], tuple[str, object]] = {}
    out = []
    for room in rooms:
        for message in read(room):
            key = (message.id if isinstance(message.id, str) else message.id[0], message.context)
            text = message.string if isinstance(message.string, str) else message.string[0]
            first = seen.setdefault(key, (room.name, text))
            if message.id and text != first[1]:
                out.append(f"{key[0]!r}: {first[0]} says {first[1]!r}, {room.name} says {text!r}")
    return out


def compile_room(room: Path) -> None:
    if not po_path(room).exists():
        return
    with po_path(room).with_suffix(".mo").open("wb") as file:
        write_mo(file, read(room))


def main(arguments: list[str]) -> int:
    verb, names = (arguments or ["check"])[0], arguments[1:]
    rooms = [path for path in sorted(ROOMS.iterdir()) if (path / "__init__.py").exists()]
    rooms = [room for room in rooms if not names or room.name in names]
    if verb == "update":
        for room in rooms:
            update(room)
            if po_path(room).exists():
                _header_free(po_path(room))
    elif verb == "compile":
        for room in rooms:
            compile_room(room)
    elif verb == "check":
        found = [line for room in rooms for line in problems(room)] + collisions(rooms)
        print("\n".join(found) or "every message is translated")
        return 1 if found else 0
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
