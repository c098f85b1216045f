"""Where the line is slow, more is typed and pressed while a figure is still on its way: what is
typed last counts, at once, and nothing that was typed is lost."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.stories.acts import sign_in
from tests.stories.conftest import PageAt
from tests.stories.test_a_link_and_a_phone import (
    SAVED,
    finds_the_series,
    kept,
    main,
    opens_the_running_week,
    saves,
    types,
)

WHY = "Hvorfor skal det ændres?"
#: The answer to the first figure that is sent is held back until it is let go, and nothing is tried
#: again by the clock.
SLOW = """() => {
  const quick = window.fetch;
  window.sent = [];
  window.setInterval = () => 0;
  window.fetch = async (address, options = {}) => {
    const answer = await quick(address, options);
    if (options.method !== "POST") return answer;
    window.sent.push(options.body.get("numerator"));
    if (window.sent.length === 1) await new Promise((go) => { window.letGo = go; });
    return answer;
  };
}"""


def gives(phone: Page, over: str) -> None:
    types(phone, over, "16")
    if phone.get_by_label(WHY).count():
        phone.get_by_label(WHY).fill("Talt om.")
    saves(phone)


def is_on_its_way(phone: Page) -> None:
    phone.wait_for_function("() => window.letGo")


def is_let_go(phone: Page) -> None:
    """And all that follows from it by itself has happened."""
    phone.evaluate("letGo()")
    phone.wait_for_function("() => !sending")


def sent(phone: Page) -> list[str]:
    found: list[str] = phone.evaluate("window.sent")
    return found


@pytest.fixture
def phone(page_at: PageAt) -> Page:
    """On which the running week of a series is open, with a line that becomes slow."""
    phone = page_at(390)
    sign_in(phone, "Signe Agerbæk")
    enter = f"{finds_the_series(phone)}enter/"
    phone.add_init_script(f"({SLOW})()")
    opens_the_running_week(phone, enter)
    return phone


@pytest.mark.parametrize("first", ["1", "17"], ids=["asked about", "refused"])
def test_what_was_mended_while_the_first_was_on_its_way_is_sent_at_once(phone: Page, first: str):
    gives(phone, first)
    is_on_its_way(phone)
    gives(phone, "14")
    is_let_go(phone)
    assert (sent(phone), kept(phone)) == ([first, "14"], [])
    expect(main(phone)).to_contain_text(SAVED)


def test_what_is_pressed_twice_is_sent_once(phone: Page):
    gives(phone, "13")
    is_on_its_way(phone)
    saves(phone)
    is_let_go(phone)
    assert (sent(phone), kept(phone)) == (["13"], [])
    expect(main(phone)).to_contain_text(SAVED)


def test_what_was_mended_after_it_was_taken_in_is_asked_about(phone: Page):
    gives(phone, "12")
    is_on_its_way(phone)
    gives(phone, "15")
    is_let_go(phone)
    assert sent(phone) == ["12", "15"]
    expect(main(phone)).to_contain_text(re.compile(r"i mellemtiden givet et andet tal.*: 12/16"))
    expect(phone.locator("input[name=numerator]")).to_have_value("15")
    expect(phone.locator("[data-kept]")).to_be_hidden()
    # And it is not listed as held either, as long as it stands there
    phone.evaluate("tell()")
    expect(phone.locator("[data-kept]")).to_be_hidden()
    phone.get_by_label(WHY).fill("Talt om.")
    saves(phone)
    expect(main(phone)).to_contain_text(SAVED)
    assert kept(phone) == []


def test_what_is_typed_while_a_question_is_on_its_way_stays(phone: Page):
    gives(phone, "1")
    is_on_its_way(phone)
    over = phone.locator("input[name=numerator]")
    over.fill("14")
    is_let_go(phone)
    expect(over).to_have_value("14")
    expect(over).to_be_focused()
    expect(main(phone).get_by_role("button", name="Ja, det er rigtigt")).to_have_count(0)
    saves(phone)
    expect(main(phone)).to_contain_text(SAVED)
    assert (sent(phone), kept(phone)) == (["1", "14"], [])


def test_what_is_asked_about_another_week_waits_and_holds_up_nothing(phone: Page):
    # Given another week that is questioned, sent while the form of this one is open
    running = phone.url
    enter, _, monday = running.partition("?period=")
    phone.goto(f"{enter}?period={date.fromisoformat(monday) - timedelta(weeks=2)}")
    phone.context.set_offline(True)
    gives(phone, "1")
    expect(phone.locator("[data-list=waiting] li")).to_have_count(1)
    phone.goto("about:blank")
    phone.context.set_offline(False)
    phone.goto(running)
    is_on_its_way(phone)
    # When this one is saved meanwhile
    gives(phone, "11")
    is_let_go(phone)
    # Then it is sent at once, and the other is opened when one wants to
    expect(main(phone)).to_contain_text(SAVED)
    assert sent(phone) == ["1", "11"]
    held = phone.locator("[data-list=held] li")
    expect(held).to_have_count(1)
    held.get_by_role("button", name="Åbn det").click()
    expect(main(phone)).to_contain_text("langt under det sædvanlige")
    expect(held).to_have_count(0)
