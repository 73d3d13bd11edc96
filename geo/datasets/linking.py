"""The same event in several datasets: which rows tell one event, and how sure that is.

A pair's score in [0, 1] is a weighted geometric mean of how well place, days, toll and type agree;
a place known only to a province, or a date only to a month, agrees with much and so counts for
less. Candidates come from the rows sorted by date, in blocks, never from all pairs. The best
pairs are joined first, and a group never holds two rows of one dataset.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.counts import first_of, floats

__all__ = ["LINK_COLUMNS", "THRESHOLD", "find_links", "with_links"]

LINK_COLUMNS: Final = ("event_id", "other_id", "score", "km", "days")
THRESHOLD: Final = 0.65
"""Measured on UCDP rows told a second time, moved and revised (tests/benchmarks/bench_linking.py):
here 84 of 100 links are right and 89 of 100 shared events found; the usual rule has 60 and 68."""
WEIGHTS: Final = {"place": 0.35, "days": 0.30, "toll": 0.25, "type": 0.10}
LEAST_REACH_KM: Final = 10.0
"""Two gazetteers put one town up to this far apart."""
FAR_KM: Final = 100.0
"""Uncertainty at which a place, though it agrees, has lost half its weight."""
DAYS_APART: Final = 2
LONGEST: Final = 31
"""Rows dated to a longer span than this many days are not linked."""
DAY_SCORES: Final = np.array([1.0, 0.6, 0.3])
"""Score by days between the two spans: the day of the event, of the report, one more."""
SAME_GROUP: Final = 0.8
"""UCDP does not code how it was fought, so another type of the same group says little against."""
UNKNOWN_TOLL: Final = 0.5
BLOCK: Final = 2_000_000
UNREAL: Final = ("planned", "denied")
EARTH_KM: Final = 6371.0

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def find_links(
    table: pd.DataFrame, cut: frozenset[frozenset[str]] = frozenset(), least: float = THRESHOLD
) -> pd.DataFrame:
    """Find pairs of rows of different datasets that tell one event.

    Parameters
    ----------
    table
        The event columns with ``lon`` and ``lat`` (degrees), index ``event_id``. Rows without a
        point or date, period totals, planned and denied events take no part.
    cut
        Pairs of event ids that a person has said are not one event.
    least
        The least score.

    Returns
    -------
    DataFrame
        ``event_id, other_id, score, km, days``, the best first; a row is in one pair at most for
        each other dataset. ``days`` is 0 where the dates overlap.
    """
    rows = _Rows(table)
    found = [part for part in (rows.score(*pair) for pair in rows.pairs()) if len(part)]
    parts = [part[part["score"] >= least] for part in found]
    if not parts:
        return pd.DataFrame({name: [] for name in LINK_COLUMNS}).astype({"event_id": "string"})
    links = pd.concat(parts)
    links["event_id"], links["other_id"] = rows.ids[links["a"]], rows.ids[links["b"]]
    links = links.sort_values(["score", "event_id", "other_id"], ascending=[False, True, True])
    keep = _disjoint(links, rows.origin, cut)
    return links.loc[keep, list(LINK_COLUMNS)].reset_index(drop=True)


def with_links(table: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Return ``table`` with ``linked_ids``, ``link_group`` and ``link_score`` filled.

    ``link_group`` is the id of the group's first row in the table, ``link_score`` the row's best
    link; both null for a row that stands alone.
    """
    position = {event_id: number for number, event_id in enumerate(table.index)}
    known = links["event_id"].isin(position) & links["other_id"].isin(position)
    groups = _groups(links[known], position)
    group = pd.Series(pd.NA, index=table.index, dtype="string")
    linked = table["linked_ids"].astype("string").copy()
    for members in groups:
        group[members] = members[0]
        for one in members:
            linked[one] = "; ".join(other for other in members if other != one)
    best = pd.concat(
        [links[known].set_index(name)["score"] for name in ("event_id", "other_id")]
    ).groupby(level=0)
    score = best.max().reindex(table.index).astype("float64")
    return table.assign(linked_ids=linked, link_group=group, link_score=score)


