import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.html import escape

from kernen.lib.refusal import Refused
from kernen.measures import actions
from kernen.measures.models import Point, Series, Split
from kernen.measures.pictures import chart_of
from kernen.parties.models import OrganisationRole


@pytest.fixture
def client(world, sign_in):
    return sign_in(world.coordinator)


@pytest.fixture
def series(world) -> Series:
    """Twenty months with a split in November 2018 and a note."""
    return Series.objects.get(measure__initiative=world.first)


def test_a_measure_is_defined_together_with_the_first_place(client, world):
    address = reverse("define", args=[world.first.pk])
    filled = {
        "name": "Fald pr. måned",
        "kind": "outcome",
        "figures": "values",
        "unit": "fald",
        "frequency": "month",
        "direction": "down",
        "goal": "2,5",
        "organisation": world.hospital.pk,
        "place": "Afsnit 3",
    }
    answer = client.post(address, filled)
    made = Series.objects.get(measure__name="Fald pr. måned")
    assert answer.url == reverse("load", args=[made.pk])
    assert str(made.measure.goal.normalize()) == "2.5"
    again = client.post(address, filled)
    assert again.context["form"].errors


def test_a_series_without_figures_says_how_to_begin(client, world):
    measure = actions.define(initiative=world.first, name="Ny", by=world.coordinator)
    made = actions.open_series(measure=measure, organisation=world.hospital, by=world.coordinator)
    page = client.get(made.get_absolute_url())
    assert reverse("load", args=[made.pk]) in page.content.decode()
    assert 'class="chart"' not in page.content.decode()


def test_under_its_initiative_a_series_is_small_with_its_place_and_its_sentence(client, series):
    page = client.get(reverse("measures", args=[series.measure.initiative_id])).content.decode()
    line = re.search(rf'<li class="with-spark">.*?{series.get_absolute_url()}.*?</li>', page, re.S)[
        0
    ]
    assert 'class="spark"' in line
    assert f"<strong>{series}</strong>" in line
    assert escape(chart_of(series).chart.heading) in line


def test_all_pages_within_an_initiative_are_marked_alike_in_the_navigation(client, series):
    initiative = series.measure.initiative
    for page in (initiative, series, series.measure):
        shown = client.get(page.get_absolute_url()).content.decode()
        marked = re.search(r'class="nav-link" href="(.*?)" aria-current="true"', shown)[1]
        assert marked == reverse("overview")
    grid = client.get(reverse("grid")).content.decode()
    assert re.search(r'class="nav-link" href="(.*?)" aria-current="true"', grid)[1] == reverse(
        "grid"
    )


def test_the_page_says_how_the_series_stands_by_the_signs_of_the_list(client, series):
    series.measure.rules = "nhs"
    series.measure.save()
    page = client.get(series.get_absolute_url()).content.decode()
    listed = client.get(
        reverse("grid"), {"initiative": series.measure.initiative_id}
    ).content.decode()
    sign = re.compile(r'class="sign sign-(\w+)"><svg.*?<span>([^<]+)', re.S)
    assert sign.findall(page)
    assert set(sign.findall(page)) <= set(sign.findall(listed))


def test_the_chart_stands_on_the_page_wide_and_narrow_with_its_sentence(client, series):
    page = client.get(series.get_absolute_url())
    html = page.content.decode()
    assert html.count('aria-labelledby="series-') == 2
    assert page.context["charted"].chart.heading in html


def test_a_split_gives_each_phase_a_median_and_can_be_taken_back(client, series, world):
    Split.objects.all().delete()
    one = client.get(series.get_absolute_url()).context["charted"].chart
    assert len(one.phases) == 1
    reason = "Alle afsnit bruger den nye arbejdsgang."
    client.post(reverse("split", args=[series.pk]), {"period": "2018-11-01", "reason": reason})
    page = client.get(series.get_absolute_url())
    assert len(page.context["charted"].chart.phases) == 2
    assert reason in page.content.decode()
    assert world.first.journal.first().words == reason
    client.post(reverse("join", args=[Split.objects.get(series=series).pk]))
    assert len(client.get(series.get_absolute_url()).context["charted"].chart.phases) == 1
    assert world.first.journal.first().verb == "join"


def test_a_split_needs_a_reason_and_keeps_what_was_chosen(client, series):
    before = Split.objects.count()
    page = client.post(reverse("split", args=[series.pk]), {"period": "2018-12-01", "reason": " "})
    assert page.context["form"].errors["reason"]
    assert '<option value="2018-12-01" selected>' in page.content.decode()
    assert Split.objects.count() == before


@pytest.mark.parametrize("period", [date(2018, 1, 1), date(2017, 1, 1), date(2018, 12, 2)])
def test_a_phase_does_not_begin_where_there_is_no_later_point(series, world, period):
    with pytest.raises(Refused):
        actions.split(series=series, period=period, reason="So", by=world.coordinator)


def test_a_note_on_the_time_axis_stands_under_the_chart_and_can_be_removed(client, series):
    words = "Tavlemøder begynder"
    client.post(reverse("annotate", args=[series.pk]), {"on": "2019-02-11", "words": words})
    page = client.get(series.get_absolute_url())
    assert words in page.content.decode()
    note = series.annotations.get(words=words)
    client.post(reverse("erase", args=[note.pk]))
    assert not series.annotations.filter(words=words).exists()
    assert series.measure.initiative.journal.first().words == words


def test_a_changed_definition_is_kept_in_the_journal(world, series):
    actions.redefine(measure=series.measure, by=world.coordinator, source="Columna")
    entry = world.first.journal.first()
    assert entry.verb == "redefine"
    assert entry.params["before"] == {"source": ""}


def test_contributors_load_but_do_not_split(world, sign_in, series):
    contributor = world.person(OrganisationRole.Role.CONTRIBUTOR)
    page = sign_in(contributor).get(series.get_absolute_url())
    assert "load" not in page.context["refusals"]
    assert page.context["refusals"]["measure"] in page.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"numerator": 3, "denominator": 2},
        {"numerator": 3},
        {"value": 1, "numerator": 1, "denominator": 2},
        {"period": date(2018, 1, 1), "value": 1},
    ],
    ids=["more than all", "half a pair", "both", "a period twice"],
)
def test_the_database_refuses_a_point_that_cannot_be(series, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Point.objects.create(series=series, **({"period": date(2030, 1, 1)} | wrong))


def test_the_kind_and_frequency_of_figures_stand_once_some_are_loaded(client, world, series):
    measure = series.measure
    with pytest.raises(Refused):
        actions.redefine(measure=measure, frequency="year", by=world.coordinator)
    page = client.get(reverse("redefine", args=[measure.pk]))
    assert page.context["form"].fields["frequency"].disabled
    filled = {
        name: page.context["form"][name].value() or "" for name in page.context["form"].fields
    }
    client.post(reverse("redefine", args=[measure.pk]), filled | {"frequency": "year", "unit": "‰"})
    measure.refresh_from_db()
    assert (measure.frequency, measure.unit) == ("month", "‰")
