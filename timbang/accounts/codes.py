"""The closed sets of this room, each code with the word that people read.

The codes of organ kinds and roles are law's; the words are the interface's.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words

# The region code of an organ that is competent in the whole country.
NATIONAL = "ID"

ORGAN_KINDS: Mapping[str, Words] = MappingProxyType(
    {
        "task_force": _("Neutrality task force"),
        "bawaslu": _("Bawaslu (elections supervisor)"),
        "bkn": _("BKN (national civil service agency)"),
        "appointing_officer": _("Appointing officer"),
        "inspectorate": _("Inspectorate"),
        "observer": _("Accredited observer"),
        "ethics_council": _("Ethics council (Majelis Kode Etik)"),
        "higher_officer": _("Superior of the officer who punishes"),
        "bpasn": _("BPASN (civil service appeals board)"),
        "ombudsman": _("Ombudsman"),
        "service_provider": _("Provider of a public service"),
        "regent": _("Regent or mayor"),
        "home_ministry": _("Ministry of Home Affairs"),
        "police": _("Police (Gakkumdu)"),
        "kpu": _("KPU (election commission)"),
        "kasn": _("KASN (until 2024)"),
        "policy_office": _("Office that makes policy"),
        "clearing_office": _("Office that clears policy"),
        "policy_observer": _("Policy observer (citizens' group, faculty, newspaper)"),
    }
)

ROLES: Mapping[str, Words] = MappingProxyType(
    {
        "receiver": _("Receives reports"),
        "examiner": _("Examines cases"),
        "plenary": _("Votes in the plenary"),
        "decision_maker": _("Decides"),
        "executing_officer": _("Carries out what was decided"),
        "legal_officer": _("Confirms what the law says"),
        "administrator": _("Manages officers, sees no case"),
        "auditor": _("Audits"),
        "policy_observer": _("Follows policies from published documents"),
        "analyst": _("Studies policies"),
        "reviewer": _("Reviews studies"),
        "legal_drafter": _("Drafts policies as law"),
        "clearing_officer": _("Clears policies"),
        "evaluator": _("Evaluates policies"),
    }
)

# Whose work opens sealed content; nobody else gets the key of his organ.
KEY_ROLES = ("receiver", "examiner", "plenary", "decision_maker", "executing_officer")
# Who passes the key of the organ on to a colleague.
KEY_GIVERS = ("decision_maker",)

# Offices that watch, and so look up public persons. None of a regional executive (regent,
# appointing officer, inspectorate, superior, provider of services) is among them: whoever appoints
# and dismisses does not read careers here.
WATCHERS = (
    "task_force", "bawaslu", "bkn", "kasn", "bpasn", "ombudsman", "home_ministry", "police",
)  # fmt: skip

# Offices of policy, and the roles that work there: their desk has pages of its own, and none of
# reports and cases.
POLICY_KINDS = ("policy_office", "clearing_office", "policy_observer")
POLICY_ROLES = (
    "analyst", "reviewer", "legal_drafter", "clearing_officer", "decision_maker",
    "executing_officer", "evaluator", "auditor", "policy_observer",
)  # fmt: skip
# Where their pages stand, below the desk.
POLICY_PATH = "kebijakan/"

# What a session is shown as: a word of ours, never what the browser says of itself.
DEVICES: Mapping[str, Words] = MappingProxyType(
    {
        "computer": _("Computer"),
        "tablet": _("Tablet"),
        "phone": _("Telephone"),
        "unknown": _("Unknown device"),
    }
)

# How an officer proved at login that it is he: beside his password, or by it alone.
PROOFS: Mapping[str, Words] = MappingProxyType(
    {
        "password": _("Password only"),
        "passkey": _("Passkey"),
        "code": _("Code from an app"),
        "recovery": _("Recovery code"),
        "sign_on": _("Sign-on of the office"),
    }
)

# How a file reaches an organ that has no officers here.
CHANNELS: Mapping[str, Words] = MappingProxyType(
    {
        "sbt": _("SBT (the civil service agency's integrated sharing system)"),
        "sp4n_lapor": _("SP4N-LAPOR!"),
        "letter": _("Letter"),
    }
)
