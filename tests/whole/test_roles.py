"""Every role on every page and every object, by GET and by POST, of all doors.

The list of pages is read from the addresses themselves: a new page fails here until its row says
who may see it. A POST carries the very form that the owner would send, filled in as she could.
"""

from __future__ import annotations

import re
import secrets
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse
from django.urls.resolvers import RegexPattern
from django.utils import timezone

from tests.cases.conftest import (
    PASSWORD,
    SECRET_FILE,
    SECRET_NAME,
    SECRET_WORDS,
    TJAHJO,
    Office,
    content,
    log_in,
    make_case,
    make_organ,
    office,
)
from tests.cases.lead_scene import lead, looked_at
from tests.cases.writing import chosen, write_all
from tests.policy.conftest import add as add_watcher
from tests.policy.conftest import make_office
from tests.reports.test_inspection import photo
from tests.whole.client import Form, Page, Visitor
from timbang.accounts import actions as accounts
from timbang.accounts.models import Organ
from timbang.cases import actions, decisions, vault
from timbang.cases.actions import (
    Given,
    Seen,
    Taking,
    above,
    carrying_out,
    door_sending,
    doors,
    lettering,
    recusing,
    reminding,
    serving,
)
from timbang.cases.actions.ways import record_information
from timbang.cases.keeping import Told
from timbang.cases.matching import Interest
from timbang.cases.models import (
    Case,
    Conflict,
    Decision,
    Delivery,
    Document,
    DoorMessage,
    Erasure,
    Errand,
    HowKnown,
    IdleOffice,
    IdleTie,
    LegalHold,
    Measure,
    OpenTerm,
    OrderGiver,
    PriorInformation,
    Remedy,
)
from timbang.cases.superiors import Superior
from timbang.cases.vault import Desk
from timbang.law import letters
from timbang.law.confirmable import items
from timbang.law.letter_forms import Kind
from timbang.ledger import actions as ledger
from timbang.ledger.models import Entry
from timbang.policy import actions as policy
from timbang.policy.actions import About
from timbang.policy.actions import Seen as PolicySeen
from timbang.policy.actions import Told as Paper
from timbang.policy.actions.promising import Promised, record_promise
from timbang.policy.addresses import slug_of
from timbang.policy.models import Mode, Piece, Promise
from timbang.publication import actions as publication
from timbang.registry import actions as registry
from timbang.registry.exchange import Exchange
from timbang.registry.models import (
    ArticleConfirmation,
    ExchangeRecord,
    NameJudgement,
    NamePair,
    Outreach,
)
from timbang.reports import actions as reports
from timbang.reports.content import Identity
from timbang.reports.models import Offer, Report
from timbang.signals.actions import dismiss
from timbang.signals.models import Lead

pytestmark = pytest.mark.django_db

ALL_DOORS = "timbang.web.urls"
EACH_DOOR = [f"timbang.web.urls_{door}" for door in ("public", "intake", "desk")]
# A door that stands alone sends its front page to its first page.
FRONT = {"to-intake", "to-desk"}
NOW = datetime.now(UTC)
# Exist only where an office has a sign-on of its own.
NO_SIGN_ON = ("accounts:sign-on", "accounts:sign-on-back", "accounts:sign-on-done")
# What no page may show to those who may not see content.
# A case's number is its place in the year, the office, the year. A letter's number stands on the
# paper of whoever checks it, and names its kind between the place and the office.
NUMBER = re.compile(r"\d{4}/BAWASLU-32/\d{4}")
CONTENT = (TJAHJO.name, SECRET_WORDS, SECRET_NAME, SECRET_FILE, "Kutipan B")
# Alice owns. Bob and Eka are in her office with one role each, Adi manages it, Tri audits it.
# Charlie has every role, in another office: he must never get in.
PEOPLE = {
    "nobody": (),
    "alice": ("receiver", "examiner", "plenary", "decision_maker", "legal_officer"),
    "bob": ("receiver",),
    "eka": ("examiner",),
    "adi": ("administrator",),
    "tri": ("auditor",),
    "charlie": (
        "receiver",
        "examiner",
        "decision_maker",
        "legal_officer",
        "administrator",
        "auditor",
    ),
}
# How an answer is written in the table.
SHORT = {200: "page", 404: "-", 405: "no", 409: "refused"}

