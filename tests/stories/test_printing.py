"""Whoever prints a page gets its content on A4, and nothing that can only be clicked."""

from io import BytesIO

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.stories.acts import sign_in
from tests.stories.conftest import PageAt

#: The width between the margins of A4 on its edge and lying, in px of the printed page.
STANDING, LYING = 672, 1000
#: What stands on the screen only.
CHROME = "nav, .search, .button, .take, .menu, .skipnav, footer, .filters, .pagination, .switch"
PATHS = (
    "/initiatives/",
    "/initiatives/1/",
    "/initiatives/1/involvement/",
    "/initiatives/1/measures/",
    "/initiatives/1/journal/",
    "/initiatives/1/history/",
    "/measures/1/",
    "/series/1/",
    "/series/1/tokens/",
    "/measures/1/tokens/",
    "/organisations/",
    "/organisations/1/",
    "/export/",
    "/clusters/",
    "/clusters/1/",
    "/fora/",
    "/proposals/1/",
    "/meetings/3/",
    "/decisions/1/",
    "/published/1/",
    "/initiatives/register/",
)
CUT = """width => [...document.querySelectorAll('main *')].filter(e =>
  e.checkVisibility() && !e.closest('.sr-only') && e.getBoundingClientRect().right > width + 1)
  .map(e => e.outerHTML.slice(0, 120))"""
FOLDED = """() => [...document.querySelectorAll(
  'main details.more:not([open], .screen-only) > .more-text, main .fold:not([open]) > div')]
  .filter(e => !e.checkVisibility({contentVisibilityAuto: true})).length"""


@pytest.fixture
def signed_in(page_at: PageAt) -> Page:
    page = page_at(1280)  # paper has a width of its own
    sign_in(page, "Administrator")
    return page


def on_paper(page: Page, width: int) -> None:
    """As the printer lays it out: nothing is cut off on the right, and no chrome is left."""
    page.set_viewport_size({"width": width, "height": 1000})
    page.emulate_media(media="print")
    assert page.evaluate(CUT, width) == [], page.url
    shown = page.locator(CHROME).evaluate_all(
        "all => all.filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 120))"
    )
    assert shown == []
    assert page.evaluate(FOLDED) == 0


def test_every_kind_of_page_prints_on_a4_without_its_navigation(signed_in: Page):
    for path in PATHS:
        signed_in.emulate_media(media="screen")
        signed_in.goto(path)
        on_paper(signed_in, STANDING)


def test_a_chart_is_printed_wide_even_from_a_phone(signed_in: Page):
    signed_in.goto("/series/1/")
    signed_in.set_viewport_size({"width": 390, "height": 800})
    signed_in.emulate_media(media="print")
    assert signed_in.locator(".chart-wide").first.is_visible()
    assert not signed_in.locator(".chart-narrow").first.is_visible()


def test_what_an_organisation_gives_lies_down(signed_in: Page):
    signed_in.goto("/organisations/3/figures/")
    on_paper(signed_in, LYING)


def test_the_board_lies_down_and_every_page_has_its_number(signed_in: Page):
    signed_in.goto("/initiatives/?view=board")
    on_paper(signed_in, LYING)
    pages = PdfReader(BytesIO(signed_in.pdf(prefer_css_page_size=True))).pages
    assert [round(side) for side in pages[0].mediabox] == [0, 0, 842, 595]
    assert f"1 / {len(pages)}" in pages[0].extract_text()


def test_the_menu_gives_an_initiative_as_a_file_named_by_its_title(signed_in: Page):
    signed_in.goto("/initiatives/1/")
    title = signed_in.locator("h1").inner_text().replace(":", "")
    signed_in.locator(".take summary").click()
    for label, ending in (("Én side som PDF", "pdf"), ("Én side til Word", "docx")):
        with signed_in.expect_download() as taken:
            signed_in.get_by_role("link", name=label).click()
        assert taken.value.suggested_filename == f"{title}.{ending}"
