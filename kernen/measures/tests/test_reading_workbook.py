"""XLSX files: typed cells, formulas, several sheets, and what may hide in them."""

import io
import zipfile
from datetime import date, datetime, time
from decimal import Decimal

import openpyxl
import pytest
from django.utils.translation import override
from openpyxl.comments import Comment

from kernen.measures.reading import workbook
from kernen.measures.reading.cells import Unreadable
from kernen.measures.reading.choosing import read_file
from kernen.measures.reading.figures import understand
from kernen.measures.reading.files import open_file
from kernen.measures.reading.tables import table_of

CPR = "070761-4285"  # one of the authorities' published test numbers
ROWS = [["Uge", "Tæller", "Nævner"], ["uge 46, 2018", 120, 131], ["uge 47, 2018", 128, 133]]


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def book_of(rows=ROWS):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book


def with_part(data, name, change):
    """The file with one part of it changed, or added."""
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in {*source.namelist(), name}:
            content = source.read(part) if part in source.namelist() else b""
            archive.writestr(part, change(content) if part == name else content)
    return target.getvalue()


def refusal(data):
    with pytest.raises(Unreadable) as refused:
        read_file(data, "tal.xlsx")
    assert "4285" not in str(refused.value)
    return str(refused.value)


def test_numbers_dates_and_texts_keep_their_types():
    book = book_of([["Dato", "Værdi", "Note"], [datetime(2018, 11, 22), 0.1 + 0.2, " a "]])
    book.active.append([date(2018, 11, 23), 1234567, None])
    book.active.append([datetime(2018, 11, 24, 8, 30), True, time(8, 30)])
    assert [row.cells for row in read_file(saved(book), "x").rows] == [
        (date(2018, 11, 22), Decimal("0.3"), "a"),
        (date(2018, 11, 23), Decimal(1234567), None),
        (date(2018, 11, 24), True, "08:30:00"),
    ]


def test_a_percentage_is_read_as_it_is_shown():
    book = book_of([["Uge", "Andel"], ["uge 46, 2018", 0.954]])
    book.active["B2"].number_format = "0.0%"
    assert read_file(saved(book), "x").rows[0].cells[1] == "95,4 %"


def test_formulas_are_read_as_the_value_last_computed():
    formula = b'<c r="B2"><f>100+20</f><v>120</v></c>'
    data = with_part(
        saved(book_of()),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b'<c r="B2" t="n"><v>120</v></c>', formula),
    )
    assert read_file(data, "x").rows[0].cells == ("uge 46, 2018", Decimal(120), Decimal(131))


def test_a_formula_never_computed_is_not_taken_for_an_empty_cell():
    book = book_of()
    book.active["B3"] = "=100+28"
    reading = understand(read_file(saved(book), "x"), frequency="week")
    assert "“=100+28” is a formula and not what it gives" in reading.problems[0].sentence


def test_a_formula_never_computed_is_only_told_of_where_it_is_not_needed():
    book = book_of()
    book.active["D3"] = "=B3/C3"
    found = open_file(saved(book), "x.xlsx")
    assert [str(remark) for remark in found.remarks] == [
        "Sheet “Sheet” has formulas without a result, the first in cell D3. Where their figures are"
        " needed, open the file in a spreadsheet, save it there and try again."
    ]
    assert understand(table_of(found.sheets[0]), frequency="week").ok


def test_the_first_sheet_with_figures_is_read():
    book = openpyxl.Workbook()
    book.active.title = "Læs mig"
    book.active.append(["Version", 2])
    empty, figures, more = (book.create_sheet(name) for name in ("Tom", "Tal", "Flere tal"))
    for row in ROWS:
        figures.append(row)
        more.append(row)
    hidden = book.create_sheet("Skjult", 0)
    hidden.sheet_state = "hidden"
    for row in ROWS:
        hidden.append(row)
    assert read_file(saved(book), "x").sheet == "Tal"
    assert empty.max_row == 1


