"""A nurse gives a figure from the link in her mail; in the corridor the connection drops, and the
figure waits on the phone for the one who typed it."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.stories.acts import check_accessible, check_keyboard, go, sign_in, sign_out
from tests.stories.conftest import PageAt

MEASURE, NURSE = "Ringet op inden for to døgn", "karin.holm@example.org"
SAVED = re.compile(r"Uge \d+, \d{4} er gemt\.")
KEPT = "Gemt på denne telefon, ikke sendt endnu"


def main(page: Page):
    return page.get_by_role("main")


def look(page: Page) -> None:
    check_accessible(page)
    check_keyboard(page)


def finds_the_series(page: Page) -> str:
    """Where its figures are seen, by way of the initiative's measures."""
    page.goto("/initiatives/?q=KOL")
    go(main(page).locator("a[href^='/initiatives/']", has_text="KOL:").first)
    page.goto(f"{page.url}measures/")
    card = main(page).locator(".card", has_text=MEASURE)
    go(card.locator("a[href^='/series/']").first)
    return page.url


def asks_a_nurse(page: Page) -> None:
    go(main(page).get_by_role("link", name="Spørg nogen pr. mail"))
    look(page)
    page.get_by_label("Navn").fill("Karin Holm")
    page.get_by_label("Titel").fill("Hjemmesygeplejerske")
    page.locator("input[name=email]").fill(NURSE)
    go(main(page).get_by_role("button", name="Send spørgsmålet"))
    expect(page.locator("#asked")).to_contain_text("Karin Holm")
    look(page)


def types(phone: Page, over: str, under: str) -> None:
    phone.locator("input[name=numerator]").fill(over)
    phone.locator("input[name=denominator]").fill(under)


def saves(phone: Page) -> None:
    main(phone).get_by_role("button", name=re.compile("^Gem uge")).click()


def test_a_nurse_gives_a_figure_from_her_link_and_corrects_it(
    page_at: PageAt, mailed: Callable[[str, str], str]
):
    page, phone = page_at(1280), page_at(390)
    # Given a lead who asks a nurse for the figures of a series
    sign_in(page, "Signe Agerbæk")
    series = finds_the_series(page)
    asks_a_nurse(page)
    # When the nurse opens the link on her phone, and types what cannot be and what is unlikely
    said = mailed(NURSE, "vil give tallene")
    phone.goto(re.search(r"https?://\S+/figures-links/\S+", said)[0])
    expect(main(phone)).to_contain_text("Det seneste tal")
    look(phone)
    types(phone, "17", "16")
    saves(phone)
    expect(main(phone)).to_contain_text("er større end nævneren")
    look(phone)
    types(phone, "1", "16")
    saves(phone)
    # Then she is asked whether it is right, mends it, and it stands in her name
    expect(main(phone)).to_contain_text("langt under det sædvanlige")
    look(phone)
    types(phone, "14", "16")
    main(phone).get_by_role("button", name="Ja, det er rigtigt").click()
    expect(main(phone)).to_contain_text("Alle tal er inde.")
    look(phone)
    # And she corrects it with a reason, and the link has opened nothing else
    go(main(phone).get_by_role("link", name=re.compile("^Ret uge")))
    phone.locator("input[name=numerator]").fill("15")
    saves(phone)  # without a reason it is refused, and is not said to be on its way
    expect(main(phone)).to_contain_text("Der er allerede et tal")
    expect(phone.locator("input[name=numerator]")).to_have_value("15")
    expect(phone.get_by_text(KEPT)).to_be_hidden()
    phone.get_by_label("Hvorfor skal det ændres?").fill("Et opkald var ikke skrevet op.")
    saves(phone)
    expect(main(phone)).to_contain_text("er modtaget: 15/16")
    assert kept(phone) == []
    page.goto(series)
    expect(page.locator("#asked")).to_contain_text("Gav senest et tal")
    expect(main(page)).to_contain_text("Et opkald var ikke skrevet op.")
    phone.goto(series)
    expect(phone).to_have_url(re.compile("/account/login/"))


