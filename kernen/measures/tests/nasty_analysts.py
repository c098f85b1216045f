"""Nasty files as analysts, secretaries and practices send them: pivot tables as they stand, weeks
at the turn of the year, and headings of which the lower line holds "%" and "antal"."""

import io
import zipfile

from kernen.measures.tests.nasty import HEAD, nasty, text
from kernen.measures.tests.nasty_books import book, saved

MONTHS = "Måned;Ventetid\n"
VALUES = "values"

# Periods -----------------------------------------------------------------------------------------

text("weeks-of-short-years.csv", "Uge;Tæller;Nævner\n52-17;98;104\n01-18;100;110\n02-18;1;2\n")
text("weeks-of-years-with-a-mark.csv", "Uge;Tæller;Nævner\nuge 46 '18;98;104\nu47/18;1;2\n")
text("stretches-of-weeks.csv", "Uge;Tæller;Nævner\nuge 25-26;98;104\nuge 27-28;100;110\n")
text("year-before-week.csv", "Uge;Tæller;Nævner\n18-13;98;104\n18-14;100;110\n18-15;1;2\n")
text("days-without-years.csv", "Uge;Tæller;Nævner\n05-11;98;104\n12-11;100;110\n19-11;1;2\n")
text("months-of-short-years.csv", MONTHS + "11/17;5\n12/17;6\n01/18;7\n02/18;8\n", VALUES)
TURN = "År;Uge;Tæller;Nævner\n2017;51;98;104\n2017;52;100;110\n{};1;4;5\n2018;2;4;5\n"
text("week-1-of-the-old-year.csv", TURN.format(2017))
text("week-1-of-the-new-year.csv", TURN.format(2018))
text("week-52-of-the-new-year.csv", HEAD + "uge 51, 2016;1;2\nuge 52, 2017;1;2\nuge 1, 2017;1;2\n")
text("winter-below-one-year.csv", "År;Måned;Dage\n2017;nov;1\n;dec;2\n;jan;3\n;feb;4\n", VALUES)
text("weeks-over-new-year.csv", "2018;;\nUge;Tæller;Nævner\n51;1;20\n52;2;20\n1;3;20\n2;4;20\n")

# Several places ----------------------------------------------------------------------------------

OVER = "Uge;Randers;;Horsens;\n;{0};{1};{0};{1}\n"
SIZES = OVER + "uge 45, 2018;45,2;31;50,1;40\nuge 46, 2018;46,2;32;51,1;41\n"
COUNTS = OVER + "uge 45, 2018;12;31;14;40\nuge 46, 2018;13;32;15;41\n"
text("places-over-share-and-size.csv", SIZES.format("%", "n"))
text("places-over-counts.csv", COUNTS.format("Antal", "N"))
text("places-over-count-and-share.csv", COUNTS.format("Antal", "%"))
PIVOT = (
    "Rækkenavne;Sum af Dage\n{}jan 2018;5\nfeb 2018;6\n{}jan 2018;7\nfeb 2018;8\nHovedtotal;26\n"
)
text("pivot-of-places.csv", PIVOT.format("Randers;11\n", "Horsens;15\n"), VALUES)
text("places-on-lines.csv", PIVOT.format("Randers;\n", "Horsens;\n"), VALUES)
text("another-place-below.csv", MONTHS + "jan 2018;5\nfeb 2018;6\n\nHorsens;\nmar 2018;7\n", VALUES)
text("note-between.csv", MONTHS + "jan 2018;5\nNyt system fra februar;\nfeb 2018;6\n", VALUES)

# What a row or a column belongs to ---------------------------------------------------------------

text("two-sexes.csv", "Måned;Køn;Dage\njan 2018;M;5\njan 2018;K;5\n", VALUES)
BLOCKS = "Team;Måned;Dage\nA;jan 2018;5\nA;feb 2018;6\nB;mar 2018;7\nB;apr 2018;8\n"
text("teams-in-blocks.csv", BLOCKS, VALUES)
text("codes-of-wards.csv", BLOCKS.replace("Team", "SHAK"), VALUES)
PARTS = "uge 45, 2018;Tæller;{}\nuge 45, 2018;Nævner;9\n"
text("parts-of-a-share-twice.csv", "Uge;Hvad;Antal\n" + PARTS.format(5) + PARTS.format(6))
ACROSS = ";uge 45, 2018;;uge 46, 2018;\nAfsnit;{0};{1};{0};{1}\nA;1;10;3;25\nB;2;18;4;30\n"
text("small-and-large-n-across.csv", ACROSS.format("n", "N"))
text("count-and-share-across.csv", ACROSS.format("Antal", "%").replace("uge 45, ", "jan ")
     .replace("uge 46, ", "feb "), VALUES)  # fmt: skip
# Figures -----------------------------------------------------------------------------------------

text("english-thousands.csv", 'Uge,Heraf,I alt,%\nuge 45 2018,"1,100","1,204",91.4%\n')
text("thousand-beside-others.csv", "Uge;Tæller;Nævner\nuge 45, 2018;950;1,000\nuge 46, 2018;1;2\n")
text("full-stops-elsewhere.csv", "Måned;Dage;SD\njan 2018;12.125;0.5\nfeb 2018;1.25;0.6\n", VALUES)
text("thousands-by-full-stop.csv", "Måned;Dage;SD\njan 2018;12.125;0.5\nfeb 2018;13.250;0.6\n",
     VALUES)  # fmt: skip
