"""How often things are tried: a few times with ``make test``, many times with ``make stress``."""

import os
from typing import TypeVar

T = TypeVar("T")
STRESS = os.environ.get("STRESS") == "1"


def often(few: T, many: T) -> T:
    return many if STRESS else few