# "page/done": a page by GET; by POST done, and led on. "-": there is nothing here. "no": this page
# takes no POST. "login": the login page, and nothing else.
TABLE = """
# page                    nobody      alice         bob             eka             adi         tri         charlie
home                      page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:figures       page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:data-json     page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:data-csv      page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:release       page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:opening       page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:proof         page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:idle          page/no       page/no       page/no       page/no       page/no       page/no       page/no
publication:idle-json     page/no       page/no       page/no       page/no       page/no       page/no       page/no
publication:idle-csv      page/no       page/no       page/no       page/no       page/no       page/no       page/no
publication:idle-office   page/no       page/no       page/no       page/no       page/no       page/no       page/no
publication:verify        page/no     page/no       page/no         page/no         page/no     page/no     page/no
cases_check:ask                 page/no     page/no       page/no         page/no         page/no     page/no     page/no
cases_check:letter              page/page   page/page     page/page       page/page       page/page   page/page   page/page
cases_check:receipt             -/no        -/no          -/no            -/no            -/no        -/no        -/no
publication:log-files     page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:law           page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:instrument    page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:norm          page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:procedure     page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:proved        page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:picture       page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:calendar      page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:conflicts     page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:may-i         page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:cards         page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:explore                page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:purchases              page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:purchase               page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:agencies               page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:agency                 page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:budgets                page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:budget                 page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:services               page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:appointed              page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:appointed-around       page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:methods                page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:method                 page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:method-json            page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:yardsticks             page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:yardstick              page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:warnings               page/no     page/no       page/no         page/no         page/no     page/no     page/no
publication:purchases-csv          -/no        -/no          -/no            -/no            -/no        -/no        -/no
publication:purchases-json         -/no        -/no          -/no            -/no            -/no        -/no        -/no
publication:budget-csv             -/no        -/no          -/no            -/no            -/no        -/no        -/no
publication:budget-json            -/no        -/no          -/no            -/no            -/no        -/no        -/no
publication:services-csv           -/no        -/no          -/no            -/no            -/no        -/no        -/no
publication:services-json          -/no        -/no          -/no            -/no            -/no        -/no        -/no
registry:elections        page/no     page/no       page/no         page/no         page/no     page/no     page/no
registry:outreach         page/no     page/no       page/no         page/no         page/no     page/no     page/no
registry_desk:articles    login/no    page/no       page/no         page/no         page/no     page/no     page/no
registry_desk:confirm     login/login page/done     -/-             -/-             -/-         -/-         page/done
registry_desk:withdraw    login/login page/done     -/-             -/-             -/-         -/-         -/-
registry_desk:own-outreach login/no   page/no       page/no         page/no         page/no     -/no        page/no
registry_desk:add-outreach login/login page/done    page/done       page/done       page/done   -/-         page/done
registry_desk:withdraw-outreach login/login page/done page/done page/done page/done -/- -/-
registry_desk:pairs       login/no    page/no       page/no         page/no         -/no        -/no        page/no
registry_desk:pair        login/login page/page     page/page       page/page       -/-         -/-         page/page
registry_desk:take-back   no/login    no/done       no/done         no/done         no/-        no/-        no/-
reports:start             page/no     page/no       page/no         page/no         page/no     page/no     page/no
reports:write             page/page   page/page     page/page       page/page       page/page   page/page   page/page
reports:follow            page/page   page/page     page/page       page/page       page/page   page/page   page/page
reports:traces            page/no     page/no       page/no         page/no         page/no     page/no     page/no
cases_door:door           page/page   page/page     page/page       page/page       page/page   page/page   page/page
accounts:login            page/page   done/page     done/page       done/page       done/page   done/page   done/page
accounts:logout           no/login    no/login      no/login        no/login        no/login    no/login    no/login
accounts:unlock           login/login page/done     page/done       page/done       page/done   page/done   page/done
accounts:password         login/login page/page     page/page       page/page       page/page   page/page   page/page
accounts:second           login/login done/done     done/done       done/done       done/done   done/done   done/done
accounts:sign-on          -/no        -/no          -/no            -/no            -/no        -/no        -/no
accounts:sign-on-back     -/no        -/no          -/no            -/no            -/no        -/no        -/no
accounts:sign-on-done     -/no        -/no          -/no            -/no            -/no        -/no        -/no
accounts:sign-on-link     login/login done/done     done/done       done/done       done/done   done/done   done/done
accounts:factors          login/no    page/no       page/no         page/no         page/no     page/no     page/no
accounts:code-add         login/login page/page     page/page       page/page       page/page   page/page   page/page
accounts:passkey-add      login/login page/page     page/page       page/page       page/page   page/page   page/page
accounts:recovery-codes   login/login page/page     page/page       page/page       page/page   page/page   page/page
accounts:factor-remove    login/login page/page     page/page       page/page       page/page   page/page   page/page
accounts:sessions         login/login page/done     page/done       page/done       page/done   page/done   page/done
accounts:officer-sessions login/login -/-           -/-             -/-             page/done   -/-         -/-
accounts:keys             login/login page/-        -/-             -/-             -/-         -/-         page/-
accounts:officers         login/no    page/no       page/no         page/no         page/no     page/no     page/no
accounts:officer-add      login/login -/-           -/-             -/-             page/page   -/-         page/page
accounts:officer-restore  login/login -/-           -/-             -/-             page/page   -/-         -/-
accounts:officer-revoke   login/login -/-           -/-             -/-             page/done   -/-         -/-
accounts:systems          login/login -/-           -/-             -/-             page/page   -/-         page/page
accounts:organs           login/no    page/no       page/no         page/no         page/no     page/no     page/no
accounts:absences         login/login page/done     page/page       page/page       page/done   page/page   page/page
cases:start               login/no    page/no       page/no         page/no         page/no     page/no     page/no
cases:search              login/login page/refused  page/refused    page/refused    -/-         -/-         page/refused
cases:filters             login/login page/page     page/page       page/page       -/-         -/-         page/page
cases:several             login/login page/page     page/page       page/page       -/-         -/-         page/page
cases:reminders           login/login page/page     page/page       page/page       -/-         -/-         page/page
cases:keys                login/no    page/no       page/no         page/no         page/no     page/no     page/no
feed:calendar             page/no     page/no       page/no         page/no         page/no     page/no     page/no
cases:term                login/no    page/no       page/no         page/no         -/no        -/no        -/no
cases:terms               login/no    page/no       page/no         page/no         -/no        -/no        page/no
cases:own-terms           login/login page/page     -/-             -/-             page/page   -/-         page/page
cases:term-suspend        login/login page/refused  -/-             page/refused    -/-         -/-         -/-
cases:term-resume         login/login page/refused  -/-             page/refused    -/-         -/-         -/-
cases:term-extend         login/login page/refused  -/-             page/refused    -/-         -/-         -/-
cases:reports             login/no    page/no       page/no         page/no         -/no        -/no        page/no
cases:report              login/no    page/no       page/no         page/no         -/no        -/no        -/no
cases:identity            login/login page/page     page/page       page/page       -/-         -/-         -/-
cases:ask                 login/login page/done     page/done       page/done       -/-         -/-         -/-
cases:reject              login/login page/done     page/done       -/-             -/-         -/-         -/-
cases:new-case            login/login page/done     page/done       -/-             -/-         -/-         -/-
cases:join                login/login page/done     page/done       -/-             -/-         -/-         -/-
cases:keep                login/login page/done     page/done       -/-             -/-         -/-         -/-
cases:requirements        login/login page/done     page/done       page/done       -/-         -/-         -/-
cases:alike               login/login page/done     page/done       page/done       -/-         -/-         -/-
cases:finding-new         login/login page/page     page/page       page/page       -/-         -/-         page/page
cases:information-list    login/no    page/no       page/no         page/no         -/no        -/no        page/no
cases:information-new     login/login page/page     page/page       page/page       -/-         -/-         page/page
cases:information         login/no    page/no       page/no         page/no         -/no        -/no        -/no
cases:information-finding login/login page/page     page/page       page/page       -/-         -/-         -/-
cases:information-join    login/login page/done     page/done       -/-             -/-         -/-         -/-
cases:information-end     login/login page/done     page/done       page/done       -/-         -/-         -/-
cases:split               login/login page/page     -/-             page/page       -/-         -/-         -/-
cases:merge               login/login page/refused  -/-             page/refused    -/-         -/-         -/-
cases:link                login/login page/done     page/done       page/done       -/-         -/-         -/-
cases:report-copy         login/no    page/no       page/no         page/no         -/no        -/no        -/no
cases:report-original     login/no    page/no       page/no         page/no         -/no        -/no        -/no
cases:cases               login/no    page/no       page/no         page/no         -/no        -/no        page/no
cases:case                login/no    page/no       page/no         page/no         -/no        -/no        -/no
cases:interests           login/login page/done     page/done       page/done       -/-         -/-         page/done
cases:look-ups            login/no    page/no       -/no            -/no            -/no        page/no     page/no
cases:people              login/login page/page     page/page       page/page       -/-         -/-         page/page
cases:exchanges           login/login page/page     page/page       page/page       -/-         -/-         page/page
cases:network             login/login page/page     page/page       page/page       -/-         -/-         page/page
cases:exchange-new        login/login page/page     page/page       page/page       -/-         -/-         page/page
cases:exchange-correct    login/login page/page     page/page       page/page       -/-         -/-         -/-
cases:exchange-withdraw   login/login page/done     page/page       page/page       -/-         -/-         -/-
cases:exchange            login/login page/page     page/page       page/page       -/-         -/-         page/page
cases:career              login/login page/page     page/page       page/page       -/-         -/-         page/page
cases:posts               login/no    page/no       page/no         page/no         -/no        -/no        page/no
cases:post                login/login page/page     page/page       page/page       -/-         -/-         page/page
cases:leads               login/no        page/no         page/no         page/no         -/no            -/no            page/no
cases:leads-learned       login/no        page/no         page/no         page/no         -/no            -/no            page/no
cases:lead                login/login     page/done       page/done       page/done       -/-             -/-             -/-
cases:lead-tick           login/login     page/done       page/done       page/done       -/-             -/-             -/-
cases:lead-dismiss        login/login     page/done       page/done       page/done       -/-             -/-             -/-
cases:lead-reopen         login/login     page/done       page/done       page/done       -/-             -/-             -/-
cases:lead-merge          login/login     page/done       page/done       page/done       -/-             -/-             -/-
cases:lead-take           login/login     page/done       refused/refused page/done       -/-             -/-             -/-
cases:flags               login/no    -/no          -/no            -/no            -/no        -/no        -/no
cases:assign              login/login page/done     -/-             page/refused    -/-         -/-         -/-
cases:declare             login/login page/done     page/done       page/done       -/-         -/-         -/-
cases:conflicts           login/login page/done     page/refused    page/done       -/-         -/-         -/-
cases:conflict-lift       login/login page/done     -/-             -/-             -/-         -/-         -/-
cases:facts               login/login page/done     -/-             page/done       -/-         -/-         -/-
cases:person-new          login/login page/done     -/-             page/done       -/-         -/-         -/-
cases:person              login/login page/done     -/-             page/done       -/-         -/-         -/-
cases:hearing             login/login page/done     -/-             page/done       -/-         -/-         -/-
cases:summons             login/login page/refused  -/-             page/refused    -/-         -/-         -/-
cases:corrections         login/no    page/no       page/no         page/no         -/no        -/no        page/no
cases:receipt             login/no    page/no       page/no         page/no         -/no        -/no        -/no
cases:track-new           login/login page/done     -/-             page/done       -/-         -/-         -/-
cases:track-step          login/login page/done     -/-             -/-             -/-         -/-         -/-
cases:follow              login/login page/done     page/done       -/-             -/-         -/-         -/-
cases:transition          login/login -/-           -/-             -/-             -/-         -/-         -/-
cases:study               login/login page/done     -/-             page/done       -/-         -/-         -/-
cases:recommendation      login/login page/done     -/-             page/done       -/-         -/-         -/-
cases:note                login/login page/done     page/done       page/done       -/-         -/-         -/-
cases:letter              login/login page/done     -/-             page/done       -/-         -/-         -/-
cases:letter-again        login/no    page/no       page/no         page/no         -/no        -/no        -/no
cases:letter-docx         login/no    page/no       page/no         page/no         -/no        -/no        -/no
cases:numbers             login/login page/page     -/-             -/-             page/page   -/-         page/page
cases:document            login/no    page/no       page/no         page/no         -/no        -/no        -/no
cases:exhibits            login/no    page/no       -/no            page/no         -/no        -/no        -/no
cases:exhibit             login/login page/page     page/page       page/page       -/-         -/-         -/-
cases:exhibit-bring       login/login page/page     -/-             page/page       -/-         -/-         -/-
cases:exhibit-describe    login/login page/done     -/-             page/done       -/-         -/-         -/-
cases:custody             login/login page/done     -/-             page/done       -/-         -/-         -/-
cases:redact              login/login page/refused  -/-             page/refused    -/-         -/-         -/-
cases:summons-proof       login/login page/done     -/-             page/done       -/-         -/-         -/-
cases:minutes             login/login page/done     page/refused    page/done       -/-         -/-         -/-
cases:minutes-close       login/login page/refused  -/-             page/refused    -/-         -/-         -/-
cases:facts-unchanged     login/login page/refused  -/-             page/refused    -/-         -/-         -/-
cases:plenary-call        login/login page/done     -/-             page/done       -/-         -/-         -/-
cases:plenary             login/no    page/no       page/no         page/no         -/no        -/no        -/no
cases:plenary-vote        login/login page/done     -/-             -/-             -/-         -/-         -/-
cases:plenary-close       login/login page/refused  -/-             page/refused    -/-         -/-         -/-
cases:take-file           login/login page/done     -/-             page/done       -/-         -/-         -/-
cases:take-words          login/login page/done     -/-             page/done       -/-         -/-         -/-
cases:step                login/login page/done     refused/refused refused/refused -/-         -/-         -/-
cases:hand-over           login/login page/done     -/-             page/done       -/-         -/-         -/-
cases:hand-overs          login/no    page/no       page/no         page/no         -/no        -/no        page/no
cases:reroute             login/login page/page     -/-             -/-             -/-         -/-         page/page
cases:reroute-case        login/login page/done     -/-             -/-             -/-         -/-         -/-
cases:accept              login/login page/page     page/page       page/page       -/-         -/-         -/-
cases:send-back           login/login page/page     page/page       -/-             -/-         -/-         -/-
cases:team                login/login page/done     -/-             -/-             -/-         -/-         -/-
cases:team-leave          login/login page/refused  page/refused    -/-             -/-         -/-         -/-
cases:delivery            login/login page/done     page/done       page/done       -/-         -/-         -/-
cases:answer              login/login page/done     page/done       page/done       -/-         -/-         -/-
cases:decide              login/login -/-           -/-             -/-             -/-         -/-         -/-
cases:decision-deliver    login/login page/done     -/-             -/-             -/-         -/-         -/-
cases:decision-event      login/login page/done     -/-             -/-             -/-         -/-         -/-
cases:decision-correct    login/login page/done     -/-             -/-             -/-         -/-         -/-
cases:order-above         login/login page/done     -/-             page/done       -/-         -/-         -/-
cases:motive              login/login page/done     -/-             page/done       -/-         -/-         -/-
cases:door                login/login page/done     page/page       page/done       -/-         -/-         -/-
cases:door-receipt        login/login page/page     -/-             page/page       -/-         -/-         -/-
cases:door-renew          login/login page/page     -/-             page/page       -/-         -/-         -/-
cases:door-message        login/login page/done     page/refused    page/done       -/-         -/-         -/-
cases:door-read           no/login    no/page       no/-            no/page         no/-        no/-        no/-
cases:services            login/no    page/no       page/no         page/no         -/no        -/no        page/no
cases:service             login/login page/done     page/done       page/done       -/-         -/-         -/-
cases:remedy-new          login/login page/done     -/-             page/done       -/-         -/-         -/-
cases:remedy-answer       login/login page/done     page/done       page/done       -/-         -/-         -/-
cases:remedy-done         login/login page/done     -/-             page/done       -/-         -/-         -/-
cases:remedy-show         login/login page/done     page/done       page/done       -/-         -/-         -/-
cases:pass-on             login/login page/done     page/done       page/done       -/-         -/-         -/-
cases:to-do               login/no      page/no       page/no       page/no       -/no          -/no          page/no
cases:errand              login/login   page/refused  -/-           -/-           -/-           -/-           -/-
cases:measure             login/login   page/refused  -/-           -/-           -/-           -/-           -/-
cases:measure-lift        login/login   page/done     -/-           -/-           -/-           -/-           -/-
cases:late-act            login/login   page/refused  -/-           page/refused  -/-           -/-           -/-
cases:causes              login/login page/done     -/-             page/done       -/-         -/-         -/-
cases:proceedings         login/login page/done     page/done       -/-             -/-         -/-         -/-
cases:reopen              login/login -/-           -/-             -/-             -/-         -/-         -/-
cases:archive             login/no    page/no       -/no            -/no            -/no        -/no        page/no
cases:hold                login/login page/done     -/-             -/-             -/-         -/-         -/-
cases:hold-lift           login/login page/done     -/-             -/-             -/-         -/-         -/-
cases:erase-propose       login/login page/page     -/-             -/-             -/-         -/-         -/-
cases:erase-report        login/login page/refused  -/-             -/-             -/-         -/-         -/-
cases:erase               login/login page/page     -/-             -/-             -/-         -/-         -/-
cases:package             login/login page/page     -/-             page/page       -/-         -/-         -/-
dockets:compare           page/no     page/no     page/no     page/no     page/no     page/no     page/no
dockets:compare-csv       page/no     page/no     page/no     page/no     page/no     page/no     page/no
dockets:compare-json      page/no     page/no     page/no     page/no     page/no     page/no     page/no
dockets:promises          page/no     page/no     page/no     page/no     page/no     page/no     page/no
dockets:promises-csv      page/no     page/no     page/no     page/no     page/no     page/no     page/no
dockets:promises-json     page/no     page/no     page/no     page/no     page/no     page/no     page/no
dockets:promise           page/no     page/no     page/no     page/no     page/no     page/no     page/no
dockets:placed            page/no     page/no     page/no     page/no     page/no     page/no     page/no
dockets:placed-csv        -/no        -/no        -/no        -/no        -/no        -/no        -/no
policy:observing          login/no    -/no        -/no        -/no        -/no        -/no        -/no
policy:observe-new        login/login -/-         -/-         -/-         -/-         -/-         -/-
policy:observe            login/no    -/no        -/no        -/no        -/no        -/no        -/no
policy:observe-about      login/login -/-         -/-         -/-         -/-         -/-         -/-
policy:observe-piece      login/login -/-         -/-         -/-         -/-         -/-         -/-
policy:observe-correct    login/login -/-         -/-         -/-         -/-         -/-         -/-
policy:observe-publish    login/login -/-         -/-         -/-         -/-         -/-         -/-
policy:observe-retract    login/login -/-         -/-         -/-         -/-         -/-         -/-
policy:promises           login/no    -/no        -/no        -/no        -/no        -/no        -/no
policy:promise-new        login/login -/-         -/-         -/-         -/-         -/-         -/-
policy:promise            login/no    -/no        -/no        -/no        -/no        -/no        -/no
policy:promise-link       login/login -/-         -/-         -/-         -/-         -/-         -/-
policy:promise-retract    login/login -/-         -/-         -/-         -/-         -/-         -/-
dockets:dossiers-csv      page/no     page/no     page/no     page/no     page/no     page/no     page/no
dockets:dossiers-json     page/no     page/no     page/no     page/no     page/no     page/no     page/no
dockets:scores            page/no     page/no     page/no     page/no     page/no     page/no     page/no
dockets:scores-csv        page/no     page/no     page/no     page/no     page/no     page/no     page/no
dockets:scores-json       page/no     page/no     page/no     page/no     page/no     page/no     page/no
dockets:score             -/no        -/no        -/no        -/no        -/no        -/no        -/no
dockets:score-json        -/no        -/no        -/no        -/no        -/no        -/no        -/no
dockets:score-calendar    -/no        -/no        -/no        -/no        -/no        -/no        -/no
dockets:score-formula     page/no     page/no     page/no     page/no     page/no     page/no     page/no
dockets:log               page/no     page/no     page/no     page/no     page/no     page/no     page/no
dockets:log-files         page/no     page/no     page/no     page/no     page/no     page/no     page/no
dockets:log-month         -/no        -/no        -/no        -/no        -/no        -/no        -/no
dockets:package           page/no     page/no     page/no     page/no     page/no     page/no     page/no
dockets:package-table     -/no        -/no        -/no        -/no        -/no        -/no        -/no
dockets:package-zip       page/no     page/no     page/no     page/no     page/no     page/no     page/no
dockets:calendar          page/no     page/no     page/no     page/no     page/no     page/no     page/no
dockets:docket            page/no     page/no     page/no     page/no     page/no     page/no     page/no
dockets:dockets           page/no     page/no     page/no     page/no     page/no     page/no     page/no
dockets:proof             page/no     page/no     page/no     page/no     page/no     page/no     page/no
dockets:feed              page/no     page/no     page/no     page/no     page/no     page/no     page/no
dockets:docket-feed       page/no     page/no     page/no     page/no     page/no     page/no     page/no
dockets:decree            -/-         -/-         -/-         -/-         -/-         -/-         -/-
dockets:decree-pdf        -/no        -/no        -/no        -/no        -/no        -/no        -/no
dockets:decree-proof      -/no        -/no        -/no        -/no        -/no        -/no        -/no
dockets:photo             -/no        -/no        -/no        -/no        -/no        -/no        -/no
dockets:photo-small       -/no        -/no        -/no        -/no        -/no        -/no        -/no
policy:about              login/login -/-         -/-         -/-         -/-         -/-         -/-
policy:comment            login/login -/-         -/-         -/-         -/-         -/-         -/-
policy:comments           login/login -/-         -/-         -/-         -/-         -/-         -/-
policy:decree             login/login -/-         -/-         -/-         -/-         -/-         -/-
policy:debt               login/login -/-         -/-         -/-         -/-         -/-         -/-
policy:milestone-done     login/login -/-         -/-         -/-         -/-         -/-         -/-
policy:milestone-new      login/login -/-         -/-         -/-         -/-         -/-         -/-
policy:open               login/login -/-         -/-         -/-         -/-         -/-         -/-
policy:part               login/login -/-         -/-         -/-         -/-         -/-         -/-
policy:piece-correct      login/login -/-         -/-         -/-         -/-         -/-         -/-
policy:piece-new          login/login -/-         -/-         -/-         -/-         -/-         -/-
policy:sign               login/login -/-         -/-         -/-         -/-         -/-         -/-
policy:step               login/login -/-         -/-         -/-         -/-         -/-         -/-
policy:tie                login/login -/-         -/-         -/-         -/-         -/-         -/-
policy:visit              login/login -/-         -/-         -/-         -/-         -/-         -/-
policy:dossier            login/no    -/no        -/no        -/no        -/no        -/no        -/no
policy:dossiers           login/no    -/no        -/no        -/no        -/no        -/no        -/no
policy:lane               login/no    -/no        -/no        -/no        -/no        -/no        -/no
policy:part-versions      login/no    -/no        -/no        -/no        -/no        -/no        -/no
policy:pieces             login/no    -/no        -/no        -/no        -/no        -/no        -/no
policy:visit-photo        login/no    -/no        -/no        -/no        -/no        -/no        -/no
voices:comment            page/page   page/page   page/page   page/page   page/page   page/page   page/page
voices:follow             page/page   page/page   page/page   page/page   page/page   page/page   page/page
voices:visit              page/page   page/page   page/page   page/page   page/page   page/page   page/page
log-file                  page/no     page/no       page/no         page/no         page/no     page/no     page/no
"""


