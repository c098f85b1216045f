"""Periods: their starts, their names, and every way people write them."""

from datetime import date, datetime, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from kernen.lib.periods import (
    FREQUENCIES,
    between,
    following,
    label,
    normalise,
    parse,
    short_label,
    span_label,
)

DAY, WEEK, MONTH = date(2018, 11, 22), date(2018, 11, 19), date(2018, 11, 1)
SPRING = date(2018, 4, 1)
days = st.dates(date(1970, 1, 1), date(2069, 12, 31))
frequencies = st.sampled_from(list(FREQUENCIES))


@given(days, frequencies)
def test_a_day_lies_from_the_start_of_its_period_to_before_the_next(day, frequency):
    start = normalise(day, frequency)
    assert start <= day < following(start, frequency)
    assert normalise(start, frequency) == start
    assert normalise(following(start, frequency) - timedelta(days=1), frequency) == start


@given(days, frequencies, st.integers(0, 30))
def test_between_steps_through_every_period(day, frequency, steps):
    start = last = normalise(day, frequency)
    for _step in range(steps):
        last = following(last, frequency)
    starts = between(start, last, frequency)
    assert len(starts) == steps + 1
    assert (starts[0], starts[-1]) == (start, last)
    assert between(following(last, frequency), last, frequency) == []


@pytest.mark.parametrize("language", ["da", "en"])
@given(day=days, frequency=frequencies)
def test_what_is_labelled_is_read_back(language, day, frequency):
    start = normalise(day, frequency)
    with override(language):
        assert parse(label(start, frequency), frequency) == start


@pytest.mark.parametrize(
    ("start", "frequency", "danish"),
    [
        (date(2026, 11, 22), "day", "22. november 2026"),
        (WEEK, "week", "uge 47, 2018"),
        (date(2018, 12, 31), "week", "uge 1, 2019"),
        (MONTH, "month", "november 2018"),
        (SPRING, "quarter", "2. kvartal 2018"),
        (date(2018, 1, 1), "year", "2018"),
    ],
)
def test_labels_in_danish(start, frequency, danish):
    with override("da"):
        assert label(start, frequency) == danish


def test_short_labels_for_an_axis():
    with override("da"):
        assert short_label(WEEK, "week") == "47"
        assert short_label(MONTH, "month") == "nov."
        assert short_label(date(2018, 1, 1), "year") == "2018"


@pytest.mark.parametrize(
    ("first", "last", "frequency", "danish"),
    [
        (date(2018, 10, 1), WEEK, "week", "uge 40–47, 2018"),
        (date(2018, 12, 10), date(2019, 1, 14), "week", "uge 50, 2018 – uge 3, 2019"),
        (date(2016, 1, 1), date(2018, 12, 1), "month", "januar 2016 – december 2018"),
        (date(2018, 1, 1), date(2018, 12, 1), "month", "januar–december 2018"),
        (date(2018, 1, 1), date(2018, 10, 1), "quarter", "1.–4. kvartal 2018"),
        (date(2016, 1, 1), date(2018, 1, 1), "year", "2016–2018"),
        (DAY, DAY, "day", "22. november 2018"),
    ],
)
def test_spans_in_danish(first, last, frequency, danish):
    with override("da"):
        assert span_label(first, last, frequency) == danish


