"""Two people write in one text, one of them with a session that ends: nobody loses a word."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.stories.acts import check_accessible, check_keyboard, go, sign_in
from tests.stories.conftest import PageAt
from tests.stories.test_pictures import picture

PURPOSE = "Hvad skal det føre til, og hvorfor giver det mening?"


def look(page: Page) -> None:
    check_accessible(page)
    check_keyboard(page)


def press(page: Page, name: str) -> None:
    go(page.get_by_role("main").get_by_role("button", name=name, exact=True))


def registers(page: Page, title: str) -> str:
    """Registers an initiative; gives the address of its page."""
    page.goto("/initiatives/register/")
    page.get_by_label("Hvad hedder det?").fill(title)
    page.get_by_label("Hvilket problem løser det?").fill("Borgere falder om natten.")
    page.get_by_label("Viborg Kommune").check()
    press(page, "Registrér")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    return page.url


def purpose(page: Page):
    return page.get_by_label(re.compile(f"^{re.escape(PURPOSE)}"))


def opens_the_story(page: Page, initiative: str) -> None:
    page.goto(f"{initiative}story/")
    expect(purpose(page)).to_be_visible()


def test_two_write_in_one_text_and_the_second_joins_both(
    page: Page, page_at: PageAt, tmp_path: Path
):
    width = page.viewport_size["width"]
    # Given a lead and an administrator who have the same story open
    sign_in(page, "Mads Thorlund")
    initiative = registers(page, f"Tryg nat {width}")
    other = page_at(width)
    sign_in(other, "Administrator")
    opens_the_story(page, initiative)
    opens_the_story(other, initiative)
    # When both write, and the lead's session ends before she saves
    purpose(other).fill("Færre falder om natten, og flere sover trygt.")
    press(other, "Gem")
    purpose(page).fill("Færre falder om natten, og personalet når mere.")
    page.context.clear_cookies(name="sessionid")
    press(page, "Gem")
    # Then she signs in, finds her words in the form, and theirs beside them
    expect(page.get_by_role("main")).to_contain_text("Du var blevet logget ud")
    look(page)
    go(page.locator(".demo-people li", has_text="Mads Thorlund").get_by_role("button"))
    expect(page.get_by_role("main")).to_contain_text("står i formularen igen")
    expect(purpose(page)).to_have_value("Færre falder om natten, og personalet når mere.")
    who = "Henrik Vestervang ændrede dette, mens du skrev"
    expect(page.get_by_role("main")).to_contain_text(who)
    theirs = page.locator(".theirs")
    expect(theirs).to_contain_text("og flere sover trygt")
    expect(theirs.locator("del")).to_contain_text("flere sover trygt")
    expect(theirs.locator("ins")).to_contain_text("personalet når mere")
    look(page)
    if width == 1280:
        picture(page.locator(".form-group", has=theirs), "together", tmp_path)
    # And she joins the two
    purpose(page).fill("Færre falder om natten, flere sover trygt, og personalet når mere.")
    press(page, "Gem")
    expect(page.get_by_role("main")).to_contain_text("personalet når mere")
    # And the history says who wrote what, and gives the earlier text back
    go(page.get_by_role("link", name="Tidligere versioner af teksterne"))
    look(page)
    newest = page.locator(".journal > li").first
    expect(newest).to_contain_text("Mads Thorlund")
    expect(newest.locator("ins").first).to_contain_text("personalet når mere")
    second = page.locator(".journal > li").nth(1)
    expect(second).to_contain_text("Henrik Vestervang")
    go(second.get_by_role("button"))
    expect(page.get_by_role("main")).to_contain_text("Teksten er sat tilbage")
    expect(page.locator(".journal > li").first).to_contain_text("Sat tilbage til det, der stod")
    look(page)
    page.goto(initiative)
    expect(page.get_by_role("main")).to_contain_text(
        "Færre falder om natten, og flere sover trygt."
    )


def test_theirs_is_chosen_with_one_tick(page: Page, page_at: PageAt):
    width = page.viewport_size["width"]
    sign_in(page, "Mads Thorlund")
    initiative = registers(page, f"Rolig morgen {width}")
    other = page_at(width)
    sign_in(other, "Administrator")
    for seen, words in ((other, "Deres mål"), (page, "Vores mål")):
        seen.goto(f"{initiative}goals/")
        seen.get_by_label("Bedre sundhed").fill(words)
    press(other, "Gem")
    press(page, "Gem")
    expect(page.get_by_label("Brug den andens tekst")).to_be_visible()
    look(page)
    page.get_by_label("Brug den andens tekst").check()
    press(page, "Gem")
    expect(page.locator(".goals")).to_contain_text("Deres mål")
    expect(page.locator(".goals")).not_to_contain_text("Vores mål")
