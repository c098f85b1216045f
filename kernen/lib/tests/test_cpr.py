"""Civil registration numbers are found however they are written, and figures are left alone.

The numbers here are made up, or the public authorities' own published test numbers.
"""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from kernen.lib.cpr import contains_cpr, is_cpr_without_zero, refuse_cpr


@pytest.mark.parametrize(
    "text",
    [
        "070761-4285",
        "0707614285",
        "070761 4285",
        "070761\u00a04285",
        "070761–4285",
        "070761\u20114285",
        "070761\u22124285",
        "070761 - 4285",
        "070761.4285",
        "07.07.61-4285",
        "07 07 61-4285",
        "07-07-61-4285",
        "07/07/61 - 4285",
        "０７０７６１－４２８５",
        "٠٧٠٧٦١-٤٢٨٥",
        "0707\u200b61-42\u00ad85",
        "Patienten (070761-4285) ringede",
        "cpr:0707614285.",
        "290200-1234",
        "290264-1234",
        "18-11-22 og 070761-4285",
        "0707614285,0807614285",
    ],
)
def test_finds(text):
    assert contains_cpr(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12345678",
        "+45 12 34 56 78",
        "4512345678",
        "0045 12345678",
        "310461-428",
        "310461-42855",
        "10707614285",
        "310261-4285",
        "310461-4285",
        "001061-4285",
        "011361-4285",
        "290263-1234",
        "2018-11-22 10:30",
        "22-11-2018 10:30",
        "22.11.18 1030",
        "20181122-1030",
        "010118 – 311218",
        "01.01.18-31.12.18",
        "01-01-2018 - 31-12-2018",
        "1.234.567,00",
        "0,0909090909",
        "5.0101011234",
        "uge 40–47, 2018: 128 af 133",
        "ISBN 978-87-1234-567-8",
        "070761\n4285",
    ],
)
def test_leaves_alone(text):
    assert not contains_cpr(text)


def test_nine_digits_count_only_with_the_right_check_digit():
    assert is_cpr_without_zero("707614285")
    assert is_cpr_without_zero(" 707614285 ")
    assert not is_cpr_without_zero("707614286")
    assert not is_cpr_without_zero("0707614285")
    assert not is_cpr_without_zero("914614281")
    assert not is_cpr_without_zero("70761428")


def test_the_refusal_says_what_to_do_and_never_repeats_the_number():
    with override("en"), pytest.raises(ValidationError) as caught:
        refuse_cpr("Ring til 070761-4285")
    with override("en"):
        assert caught.value.messages == [
            "This looks like a civil registration number (CPR)."
            " Kernen only holds aggregated figures: remove it and try again."
        ]
    refuse_cpr("Ring i uge 47")


@given(
    st.dates(),
    st.integers(0, 9999),
    st.sampled_from(["", "-", " ", "–", " - ", "\u00a0"]),
    st.sampled_from(["", "x", " ", "(", "\n", "cpr "]),
    st.sampled_from(["", "x", " ", ")", "\n", ", 5"]),
)
def test_any_day_with_any_serial_number_is_found(day, serial, gap, before, after):
    assert contains_cpr(f"{before}{day:%d%m}{day.year % 100:02}{gap}{serial:04}{after}")


@given(st.text())
def test_any_text_is_judged(text):
    assert contains_cpr(text) in (True, False)