def addresses(module: str) -> dict[str, URLPattern]:
    """Every named page behind these addresses, as `room:page`."""
    return dict(_below(import_module(module).urlpatterns, ""))


def _below(patterns: list[Any], room: str) -> Iterator[tuple[str, URLPattern]]:
    for found in patterns:
        if isinstance(found, URLResolver):
            # Other systems have keys instead of roles, and a table of their own: tests/web.
            if found.namespace == "api":
                continue
            yield from _below(found.url_patterns, found.namespace or room)
        else:
            yield f"{room}:{found.name}" if room else str(found.name), found


def wanted(page: URLPattern) -> set[str]:
    """The names of what must be filled into an address."""
    pattern = page.pattern
    if isinstance(pattern, RegexPattern):
        return set(pattern.regex.groupindex)
    return set(pattern.converters)


# A scene with everything in it


def reported(organ: Organ) -> Report:
    """A named report with a photo that has a working copy."""
    organ.refresh_from_db()
    draft = secrets.token_bytes(32)
    kept = reports.stage(draft, name=SECRET_FILE, data=photo(), at=timezone.localdate(NOW))
    return reports.file_report(
        draft=draft,
        content=content(),
        identity=Identity(SECRET_NAME, "Jalan Rahasia 7", "0812"),
        organ=organ,
        at=NOW,
        staged=[kept.id],
    ).report


