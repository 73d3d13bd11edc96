"""What a file says of itself: what was selected, from which version of the data, on whose terms."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from geo.words import TITLE

__all__ = ["NOTHING_SAID", "About", "Origin"]

CRS_WORDS: Final = "EPSG:4326: longitude and latitude in degrees, WGS 84"
AREAS_WORDS: Final = (
    "Where place_is_area is true the point only stands for a tehsil, district, province or wider "
    "area: uncertainty_km says how far off the event may lie. A row without geometry has no place."
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose rows they are: a dataset in the file, how many rows of it, and its terms."""

    dataset: str
    rows: int
    licence: str
    citation: str
    version: str = ""

    def line(self) -> str:
        """Say it in one line."""
        version = f" {self.version}" if self.version else ""
        cite = f" Cite: {self.citation}" if self.citation else ""
        return f"{self.dataset}{version}: {self.rows:,} rows. Licence: {self.licence}.{cite}"


@dataclass(frozen=True, slots=True)
class About:
    """What the file is. ``made`` is an ISO day; ``view`` the filter as in an address."""

    title: str = TITLE
    selection: str = "all events"
    view: str = ""
    data_version: str = ""
    made: str = ""
    withheld: int = 0
    withheld_why: str = ""
    origins: tuple[Origin, ...] = ()

    def facts(self) -> dict[str, str]:
        """Return it as flat text by name, empty facts left out; ``origins`` is a JSON array."""
        said = {
            "title": self.title,
            "selection": self.selection,
            "view": self.view,
            "data_version": self.data_version,
            "made": self.made,
            "withheld_rows": str(self.withheld) if self.withheld else "",
            "withheld_why": self.withheld_why if self.withheld else "",
            "crs": CRS_WORDS,
            "areas": AREAS_WORDS,
            "licence": "; ".join(dict.fromkeys(one.licence for one in self.origins)),
            "citation": " ".join(dict.fromkeys(o.citation for o in self.origins if o.citation)),
            "origins": json.dumps([_plain(one) for one in self.origins], ensure_ascii=False),
        }
        return {name: text for name, text in said.items() if text}

    def text(self) -> str:
        """Say it in a few lines."""
        head = f"{self.title}: {self.selection}."
        version = f"Data version {self.data_version}, file made {self.made}."
        lines = [head, version if self.data_version else "", *(o.line() for o in self.origins)]
        if self.withheld:
            lines.append(f"{self.withheld:,} rows left out: {self.withheld_why}")
        return "\n".join([*(line for line in lines if line), AREAS_WORDS])

    def origin(self, dataset: str) -> Origin:
        """Return whose rows a dataset's are; an empty origin where nothing was said of it."""
        found = (one for one in self.origins if one.dataset == dataset)
        return next(found, Origin(dataset, 0, "", ""))


def _plain(one: Origin) -> dict[str, object]:
    said = {"version": one.version} if one.version else {}
    cite = {"citation": one.citation} if one.citation else {}
    return {"dataset": one.dataset, **said, "rows": one.rows, "licence": one.licence, **cite}


NOTHING_SAID: Final = About()
