"""Pages that are the same for everybody but for a secret: rendered once, then only filled in.

A report that is filed is answered with such a page, and so is everybody who looks at the first
ones; it halves what a flood of them costs. Nobody's words ever stand in what is kept here.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Mapping
from typing import Final

from django.http import HttpResponse
from django.utils.html import escape

SECONDS: Final = 60.0
MOST: Final = 500

_printed: dict[Hashable, tuple[float, str]] = {}


def blank(name: str) -> str:
    """What stands in the printed page for a secret: no person can type these signs."""
    return f"\ue000{name}\ue001"


def fill_in(key: Hashable, render: Callable[[], HttpResponse], **secrets: str) -> HttpResponse:
    """The page of this key with its blanks filled; rendered when it is not printed yet."""
    printed_at, text = _printed.get(key, (0.0, ""))
    if not text or time.monotonic() - printed_at > SECONDS:
        text = render().content.decode()
        if len(_printed) >= MOST:
            _printed.clear()
        _printed[key] = (time.monotonic(), text)
    return HttpResponse(_filled(text, secrets))


def forget() -> None:
    """Render everything anew."""
    _printed.clear()


def _filled(text: str, secrets: Mapping[str, str]) -> str:
    for name, value in secrets.items():
        text = text.replace(blank(name), escape(value))
    return text
