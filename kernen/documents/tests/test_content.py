"""What a file is, by what it holds; its name is not even asked for."""

import io
import zipfile

import openpyxl
import pytest
from django.core.exceptions import ValidationError

from kernen.documents import content
from kernen.documents.content import examine

from . import files


def refused(held: bytes) -> str:
    with pytest.raises(ValidationError) as told:
        examine(io.BytesIO(held))
    return " ".join(told.value.messages)


@pytest.mark.parametrize(
    ("held", "ending"),
    [
        (files.PDF, "pdf"),
        (files.PNG, "png"),
        (files.JPEG, "jpg"),
        (files.WEBP, "webp"),
        (files.office("docx"), "docx"),
        (files.office("xlsx"), "xlsx"),
        (files.office("pptx"), "pptx"),
        (files.open_document("text"), "odt"),
        (files.open_document("spreadsheet"), "ods"),
        (files.open_document("presentation"), "odp"),
        ("Blåbærgrød på en ø".encode(), "txt"),
        ("Blåbærgrød på en ø".encode("cp1252"), "txt"),
        ("Blåbærgrød på en ø".encode("utf-16"), "txt"),
        (b"uge;antal\n47;128\n", "txt"),
    ],
)
def test_a_type_is_known_by_what_the_file_holds(held: bytes, ending: str):
    assert examine(io.BytesIO(held)).endings[0] == ending


def test_a_workbook_as_a_spreadsheet_program_writes_it_is_taken():
    book, made = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    book.active.append(["uge", 47, 128, 0.1234567891, "3. juli 2018"])
    book.save(made)
    assert examine(made).label == "Excel"


@pytest.mark.parametrize(
    "held",
    [
        files.HTML,
        b"\n  <html><body>",
        files.SVG,
        b"<?xml version='1.0'?><svg/>",
        files.EXE,
        b"#!/bin/sh\nrm -rf /\n",
        b"\x7fELF\x02\x01\x01" + b"\x00" * 64,
        b"GIF89a" + b"\x00" * 32,
        b"{\\rtf1 Hej}",
        files.packed({"a.exe": files.EXE}),
        files.packed({"mimetype": "text/html", "META-INF/manifest.xml": ""}),
    ],
)
def test_what_is_not_on_the_list_is_refused_and_the_list_is_told(held: bytes):
    assert "PDF, DOCX, XLSX" in refused(held)


def test_an_empty_file_is_refused():
    assert refused(b"") == content.EMPTY


def test_an_old_or_locked_office_file_is_refused_with_what_to_do():
    assert refused(files.OLD_OFFICE) == content.OLD_OFFICE


@pytest.mark.parametrize(
    "held",
    [
        files.office("docx", **{"word/vbaProject.bin": b"x"}),
        files.office("xlsx", **{"xl/activeX/activeX1.bin": b"x"}),
        files.open_document("text", **{"Basic/Standard/Module1.xml": "<x/>"}),
        files.packed({"[Content_Types].xml": "sheet.macroEnabled.main+xml"}),
    ],
)
def test_macros_are_refused(held: bytes):
    assert refused(held) == content.MACROS


def test_a_locked_document_is_refused():
    locked = {"META-INF/manifest.xml": "<m:encryption-data/>"}
    assert refused(files.open_document("text", **locked)) == content.LOCKED


def test_a_locked_part_is_refused():
    held = bytearray(files.office("docx"))
    held[held.rindex(b"PK\x01\x02") + 8] |= 1  # the flag in the list of parts
    assert refused(bytes(held)) == content.LOCKED


def test_a_file_that_unpacks_to_far_too_much_is_refused_before_it_is_unpacked():
    made = io.BytesIO(files.office("docx"))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/more.xml", b" " * (content.UNPACKED_TEXT + 1))
    assert len(made.getvalue()) < 2**20
    assert refused(made.getvalue()) == content.TOO_TIGHT


@pytest.mark.parametrize("cut", [0.5, 0.9])
def test_a_damaged_file_is_refused(cut: float):
    held = files.office("docx", "<w:p/>" * 500)
    assert refused(held[: int(len(held) * cut)]) == content.BROKEN


@pytest.mark.parametrize(
    "held",
    [
        f"navn;cpr\nA;{files.CPR}\n".encode(),
        f"navn;cpr\nA;{files.CPR}\n".encode("utf-16"),
        b"x" * (content.CHUNK - 4) + b" " + files.CPR.encode(),
        files.office("docx", "<w:p><w:t>070761</w:t><w:r><w:b/></w:r><w:t>-4285</w:t></w:p>"),
        files.office("docx", "<w:p/>" * 200_000 + f"<w:p>{files.CPR}</w:p>"),
        files.office("xlsx", "<c><v>0707614285</v></c>"),
        files.office("xlsx", "<c><v>707614285</v></c>"),
        files.office("pptx", f"<a:p><a:t>{files.CPR}</a:t></a:p>"),
        files.open_document("text", **{"content.xml": f"<text:p>{files.CPR}</text:p>"}),
    ],
)
def test_a_civil_registration_number_is_found_and_not_repeated(held: bytes):
    told = refused(held)
    assert told == content.CPR
    assert "4285" not in told


def test_a_civil_registration_number_in_a_pdf_is_told_with_its_page():
    told = refused(files.pdf("Referat", f"Patient {files.CPR}"))
    assert told == content.CPR_ON_PAGE % {"page": 2}


def test_a_pdf_with_a_password_is_refused_with_what_to_do():
    assert refused(files.pdf("Referat", password="hemmelig")) == content.LOCKED


@pytest.mark.parametrize("cut", [0.1, 0.5])
def test_a_damaged_pdf_is_refused(cut: float):
    assert refused(files.PDF[: int(len(files.PDF) * cut)]) == content.UNREADABLE


def test_figures_in_neighbouring_cells_are_no_civil_registration_number():
    held = files.office("xlsx", "<c><f>070761</f><v>4285</v></c><c><v>070761</v></c><c>4285</c>")
    assert examine(io.BytesIO(held)).label == "Excel"
