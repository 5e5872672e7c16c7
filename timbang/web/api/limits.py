"""How many requests a key may make in a minute: counted in the memory of this process alone.

No row tells when a key was used: a report that came by it would be known to the minute. So the
limit holds for each process, and `TIMBANG_API_LIMIT` is what one of them takes.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from uuid import UUID

MINUTE = 60.0


@dataclass(slots=True)
class Counter:
    """Requests of this minute, by key."""

    began: float = 0.0
    counts: dict[UUID, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def admit(self, key: UUID, *, most: int, now: float) -> int:
        """Count a request: 0, or how many seconds to wait."""
        with self.lock:
            if not 0 <= now - self.began < MINUTE:
                self.began, self.counts = now, {}
            self.counts[key] = self.counts.get(key, 0) + 1
            if self.counts[key] <= most:
                return 0
            return max(1, round(self.began + MINUTE - now))


_counter = Counter()


def admit(key: UUID, *, most: int) -> int:
    """Count a request of this key in this process."""
    return _counter.admit(key, most=most, now=time.monotonic())
