"""Is it an improvement, and how much? A change that reached places one after another is weighed,
the result is frozen, and another reader finds it as it was."""

import re

from playwright.sync_api import Page, expect

from tests.stories.acts import check_accessible, check_keyboard, go, sign_in, tab
from tests.stories.conftest import PageAt

NUMBERED = re.compile(r"/results/\d+/$")


def look(page: Page) -> None:
    check_accessible(page)
    check_keyboard(page)


def follow(page: Page, name: str) -> None:
    go(page.get_by_role("main").get_by_role("link", name=name, exact=True).first)


def press(page: Page, name: str) -> None:
    go(page.get_by_role("main").get_by_role("button", name=name, exact=True))


def opens_the_measures(page: Page, title: str) -> None:
    page.goto(f"/initiatives/?q={title}")
    follow(page, title)
    tab(page, "Målinger")


def says_when_the_last_place_started(page: Page) -> None:
    follow(page, "Besøgt hjemme inden for syv dage")
    follow(page, "Hvor meget ændrede det?")
    expect(page.get_by_role("heading", level=2)).to_contain_text("procentpoint højere")
    look(page)
    follow(page, "Sig, hvornår hvert sted begyndte")
    look(page)
    place = page.get_by_role("group", name="Favrskov Kommune")
    expect(place).to_contain_text("Sagt af ")
    place.get_by_label("Første periode med ændringen").select_option(label="januar 2020")
    place.get_by_label("Hvor ved du det fra?").fill("De begyndte alligevel efter nytår.")
    press(page, "Gem")


def freezes_the_result(page: Page) -> str:
    expect(page.get_by_role("main")).to_contain_text("begyndt")
    press(page, "Frys resultatet")
    expect(page).to_have_url(NUMBERED)
    expect(page.get_by_role("main")).to_contain_text("Resultatet er frosset")
    look(page)
    shown = page.locator("figure.chart svg >> visible=true")
    assert shown.count() == 1
    expect(shown).to_contain_text("Favrskov Kommune")
    citation = page.get_by_role("textbox", name="Henvis til resultatet").input_value()
    assert citation.startswith("Kernen, resultat ")
    press_copy(page)
    return page.url


def press_copy(page: Page) -> None:
    page.get_by_role("button", name="Kopiér", exact=True).click()
    expect(page.locator("[data-copy] + [role=status]")).not_to_be_empty()


def meets_too_few_figures(page: Page) -> None:
    opens_the_measures(page, "Multisygdom: egen læge med på konferencen")
    follow(page, "Konferencer med egen læge på video")
    expect(page.get_by_role("main")).to_contain_text("Det kræver tal fra mindst 3")
    follow(page, "Diagnostisk Center Silkeborg, Hospitalsenhed Midt")
    follow(page, "Hvor meget ændrede det?")
    expect(page.get_by_role("heading", level=2)).to_contain_text("for få tal til at sige det")
    expect(page.get_by_role("main")).to_contain_text("spørg projektlederen, Anders Lindeborg")
    look(page)


def test_what_a_change_did_is_weighed_frozen_and_found_again(page: Page, page_at: PageAt):
    # Given the coordinator of a measure whose places started one after another
    sign_in(page, "Henrik Vestervang")
    opens_the_measures(page, "Opfølgende hjemmebesøg")
    # When it is said when the last of them started, and the result is frozen
    says_when_the_last_place_started(page)
    address = freezes_the_result(page)
    # Then a reader meets the same result, and why there is none where figures are too few
    other = page_at(page.viewport_size["width"])
    sign_in(other, "Birgitte Sandager")
    other.goto(address)
    expect(other.get_by_role("heading", level=2)).to_contain_text("når et sted er begyndt")
    look(other)
    meets_too_few_figures(other)
