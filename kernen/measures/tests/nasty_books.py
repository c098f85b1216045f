"""Nasty workbooks: what Excel and LibreOffice save, and what only somebody ill-willed builds."""

import io
import struct
import zipfile
from datetime import date, datetime

import openpyxl
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.datavalidation import DataValidation

from kernen.measures.tests.nasty import CPR, GOOD, nasty

# Workbooks ---------------------------------------------------------------------------------------


def book(lines=None) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    good = [["Uge", "Tæller", "Nævner"], ["uge 45, 2018", 98, 104], ["uge 46, 2018", 110, 118]]
    for line in lines or good:
        made.active.append(line)
    return made


def saved(made: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def packed(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def with_part(name: str, content: bytes, data: bytes | None = None) -> bytes:
    source = zipfile.ZipFile(io.BytesIO(data or saved(book())))
    return packed({part: source.read(part) for part in source.namelist()} | {name: content})


def sheet(body: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{body}</sheetData></worksheet>'.encode()


SHEET = "xl/worksheets/sheet1.xml"


@nasty("zip-bomb.xlsx")
def zip_bomb() -> bytes:
    return with_part("xl/media/big.bin", b"\0" * 60_000_000)


@nasty("entity-bomb.xlsx")
def entity_bomb() -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    return with_part(SHEET, f"<!DOCTYPE x [{entities}]><worksheet>&e9;</worksheet>".encode())


@nasty("external-entity.xlsx")
def external_entity() -> bytes:
    told = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet>&e;</worksheet>'
    return with_part(SHEET, told)


@nasty("ten-million-rows.xlsx")
def ten_million_rows() -> bytes:
    return with_part(SHEET, sheet('<row r="10000000"><c r="A10000000"><v>1</v></c></row>'))


@nasty("million-empty-rows.xlsx")
def million_empty_rows() -> bytes:
    return with_part(SHEET, sheet("".join(f'<row r="{n}"/>' for n in range(1, 1_000_001))))


@nasty("formatted-to-the-bottom.xlsx")
def formatted_to_the_bottom() -> bytes:
    row = '<row r="{0}"><c r="A{0}" s="0"/><c r="B{0}" s="0"/></row>'
    first = '<row r="1"><c r="A1" t="inlineStr"><is><t>Uge</t></is></c></row>'
    return with_part(SHEET, sheet(first + "".join(map(row.format, range(2, 500_000)))))


@nasty("million-cells.xlsx")
def million_cells() -> bytes:
    return with_part(SHEET, sheet("<row>" + "<c><v>1</v></c>" * 1_000_000 + "</row>"))


@nasty("far-right.xlsx")
def far_right() -> bytes:
    made = book()
    made.active["XFD9"] = "x"
    return saved(made)


@nasty("damaged.xlsx")
def damaged() -> bytes:
    return with_part("xl/workbook.xml", b"<workbook><sheets>")


@nasty("half-a-file.xlsx")
def half_a_file() -> bytes:
    data = saved(book())
    return data[: len(data) // 2]


@nasty("macros.xlsm")
def macros() -> bytes:
    return with_part("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")


@nasty("cpr-in-a-comment.xlsx")
def cpr_in_a_comment() -> bytes:
    made = book()
    made.active["A1"].comment = Comment(f"Ring til {CPR}", "x")
    return saved(made)


@nasty("cpr-in-a-hidden-sheet.xlsx")
def cpr_in_a_hidden_sheet() -> bytes:
    made = book()
    made.create_sheet("Gemt")["B2"] = CPR
    made["Gemt"].sheet_state = "veryHidden"
    return saved(made)


@nasty("cpr-in-a-prompt.xlsx")
def cpr_in_a_prompt() -> bytes:
    made = book()
    asked = DataValidation(type="whole", prompt=f"Ring til {CPR}")
    asked.add("B2")
    made.active.add_data_validation(asked)
    return saved(made)


@nasty("cpr-in-a-tooltip.xlsx")
def cpr_in_a_tooltip() -> bytes:
    made = book()
    made.active["A2"].hyperlink = "https://example.org"
    made.active["A2"].hyperlink.tooltip = CPR
    return saved(made)


@nasty("cpr-in-a-page-header.xlsx")
def cpr_in_a_page_header() -> bytes:
    made = book()
    made.active.oddHeader.center.text = f"Liste {CPR}"
    return saved(made)


@nasty("strict.xlsx")
def strict() -> bytes:
    source = zipfile.ZipFile(io.BytesIO(saved(book())))
    usual, other = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    parts = {name: source.read(name) for name in source.namelist()}
    for kind in (b"spreadsheetml/2006/main", b"officeDocument/2006/relationships"):
        named = other + kind.replace(b"/2006", b"")
        parts = {name: part.replace(usual + kind, named) for name, part in parts.items()}
    return packed(parts)


@nasty("200-sheets.xlsx")
def many_sheets() -> bytes:
    made = book()
    for number in range(200):
        made.create_sheet(f"Ark {number}").append(["x", number])
    return saved(made)


@nasty("merged-years.xlsx", "values")
def merged_years() -> bytes:
    lines = [["År", "Måned", "Dage"], [2018, "nov", 5], [None, "dec", 6], [2019, "jan", 7]]
    made = book(lines)
    made.active.merge_cells("A2:A3")
    return saved(made)


@nasty("days-from-1904.xlsx", "values")
def days_from_1904() -> bytes:
    made = book([["Måned", "Dage"], [41639, 5], [41670, 6]])
    made.epoch = CALENDAR_MAC_1904
    return saved(made)


@nasty("percent-on-some.xlsx", "values")
def percent_on_some() -> bytes:
    made = book([["Måned", "Andel"], [date(2018, 1, 1), 0.95], [date(2018, 2, 1), 0.97]])
    made.active["B2"].number_format = "0.0%"
    return saved(made)


@nasty("cpr-as-a-number.xlsx")
def cpr_as_a_number() -> bytes:
    made = book()
    made.active["D2"] = 707614285
    return saved(made)


@nasty("hidden-sheet.xlsx")
def hidden_sheet() -> bytes:
    made = book()
    made.create_sheet("Gemt", 0).append(["uge 47, 2018", 1, 2])
    made["Gemt"].sheet_state = "hidden"
    return saved(made)


@nasty("all-hidden.ods")
def all_hidden() -> bytes:
    return ods(table("Gemt", [cells("uge 45, 2018", 98, 104)], style="ta2"))


@nasty("hidden-rows.xlsx")
def hidden_rows() -> bytes:
    made = book()
    made.active.row_dimensions[3].hidden = True
    return saved(made)


@nasty("formula-not-computed.xlsx")
def formula_not_computed() -> bytes:
    made = book()
    made.active["B3"] = "=100+10"
    return saved(made)


@nasty("formula-error.xlsx")
def formula_error() -> bytes:
    lines = [["Uge", "Tæller", "Nævner"], ["uge 45, 2018", "#DIV/0!", 104]]
    made = book(lines)
    made.active["B2"].data_type = "e"
    return saved(made)


@nasty("merged.xlsx")
def merged() -> bytes:
    parts = ["Tæller", "Nævner"]
    places = ["", "Afsnit A", None, "Afsnit B"]
    made = book([places, ["Uge", *parts, *parts], ["uge 45, 2018", 1, 2, 3, 4]])
    made.active.merge_cells("B1:C1")
    made.active.merge_cells("D1:E1")
    return saved(made)


@nasty("empty.xlsx")
def empty_workbook() -> bytes:
    return saved(openpyxl.Workbook())


@nasty("dates-as-serial-numbers.xlsx", "values")
def serial_numbers() -> bytes:
    return saved(book([["Måned", "Dage"], [43101, 5], [datetime(2018, 2, 1), 6], ["mar 2018", 7]]))


@nasty("dates-before-christ.xlsx", "values")
def negative_dates() -> bytes:
    made = book([["Måned", "Dage"], [date(2018, 1, 1), 5], [-5, 6]])
    made.active["A3"].number_format = "yyyy-mm-dd"
    return saved(made)


@nasty("binary.xlsb")
def binary_workbook() -> bytes:
    return packed({"xl/workbook.bin": b"\0", "[Content_Types].xml": b"<a/>"})


@nasty("numbers.numbers")
def numbers_file() -> bytes:
    return packed({"Index/Document.iwa": b"\0", "preview.jpg": b"\0"})


@nasty("really-word.xlsx")
def word_file() -> bytes:
    return packed({"word/document.xml": b"<a/>"})


@nasty("packed-csv.zip")
def packed_csv() -> bytes:
    return packed({"tal.csv": GOOD.encode()})


@nasty("zip-with-password.xlsx")
def zip_with_password() -> bytes:
    data = bytearray(saved(book()))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # say of each part that it is
        at = data.find(mark)
        while at >= 0:
            data[at + flags : at + flags + 2] = struct.pack("<H", 1)
            at = data.find(mark, at + 1)
    return bytes(data)


@nasty("path-climbing.xlsx")
def path_climbing() -> bytes:
    return with_part("../../../../tmp/climbed.xml", b"<a/>")


# OpenDocument ------------------------------------------------------------------------------------

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)


def cells(*values: object, repeated: int = 1) -> str:
    found = "".join(
        f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        if isinstance(value, int | float)
        else f"<table:table-cell><text:p>{value}</text:p></table:table-cell>"
        for value in values
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{found}</table:table-row>'


def table(name: str, rows: list[str], style: str = "ta1") -> str:
    inside = "".join(rows)
    return f'<table:table table:name="{name}" table:style-name="{style}">{inside}</table:table>'


def ods(*tables: str, **parts: bytes) -> bytes:
    hidden = '<style:style style:name="ta2" style:family="table">'
    hidden += '<style:table-properties table:display="false"/></style:style>'
    content = (
        f"<office:document-content {_SPACES}><office:automatic-styles>{hidden}"
        f"</office:automatic-styles><office:body><office:spreadsheet>{''.join(tables)}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return packed({"mimetype": kind, "content.xml": content.encode(), **parts})


_HEAD = cells("Uge", "Tæller", "Nævner")
_WEEK = cells("uge 45, 2018", 98, 104)


@nasty("libreoffice.ods")
def libreoffice() -> bytes:
    return ods(table("Ark1", [_HEAD, _WEEK, cells(repeated=1_048_574)]), table("Tom", []))


@nasty("ten-million-rows.ods")
def ten_million_rows_ods() -> bytes:
    return ods(table("Ark1", [_HEAD, cells(repeated=10_000_000), _WEEK]))


@nasty("ten-million-figures.ods")
def ten_million_figures_ods() -> bytes:
    return ods(table("Ark1", [_HEAD, cells("uge 45, 2018", 98, 104, repeated=10_000_000)]))


@nasty("million-columns.ods")
def million_columns_ods() -> bytes:
    wide = '<table:table-row><table:table-cell table:number-columns-repeated="1000000"'
    wide += ' office:value-type="float" office:value="1"/></table:table-row>'
    return ods(table("Ark1", [_HEAD, wide]))


@nasty("percent.ods", "values")
def percent_ods() -> bytes:
    share = '<table:table-row><table:table-cell office:value-type="date" '
    share += 'office:date-value="2018-01-01"/><table:table-cell office:value-type="percentage" '
    share += 'office:value="0.954"/></table:table-row>'
    return ods(table("Ark1", [cells("Måned", "Andel"), share]))


@nasty("hidden-sheet.ods")
def hidden_sheet_ods() -> bytes:
    return ods(table("Gemt", [cells("x", 1)], style="ta2"), table("Ark1", [_HEAD, _WEEK]))


@nasty("cpr-in-a-comment.ods")
def cpr_in_a_comment_ods() -> bytes:
    note = "<table:table-row><table:table-cell><office:annotation><text:p>Ring til "
    note += "<text:span>070761</text:span>-4285</text:p></office:annotation></table:table-cell>"
    return ods(table("Ark1", [_HEAD, _WEEK, note + "</table:table-row>"]))


@nasty("password.ods")
def password_ods() -> bytes:
    manifest = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    return ods(table("Ark1", [_HEAD]), **{"META-INF/manifest.xml": manifest})


@nasty("really-text.odt")
def text_document() -> bytes:
    kind = b"application/vnd.oasis.opendocument.text"
    return packed({"mimetype": kind, "content.xml": b"<a/>"})


@nasty("broken.ods")
def broken_ods() -> bytes:
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return packed({"mimetype": kind, "content.xml": b"<office:document-content>"})
