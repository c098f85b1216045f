"""From bytes and pasted text to a table: what is read, and the sentence for what is not."""

import codecs
import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from kernen.measures.reading.cells import Unreadable, column_letter
from kernen.measures.reading.choosing import read_file, read_pasted
from kernen.measures.reading.files import MAX_BYTES

DATA = Path(__file__).parent / "data" / "reading"
CPR = "070761-4285"  # one of the authorities' published test numbers


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def cells(table):
    return [row.cells for row in table.rows]


@pytest.mark.parametrize("delimiter", [";", "\t", "|", ","])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_delimiters_encodings_and_line_ends(delimiter, encoding, newline):
    lines = [["Uge", "Tæller", "Nævner"], ["uge 46 2018", "120", "131"], ["2018-W47", "", "133"]]
    text = newline.join(delimiter.join(line) for line in lines)
    table = read_file(text.encode(encoding), "tal.csv")
    assert table.headings == ("Uge", "Tæller", "Nævner")
    assert table.header_row == 1
    assert cells(table) == [("uge 46 2018", "120", "131"), ("2018-W47", None, "133")]


def test_utf_16_big_endian():
    data = codecs.BOM_UTF16_BE + "Måned;Værdi\nnov 2018;5".encode("utf-16-be")
    assert read_file(data, "x").headings == ("Måned", "Værdi")


def test_a_decimal_comma_and_a_comma_in_the_period_do_not_part_cells():
    table = read_pasted("Uge;Andel\nuge 46, 2018;27,5\nuge 47, 2018;30,1\nuge 48, 2018;31,0")
    assert cells(table)[0] == ("uge 46, 2018", "27,5")


def test_quoted_cells_hold_delimiters_quotes_and_line_ends():
    table = read_pasted('Uge,Værdi,Note\n"uge 46, 2018","27,5","Han sagde ""nej""\nog gik"\n')
    assert cells(table) == [("uge 46, 2018", "27,5", 'Han sagde "nej"\nog gik')]


def test_titles_and_empty_lines_above_keep_the_numbers_of_the_rows():
    table = read_pasted(
        "Ortopædkirurgisk afdeling;;\nPeriode:;2018;\n;;\n\nUge;Antal;Antal i alt\n;;\n"
        "uge 46 2018;120;131\n"
    )
    assert table.header_row == 5
    assert table.headings == ("Uge", "Antal", "Antal i alt")
    assert [row.number for row in table.rows] == [7]


def test_excels_first_line_naming_the_delimiter_is_not_data():
    table = read_pasted("sep=;\r\nUge;Antal\r\nuge 46 2018;5\r\n")
    assert (table.header_row, table.rows[0].number) == (2, 3)


def test_without_headings_the_first_row_is_data():
    table = read_pasted("uge 46, 2018\t27,5\nuge 47, 2018\t30,1")
    assert table.header_row is None
    assert table.headings == ("", "")
    assert len(table.rows) == 2


def test_headings_in_unknown_words_are_found_above_the_figures():
    table = read_pasted("Forår;Ventedage\nuge 46 2018;i.a.\nuge 47 2018;43,5")
    assert table.headings == ("Forår", "Ventedage")
    assert len(table.rows) == 2


def test_columns_are_named_as_in_a_spreadsheet():
    table = read_pasted("Uge;Tæller;\nuge 46 2018;5;x")
    assert [table.column_name(i) for i in range(3)] == ["A (Uge)", "B (Tæller)", "C"]
    assert [column_letter(i) for i in (0, 25, 26, 51, 52, 701, 702)] == (
        ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
    )


def test_a_file_as_a_danish_excel_saves_it():
    table = read_file((DATA / "excel_dansk.csv").read_bytes(), "excel_dansk.csv")
    assert table.headings == ("År", "Uge", "Opfyldt", "I alt", "Bemærkning")
    assert (table.header_row, len(table.rows), table.rows[0].number) == (3, 5, 4)


