"""What an evaluation says in words, in Danish."""

import numpy as np
import pytest
from django.utils.translation import override

from kernen.measures.charts.evaluated import PLACES, REASONS, SERIES, assumptions, sentence
from kernen.measures.evaluation import NoAnswer, Reason, segmented, stepped


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


def test_the_assumptions_stand_beside_an_answer_only():
    assert len(assumptions(moved(10))) == 4
    assert len(assumptions(spread(5))) == 4
    assert assumptions(NoAnswer(Reason.NO_STARTS)) == []
