"""A doctor without an account answers a proposal from the link in an e-mail, on a phone."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.stories.acts import check_accessible, check_keyboard, go, sign_in
from tests.stories.conftest import PageAt

DOCTOR, CONDITION = "laegen@example.org", "Ja, hvis opkaldet også når egen læge."
NEW = "Opkaldet når nu også egen læge."


def main(page: Page):
    return page.get_by_role("main")


def look(page: Page) -> None:
    check_accessible(page)
    check_keyboard(page)


def proposes(page: Page) -> str:
    """The lead asks a cluster's own group to spread it; gives the proposal's address."""
    page.goto("/initiatives/?q=KOL")
    go(main(page).locator("a[href^='/initiatives/']", has_text="KOL:").first)
    page.goto(f"{page.url}propose/")
    page.get_by_label("Spred", exact=True).check()
    for box in page.locator("input[name=clusters]:checked").all():
        box.uncheck()
    page.get_by_label("Aarhusklyngen", exact=True).check()
    page.get_by_label(re.compile("Aarhusklyngens styregruppe for voksne")).check()
    go(main(page).locator("form button[type=submit]").last)
    proposal = page.url.partition("?")[0]
    page.goto(f"{proposal}write/why/")
    page.locator("textarea[name=words]").fill("Færre bliver indlagt igen.")
    go(main(page).locator("form button[type=submit]").last)
    submits(page, proposal)
    return proposal


def submits(page: Page, proposal: str) -> None:
    page.goto(f"{proposal}submit/")
    reason = page.locator("textarea[name=reason]")
    if reason.count():
        reason.fill("Resten kommer.")
    if page.locator("textarea[name=changes]").count():
        page.locator("textarea[name=changes]").fill(NEW)
        page.locator("input[name=meets]").check()
    go(main(page).locator("form button[type=submit]").last)


def asks(page: Page, proposal: str) -> None:
    page.goto(f"{proposal}#endorsements")  # unfolds what lies behind its heading
    practice = page.locator("#endorsements .answer", has_text="PLO-Midtjylland")
    go(practice.get_by_role("link", name="Spørg pr. mail"))
    look(page)
    page.get_by_label("Navn").fill("Jonas Friis")
    page.get_by_label("Titel").fill("Praktiserende læge")
    page.locator("input[name=email]").fill(DOCTOR)
    go(main(page).get_by_role("button", name="Send spørgsmålet"))
    expect(page.locator("#endorsements")).to_contain_text("Jonas Friis")
    look(page)


def opens(phone: Page, said: str) -> None:
    phone.goto(re.search(r"https?://\S+/answer-links/\S+", said)[0])
    expect(main(phone)).to_contain_text("Færre bliver indlagt igen.")
    look(phone)


def answers(phone: Page, answer: str, words: str) -> None:
    phone.get_by_label(re.compile(f"^{re.escape(answer)}")).check()
    send = main(phone).get_by_role("button", name="Send svaret")
    if words:
        phone.get_by_label("Med ord").fill("")
        go(send)
        expect(main(phone)).to_contain_text("Skriv på hvilken betingelse")
        look(phone)
        phone.get_by_label("Med ord").fill(words)
    go(send)
    expect(main(phone)).to_contain_text("Svaret er gemt")
    look(phone)


def test_a_condition_is_set_from_a_link_met_in_a_new_version_and_answered_with_yes(
    page_at: PageAt, mailed: Callable[[str, str], str]
):
    # Given a lead who proposes, and asks a doctor by e-mail
    page, phone = page_at(1280), page_at(390)
    sign_in(page, "Signe Agerbæk")
    proposal = proposes(page)
    asks(page, proposal)
    # When the doctor opens the link on a phone, reads, and answers "yes, if …"
    opens(phone, mailed(DOCTOR, "beder dig svare"))
    answers(phone, "Ja, hvis", CONDITION)
    page.goto(proposal)
    expect(page.locator("#endorsements")).to_contain_text(CONDITION)
    # And the lead submits a version that meets the condition
    submits(page, proposal)
    expect(page.locator("#endorsements")).to_contain_text("betingelsen er opfyldt")
    look(page)
    # Then the doctor is asked again, and says yes
    opens(phone, mailed(DOCTOR, NEW))
    expect(main(phone)).to_contain_text("Projektlederen siger, at betingelsen er opfyldt")
    answers(phone, "Ja, vi er med", "")
    page.goto(proposal)
    practice = page.locator("#endorsements .answer", has_text="PLO-Midtjylland")
    expect(practice.locator(".answer-word").first).to_have_text("Ja")
    expect(practice).to_contain_text("1 tidligere svar")
    # And the link has opened nothing else
    phone.goto(proposal)
    expect(phone).to_have_url(re.compile("/account/login/"))
