"""How much a change did, on the pages: one series, places that start one after another, and
results that are frozen."""

import csv
import io
import math
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import override

from kernen.lib.periods import between
from kernen.lib.refusal import Refused
from kernen.measures import actions
from kernen.measures.closing import actions as closing
from kernen.measures.evaluating import actions as evaluating
from kernen.measures.evaluating import rules
from kernen.measures.evaluating.gather import compared, of_places, of_series, weighed_for
from kernen.measures.evaluation import VERSION, Stepped, counted, segmented, stepped
from kernen.measures.judging import actions as judging
from kernen.measures.models import Measure, Result, Series
from kernen.parties.models import OrganisationRole

from .practices import practice_series

START = date(2018, 1, 1)
CHANGE = date(2019, 1, 1)
BEFORE = [44, 40, 47, 42, 51, 40, 45, 43, 38, 46, 41, 44]
SINCE = [30, 26, 29, 31, 27, 30, 26, 28, 24, 27, 25, 29]


def months(many: int) -> list[date]:
    return between(START, date(2030, 1, 1), "month")[:many]


def followed(world, figures, **fields) -> Series:
    measure = actions.define(
        initiative=world.first,
        by=world.coordinator,
        **{"name": "Waiting", "figures": "values", "unit": "days", "direction": "down"} | fields,
    )
    series = actions.open_series(measure=measure, organisation=world.hospital, by=world.coordinator)
    load(world, series, figures)
    return series


def load(world, series: Series, figures) -> None:
    points = [
        actions.Figure(period, value=Decimal(figure))
        for period, figure in zip(months(len(figures)), figures, strict=True)
    ]
    actions.load(series=series, figures=points, reason="Late", by=world.coordinator)


@pytest.fixture
def waiting(world) -> Series:
    """Fewer days of waiting since January 2019."""
    return followed(world, BEFORE + SINCE)


STARTS = [4, 8, 12, 16, None, 20]


@pytest.fixture
def spreading(world) -> Measure:
    """A share at six places, of which one has not started."""
    measure = actions.define(initiative=world.first, name="Visited", by=world.coordinator)
    chance = np.random.default_rng(4)
    for number, start in enumerate(STARTS):
        series = actions.open_series(
            measure=measure,
            organisation=world.hospital,
            place=f"Ward {number}",
            by=world.coordinator,
        )
        figures = [
            actions.Figure(
                period,
                numerator=int(
                    chance.binomial(60, 0.5 + 0.15 * (start is not None and at >= start))
                ),
                denominator=60,
            )
            for at, period in enumerate(months(24))
        ]
        actions.load(series=series, figures=figures, by=world.coordinator)
    return measure


def say_all(world, measure: Measure) -> None:
    for series, start in zip(measure.series.order_by("pk"), STARTS, strict=True):
        period = None if start is None else months(24)[start]
        evaluating.say_start(series=series, period=period, reason="Heard", by=world.coordinator)


def page_of(client, name: str, pk: int, **query) -> str:
    response = client.get(reverse(name, args=[pk]), query)
    assert response.status_code == 200
    return response.content.decode()


# --- one series -------------------------------------------------------------------------------


def test_what_is_calculated_is_the_series_with_what_is_left_out_missing(world, waiting):
    period = months(24)[3]
    judging.leave_out(series=waiting, period=period, reason="Shut", by=world.coordinator)
    figures = [float(figure) for figure in BEFORE + SINCE]
    figures[3] = math.nan
    effect = of_series(weighed_for(None).get(pk=waiting.pk), CHANGE, "")
    assert effect.main == segmented(figures, 12)
    assert effect.improvement


def test_the_page_asks_for_a_change_and_proposes_the_newest_split_before_a_note(
    world, sign_in, waiting
):
    client = sign_in(world.coordinator)
    assert "Vælg, hvornår ændringen kom" in page_of(client, "series_effect", waiting.pk)
    by = world.coordinator
    actions.annotate(series=waiting, on=date(2019, 5, 6), words="A note", by=by)
    assert "maj 2019: A note" in page_of(client, "series_effect", waiting.pk)
    actions.split(series=waiting, period=CHANGE, reason="One team", by=by)
    page = page_of(client, "series_effect", waiting.pk)
    assert "ændringen, januar 2019: One team" in page
    assert "under den tidligere udvikling, en forbedring" in page
    page = page_of(client, "series_effect", waiting.pk, change="2019-03-01")
    assert "ændringen, marts 2019." in page


