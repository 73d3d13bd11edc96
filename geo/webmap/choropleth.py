"""Areas shaded by what happened in them: classes, colours and the legend, for one small message.

The outlines are on the page already, fetched once by address; a filter sends one character an area
and the number to be read there, a few kB at most. The painter is ``js/map/choropleth.js``.

Why these classes. Counts of events spread over orders of magnitude: a few districts have hundreds,
most a handful. Equal steps, or natural breaks of the plain numbers, leave nearly all areas in one
class; quantiles put 60 and 900 into one shade and part areas with equal counts. So the classes are
natural breaks (Fisher 1958, Jenks 1977; ``mapclassify.FisherJenks``) of the logarithms, at most
five: areas of one shade differ by little in proportion. None and not stated are no classes.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt

from geo.counts import AreaCounts
from geo.webmap import palette
from geo.words import events_words, upper_first

__all__ = [
    "CLASSES",
    "MEASURES",
    "LegendRow",
    "Measure",
    "Shade",
    "class_tops",
    "shade",
]

Measure = Literal["events", "deaths", "density"]
MEASURES: Final[dict[Measure, str]] = {
    "events": "Events",
    "deaths": "Deaths",
    "density": "Events per 100 km²",
}
"""What areas can be shaded by, in words."""

CLASSES: Final = 5
_SAMPLE: Final = 80
"""More values than this are classified by as many of their quantiles: the search for the breaks
takes time with the square of their number."""
_UNITS: Final[dict[Measure, str]] = {
    "events": "events",
    "deaths": "deaths",
    "density": "events per 100 km²",
}
_AREAS: Final = {"admin1": "province", "admin2": "district"}

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LegendRow:
    """One line of the legend. ``look`` is a colour, ``none`` or ``unstated``."""

    look: str
    words: str
    areas: int


@dataclass(frozen=True, slots=True)
class Shade:
    """What the browser is told, the legend, and in words what no shade can show."""

    message: dict[str, Any]
    legend: tuple[LegendRow, ...]
    notes: tuple[str, ...]


def shade(
    counts: AreaCounts, km2: Floats, measure: Measure, *, level: str, dark: bool = False
) -> Shade:
    """Return the shades of the areas of a level.

    Parameters
    ----------
    counts
        By area, in the order of the outlines.
    km2
        Geodesic area in km², shape ``(areas,)``.
    measure
        Deaths are shaded by the middle of their range; the range itself is what is told. An area
        whose events all lack a figure, or have 0 and lack one, is ``unstated``, not none.
    level
        ``admin1`` or ``admin2``.
    dark
        Colours for the dark theme.
    """
    values = _values(counts, km2, measure)
    some = values[values > 0]
    tops = class_tops(some)
    codes = np.searchsorted(tops, values) if len(tops) else np.zeros(len(values), dtype=int)
    colours = _spread(palette.SHADES["dark" if dark else "light"], len(tops))
    looks = np.where(values > 0, codes.astype("U1"), np.where(np.isnan(values), "u", "n"))
    legend = _legend(values, codes, colours, measure)
    unit = _UNITS[measure]
    message = {
        "level": level,
        "unit": unit,
        "title": f"{upper_first(unit)} by {_AREAS[level]}",
        "legend": [[row.look, row.words, row.areas] for row in legend],
        "classes": "".join(looks.tolist()),
        "colours": list(colours),
        "said": _said(counts, values, measure),
    }
    return Shade(message, legend, _notes(counts, measure, level))


def class_tops(values: Floats) -> Floats:
    """Return the highest value of each class, ascending: at most five, fewer if few differ.

    ``values`` are greater than 0. No class is empty, and equal values are always in one class.
    """
    unique = np.unique(values)
    if len(unique) <= CLASSES:
        return unique
    from mapclassify import FisherJenks  # with SciPy a second's import: only once shading is used

    # it points at an accelerator that we do without, whenever it is used
    warnings.filterwarnings("ignore", message="Numba not installed")
    sample = values
    if len(values) > _SAMPLE:
        shares = (np.arange(_SAMPLE) + 0.5) / _SAMPLE  # no extreme speaks for a whole class
        sample = np.quantile(values, shares, method="nearest")
    breaks = np.exp(FisherJenks(np.log(sample), k=CLASSES).bins)
    # from logarithms back to the values themselves, so that no edge is lost to rounding
    edges = np.searchsorted(unique, breaks * (1 + 1e-9), side="right") - 1
    edges[-1] = len(unique) - 1  # the sample may lack the highest
    tops: Floats = unique[np.unique(edges)]
    return tops


def _values(counts: AreaCounts, km2: Floats, measure: Measure) -> Floats:
    if measure == "events":
        return counts.events.astype(np.float64)
    if measure == "density":
        return np.asarray(counts.events / km2 * 100.0, dtype=np.float64)
    middle = (counts.deaths_low + counts.deaths_high) / 2.0
    return np.where((middle == 0) & (counts.toll_unknown > 0), np.nan, middle)


def _said(counts: AreaCounts, values: Floats, measure: Measure) -> list[str]:
    """Return the number to be read in each area: empty for none or not stated."""
    if measure == "deaths":
        pairs = zip(counts.deaths_low, counts.deaths_high, strict=True)
        told = (_span(int(low), int(high)) for low, high in pairs)
    else:
        told = (_number(value, measure) for value in values)
    return [text if value > 0 else "" for text, value in zip(told, values, strict=True)]


def _legend(
    values: Floats, codes: npt.NDArray[Any], colours: Iterable[str], measure: Measure
) -> tuple[LegendRow, ...]:
    rows = [LegendRow("none", "none", int((values == 0).sum()))]
    for number, colour in enumerate(colours):
        own = values[(values > 0) & (codes == number)]
        low, high = (_number(float(end), measure) for end in (own.min(), own.max()))
        rows.append(LegendRow(colour, low if low == high else f"{low}–{high}", len(own)))
    if unstated := int(np.isnan(values).sum()):
        rows.append(LegendRow("unstated", "not stated", unstated))
    return tuple(rows)


def _notes(counts: AreaCounts, measure: Measure, level: str) -> tuple[str, ...]:
    notes = [f"Not known by {_AREAS[level]}: {events_words(counts.elsewhere)}"]
    unknown = int(counts.toll_unknown.sum())
    if measure == "deaths" and unknown:
        notes.append(f"deaths not stated: {events_words(unknown)}")
    if measure == "deaths":
        notes.append("shaded by the middle of the range")
    if counts.left_out:
        notes.append(
            f"not counted (totals, parts, planned or denied, told twice): {counts.left_out:,}"
        )
    return tuple(notes)


def _span(low: int, high: int) -> str:
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def _number(value: float, measure: Measure) -> str:
    if measure == "density" and value < 10:
        return f"{value:.2g}" if value >= 0.001 else "under 0.001"
    # the middle of a range may be a half, which only a small number is worth
    return f"{value:,.1f}".removesuffix(".0") if value < 100 else f"{value:,.0f}"


def _spread(ramp: tuple[str, ...], count: int) -> tuple[str, ...]:
    """Return ``count`` colours of the ramp; few classes take shades far apart."""
    steps = np.linspace(0, len(ramp) - 1, count) if count > 1 else [len(ramp) // 2]
    return tuple(ramp[round(float(step))] for step in steps[:count])
