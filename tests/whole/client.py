"""A visitor without JavaScript over real HTTP: sees a page, fills its form, presses a button.

Standard library only, and nothing of the software that it visits: what a form sends is what the
page itself says, so hidden fields, tokens and choices are never invented here.
"""

from __future__ import annotations

import secrets
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.parse import urlencode, urljoin

PATIENCE = 60.0

Value = str | Sequence[str]


@dataclass(frozen=True)
class Upload:
    """A file as a browser sends it."""

    name: str
    data: bytes
    kind: str = "application/octet-stream"
    input: str = "files"


@dataclass
class Control:
    """What a person can fill in: its kind, and what may be chosen."""

    kind: str
    options: list[str] = field(default_factory=list)


@dataclass
class Form:
    """A form as the page shows it; `values` is what it would send untouched, in its order."""

    id: str = ""
    action: str = ""
    method: str = "get"
    multipart: bool = False
    values: dict[str, list[str]] = field(default_factory=dict)
    controls: dict[str, Control] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def filled(self, changes: Mapping[str, Value]) -> dict[str, list[str]]:
        """The values with what was typed and chosen; only inputs that are really there take it."""
        values = dict(self.values)
        for name, given in changes.items():
            control = self.controls.get(name)
            assert control is not None, f"the page has no input {name}: {sorted(self.controls)}"
            chosen = [given] if isinstance(given, str) else list(given)
            if control.kind in ("select", "radio", "checkbox"):
                wrong = set(chosen) - set(control.options)
                assert not wrong, f"{name} offers {control.options}, not {wrong}"
            values[name] = chosen
        return values


class _Reader(HTMLParser):
    """Collects forms, links and readable text."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.words: list[str] = []
        # Buttons may stand before the form that they belong to.
        self.elsewhere: list[tuple[str, tuple[str, str]]] = []
        self._inside: Form | None = None
        self._select = ""
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in at:
            self.links.append(at["href"])
        elif tag == "form":
            self._open(at)
        if tag == "button" and "form" in at:
            self.elsewhere.append((at["form"], (at.get("name", ""), at.get("value", ""))))
        elif self._inside is not None:
            self._control(self._inside, tag, at)

    def _open(self, at: Mapping[str, str]) -> None:
        self._inside = Form(
            at.get("id", ""),
            at.get("action", ""),
            at.get("method", "get").lower(),
            "multipart" in at.get("enctype", ""),
        )
        self.forms.append(self._inside)

    def _control(self, form: Form, tag: str, at: Mapping[str, str]) -> None:
        name = at.get("name", "")
        if tag == "input" and name:
            self._input(form, name, at)
        elif tag == "textarea":
            self._area = name
            form.controls[name] = Control("text")
            form.values[name] = [""]
        elif tag == "select":
            self._select = name
            form.controls[name] = Control("select")
        elif tag == "option" and self._select:
            form.controls[self._select].options.append(at.get("value", ""))
            if "selected" in at or self._select not in form.values:
                form.values[self._select] = [at.get("value", "")]
        elif tag == "button":
            form.buttons.append((name, at.get("value", "")))

    def _input(self, form: Form, name: str, at: Mapping[str, str]) -> None:
        kind, value = at.get("type", "text"), at.get("value", "")
        control = form.controls.setdefault(name, Control(kind))
        if kind in ("radio", "checkbox"):
            control.options.append(value or "on")
            if "checked" in at:
                form.values.setdefault(name, []).append(value or "on")
        elif kind not in ("file", "submit"):
            form.values.setdefault(name, []).append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None and self._inside is not None:
            # As browsers do: one line end after the opening tag is no part of the text.
            self._inside.values[self._area][0] += data.removeprefix("\n").replace("\n", "\r\n")
        else:
            self.words.append(data)


class Page:
    """One answer, as a person reads it."""

    def __init__(
        self, visitor: Visitor, url: str, status: int, headers: Mapping[str, str], body: bytes
    ) -> None:
        self.visitor, self.url, self.status = visitor, url, status
        self.headers, self.body = headers, body
        self.html = body.decode(errors="replace")
        reader = _Reader()
        if "html" in headers.get("Content-Type", ""):
            reader.feed(self.html)
        self.forms, self.links = reader.forms, reader.links
        for form_id, button in reader.elsewhere:
            self.form_named(form_id).buttons.append(button)
        self.text = " ".join(" ".join(reader.words).split())

    def form(self, having: str = "") -> Form:
        """The form with this input or button; else the one named `sheet`, else the last."""
        for form in self.forms:
            if having and (having in form.controls or ("do", having) in form.buttons):
                return form
        assert not having, f"no form of {self.url} has {having}"
        return next((form for form in self.forms if form.id == "sheet"), self.forms[-1])

    def form_named(self, form_id: str) -> Form:
        """The form with this id, which the page must have."""
        return next(form for form in self.forms if form.id == form_id)

    def press(
        self,
        do: str = "",
        changes: Mapping[str, Value] | None = None,
        *,
        files: Iterable[Upload] = (),
    ) -> Page:
        """Fill in and press the button `do`; without a name, the form's only button."""
        form = self.form(do or next(iter(changes or {}), ""))
        values = form.filled(changes or {})
        if do:
            assert ("do", do) in form.buttons, f"no button {do}: {form.buttons}"
            values["do"] = [do]
        address = urljoin(self.url, form.action)
        return self.visitor.post(address, values, files, multipart=form.multipart)

    def links_to(self, part: str) -> list[str]:
        """The addresses of links that contain this part, in their order, each once."""
        return list(dict.fromkeys(urljoin(self.url, a) for a in self.links if part in a))


class Visitor:
    """One person with one browser; without cookies unless told otherwise."""

    def __init__(self, base: str, *, cookies: bool = False) -> None:
        self.base = base
        self.cookies = CookieJar()
        keep = [urllib.request.HTTPCookieProcessor(self.cookies)] if cookies else []
        self._opener = urllib.request.build_opener(*keep)

    def get(self, address: str) -> Page:
        return self._ask(urllib.request.Request(urljoin(self.base, address)))

    def post(
        self,
        address: str,
        values: Mapping[str, Sequence[str]],
        files: Iterable[Upload] = (),
        *,
        multipart: bool = False,
    ) -> Page:
        pairs = [(name, value) for name, given in values.items() for value in given]
        body, kind = urlencode(pairs).encode(), "application/x-www-form-urlencoded"
        if multipart:
            body, kind = in_parts(pairs, files)
        headers = {"Content-Type": kind}
        return self._ask(urllib.request.Request(urljoin(self.base, address), body, headers))

    def _ask(self, request: urllib.request.Request) -> Page:
        try:
            answer = self._opener.open(request, timeout=PATIENCE)
        except urllib.error.HTTPError as error:  # an answer like any other
            answer = error
        with answer:
            status: int = answer.status or 0
            return Page(self, answer.url, status, answer.headers, answer.read())


def in_parts(pairs: Iterable[tuple[str, str]], files: Iterable[Upload]) -> tuple[bytes, str]:
    """The body of a form with files, and its content type."""
    mark = "----" + secrets.token_hex(12)
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in pairs
    ]
    parts += [
        f'--{mark}\r\nContent-Disposition: form-data; name="{file.input}"; filename="{file.name}"\r\n'
        f"Content-Type: {file.kind}\r\n\r\n".encode()
        + file.data
        + b"\r\n"
        for file in files
    ]
    return b"".join(parts) + f"--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"
