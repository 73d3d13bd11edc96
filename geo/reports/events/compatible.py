"""What can be one event: event types, places and days that do not contradict each other."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from geo.model import GROUP_OF, PRECISIONS, DateSpan, Place
from geo.places.nearness import km_between

__all__ = [
    "AREAL",
    "COARSENESS",
    "GENERIC",
    "LOCAL",
    "MEANS",
    "contains",
    "days_overlap",
    "nested",
    "same_site",
    "types_agree",
]

MEANS: Final = (
    *("suicide_attack", "airstrike_drone", "border_clash", "abduction", "bombing", "shelling"),
    *("targeted_killing", "counter_terror_operation", "armed_attack", "armed_clash"),
)
"""Violence, the most telling type first: where one event has several, the first names it."""
GENERIC: Final = frozenset({"armed_attack", "armed_clash", "counter_terror_operation"})
"""Violence types that name how a fight began rather than its means; they may tell one event."""
TOWARDS: Final = {
    "targeted_killing": {"armed_attack"},
    "shelling": {"border_clash", "armed_clash", "armed_attack"},
    "bombing": {"suicide_attack", "armed_attack"},
    "suicide_attack": {"bombing", "armed_attack", "armed_clash"},
    "border_clash": {"armed_clash", "shelling", "armed_attack"},
    "airstrike_drone": {"armed_attack", "shelling", "bombing"},
    "abduction": {"armed_attack"},
}
SAME_PLACE_KM: Final = 15.0
TOWNS: Final = frozenset({"city", "town"})
COARSENESS: Final = {precision: rank for rank, precision in enumerate(PRECISIONS)}
"""How coarsely a place is known; where several are named the finest tells where it was."""
LOCAL: Final = frozenset({"exact", "near", "admin3", "admin2"})
"""Precisions of a place that is known to its district at least."""
AREAL: Final = frozenset({"admin1", "admin2", "country"})


def types_agree(a: str, b: str) -> bool:
    """Whether two event types can name one event: a bombing is also an armed attack."""
    if a == b:
        return True
    if GROUP_OF[a] != GROUP_OF[b]:
        return False
    if GROUP_OF[a] == "diplomacy":
        return True
    return (a in GENERIC and b in GENERIC) or b in TOWARDS.get(a, ()) or a in TOWARDS.get(b, ())


def same_site(one: Place, two: Place) -> bool:
    """Whether two places are one, or points within 15 km of each other; an area has no site."""
    if one.id == two.id:
        return True
    areal = AREAL & {one.kind, two.kind}
    return not areal and km_between(one.lat, one.lon, two.lat, two.lon) <= SAME_PLACE_KM


def contains(outer: Place, inner: Place) -> bool:
    """Whether ``inner`` lies in the district, province or country ``outer``.

    A town also stands for the district of its name: "in Tank" may be anywhere in Tank district.
    """
    if outer.kind == "country":
        return outer.country == inner.country
    if outer.kind == "admin1":
        return outer.name == inner.admin1
    if outer.kind == "admin2":
        return (outer.admin2 or outer.name) == inner.admin2 and outer.admin1 == inner.admin1
    return outer.kind in TOWNS and outer.name == inner.admin2 and outer.id != inner.id


def nested(one: Place, two: Place) -> bool:
    """Whether two places are one site or one lies in the other."""
    return same_site(one, two) or contains(one, two) or contains(two, one)


def days_overlap(a: DateSpan, b: DateSpan, slack: timedelta = timedelta(0)) -> bool:
    """Whether two known spans share a day, or come within ``slack`` of it."""
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return False
    return a.first <= b.last + slack and b.first <= a.last + slack
