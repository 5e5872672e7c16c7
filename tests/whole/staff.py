"""Offices and officers of an installation, added as an operator adds them: by commands."""

from __future__ import annotations

from dataclasses import dataclass

from tests.whole.client import Page, Visitor
from tests.whole.installation import PASSWORD, Installation, temporary_password

CASEWORKER = ("receiver", "examiner", "decision_maker")


@dataclass(frozen=True)
class Hired:
    """An officer as the operator leaves him: with a temporary password."""

    login: str
    temporary: str

    @property
    def own(self) -> str:
        """The password that he chooses."""
        return PASSWORD.format(login=self.login)


def add_office(place: Installation, code: str, kind: str, name: str, *, region: str) -> None:
    place.run("organ", "add", "--code", code, "--kind", kind, "--name", name, "--region", region)


def hire(
    place: Installation, code: str, login: str, roles: tuple[str, ...], *, holder: Hired | None
) -> Hired:
    """Add an officer; every later one of an office needs one who holds its key."""
    named = [word for role in roles for word in ("--role", role)]
    order = ["officer", "add", "--organ", code, "--login", login, "--name", login.title(), *named]
    if holder is not None:
        order += ["--holder", holder.login]
    said = place.run(*order, stdin=f"{holder.temporary}\n" if holder else "")
    return Hired(login, temporary_password(said))


def log_in(place: Installation, login: str, password: str) -> Visitor:
    """A browser with cookies in which this officer is logged in."""
    officer = Visitor(place.url, cookies=True)
    page = officer.get("/meja/akun/masuk/").press("", {"login": login, "password": password})
    assert page.status == 200, page.text
    assert not page.url.endswith("/masuk/"), page.text
    return officer


def begin_work(place: Installation, hired: Hired) -> Visitor:
    """The first login: the temporary password opens nothing but the page that changes it."""
    officer = log_in(place, hired.login, hired.temporary)
    page: Page = officer.get("/meja/akun/sandi/")
    page = page.press("", {"present": hired.temporary, "new": hired.own, "again": hired.own})
    assert page.status == 200, page.text
    assert 'name="present"' not in page.html, page.text
    return officer
