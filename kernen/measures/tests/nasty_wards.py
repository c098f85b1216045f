"""Nasty files as Danish systems and people write them: Qlik, SAP, eSundhed, Power BI, SharePoint,
Excel and Google's sheets, with filters above, sums between and sources below."""

from openpyxl.chart import LineChart, Reference
from openpyxl.worksheet.table import Table

from kernen.measures.tests.nasty import HEAD, nasty, rows, text
from kernen.measures.tests.nasty_books import book, saved

MONTHS = "Måned;Ventetid\n"
VALUES = "values"

# Periods -----------------------------------------------------------------------------------------

text("iso-week-close.csv", "Uge;Tæller;Nævner\n2018W46;1;2\n2018W47;2;3\n")
text("week-before-year.csv", "Uge;Tæller;Nævner\n46-2018;1;2\n47-2018;2;3\n")
text("week-that-may-be-a-month.csv", "Periode;Tæller;Nævner\n07-2018;1;2\n08-2018;2;3\n")
text("quarters-in-short.csv", "Kvartal;Ventetid\n1. kvt. 2018;5\n2. kvt. 2018;6\n", VALUES)
text("quarters-by-letter.csv", "Kvartal;Ventetid\nK1 2018;5\nK2-2018;6\n2018 K3;7\n", VALUES)
text("months-of-two-figures.csv", MONTHS + "Januar-18;5\nFebruar-18;6\n", VALUES)
text("midnight.csv", MONTHS + "31.01.2018 00:00:00;5\n28.02.2018 00:00:00;6\n", VALUES)
text("month-and-day-alone.csv", MONTHS + "01-01;5\n01-02;6\n", VALUES)
text("month-numbers-and-year-above.csv", "2018\nMåned;Ventetid\n1;5\n2;6\n12;7\n", VALUES)
text("spans-of-days.csv", MONTHS + "01.01.2018-31.01.2018;5\n01.02.2018-28.02.2018;6\n", VALUES)
text("week-with-its-dates.csv", HEAD + "Uge 46 (12.11-18.11) 2018;1;2\nUge 47 2018;2;3\n")
text("financial-year.csv", "År;Ventetid\n2017/18;5\n2018/19;6\n", VALUES)
text("rolling.csv", MONTHS + "feb 2017 - jan 2018;5\nmar 2017 - feb 2018;6\n", VALUES)
text("wrong-month-name.csv", MONTHS + "januar 2018;5\nfebruar 2018;6\nmarst 2018;7\n", VALUES)
text("thin-spaces.csv", MONTHS + "jan\u20092018;1\u2009234,5\nfeb\u202f2018;1\u202f300\n", VALUES)

# What programs put around a table ----------------------------------------------------------------

text(
    "esundhed.csv",
    "Sygehusvæsenet;;\nUdtræk: 12-02-2018;;\nFiltre: Region = Midtjylland;;\n\n"
    "År;Måned;Antal ventedage\n"
    "2018;Januar;1.234\n;Februar;1.300\n\nKilde: Landspatientregisteret, Sundhedsdatastyrelsen;;\n",
    VALUES,
)
text(
    "business-objects.csv",
    ";;;\n;Rapport: Ventetid pr. måned;;\n;;;\n"
    ";Måned;;Ventetid\n;jan 2018;;5\n;feb 2018;;6\n;Sum:;;11\n",
    VALUES,
)
text(
    "power-bi.csv",
    "Måned,Sum of Antal\njan 2018,5\nfeb 2018,6\n\n"
    '"Applied filters:\nÅr is 2018\nAfdeling is M",\n',
    VALUES,
)
text(
    "sharepoint.csv",
    '"Titel","Måned","Antal","Oprettet","Elementtype","Sti"\n'
    '"Fald","januar 2018","5","01-02-2018 08:12","Element","sites/kvalitet/Lists/Fald"\n'
    '"Fald","februar 2018","6","01-03-2018 08:15","Element","sites/kvalitet/Lists/Fald"\n',
    VALUES,
)
text(
    "quarter-sums-between.csv",
    MONTHS + "jan 2018;5\nfeb 2018;6\nmar 2018;7\n1. kvartal 2018;18\napr 2018;8\n",
    VALUES,
)
text("year-sums-between.csv", MONTHS + "nov 2017;5\ndec 2017;6\n2017;11\njan 2018;7\n", VALUES)
text("to-date.csv", MONTHS + "jan 2018;5\nfeb 2018;6\nÅTD 2018;11\nYTD;11\n", VALUES)
text("goal-row.csv", MONTHS + "Mål;10\njan 2018;5\nfeb 2018;6\n", VALUES)
text("footer-with-a-number.csv", MONTHS + "jan 2018;5\nfeb 2018;6\nAntal rækker;2\n", VALUES)
PAGE = MONTHS + "{0} 2018;5\nSide {1} af 2;\n"
text("pages.csv", PAGE.format("jan", 1) + PAGE.format("feb", 2), VALUES)
text(
    "change-since-last-year.csv", "Måned;2017;2018;Ændring\njan;5;6;+20 %\nfeb;7;8;+14 %\n", VALUES
)
text(
    "last-year-beside.csv",
    "Måned;Ventetid;Samme måned sidste år\njan 2018;5;6\nfeb 2018;7;8\n",
    VALUES,
)

