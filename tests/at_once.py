"""Several acts at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import OperationalError, connection, connections

from timbang.law.refusal import Refusal


def together(*acts: Callable[[], object]) -> list[object]:
    """Run these at the same moment, each with a connection of its own; what came of each."""
    barrier, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int) -> None:
        barrier.wait()
        for _attempt in range(20):
            try:
                results[place] = acts[place]()
            except Refusal as refusal:
                results[place] = refusal
            except OperationalError:
                # SQLite's shared in-memory test database refuses instead of waiting.
                continue
            finally:
                connections.close_all() if connection.vendor == "postgresql" else None
            break

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
