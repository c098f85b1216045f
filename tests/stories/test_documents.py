"""Somebody adds what others need to do as they do, replaces it, and takes an earlier one back."""

import re

from playwright.sync_api import Page, expect

from kernen.documents.tests.files import PDF
from tests.stories.acts import check_accessible, check_keyboard, go, sign_in


def look(page: Page) -> None:
    check_accessible(page)
    check_keyboard(page)


def file(name: str, held: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "application/pdf", "buffer": held}


def drop(page: Page, name: str, text: str) -> None:
    """As if a file were drawn from the desk onto the form."""
    data = page.evaluate_handle(
        """([name, text]) => {
          const data = new DataTransfer();
          data.items.add(new File([text], name));
          return data;
        }""",
        [name, text],
    )
    page.dispatch_event("form[data-upload]", "drop", {"dataTransfer": data})


def test_files_are_added_replaced_and_brought_back(page: Page):
    width = page.viewport_size["width"]
    # Given a lead who registers an initiative, which has no documents
    sign_in(page, "Mads Thorlund")
    page.goto("/initiatives/register/")
    page.get_by_label("Hvad hedder det?").fill(f"Rolig aften {width}")
    page.get_by_label("Hvilket problem løser det?").fill("Aftener er urolige.")
    page.get_by_label("Viborg Kommune").check()
    go(page.get_by_role("main").get_by_role("button", name="Registrér", exact=True))
    go(page.get_by_role("link", name="Dokumenter"))
    main = page.get_by_role("main")
    expect(main).to_contain_text("Ingen dokumenter endnu")
    look(page)
    # When two files are chosen, of which one is no document
    page.get_by_label("Filer").set_input_files(
        [file("Vejledning.pdf", PDF), file("Side.pdf", b"<!doctype html>")]
    )
    expect(page.locator("[data-said]")).to_contain_text("Side.pdf")
    page.get_by_role("button", name="Læg ind").click()
    # Then the one is there, and of the other it is said why not
    expect(main).to_contain_text("1 dokument er lagt ind")
    expect(main).to_contain_text("”Side.pdf”: Indholdet er af en type")
    expect(page.get_by_role("link", name="Dokumenter")).to_have_text(re.compile("1$"))
    look(page)
    # And a file can be dropped, and gets a new version
    drop(page, "Skema.txt", "Spørgsmål et")
    page.get_by_role("button", name="Læg ind").click()
    go(page.get_by_role("link", name="Skema", exact=True))
    page.get_by_label(re.compile("^Fil")).set_input_files(file("Skema 2.txt", b"Andet"))
    page.get_by_label("Hvad er nyt?").fill("Kortere")
    page.get_by_role("button", name="Læg versionen ind").click()
    expect(main).to_contain_text("Version 2 er lagt ind")
    look(page)
    go(page.get_by_role("button", name="Hent frem igen version 1"))
    expect(main).to_contain_text("som version 3")
    # And what is downloaded is what was sent
    with page.expect_download() as download:
        main.locator("a.button[download]").first.click()
    assert download.value.path().read_text() == "Spørgsmål et"


def test_a_file_that_is_too_large_is_left_out_before_it_is_sent(page: Page):
    sign_in(page, "Administrator")
    page.goto("/initiatives/1/documents/")
    page.locator("form[data-upload]").evaluate("form => form.dataset.upload = 5")
    page.get_by_label("Filer").set_input_files([file("Stor.pdf", PDF), file("Lille.txt", b"Hej")])
    expect(page.locator("[data-said]")).to_contain_text("”Stor.pdf” er udeladt: den er for stor.")
    assert page.get_by_label("Filer").evaluate("input => input.files.length") == 1
    check_accessible(page)