# Text --------------------------------------------------------------------------------------------

text("mark-in-the-middle.csv", HEAD + "uge 45, 2018;98;104\n\ufeffuge 46, 2018;\ufeff110;118\n")
text("mixed-line-ends.csv", "Uge;Tæller;Nævner\r\nuge 45, 2018;98;104\ruge 46, 2018;110;118\n")
text("semicolon-in-quotes.csv", 'Uge;Tæller;Nævner;Note\nuge 45, 2018;98;104;"a;b;c"\n')
text("tabs-and-semicolons.csv", HEAD + "uge 45, 2018\t98\t104\nuge 46, 2018\t110\t118\n")
NONE = ";" * 253 + "\n"
text("empty-columns.csv", f"{NONE}Uge;Tæller;Nævner{NONE}uge 45, 2018;1;2{NONE}")
text("windows-dash.csv", (MONTHS + "jan 2018;\u20135\nfeb 2018;6\n").encode("cp1252"), VALUES)
text("minus-signs.csv", MONTHS + "jan 2018;\u22125,5\nfeb 2018;6\n", VALUES)
text("underscored.csv", "maaned_aar;gns_ventetid_dage\n2018_01;5\n2018_02;6\n", VALUES)

# Figures -----------------------------------------------------------------------------------------

text("both-scales.csv", "Måned;Andel %\njan 2018;45\nfeb 2018;0,45\nmar 2018;47\n", VALUES)
text("negative-percent.csv", "Måned;Andel\njan 2018;-5 %\nfeb 2018;4 %\n", VALUES)
rows("counts-with-decimals.csv", "uge 46, 2018;12,0;40,00")
rows("counts-with-their-unit.csv", "uge 46, 2018;12 stk;40 stk")
text("codes-for-missing.csv", MONTHS + "jan 2018;5\nfeb 2018;9999\nmar 2018;-1\n", VALUES)
text("thousands-without-parts.csv", MONTHS + "jan 2018;1.5\nfeb 2018;1.500\n", VALUES)
text("swapped-signs.csv", MONTHS + "jan 2018;1,234.50\nfeb 2018;1.234,50\n", VALUES)
text("share-and-counts-swapped.csv", "Uge;Nævner;Tæller;Pct\nuge 45, 2018;104;98;94\n")
text("counts-as-shares.csv", "Uge;Tæller;Nævner\nuge 45, 2018;0,94;1\nuge 46, 2018;0,9;1\n")
text("days-as-dates.csv", "Måned;Ventetid\njan 2018;12-05-2018\nfeb 2018;13,5\n", VALUES)


@nasty("table-with-a-total.xlsx", VALUES)
def total_row() -> bytes:
    made = book([["Måned", "Ventetid"], ["jan 2018", 5], ["feb 2018", 6], ["Total", 11]])
    made.active.add_table(Table(displayName="T", ref="A1:B4", totalsRowCount=1))
    return saved(made)


@nasty("chart-sheet.xlsx", VALUES)
def chart_sheet() -> bytes:
    made = book([["Måned", "Ventetid"], ["jan 2018", 5], ["feb 2018", 6]])
    chart = LineChart()
    chart.add_data(Reference(made.active, min_col=2, min_row=1, max_row=3))
    made.create_chartsheet("Graf").add_chart(chart)
    return saved(made)


