"""Settings of the test suite: a data folder of its own, cheap password hashing, everything else real."""

import os
import tempfile

os.environ["TIMBANG_DATA"] = tempfile.mkdtemp(prefix="timbang-test-")

from timbang.settings import *  # noqa: F403

ALLOWED_HOSTS = ["*"]
KDF_COST = "test"
