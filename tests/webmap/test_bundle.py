"""Modules joined into one script: their order, what is refused, private names apart."""

import pytest

from geo.errors import DataError
from geo.webmap import bundle


@pytest.fixture
def written(tmp_path):
    """Write modules by name and text; returns the joined script of ``main.js``."""

    def joined(name: str | None = "Made", **modules: str) -> str:
        for stem, text in modules.items():
            path = tmp_path / f"{stem.replace('__', '/')}.js"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        return bundle.joined(tmp_path / "main.js", tmp_path, name=name)

    return joined


def value(script: str, asked: str, page) -> object:
    """Run a script as a page does and return what an expression is then."""
    return page.evaluate(f"{script}\n;({asked})")


def order(script: str) -> list[str]:
    return [line.split('"')[1] for line in script.splitlines() if line.startswith("$modules[")]


def test_a_module_stands_behind_all_that_it_imports(written):
    script = written(
        main='import { b } from "./b.js";\nimport { a } from "./a.js";\nexport const c = a + b;\n',
        b='import { a } from "./a.js";\nexport const b = a;\n',
        a="export const a = 1;\n",
    )
    assert order(script) == ["a.js", "b.js", "main.js"]


def test_folders_and_lists_over_several_lines(written):
    script = written(
        main='import {\n  one,\n  two as zwei,\n} from "./core/numbers.js";\nzwei(one);\n',
        core__numbers="export const one = 1;\nexport const two = 2;\n",
    )
    assert 'const {\n  one,\n  two: zwei,\n} = $modules["core/numbers.js"];' in script


def test_a_module_that_nothing_imports_is_left_out(written):
    script = written(main="export const a = 1;\n", stray="export const b = 1;\n")
    assert order(script) == ["main.js"]


def test_a_circle_is_named(written):
    with pytest.raises(DataError, match=r"in a circle: a\.js -> b\.js -> a\.js"):
        written(
            main='import { a } from "./a.js";\n',
            a='import { b } from "./b.js";\nexport const a = 1;\n',
            b='import { a } from "./a.js";\nexport const b = 1;\n',
        )


@pytest.mark.parametrize(
    "form",
    [
        'import mine from "./a.js";',
        'import * as mine from "./a.js";',
        'import "./a.js";',
        'import { a } from "leaflet";',
        "import { a } from './a.js';",
        "const a = await import('./a.js');",
        "const here = import.meta.url;",
        "export default 1;",
        "export let a = 1;",
        "export const { a, b } = c;",
        "export { a };",
        'export * from "./a.js";',
        'export { a } from "./a.js";',
        "export function* a() {}",
    ],
)
def test_any_other_form_is_refused_by_file_and_line(written, form):
    with pytest.raises(DataError, match=r"main\.js, line 3: ") as caught:
        written(main=f"// a line\n\n{form}\n", a="export const a = 1;\n")
    assert form in str(caught.value)


def test_a_name_that_is_not_exported_is_refused(written):
    with pytest.raises(DataError, match=r"main\.js imports b, which a\.js does not export"):
        written(main='import { a, b } from "./a.js";\n', a="export const a = 1;\nconst b = 2;\n")


def test_a_missing_module_is_named(written):
    with pytest.raises(DataError, match=r"lost\.js is missing"):
        written(main='import { a } from "./lost.js";\n')


def test_comments_with_lines_of_their_own_leave_empty_lines(written):
    text = (
        "/* a\n b */\nexport const a = 1; // kept\n  /** @type {A} */\nconst b = /** kept */ a;\n"
    )
    script = written(main=text)
    assert "\nexport" not in script
    assert "const a = 1; // kept\n\nconst b = /** kept */ a;" in script
    assert len(script.splitlines()) == len(
        written(main="\n\nexport const a = 1;\n\n\n").splitlines()
    )


def test_words_of_comments_and_texts_are_no_imports(written):
    text = '/* We import things,\n * export others. */\nexport const a = "import { b }";\n'
    assert order(written(main=text)) == ["main.js"]


@pytest.mark.browser
def test_private_names_of_modules_never_meet(written, page):
    script = written(
        main='import { a } from "./a.js";\nconst own = 2;\nexport const both = () => [a(), own];\n',
        a="const own = 1;\nexport const a = () => own;\n",
    )
    assert value(script, "Made.both()", page) == [1, 2]
    assert value(script, "typeof own", page) == "undefined"


@pytest.mark.browser
def test_the_script_is_strict_and_leaves_one_global(written, page):
    script = written(
        main="export function loose() { typo = 1; }\nexport class Kind {}\n"
        "export async function late() { return this; }\n",
    )
    assert value(script, "Object.keys(Made)", page) == ["loose", "Kind", "late"]
    assert value(
        script, "(() => { try { Made.loose() } catch (e) { return e.name } })()", page
    ) == ("ReferenceError")
    alone = written(None, main="const own = 1;\nwindow.ran = own;\n")
    assert value(alone, "[window.ran, typeof own]", page) == [1, "undefined"]
