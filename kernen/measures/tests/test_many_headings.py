"""A place above its numerator and its denominator, and what a person corrects of it."""

from datetime import date

import pytest

from kernen.measures import actions
from kernen.measures.models import Point, Shape
from kernen.measures.tests.test_many_places import (
    client,
    give,
    in_english,
    load,
    opened,
    press,
    told,
)

assert client and in_english and opened  # noqa: PT018 they are found by their names

JAN, FEB = date(2018, 1, 1), date(2018, 2, 1)
#: Each holds K: 1 of 2 and 2 of 3, and M: 3 of 4 and 4 of 5.
LAYOUTS = {
    "a place above both": "Måned;Afsnit K;;Afsnit M;\n;Tæller;Nævner;Tæller;Nævner\n"
    "jan 2018;1;2;3;4\nfeb 2018;2;3;4;5\n",
    "the months on the second line": ";Afsnit K;;Afsnit M;\nMåned;T;N;T;N\n"
    "jan 2018;1;2;3;4\nfeb 2018;2;3;4;5\n",
    "in words of their own": "Måned;Afsnit K;;Afsnit M;\n;Rettidige;Udskrevne;Rettidige;Udskrevne\n"
    "jan 2018;1;2;3;4\nfeb 2018;2;3;4;5\n",
    "how many of all": "Måned;Afsnit K;;Afsnit M;\n;Antal;I alt;Antal;I alt\n"
    "jan 2018;1;2;3;4\nfeb 2018;2;3;4;5\n",
    "with a total at the end": "Periode;Afsnit K;;Afsnit M;;I alt;\n"
    "Måned;Tæller;Nævner;Tæller;Nævner;Tæller;Nævner\n"
    "jan 2018;1;2;3;4;4;6\nfeb 2018;2;3;4;5;6;8\n",
    "in one heading": "Måned;Afsnit K, tæller;Afsnit K, nævner;Tæller Afsnit M;Nævner Afsnit M\n"
    "jan 2018;1;2;3;4\nfeb 2018;2;3;4;5\n",
    "down the side": "Sted;;jan 2018;feb 2018\nAfsnit K;Tæller;1;2\n;Nævner;2;3\n"
    "Afsnit M;Tæller;3;4\n;Nævner;4;5\n",
    "down the side in words of their own": "Sted;;jan 2018;feb 2018\nAfsnit K;Rettidige;1;2\n"
    ";Udskrevne;2;3\nAfsnit M;Rettidige;3;4\n;Udskrevne;4;5\n",
    "down the side in a row of its own": ";jan 2018;feb 2018\nAfsnit K;;\nTæller;1;2\nNævner;2;3\n"
    "Afsnit M;;\nTæller;3;4\nNævner;4;5\n",
    "down the side in one heading": ";jan 2018;feb 2018\nAfsnit K (tæller);1;2\n"
    "Afsnit K (nævner);2;3\nAfsnit M (tæller);3;4\nAfsnit M (nævner);4;5\n",
}  # fmt: skip
#: Nothing says whose the columns are.
UNNAMED = "Måned;a;b;c;d\njan 2018;1;2;3;4\nfeb 2018;2;3;4;5\n"


@pytest.fixture
def measure(world):
    return actions.define(
        initiative=world.first, name="Rettidigt", figures="counts", by=world.coordinator
    )


def standing(series):
    found = Point.objects.filter(series=series).order_by("period")
    return [(point.period, point.numerator, point.denominator) for point in found]


K = [(JAN, 1, 2), (FEB, 2, 3)]
M = [(JAN, 3, 4), (FEB, 4, 5)]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_numerator_and_denominator_of_each_place_are_found(client, measure, opened, layout):
    k, m = opened("Afsnit K"), opened("Afsnit M")
    page = give(client, measure, LAYOUTS[layout])
    assert told(page) == []
    load(client, measure, page)
    assert (standing(k), standing(m)) == (K, M)


@pytest.mark.parametrize("layout", ["a place above both", "down the side"])
def test_which_is_which_is_corrected_and_shown_before_it_is_loaded(client, measure, opened, layout):
    k, m = opened("Afsnit K"), opened("Afsnit M")
    # Somebody wrote them the wrong way round.
    text = LAYOUTS[layout].replace("Tæller", "x").replace("Nævner", "Tæller").replace("x", "Nævner")
    page = give(client, measure, text)
    assert "larger than the denominator" in told(page)[0]
    right = {
        "own-0-numerator": "1", "own-0-denominator": "2",
        "own-1-numerator": "3", "own-1-denominator": "4",
    }  # fmt: skip
    page = load(client, measure, page, **right)
    assert page.status_code == 200, "what was just chosen is shown before it is loaded"
    assert told(page) == []
    load(client, measure, page)
    assert (standing(k), standing(m)) == (K, M)
    assert told(give(client, measure, text)) == [], "it is remembered"


def test_columns_that_nothing_names_are_given_to_places_by_hand(client, measure, opened):
    k, m = opened("Afsnit K"), opened("Afsnit M")
    page = give(client, measure, UNNAMED)
    assert told(page)[0].startswith("No places are found")
    names = [name for name, _fields in page.context["own"].of_each()]
    assert names == [str(k), str(m)]
    page = press(client, measure, page, **{"own-0-numerator": "1", "own-0-denominator": "2"})
    assert [place.series for place in page.context["found"].places] == [k]
    load(client, measure, page)
    assert (standing(k), standing(m)) == (K, [])
    assert Shape.objects.get().own[""]["own"] == {str(k): {"numerator": 1, "denominator": 2}}


def test_it_is_called_a_row_where_the_places_stand_down_the_side(client, measure, opened):
    opened("Afsnit K"), opened("Afsnit M")
    page = give(client, measure, LAYOUTS["down the side"]).content.decode()
    assert "Hvad står i hver række?" in page
    assert "Hvad står i hver kolonne?" not in page
    text = "Sted;jan 2018;feb 2018\nMødte;1;2\nIndkaldte;2;3\n"
    assert "which rows are each place" in told(give(client, measure, text))[0]


@pytest.mark.parametrize("odd", ["", "x", "[]", "{}", '{"a": 1}', '{"a": {"numerator": 99}}'])
def test_columns_that_no_page_sends_do_no_harm(client, measure, opened, odd):
    opened("Afsnit K"), opened("Afsnit M")
    page = give(client, measure, LAYOUTS["a place above both"])
    for name in ("own", "own-0-numerator"):
        assert load(client, measure, page, **{name: odd}).status_code in (200, 302)
