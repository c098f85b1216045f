"""A large Excel file is read row by row, and its cells as the reader of small files reads them."""

import tracemalloc
from datetime import date, datetime

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from kernen.measures.delivering import reader, sheets, surveying, taking
from kernen.measures.delivering.duties import take_deliveries
from kernen.measures.delivering.rows import rows_in
from kernen.measures.models import Delivery
from kernen.measures.preview import figure_of
from kernen.measures.reading import packed
from kernen.measures.reading.cells import Unreadable
from kernen.measures.reading.choosing import read_file
from kernen.measures.reading.figures import understand
from kernen.measures.reading.files import open_file
from kernen.measures.tests import nasty_books, nasty_exports, nasty_more
from kernen.measures.tests.nasty import CPR, FILES

from .machines import series_of

assert nasty_exports and nasty_more  # noqa: PT018 their files are among them


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def take(world, tmp_path):
    """Take a workbook in; gives the delivery, what is wrong and what was told."""

    def taken(data):
        path = tmp_path / "figures.xlsx"
        path.write_bytes(data)
        told = []
        delivery = Delivery(
            initiative=world.first, by=world.coordinator, filename=path.name, language="en"
        )
        return delivery, taking.take(delivery, path, lambda *how: told.append(how)), told

    return taken


class Shown:
    """A cell with the format in which it is shown."""

    def __init__(self, value, number_format):
        self.value, self.number_format = value, number_format


def book(rows, change=lambda _made: None):
    made = openpyxl.Workbook()
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = made.active.cell(number, column)
            cell.value = value.value if isinstance(value, Shown) else value
            if isinstance(value, Shown):
                cell.number_format = value.number_format
    change(made)
    return nasty_books.saved(made)


def percent(value):
    return Shown(value, "0.0%")


def formatted(made):
    """Down to row 5,000 and out to column H, as a person who colours whole columns."""
    for number in range(2, 5_000):
        made.active.cell(number, 8).number_format = "0.00"


def hidden_first(made):
    made.create_sheet("Gemt", 0).append(["uge", "værdi"])
    made["Gemt"].append([date(2018, 1, 1), 7])
    made["Gemt"].sheet_state = "hidden"


def summed(made):
    """A sheet with figures that is not laid out as this."""
    made.create_sheet("Oversigt", 0).append(["I alt", 12])
    made["Oversigt"].append(["Heraf", 3])


JAN, FEB = date(2018, 1, 1), date(2018, 2, 1)
BOOKS = {
    "dates": ("values", [[JAN, 5], [datetime(2018, 2, 1, 8), 6]]),
    "days as numbers": ("values", [[43101, 5], [Shown(43132, "dd-mm-yyyy"), 6]]),
    "decimals": ("values", [[JAN, 12.345], [FEB, 45.0], [date(2018, 3, 1), 0.1 + 0.2]]),
    "decimals and texts": ("values", [[JAN, 12.345], [FEB, "1.234"], [date(2018, 3, 1), "1,5"]]),
    "percentages": ("values", [[JAN, percent(0.954)], [FEB, percent(1)]]),
    "percent on some": ("values", [[JAN, percent(0.954)], [FEB, 0.97]]),
    "much": ("values", [[JAN, 123456789012345], [FEB, 1e9], [date(2018, 3, 1), -1.5]]),
    "no figures": ("values", [[JAN, "i.a."], [FEB, None], [date(2018, 3, 1), 4]]),
    "errors": ("values", [[JAN, "#DIV/0!"], [FEB, "#N/A"], ["mar 2018", 4]]),
    "formulas": ("values", [[JAN, "=1+1"], [FEB, 4]]),
    "true": ("values", [[JAN, True], [FEB, 4]]),
    "counts": ("counts", [[JAN, 98, 104], [FEB, 45.0, 45], ["mar 2018", "12", 13]]),
    "counts in parts": ("counts", [[JAN, 98.5, 104], [FEB, 9, 8], ["mar 2018", -1, 13]]),
    "percent of counts": ("counts", [[JAN, percent(0.98), 104], [FEB, 9, 9]]),
    "twice": ("counts", [[JAN, 98, 104], ["jan 2018", 98, 104], [FEB, 1, 2], [FEB, 1, 3]]),
    "samples": ("samples", [[JAN, 12.345, 1.5, 40], [FEB, 13, 2, 40.0], ["x", 1, 1, 1]]),
    "in days": ("values", [[date(2018, 1, 15), 5], [date(2018, 1, 16), 5]]),
}
HEADS = {"values": ["værdi"], "counts": ["tæller", "nævner"], "samples": ["gns", "sd", "antal"]}
CHANGES = [None, formatted, hidden_first, summed]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", BOOKS)
def test_each_cell_is_read_as_in_a_small_file(world, take, name, change):
    kind, rows = BOOKS[name]
    series = series_of(world, name=kind, place="M", figures=kind, frequency="month")
    lines = [["måned", *HEADS[kind]], *rows]
    plain = read_file(book(lines), "x.xlsx")
    understood = understand(plain, frequency="month", kind=kind)
    headed = [["serie", *lines[0], None], *([series.pk, *line] for line in rows)]
    delivery, problems, _told = take(book(headed, change or (lambda _made: None)))
    sentences = [str(problem.message) for problem in understood.problems]
    assert len(problems) == len(sentences), (problems, sentences)
    for problem, sentence in zip(problems, sentences, strict=True):
        assert problem.endswith(sentence)
    if not sentences:
        wanted = {figure_of(one).period: figure_of(one) for one in understood.rows}
        points = list(series.points.all())
        assert len(points) == len(wanted) == delivery.added
        for point in points:
            assert wanted[point.period].same_as(point)


