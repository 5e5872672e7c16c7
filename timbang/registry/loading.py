"""Loading a source: read, compare, check, and only then make it count.

A load streams its files into staged Parquet parts, a batch at a time, and writes down after each
batch how far it came: one that was killed goes on from there. Then DuckDB compares what was staged
with what is known (new, corrected, unchanged, gone), the assertions of the source are asked, and a
new version is written. Nothing that a load does is seen before its catalogue file is.

Nothing is dropped in silence: a record that is refused has a file, a line and a reason; what is odd
about a row is in its `doubts`; a field that no table keeps is counted.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from timbang import __version__
from timbang.law.refusal import Refusal
from timbang.registry import storing
from timbang.registry.load_report import InputFile, LoadStopped, Options, Report
from timbang.registry.opening import BadFile, stamp_of
from timbang.registry.reading_records import Context
from timbang.registry.sources import Source
from timbang.registry.storing import Store, Version

if TYPE_CHECKING:
    from timbang.registry.comparing_load import Comparing
    from timbang.registry.staging import Progress


def load(
    store: Store,
    source: Source,
    paths: Sequence[Path],
    *,
    context: Context,
    at: str,
    options: Options | None = None,
    progress: Progress = lambda done: None,
) -> Report:
    """Load files of a source as one version; loading the same again changes nothing.

    `at` is the moment of loading in ISO 8601; `progress` is told the bytes done since last time.
    Raises `BadFile` (a whole file is refused), `LoadStopped` (it looks wrong), Refusal (another
    load is under way), OSError.
    """
    options = options or Options()
    files = [_input(path) for path in paths]
    twice = [name for name, count in Counter(f.name for f in files).items() if count > 1]
    if twice:
        raise BadFile(f"{twice[0]}: two files of one load bear this name")
    if not options.dry_run:
        store.next_number()  # a register that does not answer is told now, not after hours
    with store.writing():
        staging = _staging(store, source, files, options, context)
        again = False
        try:
            return _load(store, source, paths, files, staging, context, at, options, progress)
        except (LoadStopped, BadFile):
            raise
        except BaseException:
            again = not options.dry_run  # broken off: the same load goes on from here
            raise
        finally:
            if not again:
                shutil.rmtree(staging, ignore_errors=True)


def _load(
    store: Store,
    source: Source,
    paths: Sequence[Path],
    files: list[InputFile],
    staging: Path,
    context: Context,
    at: str,
    options: Options,
    progress: Progress,
) -> Report:
    # Only who loads pays for these.
    import duckdb

    from timbang.registry.comparing_load import Comparing
    from timbang.registry.staging import Staging

    report = Staging(source, paths, files, staging, context, options).run(progress)
    con = storing.connect(staging / "spill")
    try:
        comparing = Comparing(con, store, source, store.versions(), staging, report, options)
        return _kept(store, source, comparing, staging, context, at)
    except duckdb.Error as error:
        raise Refusal(storing.told(error)) from error
    finally:
        con.close()


def _kept(
    store: Store, source: Source, comparing: Comparing, staging: Path, context: Context, at: str
) -> Report:
    report, options = comparing.report, comparing.options
    comparing.prepare()
    comparing.check()
    wrong = [f for f in report.findings if not f.holds and not f.accepted]
    if wrong:
        raise LoadStopped("; ".join(f"{f.check}: {f.said}" for f in wrong), report)
    comparing.count()
    if options.dry_run or not comparing.changes:
        return report
    number = store.next_number()
    store.clear(number)
    tables, ends = comparing.write(number)
    report.version = number
    version = Version(
        number=number,
        act="load",
        source=source.code,
        known_on=context.today,
        loaded_at=at,
        tables=tables,
        ends=ends,
        report=report.as_json(),
    )
    store.commit(version, staging / "refused.jsonl")
    return report


def _input(path: Path) -> InputFile:
    if not path.is_file():
        raise BadFile(f"{path}: {'only plain files are read' if path.exists() else 'no such file'}")
    stamp = stamp_of(path)
    return InputFile(path.name, path.stat().st_size, storing.digest_of(path), stamp)


def _staging(
    store: Store, source: Source, files: list[InputFile], options: Options, context: Context
) -> Path:
    """The folder of this very load: the same files under the same options find it again."""
    if options.dry_run:
        store.folder.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=".trial-", dir=store.folder))
    said = json.dumps(
        [__version__, source.code, [f.sha256 for f in files], [f.name for f in files],
         options.encoding, options.separator, context.region, repr(source.mappings)]
    )  # fmt: skip
    folder = store.folder / ".staging" / hashlib.sha256(said.encode()).hexdigest()[:24]
    folder.mkdir(parents=True, exist_ok=True)
    return folder
