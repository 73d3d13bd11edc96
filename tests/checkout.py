"""A copy of this checkout, as a clone with the changes that are not committed yet."""

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def copy_checkout(target: Path, *parts: str) -> Path:
    """Copy what Git knows or would take, all but the tests, or only what is below ``parts``."""
    listed = subprocess.run(
        ["git", "ls-files", "-coz", "--exclude-standard", "--", *parts],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if not name.startswith("tests/") and (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target / name)
    return target
