"""Settings of the test suite: a data folder of its own, cheap password hashing, everything else real."""

import os
import tempfile

os.environ["TIMBANG_DATA"] = tempfile.mkdtemp(prefix="timbang-test-")

from timbang.settings import *  # noqa: F403

ALLOWED_HOSTS = ["*"]
KDF_COST = "test"
# Nearly all tests log in with a password; tests/accounts has its own of what is required.
SECOND_FACTOR = "optional"
# A real file: several connections at once behave as they do in use.
if not os.environ.get("TIMBANG_DATABASE_URL"):
    DATABASES["default"]["TEST"] = {"NAME": DATA / "test.sqlite3"}  # noqa: F405
