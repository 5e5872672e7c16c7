"""Leads at the desk: what it takes to bring a run of many, and to read a page of the queue.

python bench/leads.py [LEADS]      default 100,000; CPU seconds, on SQLite
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

FOLDER = tempfile.TemporaryDirectory(prefix="timbang-bench-leads-")
os.environ["TIMBANG_DATA"] = FOLDER.name
os.environ["DJANGO_SETTINGS_MODULE"] = "timbang.settings"
LEADS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)


def timed(what: str, act: Callable[[], Any]) -> Any:
    began = time.process_time()
    found = act()
    print(f"{what:58} {time.process_time() - began:8.3f} s CPU")
    return found


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.signals.leads import marked, run_of
    from timbang.accounts import actions as accounts
    from timbang.accounts.models import Officer
    from timbang.signals import actions, reading

    def row(number: int, **said: Any) -> dict[str, Any]:
        day = date(2026, 9, 1) - timedelta(days=number % 3_000)
        return marked(f"s{number:06}", region_code=f"{11 + number % 30}.01", since=day, **said)

    folder = Path(FOLDER.name)
    first = run_of(folder, [row(number) for number in range(LEADS)])
    second = run_of(
        folder, [row(n, value=2.0 if n % 100 == 0 else 1.0) for n in range(LEADS) if n % 50]
    )
    timed(f"bring {LEADS:,} new leads", lambda: actions.bring_leads(first, at=AT))
    timed("the same run again", lambda: actions.bring_leads(first, at=AT))
    timed("a new month: 2 % gone, 1 % otherwise", lambda: actions.bring_leads(second, at=AT))
    timed("deal the queue anew", actions.order_leads)
    told = {"kind": "bawaslu", "time_zone": "Asia/Jakarta", "inside": True, "channel": "",
            "address": "", "by": None, "at": AT}  # fmt: skip
    for code, region in (("nation", "ID"), ("province", "32")):
        organ = accounts.add_organ(code=code, name=code, region_code=region, **told)
        officer = Officer(organ=organ, roles=["examiner"])
        late = reading.Wanted(after=(LEADS * 1.5, UUID(int=0)))
        for what, wanted in (("first page", reading.Wanted()), ("at three quarters", late)):
            timed(f"{code}: {what}", partial(reading.page, officer, wanted))
        timed(f"{code}: counts", partial(reading.counts, officer, reading.Wanted()))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    main()
    FOLDER.cleanup()