def test_where_the_connection_drops_the_figure_waits_for_its_owner_and_comes_once(page_at: PageAt):
    phone = page_at(390)
    # Given a lead in a corridor, with a period that is not over yet open on the phone
    sign_in(phone, "Signe Agerbæk")
    series = finds_the_series(phone)
    enter = f"{series}enter/"
    runs = opens_the_running_week(phone, enter)
    # When the connection drops, she fills in and saves all the same
    phone.context.set_offline(True)
    expect(phone.get_by_text("Ingen forbindelse")).to_be_visible()
    types(phone, "12", "15")
    saves(phone)
    expect(phone.get_by_text(KEPT)).to_be_visible()
    expect(phone.locator("[data-list=waiting]")).to_contain_text("12/15")
    look(phone)
    # And somebody else signs in on the phone
    phone.goto("about:blank")
    phone.context.set_offline(False)
    sign_out(phone)
    sign_in(phone, "Mads Thorlund")
    opens_the_running_week(phone, enter)
    phone.wait_for_load_state("networkidle")
    # Then it is neither shown nor sent
    expect(phone.get_by_text(KEPT)).to_be_hidden()
    phone.goto(series)
    expect(typed(phone)).to_have_count(0)
    # Until she signs in again: then it comes, and comes once
    sign_out(phone)
    sign_in(phone, "Signe Agerbæk")
    phone.goto(f"{enter}?period={runs}")
    expect(main(phone)).to_contain_text(SAVED)
    phone.goto(enter)
    phone.wait_for_load_state("networkidle")
    expect(phone.get_by_text(KEPT)).to_be_hidden()
    phone.goto(series)
    expect(typed(phone)).to_have_count(1)


def test_when_the_connection_is_back_it_is_sent_by_itself(page_at: PageAt):
    phone = page_at(390)
    sign_in(phone, "Mads Thorlund")
    enter = f"{finds_the_series(phone)}enter/"
    runs = opens_the_running_week(phone, enter)
    standing = phone.locator("input[name=denominator]").input_value()
    phone.context.set_offline(True)
    types(phone, "13", "16")
    if standing:
        phone.get_by_label("Hvorfor skal det ændres?").fill("Talt igen.")
    saves(phone)
    expect(phone.get_by_text(KEPT)).to_be_visible()
    phone.context.set_offline(False)
    expect(main(phone)).to_contain_text(SAVED)
    expect(phone.get_by_text(KEPT)).to_be_hidden()
    phone.goto(f"{enter}?period={runs}")
    expect(phone.locator("input[name=numerator]")).to_have_value("13")


def kept(phone: Page) -> list[str]:
    """What waits on the phone, in words."""
    found: list[str] = phone.evaluate(
        "() => Object.values(localStorage).map((one) => JSON.parse(one).what).filter(Boolean)"
    )
    return found


def test_one_figure_of_a_period_waits_and_what_changed_meanwhile_is_asked_about(page_at: PageAt):
    phone, desk = page_at(390), page_at(1280)
    # Given a lead on a phone without a connection, who fills in one week twice
    sign_in(phone, "Signe Agerbæk")
    series = finds_the_series(phone)
    enter = f"{series}enter/"
    runs = opens_the_running_week(phone, enter)
    reason = phone.get_by_label("Hvorfor skal det ændres?")
    first, later = ("11", "10") if reason.count() else ("13", "14")
    phone.context.set_offline(True)
    for over in (first, later):
        types(phone, over, "15")
        if reason.count():
            reason.fill("Talt om.")
        saves(phone)
        expect(phone.locator("[data-list=waiting] li")).to_have_count(1)
    assert [one.endswith(f"{later}/15") for one in kept(phone)] == [True]
    # When another gives a figure of the same week, and the connection comes back
    sign_in(desk, "Mads Thorlund")
    desk.goto(f"{enter}?period={runs}")
    types(desk, "12", "15")
    if desk.get_by_label("Hvorfor skal det ændres?").count():
        desk.get_by_label("Hvorfor skal det ændres?").fill("Talt igen.")
    saves(desk)
    expect(main(desk)).to_contain_text(SAVED)
    phone.context.set_offline(False)
    # Then nothing is written over: the phone asks, with what was typed
    expect(main(phone)).to_contain_text("i mellemtiden givet et andet tal")
    expect(phone.locator("input[name=numerator]")).to_have_value(later)
    expect(phone.get_by_text(KEPT)).to_be_hidden()
    look(phone)
    desk.goto(f"{enter}?period={runs}")
    expect(desk.locator("input[name=numerator]")).to_have_value("12")
    # And once she has said why, hers stands
    phone.get_by_label("Hvorfor skal det ændres?").fill("Talt om.")
    saves(phone)
    expect(main(phone)).to_contain_text(SAVED)
    assert kept(phone) == []


def typed(phone: Page):
    """The lines that tell of figures typed in, on the page of their series."""
    return main(phone).locator("li", has_text="tastet ind")


def opens_the_running_week(phone: Page, enter: str) -> str:
    """Gives the week's Monday."""
    monday: str = phone.evaluate(
        """() => {
          const day = new Date();
          day.setDate(day.getDate() - (day.getDay() + 6) % 7);
          return day.toLocaleDateString("sv");
        }"""
    )
    phone.goto(f"{enter}?period={monday}")
    expect(main(phone).locator("input[name=period]")).to_have_value(monday)
    return monday
