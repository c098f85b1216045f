"""What is written is read back the same, whatever the delimiter, encoding and language."""

import csv
import io
from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from kernen.lib.periods import FREQUENCIES, following, label, normalise
from kernen.measures.reading.choosing import arranged, likeliest
from kernen.measures.reading.figures import understand
from kernen.measures.reading.files import open_file, open_text
from kernen.measures.reading.written import as_text
from kernen.measures.tests.reading import TODAY, W46, counts, read, values


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def written(number, sign):
    if number is None:
        return ""
    whole, _point, rest = f"{abs(number):,.2f}".partition(".")
    thousands = {",": ".", ".": ","}[sign]
    return ("-" if number < 0 else "") + whole.replace(",", thousands) + sign + rest


@given(
    numbers=st.lists(
        st.none() | st.decimals(-(10**9), 10**9, places=2), min_size=1, max_size=20
    ).filter(lambda numbers: any(number is not None for number in numbers)),
    frequency=st.sampled_from(list(FREQUENCIES)),
    first=st.dates(date(1990, 1, 1), date(2000, 1, 1)),
    sign=st.sampled_from(",."),
    delimiter=st.sampled_from(";\t|,"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    language=st.sampled_from(["da", "en"]),
    headed=st.booleans(),
)
def test_any_series_is_read_back_the_same(
    numbers, frequency, first, sign, delimiter, encoding, language, headed
):
    start, expected = normalise(first, frequency), []
    for number in numbers:
        expected.append((start, number))
        start = following(start, frequency)
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter)
    with override(language):
        rows = [(label(start, frequency), written(n, sign)) for start, n in expected]
    writer.writerows([*([("Periode", "Værdi")] if headed else []), *rows])
    sheet = likeliest(open_file(file.getvalue().encode(encoding), "x"))
    for again in (sheet, likeliest(open_text(as_text(sheet)))):
        table = arranged(again, frequency=frequency, kind="values")
        reading = understand(table, frequency=frequency, today=TODAY, kind="values")
        assert reading.problems == []
        assert values(reading) == [(start, n) for start, n in expected if n is not None]


@given(
    pairs=st.lists(
        st.integers(1, 99_999).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
        min_size=1,
        max_size=20,
    ),
    headings=st.sampled_from([["Uge", "Tæller", "Nævner"], ["Week", "Antal", "I alt"], None]),
)
def test_any_counts_are_read_back_the_same(pairs, headings):
    weeks = [(W46, *pairs[0])]
    for pair in pairs[1:]:
        weeks.append((following(weeks[-1][0], "week"), *pair))
    lines = [f"{label(start, 'week')};{n};{d}" for start, n, d in weeks]
    text = "\n".join([";".join(headings), *lines] if headings else lines)
    assert counts(read(text, kind="counts")) == weeks


@given(st.text(st.characters(codec="utf-8"), max_size=200), st.sampled_from(list(FREQUENCIES)))
def test_any_text_in_a_table_is_figures_or_sentences(text, frequency):
    cell = '"' + text.replace('"', '""').replace("\0", "") + '"'
    table_text = f"Periode;Værdi\n2018-11-22;5\n{cell};{cell}\n2018-11-23;{cell}"
    try:
        reading = read(table_text, frequency)
    except ValueError as refused:
        assert str(refused)  # noqa: PT017  most texts are read; those that are not say why
    else:
        assert reading.ok or all(problem.sentence for problem in reading.problems)
