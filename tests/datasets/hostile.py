"""The hostile files of ``tests/cases/hostile`` with what must come of them, and ways to make more.

A mutation is told by its format and a seed, so that one that hurt can be made again.
"""

import csv
import io
import json
import random
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from geo.datasets.formats.column_map import guess_map
from geo.datasets.formats.table import TABLE
from geo.datasets.reading import read_dataset
from geo.errors import InputError

FILES = Path(__file__).parents[1] / "cases" / "hostile"
CASES = list(csv.DictReader((FILES.parent / "hostile.csv").read_text("utf-8").splitlines()))
DEPTH = 100_000
HEADS = ("id", "date", "latitude", "longitude", "deaths", "place", "summary")
ROWS = [
    (str(n), f"2023-02-{n:02}", f"{34 + n / 100}", f"{71 + n / 100}", str(n), "Torkham", "Überfall")
    for n in range(1, 21)
]
SPREADSHEETML = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def hostile_file(name: str, folder: Path) -> Path:
    """Return a copy of the case ``name`` in ``folder``; the deep one is made, not committed."""
    target = folder / name
    if name == "deep.geojson":
        target.write_text("[" * DEPTH + "]" * DEPTH)
    else:
        shutil.copy(FILES / name, target)
    return target


def workbook(sheet: str, more: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """Return an XLSX of one sheet whose ``sheetData`` holds the XML given, and ``more`` parts."""
    rels = f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}'
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'{rels}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{SPREADSHEETML}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'{rels}/worksheet" Target="worksheets/sheet1.xml"/>'
            "</Relationships>",
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SPREADSHEETML}"><sheetData>{sheet}'
            "</sheetData></worksheet>",
            **more,
        }
    )


def cells(rows, first: int = 1) -> str:
    """Return rows of text as the XML of a sheet."""
    return "".join(
        f'<row r="{n}">'
        + "".join(
            f'<c r="{letter}{n}" t="inlineStr"><is><t>{text}</t></is></c>'
            for letter, text in zip("ABCDEFGHIJ", row, strict=False)
        )
        + "</row>"
        for n, row in enumerate(rows, first)
    )


def packed(members: dict[str, str | bytes]) -> bytes:
    """Return a zip of the members."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return whole.getvalue()


def outcome(path: Path) -> str:
    """Read a table as ``geo import`` does; return why it is refused, or nothing if it is read."""
    try:
        reading = read_dataset(path, TABLE, guess_map(path))
    except InputError as error:
        return str(error)
    reading.counts()  # they add up, or it raises
    return ""


def _csv() -> bytes:
    return "\n".join(",".join(row) for row in [HEADS, *ROWS]).encode()


def _geojson() -> bytes:
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "geometry": {"type": "Point", "coordinates": [float(row[3]), float(row[2])]},
                    "properties": dict(zip(HEADS, row, strict=True)) | {"more": [1, {"a": None}]},
                }
                for row in ROWS
            ],
        }
    ).encode()


def _ods() -> bytes:
    table = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in [HEADS, *ROWS]
    )
    names = " ".join(f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "table", "text"))
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<office:document-content {names}><office:body><office:spreadsheet>"
            f'<table:table table:name="S">{table}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
            "META-INF/manifest.xml": "<manifest/>",
        }
    )


WHOLE = {
    "csv": _csv,
    "geojson": _geojson,
    "ods": _ods,
    "xlsx": lambda: workbook(cells([HEADS, *ROWS])),
    "zip": lambda: packed({"events.csv": _csv(), "README.txt": "about"}),
}


def mutated(kind: str, seed: int) -> bytes:
    """Return a sound file of a format with one to four things broken, always the same ones."""
    chance = random.Random(f"{kind} {seed}")
    content = WHOLE[kind]()
    if kind in {"xlsx", "ods", "zip"} and seed % 2:  # inside, so that the zip itself is sound
        return _inside(content, chance)
    return _odd(content, chance) if kind == "geojson" and seed % 2 else _broken(content, chance)


def _odd(content: bytes, chance: random.Random) -> bytes:
    """Replace some values of the JSON by values of another kind, so that it is still JSON."""
    whole = json.loads(content)
    for _ in range(chance.randint(1, 6)):
        at = whole
        while isinstance(at, dict | list) and at:
            key = chance.choice(list(at) if isinstance(at, dict) else range(len(at)))
            if not isinstance(at[key], dict | list) or chance.random() < 0.2:
                at[key] = chance.choice(ODD)
                break
            at = at[key]
    return json.dumps(whole).encode()


def _inside(content: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([name for name in members if len(members[name]) > 1])
    if chance.random() < 0.15:
        del members[name]
    else:
        members[name] = _broken(members[name], chance)
    return packed(members)


def _broken(content: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 4)):
        content = chance.choice(BREAKS)(content, chance)
    return content


def _flipped(content: bytes, chance: random.Random) -> bytes:
    broken = bytearray(content)
    for _ in range(chance.randint(1, 20)):
        broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
    return bytes(broken)


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(1, len(content))] if len(content) > 1 else content


def _doubled(content: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(content)) for _ in range(2))
    return content[:end] + content[start:]


def _swapped(content: bytes, chance: random.Random) -> bytes:
    a, b, c = sorted(chance.randrange(len(content)) for _ in range(3))
    return content[:a] + content[b:c] + content[a:b] + content[c:]


def _salted(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + chance.choice(SALT) + content[at:]


BREAKS = (_flipped, _cut, _doubled, _swapped, _salted)
SALT = (
    *(b"\0", b"\xff\xfe", b'"', b"'", b",,,,", b"\r", b"&a;", b"<c/>", b"]]>", b"[[[[", b"}", b"-"),
    *(b"1e999", b"NaN", b"9" * 5_000, b"\\ud800", b"\xed\xa0\x80", b"\xe2\x80\xae", b"XFD1048576"),
)
ODD = (
    *(None, True, 0, -1, 10**30, 10**400, 1e308, float("nan"), float("inf"), "", "\ud800", "\0"),
    *([], {}, [[]], {"type": "Point"}, ["date"], "Point", "2023-99-99", "x" * 100_000),
)