#: What a large file may be, or is refused for in other words.
OTHERS = {"zip-bomb.xlsx": "", "million-cells.xlsx": packed.UNSAFE}
#: What takes long, and is seen by its memory below.
SLOW = {"formatted-to-the-bottom.xlsx", "million-empty-rows.xlsx"}
EXCEL = [name for name in FILES if name.endswith((".xlsx", ".xlsm", ".xlsb", ".xls"))]


@pytest.mark.parametrize("name", sorted({*EXCEL} - SLOW))
def test_a_nasty_workbook_is_refused_as_a_small_one(name, tmp_path):
    data = FILES[name][1]()
    path = tmp_path / "figures"
    path.write_bytes(data)
    refused = refusal_of(lambda: list(rows_in(path)))
    assert refused == OTHERS.get(name, refusal_of(lambda: open_file(data, name)))
    assert "4285" not in refused


def refusal_of(read):
    try:
        read()
    except Unreadable as unreadable:
        return str(unreadable)
    return ""


def sheet_of(*rows, **more):
    made = openpyxl.Workbook()
    for number, (title, lines) in enumerate({"Tal": rows, **more}.items()):
        sheet = made.active if not number else made.create_sheet(title)
        sheet.title = title
        for line in lines:
            sheet.append(line)
    return made


HEAD = ["serie", "uge", "tæller", "nævner"]


def refusal(path, made):
    path.write_bytes(nasty_books.saved(made))
    with pytest.raises(Unreadable) as refused:
        list(rows_in(path))
    return str(refused.value)


def test_figures_in_several_sheets_are_asked_about_and_named(take):
    rows = [HEAD, [1, "uge 45, 2018", 98, 104]]
    made = sheet_of(*rows, Flere=rows, Læsmig=[["Version", 2]])
    assert take(nasty_books.saved(made))[1] == [
        "Figures stand in several sheets: Tal, Flere. Choose one of them, or leave one in the"
        " file, and load the others after it."
    ]


def test_a_civil_registration_number_is_refused_in_any_sheet_and_beside_the_cells(tmp_path):
    rows = [HEAD, [1, "uge 45, 2018", 98, 104]]
    made = sheet_of(*rows, Gemt=[["x"]] * 7 + [[CPR]])
    made["Gemt"].sheet_state = "hidden"
    assert refusal(tmp_path / "x", made).startswith("Sheet “Gemt” is hidden, and its row 8")
    made = sheet_of(*rows, [1, "uge 46, 2018", 707614285, 104])
    assert refusal(tmp_path / "x", made).startswith("Sheet “Tal”, row 3, column C")
    made = sheet_of(*rows)
    made.properties.title = CPR
    assert refusal(tmp_path / "x", made).startswith("Something in the file beside its cells")


