"""What the tests of reading share: the reading itself, and what is looked at in it."""

import io
from datetime import date
from pathlib import Path

import openpyxl

from kernen.measures.reading.choosing import read_pasted
from kernen.measures.reading.figures import understand

DATA = Path(__file__).parent / "data" / "reading"
TODAY = date(2026, 11, 1)
W46, W47, W48 = date(2018, 11, 12), date(2018, 11, 19), date(2018, 11, 26)


def read(text, frequency="week", **options):
    return understand(read_pasted(text), frequency=frequency, today=TODAY, **options)


def columns(reading):
    return {role: column.index for role, column in reading.columns.items()}


def values(reading):
    return [(figure.start, figure.value) for figure in reading.rows]


def counts(reading):
    return [(figure.start, figure.numerator, figure.denominator) for figure in reading.rows]


def book(**sheets):
    """A workbook with these sheets, of rows of cells."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()
