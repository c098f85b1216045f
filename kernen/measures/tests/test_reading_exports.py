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


def test_a_longer_period_between_those_of_which_it_is_made_is_a_sum_and_no_other_is():
    text = "Måned;Dage\nnov 2017;5\ndec 2017;6\n2017;11\n4. kvartal 2017;11\njan 2018;7\n"
    reading = read(text, frequency="month", kind="values")
    assert (reading.problems, [figure.value for figure in reading.rows]) == ([], [5, 6, 7])
    alone = read(text.replace("2017;11\n", "2016;11\n", 1), frequency="month", kind="values")
    assert [problem.row for problem in alone.problems] == [4]


@pytest.mark.parametrize(
    "text", ["2018/1;5\n2018/3;6\n", "1-2018;5\n3-2018;6\n", "K1-18;5\nQ3 18;6\n"]
)
def test_a_number_and_a_year_is_a_quarter_where_the_heading_says_so(text):
    reading = read(f"Kvartal;Dage\n{text}", frequency="quarter", kind="values")
    assert values(reading) == [(date(2018, 1, 1), 5), (date(2018, 7, 1), 6)]


def test_a_share_among_percentages_is_told_of():
    with override("en"):
        told = read("Måned;Andel\njan 2018;45\nfeb 2018;0,45\nmar 2018;47\n", frequency="month",
                    kind="values", unit="%").remarks  # fmt: skip
        assert [remark.sentence for remark in told] == [
            "0.45 may be a share, and the other figures are percentages. See that it is right."
        ]
    low = read("Måned;Andel\njan 2018;1,5\nfeb 2018;0,45\n", frequency="month", kind="values",
               unit="%")  # fmt: skip
    assert low.remarks == []