def worked_on(organ: Organ, alice: Desk, **how: object) -> Case:
    """A case with study, recommendation, letter and an exhibit."""
    report = reported(organ)
    case = make_case(alice, report, at=NOW, **how)
    write_all(case, alice)
    opened = reports.open_report(report, alice.private)
    actions.choose_words(
        case, opened, title="Kutipan B", text="kutipan", seen=Seen.now(case), by=alice, at=NOW
    )
    case.refresh_from_db()
    return case


def recommended(case: Case, alice: Desk, to: Organ) -> Case:
    """The same case, handed over with its documents and without its exhibit."""
    give = Given(to, documents=chosen(case, alice))
    actions.take_step(case, Taking("recommend", give=give), seen=Seen.now(case), by=alice, at=NOW)
    case.refresh_from_db()
    return case


def studied(organ: Organ, alice: Desk) -> Case:
    """A case under Bawaslu's own procedure, at the step where a side track may be opened."""
    case = worked_on(organ, alice, procedure_id="pemilihan_report", reason="")
    declared = frozenset({"formal_complete", "material_complete", "in_time"})
    actions.take_step(
        case, Taking("register", declared=declared), seen=Seen.now(case), by=alice, at=NOW
    )
    case.refresh_from_db()
    return case


def summoned_and_heard(case: Case, alice: Desk) -> Case:
    """The same case with a summons whose arrival is not proven, and a hearing without minutes."""
    accused, on = case.accused.get(), timezone.localdate(NOW)
    actions.record_summons(
        accused, sent_on=on, summoned_for_on=on + timedelta(days=3), seen=Seen.now(case), by=alice,
        at=NOW,
    )  # fmt: skip
    case.refresh_from_db()
    actions.record_hearing(accused, held_on=on, seen=Seen.now(case), by=alice, at=NOW)
    case.refresh_from_db()
    return case


