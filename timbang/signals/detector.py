"""What a detector is: one module in `signals/detectors/`, and what it must bring.

    VERSION = 1                       # goes up when the same facts give other leads
    KIND = "procurement"              # one of KINDS
    SIGHT = "public"                  # who may see a lead: "desk" where it names a person
    SUBJECTS = ("procurement",)       # what its leads are about, some of SUBJECTS below
    READS = ("procurements", "bids")  # tables of public facts, or those of GIVEN
    UNIT = Bilingual("...", "...")    # what its value is
    PARAMETERS = (Parameter(...),)
    REASONS = {"no_bids": Bilingual("...", "...")}   # why a subject cannot be judged
    MEASURES = {"bids": Bilingual("...", "...")}     # further columns that explain the value

    def find(facts: Facts, values: Values) -> Table: ...

`find` gives one row for each subject that was looked at, with the columns of COLUMNS and those of
MEASURES (text, whole numbers, float64, dates). `flagged` is true for a lead, false for a subject
that was judged and is none, null where it cannot be judged: then `reason` is one of REASONS and
`value` is null. `evidence` names the rows that the judgement rests on, `<table>:<row_id>`.

The expression knows nothing of its engine: docs/decisions/0036 says what differs between DuckDB and
Spark, and the tests run every detector on both.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Any, Final, Protocol

from timbang.law.bilingual import Bilingual
from timbang.signals.method import Method

if TYPE_CHECKING:
    from ibis.expr.types import Table

KINDS: Final[Mapping[str, Bilingual]] = MappingProxyType(
    {
        "procurement": Bilingual("Pengadaan", "Procurement"),
        "budget": Bilingual("Anggaran", "Budgets"),
        "appointment": Bilingual("Pengisian jabatan", "Appointments"),
        "network": Bilingual("Jaringan", "Networks"),
        "service": Bilingual("Layanan", "Services"),
    }
)
SUBJECTS: Final[Mapping[str, Bilingual]] = MappingProxyType(
    {
        "procurement": Bilingual("Pengadaan", "Procurement"),
        "packages": Bilingual("Kelompok paket", "Group of packages"),
        "contract": Bilingual("Kontrak", "Contract"),
        "buyer": Bilingual("Pembeli", "Buyer"),
        "procuring_entity": Bilingual("Satuan kerja pengadaan", "Procuring entity"),
        "tenderer": Bilingual("Peserta", "Tenderer"),
        "supplier": Bilingual("Penyedia", "Supplier"),
        "region": Bilingual("Wilayah", "Region"),
        "account": Bilingual("Mata anggaran", "Budget account"),
        "agency": Bilingual("Instansi", "Agency"),
        "post": Bilingual("Jabatan", "Post"),
        "appointment": Bilingual("Pengangkatan", "Appointment"),
        "person": Bilingual("Orang", "Person"),
        "pair": Bilingual("Pasangan", "Pair"),
    }
)
SIGHTS: Final = ("public", "desk")
# Subjects that are persons or name one: leads on them never leave the desk.
PERSONAL: Final = ("appointment", "person", "pair")
# Tables that are no part of the tables of public facts; `Facts` brings them.
GIVEN: Final = ("contests", "own_contests", "decided_cases", "name_links")
COLUMNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "subject_kind": "string",
        "subject": "string",
        "region_code": "string",
        "since": "date",
        "until": "date",
        "flagged": "boolean",
        "value": "float64",
        "reason": "string",
        "evidence": "array<string>",
    }
)
# The parameters that are set: what `find` is given.
Values = Mapping[str, Any]


class Facts(Protocol):
    """Where a detector reads: `table` raises Refusal for a table that does not exist.

    `shared` is for what several detectors need: it is computed once while the facts are open. The
    name must tell all that the rows depend on.
    """

    def table(self, name: str) -> Table: ...

    def shared(self, name: str, make: Callable[[], Table]) -> Table: ...


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter. `default` says its kind: a number, text, a tuple of texts, or a dict of whole
    numbers by texts; None is "not set", then `kind` says what may be set. `at` is its place in a
    file of settings: by default `<CODE>.<name>`. `source` says where the default comes from. A
    number is not below 0 and not above `most`; a text has the form `form` (a regular expression),
    which `form_said` tells."""

    name: str
    default: float | int | str | tuple[str, ...] | Mapping[str, int] | None
    title: Bilingual
    source: Bilingual
    kind: type = float
    at: str = ""
    most: float = math.inf
    form: str = ""
    form_said: str = ""


@dataclass(frozen=True, slots=True)
class Detector:
    """One detector, as its module says it."""

    code: str
    version: int
    kind: str
    sight: str
    subjects: tuple[str, ...]
    reads: tuple[str, ...]
    unit: Bilingual
    parameters: tuple[Parameter, ...]
    reasons: Mapping[str, Bilingual]
    measures: Mapping[str, Bilingual]
    method: Method
    find: Callable[[Facts, Values], Table]
    digest: str

    @property
    def defaults(self) -> dict[str, Any]:
        return {parameter.name: parameter.default for parameter in self.parameters}


def of_module(module: ModuleType, *, code: str, method: Method, digest: str) -> Detector:
    """The detector of a module. Raises AttributeError where the module lacks something."""
    return Detector(
        code=code,
        version=module.VERSION,
        kind=module.KIND,
        sight=module.SIGHT,
        subjects=module.SUBJECTS,
        reads=module.READS,
        unit=module.UNIT,
        parameters=module.PARAMETERS,
        reasons=MappingProxyType(module.REASONS),
        measures=MappingProxyType(module.MEASURES),
        method=method,
        find=module.find,
        digest=digest,
    )
