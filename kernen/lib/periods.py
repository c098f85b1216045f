"""Periods of a series: the first day of a day, week, month, quarter or year stands for it.

Weeks are ISO 8601 weeks, as in Danish calendars: they start on Monday, and week 1 is the week
with the year's first Thursday, so a week's year can differ from its Monday's.
"""

import re
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.functional import Promise, lazy
from django.utils.text import Truncator, format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from kernen.lib.cpr import contains_cpr
from kernen.lib.letters import flat

# From fine to coarse; usable as it is for a field's choices.
FREQUENCIES = {
    "day": pgettext_lazy("frequency", "day"),
    "week": pgettext_lazy("frequency", "week"),
    "month": pgettext_lazy("frequency", "month"),
    "quarter": pgettext_lazy("frequency", "quarter"),
    "year": pgettext_lazy("frequency", "year"),
}
_FINE_TO_COARSE = list(FREQUENCIES)


def normalise(day: date, frequency: str) -> date:
    """The first day of the period of this frequency in which the day lies."""
    day = date(day.year, day.month, day.day)
    match frequency:
        case "day":
            return day
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return date(day.year, day.month - (day.month - 1) % 3, 1)
        case "year":
            return date(day.year, 1, 1)
    raise KeyError(frequency)


def following(start: date, frequency: str) -> date:
    """The start of the period after the one that starts here."""
    # Each step is longer than the period and shorter than two, so that it lands in the next.
    step = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}[frequency]
    return normalise(normalise(start, frequency) + timedelta(days=step), frequency)


def number_of(day: date, frequency: str) -> int:
    """The number of the period in which the day lies: that of the following one is one more."""
    start = normalise(day, frequency)
    match frequency:
        case "day":
            return start.toordinal()
        case "week":
            return start.toordinal() // 7
        case "month":
            return start.year * 12 + start.month
        case "quarter":
            return start.year * 4 + _quarter(start)
    return start.year


def between(first: date, last: date, frequency: str) -> list[date]:
    """All period starts from the first to the last, both included; empty if last is before."""
    starts = []
    start = normalise(first, frequency)
    while start <= last:
        starts.append(start)
        start = following(start, frequency)
    return starts


def _quarter(start: date) -> int:
    return (start.month + 2) // 3


def label(start: date, frequency: str) -> str:
    """The period in words in the active language, such as "uge 47, 2018" or "2. kvartal 2018"."""
    match frequency:
        case "day":
            return date_format(start, "DATE_FORMAT")
        case "week":
            year, week, _weekday = start.isocalendar()
            return _("week %(week)s, %(year)s") % {"week": week, "year": year}
        case "month":
            return date_format(start, "F Y")
        case "quarter":
            return _("Q%(quarter)s %(year)s") % {"quarter": _quarter(start), "year": start.year}
        case "year":
            return str(start.year)
    raise KeyError(frequency)


def short_label(start: date, frequency: str) -> str:
    """The period without its year, for an axis that shows the year apart: "47", "nov."."""
    match frequency:
        case "day":
            return date_format(start, pgettext("date format on an axis", "j M"))
        case "week":
            return str(start.isocalendar().week)
        case "month":
            return date_format(start, "N")
        case "quarter":
            return pgettext("on an axis", "Q%(quarter)s") % {"quarter": _quarter(start)}
        case "year":
            return str(start.year)
    raise KeyError(frequency)


def span_label(first: date, last: date, frequency: str) -> str:
    """A stretch of periods: "uge 40–47, 2018", "uge 50, 2018 – uge 3, 2019", "2016–2018"."""
    if first == last:
        return label(first, frequency)
    (year, week, _weekday), (last_year, last_week, _weekday) = (
        first.isocalendar(),
        last.isocalendar(),
    )
    if frequency == "year":
        return f"{first.year}–{last.year}"
    if frequency == "week" and year == last_year:
        words = {"first": week, "last": last_week, "year": year}
        return _("weeks %(first)s–%(last)s, %(year)s") % words
    if frequency == "month" and first.year == last.year:
        return f"{date_format(first, 'F')}–{date_format(last, 'F')} {last.year}"
    if frequency == "quarter" and first.year == last.year:
        words = {"first": _quarter(first), "last": _quarter(last), "year": last.year}
        return _("Q%(first)s–Q%(last)s %(year)s") % words
    return f"{label(first, frequency)} – {label(last, frequency)}"


# Reading what people write ------------------------------------------------------------------

