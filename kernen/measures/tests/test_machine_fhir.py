"""A series as FHIR R4 MeasureReports, out and in again; nothing that points at a person."""

import copy
import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.measurereport import MeasureReport
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernen.measures import actions
from kernen.measures.machine import fhir
from kernen.measures.machine.sent import read
from kernen.measures.models import Point
from kernen.measures.reading.cells import holds_cpr

from .machines import POINTS, Machine, errors, series_of, token_of


@pytest.fixture
def series(world):
    return series_of(world)


@pytest.fixture
def bi(world, series):
    made = Machine(series, token_of(series, world.coordinator)[1])
    made.put(POINTS)
    return made


@pytest.fixture
def report(bi):
    """The report of the first period, as it came out."""
    return bi.get("reports").json()["entry"][0]["resource"]


def put(bi, body, key="f"):
    return bi.put(body, key, what="reports")


def test_a_series_comes_out_as_the_official_classes_say(bi):
    answer = bi.get("reports")
    assert answer.headers["Content-Type"] == "application/fhir+json"
    bundle = Bundle.model_validate_json(answer.content)
    first = bundle.entry[0].resource
    assert isinstance(first, MeasureReport)
    assert (first.type, first.status) == ("summary", "complete")
    assert (first.period.start, first.period.end) == (date(2018, 11, 12), date(2018, 11, 18))
    counts = {one.code.coding[0].code: one.count for one in first.group[0].population}
    assert counts == {"numerator": 110, "denominator": 118}
    assert first.improvementNotation.coding[0].code == "increase"
    assert first.reporter.display == "Afsnit M, Organisation 1"


def test_what_came_out_goes_in_again_and_changes_nothing(bi, series):
    before = list(series.points.values_list())
    answer = put(bi, bi.get("reports").json())
    (taken,) = answer.json()["loads"]
    assert (taken["added"], taken["changed"]) == (0, 0)
    assert list(series.points.values_list()) == before


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        ({"unit": "dage"}, True),
        ({"unit": "days"}, True),
        ({"code": "d"}, True),
        ({"code": "1"}, True),
        ({}, True),
        ({"unit": "timer"}, False),
        ({"unit": "%"}, False),
        ({"code": "h"}, False),
    ],
)
def test_a_figure_in_another_unit_than_the_series_is_refused(world, said, fits):
    series = series_of(world, name="Ventetid", figures="values", unit="dage")
    bi = Machine(series, token_of(series, world.coordinator)[1])
    bi.put([{"period": "2018-W46", "value": 4}])
    body = bi.get("reports").json()["entry"][0]["resource"]
    body["period"] = {"start": "2018-11-26", "end": "2018-12-02"}
    body["group"][0]["measureScore"] = {"value": 5} | said
    answer = put(bi, body)
    assert answer.status_code == (200 if fits else 422)
    assert series.points.count() == 1 + fits
    if not fits:
        assert "serien er i dage" in answer.json()["errors"][0]["detail"]


def test_a_report_is_taken_in_once(bi, report, series):
    report["period"] = {"start": "2018-11-26", "end": "2018-12-02"}
    first = put(bi, report)
    assert first.json()["loads"][0]["added"] == 1
    assert put(bi, report).content == first.content
    report["group"][0]["population"][0]["count"] = 1
    assert put(bi, report).status_code == 422
    assert series.points.latest("period").numerator == 110


def test_a_report_that_corrects_says_why(bi, report, series):
    report["group"][0]["population"][0]["count"] = 100
    (told,) = errors(put(bi, report))
    assert (told["row"], "pointer" in told) == (1, False)
    report["extension"] = [{"url": fhir.REASON, "valueString": "Registered late"}]
    assert put(bi, report).json()["loads"][0]["changed"] == 1
    assert series.loads.get(key="f").reason == "Registered late"
    assert series.points.earliest("period").note == "", "why is no note"


def test_xml_is_not_opened(bi):
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    answer = put(bi, f'<!DOCTYPE r [<!ENTITY a0 "ha">{bomb}]><r>&a9;</r>'.encode())
    assert answer.status_code == 400
    assert answer.json()["detail"]


def test_several_reports_come_in_a_bundle(bi, report, series):
    entries = []
    for week in range(3):
        start = date(2018, 12, 3) + timedelta(weeks=week)
        period = {"start": start.isoformat(), "end": (start + timedelta(days=6)).isoformat()}
        entries.append({"resource": copy.deepcopy(report) | {"period": period}})
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    assert put(bi, bundle).json()["loads"][0]["added"] == 3
    assert series.points.count() == 5


PATIENT = {"reference": "Patient/12"}


def changed(report, **fields):
    return {**copy.deepcopy(report), **fields}


def group(**fields):
    return lambda report: changed(report, group=[report["group"][0] | fields])


