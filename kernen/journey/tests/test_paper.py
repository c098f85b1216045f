"""An initiative on one sheet: always one page, and read aloud as it is seen."""

from datetime import date
from io import BytesIO

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from kernen.initiatives import actions
from kernen.journey.management.fitness import pdf_files_can_be_made
from kernen.journey.paper.pdf import room_on_one_page
from kernen.journey.paper.sheet import ROOMS, Sheets
from kernen.lib import printer
from kernen.measures import actions as measures

LONG = "Mange ældre borgere falder om natten, og ingen ved endnu hvorfor det går sådan. " * 80


@pytest.fixture
def client(world, sign_in):
    return sign_in(world.coordinator)


def longest(world):
    """Every text at its limit or far beyond a page, many parties and measures."""
    by, first = world.coordinator, world.first
    actions.tell(
        initiative=first,
        by=by,
        title="Ældres fald: " + "Langtidshospitalsindlæggelse " * 4,
        problem="x" * 6000,
        purpose=LONG,
        target_group="Borgere over 65 år. " * 14,
        citizens=LONG,
        orientation="upstream",
    )
    goals = dict.fromkeys(("health", "experience", "cost"), LONG)
    actions.set_goals(initiative=first, by=by, goals=goals)
    for _ in range(21):
        actions.involve(initiative=first, organisation=world.organisation(), by=by)
    for number in range(5):
        person = world.person("contributor")
        actions.appoint(initiative=first, person=person, role="member", by=by)
        name = (
            f"Andel af borgere over 65 år, der falder om natten i eget hjem, sted nummer {number}"
        )
        measure = measures.define(
            initiative=first, name=name, numerator="Faldne", denominator="Alle", by=by
        )
        world.series(measure)
    actions.move(initiative=first, event="stop", words=LONG, by=by)
    first.refresh_from_db()
    return first


def shortest(world):
    return actions.register(
        title="Æ", problem="ø", organisations=[world.hospital], cluster=None, by=world.coordinator
    )


def taken(client, initiative, ending, language="da"):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = client.get(reverse(f"initiative_{ending}", args=[initiative.pk]))
    assert answer.status_code == 200
    return answer, b"".join(answer)


def words_of(content):
    return " ".join(
        " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split()
    )


def elements(node):
    """The structure of a PDF: every element in the order of reading."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object()
        if isinstance(kid, dict):
            yield kid
            yield from elements(kid)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("make", [longest, shortest], ids=["longest", "shortest"])
def test_the_pdf_is_one_tagged_page_that_says_its_language_and_title(client, world, make, language):
    initiative = make(world)
    _answer, content = taken(client, initiative, "pdf", language)
    [page] = (pdf := PdfReader(BytesIO(content))).pages
    assert [round(side) for side in page.mediabox] == [0, 0, 595, 842]
    root = pdf.root_object
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    said = root["/Metadata"].get_data().decode()
    assert 'pdfuaid:part="1"' in said
    assert pdf.xmp_metadata.dc_title["x-default"] == initiative.title
    tree = list(elements(root["/StructTreeRoot"]))
    kinds = [element.get("/S") for element in tree]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") >= 4
    figures = [element for element in tree if element.get("/S") == "/Figure"]
    assert all(figure["/Alt"] for figure in figures)
    assert bool(figures) == (make is longest)
    for face in page["/Resources"]["/Font"].values():
        assert "IBM" in face["/BaseFont"], "letters of another typeface"


def test_a_text_without_room_ends_at_a_sentence_and_the_address_tells_where_it_goes_on(
    client, world
):
    initiative = longest(world)
    said = words_of(taken(client, initiative, "pdf")[1])
    assert "hvorfor det går sådan. …" in said
    assert f"http://testserver{initiative.get_absolute_url()}" in said
    assert " flere" in said  # of many parties the first


def test_the_strictest_room_holds_more_than_anything_that_can_be_written(client, world):
    with override("da"):
        assert room_on_one_page(Sheets(longest(world), "https://kernen.example.org/")) in ROOMS[:-1]


def test_a_short_initiative_is_set_in_larger_letters(client, world):
    with override("da"):
        assert room_on_one_page(Sheets(shortest(world), "https://kernen.example.org/")) == ROOMS[0]


def test_the_sheet_says_what_a_reader_needs(client, world):
    first = world.first
    actions.tell(initiative=first, purpose="Tryggere nætter.", by=world.coordinator)
    said = words_of(taken(client, first, "pdf")[1])
    for wanted in (
        first.title, "A problem", "Tryggere nætter.", "Fewer falls", "Idé", "Hospital", "Kommune",
        "Almen praksis: ikke med endnu", world.coordinator.name, world.hospital.name,
        "Measure", "Udskrevet", "Intet mål endnu.",
    ):  # fmt: skip
        assert wanted in said, wanted


def test_a_file_is_named_by_the_title_with_its_danish_letters(client, world):
    actions.tell(initiative=world.first, title='Ældre: "Ønsk/Å"', by=world.coordinator)
    answer, _content = taken(client, world.first, "pdf")
    assert "%C3%86ldre%20%C3%98nsk%20%C3%85.pdf" in answer["Content-Disposition"]
    assert answer["Content-Type"] == "application/pdf"


def test_figures_that_are_made_up_are_marked(client, world):
    measure = world.first.measures.earliest("pk")
    place = measures.open_series(
        measure=measure, organisation=world.municipality, made_up=True, by=world.coordinator
    )
    assert "Eksempeldata" not in words_of(taken(client, world.first, "pdf")[1])
    world.load(place, date(2018, 1, 1), date(2019, 8, 1))
    assert "Eksempeldata" in words_of(taken(client, world.first, "pdf")[1])


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("make", [longest, shortest], ids=["longest", "shortest"])
def test_the_word_file_has_headings_language_and_words_for_its_charts(
    client, world, make, language
):
    initiative = make(world)
    _answer, content = taken(client, initiative, "docx", language)
    document = Document(BytesIO(content))
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles[:2] == ["Title", "Subtitle"]
    assert styles.count("Heading 1") >= 4
    said = document.core_properties
    assert (said.title, said.language) == (
        initiative.title,
        {"da": "da-DK", "en": "en-GB"}[language],
    )
    assert document.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == said.language
    pictures = document.inline_shapes
    assert bool(len(pictures)) == (make is longest)
    assert all(picture._inline.docPr.get("descr") for picture in pictures)
    assert sum(len(p.text) for p in document.paragraphs) < 5500
    assert "http://testserver" in document.sections[0].footer.paragraphs[0].text


def test_without_its_library_the_page_says_so_and_word_still_works(client, world, monkeypatch):
    printer.printer.cache_clear()

    def missing(name):
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(printer, "import_module", missing)
    answer = client.get(reverse("initiative_pdf", args=[world.first.pk]))
    assert answer.status_code == 403
    assert "Biblioteket Pango mangler på serveren" in answer.content.decode()
    [told] = pdf_files_can_be_made()
    assert "apt install" in told.hint
    taken(client, world.first, "docx")
    monkeypatch.undo()
    printer.printer.cache_clear()
    assert not pdf_files_can_be_made()


def test_a_stopped_initiative_says_what_was_learned(client, world):
    actions.move(
        initiative=world.first, event="stop", words="Natlys hjalp ikke.", by=world.coordinator
    )
    said = words_of(taken(client, world.first, "pdf")[1])
    assert "Det lærte vi Natlys hjalp ikke." in said
