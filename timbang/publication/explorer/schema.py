"""The file of the explorer: an SQLite database that is built, swapped in whole, and only read.

`procurement.id` is the place of a purchase among all, newest first, and `by_value` its place by
amount: a page of a list is a range of one of them, whatever else is asked. `words` and
`words_by_value` index titles and what can be filtered by, as words that no title has (`tag`), so
that every question is a few lists of places cut with each other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

FORMAT: Final = "timbang-explorer/2"
# What is copied, row by row, from which table: public columns, and none that names a person.
COPIED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "procurements": (
            "ocid", "title", "buyer_id", "buyer_name", "region_code", "method", "method_details",
            "category", "status", "budget", "value", "currency", "tenderers", "released_on",
            "tender_from", "tender_until", "contract_from", "contract_until", "source", "file",
            "line", "doubts",
        ),
        "awards": (
            "ocid", "award_id", "status", "awarded_on", "value", "currency", "supplier_id",
            "supplier_name",
        ),
        "contracts": (
            "ocid", "contract_id", "status", "supplier_id", "supplier_name", "signed_on",
            "from_on", "until_on", "value", "currency",
        ),
        "budgets": (
            "year", "region_code", "account", "account_code", "budget", "realised",
            "programme_code", "source",
        ),
    }
)  # fmt: skip
# What is only counted, and leaves in groups (`grouping`).
COUNTED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "services": (
            "service", "agency_name", "region_code", "applied_on", "due_on", "answered_on",
            "source",
        ),
        "appointments": ("region_code", "from_on", "source"),
    }
)  # fmt: skip
TABLES: Final = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (code TEXT PRIMARY KEY, title_id TEXT, title_en TEXT, publisher_id TEXT,
  publisher_en TEXT, licence_id TEXT, licence_en TEXT, said TEXT, tables TEXT, loaded_on TEXT)
  WITHOUT ROWID;
CREATE TABLE voting (election TEXT, name TEXT, contest_kind TEXT, region TEXT, voting_on TEXT);
CREATE TABLE agency (id INTEGER PRIMARY KEY, key TEXT, name TEXT, region TEXT, number INTEGER,
  amount REAL, leads INTEGER);
CREATE TABLE supplier (id INTEGER PRIMARY KEY, key TEXT, name TEXT);
CREATE TABLE procurement (id INTEGER PRIMARY KEY, by_value INTEGER, ocid TEXT, title TEXT,
  agency INTEGER, region TEXT, day TEXT, year INTEGER, method TEXT, method_details TEXT,
  category TEXT, status TEXT, budget REAL, value REAL, amount REAL, amount_of TEXT, currency TEXT,
  tenderers INTEGER, tender_from TEXT, tender_until TEXT, contract_from TEXT, contract_until TEXT,
  election TEXT, contest_kind TEXT, phase TEXT, days_to_voting INTEGER, leads INTEGER,
  source TEXT, file TEXT, line INTEGER, doubts TEXT);
CREATE TABLE outcome (procurement INTEGER, part TEXT, number TEXT, supplier INTEGER,
  withheld INTEGER, status TEXT, day TEXT, from_on TEXT, until_on TEXT, value REAL, currency TEXT);
CREATE TABLE lead (id INTEGER PRIMARY KEY, detector TEXT, subject_kind TEXT, subject TEXT,
  procurement INTEGER, agency INTEGER, supplier INTEGER, region TEXT, since TEXT, until TEXT,
  value REAL, measures TEXT, evidence TEXT, election TEXT, phase TEXT, days_to_voting INTEGER);
CREATE TABLE rests_on (procurement INTEGER, lead INTEGER, PRIMARY KEY (procurement, lead))
  WITHOUT ROWID;
CREATE TABLE run (detector TEXT PRIMARY KEY, version INTEGER, digest TEXT, looked_at INTEGER,
  leads INTEGER, not_applicable TEXT, parameters TEXT) WITHOUT ROWID;
CREATE TABLE in_year (agency INTEGER, year INTEGER, number INTEGER, amount REAL, in_window INTEGER,
  leads INTEGER, PRIMARY KEY (agency, year)) WITHOUT ROWID;
CREATE TABLE in_month (region TEXT, month TEXT, number INTEGER, amount REAL,
  PRIMARY KEY (region, month)) WITHOUT ROWID;
CREATE TABLE choice (kind TEXT, code TEXT, number INTEGER, PRIMARY KEY (kind, code)) WITHOUT ROWID;
CREATE TABLE budget (region TEXT, account TEXT, year INTEGER, source TEXT, budget REAL,
  realised REAL, PRIMARY KEY (account, region, source, year)) WITHOUT ROWID;
CREATE TABLE service (region TEXT, agency TEXT, service TEXT, year INTEGER, source TEXT,
  applied INTEGER, answered INTEGER, in_time INTEGER, late INTEGER, median TEXT,
  PRIMARY KEY (region, agency, service, year)) WITHOUT ROWID;
CREATE TABLE small_services (year INTEGER PRIMARY KEY, groups INTEGER);
CREATE TABLE appointed (election TEXT, contest_kind TEXT, region TEXT, first_day TEXT, week INTEGER,
  at_least INTEGER, PRIMARY KEY (region, election, contest_kind, week)) WITHOUT ROWID;
CREATE TABLE warned (kind TEXT, place INTEGER, region TEXT, told TEXT,
  PRIMARY KEY (kind, place)) WITHOUT ROWID;
CREATE TABLE yardstick (agency TEXT PRIMARY KEY, name TEXT, region TEXT, cells TEXT) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(text, content='', detail=none, columnsize=0);
CREATE VIRTUAL TABLE words_by_value USING fts5(text, content='', detail=none, columnsize=0);
"""
INDEXES: Final = """
CREATE UNIQUE INDEX procurement_ocid ON procurement (ocid);
CREATE UNIQUE INDEX procurement_by_value ON procurement (by_value);
CREATE UNIQUE INDEX agency_key ON agency (key);
CREATE INDEX agency_region ON agency (region, number);
CREATE UNIQUE INDEX supplier_key ON supplier (key);
CREATE INDEX outcome_procurement ON outcome (procurement);
CREATE INDEX outcome_supplier ON outcome (supplier) WHERE supplier IS NOT NULL;
CREATE INDEX lead_procurement ON lead (procurement) WHERE procurement IS NOT NULL;
CREATE INDEX lead_agency ON lead (agency) WHERE agency IS NOT NULL;
CREATE INDEX lead_supplier ON lead (supplier) WHERE supplier IS NOT NULL;
CREATE INDEX lead_region ON lead (region, detector);
CREATE INDEX voting_region ON voting (region);
CREATE INDEX budget_region ON budget (region);
"""
_OTHER: Final = re.compile(r"[^a-z0-9]")


def tag(kind: str, code: object = "") -> str:
    """A filter as a word of the index: `tag("region", "32.73")` is "qregion3273"."""
    return f"q{kind}{_OTHER.sub('', str(code).lower())}"
