"""What an initiative is worth, on the pages made of all rooms."""

from django.urls import reverse

from kernen.initiatives.models import Initiative
from kernen.journey.next_steps import next_steps
from kernen.value import summary


def test_most_useful_next_knows_of_an_empty_column_once_something_is_tested(world):
    found: Initiative = world.first
    gaps = summary.of(found).gaps
    assert gaps
    assert not next_steps(found, {}, [], gaps)
    found.stage = "testing"
    assert next_steps(found, {}, [], gaps) == [
        {"words": gaps[0], "url": reverse("value", args=[found.pk])}
    ]


def test_the_front_page_says_it_in_a_line(world, sign_in):
    page = sign_in(world.coordinator).get(world.first.get_absolute_url()).content.decode()
    assert summary.of(world.first).heading in page
