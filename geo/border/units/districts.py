"""Build the district layer from the boundary files of two countries.

The files are repaired, cut to the countries along the OpenStreetMap line and made to tile them as
the provinces do, so that every point has exactly one district and the two layers agree on the
border. What had to be done to a file is told, never done in silence.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry import shape
from tqdm import tqdm

from geo.border import layers
from geo.border.line.distance import GEOD
from geo.border.units.coverage import Area, tile_countries
from geo.border.units.district_names import (
    Match,
    Unit,
    match_names,
    without_polygon,
)
from geo.border.units.reach import area_reach
from geo.errors import DataError
from geo.places.gazetteer.lookup import load
from geo.schema import records
from geo.settings import CRS

__all__ = ["UNITS_EXPECTED", "Built", "build_districts", "map_geojson", "read_units"]

UNITS_EXPECTED: Final = {"AF": (300, 450), "PK": (110, 200)}
"""Fewest and most districts of a file; Pakistan's divisions, a level above, are about 30."""
MAP_TOLERANCE: Final = 0.006
"""Degrees, of ``shapely.coverage_simplify``; beneath a pixel until a district fills the screen."""

_NAMES: Final = ("shapeName", "ADM2_EN", "adm2_name", "adm2_en")
_OTHERS: Final = ("ADM2ALT1EN", "ADM2ALT2EN", "adm2_name1", "adm2_name2")
_PROVINCES: Final = ("ADM1_EN", "adm1_name", "adm1_en")
_LEAST_COVER: Final = 0.9
_INSIDE: Final = 0.05
"""Least share of a unit's area that must lie in its country, else it is not one of its own."""


@dataclass(frozen=True, slots=True)
class Built:
    """The layer (columns as :func:`geo.border.layers.districts` has them) and what was done."""

    frame: gpd.GeoDataFrame
    notes: tuple[str, ...]


def build_districts(files: Mapping[str, Path]) -> Built:
    """Build the layer.

    Parameters
    ----------
    files
        Country code (AF, PK) to a GeoJSON file of its districts, in the layout of geoBoundaries
        or of OCHA COD-AB, degrees WGS 84.

    Raises
    ------
    DataError
        If a file is not what it should be; names it.
    """
    notes: list[str] = []
    countries = _countries()
    units: list[Unit] = []
    for iso, path in sorted(files.items()):
        units += _own_units(read_units(path, iso, notes), countries[iso], notes)
    notes += _across(units, countries)
    keyed = {
        iso: {str(n): unit.area for n, unit in enumerate(units) if unit.country == iso}
        for iso in sorted(files)
    }
    tiles = tile_countries({iso: countries[iso] for iso in keyed}, keyed)
    areas = [tiles[unit.country][str(n)] for n, unit in enumerate(units)]
    if not shapely.coverage_is_valid(areas):
        raise DataError("The districts overlap or leave gaps after the repair: look at the files.")
    notes += _grown(units, areas)
    units = [replace(unit, area=area) for unit, area in zip(units, areas, strict=True)]
    return Built(_frame(units, notes), tuple(notes))


def read_units(path: Path, iso: str, notes: list[str]) -> list[Unit]:
    """Read one file; polygons that are not valid are repaired and named in ``notes``.

    Raises
    ------
    DataError
        If the file is not GeoJSON, has no column of district names, not the number of districts
        a country has, or does not cover the country.
    """
    features = _features(path)
    columns = set(features[0]["properties"])
    name = next((column for column in _NAMES if column in columns), None)
    if name is None:
        raise DataError(f"{path}: none of the columns {', '.join(_NAMES)}: no district file.")
    fewest, most = UNITS_EXPECTED[iso]
    if not fewest <= len(features) <= most:
        raise DataError(
            f"{path}: {len(features)} areas; the districts of {iso} are {fewest} to {most}."
        )
    return [_unit(feature, name, iso, path, notes) for feature in features]


