"""A nurse gives a figure from the link in her mail; in the corridor the connection drops, and the
figure waits on the phone for the one who typed it."""

import re
import secrets
from collections.abc import Callable
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Error, Page, expect

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
    expect(main(phone).get_by_role("button", name=re.compile("^Gem"))).to_have_count(0)
    types(phone, "14", "16")
    expect(main(phone).get_by_text("langt under det sædvanlige")).to_be_hidden()
    expect(main(phone).get_by_role("button", name="Ja, det er rigtigt")).to_have_count(0)
    look(phone)
    saves(phone)
    expect(main(phone)).to_contain_text("Alle tal er inde.")
    look(phone)
    # And she corrects it with a reason, and the link has opened nothing else
    go(main(phone).get_by_role("link", name=re.compile("^Ret uge")))
    phone.locator("input[name=numerator]").fill("15")
    saves(phone)  # without a reason it is refused, and is not said to be on its way
    expect(main(phone)).to_contain_text("Skriv, hvorfor det skal ændres.")
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
        expect(phone.locator("[data-list=waiting] li")).to_have_text(re.compile(f" {over}/15 "))
    assert [one.endswith(f" {later}/15") for one in kept(phone)] == [True]
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


# --- opened where there is no connection ---------------------------------------------------------

FROM_THEN, NO_LINE = "Siden er, som den så ud den", "Ingen forbindelse"
#: All that the browser keeps of pages, by address.
PAGES = """async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("kernen.page "));
  const found = {};
  for (const name of names) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request, {ignoreVary: true});
      if (answer) found[request.url] = name + await answer.text() + [...answer.headers];
    }
  }
  return found;
}"""


def waits_for(phone: Page, holds: Callable[[dict[str, str]], bool]) -> dict[str, str]:
    """Gives what is kept of pages, as soon as that holds of it."""
    for _ in range(200):
        found: dict[str, str] = phone.evaluate(PAGES)
        if holds(found):
            return found
        phone.wait_for_timeout(100)
    raise AssertionError(f"kept is {sorted(found)}")


def lies_ready(phone: Page, address: str) -> dict[str, str]:
    """Waits until the form is kept with its style and scripts; gives what is kept of it all."""
    said = urlsplit(address)
    page = f"{said.path}?{sha256(f'?{said.query}'.encode() if said.query else b'').hexdigest()}"

    def whole(found: dict[str, str]) -> bool:
        parts = [url for url in found if url.endswith((".css", ".js", ".woff2"))]
        return len(parts) > 3 and any(url.endswith(page) for url in found)

    return waits_for(phone, whole)


def forgets_all(phone: Page) -> None:
    waits_for(phone, lambda found: not found)


def opens_nothing(phone: Page, address: str) -> None:
    other = phone.context.new_page()
    with pytest.raises(Error, match=r"ERR_(INTERNET_DISCONNECTED|FAILED)"):
        other.goto(address)
    other.close()


