"""Documents from every source format: text, Markdown, pages, archives, folders; each refusal."""

import gzip
import json
from datetime import date

import pytest

from geo.errors import InputError
from geo.reports.documents.read import read_file, read_path, read_text

STORY = "Gunmen killed two policemen in Quetta on Monday, officials said, and fled into the hills."
MORE = "The shops of the bazaar stayed closed for the day, and mourners gathered at the hospital."
PAGE = """<!doctype html><html><head>{head}
<title>Two policemen killed in Quetta | The Gazette</title>
<meta property="og:site_name" content="The Gazette"></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Two policemen killed in Quetta</h1>{stamp}<p>{story}</p><p>{more}</p>
<p>A similar attack on 3 January 2021 killed four people, the officials recalled on Monday.</p>
</article><aside><time datetime="2019-05-05">5 May 2019</time> Most read</aside>
<footer>© 2026 The Gazette</footer></body></html>"""


def page(head="", stamp="", story=STORY):
    return PAGE.format(head=head, stamp=stamp, story=story, more=MORE)


@pytest.fixture
def written(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.mark.parametrize(
    ("encoding", "start"),
    [("utf-8", 0), ("utf-8-sig", 0), ("utf-16", 0), ("utf-32", 0)],
)
def test_text_in_any_unicode_that_says_what_it_is(written, encoding, start):
    (document,) = read_file(written("é.txt", f"Café in Quetta\n\n{STORY}".encode(encoding)))
    assert (document.stem, document.title, document.start) == ("é", "Café in Quetta", start)
    assert document.text.endswith(STORY)


MATTER = "---{end}outlet: The Gazette{end}headline: Two killed{end}published: {when}{end}url: https://x.org/a{end}---{end}{end}{story}"


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "mark"])
def test_markdown_with_front_matter(written, end, mark):
    text = mark + MATTER.format(end=end, when="2024-03-18", story=STORY)
    (document,) = read_file(written("a.md", text))
    assert (document.source, document.title) == ("The Gazette", "Two killed")
    assert (document.published, document.published_basis) == (date(2024, 3, 18), "front matter")
    assert document.url == "https://x.org/a"
    assert text[document.start :] == document.text == STORY


@pytest.mark.parametrize(
    ("when", "day", "basis"),
    [
        ("2024-03-18T01:30:00+05:00", date(2024, 3, 18), "front matter"),
        ("2024-03-18 21:05:00", date(2024, 3, 18), "front matter"),
        ("18 March 2024", date(2024, 3, 18), "front matter"),
        ("Mon, 18 Mar 2024 16:05:00 GMT", date(2024, 3, 18), "front matter"),
        ("null", None, "front matter gives none"),
    ],
)
def test_the_date_of_front_matter(written, when, day, basis):
    (document,) = read_file(written("a.md", MATTER.format(end="\n", when=when, story=STORY)))
    assert (document.published, document.published_basis) == (day, basis)
    assert type(document.published) in {date, type(None)}


def test_the_caller_wins_over_the_file(written):
    path = written("a.md", MATTER.format(end="\n", when="2024-03-18", story=STORY))
    (document,) = read_file(path, date(2024, 3, 20))
    assert (document.published, document.published_basis) == (date(2024, 3, 20), "given")


def test_a_ruler_at_the_top_is_no_front_matter(written):
    for text in (f"---\n{STORY}", f"---\n{STORY}\n---\n{MORE}"):
        (document, *_) = read_file(written("a.md", text))
        assert document.start == 0


def test_a_page_is_its_article_and_one_item(written):
    (document,) = read_file(written("page.html", page()))
    assert (document.title, document.source) == ("Two policemen killed in Quetta", "The Gazette")
    assert (document.stem, document.start) == ("page", 0)
    assert STORY in document.text
    assert MORE in document.text
    assert "Sport" not in document.text
    assert "Most read" not in document.text


LD = '<script type="application/ld+json">{}</script>'


