"""An analyst's ugly workbook: she reads what is wrong, puts right how it is read, loads it for many
places, sees it in the series, and undoes it as a whole."""

import re
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.stories.acts import check_accessible, check_keyboard, go, sign_in

#: By the width of the screen, for what one has said is remembered: a slip, and no place at all.
NAMES = {1280: ("Hedenstet Kommune", "Hele området"), 390: ("Hedensteds Kommune", "Hele klyngen")}
MONTHS = ["marts", "april", "maj", "juni"]


def workbook(folder: Path, slip: str, none: str) -> Path:
    """Leading lines, headings on two lines, merged cells, a total, a footnote, a hidden sheet, per
    cent signs, Danish months, a name that is misspelt, and one wrong cell."""
    places = ["Horsens", slip, "Odder Kommune", "Skanderborg", none]
    book = openpyxl.Workbook()
    book.active.title = "Læs mig"
    book.active.append(["Udtræk fra LPR. Tallene står i det næste ark."])
    sheet = book.create_sheet("Tal 2020")
    sheet.append(["Hjemmebesøg inden for syv dage, 2020"])
    sheet.append(["Trukket af", "Analyse", "i juli"])
    sheet.append([])
    sheet.append([None, *(cell for place in places for cell in (place, None, None))])
    sheet.append(["Måned", *(["Tæller", "Nævner", "Andel"] * len(places))])
    for at in range(2, 2 + 3 * len(places), 3):
        sheet.merge_cells(start_row=4, end_row=4, start_column=at, end_column=at + 2)
    for number, month in enumerate(MONTHS):
        sheet.append([month, *([20 + number, 40, (20 + number) / 40] * len(places))])
    sheet.append(["I alt", *([86, 160, 86 / 160] * len(places))])
    sheet.append(["Kilde: LPR"])
    sheet["E7"] = "2I"
    for row in sheet.iter_rows(min_row=6):
        for cell in row[3::3]:
            cell.number_format = "0.0%"
    book.create_sheet("Rådata").append(["x", 1])
    book["Rådata"].sheet_state = "hidden"
    file = folder / "Hjemmebesøg ENDELIG (2).xlsx"
    book.save(file)
    return file


def main(page: Page):
    return page.get_by_role("main")


def press(page: Page, name: str) -> None:
    go(main(page).get_by_role("button", name=name))


def look(page: Page) -> None:
    check_accessible(page)
    check_keyboard(page)


def finds_the_measure(page: Page) -> None:
    page.goto("/initiatives/?q=hjemmebesøg")
    go(main(page).locator("a[href^='/initiatives/']", has_text="Opfølgende hjemmebesøg").first)
    page.goto(f"{page.url}measures/")
    go(main(page).get_by_role("link", name="Besøgt hjemme inden for syv dage", exact=True))


def test_an_analysts_ugly_workbook_is_put_right_loaded_for_many_places_and_undone(
    page: Page, tmp_path: Path
):
    slip, none = NAMES[(page.viewport_size or {})["width"]]
    file = workbook(tmp_path, slip, none)
    # Given an analyst with the workbook as she has it
    sign_in(page, "Henrik Vestervang")
    finds_the_measure(page)
    measure = page.url
    go(main(page).get_by_role("link", name="Indlæs tal for alle steder"))
    main(page).get_by_label("En fil fra dit regneark").set_input_files(file)
    press(page, "Tjek tallene")
    # Then she reads what is wrong by row, column and value, and which names nobody knows
    wrong = page.get_by_role("alert")
    expect(wrong).to_contain_text(f"Række 7, kolonne E ({slip}, Tæller): ”2I”")
    expect(wrong).to_contain_text(f"Vælg, hvilket sted ”{none}” er, eller udelad det.")
    expect(main(page)).to_contain_text("Arket ”Rådata” er skjult")
    expect(main(page)).to_contain_text("Valgt, fordi navnene ligner hinanden")
    look(page)
    # When she mends the cell and leaves the sum of all places out
    text = main(page).get_by_label("Cellerne, som de blev læst")
    text.fill(text.input_value().replace("2I", "21"))
    main(page).get_by_label(none, exact=True).select_option("Udelad det")
    main(page).get_by_text("Andre overskrifter").click()
    expect(main(page).get_by_label("række 5")).to_be_checked()
    press(page, "Tjek igen")
    # Then she sees what each place gets, and loads all of it
    main(page).locator("summary", has_text="Hedensted Kommune").click()
    expect(main(page).get_by_role("row", name=re.compile("^april 2020 ny 21 40"))).to_be_visible()
    look(page)
    press(page, "Indlæs tallene for 4 steder")
    expect(main(page)).to_contain_text("16 nye tal er indlæst ved 4 steder")
    # And it stands in the series
    go(main(page).get_by_role("link", name="Hedensted Kommune").first)
    series = page.url
    line = main(page).locator("li", has_text="Hjemmebesøg ENDELIG (2).xlsx").first
    expect(line).to_contain_text("sammen med andre steder")
    # When the file turns out to be another region's, one press takes it out everywhere
    go(line.get_by_role("link", name=re.compile("^Fortryd")))
    expect(main(page)).to_contain_text("Horsens Kommune; Odder Kommune; Skanderborg Kommune")
    main(page).get_by_label("Hvorfor fortrydes indlæsningen?").fill("Det var en anden regions fil")
    check_accessible(page)
    press(page, "Fortryd indlæsningen")
    expect(page).to_have_url(series)
    expect(line).to_contain_text("fortrudt af")
    # And the next workbook is read as she said
    page.goto(f"{measure}load/")
    main(page).get_by_label("En fil fra dit regneark").set_input_files(file)
    press(page, "Tjek tallene")
    expect(main(page)).to_contain_text("Læst som sidst")
    expect(wrong).not_to_contain_text(none)