def called(case: Case, alice: Desk) -> Case:
    """The same case with a plenary in which Alice has a seat and has not voted."""
    actions.call_plenary(
        case, "administrative", members={alice.officer.pk}, meets_on=timezone.localdate(NOW),
        seen=Seen.now(case), by=alice, at=NOW,
    )  # fmt: skip
    case.refresh_from_db()
    return case


def with_door(case: Case, alice: Desk) -> Case:
    """The same case with a door of its reported person, who has sent something."""
    given = doors.open_door(case.accused.get(), seen=Seen.now(case), by=alice, at=NOW)
    behind = door_sending.find(given.secret)
    assert behind is not None
    door_sending.send(
        behind, kind=DoorMessage.Kind.ANSWER, text="Saya tidak di sana.", draft=b"d" * 32, at=NOW
    )
    case.refresh_from_db()
    return case


def with_track(case: Case, alice: Desk) -> Case:
    """The same case with a side track, whose step is ready to be taken."""
    actions.open_track(case, "crime", seen=Seen.now(case), by=alice, at=NOW)
    case.refresh_from_db()
    actions.keep_letter(
        case, kind="forwarding", title="Surat", pdf=b"%PDF-1.7", seen=Seen.now(case), by=alice,
        at=NOW,
    )  # fmt: skip
    case.refresh_from_db()
    return case


def decided(case: Case, alice: Desk) -> None:
    """The same case with a decision about its person, and the superior who gave the order."""
    row = case.accused.get()
    above.record_order(
        row, Superior("Atasan Rekaan"), deed=OrderGiver.Deed.ORDERED,
        how_known=HowKnown.HE_SAID, seen=Seen.now(case), by=alice, at=NOW,
    )  # fmt: skip
    case.refresh_from_db()
    made = Decision(
        case=case, accused=row, finding="proven", step="study", outcome="not_proven",
        level="ringan", kind="oral_reprimand", norms=["skb_2022/D7"], organ=alice.organ,
        decided_on=timezone.localdate(NOW), decided_by=alice.officer,
        journal=case.journal.latest("version"),
    )  # fmt: skip
    # Reasons stand in the decision that the person is handed: they travel with the case.
    words = {"reasons": "Menurut foto pada berkas."}
    made.sealed = decisions.close_reasons(vault.case_key(case, alice), made, words)
    made.save()
    carrying_out.open_errands(made)


def idle(case: Case, alice: Desk) -> None:
    """An office that did not act, as the public reads it, and a block against it."""
    on, line = timezone.localdate(NOW), case.journal.latest("version")
    row = IdleOffice.objects.create(
        organ_code="ppk-luar", organ_name="Pemerintah Contoh", procedure="discipline_pp_94",
        step="deliver", duty_id="Penyampaian", duty_en="Delivery", citation="PP 94/2021 ps 37",
        level="two_copies", delivered_on=on - timedelta(days=40),
        last_day=on - timedelta(days=20), listed_on=on, days=[],
    )  # fmt: skip
    term = OpenTerm.objects.running().get(case=case, track=None)
    IdleTie.objects.create(row=row, case=case, term=term, line=line)
    Measure.objects.create(
        case=case, against=alice.organ, kind="data_block", ground="c", scope="part", taken_on=on,
        journal=line,
    )  # fmt: skip


def complained(organ: Organ, alice: Desk) -> Case:
    """A complaint about a service, with a remedy that its reporter cannot read yet."""
    case = worked_on(organ, alice, kind="service")
    offered = reports.Offered("serve", "Layanan diberikan.", timezone.localdate(NOW))
    serving.offer_remedy(case, offered, seen=Seen.now(case), by=alice, at=NOW)
    Offer.objects.all().delete()
    case.refresh_from_db()
    return case


# The leads of the scene: to be looked at and taken over, dismissed, about the reported person.
LEAD, LIKE_IT, PUT_ASIDE, OF_A_PERSON = 1, 2, 3, 4
LEAD_OF = {"cases:lead": OF_A_PERSON, "cases:lead-reopen": PUT_ASIDE}


def noticed(alice: Desk) -> None:
    """Leads in each state, one of them about the reported person."""
    for ordinal in (LEAD, LIKE_IT, PUT_ASIDE, OF_A_PERSON):
        row = lead(f"L-{ordinal}/2026", subject=f"{TJAHJO.name} {ordinal}", region_code="32.04",
                   personal=ordinal == OF_A_PERSON)  # fmt: skip
        looked_at(row, alice.officer)
    Lead.objects.filter(ordinal=LIKE_IT).update(
        subject=Lead.objects.get(ordinal=LEAD).subject, subject_kind="contract"
    )
    row = Lead.objects.get(ordinal=PUT_ASIDE)
    dismiss(row, why="data", note="Salah.", seen=row.version, once=uuid.uuid4(),
            by=alice.officer, at=NOW)  # fmt: skip


