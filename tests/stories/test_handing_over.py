"""A lead is asked whether it still runs, hands it over, and the other accepts on a phone."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.stories.acts import check_accessible, check_keyboard, go, sign_in
from tests.stories.conftest import PageAt
from tests.stories.test_pictures import picture

SHARED = "Fælles valg om registrering på tværs af sektorer"


def look(page: Page) -> None:
    check_accessible(page)
    check_keyboard(page)


def main(page: Page):
    return page.get_by_role("main")


def test_a_lead_is_asked_hands_over_and_the_other_accepts_on_a_phone(
    page_at: PageAt, tmp_path: Path
):
    # Given a lead with two spare minutes: he comes in where it says what waits
    page = page_at(1280)
    sign_in(page, "Mads Thorlund")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mit arbejde")
    picture(page, "my-work", tmp_path)
    look(page)
    expect(page.locator(".top-nav .count")).to_contain_text("ting venter")
    # When he is asked about an initiative that has been silent for long
    line = page.locator(".waiting > li", has_text=SHARED)
    expect(line).to_contain_text("Kører det stadig?")
    go(line.get_by_role("link"))
    card = page.locator("#still-running")
    expect(card).to_contain_text("det er helt i orden")
    look(page)
    # And somebody else has it now
    go(card.get_by_role("link", name="En anden har det nu"))
    look(page)
    page.get_by_label("Hvem skal være projektleder?").select_option(label="Lars Kildeby")
    page.get_by_label("Hvorfor, og hvad er godt at vide?").fill("Du kender registreringen bedst.")
    go(main(page).get_by_role("button", name="Spørg personen"))
    # Then he still leads it, is asked no more, and may change his mind
    expect(main(page)).to_contain_text("Lars Kildeby er spurgt")
    expect(page.locator("#still-running")).to_have_count(0)
    expect(page.locator("#offer")).to_contain_text("Intet ændrer sig, før svaret er ja")
    look(page)
    initiative = page.url
    # And the other answers on his phone, from what waits for him
    phone = page_at(390)
    sign_in(phone, "Lars Kildeby")
    asked = phone.locator(".waiting > li", has_text="Mads Thorlund spørger")
    expect(asked).to_be_visible()
    look(phone)
    go(asked.get_by_role("link"))
    expect(main(phone)).to_contain_text("Du kender registreringen bedst.")
    look(phone)
    go(main(phone).get_by_role("button", name="Nej tak"))  # first without a word
    expect(main(phone)).to_contain_text("Skriv i en linje, hvorfor du siger nej")
    look(phone)
    phone.get_by_label("Et par ord").fill("Det vil jeg gerne.")
    go(main(phone).get_by_role("button", name="Ja, jeg vil gerne"))
    expect(main(phone)).to_contain_text("Du er nu projektleder for initiativet.")
    # And the journal and the team say so, to the first as well
    page.goto(f"{initiative}journal/")
    expect(page.locator(".journal > li").first).to_contain_text("er projektleder fra nu af")
    page.goto(f"{initiative}involvement/")
    expect(main(page)).to_contain_text("Lars Kildeby")
    page.goto("/my-work/")
    expect(main(page)).not_to_contain_text(SHARED)


def test_what_is_put_off_rests(page: Page):
    sign_in(page, "Signe Agerbæk")
    lines = page.locator(".waiting > li")
    before = lines.count()
    lines.first.get_by_text("Mind mig om det senere").click()
    look(page)
    go(lines.first.get_by_role("button", name="I morgen"))
    expect(main(page)).to_contain_text("Du bliver mindet om det den")
    expect(lines).to_have_count(before - 1)
