"""An invented province to try Timbang with: nobody in it exists, and no law is invented.

Everything is made by the same actions that people use, on days that lie behind today.
"""

from timbang.web.demo.facts import load_if_missing
from timbang.web.demo.leads import bring_if_missing
from timbang.web.demo.seed import describe, seed_if_empty

__all__ = ["bring_if_missing", "describe", "load_if_missing", "seed_if_empty"]
