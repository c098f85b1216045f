"""What must hold of every page that is rendered, whoever sees it."""

import html
import re
from functools import cache

import pytest
from django.urls import reverse

from kernen.journey.management import catalogue
from tests.house.conftest import Page
from tests.house.test_texts import PLACEHOLDER
from tests.house.test_words import outside

INLINE = [
    (re.compile(r"<script(?![^>]*\bsrc=)", re.I), "a script in the page"),
    (re.compile(r"<style\b", re.I), "a style element"),
    (re.compile(r"<[a-z][^>]*\sstyle=", re.I), "a style attribute"),
    (re.compile(r"<[a-z][^>]*\son[a-z]+=", re.I), "an event attribute"),
    (re.compile(r"""\shref=["']javascript:""", re.I), "a script in a link"),
]
#: Danish letters and words that no English sentence holds; weeks are also written in Danish.
DANISH = re.compile(r"\b(?:og|ikke|eller|hvem|skal|initiativet)\b|[æø]", re.I)
UNFILLED = re.compile(r"%\(\w+\)[sd]|{{|{%")
#: A link that people added to an initiative: it opens apart, and tells nobody where one came from.
LINKED = re.compile(r"""href="[^"]*" target="_blank" rel="noopener noreferrer\"""")
NOTHING = re.compile(r"\bNone\b")  # also an English word


def shown(pages: list[Page]) -> list[Page]:
    return [page for page in pages if page.code in (200, 403) and "<html" in page.text]


@cache
def words(page: Page) -> str:
    """What a visitor reads of a page, on one line."""
    text = re.sub(r"<script\b.*?</script>", " ", page.text, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def test_no_page_leads_outside(pages: list[Page]):
    found = {str(page): outside(LINKED.sub("", page.text)) for page in shown(pages)}
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
        str(page): UNFILLED.findall(words(page))
        + (NOTHING.findall(words(page)) if page.language == "da" else [])
        for page in shown(pages)
        if not page.url.startswith("/ui/")  # the gallery shows how its parts are written
    }
    assert not {page: words for page, words in found.items() if words}


def test_every_page_has_a_title_and_one_main_heading(pages: list[Page]):
    for page in shown(pages):
        assert re.search(r"<title>\s*\S", page.text), f"{page} has no title"
        if "/ui/" not in page.url:
            assert len(re.findall(r"<h1\b", page.text)) == 1, f"{page} has not one main heading"


def test_every_page_of_the_signed_in_has_the_main_menu_and_their_name(pages: list[Page]):
    for page in shown(pages):
        header = page.text.partition('<header class="top">')[2].partition("</header>")[0]
        if header and page.person != "visitor":
            assert header.count("nav-link") > 2, f"{page} has no main menu"
            assert f'href="{reverse("account")}"' in header, f"{page} does not say who is signed in"


@pytest.mark.parametrize(("language", "other"), [("da", "English"), ("en", "Danish")])
def test_a_page_speaks_one_language(pages: list[Page], language: str, other: str):
    """A text that is chosen too early, once for all pages, comes out in the wrong language."""
    wrong = {
        said[language == "en"]
        for message in catalogue.read("da")
        if message.id and message.string and not isinstance(message.id, list | tuple)
        if len(said := (message.id, str(message.string))) and said[0] != said[1]
        if all(len(text) > 15 and not PLACEHOLDER.search(text) for text in said)
    }
    found = {
        str(page): text
        for page in shown(pages)
        if page.language == language and not page.url.startswith("/ui/")
        for text in wrong
        if text in words(page)
    }
    assert not found, f"{other} on a page in another language"


def test_the_texts_in_the_code_are_english():
    texts = {str(message.id) for message in catalogue.gathered() if message.id}
    assert not [text for text in texts if DANISH.search(text.replace("Anhøj", ""))]
