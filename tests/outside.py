"""Files kept beside the repository, not in it: what needs one says so and is skipped without."""

from geo.settings import ROOT

__all__ = ["BOUNDARIES", "DISTRICTS", "SHARED", "UCDP_FILE"]

SHARED = ROOT.parent / "shared"
UCDP_FILE = SHARED / "data/events/ucdp_ged_pakistan_1989-2021.csv"
BOUNDARIES = SHARED / "data/boundaries"
DISTRICTS = {
    "AF": BOUNDARIES / "geoBoundaries-AFG-ADM2_simplified.geojson",
    "PK": BOUNDARIES / "PAK-COD-AB-ADM2_simplified.geojson",
}
"""The districts of each country."""
