"""Fetch UCDP's event files from where UCDP publishes them, or from a mirror.

Addresses (https://ucdp.uu.se/downloads): GED as ``ged/ged251-csv.zip`` for version 25.1, Candidate
events as ``candidateged/GEDEvent_v25_0_6.csv`` (month 6 of 2025) or ``…_v25_01_25_06.csv`` (to it).
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from geo.datasets.tables.archive import check_members, table_member
from geo.errors import DataError, InputError
from geo.files.download import (
    Progress,
    entry,
    fetch_file,
    gathering,
    is_remote,
    no_progress,
    record_fetched,
)
from geo.files.registry import sha256
from geo.settings import DATA

__all__ = ["FOLDER", "LATEST", "OFFICIAL", "address_of", "fetch_ucdp", "file_of", "releases"]

OFFICIAL: Final = "https://ucdp.uu.se/downloads"
LATEST: Final = "26.1"
"""Published in June 2026; the yearly version covers up to the end of the year before."""
FOLDER: Final = DATA / "fetched" / "ucdp"
LICENCE: Final = "CC BY 4.0, Uppsala Conflict Data Program"
FIRST: Final = 17
"""The yearly versions before 17.1 are named otherwise and say less."""
MONTH_OUT: Final = timedelta(days=21)
"""Candidate events of a month come out about three weeks into the next."""
MIRROR_LICENCE: Final = "as the mirror states; UCDP's own files are CC BY 4.0"
_GED: Final = re.compile(r"(\d{1,2})\.([0-9])")
_MONTH: Final = re.compile(r"(\d{2})\.0\.(\d{1,2})")
_SPAN: Final = re.compile(r"(\d{2})\.01\.(\d{2})\.(\d{2})")


def file_of(version: str) -> tuple[str, str]:
    """Return the folder and the file name under which UCDP publishes a version.

    Parameters
    ----------
    version
        ``25.1``: GED; ``25.0.6``: Candidate of one month; ``25.01.25.06``: Candidate from
        January up to a month.

    Raises
    ------
    InputError
        If it is none of these.
    """
    if match := _GED.fullmatch(version):
        return "ged", f"ged{match[1]}{match[2]}-csv.zip"
    if match := _MONTH.fullmatch(version):
        return "candidateged", f"GEDEvent_v{match[1]}_0_{int(match[2])}.csv"
    if match := _SPAN.fullmatch(version):
        return "candidateged", f"GEDEvent_v{match[1]}_01_{match[2]}_{match[3]}.csv"
    raise InputError(
        f"{version!r} is no UCDP version: write 25.1 for GED, 25.0.6 for the Candidate events of "
        "June 2025, or 25.01.25.06 for those of January to June; ucdp.uu.se/downloads lists them."
    )


def address_of(version: str) -> str:
    """Return where UCDP itself publishes a version; raises as :func:`file_of`."""
    return f"{OFFICIAL}/{'/'.join(file_of(version))}"


def releases(today: date) -> dict[str, str]:
    """Return version → what it covers, in words: what UCDP should have published by ``today``.

    The yearly versions, the latest first, after the Candidate events of the months since the end
    of the latest. What is really there, only the server knows.
    """
    latest = int(LATEST.split(".")[0])
    last = (today - MONTH_OUT).replace(day=1) - timedelta(days=1)
    months = last.month if last.year == 2000 + latest else 12 if last.year > 2000 + latest else 0
    monthly = {
        f"{latest}.0.{n}": f"Candidate events, {date(2000 + latest, n, 1):%B %Y}"
        for n in range(months, 0, -1)
    }
    yearly = {f"{y}.1": f"GED, to the end of {1999 + y}" for y in range(latest, FIRST - 1, -1)}
    return {LATEST: yearly.pop(LATEST), **monthly, **yearly}


def fetch_ucdp(
    version: str = LATEST,
    source: str = "",
    folder: Path = FOLDER,
    checksum: str = "",
    progress: Progress = no_progress,
) -> Path:
    """Fetch one version, check it and record it.

    Parameters
    ----------
    version
        As in :func:`file_of`.
    source
        A mirror: a folder or address that holds the file; empty is UCDP itself.
    checksum
        The SHA-256 that the file must have, if you know it.
    progress
        Called while bytes come.

    Returns
    -------
    Path
        The file as it came; ``registry.json`` in the folder above says what it is.

    Raises
    ------
    InputError
        If ``source`` is a folder that lacks the file.
    DataError
        If the download fails or is not what it should be; an older file stays.
    """
    place, name = file_of(version)
    base = source or f"{OFFICIAL}/{place}"
    if not is_remote(base) and not (Path(base).expanduser() / name).is_file():
        raise InputError(f"{base}: there is no {name} in it; --from needs a folder that has it.")
    with gathering(folder) as incoming:
        came = fetch_file(base, name, incoming, progress)
        _check(came, checksum)
        licence = MIRROR_LICENCE if source else LICENCE
        facts = entry(f"{base.rstrip('/')}/{name}", came, licence)
        came.replace(folder / name)
    record_fetched(folder.parent / "registry.json", {f"{folder.name}/{name}": facts})
    return folder / name


def _check(path: Path, checksum: str) -> None:
    fault = _fault(path, checksum)
    if fault:
        path.unlink()
        raise DataError(f"{fault} It was thrown away; what was there before stays.")


def _fault(path: Path, checksum: str) -> str:
    if checksum and sha256(path) != checksum.lower():
        return f"{path.name} has not the SHA-256 that was asked for."
    try:
        if path.suffix == ".zip":
            check_members(path)
            table_member(path)
    except InputError as error:
        return str(error)
    with path.open("rb") as stream:
        sound = path.suffix == ".zip" or b"," in stream.readline()
    return "" if sound else f"{path.name} is no CSV."
