"""Settings of detectors: a TOML file with Cardinal's names, checked against the parameters.

    currency = "IDR"
    no_price_comparison_procurement_methods = ["Pengadaan Langsung"]

    [exclusions]
    procurement_method_details = "Darurat|Tender Cepat"

    [R024]
    threshold = 0.05

    [R003.procurement_method_details]
    "Tender Cepat" = 3

A list of texts may also be written as one text with `|` between them, as Cardinal does. A name that
no detector knows is refused: a setting that does nothing would be believed.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from timbang.law.refusal import Refusal
from timbang.signals.detector import Detector, Parameter


def read(path: Path, detectors: Iterable[Detector]) -> dict[str, dict[str, Any]]:
    """What a file sets, by the code of the detector. Raises Refusal that names file and place."""
    try:
        with path.open("rb") as file:
            read_in = tomllib.load(file)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refusal(f"{path}: {error}") from error
    detectors = list(detectors)
    places = {place(found, each): each for found in detectors for each in found.parameters}
    known = places.keys()
    tables = {name for name, each in places.items() if isinstance(each.default, Mapping)}
    written = dict(_flat(read_in, tables))
    unknown = sorted(written.keys() - known)
    if unknown:
        allowed = ", ".join(sorted(known))
        raise Refusal(f"{path}: no detector knows '{unknown[0]}'; allowed: {allowed}")
    return {
        found.code: {
            each.name: checked(each, written[place(found, each)], where=f"{path}: ")
            for each in found.parameters
            if place(found, each) in written
        }
        for found in detectors
    }


def values(detector: Detector, chosen: Mapping[str, Any]) -> dict[str, Any]:
    """All parameters of a detector: the chosen ones, else the defaults."""
    unknown = sorted(chosen.keys() - detector.defaults.keys())
    if unknown:
        allowed = ", ".join(detector.defaults) or "none"
        raise Refusal(f"{detector.code} has no parameter '{unknown[0]}'; it has: {allowed}")
    given = {
        each.name: checked(each, chosen[each.name])
        for each in detector.parameters
        if each.name in chosen
    }
    return {**detector.defaults, **given}


def place(detector: Detector, parameter: Parameter) -> str:
    """Where a parameter stands in a file."""
    return parameter.at or f"{detector.code}.{parameter.name}"


def checked(parameter: Parameter, value: Any, *, where: str = "") -> Any:
    """The value in the parameter's kind and within what it may be. Raises Refusal."""
    default = parameter.default
    kind = parameter.kind if default is None else type(default)
    if kind is dict:
        if isinstance(value, Mapping) and all(type(each) is int for each in value.values()):
            _check_numbers(parameter, value.values(), where)
            return dict(value)
    elif kind is tuple:
        texts = value.split("|") if isinstance(value, str) else value
        if isinstance(texts, list | tuple) and all(isinstance(text, str) for text in texts):
            return tuple(texts)
    elif kind is float and isinstance(value, int | float) and not isinstance(value, bool):
        _check_numbers(parameter, [value], where)
        return float(value)
    elif isinstance(value, kind) and not isinstance(value, bool):
        if isinstance(value, str):
            _check_form(parameter, value, where)
        elif isinstance(value, int):
            _check_numbers(parameter, [value], where)
        return value
    raise Refusal(f"{where}{parameter.name}: {value!r} is not {_WORDS[kind]}")


def _check_numbers(parameter: Parameter, numbers: Iterable[float], where: str) -> None:
    """NaN and infinity are no limits: nothing, or everything, would lie beyond them."""
    for number in numbers:
        if not math.isfinite(number) or not 0 <= number <= parameter.most:
            most = "" if math.isinf(parameter.most) else f" to {parameter.most:g}"
            raise Refusal(
                f"{where}{parameter.name}: {number!r} is not allowed; allowed: a number "
                f"{f'from 0{most}' if most else 'of 0 or more'}"
            )


def _check_form(parameter: Parameter, text: str, where: str) -> None:
    if parameter.form and not re.fullmatch(parameter.form, text):
        raise Refusal(
            f"{where}{parameter.name}: {text[:40]!r} is not allowed; allowed: {parameter.form_said}"
        )


_WORDS = {float: "a number", int: "a whole number", str: "a text", tuple: "a list of texts",
          dict: "a table of whole numbers"}  # fmt: skip


def _flat(
    written: Mapping[str, Any], tables: Collection[str], above: str = ""
) -> Iterator[tuple[str, Any]]:
    """Each place and its value; what stands at one of `tables` is a value as a whole."""
    for name, value in written.items():
        if isinstance(value, Mapping) and f"{above}{name}" not in tables:
            yield from _flat(value, tables, f"{above}{name}.")
        else:
            yield f"{above}{name}", value
