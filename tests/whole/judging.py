"""How a page is judged: by axe-core, and by the width that it needs on a small screen."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

LANGUAGES = ("", "/en")
SERIOUS = ("serious", "critical")
# What no case and no login of the demo comes to: judged in test_later_pages, all of them.
LATER = frozenset(
    {
        # what happens to few cases, or years later
        "cases:conflict-lift", "cases:erase", "cases:erase-propose", "cases:erase-report",
        "cases:errand", "cases:facts-unchanged", "cases:hold-lift", "cases:late-act",
        "cases:measure", "cases:measure-lift", "cases:minutes-close", "cases:remedy-answer",
        "cases:remedy-done", "cases:remedy-show", "cases:team-leave", "publication:idle-office",
        # no case of the demo is older than the procedure that followed its own, and no procedure
        # on file lets a term be suspended
        "cases:transition", "cases:term-suspend", "cases:term-resume",
        # the demo has no lists of officials
        "cases:career", "cases:post", "cases:posts",
        # the demo has no register of services, and its own election is in no shipped list
        "publication:appointed-around", "publication:services",
        # the demo asks for no second proof and knows no provider
        "accounts:factor-remove", "accounts:recovery-codes", "accounts:second",
        "accounts:sign-on", "accounts:sign-on-back", "accounts:sign-on-done",
        "accounts:sign-on-link",
    }
)  # fmt: skip
# The elements that reach beyond the right edge, and hold no other that does.
WIDEST = """() => [...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .filter(e => !e.closest('.scroll') || e.classList.contains('scroll'))
  .filter((e, _i, all) => !all.some(other => other !== e && e.contains(other)))
  .slice(0, 3).map(e => e.outerHTML.slice(0, 120))"""


def small_screen(chromium: Browser) -> BrowserContext:
    """A context as wide as a small phone. The judge is a script, which our pages forbid."""
    return chromium.new_context(viewport={"width": 320, "height": 640}, bypass_csp=True)


def faults(page: Page, name: str) -> list[str]:
    """What is wrong with the page that is open now."""
    found = [
        f"{name}: {rule['impact']} {rule['id']} {[node['target'] for node in rule['nodes']][:3]}"
        for rule in Axe().run(page).response["violations"]
        if rule["impact"] in SERIOUS
    ]
    for how, width, letters in (("320 px", 320, 100), ("200 %", 640, 100), ("letters", 640, 200)):
        page.set_viewport_size({"width": width, "height": 640})
        page.evaluate(f"() => {{ document.documentElement.style.fontSize = '{letters}%' }}")
        needed = page.evaluate("() => document.documentElement.scrollWidth")
        if needed > width:
            found.append(f"{name}: {how}: {needed} px wide: {page.evaluate(WIDEST)}")
    page.set_viewport_size({"width": 320, "height": 640})
    return found
