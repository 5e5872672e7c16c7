"""Settings that several red flags share, under the names that Cardinal gives them."""

from __future__ import annotations

from typing import Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import Parameter

_NONE: Final = Bilingual(
    "Cardinal (Open Contracting Partnership), pengaturan umum: tidak ada",
    "Cardinal (Open Contracting Partnership), global configuration: none",
)
_ALL: Final = Bilingual(
    "Cardinal (Open Contracting Partnership), pengaturan umum: semua",
    "Cardinal (Open Contracting Partnership), global configuration: all",
)

EXCLUDED: Final = Parameter(
    "excluded_procurement_method_details",
    (),
    Bilingual("Metode menurut sumber yang dilewati", "Methods as worded that are passed over"),
    _NONE,
    at="exclusions.procurement_method_details",
)
NO_COMPARISON: Final = Parameter(
    "no_price_comparison_procurement_methods",
    (),
    Bilingual(
        "Metode menurut sumber yang harganya tidak bersaing",
        "Methods as worded in which prices do not compete",
    ),
    _NONE,
    at="no_price_comparison_procurement_methods",
)
COMPARISON: Final = Parameter(
    "price_comparison_procurement_methods",
    (),
    Bilingual(
        "Hanya metode menurut sumber ini yang harganya dibandingkan",
        "Only in these methods as worded are prices compared",
    ),
    _ALL,
    at="price_comparison_procurement_methods",
)
CURRENCY: Final = Parameter(
    "currency",
    None,
    Bilingual("Mata uang yang dibandingkan", "Currency that is compared"),
    Bilingual(
        "Pilihan kami: mata uang penawaran terbanyak. Cardinal mengambil yang pertama "
        "ditemuinya, yang bergantung pada urutan baris.",
        "Choice of ours: the one of most bids. Cardinal takes the first that it meets, "
        "which depends on the order of the lines.",
    ),
    kind=str,
    at="currency",
    form="[A-Z]{3}",
    form_said="a code of ISO 4217 in capitals, e.g. IDR",
)
# What every flag that compares prices may be told.
PRICES: Final = (EXCLUDED, NO_COMPARISON, COMPARISON, CURRENCY)
