"""What must hold of every page that is rendered, whoever sees it."""

import re

from tests.house.conftest import Page
from tests.house.test_words import outside

INLINE = [
    (re.compile(r"<script(?![^>]*\bsrc=)", re.I), "a script in the page"),
    (re.compile(r"<style\b", re.I), "a style element"),
    (re.compile(r"<[a-z][^>]*\sstyle=", re.I), "a style attribute"),
    (re.compile(r"<[a-z][^>]*\son[a-z]+=", re.I), "an event attribute"),
    (re.compile(r"""\shref=["']javascript:""", re.I), "a script in a link"),
]
#: Danish letters and short words that no English sentence holds.
DANISH = re.compile(r"\b(?:og|ikke|eller|hvem|skal|initiativet|målinger|forløb)\b", re.I)
FRAME = re.compile(r"<(?:nav|header|footer|button|label|th|legend)\b.*?</", re.S)
UNFILLED = re.compile(r"%\(\w+\)[sd]|{{|{%")
NOTHING = re.compile(r"\bNone\b")  # also an English word


def shown(pages: list[Page]) -> list[Page]:
    return [page for page in pages if page.code in (200, 403) and "<html" in page.text]


def read(page: Page) -> str:
    """The words of a page that the program itself says: what people wrote stays out."""
    text = re.sub(r"<(script|svg)\b.*?</\1>", " ", page.text, flags=re.S)
    return re.sub(r"<[^>]*>", " ", text)


def test_no_page_leads_outside(pages: list[Page]):
    found = {str(page): outside(page.text) for page in shown(pages)}
    assert not {page: addresses for page, addresses in found.items() if addresses}


def test_no_page_needs_a_looser_policy(pages: list[Page]):
    found = [
        f"{page}: {what}"
        for page in shown(pages)
        for pattern, what in INLINE
        if pattern.search(page.text)
    ]
    assert not found


def test_no_page_shows_what_was_not_filled_in(pages: list[Page]):
    found = {
        str(page): UNFILLED.findall(read(page))
        + (NOTHING.findall(read(page)) if page.language == "da" else [])
        for page in shown(pages)
        if not page.url.startswith("/ui/")  # the gallery shows how its parts are written
    }
    assert not {page: words for page, words in found.items() if words}


def test_every_page_has_a_title_and_one_main_heading(pages: list[Page]):
    for page in shown(pages):
        assert re.search(r"<title>\s*\S", page.text), f"{page} has no title"
        if "/ui/" not in page.url:
            assert len(re.findall(r"<h1\b", page.text)) == 1, f"{page} has not one main heading"


def test_the_english_frame_holds_no_danish(pages: list[Page]):
    """The demonstration is told in Danish; what the program itself says is told in English."""
    for page in shown(pages):
        if page.language != "en":
            continue
        for part in re.findall(
            r"<(?:nav|header|footer|button|label|th|legend)\b.*?</", page.text, re.S
        ):
            assert not DANISH.search(re.sub(r"<[^>]*>", " ", part + ">")), f"{page}: {part}"
