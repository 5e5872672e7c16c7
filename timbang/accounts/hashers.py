"""How the passwords of officers are hashed for login.

Not the key that opens anything: that is wrapped in `keys.wrap_private`, under another salt.
"""

from __future__ import annotations

import argon2
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

from timbang.accounts import keys


def cost() -> keys.Cost:
    """The cost of one guess; only the test suite and the demo set `KDF_COST` lower."""
    return keys.COSTS[settings.KDF_COST]


class LowMemoryArgon2(Argon2PasswordHasher):
    """Argon2id with the low-memory parameters of RFC 9106: 64 MiB, three passes, four lanes."""

    def params(self) -> argon2.Parameters:
        """The parameters of new hashes; older ones are made anew at the next login."""
        wanted = cost()
        parameters: argon2.Parameters = super().params()
        parameters.time_cost = wanted.passes
        parameters.memory_cost = wanted.memory
        parameters.parallelism = wanted.lanes
        return parameters
