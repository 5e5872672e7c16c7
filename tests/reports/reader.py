"""A reader without JavaScript: sees a page, fills its form, presses a button, as a browser would."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client


@dataclass
class Form:
    action: str = ""
    multipart: bool = False
    values: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  # name, value, formaction

    def put(self, name: str, value: str) -> None:
        self.values.setdefault(name, []).append(value)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, Form] = {}
        self.form: Form | None = None
        self.texts: list[str] = []
        self.ids: list[str] = []
        self.area: tuple[str, list[str]] | None = None
        self.select: str = ""
        self.options: dict[str, list[tuple[str, bool]]] = {}
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {key: value or "" for key, value in attrs}
        if "id" in at:
            self.ids.append(at["id"])
        if tag == "form":
            self.form = self.forms.setdefault(at.get("id", ""), Form())
            self.form.action = at.get("action", "")
            self.form.multipart = "multipart" in at.get("enctype", "")
        if "name" in at and tag in ("input", "select", "textarea"):
            self.names.add(at["name"])
        form = self.forms.setdefault(at["form"], Form()) if "form" in at else self.form
        if form is None:
            return
        if tag == "input":
            kind = at.get("type", "text")
            if (kind in ("checkbox", "radio") and "checked" not in at) or kind == "file":
                return
            form.put(at["name"], at.get("value", ""))
        elif tag == "textarea":
            self.area = (at["name"], [])
        elif tag == "select":
            self.select = at["name"]
            self.options[self.select] = []
        elif tag == "option":
            self.options[self.select].append((at.get("value", ""), "selected" in at))
        elif tag == "button":
            form.buttons.append((at["name"], at["value"], at.get("formaction", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area and self.form:
            # As browsers do: one line end after the opening tag is dropped, and CRLF is sent.
            text = "".join(self.area[1]).removeprefix("\n")
            self.form.put(self.area[0], text.replace("\n", "\r\n"))
            self.area = None
        elif tag == "select" and self.form:
            options = self.options[self.select]
            chosen = [value for value, selected in options if selected]
            if options:
                self.form.put(self.select, chosen[0] if chosen else options[0][0])
        elif tag == "form":
            self.form = None

    def handle_data(self, data: str) -> None:
        (self.area[1] if self.area else self.texts).append(data)


class Page:
    """One answer of the server, as a person reads it."""

    def __init__(self, client: Client, response: Any) -> None:
        self.client = client
        self.response = response
        self.html = response.content.decode()
        reader = _Reader()
        reader.feed(self.html)
        self.text = " ".join(" ".join(reader.texts).split())
        self.form = reader.forms.get("sheet") or next(iter(reader.forms.values()), Form())
        self.ids = reader.ids
        self.names = reader.names
        self.options = reader.options

    def __contains__(self, words: str) -> bool:
        return words in self.text

    @property
    def buttons(self) -> list[str]:
        return [value for _name, value, _action in self.form.buttons]

    def filled(self, **changes: Any) -> dict[str, Any]:
        """The body that the browser would send; `p0_name` stands for `p0-name`."""
        body: dict[str, Any] = dict(self.form.values)
        for name, value in changes.items():
            key = name.replace("_", "-", 1) if name[:1] == "p" and name[1:2].isdigit() else name
            assert key in self.names, f"the page has no input {key}"
            body[key] = value
        return body

    def press(self, button: str, **changes: Any) -> Page:
        """Fill in and press a button that is really there."""
        action = next(action for _n, value, action in self.form.buttons if value == button)
        body = self.filled(**changes) | {"do": button}
        return post(self.client, action or self.form.action, body)


def get(client: Client, url: str) -> Page:
    return Page(client, client.get(url))


def post(client: Client, url: str, body: dict[str, Any]) -> Page:
    return Page(client, client.post(url, body))
