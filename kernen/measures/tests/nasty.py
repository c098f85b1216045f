"""Nasty files, made when they are needed: what wards, programs and attackers may send.

`FILES` has a name, the kind of figures and a maker for each; the sentences they give stand in
`data/nasty/sentences.json`, which is read over before a sentence in it is changed."""

from collections.abc import Callable
from functools import partial

CPR = "070761-4285"  # one of the authorities' published test numbers
HEAD = "Uge;Tæller;Nævner\n"
GOOD = HEAD + "uge 45, 2018;98;104\nuge 46, 2018;110;118\nuge 47, 2018;128;133\n"
VALUES = "Måned;Ventetid\njan 2018;12,5\nfeb 2018;13,5\n"

FILES: dict[str, tuple[str, Callable[[], bytes]]] = {}


def nasty(name: str, kind: str = "counts"):
    """Keep the maker of a file under its name."""

    def keep(make: Callable[[], bytes]) -> Callable[[], bytes]:
        FILES[name] = kind, make
        return make

    return keep


def text(name: str, content: str | bytes, kind: str = "counts", encoding: str = "utf-8") -> None:
    data = content if isinstance(content, bytes) else content.encode(encoding)
    FILES[name] = kind, partial(bytes, data)


def rows(name: str, *lines: str, kind: str = "counts") -> None:
    """A file with the usual headings and these lines after a good one."""
    head = HEAD + "uge 45, 2018;98;104\n" if kind == "counts" else VALUES
    text(name, head + "".join(f"{line}\n" for line in lines), kind)


# Encodings ---------------------------------------------------------------------------------------

text("utf-16.csv", GOOD, encoding="utf-16")
text("utf-16-without-mark.csv", GOOD, encoding="utf-16-le")
text("utf-16-big-endian-without-mark.csv", GOOD, encoding="utf-16-be")
text("utf-16-cut-off.csv", GOOD.encode("utf-16")[:-1])
text("utf-32.csv", GOOD, encoding="utf-32")
text("windows.csv", GOOD, encoding="cp1252")
text("macintosh.csv", GOOD, encoding="mac_roman")
text("dos.csv", GOOD, encoding="cp850")
text("mixed-letters.csv", GOOD.encode() + "uge 48, 2018;1;2;Læst på ny\n".encode("cp1252"))
text("written-twice.csv", GOOD.encode().decode("cp1252").encode())
text("with-mark.csv", GOOD, encoding="utf-8-sig")
text("nul-bytes.csv", GOOD.replace("98", "9\0008"))
text("bell.csv", GOOD.replace("98", "9\a8"))

# What is no table --------------------------------------------------------------------------------

