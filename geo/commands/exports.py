"""The verb ``export``: events out, filtered as on the map, in the format of the file's suffix."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from tqdm import tqdm

from geo.query.dimensions import SELECTED
from geo.query.params import BESIDE, keys

if TYPE_CHECKING:
    import pandas as pd

    from geo.query.filter import EventFilter

__all__ = ["add_export"]


def add_export(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb ``export`` to the parser's verbs."""
    verb = verbs.add_parser(
        "export",
        help="write events to CSV, GeoJSON, GeoParquet, GeoPackage, KML or a web page",
        description=(
            "Write the events that ship and those imported to FILE; its suffix says the format: "
            ".csv, .geojson, .parquet, .gpkg, .kml, .html. The options are named as in the "
            "address of the map, and --view takes such an address."
        ),
    )
    verb.add_argument("file", type=Path, metavar="FILE")
    for key, words in _options().items():
        verb.add_argument(f"--{key}", dest=f"want_{key}", metavar=key.upper(), help=words)
    verb.add_argument("--view", default="", metavar="URL", help="the address of a view of the map")
    verb.add_argument(
        "--restricted",
        action="store_true",
        help="rows too that their source's terms forbid passing on, such as ACLED's",
    )
    verb.add_argument("--force", action="store_true", help="replace FILE if it is there")
    verb.set_defaults(run=_export, misuse=verb.error)


def _options() -> dict[str, str]:
    """Return option to help in the order of the address; the event chosen hides nothing."""
    return {key: field.help for key, field in keys().items() if field is not SELECTED}


def _export(options: argparse.Namespace) -> int:
    from geo.border.units.areas import with_district
    from geo.datasets import library
    from geo.export import terms
    from geo.export.extract import Extract, withheld
    from geo.export.formats import format_of, save
    from geo.settings import EVENTS_FILE
    from geo.store.place import here

    format_of(options.file)
    asked = terms.conditions(here())
    every = with_district(library.events_table(here(), EVENTS_FILE))
    want = _wanted(options, every)
    left_out = 0 if options.restricted else withheld(every, want.mask(every))
    table = every
    if asked and not options.restricted:  # links are made anew, so that none needs such a row
        public = library.events_table(here(), EVENTS_FILE, restricted=False)
        table = with_district(public)
    mask = want.mask(table)
    about = terms.describe(
        table,
        mask,
        want,
        restricted=options.restricted,
        left_out=left_out,
        store=here(),
        shipped=EVENTS_FILE,
    )
    with _bar(int(mask.sum())) as progress:
        extract = Extract(table, mask, about, options.restricted, progress)
        size = save(extract, options.file, force=options.force)
    kind = format_of(options.file).label
    _say(f"{options.file}: {len(extract):,} rows as {kind}, {_bytes(size)}.")
    _say(about.text())
    if left_out:
        _say("--restricted takes them in, for your own use.")
    if options.restricted and withheld(table, mask):
        _warn(f"{options.file} holds {withheld(table, mask):,} rows that may not be passed on.")
        for name, condition in asked.items():
            _warn(f"{name}: {condition}")
    return 0


def _wanted(options: argparse.Namespace, table: pd.DataFrame) -> EventFilter:
    """Return the filter that the address asks for, with what the options say put over it."""
    from geo.query.dimensions import choices
    from geo.query.filter import EventFilter

    offered = choices(table)
    said = {
        key: text for key in _options() if (text := getattr(options, f"want_{key}")) is not None
    }
    _, faults = EventFilter.from_params(said, offered)
    if faults:
        options.misuse(" ".join(faults).replace("The address says ", "--"))
    linked = _linked(options.view)
    want, notes = EventFilter.from_params(linked | said, offered)
    for note in notes:
        _warn(note)
    return want


def _linked(address: str) -> dict[str, str]:
    """Return the filter's parameters of an address, or of what stands after its question mark."""
    query = urlsplit(address).query or address.partition("?")[2] or address
    return {key: text for key, text in parse_qsl(query) if key not in {*BESIDE, SELECTED.key}}


@contextmanager
def _bar(rows: int) -> Iterator[Callable[[int], object]]:
    quiet = not sys.stderr.isatty()
    with tqdm(total=rows, unit=" rows", delay=2, disable=quiet) as bar:
        yield bar.update


def _bytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{size / 1e3:,.0f} kB"


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _warn(text: str) -> None:
    sys.stderr.write(f"{text}\n")
