"""Each nasty file gives its own sentences, quickly, in little memory, and never a CPR number."""

import json
import time
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from django.utils.translation import override

from kernen.measures.reading.cells import Unreadable
from kernen.measures.reading.choosing import arranged, likeliest, of_years
from kernen.measures.reading.figures import understand
from kernen.measures.reading.files import open_file
from kernen.measures.reading.joining import by_year
from kernen.measures.tests import (
    nasty_analysts,
    nasty_books,
    nasty_exports,
    nasty_more,
    nasty_wards,
)
from kernen.measures.tests.nasty import FILES

assert all((nasty_analysts, nasty_books, nasty_exports, nasty_more, nasty_wards))  # their files
SENTENCES = Path(__file__).parent / "data" / "nasty" / "sentences.json"
GOLDEN = json.loads(SENTENCES.read_text()) if SENTENCES.exists() else {}
TODAY = date(2026, 11, 1)
SECONDS, BYTES = 30, 250_000_000  # on a machine that has much else to do
FREQUENCY = {"counts": "week", "values": "month"}


def said(name: str) -> list[str]:
    """What a person is told of the file, in English."""
    kind, make = FILES[name]
    frequency = FREQUENCY[kind]
    with override("en"):
        try:
            book = open_file(make(), name)
            how, sheet = {"frequency": frequency, "kind": kind}, likeliest(book)
            found = of_years(sheet, by_year(book.sheets), **how)
            table = found[1] if found else arranged(sheet, **how)
        except Unreadable as unreadable:
            return [str(unreadable)]
        reading = understand(table, frequency=frequency, kind=kind, today=TODAY)
        told = [*map(str, book.remarks), *(remark.sentence for remark in reading.remarks)]
        if reading.problems:
            return [*told, *(problem.sentence for problem in reading.problems)]
        return [*told, f"{len(reading.rows)} read, the last {reading.rows[-1].numbers}"]


def test_there_are_many_and_every_sentence_is_of_one_that_is_there():
    assert len(FILES) >= 60
    assert set(GOLDEN) == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_a_nasty_file_gives_exactly_its_sentences(name):
    start = time.monotonic()
    assert said(name) == GOLDEN[name]
    assert time.monotonic() - start < SECONDS
    assert not any("4285" in sentence for sentence in GOLDEN[name])


LARGE = [
    "only-lines.csv", "too-large.csv", "20001-rows.csv", "huge-cell.csv", "zip-bomb.xlsx",
    "entity-bomb.xlsx", "million-cells.xlsx", "ten-million-rows.ods",
    "ten-million-figures.ods", "million-columns.ods",
]  # fmt: skip


@pytest.mark.parametrize("name", LARGE)
def test_a_file_that_is_much_or_makes_much_takes_little_memory(name):
    _kind, make = FILES[name]
    data = make()
    tracemalloc.start()
    try:
        open_file(data, name)
    except Unreadable:
        pass
    finally:
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert most < BYTES