@pytest.mark.parametrize(
    "wrong",
    [
        lambda report: changed(report, type="individual", subject=PATIENT),
        lambda report: changed(report, type="subject-list"),
        lambda report: changed(report, type="data-collection"),
        lambda report: changed(report, subject=PATIENT),
        lambda report: changed(report, reporter=PATIENT),
        lambda report: changed(report, reporter={"reference": "https://ehr.example/Patient/12"}),
        lambda report: changed(report, evaluatedResource=[{"reference": "Observation/1"}]),
        lambda report: changed(report, contained=[{"resourceType": "Patient", "id": "1"}]),
        lambda report: changed(report, status="pending"),
        lambda report: changed(report, status=None),
        lambda report: changed(report, measure="https://example.org/Measure/1"),
        lambda report: changed(report, reporter={"identifier": {"value": "Another"}}),
        lambda report: changed(report, period={"start": "2018-11-12", "end": "2018-11-25"}),
        lambda report: changed(report, period={"start": "2018-11-13", "end": "2018-11-18"}),
        lambda report: changed(report, period={"start": "2018-11-12"}),
        lambda report: changed(report, group=[]),
        lambda report: changed(report, group=report["group"] * 2),
        lambda report: changed(report, extension=[{"url": "urn:x", "valueString": "010150-1234"}]),
        lambda report: changed(report, **{"010150-1234": 1}),
        lambda report: changed(report, mesure="A misspelt field"),
        group(population=[{"subjectResults": {"reference": "List/1"}, "count": 1}]),
        group(population=[{"code": {"coding": [{"code": "numerator"}]}, "count": 1}]),
        group(stratifier=[{"stratum": []}]),
        group(measureScore={"value": 5, "comparator": "<"}),
        group(measureScore={"value": "1e999999"}),
        lambda report: {"resourceType": "Patient"},
        lambda report: {"resourceType": "Bundle", "type": "collection", "entry": []},
        lambda report: {"resourceType": "Bundle", "entry": [{"resource": {}}, 7]},
        lambda report: 7,
    ],
)  # fmt: skip
def test_what_points_at_a_person_or_is_no_plain_figure_is_refused(bi, report, series, wrong):
    before = list(series.points.values_list())
    answer = put(bi, wrong(report))
    assert answer.status_code == 422, answer.content
    assert answer.json()["detail"]
    assert "010150" not in answer.content.decode()
    assert list(series.points.values_list()) == before


def test_a_population_that_would_change_the_figure_is_refused(bi, report):
    code = {"coding": [{"system": fhir.POPULATION, "code": "denominator-exclusion"}]}
    report["group"][0]["population"].append({"code": code, "count": 3})
    (told,) = errors(put(bi, report))
    assert "measure-population" in told["detail"]


def test_a_count_that_fhir_does_not_hold_is_said_in_a_sentence(bi):
    bi.put([POINTS[0] | {"denominator": 2**31}], "b", reason="Counted by the day")
    assert bi.get("reports").status_code == 422


def test_a_figure_that_cannot_be_is_named_by_its_report(bi, report):
    report["group"][0]["population"][0]["count"] = 1000
    (told,) = errors(put(bi, report))
    assert told["row"] == 1
    assert "1.000" in told["detail"]


#: Counts that cannot be taken for a person's number, which is refused.
COUNTS = st.integers(1, 10**9).filter(lambda count: not holds_cpr(str(count)))
NUMBERS = st.decimals(-99999, 99999, places=4)
NOTES = st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), max_size=20)
KINDS = {
    "counts": st.tuples(st.integers(0, 50), COUNTS.filter(lambda count: count >= 50)).map(
        lambda pair: {"numerator": pair[0], "denominator": pair[1]}
    ),
    "rates": st.tuples(COUNTS, st.integers(1, 50)).map(
        lambda pair: {"numerator": pair[0], "denominator": pair[1]}
    ),
    "values": NUMBERS.map(lambda value: {"value": value}) | st.just({}),
    "samples": st.tuples(NUMBERS, st.integers(2, 10**6), NUMBERS.map(abs)).map(
        lambda three: dict(zip(("value", "size", "spread"), three, strict=True))
    ),
    "events": st.integers(1, 9).map(lambda size: {"size": size}),
}
DEFINED = {
    "rates": {"unit": "d", "per": 1},
    "samples": {"chart": "xbar"},
    "events": {"frequency": "day", "chart": "g"},
}
FREQUENCIES = {"counts": "month", "rates": "quarter", "values": "year", "samples": "week"}


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_figure_comes_back_as_it_was(world, kind, data):
    """Out as a Bundle that the official classes read, and in as the very same figures."""
    fields = {"frequency": FREQUENCIES.get(kind, "day")} | DEFINED.get(kind, {})
    made = series_of(world, name=f"Of {kind}", figures=kind, **fields, place=f"{world.number()}")
    day = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}[made.measure.frequency]
    starts = [
        actions.rules.normalise(date(2017, 1, 1) + timedelta(days=day * at), fields["frequency"])
        for at in sorted(data.draw(st.sets(st.integers(0, 8), min_size=1, max_size=4)))
    ]
    figures = [
        actions.Figure(period=start, note=data.draw(NOTES), **data.draw(KINDS[kind]))
        for start in starts
    ]
    actions.load(series=made, figures=figures, by=world.coordinator)
    written = fhir.bundle(made)
    assert Bundle.model_validate_json(written)
    rows = fhir.read(json.loads(written, parse_float=Decimal), made)
    again, problems = read(rows, made.measure)
    assert not problems
    assert list(again.values()) == figures
    assert Point.objects.filter(series=made).count() == len(again)
