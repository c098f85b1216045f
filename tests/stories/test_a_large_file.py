"""An analyst sends a large workbook that nobody made for Kernen, says what it holds, and the next
one is read so."""

import re
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.stories.acts import check_accessible, check_keyboard, go, sign_in
from tests.stories.conftest import PageAt

MEASURE = "Besøgt hjemme inden for syv dage"
PLACES = ["Horsens Kommune", "Hedensted Kommune", "Kommune 727"]


def workbook(path: Path, year: int) -> Path:
    """Titles above the headings, an older list in another sheet, women and men beside all, and a
    place by its number."""
    made = openpyxl.Workbook()
    made.active.append(["Udtrukket fra BI"])
    for title, years in (("Historik", [2016]), ("Aktuelt", [year])):
        sheet = made.create_sheet(title)
        for line in (["Besøg efter udskrivelse"], [], ["Filter", "Alle"]):
            sheet.append(line)
        sheet.append(["Kommune", "Måned", "Kvinder", "Mænd", "Alle", "Heraf besøgt"])
        for place in PLACES:
            for month in range(1, 13):
                sheet.append([place, f"{month:02}-{years[0]}", 11, 13, 24, 12 + month])
    made.save(path)
    return path


def send(page: Page, deliver: str, file: Path) -> None:
    page.goto(deliver)
    page.locator("input[type=file]").set_input_files(file)
    go(page.get_by_role("main").get_by_role("button", name="Se, hvordan"))


def shows(page: Page, heading: str) -> None:
    """Once the worker has come to the file, and has read it."""
    expect(page.get_by_role("heading", name=heading)).to_be_visible(timeout=60_000)


def test_a_workbook_is_put_right_once(page_at: PageAt, tmp_path: Path):
    page = page_at(1280)
    main = page.get_by_role("main")
    # Given whoever looks after the figures of six municipalities, and a workbook from a BI system
    sign_in(page, "Henrik Vestervang")
    page.goto("/measures/?q=" + MEASURE.replace(" ", "+"))
    go(main.locator("a[href^='/series/']").first)
    go(main.locator("a[href^='/measures/']").first)
    deliver = f"{page.url}deliver/"
    send(page, deliver, workbook(tmp_path / "besøg 2019.xlsx", 2019))
    # When it is asked which sheet counts, and which place is meant
    shows(page, "Vælg, hvad der skal læses")
    expect(main).to_contain_text("Der står tal i flere ark: Historik, Aktuelt.")
    check_accessible(page)
    check_keyboard(page)
    page.get_by_label("Ark").select_option("Aktuelt")
    go(main.get_by_role("button", name="Læs igen som valgt"))
    shows(page, "1 ting skal rettes først")
    page.get_by_label("Kommune 727").select_option("Odder Kommune")
    go(main.get_by_role("button", name="Læs igen som valgt"))
    # Then all is seen before it is loaded
    shows(page, "Er det forstået rigtigt?")
    check_accessible(page)
    check_keyboard(page)
    load = main.get_by_role("button", name=re.compile("^Indlæs 36 tal"))
    if (why := page.get_by_label("Hvorfor rettes tal?")).count():
        why.fill("Trukket igen")
    go(load)
    shows(page, "Tallene er indlæst")
    # And the next one like it is read so, without a question
    send(page, deliver, workbook(tmp_path / "besøg 2020.xlsx", 2020))
    shows(page, "Er det forstået rigtigt?")
    expect(main).to_contain_text("Læst som sidst")
    expect(page.get_by_label("Ark")).to_have_value("Aktuelt")
    page.set_viewport_size({"width": 390, "height": 844})
    check_accessible(page)
    go(main.get_by_role("button", name="Vælg en anden fil"))
