"""A ward follows something rare: the days between, entered where it happened, and corrected."""

import re
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.stories.acts import go, sign_in, tab
from tests.stories.test_does_it_work import follow, look, press, registers

TODAY = date.today()
#: Falls a good week apart, and then three weeks and more.
AGO = [400, 391, 380, 373, 362, 352, 345, 334, 326, 316, 305, 298, 274, 250, 221, 199, 170, 148]
AGO += [119, 96, 70, 47, 20]


def counts_falls_by_their_dates(page: Page) -> None:
    tab(page, "Målinger")
    follow(page, "Ny måling")
    page.get_by_label("Navn").fill("Dage mellem fald")
    expect(page.get_by_label(re.compile("^Nævner"))).to_be_visible()
    expect(page.get_by_label(re.compile("^Pr."))).to_be_hidden()
    page.get_by_label("Sjældne hændelser: datoerne, hvor det skete").check()
    for name in ("Pr.", "Hyppighed", "Tæller", "Nævner"):
        expect(page.get_by_label(re.compile(f"^{re.escape(name)}"))).to_be_hidden()
    press(page, "Gem, og gå videre til tallene")
    days = [(TODAY - timedelta(days=ago)).strftime("%d-%m-%Y") for ago in AGO]
    page.get_by_label("Eller sæt cellerne ind her").fill("\n".join(days))
    press(page, "Tjek tallene")
    expect(page.get_by_role("table").first).to_contain_text("Hændelser den dag")
    look(page)
    press(page, f"Indlæs {len(AGO)} datoer")


def sees_how_long_it_is_and_chooses_the_proposed_chart(page: Page) -> None:
    expect(page.get_by_text("20 dage siden den seneste")).to_be_visible()
    look(page)
    follow(page, "Se det")
    expect(page.locator(".chart-caption")).to_contain_text("T-diagram")
    press(page, "Vis målingen sådan")
    follow(page, "Hospitalsenhed Midt")


def enters_one_more_and_corrects_it(page: Page) -> None:
    page.get_by_label("Det skete igen den").fill((TODAY - timedelta(days=2)).isoformat())
    look(page)
    press(page, "Skriv det ind")
    expect(page.get_by_text("2 dage siden den seneste")).to_be_visible()
    go(page.get_by_role("table").get_by_role("link").first)
    look(page)
    page.get_by_label("Det skete en anden dag").fill((TODAY - timedelta(days=3)).isoformat())
    page.get_by_label("Hvorfor?").fill("Datoen var for indberetningen.")
    press(page, "Gem")
    expect(page.get_by_text("3 dage siden den seneste")).to_be_visible()
    expect(page.get_by_role("table").locator("tbody tr").first).to_contain_text("17 dage")


def test_something_rare_is_entered_where_it_happened_and_corrected(page: Page):
    assert page.viewport_size
    # Given a ward that wants to know whether it is longer between falls
    sign_in(page, "Mads Thorlund")
    registers(page, f"Ingen alvorlige fald {page.viewport_size['width']}")
    # When it loads the dates it has, and one more fall happens
    counts_falls_by_their_dates(page)
    sees_how_long_it_is_and_chooses_the_proposed_chart(page)
    # Then the days between are counted anew, and again when the date proves wrong
    enters_one_more_and_corrects_it(page)
