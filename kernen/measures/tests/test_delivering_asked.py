"""A large file in which it is not plain what a column holds: nobody is there to be asked."""

import pytest

from .machines import series_of
from .test_delivering import deliver, in_english, row, wards

assert deliver and in_english and wards  # noqa: PT018 they are found by their names


@pytest.mark.parametrize(
    ("fields", "columns", "said"),
    [
        ({}, "kvinder;mænd", "may stand in any of these: D (kvinder), E (mænd). Choose them, or"),
        (
            {"figures": "values", "unit": "dage", "name": "Ventetid"},
            "gennemsnit (dage);median (dage)",
            "D (gennemsnit (dage)), E (median (dage)). Choose which one counts, or keep only",
        ),
        (
            {"figures": "values", "unit": "dage", "name": "Ventetid"},
            "ventetid (timer);bemærkning",
            "“ventetid (timer)” is in timer, and the series is in dage.",
        ),
    ],
)
def test_columns_of_which_several_may_be_meant_are_named_and_nothing_comes_in(
    world, deliver, fields, columns, said
):
    series = series_of(world, place="Afsnit D", **fields)
    rows = [row(world, "D", week, 5, 9).removesuffix(";") for week in (45, 46)]
    head = f"organisation;afsnit;uge;{columns}"
    _delivery, (problem,) = deliver(*rows, head=head, measure=series.measure)
    assert said in problem
    assert not series.points.exists()