text("empty.csv", "")
text("only-mark.csv", b"\xef\xbb\xbf")
text("only-noughts.csv", b"\0" * 5_000)
text("only-lines.csv", "\n" * 5_000_000)
text("only-delimiters.csv", ";;;\n" * 1_000)
text("only-header.csv", HEAD)
text("one-column.csv", "uge 45, 2018\nuge 46, 2018\n")
text("prose.txt", "Kære alle\nHer er tallene, som aftalt.\nHilsen Bo\n")
text("really-a-pdf.csv", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n")
text("really-a-page.xls", "<html><table><tr><td>Uge</td><td>5</td></tr></table></html>")
text("really-xml.csv", "<?xml version='1.0'?><tal><uge>45</uge></tal>")
text("really-rtf.csv", r"{\rtf1\ansi Uge 45}")
text("really-a-picture.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
text("gzip.csv", b"\x1f\x8b\x08\0" + b"x" * 50)
text("seven-zip.csv", b"7z\xbc\xaf\x27\x1c" + b"x" * 50)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500
text("old-excel.xls", OLE + "Workbook".encode("utf-16-le"))
text("password.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"))
text("old-word.xlsx", OLE + "WordDocument".encode("utf-16-le"))
text("some-ole.xls", OLE)
text("cut-off.xlsx", b"PK\x03\x04\x14\0")
text("too-large.csv", b"1;2\n" * 1_400_000)
text("web-archive.xls", "MIME-Version: 1.0\nContent-Type: multipart/related\n\n<td>5</td>")
text("sylk.slk", 'ID;PWXL;N;E\nC;Y1;X1;K"Uge"\nC;Y2;X1;K45\nE\n')
text("json.csv", '[{"uge": "uge 45, 2018", "tæller": 98, "nævner": 104}]')
text("json-lines.txt", '{"uge": "2018-W45", "n": 98}\n{"uge": "2018-W46", "n": 99}\n')
text("parquet.csv", b"PAR1\x15\x04\x15\x10PAR1")
text("sqlite.csv", b"SQLite format 3\0\x10\0")
text("random.csv", bytes(range(256)) * 10)

# Shape -------------------------------------------------------------------------------------------

text("two-header-lines.csv", ";Afsnit M;\nUge;Tæller;Nævner\nuge 45, 2018;98;104\n")
for width in (300, 301):
    HEADS = ";".join(f"k{n}" for n in range(width))
    text(f"{width}-columns.csv", HEADS + "\n" + ";".join("1" * width) + "\n")
WEEKS = [f"uge {n % 50 + 1}, {2012 + n // 50}" for n in range(300)]
ACROSS = [["Mål", *WEEKS], ["Tæller", *["1"] * 300], ["Nævner", *["2"] * 300]]
text("300-weeks-across.csv", "\n".join(map(";".join, ACROSS)))
text("20001-rows.csv", "Dato;Antal\n" + "22-11-2018;5\n" * 20_001, "values")
text("titles-above.csv", "Rapport fra LPR;;\nUdskrevet 1. maj;;\n;;\n" + GOOD)
text("header-twice.csv", GOOD + GOOD)
OPEN = 'uge 45, 2018;98;104\nuge 46, 2018;"110;118\n'
text("quote-never-closed.csv", HEAD + OPEN + "uge 47, 2018;1;2\n" * 50)
text("huge-cell.csv", HEAD + f"uge 45, 2018;98;104\n{'x' * 300_000};1;2\n")
text("long-number.csv", HEAD + f"uge 45, 2018;{'9' * 100_000};104\n")
text("long-note.csv", f"Uge;Tæller;Nævner;Note\nuge 45, 2018;98;104;{'x' * 500}\n")
text("lone-returns.csv", GOOD.replace("\n", "\r"))
text("decimal-comma-between-commas.csv", "Uge,Andel\n2018-W46,27,5\n2018-W47,30,1\n", "values")
text("delimiter-said.csv", "sep=;\n" + GOOD)
text("pipes.csv", GOOD.replace(";", "|"))
text("spaces-between.txt", GOOD.replace(";", "   "))
text("total-row.csv", GOOD + "I alt;336;355\n")
text("several-places.csv", "Måned;Afsnit A;Afsnit B\njan 2018;5;6\nfeb 2018;7;8\n", "values")

text(
    "header-with-a-line-break.csv", 'Uge;"Tæller\n(antal)";"Nævner\n(alle)"\nuge 45, 2018;98;104\n'
)
text("same-heading-twice.csv", "Måned;Ventetid;Ventetid\njan 2018;5;6\nfeb 2018;7;8\n", "values")
BLOCK = "uge 45, {0};98;104;uge 45, {1};1;2\nuge 46, {0};98;104;uge 46, {1};1;2\n"
text("two-years-side-by-side.csv", 2 * "Uge;Tæller;Nævner;" + "\n" + BLOCK.format(2018, 2019))
text("other-delimiter-in-a-row.csv", GOOD + "uge 48, 2018,110,118\n")
rows(
    "footnotes-below.csv", "Kilde: LPR, udtrukket 1. februar 2019", "* Afsnittet var lukket i juli"
)
rows("form-with-rows-to-come.csv", "uge 46, 2018;110;118", "uge 50, 2026;;", "uge 51, 2026;;")
rows("total-of-a-year.csv", "I alt 2018;208;222")
rows("means-of-some-months.csv", "Gns. 2018;13", "Gennemsnit jan-feb;13", kind="values")

# Periods -----------------------------------------------------------------------------------------

rows("week-53.csv", "uge 53, 2018;1;2")
rows("week-0.csv", "uge 0, 2018;1;2")
rows("future.csv", "uge 45, 2030;1;2")
rows("no-year.csv", "uge 46;1;2")
rows("no-such-day.csv", "30-02-2018;1;2")
rows("too-long-a-period.csv", "november 2018;1;2")
rows("agreeing-twice.csv", "uge 45, 2018;98;104")
rows("differing-twice.csv", "uge 45, 2018;99;104")
rows("roman-numerals.csv", "uge XLVI, 2018;1;2")
rows("emoji-period.csv", "🎉 2018;1;2")
rows("american-date.csv", "11/22/2018;1;2")
rows("year-of-two-weeks.csv", "uge 45/46 2018;1;2")
rows("two-digit-year.csv", "uge 46-18;110;118")
rows("footnote-at-a-week.csv", "uge 4¹, 2018;110;118")
rows("apostrophes-before.csv", "'uge 46, 2018;'110;'118")
text("iso-weeks.csv", "Uge;Tæller;Nævner\n2018W45;98;104\n2018-W46;1;2\n201847;3;4\n")
rows("dates-as-text-and-number.csv", "43419;1;2", "19. november 2018;3;4")
rows("two-weeks-of-a-month.csv", "feb 2018;1", kind="values")
text("weeks-for-months.csv", "Uge;Ventetid\nuge 45 2018;5\nuge 46 2018;6\n", "values")
text("month-names.csv", "Måned;Ventetid\njanuar;5\nfebruar;6\n", "values")

# Figures -----------------------------------------------------------------------------------------

rows("cell-error.csv", "uge 46, 2018;#DIV/0!;118")
rows("cell-error-danish.csv", "uge 46, 2018;#DIVISION/0!;118")
rows("not-available.csv", "uge 46, 2018;#I/T;#I/T")
rows("negative.csv", "uge 46, 2018;-1;118")
rows("more-than-all.csv", "uge 46, 2018;119;118")
rows("none-of-all.csv", "uge 46, 2018;1;0")
rows("half-a-person.csv", "uge 46, 2018;1,5;118")
rows("percent-for-count.csv", "uge 46, 2018;95 %;118")
rows("numerator-alone.csv", "uge 46, 2018;110;")
rows("hidden-few.csv", "uge 46, 2018;<5;118")
rows("dash.csv", "uge 46, 2018;-;118")
rows("letters-for-digits.csv", "uge 46, 2018;1O;118")
rows("exponent.csv", "uge 46, 2018;1E+05;118")
rows("infinite.csv", "uge 46, 2018;Infinity;118")
rows("too-large-a-figure.csv", "uge 46, 2018;1;99999999999999")
rows("roman-figure.csv", "uge 46, 2018;IV;118")
rows("emoji.csv", "uge 46, 2018;👍;118")
rows("formula-injected.csv", "uge 46, 2018;=cmd|' /C calc'!A0;118")
rows("formula-plus.csv", "uge 46, 2018;+1+1;118")
rows("formula-at.csv", "uge 46, 2018;@SUM(A1:A2);118")
rows("date-for-figure.csv", "uge 46, 2018;12-11-2018;118")
rows("no-break-spaces.csv", "uge\u00a046,\u00a02018;\u00a01\u202f010\u00a0;1\u00a0118")
rows("unseen-letters.csv", "\u200buge 46, 2018;1\u200b10;118\ufeff")
rows("footnote-at-a-figure.csv", "uge 46, 2018;110;118²")
rows("ringed-figure.csv", "uge 46, 2018;①;118")
rows("arabic-figure.csv", "uge 46, 2018;١١٠;118")
rows("starred.csv", "uge 46, 2018;110*;118")
rows("in-brackets.csv", "uge 46, 2018;(110);118")
rows("half.csv", "mar 2018;½", kind="values")
rows("word-for-figure.csv", "uge 46, 2018;ingen;118")
rows("currency.csv", "mar 2018;kr. 1.234,50", kind="values")
rows("share-among-percentages.csv", "mar 2018;95,4 %", "apr 2018;0,97", kind="values")
rows("full-width.csv", "uge 46, 2018;１１０;118")
rows("thousands.csv", "uge 46, 2018;1.110;1.118")
rows("comma-and-point.csv", "mar 2018;1.234", "apr 2018;12.5", kind="values")
rows("percent.csv", "mar 2018;95,4 %", kind="values")
rows("unit.csv", "mar 2018;12 dage", kind="values")
text("unit-behind-all.csv", "Måned;Ventetid\njan 2018;12,5 dage\nfeb 2018;13 dage\n", "values")

# Civil registration numbers ----------------------------------------------------------------------

rows("cpr.csv", f"uge 46, 2018;{CPR};118")
rows("cpr-without-dash.csv", "uge 46, 2018;0707614285;118")
rows("cpr-with-spaces.csv", "uge 46, 2018;070761 - 4285;118")
rows("cpr-without-nought.csv", "uge 46, 2018;707614285;118")
rows("cpr-in-a-note.csv", f"uge 46, 2018;110;118;se {CPR}")
text("cpr-in-a-title.csv", f"Liste for {CPR}\n" + GOOD)
text("cpr-in-utf-16.csv", f"{HEAD}uge 46, 2018;{CPR};118\n", encoding="utf-16-le")
text("cpr-in-two-columns.csv", "Født;Løbenr;Uge\n070761;4285;uge 45, 2018\n")
rows("cpr-with-long-dash.csv", "uge 46, 2018;070761–4285;118")
rows("cpr-in-wide-digits.csv", "uge 46, 2018;０７０７６１－４２８５;118")
rows("cpr-like-a-date.csv", "uge 46, 2018;07.07.61-4285;118")
rows("cpr-with-slash.csv", "uge 46, 2018;070761/4285;118")
rows("cpr-parted-unseen.csv", "uge 46, 2018;070761\u200b4285;118")
