"""How large a file that somebody hands in may be: every such limit, in one table.

Each stands far above what a table of events holds and far below what hurts the machine. They are
told in ``docs/reliability.md``.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "BATCH_CELLS",
    "BATCH_CHARACTERS",
    "CELL",
    "CELL_OF_NAMES",
    "CHILDREN",
    "COLUMNS",
    "CPU_PER_MB",
    "CPU_SECONDS",
    "EXTENT",
    "EXTENT_FREE",
    "EXTENT_RATIO",
    "JSON_BYTES",
    "LINE",
    "MEMORY",
    "MEMORY_MOST",
    "MEMORY_PER_BYTE",
    "STALL_FACTOR",
    "UNPACKED",
    "UNPACKED_FOR_VISITORS",
    "UPLOADS_MB",
    "UPLOADS_OF_SESSION_MB",
    "UPLOAD_MB",
    "UPLOAD_OF_NAMES_MB",
    "WAIT_SECONDS",
    "ZIP_DIRECTORY",
    "ZIP_FREE",
    "ZIP_MEMBERS",
    "ZIP_RATIO",
]

UPLOAD_MB: Final = 50
"""A dataset uploaded on the page."""
UPLOAD_OF_NAMES_MB: Final = 5
"""A table of names uploaded on the page."""
UPLOADS_OF_SESSION_MB: Final = 150
"""All that one session has uploaded and the server still holds ..."""
UPLOADS_MB: Final = 500
"""... and all sessions together."""

# Delimited text, read where it is asked for, a batch of rows at a time.
LINE: Final = 16 << 20
"""Characters of one line: a file without line breaks is no table."""
CELL: Final = 1 << 20
"""Characters of one cell; more is a quotation mark that was never closed."""
CELL_OF_NAMES: Final = 1 << 26
"""The same in a table of names to place, which carries such a cell through and says so."""
COLUMNS: Final = 2_000
BATCH_CELLS: Final = 2_000_000
"""Cells of the rows held at once; BATCH_CHARACTERS is the same for their text."""
BATCH_CHARACTERS: Final = 64 << 20

# A zip, unpacked to a nameless file.
UNPACKED: Final = 2_000_000_000
"""Bytes a table may hold when unpacked; the whole of UCDP GED is a quarter of a gigabyte."""
UNPACKED_FOR_VISITORS: Final = 400_000_000
"""The same on the page: a visitor's zip may not fill a server that others use too."""
ZIP_RATIO: Final = 250
"""Text of tables packs 5 to 30 times; more than this is a bomb."""
ZIP_FREE: Final = 10_000_000
"""Bytes below which any ratio is harmless."""
ZIP_MEMBERS: Final = 2_000
ZIP_DIRECTORY: Final = 1 << 20
"""Bytes of a zip's list of its files, which is read whole."""

# Workbooks and JSON, parsed in a process of their own.
JSON_BYTES: Final = 200_000_000
EXTENT: Final = 20_000_000
"""Cells of a sheet, rows times columns up to the last filled one, filled or not."""
EXTENT_FREE: Final = 1_000_000
"""Cells below which any share of empty ones is harmless."""
EXTENT_RATIO: Final = 100
"""Cells of the extent for each filled one."""
MEMORY: Final = 160 << 20
"""Bytes that the process may take for the smallest file ..."""
MEMORY_PER_BYTE: Final = 8
"""... and for each byte of the file when unpacked ..."""
MEMORY_MOST: Final = 512 << 20
"""... and never more than this."""
CPU_SECONDS: Final = 5
CPU_PER_MB: Final = 0.3
"""Seconds more for each megabyte when unpacked."""
STALL_FACTOR: Final = 3
"""How long it may stay silent, in times of those seconds: the machine may have other work."""
CHILDREN: Final = 3
"""Such processes at once; the next one waits ``WAIT_SECONDS`` and is then refused."""
WAIT_SECONDS: Final = 60
