"""The only writers of this room: public facts, confirmed articles, sessions, names, versions."""

from timbang.registry.actions.confirming import confirm_article, withdraw_confirmation
from timbang.registry.actions.exchanging import (
    Unfit,
    correct_exchange,
    record_exchange,
    withdraw_exchange,
)
from timbang.registry.actions.facts import (
    Loaded,
    add_agency,
    add_contest,
    add_election,
    add_occupancy,
    add_person,
    add_post,
    load,
    load_elections,
    load_regions,
)
from timbang.registry.actions.linking import judge_pair, offer_pairs, withdraw_judgement
from timbang.registry.actions.outreach import record_outreach, withdraw_outreach
from timbang.registry.actions.versions import complete_loads, tables_store

__all__ = [
    "Loaded",
    "Unfit",
    "add_agency",
    "add_contest",
    "add_election",
    "add_occupancy",
    "add_person",
    "add_post",
    "complete_loads",
    "confirm_article",
    "correct_exchange",
    "judge_pair",
    "load",
    "load_elections",
    "load_regions",
    "offer_pairs",
    "record_exchange",
    "record_outreach",
    "tables_store",
    "withdraw_confirmation",
    "withdraw_exchange",
    "withdraw_judgement",
    "withdraw_outreach",
]
