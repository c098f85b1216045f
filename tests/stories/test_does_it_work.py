"""The main job from end to end: register an initiative, load its figures, see whether it works."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.stories.acts import check_accessible, check_keyboard, go, sign_in, tab
from tests.stories.conftest import PageAt

#: Sixteen months before a change and twelve after it, as a Danish spreadsheet saves them.
BEFORE = [44, 40, 47, 42, 51, 40, 45, 43, 38, 46, 41, 44, 39, 48, 42, 45]
AFTER = [36, 33, 29, 31, 27, 30, 26, 28, 24, 27, 25, 29]
MONTHS = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]


def rows() -> list[str]:
    return [
        f"{MONTHS[number % 12]} {2016 + number // 12};{days},5;"
        for number, days in enumerate(BEFORE + AFTER)
    ]


def look(page: Page) -> None:
    """What is looked for on every page that the story meets."""
    check_accessible(page)
    check_keyboard(page)


def press(page: Page, name: str) -> None:
    go(page.get_by_role("main").get_by_role("button", name=name, exact=True))


def follow(page: Page, name: str) -> None:
    go(page.get_by_role("main").get_by_role("link", name=name, exact=True).first)


def registers(page: Page, title: str) -> None:
    page.goto("/initiatives/")
    follow(page, "Registrér et initiativ")
    look(page)
    page.get_by_label("Hvad hedder det?").fill(title)
    page.get_by_label("Hvilket problem løser det?").fill(
        "Borgere venter for længe på den første samtale efter en henvisning."
    )
    page.get_by_label("Viborg Kommune").check()
    press(page, "Registrér")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_role("heading", name="Mest nyttigt nu")).to_be_visible()
    look(page)


def adds_a_measure(page: Page) -> None:
    tab(page, "Målinger")
    look(page)
    follow(page, "Ny måling")
    look(page)
    page.get_by_label("Navn").fill("Ventetid til første samtale")
    page.get_by_label("Én værdi pr. periode").check()
    page.get_by_label("Enhed", exact=False).first.fill("dage")
    page.get_by_label("Lavere er bedre").check()
    page.get_by_label(re.compile("^Målværdi")).fill("30")
    press(page, "Gem, og gå videre til tallene")
    expect(page.get_by_role("heading", name="Indlæs tal")).to_be_visible()
    look(page)


def uploads_with_one_bad_row_and_mends_it(page: Page, folder: Path) -> None:
    lines = rows()
    lines[6] = "jul 2016;femogfyrre;"
    file = folder / "ventetid.csv"
    file.write_bytes("\r\n".join(["Måned;Ventetid (dage);Bemærkning", *lines]).encode("cp1252"))
    page.get_by_label("En fil fra dit regneark").set_input_files(file)
    press(page, "Tjek tallene")
    problem = page.get_by_role("alert")
    expect(problem).to_contain_text("Række 8")
    expect(problem).to_contain_text("femogfyrre")
    look(page)
    text = page.get_by_label("Cellerne, som de blev læst")
    text.fill(text.input_value().replace("femogfyrre", "45,5"))
    press(page, "Tjek igen")
    expect(page.get_by_role("button", name="Indlæs 28 perioder")).to_be_visible()
    look(page)
    press(page, "Indlæs 28 perioder")
    expect(page.locator("figure.chart")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("28 nye tal er indlæst")


def sees_the_chart_and_splits(page: Page) -> None:
    expect(
        page.get_by_role("heading", name=re.compile("Ventetid til første samtale"))
    ).to_be_visible()
    shown = page.locator("figure.chart svg >> visible=true")
    assert shown.count() == 1
    look(page)
    follow(page, "I-diagram")
    expect(shown).to_contain_text("Øvre grænse")
    expect(page.locator(".chart-caption")).to_contain_text("I-diagram; Anhøjs regler")
    look(page)
    follow(page, "Seriediagram")
    follow(page, "Skriv på tidsaksen")
    page.get_by_label("Dag", exact=True).fill("2017-05-08")
    page.get_by_label("Hvad der skete").fill("Fælles visitationsteam")
    press(page, "Gem")
    expect(page.locator(".suggestion")).to_contain_text("”Fælles visitationsteam” (maj 2017)")
    look(page)
    follow(page, "Begynd en ny fase der")
    look(page)
    expect(page.get_by_label("Den nye fase begynder med")).to_have_value("2017-05-01")
    page.get_by_label("Hvorfor begynder en ny fase her?").fill(
        "Fra maj har alle afsnit brugt det fælles visitationsteam."
    )
    press(page, "Gem")
    expect(page.get_by_role("heading", level=2).first).to_contain_text(
        "faldet fra 44 til 29 dage, en forbedring"
    )
    look(page)


def follows_one_more_place_and_reads_both(page: Page) -> None:
    follow(page, "Ventetid til første samtale")
    follow(page, "Tilføj et sted")
    page.get_by_label("Hvor måles der?").select_option(label="Viborg Kommune")
    press(page, "Gem")
    calm = [f"{row.split(';')[0]};{BEFORE[at % 16]}" for at, row in enumerate(rows())]
    page.get_by_label("Eller sæt cellerne ind her").fill("\n".join(["Måned;Værdi", *calm]))
    press(page, "Tjek tallene")
    press(page, "Indlæs 28 perioder")
    follow(page, "Ventetid til første samtale")
    places = page.locator(".multiples > li")
    expect(places).to_have_count(2)
    expect(places.filter(has_text="Viborg Kommune")).to_contain_text("Ingen tegn på ændring")
    look(page)
    follow(page, "Samme skala")
    expect(page.get_by_role("link", name="Samme skala")).to_have_attribute("aria-current", "true")


def finds_it_in_the_overview(page: Page, title: str) -> None:
    page.goto("/initiatives/")
    page.get_by_label("Tekst").fill(title.upper())  # it is looked for once one stops typing
    expect(page).to_have_url(re.compile("q="))
    page.reload()  # what is found has an address; and is looked for anew when the field is left
    expect(page.locator("tbody tr")).to_have_count(1)
    look(page)
    follow(page, title)


def reads_all_of_it_and_is_told_why_not_to_edit(page: Page, title: str) -> None:
    page.goto(f"/initiatives/?q={title}")
    follow(page, title)
    expect(page.get_by_role("main")).to_contain_text("spørg projektlederen, Mads Thorlund")
    look(page)
    for name in ("Hvem er med", "Målinger", "Forløb"):
        tab(page, name)
        look(page)
    tab(page, "Målinger")
    go(page.get_by_role("listitem").filter(has_text="faldet fra").get_by_role("link"))
    expect(page.locator("figure.chart")).to_be_visible()
    look(page)
    page.goto(f"{page.url}split/")
    expect(page.get_by_role("main")).to_contain_text("spørg projektlederen, Mads Thorlund")
    look(page)


def test_from_four_fields_to_a_sentence_that_says_whether_it_works(
    page: Page, page_at: PageAt, tmp_path: Path
):
    width = page.viewport_size["width"]
    title = f"Hurtigere første samtale {width}"
    # Given a coordinator with a new solution, and its figures in a spreadsheet
    sign_in(page, "Mads Thorlund")
    # When it is registered, measured and split
    registers(page, title)
    adds_a_measure(page)
    uploads_with_one_bad_row_and_mends_it(page, tmp_path)
    sees_the_chart_and_splits(page)
    follows_one_more_place_and_reads_both(page)
    # Then it is found again, and another person reads all of it but changes nothing
    finds_it_in_the_overview(page, title)
    other = page_at(width)
    sign_in(other, "Birgitte Sandager")
    reads_all_of_it_and_is_told_why_not_to_edit(other, title)
