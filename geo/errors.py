"""Every error raised on purpose: one base, leaves that also are the builtin a caller expects.

Not finding a place is a value (:class:`geo.model.Resolution`), never an exception.
"""

from __future__ import annotations

__all__ = ["BorderMapError", "DataError", "InputError", "SchemaError", "StoreError"]


class BorderMapError(Exception):
    """Base of all errors of this package; its text tells the reader what to do next."""


class InputError(BorderMapError, ValueError):
    """A file, row or value handed in by the user cannot be used; names it and the way out."""


class DataError(BorderMapError, FileNotFoundError):
    """A file that we ship or build is missing or not what the registry says."""


class SchemaError(BorderMapError, ValueError):
    """A frame breaks the event contract; the text lists every fault found."""


class StoreError(BorderMapError, OSError):
    """The store, or one thing in it, cannot be read or written now; names it and the way out."""
