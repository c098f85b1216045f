"""Nasty files as analysts, secretaries and practices send them: pivot tables as they stand, weeks
at the turn of the year, and headings of which the lower line holds "%" and "antal"."""

from kernen.measures.tests.nasty import HEAD, text

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
