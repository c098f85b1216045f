"""Whoever follows the links meets every kind of page, and each of them is fit to be used."""

import re

from playwright.sync_api import Page

from tests.stories.acts import check_accessible, check_keyboard, check_tablets, sign_in

LINKS = """[...document.links].filter(a => a.host === location.host && !a.hasAttribute('download'))
  .map(a => a.pathname)"""


def kind(path: str) -> str:
    """Addresses that differ only by number lead to the same kind of page."""
    return re.sub(r"\d+", "N", path)


def walk(page: Page, *starts: str) -> list[str]:
    """Check one page of each kind that can be reached, the starts first; gives the kinds."""
    seen = {kind(start) for start in starts}
    waiting = list(starts)
    while waiting:
        path = waiting.pop(0)
        answer = page.goto(path)
        assert answer
        assert answer.status < 400, f"a link leads to {path}, which says {answer.status}"
        if page.evaluate("document.contentType") != "text/html":
            continue
        check_accessible(page)
        check_keyboard(page)
        if page.viewport_size and page.viewport_size["width"] > 1024:
            check_tablets(page)
        for link in page.evaluate(LINKS):
            if kind(link) not in seen and not link.startswith("/admin/"):
                seen.add(kind(link))
                waiting.append(link)
    return sorted(seen)


def test_every_page_a_visitor_meets_is_accessible(page: Page):
    assert "/account/login/" in walk(page, "/")


def test_every_page_of_an_administrator_is_accessible(page: Page):
    sign_in(page, "Administrator")
    # An initiative that has everything: other stories may have registered newer ones with less.
    page.goto("/initiatives/?q=FMK")
    full = page.get_by_role("link", name="FMK er ajour").first.get_attribute("href")
    assert full
    met = walk(page, full, "/initiatives/")
    for wanted in (
        "/initiatives/N/", "/series/N/", "/series/N/tokens/", "/measures/N/tokens/", "/export/",
        "/clusters/N/", "/organisations/N/", "/organisations/N/figures/", "/fora/",
    ):  # fmt: skip
        assert wanted in met


def test_a_page_that_does_not_exist_says_so_and_is_accessible(page: Page):
    sign_in(page, "Administrator")
    answer = page.goto("/initiatives/999999/")
    assert answer
    assert answer.status == 404
    check_accessible(page)