def said_by_the_office(alice: Desk) -> None:
    """An article that it confirmed, a session of prevention that it held, a pair it judged, an
    exchange that it recorded."""
    item = next(iter(items().values()))
    registry.confirm_article(
        item_id=item.id, text_hash=item.hash, seen_in="Lembaran Negara 2016 Nomor 130",
        by=alice.officer, at=NOW,
    )  # fmt: skip
    registry.record_outreach(
        held_on=timezone.localdate(NOW), audience="public", region_code="", topic="Netralitas",
        reach=12, once=uuid.uuid4(), by=alice.officer, at=NOW,
    )  # fmt: skip
    pair = NamePair.objects.create(
        record="r", person="p", certainty=0.5, homonyms=2, reasons=[{"id": "a", "en": "b"}]
    )
    registry.judge_pair(pair, "different", seen=0, why="", by=alice.officer, at=NOW)
    given = Exchange("", "Yayasan Contoh", "Warga RW 05", "goods", "berita terbuka", "low")
    registry.record_exchange(given, once=uuid.uuid4(), by=alice.officer, at=NOW)


OF_SERVICES = (
    "cases:service",
    "cases:remedy-new",
    "cases:remedy-answer",
    "cases:remedy-done",
    "cases:remedy-show",
    "cases:pass-on",
)


def watched() -> None:
    """A policy that an organisation watches, published; and a promise that it recorded."""
    organ = make_office("warga-peduli", "policy_observer", region="ID")
    by = add_watcher(organ, "wahyu", "policy_observer")
    about = About("Kebijakan contoh", "", "ID", office="Badan Contoh")
    dossier = policy.open_dossier(about, mode=Mode.OBSERVER, by=by, at=NOW, once=uuid.uuid4())
    on = timezone.localdate(NOW)
    paper = Paper("technocracy", "study", title="Kajian", source="Laman contoh", read_on=on)
    policy.add_piece(dossier, paper, seen=PolicySeen.now(dossier), by=by, at=NOW)
    dossier.refresh_from_db()
    policy.publish(dossier, seen=PolicySeen.now(dossier), by=by, at=NOW)
    promised = Promised("plan", "RPJMD Contoh", "Seratus dapur.", "Perda contoh", on, "ID")
    record_promise(promised, by=by, at=NOW, once=uuid.uuid4())


def held_back_and_proposed(case: Case, alice: Desk) -> None:
    """The same case, held back; and a report whose erasure she proposed."""
    actions.place_hold(case, "Gugatan.", seen=Seen.now(case), by=alice, at=NOW)
    case.refresh_from_db()
    on = timezone.localdate(NOW)
    Erasure.objects.create(
        report_id=uuid.uuid4(), organ=alice.organ, rule="report", ended_on=on, due_on=on,
        proposed_by=alice.officer, proposed_on=on,
    )  # fmt: skip


@dataclass
class Scene:
    """Things that really exist, all of Alice's office, and everybody's browser."""

    bawaslu: Office
    fresh: Report
    case: Case
    sent: Case
    # two cases of Bawaslu's own procedure: with a side track, and where one may be opened
    beside: Case
    ready: Case
    # a complaint about a service, with a remedy that its reporter cannot read yet
    complaint: Case
    # of Alice's calendar: whoever has it reads it
    token: str
    known: dict[object, dict[str, object]] = field(default_factory=dict)

    @property
    def alice(self) -> Desk:
        return self.bawaslu.desks["alice"]

    @property
    def confirmation(self) -> ArticleConfirmation:
        return ArticleConfirmation.objects.get()

    @cached_property
    def letter(self) -> Document:
        """A letter of the case that was numbered, with a code that leads to it."""
        letter = letters.Letter(
            kind=Kind.FORWARDING,
            organ=letters.Organ(self.bawaslu.organ.name),
            dated_on=NOW.date(),
        )
        return lettering.make_letter(
            self.case, letter, language="id", host="", seen=Seen.now(self.case), by=self.alice,
            at=NOW,
        )  # fmt: skip

    @cached_property
    def letter_code(self) -> str:
        body = vault.open_document(self.letter, self.alice)
        assert body is not None
        return str(body["made"]["from"]["check"]["url"]).rstrip("/").rsplit("/", 1)[1]

    def ids(self, page: str) -> dict[str, object]:
        """What exists behind a page; only a case that went outside has a delivery."""
        own = {
            **dict.fromkeys(OF_SERVICES, self.complaint),
            "cases:delivery": self.sent,
            "cases:answer": self.sent,
            "cases:hold-lift": self.sent,
            "cases:track-step": self.beside,
            "cases:track-new": self.ready,
            "cases:minutes": self.beside,
            "cases:minutes-close": self.beside,
            "cases:facts-unchanged": self.beside,
            "cases:summons-proof": self.beside,
            "cases:plenary-call": self.beside,
            "cases:door": self.beside,
            "cases:door-receipt": self.beside,
            "cases:door-renew": self.beside,
            "cases:door-message": self.beside,
            "cases:door-read": self.beside,
            "cases:plenary": self.ready,
            "cases:plenary-vote": self.ready,
            "cases:plenary-close": self.ready,
        }
        case = own.get(page, self.case)
        found = self.everywhere | self.of(case)
        if page in (
            "cases:report",
            "cases:ask",
            "cases:reject",
            "cases:new-case",
            "cases:keep",
            "cases:requirements",
            "cases:alike",
        ):
            found["report_id"] = self.fresh.pk
        if page in ("cases:letter-again", "cases:letter-docx"):
            found["document_id"] = self.letter.pk
        if page == "cases:track-step":
            found["outcome"] = "handed_over"
        found["code"] = self.code_of(page)
        found["ordinal"] = LEAD_OF.get(page, LEAD)
        if page == "cases:lead-tick":
            found["place"] = 1
        if page.startswith(("dockets:", "voices:")):
            found["number"] = slug_of(Piece.objects.get().dossier.number)
        return found

    def of(self, case: Case) -> dict[str, object]:
        """What exists in this case."""
        if case.pk not in self.known:
            report = case.reports.get().report
            self.known[case.pk] = {
                "report_id": report.pk,
                "attachment_id": report.attachments.get().pk,
                "case_id": case.pk,
                "accused_id": case.accused.get().pk,
                "document_id": case.documents.get(kind="study").pk,
                "exhibit_id": case.exhibits.get().pk,
                "term_id": OpenTerm.objects.running().get(case=case, track=None).pk,
                "conflict_id": Conflict.objects.get(case=case).pk,
            }
        return self.known[case.pk]

    @cached_property
    def everywhere(self) -> dict[str, object]:
        """What is the same whichever case the page is of."""
        return {
            "letter_code": self.letter_code,
            "track_id": self.beside.tracks.get().pk,
            "place": 0,
            "hearing_id": self.beside.hearings.get().pk,
            "plenary_id": self.ready.plenaries.get().pk,
            "information_id": PriorInformation.objects.get().pk,
            "contest": "pemilihan",
            "delivery_id": Delivery.objects.get().pk,
            "factor_id": uuid.uuid4(),
            "officer_id": self.bawaslu.desks["bob"].officer.pk,
            "organ_id": self.bawaslu.organ.pk,
            "outcome": "not_competent",
            "ocid": "ocds-nt-0001",
            "key": "0" * 12,
            "agency": "0" * 12,
            "region": "32.73",
            "election": "pemilihan-2018",
            "month": f"{timezone.localdate(NOW).replace(day=1) - timedelta(days=1):%Y-%m}",
            "name": "checkpoint",
            "instrument_id": "skb_2022",
            "procedure_id": "sbt_neutrality",
            "year": 2026,
            "item_id": next(key for key in items() if key != self.confirmation.item),
            "confirmation_id": self.confirmation.pk,
            "outreach_id": Outreach.objects.get().pk,
            "pair_id": NamePair.objects.get().pk,
            "judgement_id": NameJudgement.objects.get().pk,
            "token": self.token,
            "decision_id": Decision.objects.get().pk,
            "errand_id": Errand.objects.get(task="record").pk,
            "measure_id": Measure.objects.get().pk,
            "tie_id": IdleTie.objects.get().pk,
            "row_id": IdleOffice.objects.get().pk,
            "order_id": OrderGiver.objects.get().pk,
            "hold_id": LegalHold.objects.get().pk,
            "erasure_id": Erasure.objects.get().pk,
            "remedy_id": Remedy.objects.get().pk,
            "message_id": DoorMessage.objects.get().pk,
            "number": ExchangeRecord.objects.get().number,
            "exchange_id": ExchangeRecord.objects.get().number,
            **self.of_policy,
        }

    @cached_property
    def of_policy(self) -> dict[str, object]:
        """What exists of the policy that another organisation watches."""
        piece = Piece.objects.get()
        return {
            "dossier_id": piece.dossier_id,
            "piece_id": piece.pk,
            "promise_id": Promise.objects.get().pk,
            "kind": piece.kind,
            # Of an office's own dossier there is none here: tests/policy tries every role on those.
            **dict.fromkeys(("photo_id", "comment_id", "visit_id"), uuid.uuid4()),
            **dict.fromkeys(("milestone_id", "debt_id", "version"), 1),
        }

    @staticmethod
    def code_of(page: str) -> str:
        """A code of what the page is about."""
        if page.startswith("publication:method"):
            return "R018"
        return "crime" if page == "cases:track-new" else "D7"

    @cached_property
    def places(self) -> dict[str, str]:
        """The address of every page."""
        return {
            name: reverse(name, kwargs={k: v for k, v in self.ids(name).items() if k in wanted(at)})
            for name, at in addresses(ALL_DOORS).items()
        }

    @cached_property
    def browsers(self) -> dict[str, Client]:
        return {who: Client() if who == "nobody" else log_in(who) for who in PEOPLE}


