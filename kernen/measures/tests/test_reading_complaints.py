"""What a person is told of a cell that is no figure, and what is read as one that is missing."""

import pytest
from django.utils.translation import override

from kernen.measures.tests.reading import W46, W47, read, values

TOLD = {
    "1-4": "goes from one figure to another",
    "1–4": "goes from one figure to another",
    "x": "hides the figure",
    "under 5": "hides the figure",
    "færre end 5": "hides the figure",
    "n<5": "hides the figure",
    "ca. 40": "is only about the figure",
    "~40": "is only about the figure",
    "½": "is a fraction",
    "1½": "is a fraction",
    "12 stk.": "is more than a figure",
    "kr. 12": "is more than a figure",
    "12,-": "is more than a figure",
    "1,2E+03": "was shortened by the spreadsheet",
    "02:30": "is hours and minutes",
    "12 (13)": "is two figures",
    "12 og 13": "is two figures",
    "ukendt": "is not a number",
}


@pytest.mark.parametrize("cell", TOLD)
def test_a_cell_that_is_no_figure_says_why(cell):
    with override("en"):
        (problem,) = read(f"Uge;Ventetid\nuge 45, 2018;5\nuge 46, 2018;{cell}\n").problems
        assert problem.sentence.startswith(f"Row 3, column B (Ventetid): “{cell}” {TOLD[cell]}")


@pytest.mark.parametrize("cell", ["i.d.", "NULL", "NaN", "(tom)", "mangler", "Ikke opgjort"])
def test_what_can_only_mean_that_there_is_no_figure_is_read_so(cell):
    reading = read(f"Uge;Ventetid\nuge 45, 2018;5\nuge 46, 2018;{cell}\n")
    assert (reading.problems, values(reading)) == ([], [(W46 - (W47 - W46), 5), (W46, None)])


@pytest.mark.parametrize("cell", ["12/40", "12 ud af 40", "50 % (20/40)"])
def test_both_parts_in_the_column_of_one_are_told_of(cell):
    text = f"Uge;Tæller;Nævner\nuge 45, 2018;5;40\nuge 46, 2018;6;40\nuge 47, 2018;{cell};40\n"
    with override("en"):
        (problem,) = read(text, kind="counts").problems
        assert "is both numerator and denominator" in problem.sentence