NASTY = {
    "empty": (b"", "The file is empty. Choose the one that has the figures."),
    "only space": (b" \n\t\r\n ", "The file is empty. Choose the one that has the figures."),
    "only delimiters": (b";;;\n;;;\n", "The file is empty. Choose the one that has the figures."),
    "a pdf": (b"%PDF-1.7\n...", "This is a PDF."),
    "an old excel file": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500,
        "This is an old Excel file (XLS) or has a password. Save it as XLSX without password.",
    ),
    "a web page as xls": (b"\n<html><table><tr><td>5", "This is a web page or XML."),
    "xml with a byte order mark": (codecs.BOM_UTF8 + b"<?xml?>", "This is a web page or XML."),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "This is not a table of text."),
    "binary": (bytes(range(256)), "This is not a table of text."),
    "utf-16 cut off": (codecs.BOM_UTF16_LE + b"a", "This is not a table of text."),
    "a damaged zip": (b"PK\x03\x04 not a zip", "The spreadsheet cannot be opened."),
    "prose": (b"Dette er en tekst.\nDer er to linjer.", "There is only one column."),
    "one column": (b"uge 46 2018\nuge 47 2018", "There is only one column."),
    "only headings": (b"Uge;Antal\n", "There are no figures."),
    "no figures": (b"Uge;Antal\nuge 46 2018;x\n", "There are no figures."),
    "an open quote": (
        b'Uge;Antal\nuge 46 2018;5\nuge 47 2018;"6\nuge 48 2018;7\n',
        "Row 3 cannot be read: a quotation mark is not closed or stands inside a cell, or a cell is"
        " too long. Take it out, or save the figures as XLSX.",
    ),
    "text after a quote": (b'Uge;Antal\n"uge" 46;5\nuge 47;6', "Row 2 cannot be read: a quotation"),
    "an open quote in a large file": (
        b'Uge;Antal\n"uge 46;5\n' + b"uge 47 2018;6\n" * 20_000,
        "Row 2 cannot be read: a quotation",
    ),
    "decimal comma between commas": (
        b"Uge,Andel\n2018-W46,27,5\n2018-W47,30,1\n",
        "Row 2 has more cells than there are headings. Where figures have a decimal comma, put"
        " semicolons between the cells.",
    ),
    "an endless cell": (b"5 " * 100_000, "Row 1 cannot be read: a quotation"),
    "too large": (b"x" * (MAX_BYTES + 1), "The file is larger than 5 MB."),
    "too many rows": (
        b"Dato;Antal\n" + b"2018-11-22;5\n" * 20_001,
        "There are more than 20,000 rows. Load the figures in smaller parts.",
    ),
    "too many columns": (
        b"Uge;Antal" + b";x" * 299 + b"\nuge 46 2018;5" + b";1" * 299,
        "There are more than 300 columns. Keep only those that are needed.",
    ),
    "cpr in a cell": (
        f"Uge;Antal\nuge 46 2018;5\n\nuge 47 2018;{CPR}\n".encode(),
        "Row 4, column B looks like a civil registration number (CPR). Kernen only holds"
        " aggregated figures: remove it and try again.",
    ),
    "cpr in a title": (f"Liste for {CPR};;\nUge;Antal\n".encode(), "Row 1, column A looks"),
    "cpr as heading": (f"Uge;Antal;{CPR}\nuge 46 2018;5;".encode(), "Row 1, column C looks"),
    "cpr in prose": (f"Her er\nkun {CPR}".encode(), "Row 2, column A looks"),
    "cpr in utf-16": (f"Uge;Antal\n46 2018;{CPR}".encode("utf-16"), "Row 2, column B looks"),
    "cpr without its zero": (b"Uge;Antal\nuge 46 2018;707614285", "Row 2, column B looks"),
    "cpr far to the right": (
        b"Uge;Antal\n46 2018;5" + b";" * 100 + CPR.encode(),
        "Row 2, column CX looks",
    ),
}


@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_file_gets_its_sentence(name):
    data, sentence = NASTY[name]
    with pytest.raises(Unreadable) as refused:
        read_file(data, f"{name}.csv")
    assert str(refused.value).startswith(sentence)
    assert "4285" not in str(refused.value)


def test_the_name_of_the_file_is_looked_at_too():
    with pytest.raises(Unreadable) as refused:
        read_file(b"Uge;Antal\nuge 46 2018;5", f"{CPR}.csv")
    assert str(refused.value).startswith("The file's name looks like a civil registration number")
    assert "4285" not in str(refused.value)


def test_pasted_text_has_the_same_limits():
    with pytest.raises(Unreadable, match="longer than 5 MB"):
        read_pasted("x" * (MAX_BYTES + 1))
    with pytest.raises(Unreadable, match="not a table of text"):
        read_pasted("Uge;Antal\nuge 46\x002018;5")
    with pytest.raises(Unreadable, match="Row 2, column B looks"):
        read_pasted(f"Uge\tAntal\nuge 46 2018\t{CPR}")


#: Without what has a meaning of its own: the letter by which æ, ø and å are known in UTF-8, the
#: apostrophe of a spreadsheet, and T and N, by which numerators and denominators are told apart.
letters = st.characters(
    codec="cp1252", categories=["L", "P", "S", "Zs"], exclude_characters="Ã'TNtn"
)
words = st.text(letters, min_size=1, max_size=12).map(str.strip)


@given(
    notes=st.lists(words, min_size=1, max_size=8),
    delimiter=st.sampled_from(";\t,|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_is_written_is_read_back(notes, delimiter, encoding, quoting):
    rows = [(f"uge {n} 2018", str(n), note or None) for n, note in enumerate(notes, start=1)]
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, quoting=quoting)
    writer.writerows([("Uge", "Værdi", "Note"), *rows])
    table = read_file(file.getvalue().encode(encoding), "tal.csv")
    assert cells(table) == [tuple(cell and cell.replace("\xad", "") for cell in r) for r in rows]


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_one_sentence(data):
    try:
        outcome = read_file(data, "x").rows
    except Unreadable as refused:
        outcome = str(refused)
    assert outcome


def test_typed_cells_are_shown_in_the_readers_formats():
    from kernen.measures.reading.cells import shown

    with override("da"):
        assert shown(Decimal("1234.5")) == "1.234,5"
        assert shown(True) == "TRUE"
