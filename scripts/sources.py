"""Write what `source.yaml` says into the page of each source, below its marker.

python scripts/sources.py          write docs/how-to/sources/*.md
python scripts/sources.py check    exit 1 when a page is older than its source
"""

from __future__ import annotations

import sys
from pathlib import Path

from timbang.registry import sources
from timbang.registry.mapping import Field, TableMapping
from timbang.registry.sources import Source

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "how-to" / "sources"
MARKER = "<!-- below: written by scripts/sources.py -->\n"


def page(source: Source) -> str:
    """The page as it should be: what a person wrote above the marker, the rest from the source."""
    path = FOLDER / f"{source.code}.md"
    above = path.read_text("utf-8").split(MARKER)[0]
    return above + MARKER + "\n" + _facts(source) + "".join(map(_columns, source.mappings))


def _facts(source: Source) -> str:
    whole = "whole: what a later file of the same " + ", ".join(source.slice) + " lacks is gone"
    rows = (
        ("publisher", source.publisher.en),
        ("licence of the data", source.licence.en),
        ("covers", source.coverage.en),
        ("personal data", source.personal.en),
        ("a file holds", whole if source.delivery == "whole" else "a part: nothing is taken away"),
        ("a key that stands twice", "numbered" if source.repeats == "number" else "refused"),
        ("tables", ", ".join(f"[{t}](../../reference/tables.md#{t})" for t in source.tables)),
        ("checked", "; ".join(_assertions(source))),
    )
    lines = [f"| {name} | {said} |" for name, said in rows]
    return "\n".join(["| | |", "|---|---|", *lines, ""])


def _assertions(source: Source) -> list[str]:
    said = []
    for found in source.assertions:
        of = f" of {found.table}" if found.table else ""
        columns = f" ({', '.join(found.columns)})" if found.columns else ""
        unit = "" if found.check.endswith("at_least") else " in 1,000"
        said.append(f"`{found.check}` {found.limit}{unit}{of}{columns}")
    return [*said, *(f"`{name}`" for name in sources.ALWAYS)]


def _columns(mapping: TableMapping) -> str:
    head = [
        f"\n## Columns for {mapping.table}\n",
        f"Key: {', '.join(f'`{name}`' for name in mapping.key)}.\n",
        "| ours | in the file, the first that is there | |",
        "|---|---|---|",
    ]
    return "\n".join([*head, *map(_column, mapping.fields), ""])


def _column(field: Field) -> str:
    names = ", ".join(f"`{name}`" for name in field.names) or f"always `{field.value}`"
    return f"| `{field.column}` | {names} | {'required' if field.required else ''} |"


def pages() -> dict[Path, str]:
    return {FOLDER / f"{s.code}.md": page(s) for s in sources.sources().values()}


if __name__ == "__main__":
    if sys.argv[1:] == ["check"]:
        old = [path.name for path, text in pages().items() if path.read_text("utf-8") != text]
        sys.exit(f"out of date: {', '.join(old)}" if old else 0)
    for path, text in pages().items():
        path.write_text(text, "utf-8")
