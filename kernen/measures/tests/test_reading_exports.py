"""What pivot tables, hospital systems and wards do to a table, and what is read all the same."""

from datetime import date

import pytest
from django.utils.translation import override

from kernen.measures.tests.reading import counts, read, values


def test_a_table_below_another_is_told_of_and_headings_on_each_page_are_not():
    fall = "Fald\nUge;Antal\nuge 45, 2018;5\nuge 46, 2018;6\n"
    sores = "\nTryksår\nUge;Antal\nuge 47, 2018;1\n"
    with override("en"):
        (problem,) = read(fall + sores, kind="values").problems
        assert problem.sentence == (
            "Row 7, column A (Uge): Headings stand here again, so another table may begin."
            " Keep only the rows that belong here."
        )
    page = read(fall + sores.split("\n\n")[0].replace("\nTryksår\n", ""), kind="values")
    assert [figure.value for figure in page.rows] == [5, 6, 1]


def test_what_is_certain_in_a_heading_counts_before_other_words_in_it():
    text = "Uge;Tæller (alle);Nævner (alle)\nuge 45, 2018;98;104\n"
    assert counts(read(text, kind="counts")) == [(date(2018, 11, 5), 98, 104)]


@pytest.mark.parametrize("cell", ["98/104", "98 (n=104)", "94 % (98/104)", "98 (N = 104)"])
def test_both_parts_in_one_cell(cell):
    assert counts(read(f"Uge;Ajourført\nuge 45, 2018;{cell}\n", kind="counts")) == [
        (date(2018, 11, 5), 98, 104)
    ]


def test_a_year_on_a_line_above_its_months():
    text = "Rækkenavne;Dage\n2017;6,5\njan;6\nfeb;7\n2018;8\njan;8\nHovedtotal;7\n"
    reading = read(text, frequency="month", kind="values")
    assert reading.problems == []
    assert values(reading) == [
        (date(2017, 1, 1), 6),
        (date(2017, 2, 1), 7),
        (date(2018, 1, 1), 8),
    ]
