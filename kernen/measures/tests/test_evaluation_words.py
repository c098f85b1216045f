"""What an evaluation says in words, in Danish."""

from datetime import date
from math import nan

import numpy as np
import pytest
from django.utils.translation import override

from kernen.lib.periods import between
from kernen.measures.charts.effect import Effect
from kernen.measures.charts.effect_words import dealing
from kernen.measures.charts.evaluated import PLACES, REASONS, SERIES, assumptions, sentence
from kernen.measures.charts.material import Material, PlaceFigures, answers
from kernen.measures.evaluation import NoAnswer, Reason, segmented, stepped


@pytest.fixture(autouse=True)
def _in_danish():
    with override("da"):
        yield


def said(answer, direction="up", unit="%"):
    with override("da"):
        return sentence(answer, name="Svar i tide", direction=direction, unit=unit)


def moved(by):
    return segmented(np.tile([40.0, 42.0, 41.0], 8) + np.repeat([0, by], 12), 12)


def spread(by, places=6):
    chance = np.random.default_rng(2)
    starts = np.arange(places) + 2
    begun = np.arange(places + 3) >= starts[:, None]
    return stepped(chance.normal(50, 1, begun.shape) + by * begun, starts)


def test_a_gain_is_said_with_its_size_and_interval_in_danish_figures():
    assert said(moved(10)).startswith(
        "Svar i tide: efter ændringen i gennemsnit 9,5 procentpoint over den tidligere udvikling, "
        "en forbedring (95 %-interval 7 til 12 procentpoint)"
    )


@pytest.mark.parametrize(
    ("by", "direction", "words"),
    [(-10, "up", "hvilket er værre"), (-10, "down", "en forbedring"), (-10, "", "under den")],
)
def test_better_or_worse_follows_the_measures_direction(by, direction, words):
    assert words in said(moved(by), direction, "dage")
    assert "−" not in said(moved(by), direction, "dage")


def test_what_may_be_chance_is_said_to_be():
    assert "det kan være tilfældigt" in said(moved(0))


def test_places_are_spoken_of_as_places():
    assert "når et sted er begyndt, en forbedring" in said(spread(5))
    assert "det kan være tilfældigt" in said(spread(0))
    assert "for få steder til at sige" in said(spread(5, places=3))


def test_too_few_figures_is_said_with_how_many_are_missing():
    assert said(NoAnswer(Reason.FEW_AFTER, 5, 8)) == (
        "Svar i tide: for få tal til at sige det; 5 efter ændringen, og der skal være mindst 8"
    )


def test_every_reason_has_its_words():
    assert set(REASONS) == set(Reason)
    for reason in Reason:
        assert "%(" not in said(NoAnswer(reason, 1, 2))


def test_every_sentence_can_be_filled():
    words = dict.fromkeys(("name", "size", "least", "most"), "5")
    with override("da"):
        for text in [*SERIES.values(), *PLACES.values()]:
            assert "95 %-interval" in str(text) % words


def test_the_time_of_year_is_compared_only_where_it_has_come_twice():
    assert "Sammenlign den samme tid på året" in assumptions(moved(10), years=2)[-1]
    assert "så kort tid" in assumptions(moved(10), years=1)[-1]


def test_places_say_themselves_whether_the_difference_may_be_chance():
    assert dealing(spread(5))[-1].startswith("Det er højst 1 ud af 20")
    assert dealing(spread(0))[-1].startswith("Det er mere end 1 ud af 20")


def weekly(values, change):
    periods = between(date(2026, 1, 5), date(2027, 12, 27), "week")[: len(values)]
    blank = (None,) * len(values)
    place = PlaceFigures(
        name="A1", series=1, made_up=False, values=tuple(values), numerators=blank,
        denominators=blank, left_out=("",) * len(values), start=periods[change], why="Ny gang",
    )  # fmt: skip
    material = Material(
        name="Ajour", unit="%", direction="up", frequency="week", factor=1, kind="values",
        several=False, periods=tuple(periods), places=(place,),
    )  # fmt: skip
    return Effect(material, answers(material))


def test_a_line_drawn_on_further_than_it_rests_on_is_warned_of():
    short = weekly([50, 52, 48, 51, 49, 53, 47, 50, 52, 48, *[70, 72, 69, 71, 68] * 5], 10)
    assert short.cautions[0].startswith("Den stiplede linje bygger på 10 perioder")
    assert "25" in short.cautions[0]
    long = weekly([*[50, 52, 48, 51, 49] * 4, *[70, 72, 69, 71, 68] * 3], 20)
    assert long.cautions == []
    assert "Uge" in short.wide


def test_a_single_figure_that_carries_the_answer_is_named_with_the_answer_without_it():
    before = [50, 52, 48, 51, 49, 53, 47, 50, 52, 48, 51, 49]
    outlier = [*before[:-1], 0]
    after = [70, 72, 69, 71, 68] * 2
    told = weekly([*outlier, *after], 12)
    (said,) = told.cautions
    assert "Uden uge 13, 2026" in said
    kept = [*outlier[:-1], nan]
    without = segmented([*kept, *after], 12).cautious.value
    assert f"{without:.0f}" in said
    assert weekly([*before, *after], 12).cautions == []


def test_the_assumptions_stand_beside_an_answer_only():
    assert len(assumptions(moved(10))) == 4
    assert len(assumptions(spread(5))) == 4
    assert assumptions(NoAnswer(Reason.NO_STARTS)) == []
