"""What stands in each row of a long list, made once for the rows in which it is the same."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, cast
from uuid import UUID

from django import template
from django.template.context import Context
from django.template.loader import get_template
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from timbang.cases.reading import TermView

register = template.Library()
NOBODY = UUID(int=0)


@register.simple_tag
def place(name: str, pk: UUID) -> str:
    """`{% url %}` of a page that takes one id: resolved once, not once a row."""
    return _pattern(name, get_language(), get_urlconf(), get_script_prefix()).replace(
        str(NOBODY), str(pk)
    )


@lru_cache(maxsize=256)
def _pattern(name: str, _language: str | None, urlconf: str | None, _prefix: str) -> str:
    return reverse(name, args=[NOBODY], urlconf=urlconf)


@register.simple_tag(takes_context=True)
def term_words(context: Context, view: TermView) -> SafeString:
    """What a list says of a term; terms that look alike are rendered once a page."""
    kept: dict[object, SafeString] = cast(Any, context.render_context).setdefault(term_words, {})
    if view.looks not in kept:
        words = get_template("cases/term_words.html").render({"view": view})
        kept[view.looks] = mark_safe(words)  # noqa: S308 - from a template that escapes
    return kept[view.looks]
