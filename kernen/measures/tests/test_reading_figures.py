"""From a table to figures: what is understood, and each problem by row, column and sentence."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from kernen.lib.periods import label
from kernen.measures.reading.choosing import read_file
from kernen.measures.reading.figures import understand
from kernen.measures.reading.headings import role_of
from kernen.measures.tests.reading import DATA, TODAY, W46, W47, W48, columns, counts, read, values


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


# Which column holds what -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headings", "row", "frequency", "roles"),
    [
        ("Uge;Tæller;Nævner", "uge 46, 2018;5;9", "week", "period numerator denominator"),
        ("Nævner;Tæller;Uge", "9;5;uge 46, 2018", "week", "denominator numerator period"),
        ("Week;Numerator;Denominator", "2018-W46;5;9", "week", "period numerator denominator"),
        ("Dato;Antal;Antal i alt", "22-11-2018;5;9", "day", "period numerator denominator"),
        ("Måned;Opfyldt;Patienter", "nov 2018;5;9", "month", "period numerator denominator"),
        ("Måned;n;N", "nov 2018;5;9", "month", "period numerator denominator"),
        ("Måned;N;n", "nov 2018;9;5", "month", "period denominator numerator"),
        ("Måned;Patienter;I alt", "nov 2018;5;9", "month", "period numerator denominator"),
        ("Periode;Resultat;Kommentar", "nov 2018;5;x", "month", "period value note"),
        ("Periode;Bemærkninger;Værdi", "nov 2018;x;5", "month", "period note value"),
        ("Afdeling;Kvartal;Median (dage)", "O3;2. kvartal 2018;5", "quarter", "- period value"),
        ("Nr.;År;Antal", "1;2018;5", "year", "- period value"),
        ("År;Uge;Antal", "2018;46;5", "week", "year period value"),
        ("Uge;År;Andel", "uge 46;2018;5", "week", "period year value"),
        ("År;Måned;Andel", "2018;november;5", "month", "year period value"),
        ("År;Kvartal;Andel", "2018;2;5", "quarter", "year period value"),
        ("Uge;Dato;Andel", "46;22-11-2018;5", "day", "- period value"),
        ("Uge;År;Dato;Andel", "46;2018;22-11-2018;5", "month", "- - period value"),
        ("Måned;Andel;Tæller;Nævner", "nov 2018;55;5;9", "month", "period - numerator denominator"),
        ("Hvornår;Hvor længe", "nov 2018;43,5", "month", "period value"),
        ("Uge;Ja ud af alle", "uge 46, 2018;5/9", "week", "period fraction"),
        ("Måned;Antal operationer;Antal med FMK", "nov 2018;9;5", "month",
         "period denominator numerator"),
    ],
)  # fmt: skip
def test_headings_and_content_say_what_the_columns_hold(headings, row, frequency, roles):
    expected = {role: index for index, role in enumerate(roles.split()) if role != "-"}
    if "fraction" in expected:
        index = expected.pop("fraction")
        expected |= {"numerator": index, "denominator": index}
    reading = read(f"{headings}\n{row}", frequency)
    assert columns(reading) == expected
    assert reading.ok


def test_the_measure_decides_between_counts_and_value():
    text = "Uge;Andel;Tæller;Nævner\nuge 46, 2018;55,6;5;9"
    assert counts(read(text, kind="counts")) == [(W46, 5, 9)]
    assert values(read(text, kind="values")) == [(W46, Decimal("55.6"))]
    assert read(text, kind=None).counts


def test_a_person_can_choose_other_columns():
    text = "Uge;A;B;C\nuge 46, 2018;5;9;x\n"
    chosen = {"period": 0, "numerator": 1, "denominator": 2, "note": 3}
    reading = read(text, columns=chosen)
    assert columns(reading) == chosen
    assert (counts(reading), reading.rows[0].note) == ([(W46, 5, 9)], "x")
    assert values(read(text, columns={"period": 0, "value": 2})) == [(W46, 9)]
    assert reading.columns["numerator"].name == "B (A)"


def test_a_paste_without_headings():
    reading = read("uge 46, 2018\t27,5\tferie\nuge 47, 2018\t30,1\t")
    assert values(reading) == [(W46, Decimal("27.5")), (W47, Decimal("30.1"))]
    assert reading.rows[0].note == "ferie"
    assert reading.ok


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        ("Måned;jan 2018;feb 2018;mar 2018\nA;1;2;3", {}, "The periods stand side by side in one"),
        ("Navn;Antal\nO3;5", {}, "No column holds periods. Choose which one does."),
        (
            "Uge;Antal\nuge 46, 2018;5",
            {"kind": "counts"},
            "Choose one column for the numerator and",
        ),
        ("Uge;Antal\nuge 46, 2018;5", {"columns": {"period": 0}}, "No column holds figures."),
        (
            "Uge;Antal\nuge 46, 2018;5",
            {"columns": {"period": 0, "numerator": 1}},
            "Choose one column for the numerator and one for the denominator.",
        ),
        ("Uge;Tæller;Nævner\nuge 46, 2018;5;9", {"kind": "values"}, "No column holds figures."),
        (
            "Uge;Tal\nuge 46, 2018;\nuge 47, 2018;i.a.\nuge 48, 2018;5",
            {"columns": {"period": 0, "value": 0}},
            "Row 2, column A (Uge): “uge 46, 2018” is not a number.",
        ),
    ],
)
def test_says_what_is_lacking(text, options, sentence):
    frequency = "month" if "jan" in text else "week"
    reading = read(text, frequency, **options)
    assert not reading.ok
    assert reading.problems[0].sentence.startswith(sentence)


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("TÆLLER", "numerator"), ("Nævner (antal patienter)", "denominator"),
        ("Antal patienter i alt", "denominator"), ("Antal patienter", "count"),
        ("Uge nr.", "week"), ("Uge for operation", "week"), ("Andel i ugen", "value"),
        ("%", "value"), ("Kommentar til uge", "note"), ("N", "denominator"), ("Nr.", "order"),
        ("Ventedage", None), ("Naevner", "denominator"), ("", None), ("2018", None),
    ],
)  # fmt: skip
def test_roles_by_heading(heading, role):
    assert role_of(heading) == role


# Periods ---------------------------------------------------------------------------------------


def test_year_and_week_in_two_columns_and_an_empty_year_is_the_one_above():
    reading = understand(
        read_file((DATA / "excel_dansk.csv").read_bytes(), "x"), frequency="week", today=TODAY
    )
    assert reading.problems == []
    assert [(label(f.start, "week"), f.numerator, f.denominator) for f in reading.rows] == [
        ("week 50, 2018", 118, 131),
        ("week 51, 2018", 121, 130),
        ("week 52, 2018", None, None),
        ("week 1, 2019", 64, 66),
        ("week 2, 2019", 1002, 1010),
    ]
    assert reading.rows[2].note == "Lukket i julen"
    assert reading.period_examples == [
        ("50, 2018", "week 50, 2018"),
        ("51, 2018", "week 51, 2018"),
        ("2, 2019", "week 2, 2019"),
    ]


def test_number_and_year_are_weeks_where_heading_or_neighbour_says_so():
    assert values(read("Uge;Tal\n11/2018;5")) == [(date(2018, 3, 12), 5)]
    assert values(read("Tid;Tal\n47/2018;5\n03/2019;6")) == [(W47, 5), (date(2019, 1, 14), 6)]
    assert not read("Tid;Tal\n11/2018;5\n12/2018;6").ok


def test_figures_come_in_order_of_time():
    assert [start for start, _value in values(read("uge 48 2018;3\nuge 46 2018;1"))] == [W46, W48]


# Numbers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (["27,5"], ["27.5"]),
        (["27.5"], ["27.5"]),
        (["1.234"], ["1234"]),
        (["1,234"], ["1.234"]),
        (["1.234", "27,5"], ["1234", "27.5"]),
        (["1.234", "27.5"], ["1.234", "27.5"]),
        (["1,234", "27.5"], ["1234", "27.5"]),
        (["1,234", "1.234.567"], ["1.234", "1234567"]),
        (["1.234", "1,234,567.5"], ["1.234", "1234567.5"]),
        (["1.234,5"], ["1234.5"]),
        (["0.125"], ["0.125"]),
        (["1234.567"], ["1234.567"]),
        (["95,4 %"], ["95.4"]),
        (["95,4%"], ["95.4"]),
        ([" 128 "], ["128"]),
        (["1 234"], ["1234"]),
        (["1\u00a0234,5"], ["1234.5"]),
        (["1\u202f234"], ["1234"]),
        (["1'234"], ["1234"]),
        (["\u22125"], ["-5"]),
        (["- 5"], ["-5"]),
        (["–0,5"], ["-0.5"]),
        (["+5"], ["5"]),
        (["１２,５"], ["12.5"]),
        (["007"], ["7"]),
        (["5", "i.a.", "n/a", "..", "#I/T", "#N/A"], ["5", *[None] * 5]),
    ],
)
def test_numbers(column, expected):
    text = "\n".join(f"{n}-11-2018\t{cell}" for n, cell in enumerate(column, start=1))
    reading = read(f"Dato\tTal\n{text}", "day")
    assert reading.problems == []
    assert [figure.value for figure in reading.rows] == [
        None if number is None else Decimal(number) for number in expected
    ]
    assert all(figure.missing == (figure.value is None) for figure in reading.rows)


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("abc", "“abc” is not a number. Write it as 27.5, or leave the cell empty."),
        ("12 dage", "“12 dage” is more than a figure."),
        ("12.34.56", "“12.34.56” is not a number."),
        ("1.23,456.7", "“1.23,456.7” is not a number."),
        ("12 8", "“12 8” is not a number."),
        ("SAND", "“SAND” is not a number."),
        ("1E+05", "“1E+05” was shortened"),
        ("-", "“-” can mean zero or no figure. Write 0, or leave the cell empty."),
        ("–", "“–” can mean zero or no figure."),
        ("<5", "“<5” hides the figure. Write the figure itself, or leave the cell empty."),
        ("#DIV/0!", "The spreadsheet could not work out this figure (“#DIV/0!”). Mend it there"),
        ("#DIVISION/0!", "The spreadsheet could not work out this figure (“#DIVISION/0!”)."),
        ("9" * 13, "“9999999999999” is too large a figure."),
        ("128/133", "“128/133” is a numerator and a denominator,"),
        ("x" * 200, "“" + "x" * 39 + "…” is not a number."),
    ],
)
def test_what_is_not_a_number_is_named(cell, sentence):
    reading = read(f"Uge;Tal\nuge 46, 2018;5\nuge 47, 2018;{cell}\nuge 48, 2018;7", kind="values")
    (problem,) = reading.problems
    assert str(problem.message).startswith(sentence)
    assert (problem.row, problem.column) == (3, "B (Tal)")
    assert problem.sentence == f"Row 3, column B (Tal): {problem.message}"
    assert not reading.ok


def test_comma_and_full_stop_as_decimal_signs_in_one_column():
    reading = read("Uge;Tal\nuge 46 2018;27,5\nuge 47 2018;27.5\nuge 48 2018;1.234")
    assert [problem.row for problem in reading.problems] == [4]
    assert str(reading.problems[0].message).startswith("“1.234” can be read in two ways")


# Counts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["128/133", "128 af 133", "128 ud af 133", "128 of 133",
                                  "128 / 133 (96,2 %)", "128⁄133"])  # fmt: skip
def test_numerator_and_denominator_in_one_cell(cell):
    reading = read(f"uge 46, 2018\t{cell}\nuge 47, 2018\t1.002/1.010\nuge 48, 2018\t")
    assert reading.problems == []
    assert counts(reading) == [(W46, 128, 133), (W47, 1002, 1010)]


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        ("-1;5", "B (Tæller)", "-1 cannot be: a count is a whole number from 0."),
        ("1;-5", "C (Nævner)", "-5 cannot be: a count is a whole number from 0."),
        ("2,5;5", "B (Tæller)", "2.5 cannot be: a count is a whole number."),
        ("6;5", "B (Tæller)", "The numerator 6 is larger than the denominator 5."),
        ("6;0", "C (Nævner)", "The denominator is 0, but the numerator is 6."),
        (";5", "B (Tæller)", "The numerator is missing, but there is a denominator."),
        ("5;", "C (Nævner)", "The denominator is missing, but there is a numerator."),
        ("95 %;5", "B (Tæller)", "“95 %” is a percentage and not a count. Write how many."),
    ],
)
def test_counts_that_cannot_be(cells, column, sentence):
    reading = read(f"Uge;Tæller;Nævner\nuge 46, 2018;1;1\nuge 47, 2018;{cells}")
    (problem,) = reading.problems
    assert (problem.row, problem.column, str(problem.message)) == (3, column, sentence)


def test_one_number_where_two_belong():
    reading = read("uge 46, 2018\t128/133\nuge 47, 2018\t128\n")
    assert [str(p.message) for p in reading.problems] == [
        "Write both numerator and denominator, as 128/133."
    ]


@pytest.mark.parametrize("pair", ["0;0", "0/0;"])
def test_none_of_none_is_a_figure_also_where_it_is_the_only_one(pair):
    reading = read(f"Uge;Tæller;Nævner\nuge 46, 2018;{pair}".rstrip(";"), kind="counts")
    assert counts(reading) == [(W46, 0, 0)]
    assert reading.ok


def test_an_empty_cell_says_nothing_and_a_note_beside_it_that_the_figure_is_missing():
    head = "Uge;Tæller;Nævner;Bemærkning\n"
    reading = read(
        f"{head}uge 46, 2018;0;5;\nuge 47, 2018;;;\nuge 48, 2018;;;Lukket\nuge 49, 2018;;;\n"
        "uge 50, 2026;;;"  # not begun yet
    )
    assert counts(reading) == [(W46, 0, 5), (W48, None, None)]
    told = ["2 periods without a figure are passed over."]
    assert [remark.sentence for remark in reading.remarks] == told


@pytest.mark.parametrize("kind", ["values", "samples"])
@pytest.mark.parametrize("note", ["=1+1", "@SUM(A1)", "+45 ringet op", "=cmd|' /C calc'!A0", "7"])
def test_a_note_is_text_whatever_it_begins_with_and_our_own_apostrophe_is_taken_away(note, kind):
    for written in (note, f"'{note}"):
        reading = read(f"Uge;Tal;Bemærkning\nuge 46, 2018;5;{written}\n", kind=kind)
        assert [(row.value, row.note) for row in reading.rows] == [(5, note)]


def test_a_period_that_has_its_figure_in_another_row_is_not_passed_over():
    reading = read("Uge;Tal\nuge 46, 2018;5\nuge 46, 2018;")
    assert (values(reading), reading.remarks) == ([(W46, 5)], [])


# Rows ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("uge 53, 2018;5", "There is no week 53 in 2018."),
        ("november 2018;5", "“november 2018” is too long a period"),
        ("uge 46, 2027;5", "The period week 46, 2027 is in the future."),
        (";5", "This row has a figure but no period."),
        (
            "uge 46, 2018;6",
            "The period week 46, 2018 is also in row 2, with another figure. Keep one of them.",
        ),
        ("12-11-2018;i.a.", "The period week 46, 2018 is also in row 2, with another figure."),
    ],
)
def test_rows_whose_period_is_wrong(row, sentence):
    reading = read(f"Uge;Tal\nuge 46, 2018;5\n\n{row}")
    (problem,) = reading.problems
    assert (problem.row, problem.column) == (4, "A (Uge)")
    assert str(problem.message).startswith(sentence)
    assert not reading.ok


@pytest.mark.parametrize("words", ["Kilde: LPR", "* Lukket i juli", "Trukket 3. maj 2019"])
def test_a_row_of_words_alone_is_left_out_and_told_of(words):
    reading = read(f"Uge;Tal\nuge 46, 2018;5\n{words};\n")
    assert [(told.row, told.value) for told in reading.remarks] == [(3, words)]
    assert reading.ok


def test_a_percentage_beside_a_share_is_never_taken_for_the_same():
    reading = read("Uge;Andel\nuge 46, 2018;95 %\nuge 47, 2018;0,97\n", kind="values")
    assert [problem.row for problem in reading.problems] == [3]


@pytest.mark.parametrize("total", ["I alt", "Total:", "År til dato", "I alt 2018", "Gns. jan-mar"])
def test_a_total_is_left_out_and_told(total):
    reading = read(f"Uge;Tal\nuge 46, 2018;5\n{total};5")
    assert values(reading) == [(W46, 5)]
    assert [remark.sentence for remark in reading.remarks] == [
        "Row 3, column A (Uge): This is a total. It is left out."
    ]


def test_the_period_that_runs_today_is_not_in_the_future():
    assert read("Uge;Tal\nuge 44, 2026;5").ok


def test_a_row_that_stands_twice_counts_once_and_is_told():
    reading = read("Uge;Tal;Note\nuge 46, 2018;5;\n2018-W46;5,0;ferie")
    assert reading.ok
    assert [(f.start, f.value, f.note) for f in reading.rows] == [(W46, 5, "ferie")]
    assert reading.remarks[0].sentence == (
        "Row 3, column A (Uge): The period week 46, 2018 is also in row 2, with the same figure."
        " It counts once."
    )


def test_every_problem_is_told_in_the_order_of_the_rows():
    reading = read("Uge;Tal\nuge 46, 2018;x\nuge 60, 2018;y\nuge 47, 2018;5\nuge 47, 2018;6")
    assert [problem.row for problem in reading.problems] == [2, 3, 3, 5]


def test_periods_without_any_figure_are_not_enough():
    columns = {"period": 0, "value": 1}
    reading = read("Uge;Tal;Andet\nuge 46, 2018;;5\nuge 47, 2018;;6", columns=columns)
    assert [problem.sentence for problem in reading.problems] == ["There are no figures to load."]


@pytest.mark.parametrize("frequency", ["month", "quarter", "year"])
def test_a_week_is_never_taken_for_the_longer_period_that_it_lies_in_and_a_day_is(frequency):
    (problem,) = read("Uge;Tal\nuge 14, 2018;5\n", frequency).problems
    assert str(problem.message).startswith("“uge 14, 2018” is too short a period: the series has")
    assert frequency == "year" or read("Uge;År;Tal\n14;2018;5\n", frequency).problems
    assert read("Dato;Tal\n3-4-2018;5\n", frequency).ok


@pytest.mark.parametrize("second", ["5", "6"])
def test_days_in_a_monthly_series_are_never_taken_for_the_month(second):
    reading = read(f"Dato;Tal\n3-4-2018;5\n4-4-2018;{second}\n", "month")
    (problem,) = reading.problems
    assert not reading.ok
    assert problem.sentence.startswith("3-4-2018 and 4-4-2018 both fall in April 2018")
