"""The command line: ``python -m geo read | locate | fetch | import | export | build | check``.

Exit status 0: done. 1: some input was refused, each named on standard error, the rest done.
2: wrong usage.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from tqdm import tqdm

from geo.commands import exports, imports, stores
from geo.errors import BorderMapError, InputError
from geo.model import Event, Place, Resolution
from geo.places.gazetteer.full import load_best
from geo.places.gazetteer.lookup import Gazetteer, load
from geo.places.resolve import Context, resolve
from geo.places.table import Find, finder, locate_file
from geo.reports.events.item import Reading
from geo.reports.events.read import read_reports
from geo.reports.output.rows import place_fields, rows_of
from geo.reports.output.terminal import escaped, json_line

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads the pipe, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (BorderMapError, OSError) as error:  # the latter: a full disk, a folder shut to us
        print(escaped(str(error)), file=sys.stderr)
        return 1
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m geo", description="Reports in, dated, placed, sourced border events out."
    )
    verbs = parser.add_subparsers(dest="verb", required=True)

    read = verbs.add_parser("read", help="read news reports into events")
    read.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="text, Markdown, HTML, JSONL, a folder"
    )
    read.add_argument("--published", type=date.fromisoformat, metavar="YYYY-MM-DD")
    shown = read.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="JSON lines")
    shown.add_argument(
        "--explain",
        action="store_true",
        help="the text with what was found in it and why; what a terminal gets anyway",
    )
    read.add_argument("--embedded", action="store_true", help="pass over the fetched gazetteer")
    read.set_defaults(run=_read)

    find = verbs.add_parser("locate", help="resolve place names to coordinates")
    find.add_argument("names", nargs="*", metavar="NAME")
    find.add_argument("--country", default="", choices=("", "AF", "PK"), metavar="AF|PK")
    find.add_argument("--within", default="", metavar="ADMIN", help="province or district")
    find.add_argument("--csv", type=Path, metavar="IN", help="a table with a column 'name'")
    find.add_argument("--out", type=Path, metavar="OUT", help="where the located table goes")
    find.add_argument("--embedded", action="store_true", help="pass over the fetched gazetteer")
    find.add_argument("--json", action="store_true")
    find.add_argument(
        "--online", action="store_true", help="ask OpenStreetMap for what the gazetteer lacks"
    )
    find.set_defaults(run=_locate)

    fetch = verbs.add_parser("fetch", help="fetch full open data from its source or a mirror")
    fetch.add_argument("what", choices=("gazetteer", "districts", "ucdp"))
    fetch.add_argument(
        "--source",
        dest="whose",
        default="geoboundaries",
        choices=("geoboundaries", "cod-ab"),
        help="whose districts",
    )
    fetch.add_argument("--from", dest="source", default="", metavar="DIR_OR_URL", help="a mirror")
    fetch.add_argument("--version", default="", help="of ucdp: 25.1, or 25.0.6 (Candidate)")
    fetch.add_argument("--sha256", default="", help="of ucdp: what the file must have")
    fetch.set_defaults(run=_fetch)

    imports.add_import(verbs)
    exports.add_export(verbs)
    stores.add_store(verbs)

    build = verbs.add_parser("build", help="build data/events.parquet from the seeds")
    build.set_defaults(run=_build)

    check = verbs.add_parser("check", help="validate everything shipped")
    check.set_defaults(run=_check)
    return parser


def _read(options: argparse.Namespace) -> int:
    gazetteer = load() if options.embedded else load_best()
    show = _shower(options)
    refused: list[InputError] = []

    def refuse(error: InputError) -> None:
        print(escaped(str(error)), file=sys.stderr)
        refused.append(error)

    quiet = not sys.stderr.isatty() or sys.stdout.isatty()
    with tqdm(unit=" reports", delay=2, disable=quiet) as bar:
        for path in options.files:
            for reading in read_reports(path, gazetteer, options.published, refuse):
                show(reading)
                bar.update()
    return 1 if refused else 0


def _shower(options: argparse.Namespace) -> Callable[[Reading], None]:
    """Return what prints a reading as asked; a person at a terminal gets it explained."""
    if options.json:
        return _print_json
    if not (options.explain or sys.stdout.isatty()):
        return _print_table
    from geo.reports.output.explanation import explain  # rich only for those who look
    from geo.reports.output.terminal import console_on, show

    console = console_on(sys.stdout)
    return lambda reading: show(explain(reading), console)


def _print_json(reading: Reading) -> None:
    for row in rows_of(reading):
        print(json_line(row))


def _print_table(reading: Reading) -> None:
    document = reading.document
    when = document.published.isoformat() if document.published else "date not stated"
    print(escaped(f"\n{document.stem}: {document.title}"))
    print(f"  published {when}; {len(reading.toponyms)} toponyms, {len(reading.events)} events")
    for event in reading.events:
        place = event.resolution.place
        dead = event.fatalities.best
        print(
            f"  {_span(event):<25} {event.event_type:<25} "
            f"{place.name if place else 'no place':<28} {event.resolution.precision:<8} "
            f"killed {'not stated' if dead is None else dead}"
        )
        lead = event.tellings[0]
        print(escaped(f"    “{' '.join(document.text[lead.start : lead.end].split())}”"))


def _span(event: Event) -> str:
    first, last = event.when.first, event.when.last
    if first is None or last is None:
        return "date not known"
    return first.isoformat() if first == last else f"{first} to {last}"


def _locate(options: argparse.Namespace) -> int:
    gazetteer = load() if options.embedded else load_best()
    if options.csv:
        if not options.out:
            raise InputError("locate --csv needs --out: the file to write the located table to.")
        return _locate_table(options.csv, options.out, _find(options, gazetteer))
    if not options.names:
        raise InputError("Name at least one place, or give a table with --csv IN --out OUT.")
    context = _context(options, gazetteer)
    find = _find(options, gazetteer) if options.online else None
    for name in options.names:
        answer = resolve(name, gazetteer, context)
        if find and answer.status == "unmatched":
            answer = find(name, context.country, context.admin1, context.admin2).resolution
        (_print_answer_json if options.json else _print_answer)(name, answer)
    return 0


def _find(options: argparse.Namespace, gazetteer: Gazetteer) -> Find:
    if not options.online:
        return finder(gazetteer)
    from geo.places.online.fallback import OnlineFinder  # geopy only for those who ask for it

    return OnlineFinder(gazetteer)


def _context(options: argparse.Namespace, gazetteer: Gazetteer) -> Context:
    if not options.within:
        return Context(country=options.country)
    within = resolve(options.within, gazetteer, Context(country=options.country))
    if within.place is None:
        raise InputError(f"--within {options.within}: {within.reason}.")
    place: Place = within.place
    if place.kind == "admin1":
        return Context(country=place.country, admin1=place.name)
    return Context(country=place.country, admin1=place.admin1, admin2=place.admin2 or place.name)


def _print_answer(name: str, answer: Resolution) -> None:
    print(f"{name}: {answer.status}, known to {answer.precision}; {answer.reason}")
    for rank, candidate in enumerate(answer.candidates, 1):
        place = candidate.place
        area = ", ".join(part for part in (place.admin2, place.admin1, place.country) if part)
        print(
            f"  {rank}. {place.name} ({place.kind}; {area}) {place.lat:.4f}, {place.lon:.4f}"
            f"  score {candidate.score:.2f}: {candidate.reason}"
        )


def _print_answer_json(name: str, answer: Resolution) -> None:
    candidates = [
        {"place_id": c.place.id, "name": c.place.name, "score": c.score, "reason": c.reason}
        for c in answer.candidates
    ]
    row = {"name": name, **place_fields(answer), "reason": answer.reason, "candidates": candidates}
    print(json.dumps(row, ensure_ascii=False))


def _locate_table(source: Path, target: Path, find: Find) -> int:
    size = source.stat().st_size if source.is_file() else 0
    quiet = not sys.stderr.isatty()
    with tqdm(total=size, unit="B", unit_scale=True, delay=2, disable=quiet) as bar:
        counts = locate_file(source, target, find, bar.update)
    told = ", ".join(f"{count:,} {status}" for status, count in counts.most_common())
    print(f"{target}: {counts.total():,} rows; {told or 'none'}", file=sys.stderr)
    return 0


def _fetch(options: argparse.Namespace) -> int:
    if options.what == "ucdp":
        return imports.fetch_ucdp(options)
    if options.what == "districts":
        return _fetch_districts(options)
    from geo.places.gazetteer.fetch import OFFICIAL, fetch_gazetteer

    count = fetch_gazetteer(options.source or OFFICIAL)
    print(f"{count:,} places are ready; 'locate' and 'read' use them from now on.")
    return 0


def _fetch_districts(options: argparse.Namespace) -> int:
    from geo.border.units.district_fetch import fetch_districts  # GeoPandas, a second's import

    built = fetch_districts(options.source, options.whose)
    for note in built.notes:
        print(note, file=sys.stderr)
    print(f"{len(built.frame)} districts are ready; events joined from now on get theirs.")
    return 0


def _build(_: argparse.Namespace) -> int:
    from geo.datasets.build import build

    print(build().reconciliation())
    return 0


def _check(_: argparse.Namespace) -> int:
    from geo.border.layers import district_fault
    from geo.datasets.build import check
    from geo.store import repair
    from geo.store.place import here

    faults = [*check(), *repair.faults(here())]
    faults += [text] if (text := district_fault()) else []
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(faults)} faults found." if faults else "Everything shipped is in order.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