def test_too_few_figures_is_the_heading_and_the_reason_beside_the_button(world, sign_in):
    short = followed(world, BEFORE[:9])
    page = page_of(sign_in(world.coordinator), "series_effect", short.pk, change="2018-06-01")
    assert "for få tal til at sige det; 5 før ændringen" in page
    assert "Tallene giver ikke noget svar endnu" in page
    with pytest.raises(Refused):
        evaluating.freeze_series(series=short, start=date(2018, 6, 1), by=world.coordinator)


def test_without_figures_the_button_says_what_to_do(world, sign_in):
    empty = followed(world, [])
    page = page_of(sign_in(world.coordinator), "series", empty.pk)
    assert "Der er ingen tal endnu: Indlæs dem først." in page
    assert "Indlæs dem først" in page_of(sign_in(world.coordinator), "series_effect", empty.pk)


@pytest.mark.parametrize("start", [START, date(2030, 1, 1)])
def test_a_change_lies_between_the_first_figure_and_the_last(world, waiting, start):
    with pytest.raises(Refused):
        evaluating.freeze_series(series=waiting, start=start, by=world.coordinator)


def test_counts_are_told_as_a_ratio_too_and_other_values_are_not(world):
    falls = followed(world, BEFORE + SINCE, name="Falls", chart="c")
    effect = of_series(weighed_for(None).get(pk=falls.pk), CHANGE, "")
    assert effect.answers.ratio == counted(BEFORE + SINCE, 12)
    assert effect.answers.seasonal == counted(BEFORE + SINCE, 12, harmonics=2)
    with override("en"):
        assert "times as many" in effect.description
    waiting = followed(world, BEFORE + SINCE)
    assert of_series(weighed_for(None).get(pk=waiting.pk), CHANGE, "").answers.ratio is None


# --- places that start one after another ------------------------------------------------------


def test_places_are_compared_once_it_is_said_of_each_when_it_started(world, sign_in, spreading):
    client = sign_in(world.coordinator)
    page = page_of(client, "measure_effect", spreading.pk)
    assert "Sig først, hvornår hvert sted begyndte. Der mangler: Ward 0, " in page
    say_all(world, spreading)
    page = page_of(client, "measure_effect", spreading.pk)
    assert "når et sted er begyndt, en forbedring" in page
    assert "Af de 720 mulige fordelinger" in page
    effect = of_places(compared().get(pk=spreading.pk))
    over = [
        [p.numerator for p in series.points.all()] for series in spreading.series.order_by("pk")
    ]
    starts = [-1 if start is None else start for start in STARTS]
    assert effect.main == stepped(over, starts, n=np.full((6, 24), 60), multiply=100)
    assert [place.name.split(",")[0] for place in effect.ordered] == [
        f"Ward {number}" for number in (0, 1, 2, 3, 5, 4)
    ]


def test_two_places_are_too_few_and_the_measures_button_says_so(world, sign_in, waiting):
    client = sign_in(world.coordinator)
    for name in ("measure", "measure_effect"):
        assert "Det kræver tal fra mindst 3, og 1 sted har tal" in page_of(
            client, name, waiting.measure_id
        )


def test_the_last_word_counts_and_the_first_stays(world, spreading):
    series, by = spreading.series.first(), world.coordinator
    first = evaluating.say_start(series=series, period=START, reason="Heard", by=by)
    same = evaluating.say_start(series=series, period=START, reason="Heard", by=by)
    evaluating.say_start(series=series, period=None, reason="A mistake", by=by)
    assert same == first
    assert [start.period for start in series.starts.all()] == [START, None]
    entries = world.first.journal.filter(verb="say_start").order_by("pk")
    assert [entry.params["started"] for entry in entries][-2:] == ["2018-01-01", ""]


