"""A new colleague is invited, comes, follows something, is told of it, and leaves again."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.stories.acts import check_accessible, check_keyboard, go, sign_in
from tests.stories.conftest import PageAt
from tests.stories.test_pictures import picture

NEW = "ny.kollega@example.org"
PASSWORD = "en lang sætning som kode"


def look(page: Page) -> None:
    check_accessible(page)
    check_keyboard(page)


def main(page: Page):
    return page.get_by_role("main")


def invites(page: Page) -> None:
    page.goto("/organisations/")
    go(main(page).get_by_role("link", name="Hospitalsenhed Midt"))
    go(main(page).locator("a[href$='/people/']").first)
    go(main(page).get_by_role("link", name="Invitér pr. mail"))
    look(page)
    page.get_by_label(re.compile("Mail|E-mail")).fill(NEW)
    go(main(page).get_by_role("button", name="Send invitationen"))
    expect(page.locator("#invitations")).to_contain_text(NEW)
    look(page)


def comes(phone: Page, said: str) -> None:
    phone.goto(re.search(r"https?://\S+/invitations/\S+", said)[0])
    expect(main(phone)).to_contain_text("Opret din konto")
    look(phone)
    phone.get_by_label("Dit navn").fill("Ny Kollega")
    for field in phone.locator("input[type=password]").all():
        field.fill(PASSWORD)
    go(main(phone).get_by_role("button", name="Tag imod, og kom i gang"))


def follows(phone: Page) -> str:
    """An initiative, with a mail every day; gives its address."""
    phone.goto("/initiatives/?q=TOBS")
    go(main(phone).locator("a[href^='/initiatives/']", has_text="TOBS").first)
    initiative = phone.url
    go(phone.get_by_role("button", name="Følg", exact=True))
    look(phone)
    phone.goto("/inbox/")
    expect(main(phone)).to_contain_text("Du har læst det hele")
    look(phone)
    go(main(phone).get_by_role("link", name="Samlet besked på mail"))
    phone.get_by_label(re.compile("Dagligt")).check()
    look(phone)
    go(main(phone).get_by_role("button", name="Gem"))
    return initiative


def is_told(phone: Page, words: str) -> None:
    for _ in range(60):
        phone.goto("/inbox/")
        if words in main(phone).inner_text():
            break
        phone.wait_for_timeout(500)
    expect(main(phone)).to_contain_text(words)
    look(phone)


def leaves(phone: Page) -> None:
    phone.goto("/me/")
    look(phone)
    go(main(phone).get_by_role("link", name="Luk min konto"))
    look(phone)
    close = main(phone).get_by_role("button", name="Luk kontoen")
    go(close)  # first without the tick
    expect(main(phone)).to_contain_text("Sæt kryds")
    phone.locator("input[name=sure]").check()
    go(close)


def test_a_colleague_is_invited_comes_is_told_and_leaves(
    page_at: PageAt, mailed: Callable[[str, str], str], tmp_path: Path
):
    # Given a coordinator who invites a colleague
    page, phone = page_at(1280), page_at(390)
    sign_in(page, "Mads Thorlund")
    invites(page)
    people = page.url
    page.goto(people)
    picture(page, "people", tmp_path)
    # When the colleague comes by the link of the mail, and follows an initiative
    comes(phone, mailed(NEW, "Mads Thorlund"))
    initiative = follows(phone)
    # And the coordinator writes about it
    page.goto(f"{initiative}journal/")
    page.get_by_label("Hvad skete der?").fill("Tre pladser er ledige på kurset.")
    go(main(page).get_by_role("button", name="Gem notatet"))
    # Then the colleague is told, once
    is_told(phone, "Tre pladser er ledige på kurset.")
    phone.reload()
    picture(phone, "inbox", tmp_path)
    go(main(phone).get_by_role("button", name="Markér alt som læst"))
    expect(main(phone)).to_contain_text("Du har læst det hele")
    # And may leave for good
    leaves(phone)
    page.goto(people)
    expect(main(page)).not_to_contain_text("Ny Kollega")