@nasty("very-hidden.xlsx", VALUES)
def very_hidden() -> bytes:
    made = book([["Måned", "Ventetid"], ["jan 2018", 5], ["feb 2018", 6]])
    made.create_sheet("Kladde").append(["jan 2018", 7])
    made["Kladde"].sheet_state = "veryHidden"
    return saved(made)


@nasty("external-links.xlsx", VALUES)
def external_links() -> bytes:
    made = book([["Måned", "Ventetid"], ["jan 2018", "=[1]Ark1!$B$2"], ["feb 2018", 6]])
    return saved(made)


@nasty("numbers-as-text.xlsx", VALUES)
def numbers_as_text() -> bytes:
    made = book([["Måned", "Ventetid"], ["jan 2018", "5,5"], ["feb 2018", "6"]])
    made.active["B3"].quotePrefix = True
    return saved(made)


@nasty("both-percents.xlsx", VALUES)
def both_percents() -> bytes:
    made = book([["Måned", "Andel"], ["jan 2018", 0.45], ["feb 2018", 45], ["mar 2018", 0.5]])
    for cell in ("B2", "B3"):
        made.active[cell].number_format = "0%"
    return saved(made)


@nasty("two-merged-header-rows.xlsx")
def two_merged_header_rows() -> bytes:
    made = book([
        ["Ajourført medicin 2018", None, None, None],
        [None, "Opgørelse", None, None],
        ["Uge", "Tæller", "Nævner", "Andel"],
        ["uge 45", 98, 104, 0.942], ["uge 46", 110, 118, 0.932],
        ["Kilde: Columna CIS", None, None, None],
    ])  # fmt: skip
    made.active.merge_cells("A1:D1")
    made.active.merge_cells("B2:D2")
    return saved(made)


@nasty("year-in-a-merged-column.xlsx", VALUES)
def year_in_a_merged_column() -> bytes:
    made = book([["", "", "Dage"], [2017, "nov", 5], [None, "dec", 6], [2018, "jan", 7]])
    made.active.merge_cells("A2:A3")
    return saved(made)


@nasty("a-sheet-a-year.xlsx", VALUES)
def a_sheet_a_year() -> bytes:
    made = book([["Måned", "Dage"], ["jan", 5], ["feb", 6]])
    made.active.title = "2017"
    for row in [["Måned", "Dage"], ["jan", 7], ["feb", 8]]:
        (made["2018"] if "2018" in made.sheetnames else made.create_sheet("2018")).append(row)
    return saved(made)


@nasty("dates-from-before.xlsx", VALUES)
def dates_from_before() -> bytes:
    return saved(book([["Måned", "Dage"], ["01-01-1899", 5], ["jan 2018", 6]]))


# What looked right and was read wrongly ----------------------------------------------------------

DRAWN = "Sidst opdateret: 15. januar 2019;\n"
text("drawn-the-year-after.csv", DRAWN + "Måned;Ventetid\nnov;5\ndec;6\n", VALUES)
text("drawn-in-a-month.csv", "Opdateret januar 2019;\nMåned;Ventetid\nnov;5\ndec;6\n", VALUES)
text("drawn-by-date.csv", "Udtrukket 15/01/2019;\nMåned;Ventetid\nnov;5\ndec;6\n", VALUES)
text("fulfilled-and-not.csv", "Uge;Opfyldt;Ikke opfyldt\nuge 45, 2018;5;10\nuge 46, 2018;6;10\n")
text("yes-and-no.csv", "Uge;Ja;Nej\nuge 45, 2018;5;10\nuge 46, 2018;6;10\n")
text("two-parts-of-all.csv", "Uge;Mænd;Kvinder;I alt\nuge 45, 2018;5;10;15\nuge 46, 2018;6;9;15\n")
text(
    "pivot-with-sums-of-years.csv",
    "År;Måned;Dage\n2017;nov;5\n;dec;6\n2017 Total;;11\n2018;jan;7\n",
     VALUES)  # fmt: skip
text("sums-named-behind.csv", MONTHS + "jan 2018;5\nfeb 2018;6\n2018 i alt;11\n", VALUES)
text("goal-beside.csv", "Måned;Ventetid (dage);Mål\njan 2018;5;7\nfeb 2018;6;7\n", VALUES)
text("limits-beside.csv", "Måned;Dage;Nedre grænse;Øvre grænse\njan 2018;5;4;7\nfeb 2018;6;4;7\n",
     VALUES)  # fmt: skip
