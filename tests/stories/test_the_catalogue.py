"""A lead takes a measure from the catalogue, and goes over to a new version of another one."""

import re

from playwright.sync_api import Page, expect

from tests.stories.acts import check_accessible, check_keyboard, go, sign_in, tab
from tests.stories.conftest import PageAt

COPD = "KOL: færre indlæggelser"
FOLLOW_UP = "Opfølgning inden for to hverdage"


def main(page: Page):
    return page.get_by_role("main")


def looks_for(page: Page, words: str):
    """The lead signs in and searches in the catalogue beside the form of a new measure."""
    sign_in(page, "projektleder")
    page.goto("/initiatives/?q=KOL")
    go(main(page).get_by_role("link", name=re.compile(COPD)).first)
    tab(page, "Målinger")
    go(main(page).get_by_role("link", name="Ny måling"))
    check_accessible(page)
    check_keyboard(page)
    page.get_by_role("searchbox", name="Søg i kataloget").fill(words)
    choice = page.locator("#beside li")
    expect(choice).to_have_count(1)
    go(choice.get_by_role("link"))
    check_accessible(page)


def test_a_lead_counts_as_others_do(page_at: PageAt):
    """Given a lead with an initiative, when she looks for a measure, it is taken in with two
    presses; the definition is fixed and says where it is from."""
    looks_for(page_at(390), "rygestop")
    page = page_at(1280)
    looks_for(page, "ventedag færdigbehandlet")
    page.get_by_label("Målværdi").fill("40")
    go(main(page).get_by_role("button", name="Brug den, og gå videre til tallene"))
    expect(main(page)).to_contain_text("Målingen er taget i brug")
    tab(page, "Målinger")
    go(main(page).get_by_role("link", name="Ventedage for færdigbehandlede", exact=True))
    expect(main(page)).to_contain_text("Fra kataloget, version 1")
    go(main(page).get_by_role("link", name="Ret definitionen"))
    expect(main(page).get_by_role("textbox")).to_have_count(1)
    check_accessible(page)


def test_a_lead_goes_over_to_a_new_version(page_at: PageAt):
    """Given a version that cannot be compared with the one before, when the lead takes it over,
    the series says from when, and no longer compares across."""
    page = page_at(1280)
    sign_in(page, "projektleder")
    page.goto("/my-work/")
    line = page.locator(".waiting li", has_text=FOLLOW_UP)
    go(line.get_by_role("link", name=re.compile("Se, hvad der er ændret")))
    expect(main(page)).to_contain_text("kan ikke sammenlignes")
    expect(page.locator(".differences ins")).to_contain_text("talt med")
    check_accessible(page)
    check_keyboard(page)
    go(main(page).get_by_role("button", name="Tæl sådan fra da af"))
    expect(main(page)).to_contain_text("følger nu den nye version")
    go(main(page).get_by_role("link", name="Silkeborg Kommune").first)
    expect(page.locator(".chart-marks").first).to_contain_text("Et opkald tæller kun")
    expect(main(page)).to_contain_text("sammenlignes ikke")
    check_accessible(page)
    page.goto("/my-work/")
    expect(page.locator(".waiting li", has_text="ny version i kataloget")).to_have_count(0)


def test_a_coordinator_sees_where_nobody_measures(page: Page):
    """Given the catalogue, when a coordinator opens it, who measures what stands one press away."""
    sign_in(page, "klyngekoordinator")
    page.goto("/catalogue/")
    check_accessible(page)
    check_keyboard(page)
    go(main(page).get_by_role("link", name="Hvem måler hvad, og hvor måler ingen?"))
    expect(page.get_by_text("Her måler ingen").first).to_be_visible()
    check_accessible(page)
    go(main(page).get_by_role("link", name=re.compile("måling.*Kommune, Bedre oplevelse")))
    expect(page.locator("#behind")).to_contain_text(FOLLOW_UP)
    check_accessible(page)
    page.goto("/catalogue/")
    go(main(page).get_by_role("link", name="Ved, hvem de kan ringe til"))
    check_accessible(page)
    check_keyboard(page)
    page.goto("/catalogue/")
    go(main(page).get_by_role("link", name="Udskrevne med ajourført FMK"))
    check_accessible(page)
    check_keyboard(page)
