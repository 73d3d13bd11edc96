"""Cells that a spreadsheet would run as formulas: made harmless in files, undone in reading them.

Both take and return an Arrow column of text and work on all of it at once; nulls stay null.
"""

from __future__ import annotations

from typing import Any, Final

import pyarrow.compute as pc

__all__ = ["formula_safe", "unguarded"]

STARTS: Final = r"=+\-@\t\r\n＝＋－＠"
"""What makes a spreadsheet take a cell for a formula (OWASP, "CSV Injection"), wide forms too."""
OPENS: Final = rf"^('*[{STARTS}])"
GUARDED: Final = rf"^'('*[{STARTS}])"

Column = Any
"""An Arrow column; PyArrow ships no types."""


def formula_safe(column: Column) -> Column:
    """Return the text with an apostrophe before what a spreadsheet would run as a formula.

    One goes before apostrophes in front of such a start as well, so that taking one off
    (:func:`unguarded`) always gives back the text as it was.
    """
    return pc.replace_substring_regex(column, OPENS, r"'\1")


def unguarded(column: Column) -> Column:
    """Return the text as it was before :func:`formula_safe`."""
    return pc.replace_substring_regex(column, GUARDED, r"\1")
