"""FollowTheMoney entities, as `ftm` and OpenSanctions write them: one JSON object a line."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from timbang.registry import values
from timbang.registry.reading_records import Context, Out, Reader, Refused

_SCHEMA = re.compile(r"[A-Z][A-Za-z]{1,40}\Z")


def make(context: Context) -> Reader:
    """A reader; whatever an entity has besides its known keys is counted as not kept."""
    return read


def read(value: Mapping[str, Any], out: Out) -> None:
    """One entity. Raises `Refused`."""
    number, schema, properties = value.get("id"), value.get("schema"), value.get("properties")
    if not isinstance(number, str) or not number:
        raise Refused("an entity without 'id'")
    if not isinstance(schema, str) or not _SCHEMA.match(schema):
        raise Refused("an entity whose 'schema' is no name of a schema")
    if not isinstance(properties, dict):
        raise Refused("an entity whose 'properties' are not an object")
    for name, found in properties.items():
        if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
            raise Refused(f"property '{name[:40]}' is not a list of texts")
    known = {"id", "schema", "properties", "caption", "datasets", "last_seen"}
    for name in value.keys() - known:
        out.not_kept[str(name)[:60]] += 1
    seen, doubt = values.day(str(value.get("last_seen") or ""))
    out.begin(number)
    datasets = value.get("datasets")
    row = {
        "entity_id": number,
        "schema": schema,
        "caption": value.get("caption") if isinstance(value.get("caption"), str) else None,
        "name": next(iter(properties.get("name", ())), None),
        "countries": ",".join(properties.get("country", ())) or None,
        "datasets": ",".join(map(str, datasets)) if isinstance(datasets, list) else None,
        "seen_on": seen,
        "properties": json.dumps(properties, ensure_ascii=False, sort_keys=True),
    }
    out.add("entities", row, number, (doubt,) if doubt else ())
