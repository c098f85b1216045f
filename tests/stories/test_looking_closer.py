"""A person looks closely at a chart: by keyboard, with a pointer, and in a span of time."""

import re

from playwright.sync_api import Page, expect

from tests.stories.acts import check_accessible, check_keyboard, go, sign_in, tab
from tests.stories.conftest import PageAt


def opens_the_series(page: Page) -> None:
    sign_in(page, "Mads Thorlund")
    page.goto("/initiatives/?q=ventedage")
    go(page.get_by_role("link", name="Færre ventedage for udskrevne", exact=False).first)
    tab(page, "Målinger")
    place = page.get_by_role("listitem").filter(has_text="Ventedage: faldet fra")
    expect(place.locator("svg")).to_be_visible()
    go(place.get_by_role("link"))
    expect(page.locator("figure.chart")).to_be_visible()


def steps_by_the_arrow_keys(page: Page) -> None:
    said = page.locator("figure.chart [role=status]")
    page.get_by_role("application").focus()
    page.keyboard.press("End")
    expect(said).to_have_text(re.compile(r"december 2018: 29\sdage\. Median 27,5\sdage"))
    page.keyboard.press("ArrowLeft")
    expect(said).to_have_text(re.compile("november 2018: 30"))
    expect(page.locator(".chart-tip:visible")).to_contain_text("november 2018")
    page.keyboard.press("Escape")
    expect(page.locator(".chart-tip")).to_have_count(0)


def looks_at_the_last_year_by_a_link(page: Page) -> None:
    go(page.get_by_role("link", name="Seneste 12"))
    expect(page.get_by_text(re.compile(r"Vist: januar\W.*december\s2018"))).to_be_visible()
    page.get_by_role("application").focus()
    page.keyboard.press("Home")
    expect(page.locator(".chart-tip:visible")).to_contain_text("januar 2018")
    go(page.get_by_role("link", name="Alle", exact=True))
    expect(page.get_by_text("Vist: ")).to_have_count(0)


def test_figures_are_read_by_keyboard_and_a_span_of_time_by_links(page: Page):
    opens_the_series(page)
    steps_by_the_arrow_keys(page)
    looks_at_the_last_year_by_a_link(page)
    check_accessible(page)
    check_keyboard(page)


def test_a_pointer_reads_a_point_drags_a_span_and_follows_a_mark(page_at: PageAt):
    page = page_at(1280)
    opens_the_series(page)
    picture = page.locator(".chart-wide svg")
    above = picture.bounding_box()
    assert above
    assert above["y"] < 600, "the chart stands below the fold"
    picture.scroll_into_view_if_needed()
    expect(page.get_by_role("application")).to_be_visible()
    point = picture.locator("circle").first.bounding_box()
    assert point
    page.mouse.move(point["x"] + 3, point["y"] + 3)
    expect(page.locator(".chart-tip")).to_contain_text("januar 2016: 48")
    page.mouse.down()
    page.mouse.move(point["x"] + 250, point["y"] + 40, steps=5)
    page.mouse.up()
    page.wait_for_url(re.compile(r"from=2016-01-01&to=2016-\d\d-01"))
    expect(page.get_by_text(re.compile(r"Vist: januar"))).to_be_visible()
    page.get_by_role("link", name="Bemærkning 1").click()
    words = page.locator("li:target")
    expect(words).to_contain_text("Kapacitetskonferencer på tværs")
    go(words.get_by_role("link", name="I forløbet"))
    expect(page.locator("li:target")).to_contain_text("Kapacitetskonferencer på tværs")