def test_starts_are_filled_in_on_one_page_with_the_split_proposed(world, sign_in, spreading):
    series = spreading.series.first()
    actions.split(series=series, period=months(24)[4], reason="It took", by=world.coordinator)
    client = sign_in(world.coordinator)
    page = page_of(client, "starts", spreading.pk)
    assert 'value="2018-05-01" selected' in page
    assert 'value="It took"' in page
    address = reverse("starts", args=[spreading.pk])
    typed = {f"period_{series.pk}": "2018-05-01", f"reason_{series.pk}": ""}
    assert "Skriv, hvor du ved det fra." in client.post(address, typed).content.decode()
    typed[f"reason_{series.pk}"] = "It took"
    other = spreading.series.last()
    typed |= {f"period_{other.pk}": "never", f"reason_{other.pk}": "Asked the ward"}
    assert client.post(address, typed).status_code == 302
    assert series.starts.get().period == months(24)[4]
    assert other.starts.get().period is None


def test_who_may_not_measure_says_no_start_and_freezes_nothing(world, sign_in, spreading, waiting):
    reader = world.person(OrganisationRole.Role.READER)
    with pytest.raises(Refused):
        evaluating.say_start(series=waiting, period=CHANGE, reason="Heard", by=reader)
    with pytest.raises(Refused):
        evaluating.freeze_series(series=waiting, start=CHANGE, by=reader)
    say_all(world, spreading)
    with pytest.raises(Refused):
        evaluating.freeze_places(measure=spreading, by=reader)
    page = page_of(sign_in(reader), "series_effect", waiting.pk, change="2019-01-01")
    assert 'aria-describedby="freeze-why"' in page


# --- frozen results ---------------------------------------------------------------------------


def test_a_frozen_result_stays_to_the_last_digit_whatever_becomes_of_the_series(
    world, sign_in, waiting
):
    by = world.coordinator
    frozen = evaluating.freeze_series(series=waiting, start=CHANGE, why="One team", by=by)
    live = of_series(weighed_for(None).get(pk=waiting.pk), CHANGE, "One team")

    def kept():
        found = Result.objects.get(pk=frozen.pk)
        return found.effect, found.sentence, found.effect.wide, found.effect.rows

    first = kept()
    assert first[0].answers == live.answers
    assert first[0].material == live.material
    client = sign_in(by)
    assert "Tallene er ændret siden" not in page_of(client, "result", frozen.pk)

    load(world, waiting, [*map(str, [99, *BEFORE[1:], *SINCE, 80])])  # one corrected, one new
    actions.split(series=waiting, period=months(24)[6], reason="Another", by=by)
    judging.leave_out(series=waiting, period=months(24)[5], reason="Shut", by=by)
    actions.redefine(measure=waiting.measure, unit="hours", name="Renamed", by=by)
    assert kept() == first
    page = page_of(client, "result", frozen.pk)
    assert "Tallene er ændret siden" in page
    assert first[1] in page
    again = client.post(reverse("freeze_series", args=[waiting.pk]), {"change": "2019-01-01"})
    made = Result.objects.first()
    assert again.url == made.get_absolute_url()
    assert made.pk != frozen.pk
    assert made.effect.answers != first[0].answers
    assert kept() == first


def test_a_result_of_places_stays_when_another_start_is_said(world, spreading):
    say_all(world, spreading)
    by = world.coordinator
    frozen = evaluating.freeze_places(measure=spreading, by=by)
    before = Result.objects.get(pk=frozen.pk).effect
    assert isinstance(before.main, Stepped)
    assert before.answers == of_places(compared().get(pk=spreading.pk)).answers
    series = spreading.series.first()
    evaluating.say_start(series=series, period=None, reason="No", by=by)
    assert Result.objects.get(pk=frozen.pk).effect == before
    assert of_places(compared().get(pk=spreading.pk)).main != before.main