def test_the_form_opens_without_a_connection_and_what_is_typed_on_it_comes_once(page_at: PageAt):
    phone = page_at(390)
    # Given a lead who has seen the form of a week once
    sign_in(phone, "Signe Agerbæk")
    series = finds_the_series(phone)
    runs = opens_the_running_week(phone, f"{series}enter/")
    form = f"{series}enter/?period={runs}"
    expect(phone.get_by_text(FROM_THEN)).to_be_hidden()
    lies_ready(phone, form)
    before = phone.locator("input[name=numerator]").input_value()
    first, later = ("12", "13") if before != "12" else ("13", "12")
    # When she opens it in a corridor without a connection
    phone.goto("about:blank")
    phone.context.set_offline(True)
    phone.goto(form)
    # Then it opens as it was, and says so; and so it does for what waits on it
    expect(phone.get_by_text(FROM_THEN)).to_be_visible()
    expect(phone.get_by_text(NO_LINE)).to_be_visible()
    assert phone.locator(".entering .figure").first.bounding_box()["height"] >= 64, "it is dressed"
    look(phone)
    for over in (first, later):
        types(phone, over, "15")
        if before:
            phone.get_by_label("Hvorfor skal det ændres?").fill("Talt om.")
        saves(phone)
        expect(phone.locator("[data-list=waiting] li")).to_have_text(re.compile(f" {over}/15 "))
        phone.goto(form)
        expect(phone.locator("[data-list=waiting] li")).to_have_text(re.compile(f" {over}/15 "))
    # No other page of hers is there
    opens_nothing(phone, series)
    opens_nothing(phone, f"{series}enter/?period=2020-01-06")
    # And when the connection is back, it comes in by itself, once
    phone.context.set_offline(False)
    expect(main(phone)).to_contain_text(SAVED)
    expect(phone.get_by_text(FROM_THEN)).to_be_hidden()
    assert kept(phone) == []
    phone.goto(form)
    expect(phone.locator("input[name=numerator]")).to_have_value(later)
    # From then on the week stands there without a connection too, and nothing seems new
    lies_ready(phone, f"{series}enter/")
    phone.context.set_offline(True)
    phone.goto(f"{series}enter/")
    expect(phone.get_by_text(FROM_THEN)).to_be_visible()
    expect(main(phone)).not_to_contain_text(SAVED)
    # And it gives way to the page as it is now, when there is a connection again
    phone.context.set_offline(False)
    expect(phone.get_by_text(FROM_THEN)).to_be_hidden()


@pytest.mark.parametrize("how", ["signs out", "another signs in"])
def test_a_form_is_forgotten_when_whoever_saw_it_goes(page_at: PageAt, how: str):
    phone = page_at(390)
    sign_in(phone, "Signe Agerbæk")
    form = f"{finds_the_series(phone)}enter/"
    phone.goto(form)
    lies_ready(phone, form)
    if how == "signs out":
        phone.goto("/account/")
        phone.locator("summary", has_text="Menu").click()
        go(phone.locator(".menu-foot").get_by_role("button", name="Log ud"))
    else:
        sign_out(phone)
        sign_in(phone, "Mads Thorlund")
    forgets_all(phone)
    phone.context.set_offline(True)
    opens_nothing(phone, form)


def test_a_mailed_link_opens_without_a_connection_until_it_is_said_to_be_withdrawn(
    page_at: PageAt, mailed: Callable[[str, str], str]
):
    page, phone = page_at(1280), page_at(390)
    # Given somebody who was asked by mail and has opened the link once
    sign_in(page, "Signe Agerbæk")
    series = finds_the_series(page)
    asked = f"asta.{secrets.token_hex(3)}@example.org"
    go(main(page).get_by_role("link", name="Spørg nogen pr. mail"))
    page.get_by_label("Navn").fill("Asta Bro")
    page.locator("input[name=email]").fill(asked)
    go(main(page).get_by_role("button", name="Send spørgsmålet"))
    link = re.search(r"https?://\S+/figures-links/\S+", mailed(asked, "vil give tallene"))[0]
    phone.goto(link)
    there = lies_ready(phone, link)
    # Then the key of the link lies nowhere, and the page opens by the whole link alone
    key = parse_qs(urlsplit(link).query)["key"][0]
    assert key not in str(there), "the key is kept nowhere"
    phone.context.set_offline(True)
    phone.goto(link)
    expect(phone.get_by_text(FROM_THEN)).to_be_visible()
    expect(main(phone)).to_contain_text("Det seneste tal")
    assert key in main(phone).locator(".other-periods a").first.get_attribute("href")
    look(phone)
    opens_nothing(phone, link[:-1])
    # When it is withdrawn, and the phone hears of it
    page.goto(series)
    line = page.locator("#asked li", has_text="Asta Bro")
    go(line.get_by_role("link", name="Træk linket tilbage"))
    go(main(page).get_by_role("button", name="Træk tilbage"))
    expect(phone.get_by_text(FROM_THEN)).to_be_visible()
    phone.context.set_offline(False)
    # Then it says so, and shows the figure no more
    expect(main(phone)).to_contain_text("Linket er trukket tilbage")
    expect(main(phone)).not_to_contain_text("Det seneste tal")
    forgets_all(phone)
    phone.context.set_offline(True)
    opens_nothing(phone, link)