@pytest.mark.parametrize(
    ("head", "stamp", "day", "basis"),
    [
        ('<meta property="article:published_time" content="2024-03-18T01:30:00+05:00">'
         '<meta property="article:modified_time" content="2024-03-20">', "",
         "2024-03-18", "page metadata"),
        ('<meta property="article:modified_time" content="2024-03-20">', "",
         "2024-03-20", "page metadata"),
        (LD.format('{"@type":"NewsArticle","dateModified":"2024-03-20","datePublished":"2024-03-18"}'),
         "", "2024-03-18", "page metadata"),
        ("", '<time datetime="2024-03-18T10:00:00Z">yesterday</time>',
         "2024-03-18", "page metadata"),
        ('<link rel="canonical" href="https://x.org/2024/03/18/two-killed">', "",
         "2024-03-18", "page metadata"),
        ('<meta name="pubdate" content="2031-03-18">', "", "2031-03-18", "page metadata"),
        ('<meta property="og:image" content="https://x.org/2020/01/02/a.jpg">', "", "", ""),
        ("", "<p>Published March 18, 2024</p>", "2024-03-18", "stamp"),
    ],
    ids=["og", "modified", "json-ld", "time", "address", "future", "image", "text"],
)  # fmt: skip
def test_the_date_of_a_page(written, head, stamp, day, basis):
    (document,) = read_file(written("page.html", page(head, stamp)))
    found = document.published.isoformat() if document.published else ""
    assert (found, document.published_basis) == (day, basis)


@pytest.mark.parametrize(
    ("label", "encoding"),
    [("windows-1256", "cp1256"), ("utf-8", "utf-8"), ("iso-8859-1", "cp1252")],
)
def test_a_page_is_read_in_the_encoding_it_declares(written, label, encoding):
    story = STORY.replace("Gunmen", "“Gunmen”")
    source = page(f'<meta charset="{label}">', story=story).encode(encoding)
    (document,) = read_file(written("page.htm", source))
    assert story in document.text


RECORDS = [
    {"id": "r-1", "title": "Two killed", "text": STORY, "published": "2024-03-18T21:05:00Z",
     "url": "https://x.org/a"},
    {"id": 7, "text": "Published March 18, 2024\n\n" + STORY},
    {"text": STORY, "published": None},
]  # fmt: skip


@pytest.mark.parametrize("name", ["arch.jsonl", "arch.ndjson", "arch.jsonl.gz"])
def test_an_archive_of_json_lines(written, name):
    data = ("\ufeff" + "\n\n".join(map(json.dumps, RECORDS))).encode()
    one, two, three = read_file(written(name, gzip.compress(data) if name[-2:] == "gz" else data))
    assert (one.stem, one.title, one.url, one.start) == ("r-1", "Two killed", "https://x.org/a", 0)
    assert (one.published, one.published_basis) == (date(2024, 3, 18), "archive")
    assert (two.stem, two.published_basis) == ("7", "stamp")
    assert (three.stem, three.published) == ("arch:5", None)


BAD_LINES = {
    "{": "line 1: this is not JSON",
    "[1]": "line 1: this is no JSON object",
    '{"id": "a"}': "line 1: there is no 'text'",
    '{"text": "  "}': "line 1: there is no 'text'",
    '{"text": "x", "published": "soon"}': "line 1: 'soon' is no publication date",
    "[" * 100_000: "line 1: this is not JSON",
    "x" * 5_000_001: "line 1: 5 MB is too large",
    "\udce9": "line 1: this is not JSON",
}


@pytest.mark.parametrize("line", BAD_LINES, ids=lambda line: BAD_LINES[line][8:40])
def test_a_bad_line_is_named_and_the_others_are_read(written, line):
    bad = line.encode("utf-8", "surrogateescape")
    path = written("arch.jsonl", bad + b"\n" + json.dumps(RECORDS[0]).encode())
    refused = []
    assert [document.stem for document in read_path(path, refuse=refused.append)] == ["r-1"]
    assert [str(error).startswith(f"{path}, {BAD_LINES[line]}") for error in refused] == [True]


