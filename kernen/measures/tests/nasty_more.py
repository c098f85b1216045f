"""Nasty files that were thought up afterwards: what wards do to their tables without meaning to."""

from kernen.measures.tests.nasty import HEAD, nasty, rows, text
from kernen.measures.tests.nasty_books import book, saved

text("places-above.csv", "Måned;K;;M;\n;Tæller;Nævner;Tæller;Nævner\nuge 45, 2018;1;2;3;4\n")
text(
    "places-down-the-side.csv",
    "Sted;;uge 45, 2018;uge 46, 2018\nK;T;1;2\n;N;2;3\nM;T;3;4\n;N;4;5\n",
)
text("units-below-headings.csv", "Uge;Tæller;Nævner\n;antal;antal\nuge 45, 2018;98;104\n")
text("swapped.csv", "Uge;Nævner;Tæller\nuge 45, 2018;98;104\nuge 46, 2018;110;118\n")
text("thousands-mixed.csv", "Måned;Ventetid\njan 2018;1.234\nfeb 2018;1,234\n", "values")
text("per-mille.csv", "Måned;Andel\njan 2018;12 ‰\nfeb 2018;13 ‰\n", "values")
text("percent-and-share.csv", "Måned;Andel\njan 2018;12,5 %\nfeb 2018;0,13\n", "values")
text("approximately.csv", "Måned;Ventetid\njan 2018;ca. 12\nfeb 2018;13\n", "values")
text("range.csv", "Måned;Ventetid\njan 2018;12-14\nfeb 2018;13\n", "values")
text("month-by-day.csv", "Måned;Ventetid\n31-01-2018;12\n28-02-2018;13\n", "values")
text("american-dates.csv", "Uge;Tæller;Nævner\n11/26/2018;1;2\n12/03/2018;2;3\n")
text("month-of-two-figures.csv", "Måned;Ventetid\njan-18;12\nfeb-18;13\n", "values")
text("week-53-that-is-not.csv", HEAD + "uge 53, 2018;98;104\n")
text("seasons.csv", "Periode;Ventetid\nforår 2018;12\nsommer 2018;13\n", "values")
text("footnotes.csv", "Måned;Ventetid\njan 2018;12*\nfeb 2018;13\n*) foreløbigt tal;\n", "values")
text("bold-marks.csv", "Uge;Tæller;Nævner\n**uge 45, 2018**;**98**;**104**\n")
text("markdown.csv", "| Uge | Tæller | Nævner |\n|---|---|---|\n| uge 45, 2018 | 98 | 104 |\n")
text("sums-between.csv", HEAD + "uge 45, 2018;98;104\nSum 2018;98;104\nuge 46, 2018;1;2\n")
text("arabic-figures.csv", HEAD + "uge 45, 2018;٩٨;١٠٤\n")
text("exponent-with-comma.csv", "Måned;Ventetid\njan 2018;1,2E+03\nfeb 2018;13\n", "values")
text("clock.csv", "Måned;Ventetid\njan 2018;02:30\nfeb 2018;03:15\n", "values")
text("money.csv", "Måned;Udgift\njan 2018;kr. 1.250,00\nfeb 2018;kr. 1.300,00\n", "values")
text("reversed-signs.csv", "Måned;Ventetid\njan 2018;12-\nfeb 2018;13\n", "values")
rows("trailing-spaces.csv", "uge 46, 2018 ; 110 ; 118 ")
rows("two-denominators.csv", "uge 46, 2018;110;118/119")
text("only-denominator.csv", "Uge;Nævner\nuge 45, 2018;104\nuge 46, 2018;118\n")
text(
    "latin-1-without-words.csv",
    HEAD.replace("Uge", "Uge ø") + "uge 45, 2018;98;104\n",
    encoding="latin-1",
)


@nasty("formula-beside.xlsx")
def formula_beside() -> bytes:
    made = book()
    made.active["D1"], made.active["D3"] = "Andel", "=B3/C3"
    return saved(made)


@nasty("formula-for-a-period.xlsx")
def formula_for_a_period() -> bytes:
    made = book()
    made.active["A3"] = '="uge 46, "&2018'
    return saved(made)


@nasty("formula-for-a-note.xlsx")
def formula_for_a_note() -> bytes:
    made = book()
    made.active["D1"], made.active["D3"] = "Bemærkning", "=A1"
    return saved(made)


@nasty("formula-in-a-hidden-sheet.xlsx")
def formula_in_a_hidden_sheet() -> bytes:
    made = book()
    made.create_sheet("Gemt").append(["=1+1", "=2+2"])
    made["Gemt"].sheet_state = "hidden"
    return saved(made)


FORMULA = '=HYPERLINK("https://intra/lpr?id=1;2";"klik")'
text("formula-with-quotes.csv", f"Uge;Tæller;Nævner;Kilde\nuge 45, 2018;98;104;{FORMULA}\n")
text("formula-with-quotes-for-a-figure.csv", HEAD + f"uge 45, 2018;{FORMULA};104\n")
text("quoted-word-in-quotes.csv", HEAD.replace("Uge", '"Uge "nr""') + "uge 45, 2018;98;104\n")
text("words-behind-a-quote.csv", HEAD + 'uge 45, 2018;"98" i alt;104\n')
