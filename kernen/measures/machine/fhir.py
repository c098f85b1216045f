"""A series as FHIR R4 and back: one MeasureReport of the type summary for each period.

Checked with the official classes, of R4B: there MeasureReport is as in R4."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.measurereport import MeasureReport
from pydantic import ValidationError

from kernen.lib.cpr import MESSAGE, contains_cpr
from kernen.lib.periods import following, parse

from ..models import Measure, Point, Series
from ..reading.cells import MAX_ROWS, Sentence
from ..reading.results import Problem
from ..reading.units import same_unit
from .given import address
from .problems import Unfit, of_rows
from .sent import Sent

POPULATION = "http://terminology.hl7.org/CodeSystem/measure-population"
BETTER = "http://terminology.hl7.org/CodeSystem/measure-improvement-notation"
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
NOTE, SPREAD = "urn:kernen:note", "urn:kernen:standard-deviation"
#: Why a figure is changed: nothing of the figure, and so it does not go out with it.
REASON = "urn:kernen:reason"
#: A field of a point → the population whose count it is.
COUNTED = {"numerator": "numerator", "denominator": "denominator", "size": "measure-population"}
_FIELDS = {code: field for field, code in COUNTED.items()}
#: Who is in the first population says nothing of the figure; what excludes some would change it.
BESIDE = {"initial-population"}
DIRECTION = {"up": "increase", "down": "decrease"}
#: Whatever points at persons or at what lies behind a figure, or changes what a report means.
REFUSED = {
    "subject", "subjectResults", "evaluatedResource", "contained", "stratifier",
    "modifierExtension", "implicitRules", "comparator",
}  # fmt: skip
NOT_FHIR = _("This is not as FHIR R4 says: {place}")
_PERSON = re.compile(r"(^|/)(Patient|Person|RelatedPerson|Group)(/|$)")


# --- out ----------------------------------------------------------------------------------------


def bundle(series: Series) -> str:
    """The whole series as a Bundle in JSON."""
    points = series.points.order_by("period")
    entries = [{"resource": report(point, series)} for point in points]
    said = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    try:
        made = Bundle.model_validate(said)
    except ValidationError:  # a count above two thousand million
        raise Unfit(422, _("FHIR cannot hold these figures: take them as points.")) from None
    written: str = made.model_dump_json()
    return written


def report(point: Point, series: Series) -> dict[str, Any]:
    measure = series.measure
    last = following(point.period, measure.frequency) - timedelta(days=1)
    said: dict[str, Any] = {
        "resourceType": "MeasureReport",
        "status": "complete",
        "type": "summary",
        "measure": address(measure),
        "reporter": {
            "type": "Organization",
            "identifier": {"value": series.organisation.name},
            "display": str(series),
        },
        "period": {"start": point.period.isoformat(), "end": last.isoformat()},
        "group": [_group(point, measure)],
    }
    if measure.direction:
        code = DIRECTION[measure.direction]
        said["improvementNotation"] = {"coding": [{"system": BETTER, "code": code}]}
    if point.note:
        said["extension"] = [{"url": NOTE, "valueString": point.note}]
    return said


def _group(point: Point, measure: Measure) -> dict[str, Any]:
    populations = [
        {"code": {"coding": [{"system": POPULATION, "code": code}]}, "count": count}
        for field, code in COUNTED.items()
        if (count := getattr(point, field)) is not None
    ]
    group: dict[str, Any] = {"population": populations} if populations else {}
    if point.value is not None:
        unit = {"unit": measure.unit} if measure.unit else {}
        group["measureScore"] = {"value": _plain(point.value), **unit}
    if point.spread is not None:
        group["extension"] = [{"url": SPREAD, "valueDecimal": _plain(point.spread)}]
    return group or {"extension": [{"url": ABSENT, "valueCode": "unknown"}]}


def _plain(number: Decimal) -> Decimal:
    return Decimal(f"{number.normalize():f}")


# --- in -----------------------------------------------------------------------------------------


def read(body: Any, series: Series) -> list[Sent]:
    """The rows of a MeasureReport, or of a Bundle of them; raises Unfit with what is wrong."""
    reports = _reports(body)
    rows, problems = [], []
    for number, said in enumerate(reports, start=1):
        if wrong := _wrong(said, series):
            problems.append(Problem(wrong, number))
        else:
            rows.append(Sent(number, dict(_said(said, series.measure))))
    if problems:
        raise of_rows(problems, points=False)
    return rows


def reason(body: Any) -> str:
    """Why the checked reports change figures: what each says, once."""
    said = [one for report in _reports(body) for one in report.get("extension", [])]
    told = [one.get("valueString", "") for one in said if one["url"] == REASON]
    return " ".join(dict.fromkeys(told))


def _reports(body: Any) -> list[Any]:
    kind = body.get("resourceType") if isinstance(body, dict) else None
    if kind == "MeasureReport":
        return [body]
    entries = body.get("entry") if kind == "Bundle" else None
    if not isinstance(entries, list) or not 0 < len(entries) <= MAX_ROWS:
        raise Unfit(422, _("Send a MeasureReport, or a Bundle of MeasureReports."))
    return [entry.get("resource") if isinstance(entry, dict) else None for entry in entries]


def _wrong(said: Any, series: Series) -> Sentence | None:
    """The first thing that is wrong with a report, in one sentence."""
    if not isinstance(said, dict) or said.get("resourceType") != "MeasureReport":
        return _("Send a MeasureReport, or a Bundle of MeasureReports.")
    if said.get("type") != "summary":
        return _(
            "Only reports of the type summary are taken in: those of other types point at persons,"
            " or carry what lies behind a figure."
        )
    if refused := _pointing(said):
        return refused
    try:
        MeasureReport.model_validate(said)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        return format_lazy(NOT_FHIR, place=place)
    return (
        _of_another(said, series)
        or _no_period(said, series.measure)
        or _no_figure(said, series.measure)
    )


def _pointing(said: Any) -> Sentence | None:
    for name, value in _everything(said):
        if contains_cpr(name) or (isinstance(value, str) and contains_cpr(value)):
            return MESSAGE
        if value is None:
            return format_lazy(NOT_FHIR, place=name)
        if name in REFUSED or (name in ("reference", "type") and _PERSON.search(str(value))):
            told = _("Leave “{name}” out: Kernen only holds aggregated figures, and no persons.")
            return format_lazy(told, name=name)
    return None


def _everything(said: Any) -> Iterator[tuple[str, Any]]:
    """Every field of the resource with what stands in it, however deep."""
    waiting = [said]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield from one.items()
            waiting += one.values()
        elif isinstance(one, list):
            yield from (("", value) for value in one)
            waiting += one


def _of_another(said: Mapping[str, Any], series: Series) -> Sentence | None:
    if said.get("status") != "complete":
        return _("Only complete reports are taken in.")
    here = address(series.measure)
    if str(said["measure"]).partition("|")[0] != here:
        return format_lazy(_("The report is of another measure than {address}."), address=here)
    name = said.get("reporter", {}).get("identifier", {}).get("value", series.organisation.name)
    if name != series.organisation.name:
        told = _("The report is from another organisation than {name}.")
        return format_lazy(told, name=series.organisation)
    return None


def _no_period(said: Mapping[str, Any], measure: Measure) -> Sentence | None:
    """A report is about one period of the measure, from its first day to its last."""
    start, end = (str(said["period"].get(name, ""))[:10] for name in ("start", "end"))
    try:
        first, last = parse(start, measure.frequency), parse(end, measure.frequency)
        next_day = date.fromisoformat(end) + timedelta(days=1) if len(end) == 10 else None
    except ValueError as error:
        return error.args[0] if not isinstance(error.args[0], str) else _PERIOD
    whole = len(start) < 10 or start == first.isoformat()
    ended = next_day in (None, following(first, measure.frequency))
    return None if first == last and whole and ended else _PERIOD


_PERIOD = _("Let a report be about one period of the measure, from its first day to its last.")


def _no_figure(said: Mapping[str, Any], measure: Measure) -> Sentence | None:
    groups = said.get("group", [])
    if len(groups) != 1:
        return _("Let a report have one group: Kernen has one figure for each period.")
    codes = [_code(one) for one in groups[0].get("population", [])]
    if len(codes) != len(set(codes)) or not set(codes) <= {*_FIELDS, *BESIDE}:
        return _(
            "Only the populations numerator, denominator and measure-population are taken in, each"
            " once: count the others out, or in, before."
        )
    counts = [one.get("count", 0) for one in groups[0].get("population", [])]
    scored = groups[0].get("measureScore", {})
    score = scored.get("value", 0)
    if not all(type(one) is int for one in counts) or type(score) not in (int, Decimal):
        return format_lazy(NOT_FHIR, place="group.0")
    unit = scored.get("unit") or scored.get("code", "").strip("{}1")
    if unit and measure.unit and not measure.over and not same_unit(unit, measure.unit):
        told = _("The figure is in “{found}”, and the series is in {unit}. Send it in {unit}.")
        return format_lazy(told, found=unit, unit=measure.unit)
    return None


def _code(population: Mapping[str, Any]) -> str:
    coding = population.get("code", {}).get("coding", [])
    return next((str(one.get("code")) for one in coding if one.get("system") == POPULATION), "")


def _said(said: Mapping[str, Any], measure: Measure) -> Iterator[tuple[str, Any]]:
    """What a checked report says, by field of a point."""
    group = said["group"][0]
    yield "period", str(said["period"]["start"])[:10]
    for population in group.get("population", []):
        if (field := _FIELDS.get(_code(population))) and "count" in population:
            yield field, population["count"]
    score = group.get("measureScore", {}).get("value")
    if score is not None and not measure.over:  # else it follows from the counts
        yield "value", score
    for one in [*said.get("extension", []), *group.get("extension", [])]:
        if one["url"] == NOTE:
            yield "note", one.get("valueString", "")
        elif one["url"] == SPREAD and type(one.get("valueDecimal")) in (int, Decimal):
            yield "spread", one["valueDecimal"]
