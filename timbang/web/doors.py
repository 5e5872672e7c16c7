"""Three doors, one question each: which door does this request come through?"""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpRequest

LANGUAGE_PREFIX: Final = "en/"


def path_below_language(path: str) -> str:
    """The path without the leading slash and without the language: "meja/kasus/"."""
    bare = path.removeprefix("/")
    return bare.removeprefix(LANGUAGE_PREFIX)


def on_desk(request: HttpRequest) -> bool:
    return path_below_language(request.path_info).startswith(settings.DESK_PATH)


def on_intake(request: HttpRequest) -> bool:
    return path_below_language(request.path_info).startswith(settings.INTAKE_PATH)
