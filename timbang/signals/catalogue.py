"""All detectors, found by looking into the folder."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from timbang.law.refusal import Refusal
from timbang.signals import method
from timbang.signals.detector import Detector, of_module

FOLDER: Final = Path(__file__).with_name("detectors")


@cache
def detectors() -> Mapping[str, Detector]:
    """Every detector by its code, in the order of their names.

    The code is the name of the file in capitals: `r024.py` is R024. Names that begin with `_` are
    what several detectors share. Raises MethodError that names the file.
    """
    names = sorted(p.stem for p in FOLDER.glob("*.py") if not p.stem.startswith("_"))
    return MappingProxyType({name.upper(): _detector(name) for name in names})


def detector(code: str) -> Detector:
    """One detector. Raises Refusal that lists those that there are."""
    found = detectors().get(code.upper())
    if found is None:
        raise Refusal(f"there is no detector '{code}'; there are: {', '.join(detectors())}")
    return found


def _detector(name: str) -> Detector:
    module = importlib.import_module(f"timbang.signals.detectors.{name}")
    try:
        page = method.read(module.__doc__)
    except method.MethodError as error:
        raise method.MethodError(f"signals/detectors/{name}.py: {error}") from error
    return of_module(module, code=name.upper(), method=page, digest=_digest(name))


def _digest(name: str) -> str:
    """SHA-256 of its file, of its own data file if it has one, and of what detectors share:
    another rule, another run."""
    found = hashlib.sha256((FOLDER / f"{name}.py").read_bytes())
    for path in FOLDER.glob(f"{name}.yaml"):
        found.update(path.read_bytes())
    for path in sorted(FOLDER.glob("_*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()
