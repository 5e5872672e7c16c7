"""What the page frame knows: the site's name, the other language's address, the three doors."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from timbang.web.doors import LANGUAGE_PREFIX, path_below_language


def frame(request: HttpRequest) -> dict[str, object]:
    """Variables of `web/frame.html`. The other language is a link on pages reached by GET only:
    what was typed into a form travels in the body and would be lost."""
    bare = path_below_language(request.path_info)
    english = get_language() == "en"
    prefix = "/" + (LANGUAGE_PREFIX if english else "")
    return {
        "site_name": settings.SITE_NAME,
        "language": "en" if english else "id",
        "other_language": "id" if english else "en",
        "other_language_url": "/" + ("" if english else LANGUAGE_PREFIX) + bare,
        "public_url": settings.PUBLIC_URL + prefix,
        "intake_url": settings.INTAKE_URL + prefix + settings.INTAKE_PATH,
        "reported_url": settings.INTAKE_URL + prefix + "terlapor/",
        "policy_receipt_url": settings.INTAKE_URL + prefix + "tanggapi/",
        "desk_url": settings.DESK_URL + prefix + settings.DESK_PATH,
        "door": settings.DOOR,
        # A door that runs alone links to another one only where its address is known.
        "knows_public": settings.DOOR in ("all", "public") or bool(settings.PUBLIC_URL),
        "knows_intake": settings.DOOR in ("all", "intake") or bool(settings.INTAKE_URL),
        "knows_desk": settings.DOOR in ("all", "desk") or bool(settings.DESK_URL),
    }
