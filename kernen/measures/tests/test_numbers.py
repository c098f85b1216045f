"""Numbers as people read them."""

import pytest
from django.utils.translation import override

from kernen.measures.charts.numbers import Numbers


@pytest.mark.parametrize(
    ("value", "danish", "english"),
    [(27.5, "27,5", "27.5"), (1234, "1.234", "1,234"), (-3.04, "−3", "−3"), (-0.01, "0", "0")],
)
def test_numbers_are_written_as_the_language_has_them(value, danish, english):
    for language, written in (("da", danish), ("en", english)):
        with override(language):
            assert Numbers.fitting([0, 60], "dage").number(value) == written


@pytest.mark.parametrize(
    ("values", "written"),
    [([12, 60], "20.1"), ([0.12, 0.35], "20.12"), ([0.01, 0.02], "20.123"), ([0, 9000], "20")],
)
def test_decimals_suit_the_spread_of_the_series(values, written):
    with override("en"):
        assert Numbers.fitting(values, "").number(20.1234) == written
