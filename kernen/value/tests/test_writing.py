"""Gains and costs are written by those who may, and what they said before is kept."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from kernen.lib.refusal import Refused
from kernen.parties.models.person import former_colleague
from kernen.parties.people import actions as people
from kernen.value import actions, summary
from kernen.value.forms import GainForm
from kernen.value.history import versions
from kernen.value.models import Cost, Gain, Party

from .conftest import YEARS


def test_an_organisation_counts_with_its_kind_of_party(bare):
    gain = bare.gain(who=f"organisation:{bare.world.hospital.pk}")
    assert gain.party == Party.REGION
    assert gain.who_said == str(bare.world.hospital)
    cells = summary.of(bare.initiative).grid[0].cells
    assert [len(cell.gains) for cell in cells] == [0, 0, 1]


def test_whoever_only_reads_writes_no_gain(bare):
    reader = bare.world.person("reader")
    with pytest.raises(Refused, match="skrive gevinster"):
        actions.add_gain(
            initiative=bare.initiative, kind="health", who="region", words="X", by=reader
        )


def test_an_economist_of_the_team_writes_costs(bare):
    from_outside = bare.world.person("reader")
    bare.initiative.team.create(person=from_outside, role="economist")
    actions.add_cost(
        initiative=bare.initiative, who="region", words="X", likely=1, by=from_outside, **YEARS
    )
    assert bare.initiative.costs.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"low": 3, "likely": 2, **YEARS},
        {"likely": 3, "high": 2, **YEARS},
        {"likely": 3},
        {"likely": 3, "first_year": 2020, "last_year": 2019},
        {"likely": -1, **YEARS},
        {"likely": 1, "recurs": "once", **YEARS},
        {"likely": 1, "first_year": 19, "last_year": 20},
    ],
)
def test_an_amount_that_makes_no_sense_is_refused(bare, fields):
    with pytest.raises(ValidationError):
        bare.cost(**fields)


def test_only_a_gain_of_economy_has_kroner(bare):
    with pytest.raises(ValidationError):
        bare.gain(kind="health", likely=1, **YEARS)


def test_hours_need_a_rate_of_the_row_or_of_the_initiative(bare):
    hours = {"counted_in": "hours", "likely": 10, **YEARS}
    with pytest.raises(Refused, match="en time koster"):
        bare.cost(**hours)
    bare.cost(rate=500, **hours)
    actions.assume(initiative=bare.initiative, hourly_rate=Decimal(300), by=bare.by)
    bare.cost(**hours)
    assert summary.of(bare.initiative).net.costs["municipality"] == (8000,) * 5
    with pytest.raises(Refused, match="bruger satsen"):
        actions.assume(initiative=bare.initiative, hourly_rate=None, by=bare.by)


def test_every_change_is_kept_and_can_be_set_back(bare):
    gain = bare.money()
    actions.change(row=gain, words="Fewer stays", likely=Decimal("1200.50"), by=bare.by)
    actions.change(row=gain, who="municipality", by=bare.by)
    gain.refresh_from_db()
    told = versions(gain)
    said = [[(c.text, c.said_before, c.said_after) for c in version.changes] for version in told]
    assert said[0] == [("who", "Region og hospitaler", "Kommunerne")]
    assert said[1] == [
        ("words", "Fewer bed days", "Fewer stays"),
        ("likely", "1.000", "1.200,5"),
    ]
    actions.set_back(row=gain, text="likely", to=told[2].entry, by=bare.by)
    actions.set_back(row=gain, text="who", to=told[2].entry, by=bare.by)
    gain.refresh_from_db()
    assert (gain.likely, gain.who, gain.words) == (1000, "region", "Fewer stays")
    assert len(versions(gain)) == 5


def test_a_change_that_changes_nothing_writes_no_journal(bare):
    cost = bare.cost(likely=Decimal(5), **YEARS)
    before = bare.initiative.journal.count()
    actions.change(row=cost, likely=Decimal("5.00"), by=bare.by)
    assert bare.initiative.journal.count() == before


def test_two_who_change_the_same_gain_both_keep_their_words(bare, sign_in):
    gain = bare.gain(kind="health")
    client, url = sign_in(bare.by), reverse("change_gain", args=[gain.pk])
    form = client.get(url).context["form"]
    actions.change(row=gain, words="Theirs", by=bare.by)
    sent = {"who": "region", "words": "Mine", "per": "year", "seen": form["seen"].value()}
    answer = client.post(url, sent)
    assert answer.status_code == 200
    assert "Theirs" in answer.content.decode()
    answer = client.post(url, sent | {"seen": answer.context["form"]["seen"].value()})
    assert answer.status_code == 302
    gain.refresh_from_db()
    assert gain.words == "Mine"


def test_a_gain_is_said_in_one_small_form_and_a_wrong_figure_stays_in_it(bare, sign_in):
    client = sign_in(bare.by)
    url = f"{reverse('add_gain', args=[bare.initiative.pk])}?kind=economy&who=municipality"
    assert client.get(url).context["form"].initial["who"] == "municipality"
    sent = {
        "who": "municipality", "words": "Less care", "per": "year", "counted_in": "kroner",
        "low": "1,2 mio", "likely": "1.100.000", "first_year": 2021, "last_year": 2024,
    }  # fmt: skip
    answer = client.post(url, sent)
    assert answer.status_code == 200
    assert "1,2 mio" in answer.content.decode()
    answer = client.post(url, sent | {"low": "400.000"})
    gain = Gain.objects.get(words="Less care")
    assert answer.url == gain.get_absolute_url()
    assert (gain.low, gain.likely, gain.kind) == (400_000, 1_100_000, "economy")


def test_a_gain_is_said_in_a_sentence_and_too_many_words_stay_in_the_form(bare, sign_in):
    client, url = sign_in(bare.by), reverse("add_gain", args=[bare.initiative.pk])
    sent = {"who": "region", "words": "w" * 301, "per": "year", "counted_in": "kroner"}
    answer = client.post(url, sent)
    assert "words" in answer.context["form"].errors
    assert "w" * 301 in answer.content.decode()
    assert client.post(url, sent | {"words": "w" * 300}).status_code == 302


def test_what_is_out_of_order_is_said_in_one_place_beside_its_figure(bare, sign_in):
    client, url = sign_in(bare.by), reverse("add_cost", args=[bare.initiative.pk])
    sent = {
        "who": "region", "words": "A course", "recurs": "running", "counted_in": "kroner",
        "low": "3", "likely": "2", "high": "1", "first_year": 2029, "last_year": 2027,
    }  # fmt: skip
    assert client.post(url, sent).context["form"].errors == {
        "low": ["Det lave tal må ikke være højere end det sandsynlige."],
        "high": ["Det høje tal må ikke være lavere end det sandsynlige."],
        "last_year": ["Det sidste år må ikke ligge før det første."],
    }


def test_what_is_paid_once_needs_one_year_only(bare, sign_in):
    sent = {
        "who": "region", "words": "A course", "recurs": "once", "counted_in": "kroner",
        "likely": "450.000", "first_year": 2013,
    }  # fmt: skip
    client, url = sign_in(bare.by), reverse("add_cost", args=[bare.initiative.pk])
    assert "last_year" in client.post(url, sent | {"recurs": "running"}).context["form"].errors
    assert client.post(url, sent).status_code == 302
    assert Cost.objects.get(words="A course").last_year == 2013


def test_hours_without_a_rate_are_refused_on_the_form(bare, sign_in):
    sent = {
        "who": "region", "words": "Time", "recurs": "running", "counted_in": "hours",
        "likely": "10", "first_year": 2019, "last_year": 2020,
    }  # fmt: skip
    answer = sign_in(bare.by).post(reverse("add_cost", args=[bare.initiative.pk]), sent)
    assert answer.status_code == 200
    assert "en time koster" in answer.content.decode()


def test_whoever_finds_out_can_sign_in_or_was_asked_before(bare, sign_in):
    gone = bare.world.person("reader")
    bare.by.title = "Consultant"
    bare.by.save()
    day = timezone.localdate()
    gain = bare.gain(kind="health", finds_out=gone, find_by=day)
    people.erase(person=gone, by=None)
    client, former = sign_in(bare.by), former_colleague(gone.pk)
    page = client.get(reverse("add_gain", args=[bare.initiative.pk])).content.decode()
    assert former not in page
    assert f"{bare.by}, Consultant" in page
    form = GainForm(instance=gain)
    assert former in str(form["finds_out"])


def test_the_day_to_find_out_by_is_to_come_where_it_is_new(bare):
    past, today = date(2020, 1, 1), timezone.localdate()
    with pytest.raises(Refused, match="Dagen er"):
        bare.gain(finds_out=bare.by, find_by=past)
    gain = bare.gain(finds_out=bare.by, find_by=today)
    with pytest.raises(Refused, match="Dagen er"):
        actions.change(row=gain, find_by=past, by=bare.by)
    Gain.objects.filter(pk=gain.pk).update(find_by=past)
    actions.change(row=gain, words="Said better", find_by=past, by=bare.by)
    assert Gain.objects.get(pk=gain.pk).words == "Said better"


def test_what_is_taken_out_is_told_in_the_journal(bare):
    cost = bare.cost(likely=1, **YEARS)
    actions.take_out(row=cost, by=bare.by)
    assert "Training" in bare.initiative.journal.first().what
    assert not summary.of(bare.initiative).costs