def test_a_result_says_for_others_whether_it_shows_an_improvement(world, waiting):
    by = world.coordinator
    better = evaluating.freeze_series(series=waiting, start=CHANGE, by=by)
    worse = evaluating.freeze_series(
        series=followed(world, SINCE + BEFORE, name="Worse"), start=CHANGE, by=by
    )
    unsure = evaluating.freeze_series(
        series=followed(world, BEFORE + BEFORE, name="Unsure"), start=CHANGE, by=by
    )
    neither = evaluating.freeze_series(
        series=followed(world, BEFORE + SINCE, name="Neither", direction=""), start=CHANGE, by=by
    )
    shown = [one.shows_improvement for one in (better, worse, unsure, neither)]
    assert shown == [True, False, False, False]
    assert "kan være tilfældigt" in unsure.sentence
    assert better.version == VERSION


def test_a_result_speaks_both_languages(world, waiting):
    frozen = evaluating.freeze_series(series=waiting, start=CHANGE, by=world.coordinator)
    with override("en"):
        assert "below the earlier course, an improvement" in frozen.sentence
    with override("da"):
        assert "under den tidligere udvikling, en forbedring" in frozen.sentence
        assert frozen.sentence == str(frozen)


def test_a_result_is_cited_and_taken_along(world, sign_in, waiting):
    judging.leave_out(series=waiting, period=months(24)[3], reason="Shut", by=world.coordinator)
    frozen = evaluating.freeze_series(series=waiting, start=CHANGE, by=world.coordinator)
    client = sign_in(world.coordinator)
    page = page_of(client, "result", frozen.pk)
    assert f"Kernen, resultat {frozen.pk}: Waiting" in page
    assert f"beregning {VERSION}. http" in page
    text = b"".join(client.get(reverse("result_csv", args=[frozen.pk]))).decode("utf-8-sig")
    _headings, *rows = csv.reader(io.StringIO(text), delimiter=";")
    assert len(rows) == 24
    assert rows[3][5:] == ["42,0", "før", "Shut"]
    assert rows[12][6] == "efter"
    drawn = client.get(reverse("result_svg", args=[frozen.pk])).content.decode()
    assert "tidligere udvikling" in drawn
    assert f"resultat {frozen.pk}" in drawn
    assert client.get(reverse("result_png", args=[frozen.pk])).content.startswith(b"\x89PNG")


def test_what_a_change_was_refuses_civil_registration_numbers(world, waiting):
    with pytest.raises(ValidationError):
        evaluating.freeze_series(
            series=waiting, start=CHANGE, why="Told by 010190-1234", by=world.coordinator
        )
    with pytest.raises(ValidationError):
        evaluating.say_start(
            series=waiting, period=CHANGE, reason="Told by 010190-1234", by=world.coordinator
        )
    assert not Result.objects.filter(series=waiting).exists()


# --- closed figures and rare events -------------------------------------------------------------


def test_a_closed_place_is_neither_compared_nor_cited(world, spreading, sign_in):
    say_all(world, spreading)
    series, doctor = practice_series(world, spreading)
    evaluating.say_start(series=series, period=None, reason="Not yet", by=world.coordinator)
    frozen = evaluating.freeze_places(measure=spreading, by=world.coordinator)
    assert series.pk in frozen.places
    closing.close(series=series, by=doctor)
    effect = of_places(compared().get(pk=spreading.pk))
    assert series.pk not in {place.series for place in effect.material.places}
    reader = sign_in(world.coordinator)
    assert reader.get(frozen.get_absolute_url()).status_code == 404
    page = reader.get(reverse("measure_effect", args=[spreading.pk]))
    assert frozen.pk not in {one.pk for one in page.context["results"]}
    with override("en"), pytest.raises(Refused, match="closed"):
        evaluating.freeze_series(series=series, start=date(2018, 9, 1), by=doctor)


def test_rare_events_are_not_weighed(world):
    measure = actions.define(
        initiative=world.first,
        name="Falls",
        figures="events",
        frequency="day",
        unit="days",
        by=world.coordinator,
    )
    series = actions.open_series(measure=measure, organisation=world.hospital, by=world.coordinator)
    figures = [actions.Figure(date(2026, month, 1), size=1) for month in range(1, 11)]
    actions.load(series=series, figures=figures, by=world.coordinator)
    with override("en"), pytest.raises(Refused, match="Rare events"):
        rules.weigh(weighed_for(None).get(pk=series.pk))
