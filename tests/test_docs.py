"""What the documents promise is there: paths exist, public code explains itself, seeds restate."""

import ast
import hashlib
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import frontmatter
import pytest

from tests.outside import SHARED

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "docs/decisions.md"]
MODULES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "geo").rglob("*.py"))
REPORTS = sorted((ROOT / "seeds" / "reports").glob("*.md"))
RAW = SHARED / "seeds"
MADE_LATER = {f"data/{name}/" for name in ("fetched", "imported", "store")}  # git-ignored
MADE_LATER |= {"static/vendor/", "static/built/"}
LONGEST_SHARED_RUN = 7


def paths_named(text: str) -> Iterator[str]:
    """Yield link targets as they are, and code spans that look like a path in the repository."""
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not target.startswith(("http://", "https://", "#", "mailto:")):
            yield target.split("#")[0]
    for span in re.findall(r"`([^`\n]+)`", text):
        if re.fullmatch(r"\.?[\w-]+(/[\w.-]+)*(/|\.(py|md|csv|txt|toml|parquet))", span):
            yield span


def undocumented(source: str) -> Iterator[str]:
    tree = ast.parse(source)
    todo: list[tuple[str, ast.AST]] = [("module", tree)]
    while todo:
        name, node = todo.pop()
        if not ast.get_docstring(node):
            yield name
        if isinstance(node, ast.Module | ast.ClassDef):
            kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
            public = [n for n in node.body if isinstance(n, kinds) and not n.name.startswith("_")]
            todo += [(n.name, n) for n in public]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"['’]s\b", "", text.lower()))


def longest_shared_run(ours: list[str], theirs: list[str]) -> int:
    best, previous = 0, [0] * (len(theirs) + 1)
    for word in ours:
        row = [0] * (len(theirs) + 1)
        for column, other in enumerate(theirs, 1):
            if word == other:
                row[column] = previous[column - 1] + 1
        best, previous = max(best, *row), row
    return best


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_path_a_document_names_exists(document):
    named = set(paths_named((ROOT / document).read_text("utf-8"))) - MADE_LATER
    base = (ROOT / document).parent
    missing = [path for path in named if not ((ROOT / path).exists() or (base / path).exists())]
    assert named
    assert missing == []


def test_paths_are_recognised():
    text = "[a](docs/x.md#top) `geo/query/filter.py` `geo/pages/shared/` `make run` `a.b` [c](https://d.e/f)"
    assert set(paths_named(text)) == {"docs/x.md", "geo/query/filter.py", "geo/pages/shared/"}


@pytest.mark.parametrize("module", MODULES)
def test_public_code_has_docstrings(module):
    assert list(undocumented((ROOT / module).read_text("utf-8"))) == []


def test_a_missing_docstring_is_found():
    source = '"""M."""\nclass A:\n    """A."""\n    def f(self): ...\n    def _g(self): ...\n'
    assert list(undocumented(source)) == ["f"]


def test_there_is_one_report_for_each_news_item():
    assert len(REPORTS) == 3


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_seed_report_has_its_front_matter(path):
    report = frontmatter.load(path)
    assert report["id"] == path.stem
    assert report["title"]
    assert report["headline"]
    assert report["published_basis"]
    assert report["published"] is None or isinstance(report["published"], date)


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_seed_report_restates_its_item_in_our_words(path):
    report = frontmatter.load(path)
    raw_file = RAW / str(report["raw_file"])
    if not raw_file.exists():
        pytest.skip(f"the raw text {raw_file} is not here: it is never part of the repository")
    raw = raw_file.read_bytes()
    assert hashlib.sha256(raw).hexdigest() == report["raw_sha256"]
    item = raw.decode("utf-8")[report["raw_start"] : report["raw_end"]]
    assert item == item.strip()
    assert str(report["headline"]) in item
    ours = words(f"{report['title']}\n{report.content}")
    assert longest_shared_run(ours, words(item)) <= LONGEST_SHARED_RUN


def test_a_copied_sentence_is_noticed():
    sentence = words("One two three four five six seven eight nine.")
    assert longest_shared_run(["zero", *sentence], [*sentence, "ten"]) == 9
