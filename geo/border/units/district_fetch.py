"""Fetch the districts of both countries and build the layer from them: ``geo fetch districts``.

geoBoundaries answers for both sources: its open release (gbOpen) and its copy of OCHA's common
operational datasets COD-AB (gbHumanitarian), each file with its own licence
(https://www.geoboundaries.org/api.html; Runfola et al. 2020, *PLoS ONE* 15(4) e0231866). As with
the gazetteer, everything is fetched into ``incoming/`` and checked there; only a sound set
replaces what is in use.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Final, NamedTuple
from urllib.error import HTTPError

from geo.border.layers import DIGESTS, DISTRICTS_FILE, DISTRICTS_MAP
from geo.border.units.districts import Built, build_districts, map_geojson
from geo.errors import DataError, InputError
from geo.files.download import (
    Progress,
    download,
    entry,
    fetch_file,
    gathering,
    is_remote,
    no_progress,
    record_fetched,
    require_address,
)
from geo.files.registry import sha256
from geo.settings import FETCHED

__all__ = ["API", "FOLDER", "MAP_FILE", "RELEASES", "fetch_districts"]

API: Final = "https://www.geoboundaries.org/api/current"
RELEASES: Final = {"geoboundaries": "gbOpen", "cod-ab": "gbHumanitarian"}
"""Name of a source to the release of geoBoundaries that carries it; the first is the default."""
FOLDER: Final = FETCHED / "districts"
MAP_FILE: Final = DISTRICTS_MAP
NOTES_FILE: Final = "notes.txt"

_ISO3: Final = {"AF": "AFG", "PK": "PAK"}
_NAMES: Final = {
    "geoboundaries": ("geoBoundaries-{iso}-ADM2_simplified.geojson",),
    "cod-ab": ("{iso}-COD-AB-ADM2_simplified.geojson", "{iso}-COD-AB-ADM2.geojson"),
}
"""File names a mirror may have, the likeliest first."""
_MIRROR_LICENCE: Final = (
    "as the mirror states; public domain at geoBoundaries, COD-AB CC BY 3.0 IGO"
)


class _Fetched(NamedTuple):
    path: Path
    url: str
    licence: str


def fetch_districts(
    mirror: str = "",
    source: str = "geoboundaries",
    folder: Path = FOLDER,
    api: str = API,
    progress: Progress = no_progress,
    *,
    public: bool = False,
) -> Built:
    """Fetch, check, repair, cut and name the districts; put the layer in place.

    Parameters
    ----------
    mirror
        An http(s) address or a folder that holds one file a country, named as either source names
        it; by default the official addresses.
    source
        ``geoboundaries`` or ``cod-ab``. From a mirror, only which of the two is tried first.
    folder
        Where the files, the layer, the map's form of it and the notes go; ``registry.json``
        beside it records what they are.
    api
        Where geoBoundaries answers.
    progress
        Called while bytes come.
    public
        Whether ``mirror`` must be an address of the public internet, as one typed on a page.

    Returns
    -------
    Built
        The layer and what had to be done to the files.

    Raises
    ------
    InputError
        If the source is unknown, a folder lacks a file, or the mirror is not public though it must
        be.
    DataError
        If a download fails or a file is not whole. What was in use before stays in use.
    """
    if source not in RELEASES:
        raise InputError(f"--source {source}: choose one of {', '.join(RELEASES)}.")
    if public and mirror:
        require_address(mirror)
    with gathering(folder) as incoming:
        fetched = {
            iso: _from_mirror(mirror, iso, source, incoming, progress, public=public)
            if mirror
            else _official(api, RELEASES[source], iso, incoming, progress)
            for iso in _ISO3
        }
        try:
            built = build_districts({iso: found.path for iso, found in fetched.items()})
        except DataError as error:
            shutil.rmtree(incoming)  # a file that is not what it should be is not gone on with
            raise DataError(f"{error} The districts in use stay as they were.") from error
        _put_in_place(built, fetched, incoming, folder)
    return built


def _put_in_place(built: Built, fetched: dict[str, _Fetched], incoming: Path, folder: Path) -> None:
    names = [found.path.name for found in fetched.values()]
    entries = {
        f"{folder.name}/{found.path.name}": entry(found.url, found.path, found.licence)
        for found in fetched.values()
    }
    built.frame.to_parquet(incoming / DISTRICTS_FILE.name, compression="zstd")
    (incoming / MAP_FILE).write_bytes(map_geojson(built.frame))
    (incoming / NOTES_FILE).write_text("\n".join(built.notes) + "\n", encoding="utf-8")
    layer = (MAP_FILE, DISTRICTS_FILE.name)
    digests = {name: sha256(incoming / name) for name in layer}
    (incoming / DIGESTS).write_text(json.dumps(digests), encoding="utf-8")
    for name in (*names, NOTES_FILE, *layer, DIGESTS):
        (incoming / name).replace(folder / name)
    record_fetched(folder.parent / "registry.json", entries)


def _official(api: str, release: str, iso: str, incoming: Path, progress: Progress) -> _Fetched:
    facts_file = incoming / f"{iso}.json"
    download(f"{api}/{release}/{_ISO3[iso]}/ADM2/", facts_file)
    try:
        facts = json.loads(facts_file.read_bytes())
        url, licence = str(facts["simplifiedGeometryGeoJSON"]), str(facts["boundaryLicense"])
        origin = f"{facts['boundarySource']}, {facts['boundaryYearRepresented']}"
    except (ValueError, KeyError, TypeError) as error:
        facts_file.unlink()
        raise DataError(
            f"{api} did not answer as geoBoundaries does ({error!r}). The districts in use stay "
            "as they were; name a mirror with --from DIR_OR_URL."
        ) from error
    target = incoming / url.rsplit("/", 1)[-1]
    download(url, target, progress)
    return _Fetched(target, url, f"{licence}; {origin}; geoBoundaries {release}")


def _from_mirror(
    mirror: str, iso: str, source: str, incoming: Path, progress: Progress, *, public: bool
) -> _Fetched:
    names = list(_file_names(_ISO3[iso], source))
    base = mirror.rstrip("/")
    for name in names:
        if not is_remote(mirror) and not (Path(mirror).expanduser() / name).is_file():
            continue
        try:
            path = fetch_file(mirror, name, incoming, progress, public=public)
        except DataError as error:
            cause = error.__cause__
            if isinstance(cause, HTTPError) and cause.code == HTTPStatus.NOT_FOUND:
                continue
            raise
        return _Fetched(path, f"{base}/{name}", _MIRROR_LICENCE)
    raise InputError(f"{base}: none of {', '.join(names)} is there; --from needs one a country.")


def _file_names(iso3: str, source: str) -> Iterator[str]:
    for name in sorted(_NAMES, key=lambda name: name != source):
        yield from (pattern.format(iso=iso3) for pattern in _NAMES[name])
