"""How an event looks in a file that carries styles: one form for each way of knowing a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["MARKS", "Mark"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A form: the precisions it stands for, whether it has a dot and a ring of its radius."""

    name: str
    codes: tuple[str, ...]
    words: str
    dot: bool
    ring: bool


MARKS: Final = (
    Mark("area", ("admin3", "admin2", "admin1", "region"), "Known only to an area", False, True),
    Mark("near", ("near",), "Known to within about 25 km", True, True),
    Mark("exact", ("exact",), "Known to the place itself", True, False),
)
"""From the least to the best known, so that dots are drawn over rings. What is known to a country
only, or not at all, has no geometry and no form."""
