from html import unescape

import pytest
from django.urls import reverse

from kernen.initiatives import actions
from kernen.initiatives.models import Initiative, Involvement
from kernen.lib.refusal import Refused
from kernen.parties.models import OrganisationRole


@pytest.fixture
def reader(world):
    return world.person(OrganisationRole.Role.READER)


def four_fields(world, **changed):
    return {
        "title": "Hurtigere første samtale",
        "problem": "Borgere med diabetes venter for længe.",
        "organisations": [world.hospital.pk, world.municipality.pk],
        "cluster": world.cluster.pk,
    } | changed


def test_four_fields_make_an_initiative_that_its_author_leads(world, sign_in):
    client = sign_in(world.coordinator)
    answer = client.post(reverse("register"), four_fields(world))
    made = Initiative.objects.get(title="Hurtigere første samtale")
    assert answer.url == made.get_absolute_url()
    assert made.stage == "idea"
    assert [member.person for member in made.leads()] == [world.coordinator]
    roles = dict(made.involvements.values_list("organisation__name", "role"))
    assert roles == {
        world.hospital.name: Involvement.Role.RESPONSIBLE,
        world.municipality.name: Involvement.Role.PARTNER,
    }
    assert [entry.verb for entry in made.journal.all()] == ["register"]


def test_the_new_page_says_what_would_be_most_useful_next(world, sign_in):
    client = sign_in(world.coordinator)
    page = client.post(reverse("register"), four_fields(world), follow=True)
    steps = page.context["next_steps"]
    assert steps[0]["url"] == reverse("story", args=[page.context["initiative"].pk])
    assert steps[0]["words"] in unescape(page.content.decode())


def test_ones_own_organisation_and_cluster_are_chosen_beforehand(world, sign_in):
    page = sign_in(world.coordinator).get(reverse("register"))
    form = page.context["form"]
    assert form.initial["organisations"] == [world.hospital.pk]
    assert form.initial["cluster"] == world.cluster


def test_ones_own_cluster_stands_first_with_the_practices_that_others_share(world, sign_in):
    practice = world.organisation("general_practice")
    world.new_cluster([practice])
    world.cluster.memberships.create(organisation=practice)
    page = sign_in(world.coordinator).get(reverse("register"))
    name, choices = page.context["form"].fields["organisations"].choices[0]
    assert name == world.cluster.name
    assert {pk for pk, _name in choices} == {
        world.hospital.pk,
        world.municipality.pk,
        practice.pk,
    }


@pytest.mark.parametrize("missing", ["title", "problem", "organisations"])
def test_a_missing_field_is_named_and_what_was_typed_stays(world, sign_in, missing):
    before = Initiative.objects.count()
    typed = four_fields(world, **{missing: ""})
    page = sign_in(world.coordinator).post(reverse("register"), typed)
    assert list(page.context["form"].errors) == [missing]
    kept = "problem" if missing == "title" else "title"
    assert typed[kept] in page.content.decode()
    assert Initiative.objects.count() == before


def test_a_civil_registration_number_is_stopped_and_not_repeated_in_the_error(world, sign_in):
    typed = four_fields(world, problem="Fru Jensen, 010150-1234, faldt.")
    page = sign_in(world.coordinator).post(reverse("register"), typed)
    (error,) = page.context["form"].errors["problem"]
    assert "CPR" in error
    assert "010150" not in error
    assert not Initiative.objects.filter(title=typed["title"]).exists()


def test_a_reader_is_told_why_and_how_to_become_a_contributor(world, sign_in, reader):
    page = sign_in(reader).get(reverse("register"))
    assert page.context["refused"] in unescape(page.content.decode())
    assert "<textarea" not in page.content.decode()
    refused = sign_in(reader).post(reverse("register"), four_fields(world))
    assert refused.status_code == 403
    with pytest.raises(Refused):
        actions.register(title="x", problem="y", organisations=[], cluster=None, by=reader)