def map_geojson(frame: gpd.GeoDataFrame) -> bytes:
    """Return the layer for the map: simplified as one coverage, so shared edges stay shared.

    GeoJSON, coordinates to 0.0001° (about 10 m), properties ``admin1``, ``admin2``, ``country``.
    """
    areas = shapely.coverage_simplify(frame.geometry.to_numpy(), MAP_TOLERANCE)
    columns = records(frame[["admin1", "admin2", "country"]])
    lines = [
        json.dumps(
            {"type": "Feature", "properties": facts, "geometry": json.loads(text)},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for facts, text in zip(
            columns, shapely.to_geojson(shapely.set_precision(areas, 1e-4)), strict=True
        )
    ]
    return ('{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n").encode()


def _countries() -> dict[str, Polygon]:
    layer = layers.countries()
    return dict(zip(layer["iso"], layer.geometry.to_numpy(), strict=True))


def _features(path: Path) -> list[dict[str, Any]]:
    try:
        features: list[dict[str, Any]] = json.loads(path.read_bytes())["features"]
        shapes = {feature["geometry"]["type"] for feature in features}
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path} is not GeoJSON with areas: {error}.") from error
    if not features or not shapes <= {"Polygon", "MultiPolygon"}:
        raise DataError(f"{path} holds {', '.join(sorted(shapes)) or 'nothing'}, not areas.")
    return features


def _unit(feature: dict[str, Any], name: str, iso: str, path: Path, notes: list[str]) -> Unit:
    facts = feature["properties"]
    called = " ".join(str(facts[name] or "").split()) or "unnamed"
    area = shape(feature["geometry"])
    if not area.is_valid:
        notes.append(f"{path.name}: {called} repaired ({shapely.is_valid_reason(area)})")
        area = shapely.make_valid(area)
    others = tuple(str(facts[column]) for column in _OTHERS if facts.get(column))
    province = next((str(facts[c]) for c in _PROVINCES if facts.get(c)), "")
    return Unit(called, others, iso, province, _areal(area))


def _areal(area: shapely.Geometry) -> Area:
    parts = [p for p in shapely.get_parts(shapely.get_parts(area)) if isinstance(p, Polygon)]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def _own_units(units: Sequence[Unit], country: Area, notes: list[str]) -> list[Unit]:
    """Return the units that lie in their country, each with one of our provinces."""
    shapely.prepare(country)
    shares = [shapely.area(u.area.intersection(country)) / shapely.area(u.area) for u in units]
    own = [unit for unit, share in zip(units, shares, strict=True) if share >= _INSIDE]
    notes += [
        f"{unit.name} left out: {1 - share:.0%} of it lies outside {unit.country} as administered"
        for unit, share in zip(units, shares, strict=True)
        if share < _INSIDE
    ]
    covered = shapely.union_all([unit.area for unit in own]).intersection(country).area
    if covered < _LEAST_COVER * country.area:
        raise DataError(
            f"The districts cover {covered / country.area:.0%} of {units[0].country}: this is "
            "another country's file, or a part of it."
        )
    return [replace(unit, admin1=_province(unit)) for unit in own]


def _province(unit: Unit) -> str:
    """Return our name of the unit's province: as the file names it, else where most of it lies."""
    provinces = layers.admin1()
    provinces = provinces[provinces["country"] == unit.country]
    for hits in load().steps(unit.admin1) if unit.admin1 else ():
        for hit in hits:
            if hit.place.kind == "admin1" and hit.place.name in set(provinces["name"]):
                return hit.place.name
    shared = shapely.area(shapely.intersection(provinces.geometry.to_numpy(), unit.area))
    return str(provinces["name"].iloc[int(np.argmax(shared))])


def _across(units: Sequence[Unit], countries: Mapping[str, Polygon]) -> Iterator[str]:
    """Tell how much of each file lay beyond the line and was cut."""
    for iso, other in (("AF", "PK"), ("PK", "AF")):
        own = [unit for unit in units if unit.country == iso]
        over = [unit.area.intersection(countries[other]) for unit in own]
        km2 = [_km2(piece) for piece in over]
        cut = [f"{unit.name} {size:.0f}" for size, unit in _largest(km2, own)]
        if cut:
            yield f"{iso}: {sum(km2):,.0f} km² beyond the line cut off: {', '.join(cut)}"


def _grown(units: Sequence[Unit], areas: Sequence[Area]) -> Iterator[str]:
    """Tell how much bare ground went to the nearest district."""
    for iso in sorted({unit.country for unit in units}):
        own = [(u, a) for u, a in zip(units, areas, strict=True) if u.country == iso]
        km2 = [_km2(area.difference(unit.area)) for unit, area in own]
        most = ", ".join(f"{u.name} {size:.0f}" for size, u in _largest(km2, [u for u, _ in own]))
        if most:
            yield f"{iso}: {sum(km2):,.0f} km² that no district covered went to the nearest: {most}"


def _largest(km2: Sequence[float], units: Sequence[Unit]) -> list[tuple[float, Unit]]:
    ranked = sorted(zip(km2, units, strict=True), key=lambda pair: (-pair[0], pair[1].name))
    return [(size, unit) for size, unit in ranked[:3] if size >= 1]


def _km2(area: shapely.Geometry) -> float:
    return abs(float(GEOD.geometry_area_perimeter(area)[0])) / 1e6


def _frame(units: Sequence[Unit], notes: list[str]) -> gpd.GeoDataFrame:
    names = match_names(units)
    notes += _unmatched(units, names)
    quiet = not sys.stderr.isatty()
    bar = tqdm(units, desc="measuring", unit=" districts", delay=2, disable=quiet)
    reach = [area_reach(unit.area) for unit in bar]
    table = pd.DataFrame(
        {
            "country": [unit.country for unit in units],
            "admin1": [match.admin1 for match in names],
            "admin2": [match.name for match in names],
            "source_name": [unit.name for unit in units],
            "match": [match.how for match in names],
            "km_min": [near for near, _ in reach],
            "km_max": [far for _, far in reach],
        }
    )
    frame = gpd.GeoDataFrame(table, geometry=[unit.area for unit in units], crs=CRS)
    order = ["country", "admin1", "admin2", "source_name"]
    return frame.sort_values(order).reset_index(drop=True)


def _unmatched(units: Sequence[Unit], names: Sequence[Match]) -> Iterator[str]:
    for iso in sorted({unit.country for unit in units}):
        own = [(u.name, m.how) for u, m in zip(units, names, strict=True) if u.country == iso]
        left = sorted(name for name, how in own if how == "none")
        yield (
            f"{iso}: {len(own) - len(left)} of {len(own)} districts have a gazetteer name; "
            f"not matched: {', '.join(left) or 'none'}"
        )
    over = [f"{place.name} ({place.admin1})" for place in without_polygon(units, names)]
    yield f"In the gazetteer without a polygon: {', '.join(over) or 'none'}"
