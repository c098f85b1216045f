"""Whoever leaves an organisation, or Kernen, leaves nobody in the lurch."""

from django.urls import reverse

from kernen.initiatives.leading import actions as leading
from kernen.parties.models import OrganisationRole

Role = OrganisationRole.Role


def test_who_leaves_is_told_which_initiatives_are_led_and_offered(world, sign_in):
    lead = world.person(Role.COORDINATOR)
    first, world.coordinator = world.coordinator, lead
    mine = world.initiative()
    leading.offer_lead(initiative=world.first, to=lead, by=first)
    page = sign_in(lead).get(reverse("end_role", args=[lead.roles.get().pk])).content.decode()
    assert reverse("offer_lead", args=[mine.pk]) in page
    assert world.first.lead_offers.get().get_absolute_url() in page
    assert reverse("offer_lead", args=[world.first.pk]) not in page
