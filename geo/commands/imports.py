"""The verbs ``import`` and ``fetch ucdp``: tables in, listed, removed, their links cut."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from tqdm import tqdm

from geo.errors import InputError
from geo.reports.output.terminal import escaped
from geo.store.place import here

__all__ = ["add_import", "fetch_ucdp"]


class _Formats:
    """The names of the formats, read when asked for: what reads tables is slow to import."""

    def __iter__(self) -> Iterator[str]:
        from geo.datasets.importing import FORMATS

        return iter(FORMATS)


def add_import(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb ``import`` to the parser's verbs."""
    verb = verbs.add_parser(
        "import",
        help="bring an event table in: UCDP GED, ACLED or your own",
        description=(
            "Import FILE (CSV, XLSX, GeoJSON, or a zip with one of them). Without FILE: say what "
            "is imported, or use --remove, --links, --cut."
        ),
    )
    verb.add_argument("files", nargs="*", type=Path, metavar="FILE")
    verb.add_argument(
        "--format", metavar="FORMAT", choices=_Formats(), help="what FILE is: %(choices)s"
    )
    verb.add_argument("--map", type=Path, metavar="MAP.toml", help="what the columns mean")
    verb.add_argument("--show-map", action="store_true", help="print the guessed map and stop")
    verb.add_argument("--name", default="", help="name of a plain table's dataset")
    verb.add_argument("--version", default="", help="of the dataset; read off the file name")
    verb.add_argument("--encoding", default="", help="of a CSV that is not UTF-8")
    verb.add_argument("--replace", action="store_true", help="drop what the dataset held before")
    verb.add_argument("--list", action="store_true", help="say what is imported")
    verb.add_argument("--remove", metavar="NAME", help="remove a dataset")
    verb.add_argument("--links", action="store_true", help="list which rows tell one event")
    verb.add_argument("--cut", nargs=2, metavar="ID", help="say that two rows are two events")
    verb.set_defaults(run=_import)


def fetch_ucdp(options: argparse.Namespace) -> int:
    """Run ``fetch ucdp``: fetch a version, import it, say what came of it."""
    from geo.datasets import fetch
    from geo.datasets.importing import import_ucdp

    version = options.version or fetch.LATEST
    with _bar(fetch.FOLDER / fetch.file_of(version)[1]) as progress:
        outcome = import_ucdp(
            version,
            options.source,
            checksum=options.sha256,
            store=here(),
            downloads=fetch.FOLDER,
            progress=progress,
        )
    _say_outcome(outcome)
    return 0


def _import(options: argparse.Namespace) -> int:
    if options.cut:
        from geo.datasets import library

        one, other = options.cut
        library.cut_link(one, other, store=here())
        _say(f"{' and '.join(options.cut)} are two events from now on.")
        return 0
    if options.remove:
        from geo.store import catalogue
        from geo.webmap import event_layer

        gone = catalogue.remove(options.remove, here())
        event_layer.withdraw()
        _say(f"{options.remove}: {gone:,} rows removed.")
        return 0
    if options.links:
        return _list_links()
    if options.list or not options.files:
        return _list()
    return _import_files(options)


def _import_files(options: argparse.Namespace) -> int:
    if not options.format:
        *others, last = _Formats()
        raise InputError(f"Say what the file is: --format {', '.join(others)} or {last}.")
    failed = 0
    for path in options.files:
        try:
            failed |= _import_one(path, options)
        except InputError as error:
            _warn(str(error))
            failed = 1
    return failed


def _import_one(path: Path, options: argparse.Namespace) -> int:
    from geo.datasets.formats.column_map import (
        dataset_name,
        guess_map,
        read_map,
        to_toml,
    )
    from geo.datasets.formats.exported import is_export_file
    from geo.datasets.formats.format import NOTHING_GIVEN
    from geo.datasets.importing import FORMATS, import_file

    kind = FORMATS[options.format]
    given = read_map(options.map) if options.map else NOTHING_GIVEN
    name = dataset_name(options.name) if options.name else given.name
    given = replace(given, name=name, encoding=options.encoding or given.encoding)
    if options.show_map:
        _say(to_toml(guess_map(path, given)))
        return 0
    if options.format == "table" and not (options.map or is_export_file(path)):
        _warn("The columns were taken to mean (save it, correct it, and give it with --map):")
        _warn(to_toml(guess_map(path, given)))
    with _bar(path) as progress:
        outcome = import_file(
            path,
            kind,
            given,
            version=options.version,
            replace_all=options.replace,
            store=here(),
            progress=progress,
        )
    _say_outcome(outcome)
    return 1 if outcome.refused_file else 0


def _say_outcome(outcome: object) -> None:
    from geo.datasets.importing import Outcome

    if not isinstance(outcome, Outcome):  # the type is imported late, for the sake of start-up
        raise TypeError(type(outcome))
    _say(outcome.account())
    _say(outcome.effect())
    for note in outcome.reading.notes:
        _say(f"  {note}")
    _say(f"Licence: {outcome.terms.licence}")
    if outcome.terms.citation:
        _say(f"Cite as: {outcome.terms.citation}")
    if outcome.terms.conditions:
        _say(outcome.terms.conditions)
    if outcome.links:
        links = "link" if outcome.links == 1 else "links"
        _say(f"{outcome.links:,} {links} between datasets: told twice, counted once.")
    if outcome.refused_file:
        for reason, count in outcome.reading.faults.reasons().items():
            _warn(f"  refused {count:,}: {reason}")
        _warn(f"Refused rows are listed in {outcome.refused_file}")


def _list() -> int:
    from geo.store import catalogue

    found = catalogue.held(here())
    held = found.datasets
    for fault in found.faults:
        _warn(fault.text)
    if not held and not found.faults:
        kinds = "|".join(_Formats())
        _say(f"Nothing is imported. 'geo import FILE --format {kinds}' brings a table in.")
    for one in held:
        _say(f"{one.name}: {one.rows:,} rows, {one.first} to {one.last}; {one.licence}")
        for file in one.files:
            version = f" version {file.version}" if file.version else ""
            n = file.counts
            _say(
                f"  {file.file}{version}, imported {file.imported}: {n['in']:,} in = "
                f"{n['imported']:,} + {n['outside']:,} outside + {n['refused']:,} refused"
            )
    return 1 if found.faults else 0


def _list_links() -> int:
    from geo.datasets import library

    for row in library.links_of(here()).itertuples(index=False):
        _say(f"{row.score:.2f}  {row.event_id}  {row.other_id}  {row.km:.0f} km, {row.days} d")
    return 0


@contextmanager
def _bar(path: Path) -> Iterator[Callable[[int], object]]:
    """Show how much of the table at ``path`` is read; it may come only while this is open."""
    from geo.datasets.tables.archive import table_size

    quiet = not sys.stderr.isatty()
    with tqdm(desc="reading", unit="B", unit_scale=True, delay=1, disable=quiet) as bar:

        def advance(size: int) -> None:
            bar.total = bar.total or table_size(path)
            bar.update(size)

        yield advance


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _warn(text: str) -> None:
    sys.stderr.write(f"{escaped(text)}\n")
