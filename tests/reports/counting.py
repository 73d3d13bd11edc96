"""Work counted: how many calls of functions something takes, the same on any machine."""

import sys
from collections.abc import Callable


def calls(work: Callable[[], object]) -> int:
    """Return how many calls of functions, ours and built-in ones, ``work`` takes."""
    count = 0

    def note(_: object, event: str, __: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count