def whole_scene() -> Scene:
    """All of it, made anew in the database of the tests."""
    bawaslu = office("bawaslu-32", "bawaslu")
    other = office("bawaslu-33", "bawaslu", region="33")
    for who, roles in PEOPLE.items():
        if roles:
            (other if who == "charlie" else bawaslu).add(who, *roles)
    alice = bawaslu.desks["alice"]
    # Mia is kin of the reported person: she is kept away from every case of this scene.
    mia = bawaslu.add("mia", "examiner")
    recusing.declare_interests([Interest("kin", TJAHJO.name)], base=0, by=mia, at=NOW)
    fresh = reported(bawaslu.organ)
    actions.route_new_reports(at=NOW)
    actions.ask_reporter(fresh, f"Siapa {SECRET_WORDS}?", by=alice, at=NOW)
    outside = make_organ("bkn-luar", "bkn", inside=False, region="ID")
    case = worked_on(bawaslu.organ, alice)
    sent = recommended(worked_on(bawaslu.organ, alice), alice, outside)
    beside = summoned_and_heard(with_track(studied(bawaslu.organ, alice), alice), alice)
    with_door(beside, alice)
    ready = called(studied(bawaslu.organ, alice), alice)
    decided(case, alice)
    idle(case, alice)
    complaint = complained(bawaslu.organ, alice)
    said_by_the_office(alice)
    noticed(alice)
    record_information(
        Told("Berita", f"Koran: {TJAHJO.name}"), source="press", came_on=timezone.localdate(NOW),
        by=alice, at=NOW,
    )  # fmt: skip
    held_back_and_proposed(sent, alice)
    watched()
    publication.release(at=NOW)
    ledger.sequence(at=NOW)
    ledger.publish(settings.LOG, at=NOW)
    token = reminding.make_feed(language="id", by=alice.officer, at=NOW)
    return Scene(bawaslu, fresh, case, sent, beside, ready, complaint, token)


@pytest.fixture
def scene(db: None) -> Scene:
    return whole_scene()


# Trying


@dataclass(frozen=True)
class Answer:
    """What somebody got: in the words of the table, as text, and whether anything was done."""

    word: str
    text: str
    acts: int


def ask(client: Client, method: str, place: str, data: dict[str, Any] | None = None) -> Answer:
    """One request; whatever it did is undone."""
    browser = Client()
    browser.handler = client.handler
    browser.cookies = client.cookies.copy()
    before = Entry.objects.count()
    with transaction.atomic():
        answer: Any = getattr(browser, method)(place, data)
        acts = Entry.objects.count() - before
        text = read(answer)
        transaction.set_rollback(True)
    return Answer(word(answer), text, acts)


def read(answer: Any) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(body.decode(errors="replace"))


def word(answer: HttpResponse) -> str:
    if answer.status_code == 302:
        return "login" if answer["Location"].startswith(LOGINS) else "done"
    return SHORT.get(answer.status_code, str(answer.status_code))


LOGINS = ("/meja/akun/masuk/", "/en/meja/akun/masuk/")
ANSWERS = {
    "text": "kata yang cukup",
    "password": PASSWORD,
    "date": timezone.localdate(NOW).isoformat(),
}


def filled(html: str, place: str) -> dict[str, Any]:
    """The form of a page as its reader could send it; nothing where there is no form."""
    page = Page(Visitor(""), place, 200, {"Content-Type": "text/html"}, html.encode())
    own = [form for form in page.forms if form.method == "post" and "keluar" not in form.action]
    return {name: typed for form in own[:1] for name, typed in _typed(form)}


def _typed(form: Form) -> Iterator[tuple[str, list[str]]]:
    for name, control in form.controls.items():
        given = [value for value in form.values.get(name, []) if value]
        options = [option for option in control.options if option]
        made = options[:1] if options else [ANSWERS.get(control.kind, "")]
        yield name, given or made


def row_of(scene: Scene, name: str) -> tuple[list[str], list[str]]:
    """A row of the table, and what is wrong whatever the table says."""
    place = scene.places[name]
    alice_sees = ask(scene.browsers["alice"], "get", place)
    body = filled(alice_sees.text, place)
    cells, faults = [], []
    for who, browser in scene.browsers.items():
        by_get, by_post = ask(browser, "get", place), ask(browser, "post", place, body)
        cells.append(f"{by_get.word}/{by_post.word}")
        for answer in (by_get, by_post):
            faults += [f"{who} {name}: {fault}" for fault in wrong(who, answer)]
        if (who, by_post.word) == ("alice", "done") and name.startswith("cases:"):
            # Her form was a good one, so that the refusals of the others are about them.
            faults += [] if by_post.acts else [f"{name}: Alice did nothing"]
        if by_get.acts:
            faults.append(f"{who} {name}: a GET wrote into the ledger")
    return cells, faults