_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "januar january jan",
            "februar february feb",
            "marts march mar mrt",
            "april apr",
            "maj may",
            "juni june jun",
            "juli july jul",
            "august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "december dec",
        ],
        start=1,
    )
    for name in names.split()
}
_DAY, _NUMBER, _NAME = r"(?P<day>\d\d?)", r"(?P<month>\d\d?)", r"(?P<name>[a-z]{3,9})"
_YEAR, _SHORT_YEAR = r"(?P<year>(?:19|20)\d\d)", r"'?(?P<year>(?:19|20)\d\d|\d\d)"
_WEEK = r"(?:uge|week|wk|u|w)(?: ?(?:nr|no))?\.? ?(?P<week>\d\d?)"
_QUARTER_NAME = r"(?:kvartal|quarter|kvt|kv|qtr|k|q)\.?"
_QUARTER = r"(?P<quarter>\d)"
_GAP = r"[ ,./()-]+"
_ANY_GAP = r"[ ,./()-]*"
# The first that fits the whole text counts; what is named in it says how fine the period is.
_SHAPES = [
    re.compile(shape)
    for shape in [
        rf"{_YEAR} ?[-./] ?{_NUMBER} ?[-./] ?{_DAY}",  # 2018-12-31
        rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)",  # 20181231
        rf"{_DAY} ?[-./] ?{_NUMBER}(?: ?[-./] ?| ){_SHORT_YEAR}",  # 31-12-2018, 31/12 18
        rf"{_DAY}(?:st|nd|rd|th)?[ .-]*{_NAME}[ .,-]*{_SHORT_YEAR}",  # 31. december 2018
        rf"{_NAME}\.? {_DAY}(?:st|nd|rd|th)?,? {_YEAR}",  # December 31, 2018
        rf"{_WEEK}{_GAP}{_YEAR}\)?",  # uge 47, 2018
        rf"{_YEAR}{_ANY_GAP}{_WEEK}",  # 2018-W47
        rf"{_YEAR}-?w(?P<week>\d\d)-?[1-7]",  # 2018-W47-1
        rf"(?P<week>\d\d?)\. ?uge{_GAP}{_YEAR}",  # 47. uge 2018
        rf"{_NAME}[ .,/-]*{_SHORT_YEAR}",  # nov. 2018, nov-18
        rf"{_YEAR}[ .,/-]*{_NAME}\.?",  # 2018 november
        rf"{_YEAR} ?[-./ m] ?{_NUMBER}",  # 2018-11, 2018M11
        rf"{_YEAR}(?P<month>\d\d)",  # 201811
        rf"(?:måned|month|m)? ?{_NUMBER}{_GAP}{_YEAR}",  # 11/2018
        rf"{_QUARTER_NAME} ?{_QUARTER}{_GAP}{_SHORT_YEAR}\)?",  # K2 2018, Q2-18
        rf"{_QUARTER}(?:st|nd|rd|th)?[ .-]*{_QUARTER_NAME}{_ANY_GAP}{_SHORT_YEAR}",  # 2. kvartal 18
        rf"{_YEAR}{_ANY_GAP}{_QUARTER_NAME} ?{_QUARTER}",  # 2018-Q2
        rf"{_YEAR}{_ANY_GAP}{_QUARTER}\. ?{_QUARTER_NAME}",  # 2018, 2. kvartal
        rf"(?:(?:år|year) ?)?{_YEAR}",
    ]
]
_WEEKDAY = re.compile(
    r"^(?:(?:man|tirs?|ons|tors?|fre|lør|søn)(?:dag)?"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)"
    r"[.,]*(?: d(?:en|\.)?)? +(?=\d)|^d(?:en|\.) ?(?=\d)"
)
#: What says that a figure is not the last word: a star, as in statistics, or the word itself.
_PRELIMINARY = re.compile(r" ?\*{1,3}$| ?\((?:foreløbigt?|foreløbige tal|preliminary)\)$")
_UNTIL = re.compile(r" ?(?:-| til | to ) ?")
_TIME_OF_DAY = re.compile(r"[ t]\d\d?:\d\d(?::\d\d(?:[.,]\d+)?)?(?:z|[+-]\d\d:?\d\d)?$")

_lazy_label = lazy(label, str)


