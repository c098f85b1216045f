"""Lines between the figures that say whose those below them are, and columns that say it unread."""

import pytest
from django.utils.translation import override

from kernen.measures.tests.reading import read, values

ABOVE = "Rækkenavne;Dage\nRanders;11\njan 2018;5\nfeb 2018;6\nHorsens;15\njan 2018;7\nfeb 2018;8\n"
BELOW = "Rækkenavne;Dage\njan 2018;12\nRanders;5\nHorsens;7\nfeb 2018;14\nRanders;6\nHorsens;8\n"


def told(text, frequency="month", **how):
    with override("en"):
        reading = read(text, frequency, kind="values", **how)
        sentences = [one.sentence for one in [*reading.problems, *reading.remarks]]
        return [int(value) for _start, value in values(reading)], sentences


@pytest.mark.parametrize("text", [ABOVE, BELOW])
def test_places_and_periods_in_one_column_are_read_as_a_pivot_table_has_them(text):
    for place, figures in {"Randers": [5, 6], "Horsens": [7, 8]}.items():
        read_so, (sentence, *_total) = told(text + "Hovedtotal;26\n", place=place)
        assert read_so == figures
        assert sentence.startswith("The lines “")
        assert sentence.endswith("A figure on such a line is a total, and is left out.")


def test_a_wrong_figure_of_a_place_is_named_where_it_stands():
    _figures, sentences = told(ABOVE.replace(";8", ";8x"), place="Horsens")
    assert sentences[0].startswith("Row 7, column B (Dage): “8x”")
    _figures, sentences = told(BELOW.replace(";8", ";8x"), place="Horsens")
    assert sentences[0].startswith("Row 7, column B (Dage): “8x”")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (ABOVE.replace("jan 2018;7\nfeb 2018;8", "mar 2018;7\napr 2018;8"), "“Randers” cannot be"),
        ("Måned;Dage\njan 2018;5\nMål;7\nfeb 2018;6\nMål;7\n", "“Mål” cannot be read"),
        ("Måned;Dage\njan 2018;5\nRanders;5\nfeb 2018;6\nRanders;6\n", "“Randers” cannot be"),
        ("Måned;Dage\njan 2018;5\n\nHorsens;\nfeb 2018;6\n", "“Horsens” stands alone between"),
    ],
)
def test_lines_that_are_not_plainly_those_of_places_are_told_of(text, sentence):
    _figures, sentences = told(text)
    assert sentence in sentences[0]


def test_a_note_or_a_heading_between_the_figures_begins_nothing():
    for line in ("Kilde: LPR", "* foreløbigt", "1. halvår", "Nyt system", "Side 1 af 2"):
        figures, _sentences = told(f"Måned;Dage\njan 2018;5\n{line};\nfeb 2018;6\n")
        assert figures == [5, 6]


ROWS = "Fald;jan 2018;5\nFald;feb 2018;6\nTryksår;jan 2018;7\nTryksår;feb 2018;8\n"
SEVERAL = "Indikator;Måned;Dage\n" + ROWS


def test_the_rows_of_the_measure_are_read_where_a_column_names_it():
    assert told(SEVERAL, name="Tryksår") == ([7, 8], [])
    _figures, sentences = told(SEVERAL, name="Ventetid")
    assert "A (Indikator) says another thing there" in sentences[0]
    assert sentences[-1].startswith("A (Indikator) parts the rows (Fald, Tryksår)")


def test_a_share_is_not_read_where_the_series_is_in_something_else():
    both = "Måned;Antal;%\njan 2018;5;50\nfeb 2018;6;60\n"
    assert told(both, unit="fald")[0] == [5, 6]
    assert told(both, unit="%")[0] == [50, 60]
    assert told(both, name="Andel med fald")[0] == [50, 60]
    _figures, (sentence,) = told("Måned;%\njan 2018;5\n", unit="dage")
    assert sentence.startswith("“%” is in %, and the series is in dage.")
