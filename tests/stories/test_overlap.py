"""Somebody registers what others do already, in other words: it is seen in time, and never stops
anybody; then both leads say what the two are."""

import time
from pathlib import Path
from urllib.parse import unquote_plus

from playwright.sync_api import Page, expect

from kernen.initiatives.likeness.nearest import MEANING
from tests.stories.acts import check_accessible, check_keyboard, go, sign_in
from tests.stories.conftest import PageAt
from tests.stories.test_pictures import picture

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


def registers(page: Page, title: str, problem: str) -> str:
    """Registers an initiative; gives the address of its page."""
    page.goto("/initiatives/register/")
    page.get_by_label("Hvad hedder det?").fill(title)
    page.get_by_label("Hvilket problem løser det?").fill(problem)
    page.get_by_label("Viborg Kommune").check()
    go(page.get_by_role("main").get_by_role("button", name="Registrér", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    return page.url


def waits_for_likenesses(page: Page, initiative: str) -> None:
    """Until the worker has read it."""
    for _ in range(60):
        page.goto(initiative)
        if page.locator("#likenesses").count():
            return
        time.sleep(1)


def test_overlap_is_found_in_other_words(page: Page, page_at: PageAt, tmp_path: Path):
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
    if width == 1280:
        picture(page, "overlap", tmp_path)
    # And it keeps nobody from registering
    write(page, "Hvad hedder det?", f"{KNOWN} {width}")
    write(page, "Hvilket problem løser det?", OWN_WORDS)
    page.get_by_label("Viborg Kommune").check()
    go(page.get_by_role("main").get_by_role("button", name="Registrér", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{KNOWN} {width}")
    # Then its page asks what the two are to each other, as soon as the worker has read it
    waits_for_likenesses(page, page.url)
    pair = page.locator("#likenesses .pair", has_text=KNOWN).first
    expect(pair).to_contain_text("Fælles ord:")
    look(page)
    # When she says that they are the same, it waits for the other lead
    pair.get_by_role("combobox").select_option(label="er det samme som")
    go(pair.get_by_role("button", name="Svar"))
    expect(page.locator("#likenesses .pair").first).to_contain_text("Foreslået som det samme")
    # And a coordinator finds it among the unresolved ones, the most alike first
    other = page_at(width)
    sign_in(other, "Klyngekoordinator")
    other.goto("/likenesses/")
    expect(other.get_by_role("heading", level=1)).to_have_text("Uafklarede ligheder")
    row = other.locator(".pair", has_text=f"{KNOWN} {width}").first
    expect(row).to_contain_text("Det venter på projektlederen for")
    look(other)


def test_the_same_is_a_link_that_both_leads_confirm(page_at: PageAt):
    # Given two who each lead what is the same, at a desk and on a phone
    title, problem = "Selvmåling af søvnapnø i sommerhuse", "Gæster i sommerhuse måler søvnapnø."
    one, other = page_at(1280), page_at(390)
    sign_in(one, "Mads Thorlund")
    registers(one, title, problem)
    sign_in(other, "Signe Agerbæk")
    waits_for_likenesses(other, registers(other, f"{title} ved kysten", problem))
    # When one of them says so, then nothing is linked yet
    pair = other.locator("#likenesses .pair", has_text=title).first
    pair.get_by_role("combobox").select_option(label="er det samme som")
    go(pair.get_by_role("button", name="Svar"))
    expect(other.locator("#likenesses .pair").first).to_contain_text("Foreslået som det samme")
    # And it waits for the other lead, who says yes
    one.goto("/my-work/")
    go(one.locator(".waiting > li", has_text="søvnapnø").first.get_by_role("link").first)
    look(one)
    go(one.get_by_role("button", name="Ja, de er det samme").first)
    other.reload()
    expect(other.get_by_role("main")).not_to_contain_text("Foreslået som det samme")
    expect(other.get_by_role("main")).to_contain_text("er det samme som")
