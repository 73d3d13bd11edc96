"""One more dimension for the table of dimensions: how many were injured."""

from geo.counts import floats
from geo.query.conditions import Limit
from geo.query.dimension import COUNT, YES_NO, Dimension, Field

NAME = "injured"
INJURED = Dimension(
    noun="the injured",
    rest="Any number injured",
    conditions=(
        Limit(
            bound=Field("min_injured", "hurt", 0, COUNT, "at least so many were hurt"),
            unknown=Field("hurt_unknown", "hurtunknown", True, YES_NO, "no: leave out the rest"),
            number=lambda table: floats(table["injured_best"]),
            way="least",
            labels=("At least so many injured", "Keep events whose injured are not stated"),
            said="{:,} or more injured",
            any_said="injured stated",
            unknown_said="{} or not known",
        ),
    ),
)