class _Rows:
    """The rows that can be linked, sorted by first day, as plain arrays."""

    def __init__(self, table: pd.DataFrame) -> None:
        start = table["date_start"].to_numpy("datetime64[D]")
        end = table["date_end"].to_numpy("datetime64[D]")
        end = np.where(np.isnat(end), start, end)
        lon, lat = floats(table["lon"]), floats(table["lat"])
        able = ~np.isnat(start) & ~np.isnan(lon) & ~table["aggregate"].to_numpy(bool)
        able &= ~table["certainty"].isin(UNREAL).to_numpy(bool)
        length = (end - start).astype("int64") + 1
        able &= length <= LONGEST
        order = np.flatnonzero(able)[np.argsort(start[able], kind="stable")]
        self.ids = table.index.to_numpy()[order]
        self.start, self.length = start[order].astype("int64"), length[order]
        self.end = self.start + self.length - 1
        self.lon, self.lat = lon[order], lat[order]
        self.spread = np.nan_to_num(floats(table["uncertainty_km"])[order], nan=FAR_KM)
        self.origin = pd.factorize(_origins(table))[0][order]
        self.kind = pd.factorize(table["event_type"])[0][order]
        self.group = pd.factorize(table["event_group"])[0][order]
        low, best, high = (floats(table[f"fatalities_{b}"])[order] for b in ("low", "best", "high"))
        self.low, self.high = first_of(low, best, high), first_of(high, best, low)

    def pairs(self) -> Iterator[tuple[Ints, Ints]]:
        """Yield blocks of (earlier, later) rows of different datasets, near in time and place."""
        last = np.searchsorted(self.start, self.end + DAYS_APART, side="right")
        after = np.arange(len(self.start)) + 1
        many = np.maximum(last - after, 0)
        total = np.concatenate([[0], np.cumsum(many)])
        first = 0
        while first < len(many):
            stop = int(np.searchsorted(total, total[first] + BLOCK, side="right")) - 1
            stop = max(stop, first + 1)
            a = np.repeat(np.arange(first, stop), many[first:stop])
            offset = np.arange(len(a)) - (total[a] - total[first])
            yield self._near(a, after[a] + offset)
            first = stop

    def _near(self, a: Ints, b: Ints) -> tuple[Ints, Ints]:
        keep = (self.origin[a] != self.origin[b]) & (self.group[a] == self.group[b])
        a, b = a[keep], b[keep]
        reach = 1.5 * _reach(self.spread[a], self.spread[b]) / 111.0
        near = np.abs(self.lat[a] - self.lat[b]) <= reach
        return a[near], b[near]

    def score(self, a: Ints, b: Ints) -> pd.DataFrame:
        """Return the scores of pairs of rows."""
        km = _km(self.lon[a], self.lat[a], self.lon[b], self.lat[b])
        reach = _reach(self.spread[a], self.spread[b])
        place = np.exp(-((km / reach) ** 2)) / (1 + np.maximum(reach - LEAST_REACH_KM, 0) / FAR_KM)
        apart = np.maximum(
            np.maximum(self.start[a], self.start[b]) - np.minimum(self.end[a], self.end[b]), 0
        )
        overlap = np.minimum(self.end[a], self.end[b]) - np.maximum(self.start[a], self.start[b])
        longest = np.maximum(self.length[a], self.length[b])
        share = np.sqrt(np.maximum(overlap + 1, 1) / longest)
        days = DAY_SCORES[np.minimum(apart, DAYS_APART)] * share
        kind = np.where(self.kind[a] == self.kind[b], 1.0, SAME_GROUP)
        agree = {"place": place, "days": days, "toll": self._toll(a, b), "type": kind}
        logs = sum(WEIGHTS[name] * np.log(np.maximum(agree[name], 1e-9)) for name in WEIGHTS)
        return pd.DataFrame({"a": a, "b": b, "score": np.exp(logs), "km": km, "days": apart})

    def _toll(self, a: Ints, b: Ints) -> Floats:
        """Return 1 where the ranges meet, else the ratio of the nearest bounds (each plus one)."""
        lower = np.minimum(self.high[a], self.high[b])
        upper = np.maximum(self.low[a], self.low[b])
        ratio = np.minimum((lower + 1) / (upper + 1), 1.0)
        return np.where(np.isnan(ratio), UNKNOWN_TOLL, ratio)


def _origins(table: pd.DataFrame) -> pd.Series[Any]:
    """Return what counts as one dataset: our own chronology and reports are one."""
    imported = table["source_type"] == "dataset"
    return table["dataset"].where(imported.fillna(False), "own")


def _reach(one: Floats, other: Floats) -> Floats:
    return np.maximum(np.hypot(one, other), LEAST_REACH_KM)


def _km(lon: Floats, lat: Floats, other_lon: Floats, other_lat: Floats) -> Floats:
    """Return great-circle kilometres (haversine), within 0.5 % of the geodesic."""
    phi, other = np.radians(lat), np.radians(other_lat)
    half = np.sin((other - phi) / 2) ** 2
    half += np.cos(phi) * np.cos(other) * np.sin(np.radians(other_lon - lon) / 2) ** 2
    km: Floats = 2 * EARTH_KM * np.arcsin(np.sqrt(half))
    return km


def _disjoint(
    links: pd.DataFrame, origin: Ints, cut: frozenset[frozenset[str]]
) -> npt.NDArray[np.bool_]:
    """Walk the pairs best first; keep one if the joined group has each dataset once and no cut."""
    group: dict[int, list[int]] = {}
    names: dict[int, str] = {}
    keep = np.zeros(len(links), dtype=bool)
    columns = (links["a"], links["b"], links["event_id"], links["other_id"])
    for number, (a, b, one, other) in enumerate(zip(*columns, strict=True)):
        names[a], names[b] = one, other
        left, right = group.get(a, [a]), group.get(b, [b])
        if left is right:
            continue
        barred = any(frozenset((names[x], names[y])) in cut for x in left for y in right)
        if barred or {origin[x] for x in left} & {origin[y] for y in right}:
            continue
        joined = [*left, *right]
        group.update(dict.fromkeys(joined, joined))
        keep[number] = True
    return keep


def _groups(links: pd.DataFrame, position: dict[str, int]) -> list[list[str]]:
    """Return the ids that belong together, each group in the table's order."""
    group: dict[str, list[str]] = {}
    for one, other in zip(links["event_id"], links["other_id"], strict=True):
        left, right = group.get(one, [one]), group.get(other, [other])
        joined = left if left is right else [*left, *right]
        group.update(dict.fromkeys(joined, joined))
    unique = {id(members): members for members in group.values()}
    return [sorted(members, key=position.__getitem__) for members in unique.values()]
