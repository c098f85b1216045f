"""A lead says what is gained and what it costs, and sees at once who pays and who gains."""

from playwright.sync_api import Page

from tests.stories.acts import check_accessible, check_keyboard, go, sign_in


def test_a_lead_says_a_gain_and_a_cost_and_reads_who_pays(page: Page):
    # Given the lead of an initiative of which nothing is said yet
    sign_in(page, "Signe Agerbæk")
    page.goto("/initiatives/")
    go(page.get_by_role("link", name="KOL: færre indlæggelser").first)
    go(page.get_by_role("link", name="Værdi", exact=True))
    said = page.get_by_text("Der står ikke, hvad nogen får ud af det").first
    if said.is_visible():  # the other width may have come first
        check_accessible(page)

    # When she says what the hospital gains, in one small form
    go(page.get_by_role("link", name="Region og hospitaler, Økonomi"))
    check_accessible(page)
    page.get_by_label("Hvad er gevinsten?").fill("Færre sengedage")
    page.get_by_label("Sandsynligt").fill("800.000")
    page.get_by_label("Fra år").fill("2016")
    page.get_by_label("Til og med år").fill("2018")
    go(page.get_by_role("button", name="Gem"))
    check_accessible(page)
    check_keyboard(page)

    # and what the municipalities pay
    go(page.get_by_role("link", name="Tilbage til værdien"))
    go(page.get_by_role("link", name="Tilføj en omkostning"))
    page.get_by_label("Hvem betaler?").select_option("municipality")
    page.get_by_label("Hvad bliver der betalt for?").fill("Besøg dagen efter")
    page.get_by_label("Sandsynligt").fill("300.000")
    page.get_by_label("Fra år").fill("2016")
    page.get_by_label("Til og med år").fill("2018")
    go(page.get_by_role("button", name="Gem"))

    # Then the page says it in a sentence, and what could change hands
    heading = page.get_by_role("heading", name="Kommunerne betaler netto").first
    assert "region og hospitaler får" in str(heading.text_content())
    assert page.get_by_text("vil holde alle organisationer skadesløse").first.is_visible()
    check_accessible(page)
    check_keyboard(page)
