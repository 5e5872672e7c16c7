"""The legs of exchange records in a load: does each exist, in this order, and is it one pair?

Asked of DuckDB, over what was staged, what counts in the store and what the desk entered. Nothing
is bent: a leg stays as the file names it, and its row is doubtful. What a leg does not say
contradicts nothing. Both rows of a pair that is wrong are doubtful, as far as they come with this
load: which one is wrong is not known. Pure of Django.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import duckdb

from timbang.registry.storing import quoted

TABLE: Final = "exchanges"
DOUBTS: Final = ("leg_self", "leg_unknown", "leg_before_gift", "legs_disagree")
_COLUMNS: Final = "exchange_id, given_on, returned_by, returns"


def find(con: duckdb.DuckDBPyConnection, *, everywhere: str, source: str, desk: Path | None) -> str:
    """Make a table of `row_id` and `doubt` of the staged records; its name.

    `everywhere` is the view of all exchange records that count, of any source; those of `source`
    that the load brings again or ends are not asked.
    """
    _known(con, everywhere, source, desk)
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE leg_pairs AS
        SELECT exchange_id AS gift, returned_by AS back FROM leg_records
        WHERE returned_by <> exchange_id
        UNION SELECT returns, exchange_id FROM leg_records WHERE returns <> exchange_id
        """
    )
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE wrong_pairs AS
        SELECT p.gift, p.back, 'leg_before_gift' AS doubt FROM leg_pairs AS p
        JOIN leg_records AS g ON g.exchange_id = p.gift
        JOIN leg_records AS b ON b.exchange_id = p.back WHERE b.given_on < g.given_on
        UNION ALL
        SELECT gift, back, 'legs_disagree' FROM leg_pairs
        WHERE gift IN (SELECT gift FROM leg_pairs GROUP BY gift HAVING count(*) > 1)
           OR back IN (SELECT back FROM leg_pairs GROUP BY back HAVING count(*) > 1)
        """
    )
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE leg_doubts AS
        SELECT row_id, 'leg_self' AS doubt FROM {TABLE}
        WHERE returned_by = exchange_id OR returns = exchange_id
        UNION SELECT row_id, 'leg_unknown' FROM {TABLE}
        WHERE returned_by NOT IN (SELECT exchange_id FROM leg_records)
           OR returns NOT IN (SELECT exchange_id FROM leg_records)
        UNION SELECT s.row_id, w.doubt FROM {TABLE} AS s JOIN wrong_pairs AS w
        ON w.gift = s.exchange_id
        UNION SELECT s.row_id, w.doubt FROM {TABLE} AS s JOIN wrong_pairs AS w
        ON w.back = s.exchange_id
        """
    )
    return "leg_doubts"


def _known(con: duckdb.DuckDBPyConnection, everywhere: str, source: str, desk: Path | None) -> None:
    """Each record once: that of the desk, else the one that comes now, else the one that counts."""
    of_desk = ""
    if desk is not None:
        path = str(desk).replace("'", "''")
        of_desk = (
            f"UNION ALL SELECT {_COLUMNS}, 0 FROM read_parquet('{path}') WHERE known_until IS NULL"
        )
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE leg_records AS
        SELECT DISTINCT ON (exchange_id) {_COLUMNS} FROM (
            SELECT {_COLUMNS}, 1 AS place FROM {TABLE}
            UNION ALL SELECT {_COLUMNS}, 2 FROM {quoted(everywhere)}
            WHERE source <> '{source}' OR record_id NOT IN (
                SELECT record_id FROM {TABLE} UNION ALL SELECT record_id FROM gone_records)
            {of_desk})
        WHERE exchange_id IS NOT NULL ORDER BY exchange_id, place
        """
    )
