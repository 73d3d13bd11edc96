"""Where one report ends and the next begins, and what is one report although it looks like more."""

import pytest

from geo.reports.documents.read import read_text

FIRST = "Bomb kills two soldiers in Bannu"
SECOND = "Gunmen shoot three policemen in Quetta"
LEAD = (
    "PESHAWAR: A bomb killed two soldiers near Bannu on Monday, police said, and hurt a passer-by."
)
MORE = "The road was closed for hours, the officials added, and the wounded were taken to a clinic."
OTHER = "QUETTA: Gunmen on a motorcycle shot dead three policemen on Friday, officials said there."
PLAIN = (
    "Gunmen on a motorcycle shot dead three policemen in Quetta on Friday, officials said there."
)
CAPTION = "Police guard a street in Quetta on Friday. (AFP)"


def titles(*parts, joint="\n\n"):
    text = joint.join(parts)
    documents = read_text(text, "case")
    for document in documents:
        assert text[document.start : document.start + len(document.text)] == document.text
    return [document.title for document in documents]


@pytest.mark.parametrize(
    "second",
    [
        [SECOND, OTHER],
        [SECOND, "Updated 5 sec ago", "Follow", PLAIN],
        [SECOND, "By Aleem Gul | March 18, 2024", PLAIN],
        [SECOND, "Monday, 18 March 2024", PLAIN],
        [SECOND, CAPTION, "Short Url", OTHER],
        [SECOND, "• Three dead in the city", OTHER],
        [SECOND, "Photo: Police", SECOND, PLAIN],
        ["---", SECOND, PLAIN],
        ["* * *", "Share", SECOND, PLAIN],
        ["# " + SECOND, PLAIN],
    ],
    ids=lambda second: second[0][:8] + "|" + second[1][:12],
)
def test_two_reports(second):
    assert titles(FIRST, LEAD, MORE, *second) == [FIRST, SECOND]
    assert titles(FIRST, LEAD, MORE, *second, joint="\r\n\r\n") == [FIRST, SECOND]


def test_several_reports():
    assert titles(*[FIRST, LEAD, MORE, SECOND, OTHER, MORE] * 4) == [FIRST, SECOND] * 4


@pytest.mark.parametrize(
    "second",
    [
        f"{SECOND}\n{CAPTION}\n\n{PLAIN}",
        f"{SECOND}\nPhoto: Police\n\n{SECOND}\n\n{PLAIN}",
        f"{SECOND}\nPublished March 18, 2024\n\n{PLAIN}",
        f"{SECOND}\n\n{OTHER}",
        f"{SECOND}\n\n{PLAIN}",
    ],
)
@pytest.mark.parametrize("joint", ["", "\n"], ids=["glued", "next line"])
def test_files_joined_end_to_end(second, joint):
    first = f"{FIRST}\n\n{LEAD}\n\n{MORE}"
    assert titles(first, second, joint=joint) == [FIRST, SECOND]


def test_a_dateline_glued_to_the_last_sentence():
    assert titles(f"{FIRST}\n\n{LEAD}\n\n{MORE}", OTHER, joint="")[1] == OTHER


@pytest.mark.parametrize(
    "parts",
    [
        [FIRST, LEAD, "What is known", MORE, "Earlier attacks", MORE],
        [FIRST, LEAD, "How the soldiers came to be there", MORE, PLAIN],
        [FIRST, LEAD, "---", MORE],
        [FIRST, LEAD, "Background\n----------", MORE],
        [FIRST, LEAD, "## What is known so far", MORE],
        [FIRST, LEAD, "Read more: " + SECOND, MORE],
        [FIRST, LEAD, "Also read", SECOND, "March 3, 2024", MORE],
        [FIRST, LEAD, CAPTION, MORE],
        [FIRST, LEAD, MORE, "---", "Share", "Follow us on Google News", "Tags: Bannu"],
        ["Round-up of incidents", LEAD, OTHER, "BANNU: " + MORE, "KHYBER: " + MORE],
        ["Round-up of incidents", "Khyber", LEAD, "Balochistan", OTHER],
        [FIRST, LEAD, "• " + PLAIN, "• " + MORE],
        [FIRST, LEAD, "He wrote to U.S.Army staff and to Dawn.com about it.", MORE],
        [FIRST, LEAD, "They said.The road stayed closed for the day, and so did the school.", MORE],
        [PLAIN],
        [PLAIN, MORE, PLAIN],
    ],
    ids=lambda parts: "|".join(part[:9] for part in parts[2:4]) or "plain",
)
def test_one_report(parts):
    assert len(titles(*parts)) == 1
