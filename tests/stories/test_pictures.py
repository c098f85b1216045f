"""The pictures of the README, taken of the program as it is."""

import os
from pathlib import Path

from playwright.sync_api import Locator, Page

from tests.stories.acts import go, sign_in
from tests.stories.conftest import ROOT, PageAt

GUIDE = ROOT / "docs" / "guide"
TAKE = os.environ.get("KERNEN_PICTURES") == "1"


def picture(seen: Page | Locator, name: str, folder: Path) -> None:
    """Into docs/ when told to; else only to see that it can be taken."""
    path = (GUIDE if TAKE else folder) / f"{name}.png"
    seen.screenshot(path=path)
    assert path.stat().st_size > 10_000


def test_the_pictures_of_the_readme_show_the_overview_and_a_series(page_at: PageAt, tmp_path: Path):
    page = page_at(1280)
    sign_in(page, "Projektleder")
    page.goto("/initiatives/")
    picture(page, "overview", tmp_path)
    page.goto("/initiatives/?q=FMK")
    go(page.get_by_role("link", name="FMK er ajour").first)
    page.goto(f"{page.url}measures/")
    go(page.locator("a[href^='/series/']").first)
    picture(page.locator(".card", has=page.locator(".chart")).first, "series", tmp_path)