def test_a_folder_is_read_in_order_without_hidden_and_other_files(written, tmp_path):
    for name in ("b.txt", "a/z.md", "a/.hidden.txt", ".git/c.txt", "d.png"):
        written(name, STORY)
    written("c.html", page())
    written("bad.txt", b"\0")
    refused = []
    found = [document.stem for document in read_path(tmp_path, refuse=refused.append)]
    assert found == ["z", "b", "c"]
    assert [str(error).split(":")[0] for error in refused] == [str(tmp_path / "bad.txt")]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"\xef\xbb\xbf \r\n", "empty"),
        ("a.txt", b"\x89PNG\0\0", "binary"),
        ("a.txt", STORY.encode("utf-16-le"), "binary"),
        ("a.txt", b"\xff\xfe\xd8", "not UTF-16"),
        ("a.txt", "Café".encode("cp1252"), "byte 3 cannot be read"),
        ("a.txt", "Café".encode("cp1252"), "iconv -f WINDOWS-1252 -t UTF-8"),
        ("a.txt", b"Quetta " * 800_000, "too large"),
        ("a.md", "---\na: [\n---\nText", "not valid YAML"),
        ("a.md", "---\npublished: 2024-02-30\n---\nText", "not valid YAML"),
        ("a.md", "---\npublished: soon\n---\nText", "'soon' is no publication date"),
        ("a.md", "---\na: " + "[" * 9_000 + "\n---\nText", "not valid YAML"),
        ("a.md", "---\n" + "a: b\n" * 9_000 + "---\nText", "too long"),
        ("a.md", "---\ntitle: a\n---\n\n", "no text below"),
        ("a.html", "<html><body></body></html>", "no article"),
        ("a.html", "<div>" * 50_000, "no article"),
        ("a.html", b"<meta charset='klingon'><p>x", "'klingon'"),
        ("a.html", b"<meta charset='hex'><p>x", "'hex'"),
        ("a.html", b"<meta charset='utf-8'><p>\xe9", "not UTF-8"),
        ("a.html", b"", "empty"),
        ("a.jsonl", b"\n", "empty"),
        ("a.jsonl.gz", b"no gzip", "cannot be read"),
        ("a.jsonl.gz", gzip.compress(b'{"text": "x"}' * 99, mtime=0)[:-9], "cannot be read"),
        ("folder/a.png", b"x", "no report in this folder"),
    ],
)
def test_what_cannot_be_used_is_named_with_the_way_out(written, name, content, words):
    path = written(name, content)
    path = path.parent if name.startswith("folder") else path
    with pytest.raises(InputError, match=words) as refused:
        read_file(path)
    assert str(refused.value).startswith(str(path))


def test_a_missing_or_unreadable_file_is_named(tmp_path, monkeypatch, written):
    with pytest.raises(InputError, match="no such file"):
        read_file(tmp_path / "none.txt")
    path = written("a.txt", STORY)

    def locked(_):
        raise PermissionError("locked")

    monkeypatch.setattr(type(path), "read_bytes", locked)
    with pytest.raises(InputError, match=r"a\.txt: cannot be read \(locked\)"):
        read_file(path)


def test_front_matter_that_repeats_itself_stays_small(written):
    doubled = (f"k{i}: &k{i} [*k{i - 1}, *k{i - 1}]\n" for i in range(1, 40))
    bomb = "k0: &k0 [x, x]\n" + "".join(doubled)
    text = f"---\n{bomb}title: *k39\n---\n{STORY}"
    (document,) = read_file(written("a.md", text))
    assert document.title == STORY


def test_text_alone_has_no_faults():
    (document,) = read_text(STORY, "x", meta={"published": "soon", "title": ["no"]})
    assert (document.published, document.published_basis) == (None, "")