def test_rows_keep_their_numbers_and_a_far_empty_cell_does_no_harm():
    book = openpyxl.Workbook()
    book.active["B3"], book.active["C3"] = "Uge", "Værdi"
    book.active["B7"], book.active["C7"] = "uge 46, 2018", 27.5
    book.active["XFD1048576"].number_format = "0"
    table = read_file(saved(book), "x")
    assert (table.header_row, [row.number for row in table.rows]) == (3, [7])
    assert table.column_name(1) == "B (Uge)"


def test_a_series_from_a_spreadsheet_end_to_end():
    reading = understand(read_file(saved(book_of()), "x"), frequency="week")
    assert reading.ok
    assert [(f.row, f.start, f.numerator, f.denominator) for f in reading.rows] == [
        (2, date(2018, 11, 12), 120, 131),
        (3, date(2018, 11, 19), 128, 133),
    ]


def test_limits():
    assert refusal(saved(book_of([["Dato", "Antal"], *([["22-11-2018", 5]] * 20_001)]))) == (
        "There are more than 20,000 rows. Load the figures in smaller parts."
    )
    wide = [["Uge", *["x"] * 300], ["uge 46, 2018", *[1] * 300]]
    assert refusal(saved(book_of(wide))).startswith("There are more than 300 columns.")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    data = with_part(saved(book_of()), "xl/media/big.bin", lambda _: b"\0" * (51 * 1024 * 1024))
    assert len(data) < 1024 * 1024
    monkeypatch.setattr(workbook.openpyxl, "load_workbook", lambda *_a, **_k: pytest.fail("opened"))
    assert refusal(data).startswith("The file unpacks to more than 50 MB.")


def test_an_entity_bomb_is_refused():
    bomb = b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><worksheet>&b;</worksheet>"
    data = with_part(saved(book_of()), "xl/worksheets/sheet1.xml", lambda _: bomb)
    assert refusal(data).startswith("The file is built as no spreadsheet program builds it")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_a_damaged_part_is_refused(part):
    data = with_part(saved(book_of()), part, lambda xml: xml[: len(xml) // 2])
    assert refusal(data).startswith("The spreadsheet cannot be opened.")


def test_another_kind_of_zip_file_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    assert refusal(file.getvalue()).startswith("This is not an Excel file (XLSX).")


def test_an_empty_workbook_is_refused():
    assert (
        refusal(saved(openpyxl.Workbook()))
        == "The file is empty. Choose the one that has the figures."
    )


@pytest.mark.parametrize(
    ("value", "number_format"),
    [(CPR, "General"), (707614285, "General"), (101010007, "0000000000"), (2512489996, "General")],
)
def test_a_cpr_number_is_found_in_any_cell_of_any_sheet(value, number_format):
    book = book_of()
    sheet = book.create_sheet("Gemt")
    sheet.sheet_state = "veryHidden"
    sheet["C5"] = value
    sheet["C5"].number_format = number_format
    assert refusal(saved(book)).startswith("Sheet “Gemt” is hidden, and its row 5, column C looks")


def in_comment(book):
    book.active["A1"].comment = Comment(f"Ring til {CPR}", "x")


def in_formula(book):
    book.active["F1"] = f'=IF(A1="{CPR}",1,0)'


def in_name_of_sheet(book):
    book.create_sheet(CPR)


def in_title_of_file(book):
    book.properties.title = CPR


def far_to_the_right(book):
    book.active["AAA9"] = CPR


@pytest.mark.parametrize(
    "hide", [in_comment, in_formula, in_name_of_sheet, in_title_of_file, far_to_the_right]
)
def test_a_cpr_number_beside_the_cells_is_found(hide):
    book = book_of()
    hide(book)
    assert "looks like a civil registration number" in refusal(saved(book))


def test_a_cpr_number_in_two_looks_is_one_number():
    runs = b"<sst><si><r><t>070761</t></r><r><rPr><b/></rPr><t>-4285</t></r></si></sst>"
    data = with_part(saved(book_of()), "xl/sharedStrings.xml", lambda _: runs)
    assert refusal(data).startswith("Something in the file beside its cells looks like")