text("added-up.csv", "Måned;Akkumuleret antal\njan 2018;5\nfeb 2018;11\n", VALUES)
text("confidence-limits.csv", "Måned;Andel;95% CI nedre;95% CI øvre\njan 2018;5;4;6\n", VALUES)
text("decimal-comma-into-the-note.csv", "Måned,Dage,Note\njan 2018,12,5\nfeb 2018,13,7\n", VALUES)
text("decimal-comma-behind-a-comma.csv", "Måned,Dage,Note\njan 2018,12,5,\n", VALUES)
text("no-figure-in-words.csv", MONTHS + "jan 2018;NULL\nfeb 2018;6\nmar 2018;Ej opgjort\n", VALUES)
text("preliminary.csv", MONTHS + "jan 2018;5\nfeb 2018*;6\nmar 2018 (foreløbig);7\n", VALUES)
text("numbered-rows.csv", ",Måned,Dage\n0,jan 2018,12\n1,feb 2018,13\n2,mar 2018,15\n", VALUES)
text("statbank.csv", '"Hjemmehjælp efter område og tid"\n\n" "," ","2018M01","2018M02"\n'
     '"Randers","Modtagere",12,13\n"Vejle","Modtagere",1,2\n\n"Kilde: DST"\n', VALUES)  # fmt: skip
text("spans-of-a-week.csv", HEAD + "31/12 2018 - 6/1 2019;1;2\n07.01.2019–13.01.2019;2;3\n")


@nasty("october-as-a-number.xlsx", VALUES)
def october_as_a_number() -> bytes:
    return saved(book([["Måned", "Dage"], [2018.09, 5], [2018.1, 6], [2018.11, 7]]))


@nasty("october-or-january.xlsx", VALUES)
def october_or_january() -> bytes:
    return saved(book([["Måned", "Dage"], [2018.1, 6], [2018.11, 7]]))


def sheets(**rows: list[list[object]]) -> bytes:
    made = book(next(iter(rows.values())))
    made.active.title = next(iter(rows))
    for name in [*rows][1:]:
        made.create_sheet(name)
        for row in rows[name]:
            made[name].append(row)
    return saved(made)


MONTH = ["Måned", "Dage"]


@nasty("quarters-on-sheets.xlsx", VALUES)
def quarters_on_sheets() -> bytes:
    first, second = [MONTH, ["jan", 5], ["feb", 6]], [MONTH, ["apr", 7], ["maj", 8]]
    return sheets(**{"K1 2018": first, "K2 2018": second})


@nasty("places-and-years-on-sheets.xlsx", VALUES)
def places_and_years_on_sheets() -> bytes:
    names = ["Randers 2017", "Randers 2018", "Horsens 2017", "Horsens 2018"]
    return sheets(**{name: [MONTH, ["jan", 5], ["feb", 6]] for name in names})


@nasty("all-of-it-encrypted.ods")
def all_of_it_encrypted() -> bytes:
    """As LibreOffice writes it since 2024."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("encrypted-package", b"\x01\x02\x03" * 99)
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    return file.getvalue()


# Pivot tables ------------------------------------------------------------------------------------

PIVOT = "Rækkenavne;Sum af Dage\njan 2018;{}\n{};5\n{};6\nfeb 2018;{}\n{};7\n{};8\n"
PLACES = ("Randers", "Horsens")
text("pivot-of-places-below-months.csv", PIVOT.format(11, *PLACES, 15, *PLACES), VALUES)
GOALS = "jan 2018;5\nMål;7\nfeb 2018;6\nMål;7\n"
text("goals-below-months.csv", MONTHS + GOALS, VALUES)
COLUMNS = "Sum af Dage;Kolonnenavne;;\nRækkenavne;Horsens;Randers;Hovedtotal\n"
text("pivot-of-places-beside.csv", COLUMNS + "jan 2018;5;6;11\nHovedtotal;5;6;11\n", VALUES)
text("places-in-capitals.csv", "Uge;Sted;Tæller;Nævner\nuge 45, 2018;Randers;1;2\n"
     "uge 46, 2018;RANDERS;2;3\n")  # fmt: skip
text("events-of-two-measures.csv", "Måned;Indikator;Dage\njan 2018;Fald;5\njan 2018;Tryksår;5\n",
     VALUES)  # fmt: skip


@nasty("years-and-weeks-below-one-heading.xlsx")
def years_and_weeks_below_one_heading() -> bytes:
    head, rows = ["Uge", None, "Tæller", "Nævner"], [[2018, 1, 5, 9], [None, 2, 6, 9]]
    return saved(book([head, *rows, [2017, 52, 7, 9]]))


@nasty("hours-that-excel-counts.xlsx", VALUES)
def hours_that_excel_counts() -> bytes:
    made = book([["Måned", "Tid"], ["jan 2018", 1.5], ["feb 2018", 0.75]])
    for cell in ("B2", "B3"):
        made.active[cell].number_format = "[h]:mm"
    return saved(made)


# Dates and percentages of another kind -----------------------------------------------------------

text("weeks-with-the-month-first.csv", HEAD + "1/8/2018;1;2\n2/5/2018;2;3\n3/5/2018;3;4\n")
text("weeks-with-the-day-first.csv", HEAD + "8/1/2018;1;2\n5/2/2018;2;3\n5/3/2018;3;4\n")
DAYS = "02-01-2018;05-02-2018;5\n01-02-2018;05-03-2018;6\n"
text("two-columns-of-days.csv", "Indlagt;Udskrevet;Antal\n" + DAYS, VALUES)
text("percentages-in-words.csv", "Måned;Andel\njan 2018;95,5pct\nfeb 2018;96 procent\n", VALUES)
