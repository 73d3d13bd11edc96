"""Tiny builders of dataset files: rows given by what differs from one at Torkham."""

import csv
from pathlib import Path

UCDP_ROW = {
    "id": "1",
    "type_of_violence": "1",
    "side_a": "Government of Pakistan",
    "side_b": "TTP",
    "where_prec": "1",
    "where_coordinates": "Torkham",
    "adm_1": "Khyber Pakhtunkhwa",
    "adm_2": "Khyber district",
    "latitude": "34.123",
    "longitude": "71.093",
    "country": "Pakistan",
    "date_prec": "1",
    "date_start": "2023-02-19",
    "date_end": "2023-02-19",
    "best": "3",
    "low": "2",
    "high": "4",
}
ACLED_ROW = {
    "event_id_cnty": "PAK1",
    "event_date": "19 February 2023",
    "year": "2023",
    "time_precision": "1",
    "disorder_type": "Political violence",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Pakistan (2022-2024)",
    "inter1": "State forces",
    "actor2": "TTP: Tehreek-i-Taliban Pakistan",
    "inter2": "Rebel group",
    "interaction": "State forces-Rebel group",
    "country": "Pakistan",
    "admin1": "Khyber Pakhtunkhwa",
    "admin2": "Khyber",
    "location": "Torkham",
    "latitude": "34.123",
    "longitude": "71.093",
    "geo_precision": "1",
    "source": "Dawn; Express Tribune",
    "notes": "Shots were exchanged.",
    "fatalities": "3",
}


def write(path: Path, base: dict[str, str], *rows: dict[str, str]) -> Path:
    """Write ``base`` once for each of ``rows``, with what the row gives replaced."""
    heads = list(dict.fromkeys([*base, *(name for row in rows for name in row)]))
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, heads, restval="")
        table.writeheader()
        table.writerows(base | row for row in rows)
    return path


def ucdp(path: Path, *rows: dict[str, str]) -> Path:
    """Write a UCDP file; without ``rows`` it has the one at Torkham."""
    return write(path, UCDP_ROW, *(rows or ({},)))


def acled(path: Path, *rows: dict[str, str]) -> Path:
    """Write an ACLED file; without ``rows`` it has the one at Torkham."""
    return write(path, ACLED_ROW, *(rows or ({},)))
