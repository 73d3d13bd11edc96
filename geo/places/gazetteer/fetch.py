"""Fetch the GeoNames dumps of both countries and build the full tier of the gazetteer from them.

Everything is first fetched into ``incoming/`` and checked there; only a whole and sound set
replaces what is in use, the cache last and in one step.
Addresses: https://download.geonames.org/export/dump/readme.txt; the data are CC BY 4.0.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from geo.errors import DataError, InputError
from geo.files.download import (
    entry,
    fetch_file,
    gathering,
    is_remote,
    record_fetched,
)
from geo.places.gazetteer.cache import build_cache
from geo.places.gazetteer.dump import (
    CODE_TABLES,
    COUNTRIES,
    check_table,
    check_zip,
)
from geo.places.gazetteer.full import CACHE, FOLDER

__all__ = ["FILES", "OFFICIAL", "fetch_gazetteer"]

OFFICIAL: Final = "https://download.geonames.org/export/dump"
FILES: Final = (*(f"{country}.zip" for country in COUNTRIES), *CODE_TABLES)

_LICENCE: Final = "CC BY 4.0, © GeoNames (geonames.org)"
_MIRROR_LICENCE: Final = "as the mirror states; the layout of GeoNames, CC BY 4.0"


def fetch_gazetteer(source: str = OFFICIAL, folder: Path = FOLDER) -> int:
    """Fetch, check and build the full tier.

    Parameters
    ----------
    source
        An http(s) address or a folder that holds :data:`FILES`.
    folder
        Where the files and the cache go; ``registry.json`` beside it records what they are.

    Returns
    -------
    int
        Places in the full tier.

    Raises
    ------
    InputError
        If ``source`` is a folder that is not there or lacks a file.
    DataError
        If a download fails or a file is not whole. What was in use before stays in use.
    """
    if not is_remote(source):
        _require(Path(source).expanduser())
    with gathering(folder) as incoming:
        for name in FILES:
            fetch_file(source, name, incoming)
            _check(incoming / name)
        count = build_cache(incoming, incoming / CACHE)
        licence = _LICENCE if source == OFFICIAL else _MIRROR_LICENCE
        entries = {
            f"{folder.name}/{name}": entry(f"{source.rstrip('/')}/{name}", incoming / name, licence)
            for name in FILES
        }
        for name in (*FILES, CACHE):
            (incoming / name).replace(folder / name)
    record_fetched(folder.parent / "registry.json", entries)
    return count


def _require(mirror: Path) -> None:
    for name in FILES:
        if not (mirror / name).is_file():
            raise InputError(f"{mirror / name}: no such file; --from needs {', '.join(FILES)}.")


def _check(path: Path) -> None:
    try:
        if path.suffix == ".zip":
            check_zip(path, path.stem)
        else:
            check_table(path)
    except DataError as error:
        path.unlink()
        raise DataError(f"{error} The gazetteer in use stays as it was; try again.") from error
