"""The day whose structure is shown stands in the address, and in every address it leads to."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from kernen.initiatives import rules as initiative_rules
from kernen.lib.shown_day import showing
from kernen.parties import actions
from kernen.parties.models import OrganisationRole
from tests.house.world import SOON

LATER = SOON + timedelta(days=14)


@pytest.fixture
def client(world, sign_in):
    return sign_in(world.coordinator)


def on(day: date, address: str) -> str:
    return f"/on/{day}{address}"


def page(client, address: str, day: date | None = None) -> str:
    response = client.get(on(day, address) if day else address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_day_is_chosen_once_and_then_stands_in_every_address(client, world):
    chosen = client.get(reverse("overview"), {"on": SOON.isoformat(), "stage": "idea"})
    assert chosen.url == on(SOON, reverse("overview")) + "?stage=idea"
    text = page(client, reverse("overview"), SOON)
    for name in ("overview", "clusters", "organisations", "register"):
        assert f'href="{on(SOON, reverse(name))}"' in text
    assert on(SOON, world.first.get_absolute_url()) in text
    assert "?on=" in text  # back to today


def test_another_day_is_said_and_today_is_not(client):
    assert "other-day" in page(client, reverse("overview"), SOON)
    assert "other-day" not in page(client, reverse("overview"))


@pytest.mark.parametrize("asked", ["", date.today().isoformat()])
def test_today_has_its_own_address(client, asked):
    address = on(SOON, reverse("overview"))
    assert client.get(address, {"on": asked, "q": "a"}).url == f"{reverse('overview')}?q=a"


def test_a_day_that_is_none_changes_nothing_and_says_so(client):
    answer = client.get(on(SOON, reverse("overview")), {"on": "snart"}, follow=True)
    assert answer.redirect_chain[-1][0] == on(SOON, reverse("overview"))
    assert 'role="alert"' in answer.content.decode()
    assert client.get("/on/2027-02-31/initiatives/").status_code == 404


def test_what_one_may_do_is_a_matter_of_today(world, client):
    """A role that begins later gives nothing now, whichever day the page shows."""
    later = world.person(OrganisationRole.Role.READER)
    actions.give_role(
        person=later, organisation=world.hospital, role="coordinator", start=SOON, by=None
    )
    with showing(LATER):
        assert "edit" not in initiative_rules.verbs(later, world.first)


def test_the_day_holds_for_one_page_and_no_longer(client):
    page(client, reverse("overview"), SOON)
    assert reverse("overview") == "/initiatives/"
