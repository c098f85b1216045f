"""What was typed in without a connection is not forgotten when its form is closed: My work says to
the one who typed it that it is there, and leads to where it is sent."""

from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.stories.acts import check_accessible, check_keyboard, go, sign_in, sign_out
from tests.stories.conftest import PageAt
from tests.stories.test_a_link_and_a_phone import (
    SAVED,
    finds_the_series,
    kept,
    main,
    opens_the_running_week,
    saves,
)
from tests.stories.test_a_slow_line import gives

ONE = "Et tal er gemt på denne telefon, men ikke sendt endnu."
TWO = "2 tal er gemt på denne telefon, men ikke sendt endnu."


def types_in_the_corridor(phone: Page, over: str) -> None:
    """In the form that is open; and goes on, and it is closed."""
    phone.context.set_offline(True)
    gives(phone, over)
    expect(phone.locator("[data-list=waiting] li")).to_have_count(1)
    phone.goto("about:blank")
    phone.context.set_offline(False)


def test_my_work_leads_to_what_waits_on_the_phone_and_only_its_owner(page_at: PageAt):
    phone = page_at(390)
    # Given a lead who has typed in two weeks without a connection, of which one is questioned
    sign_in(phone, "Signe Agerbæk")
    enter = f"{finds_the_series(phone)}enter/"
    runs = opens_the_running_week(phone, enter)
    phone.goto(f"{enter}?period={date.fromisoformat(runs) - timedelta(weeks=2)}")
    types_in_the_corridor(phone, "1")
    phone.goto("/my-work/")
    expect(main(phone)).to_contain_text(ONE, use_inner_text=True)
    phone.goto(f"{enter}?period={runs}")
    expect(phone.locator("[data-list=held] li")).to_have_count(1)
    types_in_the_corridor(phone, "14")
    # When another opens My work on that phone, nothing is said of it
    sign_out(phone)
    sign_in(phone, "Mads Thorlund")
    phone.goto("/my-work/")
    phone.evaluate("remind()")
    expect(phone.locator("[data-kept-here]")).to_be_hidden()
    # Then it is said to her
    sign_out(phone)
    sign_in(phone, "Signe Agerbæk")
    phone.goto("/my-work/")
    expect(main(phone)).to_contain_text(TWO, use_inner_text=True)
    waiting = main(phone).locator("[data-kept-here] li")
    expect(waiting.first).to_contain_text("Der er et spørgsmål til det.")
    expect(waiting.last).not_to_contain_text("Der er et spørgsmål til det.", use_inner_text=True)
    check_accessible(phone)
    check_keyboard(phone)
    # And one press sends it
    go(waiting.get_by_role("link", name="14/16"))
    expect(main(phone)).to_contain_text(SAVED)
    phone.goto("/my-work/")
    expect(main(phone)).to_contain_text(ONE, use_inner_text=True)
    go(waiting.get_by_role("link"))
    expect(phone.locator("[data-list=held] li")).to_contain_text("1/16")


def test_a_figure_that_is_refused_is_not_lost_where_its_form_is_left(page_at: PageAt):
    phone = page_at(390)
    sign_in(phone, "Signe Agerbæk")
    enter = f"{finds_the_series(phone)}enter/"
    runs = opens_the_running_week(phone, enter)
    gives(phone, "17")
    expect(main(phone)).to_contain_text("er større end nævneren")
    expect(phone.locator("[data-list=held] li")).to_have_count(0)
    phone.goto(f"{enter}?period={runs}")
    held = phone.locator("[data-list=held] li")
    expect(held).to_contain_text("17/16")
    expect(held).to_contain_text("er større end nævneren")
    held.get_by_role("button", name="Åbn det").click()
    expect(phone.locator("input[name=numerator]")).to_have_value("17")
    gives(phone, "11")
    expect(main(phone)).to_contain_text(SAVED)
    assert kept(phone) == []


def test_what_one_tab_has_sent_no_longer_waits_in_another(page_at: PageAt):
    phone = page_at(390)
    sign_in(phone, "Signe Agerbæk")
    enter = f"{finds_the_series(phone)}enter/"
    form = f"{enter}?period={opens_the_running_week(phone, enter)}"
    phone.context.set_offline(True)
    gives(phone, "12")
    waiting = phone.locator("[data-list=waiting] li")
    expect(waiting).to_have_count(1)
    phone.evaluate("Object.defineProperty(document, 'hidden', {get: () => true})")
    phone.context.set_offline(False)
    other = phone.context.new_page()
    other.goto(form)
    expect(main(other)).to_contain_text(SAVED)
    expect(waiting).to_have_count(0)
    # And saved there once more, it is the same
    saves(phone)
    expect(main(phone)).to_contain_text(SAVED)
