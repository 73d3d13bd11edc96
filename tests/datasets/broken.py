"""The broken files of ``tests/cases/broken``; archives are made when asked for, not committed."""

import shutil
import zipfile
from pathlib import Path

FILES = Path(__file__).parent.parent / "cases" / "broken"
GOOD = FILES / "bom.csv"


def broken_file(name: str, folder: Path) -> Path:
    """Return a copy of the file ``name`` in ``folder``, or the archive of that name."""
    target = folder / name
    if name.endswith(".zip"):
        MAKERS[name](target)
    else:
        shutil.copy(FILES / name, target)
    return target


def _sound(target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(GOOD, "ged/GEDEvent_v25_1.csv")
        archive.writestr("ged/README.txt", "about")


def _truncated(target: Path) -> None:
    _sound(target)
    target.write_bytes(target.read_bytes()[:200])


def _bomb(target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("events.csv", b"id,best\n" + b"0" * 60_000_000)


def _traversal(target: Path) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("../../events.csv", GOOD.read_bytes())


def _two_tables(target: Path) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.csv", GOOD.read_bytes())
        archive.writestr("b.csv", GOOD.read_bytes())


MAKERS = {
    "sound.zip": _sound,
    "truncated.zip": _truncated,
    "bomb.zip": _bomb,
    "traversal.zip": _traversal,
    "two_tables.zip": _two_tables,
}