def parse(text: str | date, frequency: str) -> date:
    """The start of the period that a person or a spreadsheet wrote.

    Danish and English words, ISO and Danish order of day and month. What is finer than the
    frequency counts in its period; a week counts where its Thursday lies, as ISO 8601 does with
    years. Raises ValueError with one translatable sentence.
    """
    if isinstance(text, date):
        return normalise(text, frequency)
    wanted = _simplified(text)
    found = _match(wanted)
    if found is None and (day := _of_its_days(wanted, text, frequency)):
        return normalise(day, frequency)
    if found is None:
        raise ValueError(_complaint(text, wanted, frequency))
    written, day = _resolve(found, text, frequency)
    if _FINE_TO_COARSE.index(written) > _FINE_TO_COARSE.index(frequency):
        raise ValueError(_too_coarse(text, frequency))
    if written == "week" and frequency != "week":
        day += timedelta(days=3)
    return normalise(day, frequency)


def _simplified(text: str) -> str:
    """Lower case, plain hyphens (for "2018_11" too) and single spaces, without weekday and time
    of day."""
    text = flat(text).lower()
    text = re.sub(r"[\u2010-\u2015\u2212_]", "-", text)
    text = " ".join(text.split())
    return _PRELIMINARY.sub("", _WEEKDAY.sub("", _TIME_OF_DAY.sub("", text)))


def _match(text: str) -> dict[str, str] | None:
    """What is named in the text, such as {"week": "47", "year": "2018"}."""
    for shape in _SHAPES:
        found = shape.fullmatch(text) if text.isprintable() and len(text) < 60 else None
        if found and found.groupdict().get("name", "jan") in _MONTHS:
            return found.groupdict()
    return None


def _of_its_days(wanted: str, text: str, frequency: str) -> date | None:
    """A day of the period of which the first and the last day are written: "1.1.2018-31.1.2018"."""
    for until in _UNTIL.finditer(wanted):
        ends = [_match(part) for part in (wanted[: until.start()], wanted[until.end() :])]
        if not all(end and "day" in end for end in ends):
            continue
        first, last = (_resolve(end, text, "day")[1] for end in ends if end)
        for one in _FINE_TO_COARSE[1 : _FINE_TO_COARSE.index(frequency) + 1]:
            if first == normalise(first, one) and following(first, one) == last + timedelta(days=1):
                return first + timedelta(days=3) if one == "week" else first
    return None


def _resolve(found: dict[str, str], text: str, frequency: str) -> tuple[str, date]:
    """How fine the period is as it was written, and its first day."""
    year = int(found["year"])
    if year < 100:
        year += 1900 if year >= 70 else 2000
    if "quarter" in found:
        if not 1 <= int(found["quarter"]) <= 4:
            raise ValueError(
                format_lazy(gettext_lazy("“{text}”: a year has quarter 1 to 4."), text=_cut(text))
            )
        return "quarter", date(year, 3 * int(found["quarter"]) - 2, 1)
    month = _MONTHS.get(found.get("name", "")) or int(found.get("month", 0))
    if "week" in found or ("day" not in found and month > 12 and frequency == "week"):
        week = int(found.get("week", month))
        try:
            return "week", date.fromisocalendar(year, week, 1)
        except ValueError:
            sentence = gettext_lazy("There is no week {week} in {year}.")
            raise ValueError(format_lazy(sentence, week=week, year=year)) from None
    try:
        if "day" in found:
            return "day", date(year, month, int(found["day"]))
        if "month" in found or "name" in found:
            return "month", date(year, month, 1)
    except ValueError:
        sentence = (
            gettext_lazy("“{text}” is not a day that exists. Write day, month and year.")
            if "day" in found
            else gettext_lazy("“{text}” is not a month that exists. Write month and year.")
        )
        raise ValueError(format_lazy(sentence, text=_cut(text))) from None
    return "year", date(year, 1, 1)


def _cut(text: str) -> str:
    """The text as a sentence may repeat it."""
    return "…" if contains_cpr(text) else Truncator(" ".join(text.split())).chars(40)


def _example(frequency: str) -> str:
    return _lazy_label(normalise(date(2018, 11, 22), frequency), frequency)


def _complaint(text: str, wanted: str, frequency: str) -> Promise:
    """Why the text is not a period, and how to write one."""
    if not wanted:
        sentence = gettext_lazy("The period is missing. Write it as “{example}”.")
    elif _match(f"{wanted} 2018"):
        sentence = gettext_lazy("“{text}” has no year. Write it as “{example}”.")
    else:
        sentence = gettext_lazy("“{text}” cannot be read as a period. Write it as “{example}”.")
    return format_lazy(sentence, text=_cut(text), example=_example(frequency))


def _too_coarse(text: str, frequency: str) -> Promise:
    return format_lazy(
        gettext_lazy(
            "“{text}” is too long a period: the series has one figure per {frequency}."
            " Write it as “{example}”."
        ),
        text=_cut(text),
        frequency=FREQUENCIES[frequency],
        example=_example(frequency),
    )
