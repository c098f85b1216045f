"""Nasty files as hospital systems and pivot tables write them, and as wards fill them in."""

from kernen.measures.tests.nasty import HEAD, nasty, rows, text
from kernen.measures.tests.nasty_books import book, saved

MONTHS = "Måned;Ventetid\n"

# What programs write -----------------------------------------------------------------------------

text(
    "pivot-crossed.csv",
    "Antal af CPR;Kolonnenavne;;;\nRækkenavne;(tom);2017;2018;Hovedtotal\njan;;5;6;11\n"
    "feb;;7;8;15\n(tom);;;;\nHovedtotal;;12;14;26\n",
    "values",
)
text(
    "pivot-years-between.csv",
    "Rækkenavne;Gennemsnit af Ventetid\n2017;6,5\njan;6\nfeb;7\n2018;8\njan;8\nHovedtotal;7\n",
    "values",
)
text("pivot-with-unknown.csv", MONTHS + "jan 2018;5\n(tom);3\nHovedtotal;8\n", "values")
text("sas-export.csv", '\ufeff"sep=;"\r\n"Uge";"Tæller";"Nævner"\r\n"2018W45";"98";"104"\r\n')
text("statbank-months.csv", MONTHS + "2017M03;5\n2017M04;6\n", "values")
text("year-week-numbers.csv", "ÅrUge;Tæller;Nævner\n201801;5;6\n201802;5;7\n")
text("quarters-of-two-figures.csv", "Måned;Ventetid\nQ1-17;5\n", "values")
text("swiss-thousands.csv", MONTHS + "jan 2018;1'234'567\nfeb 2018;2’234’567,5\n", "values")
text("registry.csv", "Enhed;Uge;Indikatorværdi;Tæller;Nævner;95% CI\nM;2018-W01;83,3;5;6;(60-98)\n")

# What hides a figure, or holds two ---------------------------------------------------------------

rows("starred-out.csv", "uge 46, 2018;*;118", "uge 47, 2018;x;118", "uge 48, 2018;1-4;118")
rows("dotted-out.csv", "uge 46, 2018;..;..", "uge 47, 2018;..;118")
rows("count-with-its-letter.csv", "uge 46, 2018;20;N=40", "uge 47, 2018;30;n = 50")
text("both-in-one-cell.csv", "Uge;Ajourført\nuge 45, 2018;20/40\nuge 46, 2018;30 / 50 (60 %)\n")
text("count-in-brackets.csv", "Uge;Ajourført\nuge 45, 2018;20 (n=40)\nuge 46, 2018;30 (n=50)\n")
text("share-before-counts.csv", "Uge;Andel\nuge 45, 2018;50 % (20/40)\nuge 46, 2018;60 % (30/50)\n")
text("two-figures-for-a-value.csv", "Måned;Andel\njan 2018;20/40\nfeb 2018;30/50\n", "values")
text("share-with-its-count.csv", "Måned;Andel\njan 2018;50 % (N=40)\n", "values")

# How sheets are laid out -------------------------------------------------------------------------

text("years-across.csv", "Måned;2017;2018\njan;5;6\nfeb;7;8\n", "values")
text("years-down.csv", "År;jan;feb\n2017;5;6\n2018;7;8\n", "values")
text(
    "two-tables-below.csv",
    "Fald\nMåned;Antal\njan 2018;5\nfeb 2018;6\n\nTryksår\nMåned;Antal\njan 2019;1\n",
    "values",
)
text("two-tables-beside.csv", "Måned;Fald;;Måned;Tryksår\njan 2018;5;;feb 2018;1\n", "values")
text("units-beside.csv", "Mål;Enhed;uge 1 2018;uge 2 2018\nTæller;antal;5;6\nNævner;antal;7;8\n")
text("how-to-fill-in.csv", "Uge;Tæller;Nævner\n(skriv ugen);(antal);(alle)\nuge 45, 2018;98;104\n")
text("heading-that-says-all.csv", 'Uge;"Tæller\nalle";"Nævner\nalle"\nuge 45, 2018;98;104\n')
text(
    "heading-repeated-on-each-page.csv", HEAD + "uge 45, 2018;98;104\n" + HEAD + "uge 46, 2018;1;2"
)


@nasty("years-as-numbers.xlsx", "values")
def years_as_numbers() -> bytes:
    return saved(book([["Måned", 2017, 2018], ["jan", 5, 6], ["feb", 7, 8]]))
