"""Somebody registers what others do already, in other words: it is seen in time, and never stops
anybody; then both leads say what the two are."""

import time
from urllib.parse import unquote_plus

from playwright.sync_api import Page, expect

from kernen.initiatives.likeness.nearest import MEANING
from tests.stories.acts import check_accessible, check_keyboard, sign_in
from tests.stories.conftest import PageAt

TITLE = "Help for children who wet themselves"
PROBLEM = "Kids have daytime accidents and wet beds, and the families do not know where to turn."
KNOWN = "Tæt og tør: børn og unge med inkontinens"
OWN_WORDS = "Børn og unge med inkontinens får hjælp for sent."


def look(page: Page) -> None:
    check_accessible(page)
    check_keyboard(page)


def write(page: Page, label: str, text: str) -> None:
    """Write it anew, and wait until what looks alike has been asked for and has come."""
    page.get_by_label(label).fill("")
    with page.expect_response(lambda answer: text in unquote_plus(answer.request.post_data or "")):
        page.get_by_label(label).fill(text)


def test_overlap_is_found_in_other_words(page: Page, page_at: PageAt):
    width = page.viewport_size["width"]
    # Given somebody who begins to register, and whose words nobody has used
    sign_in(page, "Mads Thorlund")
    page.goto("/initiatives/register/")
    beside = page.get_by_role("complementary", name="Ligner måske")
    expect(beside).to_contain_text("Mens du skriver")
    # When she writes, then what looks alike stands beside the form, with why
    telling = (TITLE, PROBLEM) if MEANING.available() else (KNOWN, OWN_WORDS)
    page.get_by_label("Hvad hedder det?").press_sequentially(telling[0])
    for _ in range(60):  # until the worker has read the demonstration
        write(page, "Hvilket problem løser det?", telling[1])
        if KNOWN in beside.inner_text():
            break
        page.wait_for_timeout(1000)
    first = beside.get_by_role("listitem").first
    expect(first).to_contain_text(KNOWN)
    if MEANING.available():
        expect(first).to_contain_text("Handler måske om det samme med andre ord")
    expect(beside.locator("#alike-said")).to_contain_text("ligner måske dit")
    expect(page.get_by_label("Hvad hedder det?")).to_have_value(telling[0])
    look(page)
    # And it keeps nobody from registering
    write(page, "Hvad hedder det?", f"{KNOWN} {width}")
    write(page, "Hvilket problem løser det?", OWN_WORDS)
    page.get_by_label("Viborg Kommune").check()
    page.get_by_role("main").get_by_role("button", name="Registrér", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{KNOWN} {width}")
    # Then its page asks what the two are to each other, as soon as the worker has read it
    mine = page.url
    for _ in range(60):
        page.goto(mine)
        if page.locator("#likenesses").count():
            break
        time.sleep(1)
    pair = page.locator("#likenesses .pair", has_text=KNOWN).first
    expect(pair).to_contain_text("Fælles ord:")
    look(page)
    # When she says that they are the same, it waits for the other lead
    pair.get_by_role("combobox").select_option(label="er det samme som")
    pair.get_by_role("button", name="Svar").click()
    expect(page.locator("#likenesses .pair").first).to_contain_text("Foreslået som det samme")
    # And a coordinator finds it among the unresolved ones, the most alike first
    other = page_at(width)
    sign_in(other, "Klyngekoordinator")
    other.goto("/likenesses/")
    expect(other.get_by_role("heading", level=1)).to_have_text("Uafklarede ligheder")
    row = other.locator(".pair", has_text=f"{KNOWN} {width}").first
    expect(row).to_contain_text("Det venter på projektlederen for")
    look(other)