def test_what_unpacks_to_very_much_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    made = sheet_of(HEAD, [1, "uge 45, 2018", 98, 104])
    with monkeypatch.context() as less:
        less.setattr(sheets, "MAX_UNPACKED", 1_000)
        assert refusal(tmp_path / "x", made).startswith("The file is too large once it is")
    monkeypatch.setattr(packed, "MAX_UNPACKED", 1_000)  # of what is held as a whole
    assert refusal(tmp_path / "x", made).startswith("The file is too large once it is unpacked.")


def test_an_opendocument_spreadsheet_is_to_be_saved_as_another(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(FILES["libreoffice.ods"][1]())
    with pytest.raises(Unreadable, match="as XLSX or CSV: no other is read row by row"):
        rows_in(path)


def large(rows):
    """A workbook with so many rows, and five formatted ones without anything for each."""
    cell = '<c r="{}{}"><v>{}</v></c>'
    words = '<c r="{}{}" t="inlineStr"><is><t>{}</t></is></c>'
    heads = "".join(
        words.format(letter, 1, word) for letter, word in zip("ABCD", HEAD, strict=True)
    )
    lines = [f'<row r="1">{heads}</row>']
    for number in range(2, rows + 2):
        cells = words.format("B", number, f"uge {number % 52 + 1}, {1980 + number // 52 % 30}")
        cells = cell.format("A", number, 12) + cells
        cells += cell.format("C", number, 45) + cell.format("D", number, 50)
        lines.append(f'<row r="{number}" ht="15" customHeight="1">{cells}</row>')
    below = '<row r="{0}" s="1"><c r="A{0}" s="1"/></row>'
    lines += [below.format(number) for number in range(rows + 2, 6 * rows)]
    return nasty_books.with_part(nasty_books.SHEET, nasty_books.sheet("".join(lines)))


def most_for(rows, path):
    path.write_bytes(large(rows))
    tracemalloc.start()
    try:
        read = sum(1 for _row in rows_in(path))
        return read, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_many_rows_take_no_more_memory_than_few(tmp_path):
    read, few = most_for(1_000, tmp_path / "few")
    assert read == 1_001
    read, many = most_for(4_000, tmp_path / "many")
    assert read == 4_001
    assert many < few + 1_000_000


def test_it_is_told_how_far_the_reading_is_also_while_rows_are_counted(world, take, monkeypatch):
    series = series_of(world, place="Afsnit A")
    for module in (reader, surveying):
        monkeypatch.setattr(module, "EVERY", 1)
    made = sheet_of(HEAD, [series.pk, "uge 45, 2018", 98, 104], [series.pk, "uge 46, 2018", 9, 10])
    delivery, problems, told = take(nasty_books.saved(made))
    assert (problems, delivery.added, delivery.rows) == ([], 2, 2)
    assert told == [
        ("reading", 0, 1),
        ("reading", 0, 2),
        ("reading", 1, 2),
        ("reading", 2, 2),
        ("reading", 2, 2),
        ("writing", 2, 2),
    ]


def test_it_comes_in_through_the_browser_and_the_command_line(world, client, tmp_path, capsys):
    series = series_of(world, place="Afsnit A")
    data = nasty_books.saved(sheet_of(HEAD, [series.pk, date(2018, 11, 5), 98, 104]))
    client.force_login(world.coordinator.user)
    address = reverse("deliver", args=[series.measure.pk])
    sent = client.post(address, {"file": SimpleUploadedFile("figures.xlsx", data)})
    assert take_deliveries(timezone.now(), 100)
    shown = client.get(sent.url).content.decode()
    assert "Afsnit A" in shown
    assert "104" in shown
    client.post(sent.url)
    assert take_deliveries(timezone.now(), 100)
    assert [(one.numerator, one.denominator) for one in series.points.all()] == [(98, 104)]
    path = tmp_path / "figures.xlsx"
    path.write_bytes(data)
    told = [f"--measure={series.measure.pk}", f"--by={world.coordinator.user.email}"]
    call_command("import", str(path), *told)
    assert "0 new, 0 changed" in capsys.readouterr().out


def test_rows_between_that_hold_nothing_are_counted(world, take):
    series = series_of(world, place="Afsnit A")
    rows = [[series.pk, "uge 45, 2018", 98, 104], [], [], [series.pk, "uge 46, 2018", 9, 10]]
    delivery, problems, _told = take(nasty_books.saved(sheet_of(HEAD, *rows)))
    assert (problems, delivery.added, delivery.empty) == ([], 2, 2)