def shown_in(text: str) -> list[str]:
    """What of a case stands in a page."""
    return [words for words in CONTENT if words in text] + NUMBER.findall(text)


def wrong(who: str, answer: Answer) -> list[str]:
    """Content that somebody saw, or an act that somebody did, who may do neither."""
    stranger = who in ("nobody", "charlie")
    shown = shown_in(answer.text)
    faults = [f"shows {words!r}" for words in shown if stranger or who in ("adi", "tri")]
    if answer.acts and answer.word in ("-", "no", "login"):
        faults.append("refused, and did it nevertheless")
    return faults


def written(rows: dict[str, list[str]]) -> str:
    lines = (f"{name:25}" + "".join(f"{cell:16}" for cell in cells) for name, cells in rows.items())
    return "\n".join(line.rstrip() for line in lines)


def table(text: str) -> dict[str, list[str]]:
    rows = [line.split() for line in text.strip().split("\n") if not line.startswith("#")]
    return {name: cells for name, *cells in rows}


def test_every_role_gets_what_the_table_says_on_every_page(scene: Scene) -> None:
    rows, faults = {}, []
    for name in scene.places:
        rows[name], found = row_of(scene, name)
        faults += found
    assert faults == []
    expected = table(TABLE)
    differing = {
        name for name in rows.keys() | expected.keys() if rows.get(name) != expected.get(name)
    }
    assert not differing, "\n" + written({name: rows.get(name, []) for name in sorted(differing)})


def test_each_door_alone_has_no_page_that_the_table_does_not_know() -> None:
    alone = set().union(*(addresses(door) for door in EACH_DOOR))
    assert alone - FRONT == set(table(TABLE)) == set(addresses(ALL_DOORS))


def test_the_english_desk_lets_nobody_else_in(scene: Scene) -> None:
    for who in ("nobody", "charlie", "tri"):
        for name, place in scene.places.items():
            if name == "log-file":  # one address for all languages
                continue
            answer = ask(scene.browsers[who], "get", "/en" + place)
            column = list(PEOPLE).index(who)
            assert answer.word == table(TABLE)[name][column].partition("/")[0], (who, name)
            assert wrong(who, answer) == [], (who, name)


@pytest.mark.parametrize("method", ["head", "put", "patch", "delete", "options"])
def test_no_other_way_of_asking_opens_more(scene: Scene, method: str) -> None:
    for who in ("nobody", "charlie", "adi"):
        for name, place in scene.places.items():
            answer = ask(scene.browsers[who], method, place)
            by_get = table(TABLE)[name][list(PEOPLE).index(who)].partition("/")[0]
            assert answer.word in ({by_get} if method == "head" else {"no", "-", "login"}), name
            assert not answer.acts, (who, name)
            assert wrong(who, answer) == [], (who, name)


def test_a_revoked_officer_is_nobody(scene: Scene) -> None:
    browser = scene.browsers["bob"]
    revoked = scene.bawaslu.desks["bob"].officer
    accounts.revoke_officer(officer=revoked, by=None, at=NOW)
    for name, place in scene.places.items():
        answer = ask(browser, "get", place)
        assert answer.word == table(TABLE)[name][0].partition("/")[0], name
        assert wrong("nobody", answer) == [], name


def test_a_temporary_password_opens_nothing_but_the_page_that_changes_it(scene: Scene) -> None:
    alice = scene.alice
    _new, temporary = accounts.add_officer(
        organ=alice.organ, login="novi", name="Novi", roles=PEOPLE["alice"], by=None,
        organ_private=alice.private, holder=alice.officer, at=NOW,
    )  # fmt: skip
    browser = Client()
    browser.post(reverse("accounts:login"), {"login": "novi", "password": temporary})
    for name, place in scene.places.items():
        if not place.startswith("/" + settings.DESK_PATH):
            continue
        answer = browser.get(place)
        if name in ("accounts:password", "accounts:unlock"):
            assert answer.status_code == 200, name
        elif name in ("accounts:logout", "cases:door-read", "registry_desk:take-back"):
            assert answer.status_code == 405, name
        elif name in NO_SIGN_ON:
            assert answer.status_code == 404, name
        else:
            assert answer.status_code == 302, name
            assert shown_in(read(answer)) == [], name
            assert name == "accounts:login" or browser.post(place).status_code in (302, 405), name


def test_who_gets_a_case_gets_what_was_given_and_no_report(scene: Scene) -> None:
    receiver = office("bkn", "bkn", "dewi", region="ID")
    receiver.organ.refresh_from_db()
    recommended(scene.case, scene.alice, receiver.organ)
    dewi, alice = log_in("dewi"), scene.browsers["alice"]
    report = scene.case.reports.get().report_id
    seen, kept = {}, {}
    for name, place in scene.places.items():
        if not name.startswith("cases:"):
            continue
        if name == "cases:report":
            place = reverse(name, args=[report])
        if name in ("cases:delivery", "cases:answer"):
            continue  # of another case, which stayed with Alice
        answer = ask(dewi, "get", place)
        seen[name], kept[name] = answer.word, ask(alice, "get", place).word
        told = (SECRET_WORDS, SECRET_NAME, SECRET_FILE, "Kutipan B")
        assert not any(words in answer.text for words in told), name
    mine = {name.removeprefix("cases:") for name, word in seen.items() if word == "page"}
    assert mine == GIVEN, " ".join(sorted(mine ^ GIVEN))
    assert seen["cases:step"] == "page"
    changed = {name for name in kept if kept[name] != table(TABLE)[name][1].partition("/")[0]}
    of_the_term = {"term", "term-suspend", "term-resume", "term-extend"}
    assert changed == {"cases:step", *(f"cases:{name}" for name in of_the_term)}


# What opens to an officer with all roles in the office to which the case was handed over.
GIVEN = {
    "exhibit-bring", "exhibit-describe",
    "search", "filters", "several", "reminders", "keys",
    "start", "reports", "cases", "case", "facts", "person-new", "person", "hearing", "summons",
    "study", "recommendation", "term", "note", "letter", "document", "exhibits", "step", "hand-over",
    "corrections", "receipt", "follow", "terms", "own-terms", "term-suspend", "term-resume",
    "hand-overs", "reroute", "accept", "send-back", "team", "team-leave", "reroute-case",
    "term-extend", "interests", "look-ups", "people", "exchanges", "exchange-new", "exchange",
    "network", "career", "posts", "post",
    "leads", "leads-learned", "lead", "lead-tick", "lead-dismiss", "lead-reopen", "lead-merge",
    "assign", "declare", "conflicts",
    # what the office that keeps the case now may do about it, and its own lists
    "archive", "causes", "decision-deliver", "decision-event", "erase-propose",
    "errand", "finding-new", "flags", "hold", "information-list", "information-new", "late-act",
    "link", "measure", "measure-lift", "merge", "motive", "numbers", "order-above", "package",
    "proceedings", "services", "split", "to-do",
}  # fmt: skip
