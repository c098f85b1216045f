"""Six people from three sectors bring a proposal from a draft with parts missing to a decision by
agreement with one dissent, and its minute."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.stories.acts import check_accessible, go, sign_in
from tests.stories.conftest import PageAt
from tests.stories.test_answering import main

GROUP = "Midtklyngens styregruppe"
CONDITION = "Hvis planen når hjemmeplejen samme dag."
AGAINST = "Praksis har ikke tid til flere skemaer."
NEW = "Hjemmeplejen får planen samme dag."
#: Who answers from a link: organisation, name, address, answer, words.
BY_LINK = [
    ("Hospitalsenhed Midt", "Hanne Direktør", "hospital@example.org", "Ja, vi er med", ""),
    ("Viborg Kommune", "Lise Chef", "viborg@example.org", "Ja, vi er med", ""),
    ("Skive Kommune", "Kaj Chef", "skive.leder@example.org", "Ja, vi er med", ""),
    ("PLO-Midtjylland", "Jens Læge", "praksis@example.org", "Nej", AGAINST),
]


def press(page: Page) -> None:
    """The page's main button."""
    go(main(page).locator("form button[type=submit]").last)


def begins(page: Page) -> str:
    page.goto("/initiatives/?q=KOL")
    go(main(page).locator("a[href^='/initiatives/']", has_text="KOL:").first)
    page.goto(f"{page.url}propose/")
    page.get_by_label(re.compile(GROUP)).check()
    press(page)
    return page.url.partition("?")[0]


def is_refused_until_the_main_thing_is_said(page: Page, proposal: str) -> None:
    page.goto(f"{proposal}submit/")
    expect(main(page)).to_contain_text("Det er ikke fortalt, hvorfor det skal spredes.")
    check_accessible(page)
    page.goto(f"{proposal}write/why/")
    page.locator("textarea[name=words]").fill("Færre bliver indlagt igen.")
    press(page)


def submits(page: Page, proposal: str, *, changes: str = "") -> None:
    page.goto(f"{proposal}submit/")
    if changes:
        page.locator("textarea[name=changes]").fill(changes)
        page.locator("input[name=meets]").check()
    page.locator("textarea[name=reason]").fill("Resten kommer, før gruppen mødes.")
    press(page)


def asks(page: Page, proposal: str) -> None:
    """Somebody who may vouch for them asks the leaders by e-mail."""
    for organisation, name, address, _answer, _words in BY_LINK:
        page.goto(proposal)
        row = page.locator("#endorsements .answer", has_text=organisation)
        go(row.get_by_role("link", name="Spørg pr. mail"))
        page.get_by_label("Navn").fill(name)
        page.get_by_label("Titel").fill("Leder")
        page.locator("input[name=email]").fill(address)
        go(main(page).get_by_role("button", name="Send spørgsmålet"))


def answers(page: Page, answer: str, words: str) -> None:
    page.get_by_label(re.compile(f"^{re.escape(answer)}")).check()
    if words:
        page.get_by_label("Med ord").fill(words)
    go(main(page).get_by_role("button", name="Send svaret"))
    expect(main(page)).to_contain_text("Svaret er gemt")


def signed_in_leader_answers(page: Page, proposal: str, answer: str, words: str) -> None:
    page.goto(proposal)
    row = page.locator("#endorsements .answer", has_text="Silkeborg Kommune")
    go(row.get_by_role("link", name=re.compile("^Svar")).first)
    page.get_by_label(re.compile(f"^{re.escape(answer)}")).check()
    if words:
        page.get_by_label("Med ord").fill(words)
    press(page)


def decides(page: Page, proposal: str) -> None:
    page.goto(f"{proposal}decide/")
    page.get_by_label("Spred", exact=True).check()
    page.locator("textarea[name=grounds]").fill("Tallene viser det, og hospital og kommuner vil.")
    seat = page.locator("table.seats tr", has_text="PLO-Midtjylland")
    seat.locator("select").select_option(label="Tiltræder med en afvigende holdning")
    seat.locator("input[type=text], textarea").fill(AGAINST)
    go(main(page).get_by_role("button", name="Alle de andre siger ja"))
    check_accessible(page)
    go(main(page).get_by_role("button", name="Skriv beslutningen ned"))


def test_six_people_of_three_sectors_decide_and_anyone_reads_why(
    page_at: PageAt, mailed: Callable[[str, str], str]
):
    # Given a lead whose draft lacks its main part, and who is told so
    page, phone = page_at(1280), page_at(390)
    sign_in(page, "Signe Agerbæk")
    proposal = begins(page)
    is_refused_until_the_main_thing_is_said(page, proposal)
    submits(page, proposal)
    # When leaders of hospital, municipalities and general practice answer, one "yes, if", one "no"
    other = page_at(1280)
    sign_in(other, "Henrik Vestervang")
    asks(other, proposal)
    for _organisation, _name, address, answer, words in BY_LINK:
        said = mailed(address, "beder dig svare")
        phone.goto(re.search(r"https?://\S+/answer-links/\S+", said)[0])
        answers(phone, answer, words)
    leader = page_at(1280)
    sign_in(leader, "Frank Overby")
    signed_in_leader_answers(leader, proposal, "Ja, hvis", CONDITION)
    # Then it stands there as it is, and not averaged
    page.goto(proposal)
    expect(page.locator("#endorsements")).to_contain_text(
        "Enighed i Midtklyngen: hospital og 2 af 3 kommuner"
    )
    expect(page.locator("#endorsements")).to_contain_text(AGAINST)
    # When a new version meets the condition, and its leader says yes
    submits(page, proposal, changes=NEW)
    signed_in_leader_answers(leader, proposal, "Ja, vi er med", "")
    # And the group decides by agreement, with one dissent
    secretary = page_at(1280)
    sign_in(secretary, "Mads Thorlund")
    decides(secretary, proposal)
    # Then anyone reads the decision, the dissent in its own words, and takes the minute along
    expect(main(secretary)).to_contain_text(AGAINST)
    check_accessible(secretary)
    decision = secretary.url
    minute = secretary.request.get(f"{decision}minute/")
    assert minute.ok
    assert minute.headers["content-type"] == "application/pdf"
    page.goto(decision)
    expect(main(page)).to_contain_text(AGAINST)
    go(main(page).get_by_role("link", name=re.compile("^KOL:")).first)
    expect(page.locator(".tags").first).to_contain_text("Spredning")