WRITTEN = {
    ("day", DAY): [
        "22-11-2018", "22.11.2018", "22/11/2018", "22. 11. 2018", "22-11-18", "22.11.18",
        "22. november 2018", "22 nov 2018", "22. nov. 2018", "22-nov-18", "2018-11-22",
        "2018/11/22", "20181122", "2018-11-22 10:30", "2018-11-22T00:00:00+01:00",
        "22-11-2018 00:00", "torsdag d. 22. november 2018", "tors. 22-11-2018",
        "d. 22. november 2018", "22 November 2018", "November 22, 2018", "22nd November 2018",
        "22–11–2018",
        " 22-11-2018 ", "22\u00a0november\u00a02018", "２２-１１-２０１８",
    ],
    ("week", WEEK): [
        "uge 47, 2018", "uge 47 2018", "Uge 47 2018", "u47 2018", "u47-2018", "uge 47/2018",
        "uge 47 (2018)", "uge nr. 47, 2018", "47. uge 2018", "2018-W47", "2018W47", "2018-w47",
        "2018 uge 47", "2018, uge 47", "2018u47", "47/2018", "2018-47", "201847", "week 47, 2018",
        "W47 2018", "22-11-2018", "25. november 2018", "2018-W47-4", "19-11-2018 - 25-11-2018",
        "19/11 2018 – 25/11 2018",
    ],
    ("month", MONTH): [
        "november 2018", "nov 2018", "nov. 2018", "Nov-18", "nov 18", "2018-11", "2018/11",
        "11-2018", "11/2018", "11.2018", "2018M11", "2018m11", "201811", "2018 november",
        "måned 11, 2018", "November 2018", "22-11-2018", "uge 47, 2018", "nov 2018*",
        "november 2018 (foreløbig)", "01.11.2018-30.11.2018", "1. nov 2018 - 30. nov 2018",
        "2018-11-01 til 2018-11-30",
    ],
    ("quarter", SPRING): [
        "2. kvartal 2018", "2.kvartal 2018", "2 kvt. 2018", "2. kvt. 18", "2. kv. 2018",
        "kvartal 2, 2018", "K2 2018", "k2-2018", "2018K2", "2018-Q2", "2018Q2", "Q2 2018",
        "2nd quarter 2018", "2018, 2. kvartal", "maj 2018", "30-06-2018",
    ],
    ("year", date(2018, 1, 1)): ["2018", "år 2018", "K4 2018", "december 2018", "31-12-2018"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("frequency", "start", "text"),
    [(frequency, start, text) for (frequency, start), all_ in WRITTEN.items() for text in all_],
)
def test_reads(frequency, start, text):
    assert parse(text, frequency) == start


def test_months_in_danish_and_english():
    for number, names in enumerate(
        ["januar January", "februar February", "marts March", "april", "maj May", "juni June",
         "juli July", "august", "september", "oktober October", "november", "december"], start=1,
    ):  # fmt: skip
        for name in names.split():
            assert parse(f"{name} 2018", "month") == date(2018, number, 1)
            assert parse(f"{name[:3]}. 2018", "month") == date(2018, number, 1)


def test_a_week_counts_where_its_thursday_lies():
    assert parse("uge 1, 2019", "week") == date(2018, 12, 31)
    assert parse("uge 1, 2019", "year") == date(2019, 1, 1)
    assert parse("uge 5, 2018", "month") == date(2018, 2, 1)


def test_dates_from_a_spreadsheet_are_taken_as_they_are():
    assert parse(DAY, "month") == MONTH
    assert parse(datetime(2018, 11, 22, 10, 30), "day") == DAY
    assert type(parse(datetime(2018, 11, 22, 10, 30), "day")) is date


@pytest.mark.parametrize(
    ("text", "frequency", "sentence"),
    [
        ("", "week", "The period is missing. Write it as “week 47, 2018”."),
        ("hej", "month", "“hej” cannot be read as a period. Write it as “November 2018”."),
        ("uge 47", "week", "“uge 47” has no year. Write it as “week 47, 2018”."),
        ("47", "week", "“47” has no year. Write it as “week 47, 2018”."),
        ("22/11", "day", "“22/11” has no year. Write it as “22 November 2018”."),
        ("november", "month", "“november” has no year. Write it as “November 2018”."),
        ("2. kvartal", "quarter", "“2. kvartal” has no year. Write it as “Q4 2018”."),
        ("uge 53, 2018", "week", "There is no week 53 in 2018."),
        ("uge 0, 2018", "week", "There is no week 0 in 2018."),
        (
            "31. april 2018",
            "day",
            "“31. april 2018” is not a day that exists. Write day, month and year.",
        ),
        (
            "12/31/2018",
            "day",
            "“12/31/2018” is not a day that exists. Write day, month and year.",
        ),
        ("29-02-2019", "month", "“29-02-2019” is not a day that exists."),
        ("13/2018", "month", "“13/2018” is not a month that exists. Write month and year."),
        ("5. kvartal 2018", "quarter", "“5. kvartal 2018”: a year has quarter 1 to 4."),
        (
            "november 2018",
            "week",
            "“november 2018” is too long a period: the series has one figure per week."
            " Write it as “week 47, 2018”.",
        ),
        ("11/2018", "week", "“11/2018” is too long a period"),
        ("2018", "month", "“2018” is too long a period: the series has one figure per month."),
        ("uge 47, 2018", "day", "“uge 47, 2018” is too long a period"),
        ("uge 47-48", "week", "“uge 47-48” cannot be read as a period."),
        ("218", "year", "“218” cannot be read as a period."),
        ("x" * 500, "day", "“" + "x" * 39 + "…” cannot be read as a period."),
        ("070761-4285", "day", "“…” cannot be read as a period."),
    ],
)
def test_says_why_it_cannot_read(text, frequency, sentence):
    with override("en"), pytest.raises(ValueError, match=r".+") as caught:
        parse(text, frequency)
    with override("en"):
        assert str(caught.value).startswith(sentence)


def test_uge_53_is_read_in_the_years_that_have_it():
    assert parse("uge 53, 2020", "week") == date(2020, 12, 28)


@given(st.text(max_size=80), frequencies)
def test_any_text_is_a_period_or_is_refused_with_a_sentence(text, frequency):
    try:
        start = parse(text, frequency)
    except ValueError as refused:
        sentence = str(refused)
    else:
        sentence = label(start, frequency)
        assert start == normalise(start, frequency)
    assert sentence
