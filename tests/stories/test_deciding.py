"""Hospital, municipalities and general practice take a decision together: from a draft with parts
missing to the minute, and to what everybody reads of it."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO

from playwright.sync_api import Browser, Download, Page, expect
from pypdf import PdfReader

from tests.stories.acts import go, sign_in
from tests.stories.conftest import PageAt
from tests.stories.test_answering import look, main

GROUP = "Midtklyngens styregruppe"
CONDITION = "Hvis planen når hjemmeplejen samme dag."
MET = "Hjemmeplejen får planen samme dag."
AGAINST = "Praksis har ikke tid til flere skemaer."
GROUNDS = "Færre bliver indlagt igen, og hospital og kommuner vil."
#: Who is asked by e-mail: organisation, name, address.
DIRECTOR = ("Hospitalsenhed Midt", "Hanne Direktør", "hospital@example.org")
VIBORG = ("Viborg Kommune", "Lise Chef", "viborg@example.org")
SKIVE = ("Skive Kommune", "Kaj Chef", "skive.leder@example.org")
DOCTOR = ("PLO-Midtjylland", "Jens Læge", "praksis@example.org")


def press(page: Page, name: str) -> None:
    go(main(page).get_by_role("button", name=name))


def answer_of(page: Page, organisation: str):
    return page.locator("#endorsements .answer", has_text=organisation)


def paper(taken: Download) -> str:
    """What is read on a downloaded file."""
    pages = PdfReader(BytesIO(taken.path().read_bytes())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def takes(page: Page, what: str) -> str:
    page.locator("details.take summary", has_text=re.compile("Hent|På én side")).last.click()
    with page.expect_download() as taken:
        page.get_by_role("link", name=what).click()
    return paper(taken.value)


# --- the lead -----------------------------------------------------------------------------------


def begins(page: Page) -> str:
    """A draft whose page says what is missing; gives its address."""
    page.goto("/initiatives/?q=KOL")
    go(main(page).locator("a[href^='/initiatives/']", has_text="KOL:").first)
    page.goto(f"{page.url}propose/")
    page.get_by_label(re.compile(GROUP)).check()
    press(page, "Begynd på oplægget")
    missing = main(page).locator(".next")
    expect(missing).to_contain_text("Det er ikke fortalt, hvorfor det skal spredes.")
    expect(missing).to_contain_text("Borgernes blik er ikke fortalt.")
    look(page)
    return page.url.partition("?")[0]


def is_stopped_until_the_main_thing_is_told(page: Page, proposal: str) -> None:
    page.goto(f"{proposal}submit/")
    expect(main(page)).to_contain_text("Skal med, før det kan indsendes.")
    expect(main(page).get_by_role("button")).to_have_count(0)
    go(main(page).get_by_role("link", name="Det er ikke fortalt, hvorfor det skal spredes."))
    page.locator("textarea[name=words]").fill("Færre bliver indlagt igen.")
    press(page, "Gem")


def submits(page: Page, proposal: str, changes: str = "") -> None:
    page.goto(f"{proposal}submit/")
    if changes:
        page.locator("textarea[name=changes]").fill(changes)
        page.get_by_label(re.compile("^Silkeborg Kommune")).check()
    page.locator("textarea[name=reason]").fill("Resten kommer, før gruppen mødes.")
    press(page, "Indsend")


# --- those who answer ---------------------------------------------------------------------------


def asks(page: Page, proposal: str, *asked: tuple[str, str, str]) -> None:
    for organisation, name, address in asked:
        page.goto(f"{proposal}#endorsements")
        go(answer_of(page, organisation).get_by_role("link", name="Spørg pr. mail"))
        page.get_by_label("Navn").fill(name)
        page.locator("input[name=email]").fill(address)
        press(page, "Send spørgsmålet")


def answers(page: Page, answer: str, words: str = "") -> None:
    page.get_by_label(re.compile(f"^{re.escape(answer)}")).check()
    page.get_by_label("Med ord").fill(words)
    press(page, "Send svaret")


def answers_from_the_link(page: Page, mail: str, answer: str, words: str = "") -> None:
    page.goto(re.search(r"https?://\S+/answer-links/\S+", mail)[0])
    answers(page, answer, words)
    expect(main(page)).to_contain_text("Svaret er gemt")


def answers_signed_in(page: Page, proposal: str, answer: str, words: str = "") -> None:
    page.goto(f"{proposal}#endorsements")
    go(answer_of(page, "Silkeborg Kommune").get_by_role("link", name=re.compile("^Svar")))
    answers(page, answer, words)


# --- the secretary ------------------------------------------------------------------------------


def calls_a_meeting(page: Page, title: str) -> None:
    """It meets today, and the proposal is on the agenda with what stands against it."""
    page.goto("/fora/")
    go(main(page).get_by_role("link", name=GROUP))
    go(main(page).get_by_role("link", name="Indkald til møde"))
    for field in ("on", "deadline"):
        main(page).locator(f"input[name={field}]").fill(date.today().isoformat())
    press(page, "Indkald til møde")
    go(main(page).get_by_role("link", name="Tilrettelæg dagsordenen"))
    page.get_by_label(re.compile(title)).check()
    press(page, "Sæt på dagsordenen")
    go(main(page).locator(".lead, .page-head").get_by_role("link", name=re.compile(GROUP)))
    expect(main(page)).to_contain_text("PLO-Midtjylland (nej til version 1)")
    look(page)
    assert "PLO-Midtjylland (nej til version 1)" in takes(page, "Dagsorden som PDF")


def decides(page: Page) -> None:
    go(main(page).get_by_role("link", name=re.compile("^Beslut")).first)
    page.get_by_label("Spred", exact=True).check()
    page.locator("textarea[name=grounds]").fill(GROUNDS)
    seat = page.locator("table.seats tr", has_text="PLO-Midtjylland")
    seat.locator("select").select_option(label="Tiltræder med en afvigende holdning")
    seat.get_by_label(re.compile("med egne ord")).fill(AGAINST)
    press(page, "Alle andre siger ja")
    page.get_by_label("En anden dag").check()
    page.locator("input[name=look_again_on]").fill(f"{date.today().year + 2}-03-01")
    look(page)
    press(page, "Læs den igennem")
    expect(main(page)).to_contain_text(AGAINST)
    look(page)
    press(page, "Skriv beslutningen ned")
    go(main(page).get_by_role("link", name=re.compile("^Besluttet den")))


def test_a_forum_of_three_sectors_decides_with_one_dissent_and_anyone_reads_why(
    page_at: PageAt, mailed: Callable[[str, str], str]
):
    # Given a lead whose draft lacks its main part, and who is told so
    page, link, phone = page_at(1280), page_at(1280), page_at(390)
    sign_in(page, "Signe Agerbæk")
    proposal = begins(page)
    is_stopped_until_the_main_thing_is_told(page, proposal)
    submits(page, proposal)
    # When those who lead the hospital, the municipalities and general practice are asked
    sign_in(link, "Henrik Vestervang")
    asks(link, proposal, DIRECTOR, VIBORG, SKIVE, DOCTOR)
    for _organisation, _name, address in (DIRECTOR, VIBORG, SKIVE):
        answers_from_the_link(link, mailed(address, "beder dig svare"), "Ja, vi er med")
    answers_from_the_link(phone, mailed(DOCTOR[2], "beder dig svare"), "Nej", AGAINST)
    look(phone)
    leader = page_at(1280)
    sign_in(leader, "Frank Overby")
    answers_signed_in(leader, proposal, "Ja, hvis", CONDITION)
    # Then their answers stand there as they are, and are not averaged
    page.goto(proposal)
    said = page.locator("#endorsements")
    expect(said).to_contain_text("Enighed i Midtklyngen: hospital og 2 af 3 kommuner")
    expect(said).to_contain_text("Silkeborg Kommune (ja, hvis …); PLO-Midtjylland (nej)")
    # When a new version meets the condition, all answers are outdated until they are given anew
    submits(page, proposal, changes=MET)
    expect(answer_of(page, "Silkeborg Kommune")).to_contain_text("betingelsen er opfyldt")
    expect(said.locator(".outdated")).to_have_count(5)
    look(page)
    answers_signed_in(leader, proposal, "Ja, vi er med")
    # And the forum meets and decides by agreement
    secretary = page_at(1280)
    sign_in(secretary, "Mads Thorlund")
    calls_a_meeting(secretary, "KOL:")
    decides(secretary)
    # Then the dissent stands in its own words, in the minute too, and a day to look at it again
    again = f"1. marts {date.today().year + 2}"
    for words in (GROUNDS, AGAINST, again, "Besluttet i enighed"):
        expect(main(secretary)).to_contain_text(words)
    look(secretary)
    minute = takes(secretary, "Referat som PDF")
    assert all(words in minute for words in (GROUNDS, AGAINST, again, "Viborg Kommune"))
    # And everybody reads it, when the forum opens it
    press(secretary, "Lad alle læse den")
    everybody = page_at(1280)
    everybody.goto(secretary.url.replace("/decisions/", "/published/"))
    expect(main(everybody)).to_contain_text(AGAINST)
    expect(main(everybody)).not_to_contain_text("Frank Overby")
    look(everybody)


def test_a_link_to_a_folded_part_of_a_proposal_unfolds_it_with_script_and_without(
    browser: Browser, server: str
):
    for scripted in (True, False):
        context = browser.new_context(base_url=server, java_script_enabled=scripted)
        page = context.new_page()
        sign_in(page, "Signe Agerbæk")
        page.goto("/proposals/1/")
        expect(page.locator("#endorsements")).not_to_be_visible()
        main(page).get_by_role("link", name="Alle svar i fuld længde").first.click()
        expect(page.locator("#endorsements")).to_be_in_viewport()
        page.goto("/proposals/2/#citizens")
        expect(page.locator("#citizens")).to_be_in_viewport()
        expect(page.locator("#premises")).not_to_be_visible()
        context.close()
