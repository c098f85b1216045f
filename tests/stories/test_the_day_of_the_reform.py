"""The day of the reform: councils replace the clusters, and nothing of what was done is lost."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kernen.journey.demo.reform import DAY
from tests.stories.acts import check_accessible, check_keyboard, go, sign_in
from tests.stories.conftest import PageAt
from tests.stories.test_pictures import picture

pytestmark = pytest.mark.skipif(
    date.today() >= DAY, reason="the reform of the demonstration has come"
)
ON = f"/on/{DAY}"


def look(page: Page) -> None:
    check_accessible(page)
    check_keyboard(page)


def shows(page: Page, *words: str) -> None:
    for expected in words:
        expect(page.get_by_role("main")).to_contain_text(expected)


def on_the_day_the_councils_stand_there(seen: Page) -> None:
    """The day is kept from page to page, and the cluster that has ended keeps its own."""
    seen.goto("/clusters/")
    seen.get_by_label("Struktur pr.").fill(str(DAY))
    go(seen.locator(".shown-day").get_by_role("button"))
    shows(seen, "Du ser strukturen pr. 1. januar 2027", "Sundhedsråd Midt (eksempel)")
    expect(seen.locator(".cards")).not_to_contain_text("Midtklyngen")
    look(seen)
    go(seen.get_by_role("main").get_by_role("link", name="Sundhedsråd Midt (eksempel)"))
    shows(seen, "Har overtaget", "Midtklyngen", "Hospitalsenhed Midt", "KOL")
    look(seen)
    # And the cluster that has ended keeps its page, with what it goes on in
    go(seen.get_by_role("link", name="Midtklyngen").first)
    shows(seen, "Afløst", "Fra 1. januar 2027", "Sundhedsråd Midt (eksempel)", "KOL")
    look(seen)


def the_initiative_is_whole_under_both(page: Page) -> None:
    """It stands in its council, and its journal is not rewritten."""
    page.goto("/initiatives/?q=KOL")
    page.get_by_label("Struktur pr.").fill(str(DAY))
    go(page.locator(".shown-day").get_by_role("button"))
    shows(page, "Sundhedsråd Midt (eksempel)")
    go(page.locator("tbody a").first)
    assert f"{ON}/initiatives/" in page.url
    shows(page, "Sundhedsråd Midt (eksempel)", "Forløbet nævner Midtklyngen")
    look(page)
    page.goto(f"{ON}/initiatives/?view=board")
    expect(page.locator(".board")).to_contain_text("Sundhedsråd Øst (eksempel)")
    expect(page.locator(".board")).not_to_contain_text("klyngen")
    look(page)
    # And one step leads back to today
    go(page.get_by_role("link", name="Tilbage til i dag"))
    expect(page.locator(".board")).to_contain_text("Midtklyngen")
    expect(page.locator(".other-day")).to_have_count(0)


def test_a_coordinator_sees_what_it_moves_and_an_administrator_confirms_it(
    page_at: PageAt, tmp_path: Path
):
    page, narrow = page_at(1280), page_at(390)
    # Given a coordinator who looks at the change that is prepared
    sign_in(page, "Mads Thorlund")
    page.goto("/clusters/")
    go(page.get_by_role("link", name="Strukturændringer"))
    look(page)
    go(page.get_by_role("link", name="Sundhedsråd afløser klyngerne"))
    change = page.url
    # Then the page says what is moved, what several share, and why she cannot confirm it alone
    shows(page, "Horsensklyngen", "Sundhedsråd Syd (eksempel), Sundhedsråd Øst (eksempel)")
    shows(page, "PLO-Midtjylland", "Kun en administrator")
    look(page)
    picture(page, "reorganisation", tmp_path)
    # And nothing has changed yet
    page.goto(f"{ON}/clusters/")
    shows(page, "Midtklyngen")
    # When an administrator confirms it
    sign_in(narrow, "Administrator")
    narrow.goto(change)
    look(narrow)
    go(narrow.get_by_role("button", name="Bekræft ændringen"))
    shows(narrow, "Ændringen er bekræftet", "Se strukturen pr. 1. januar 2027")
    # Then today is as it was
    page.goto("/clusters/")
    shows(page, "Midtklyngen")
    expect(page.get_by_role("main")).not_to_contain_text("Sundhedsråd Midt")
    # And on the day the councils stand there
    for seen in (page, narrow):
        on_the_day_the_councils_stand_there(seen)
    the_initiative_is_whole_under_both(page)
    # And until the day it can be withdrawn
    narrow.goto(change)
    go(narrow.get_by_role("button", name="Træk ændringen tilbage"))
    shows(narrow, "Ændringen er trukket tilbage")
    page.goto(f"{ON}/clusters/")
    shows(page, "Midtklyngen")


def test_a_coordinator_prepares_a_merger(page: Page):
    sign_in(page, "Mads Thorlund")
    width = page.viewport_size["width"]
    page.goto("/reorganisations/")
    go(page.get_by_role("link", name="Forbered en ændring"))
    look(page)
    page.get_by_label("Navn").fill(f"To bliver til én {width}")
    page.get_by_label("Hvorfor").fill("Eksempeldata: to kommuner lægges sammen.")
    go(page.get_by_role("button", name="Gem"))
    expect(page.get_by_label("Navn")).to_have_value(f"To bliver til én {width}")  # nothing lost
    page.get_by_label("Fra den dag").fill(str(DAY))
    go(page.get_by_role("button", name="Gem"))
    go(page.get_by_role("link", name="Tilføj en sammenlægning"))
    look(page)
    page.locator("main summary", has_text="Midtklyngen").click()
    page.get_by_label("Skive Kommune").check()
    page.get_by_label("Viborg Kommune").check()
    page.get_by_label("Fortsætter som").fill("Viborg-Skive Kommune (eksempel)")
    page.get_by_label("Sektor").select_option("municipality")
    go(page.get_by_role("button", name="Gem"))
    shows(page, "Viborg-Skive Kommune (eksempel)", "Skive Kommune", "Viborg Kommune")
    look(page)
    go(page.get_by_role("link", name="Tilføj en klynge"))
    look(page)
