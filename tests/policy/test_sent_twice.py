"""A form carries its own number: sent twice it is one act, sent for something else it is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from tests.policy import scene
from tests.policy.conftest import AT, Cast, seated
from tests.policy.test_promises import recorded
from timbang.accounts.models import Officer
from timbang.law.refusal import Refusal
from timbang.policy import actions
from timbang.policy.actions import Came, Planned, Seen, decreeing, promising, speaking
from timbang.policy.actions.speaking import Ticked
from timbang.policy.models import Comment, Dossier, Milestone, Promise, Shown

pytestmark = pytest.mark.django_db
PLAN = Planned("Jembatan", "Dinas Contoh", date(2026, 12, 1))
CAME = Came(AT.date(), "Jembatan berdiri.")
SAID = "Dapur sekolah kami tidak punya air bersih."


@dataclass(frozen=True)
class Given:
    """A dossier in the lane, with what each act is about."""

    cast: Cast
    dossier: Dossier
    goal: Milestone
    comment: Comment
    promise: Promise

    def pay(self, code: str, **said: Any) -> Any:
        debt = self.dossier.debts.get(code=code)
        return actions.pay_debt(debt, scene.paper(code), **said)

    def part(self, kind: str, **said: Any) -> Any:
        return actions.write_part(self.dossier, kind, scene.PARTS[kind], **said)

    def decree(self, **said: Any) -> Any:
        return decreeing.make_decree(
            self.dossier, number="1", place="Contoh", post="Kepala", check="x", **said
        )


@pytest.fixture
def given(cast: Cast) -> Given:
    dossier = scene.opened(cast)
    speaking.send_comment(dossier, draft=uuid4().bytes * 2, name="", body=SAID, at=AT)
    scene.in_lane(dossier, cast)
    goal = actions.set_milestone(dossier, PLAN, seen=scene.now(dossier), by=cast.executor, at=AT)
    return Given(cast, dossier, goal, Comment.objects.get(), recorded(cast))


ACTS: dict[str, Callable[..., Any]] = {
    "pay_debt": lambda given, **said: given.pay("report", **said),
    "set_milestone": lambda given, **said: actions.set_milestone(given.dossier, PLAN, **said),
    "finish_milestone": lambda given, **said: actions.finish_milestone(given.goal, CAME, **said),
    "write_part": lambda given, **said: given.part("options", **said),
    "declare_tie": lambda given, **said: actions.declare_tie(given.dossier, "", "", **said),
    "add_piece": lambda given, **said: actions.add_piece(
        given.dossier, scene.paper("study"), **said
    ),
    "make_decree": lambda given, **said: given.decree(**said),
    "link_promise": lambda given, **said: promising.link_promise(
        given.promise, given.dossier, **said
    ),
    "take_step": lambda given, **said: actions.take_step(
        given.dossier, "revoke", words="Surut.", **said
    ),
    "co_sign": lambda given, **said: actions.co_sign(given.dossier, **said),
    "describe": lambda given, **said: actions.describe(given.dossier, scene.about(), **said),
    "show": lambda given, **said: speaking.show(given.comment, **said),
    "withhold": lambda given, **said: speaking.withhold(given.comment, "empty", **said),
    "answer": lambda given, **said: speaking.answer(given.comment, "taken", "Ya.", **said),
    "show_all": lambda given, **said: speaking.show_all(
        given.dossier, Ticked({}), among=Shown.WAITING, **said
    ),
}  # fmt: skip
BY = {"pay_debt": "head", "set_milestone": "executor", "finish_milestone": "executor",
      "make_decree": "head", "take_step": "head", "co_sign": "deputy"}  # fmt: skip
# What can be done twice in this dossier, and the row that it writes.
TWICE = ("pay_debt", "set_milestone", "finish_milestone", "write_part", "declare_tie", "add_piece",
         "make_decree", "link_promise", "take_step", "describe", "show")  # fmt: skip


def by(given: Given, act: str) -> Officer:
    found: Officer = getattr(given.cast, BY.get(act, "analyst"))
    return found


def sent(given: Given, act: str, once: UUID) -> Any:
    return ACTS[act](given, seen=Seen(None, once), by=by(given, act), at=AT)


@pytest.mark.parametrize("act", ACTS)
def test_a_form_that_was_sent_for_something_else_does_nothing(given: Given, act: str) -> None:
    once = uuid4()
    given.part("problem", seen=Seen(None, once), by=given.cast.analyst, at=AT)
    before = given.dossier.journal.count()
    with pytest.raises(Refusal, match="sent already for something else; open it again"):
        sent(given, act, once)
    assert given.dossier.journal.count() == before


@pytest.mark.parametrize("act", TWICE)
def test_a_form_sent_twice_is_one_act_whatever_it_does(given: Given, act: str) -> None:
    once = uuid4()
    first, lines = sent(given, act, once), given.dossier.journal.count()
    again = sent(given, act, once)
    assert (type(again), again.pk) == (type(first), first.pk)
    assert given.dossier.journal.count() == lines


def test_the_same_act_about_something_else_is_something_else(given: Given) -> None:
    cast, once = given.cast, uuid4()
    actions.declare_tie(given.dossier, "", "", seen=Seen(None, once), by=cast.analyst, at=AT)
    with pytest.raises(Refusal, match="something else"):
        actions.declare_tie(
            given.dossier, "gains", "Toko.", seen=Seen(None, once), by=cast.analyst, at=AT
        )
    paying = Seen(None, uuid4())
    given.pay("report", seen=paying, by=cast.head, at=AT)
    with pytest.raises(Refusal, match="something else"):
        given.pay("notice", seen=paying, by=cast.head, at=AT)


def test_the_page_says_that_the_form_was_sent_already(given: Given) -> None:
    once = uuid4()
    given.part("problem", seen=Seen(None, once), by=given.cast.analyst, at=AT)
    typed = {"once": str(once), "version": "", "relation": "none"}
    where = reverse("policy:tie", args=[given.dossier.pk])
    answer = seated(given.cast.analyst).post(where, typed)
    assert answer.status_code == 409
    assert "sent already for something else" in answer.content.decode()
