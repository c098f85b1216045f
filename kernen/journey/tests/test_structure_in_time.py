"""The structure changes on a day; what was written before stays whole and readable under both."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from kernen.initiatives import actions as initiatives
from kernen.initiatives import rules as initiative_rules
from kernen.initiatives.models import Entry, Initiative
from kernen.lib.append_only import ChangedHistory
from kernen.lib.refusal import Refused
from kernen.lib.shown_day import showing
from kernen.parties import actions as parties
from kernen.parties import rules
from kernen.parties.models import (
    Cluster,
    ClusterMembership,
    Organisation,
    OrganisationRole,
    Reorganisation,
    ReorganisationEntry,
)
from kernen.parties.reorganising import actions
from kernen.parties.reorganising import rules as reorganising
from tests.house.world import SOON

from .days import BEFORE, LATER, on, page, passes


@pytest.fixture
def client(world, sign_in):
    return sign_in(world.coordinator)


def tables() -> list[list[object]]:
    """Every row of those who take part, as it stands."""
    models = (Cluster, ClusterMembership, Organisation)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_a_change_that_is_prepared_changes_nothing(world):
    before = tables()
    world.council(world.change)
    world.merger(world.change, world.organisation("hospital"))
    assert tables()[:2] == before[:2]


def test_confirming_dates_every_end_and_beginning_on_the_day(world, confirmed):
    world.cluster.refresh_from_db()
    assert (world.cluster.end, confirmed.start) == (BEFORE, SOON)
    assert set(world.cluster.memberships.values_list("end", flat=True)) == {BEFORE}
    assert set(confirmed.memberships.values_list("organisation", "start")) == {
        (world.hospital.pk, SOON),
        (world.municipality.pk, SOON),
    }


def test_confirming_is_all_or_nothing(world, monkeypatch):
    before = tables()
    monkeypatch.setattr(actions, "_enter", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.confirm(reorganisation=world.change, by=world.coordinator)
    assert tables() == before
    world.change.refresh_from_db()
    assert world.change.state == Reorganisation.State.PREPARED


def test_until_its_day_it_can_be_withdrawn_and_leaves_everything_as_it_was(world):
    extra = world.organisation()
    closed = world.cluster.memberships.create(organisation=extra, end=BEFORE)
    before = tables()
    actions.confirm(reorganisation=world.change, by=world.coordinator)
    actions.take_back(reorganisation=world.change, by=world.coordinator)
    assert tables() == before
    closed.refresh_from_db()
    assert closed.end == BEFORE
    assert [entry.verb for entry in world.change.entries.all()] == [
        "take_back", "confirm", "add", "prepare",
    ]  # fmt: skip


def test_what_was_withdrawn_is_taken_up_again_with_all_that_was_planned(world):
    planned = list(world.change.cluster_changes.values_list("name", flat=True))
    with pytest.raises(Refused):
        actions.take_up(reorganisation=world.change, by=world.coordinator)
    actions.confirm(reorganisation=world.change, by=world.coordinator)
    actions.take_back(reorganisation=world.change, by=world.coordinator)
    before = tables()
    actions.take_up(reorganisation=world.change, by=world.coordinator)
    actions.take_back(reorganisation=world.change, by=world.coordinator)
    assert tables() == before  # what was confirmed once is not undone twice
    change = actions.take_up(reorganisation=world.change, by=world.coordinator)
    assert list(change.cluster_changes.values_list("name", flat=True)) == planned
    actions.confirm(reorganisation=change, by=world.coordinator)
    assert change.entries.first().verb == "confirm"


def test_a_chosen_day_says_what_is_still_being_prepared_for_it(world, sign_in):
    client = sign_in(world.coordinator)
    address = world.change.get_absolute_url()
    then = client.get(f"/on/{SOON}/clusters/").content.decode()
    assert "Stadig under forberedelse" in then
    before = client.get(f"/on/{BEFORE}/clusters/").content.decode()
    assert address not in before
    assert address not in client.get("/clusters/").content.decode()


def test_from_its_day_it_cannot_be_withdrawn(world, confirmed, monkeypatch):
    passes(monkeypatch, SOON)
    with pytest.raises(Refused):
        actions.take_back(reorganisation=world.change, by=world.coordinator)


def test_what_was_done_to_a_change_is_never_rewritten(world):
    entry = world.change.entries.first()
    with pytest.raises(ChangedHistory):
        entry.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        ReorganisationEntry.objects.filter(pk=entry.pk)._raw_delete("default")


def test_a_confirmed_change_is_not_altered_any_more(world, confirmed):
    with pytest.raises(Refused):
        world.council(world.change)
    with pytest.raises(Refused):
        actions.take_out(part=world.change.cluster_changes.get(), by=world.coordinator)


def test_a_reader_prepares_nothing_and_a_coordinator_confirms_only_what_is_coordinated(world):
    reader = world.person(OrganisationRole.Role.READER)
    with pytest.raises(Refused):
        actions.prepare_reorganisation(name="X", day=SOON, why="Y", by=reader)
    others = world.new_cluster([world.organisation()])
    part = world.council(world.change)
    actions.plan_cluster(
        reorganisation=world.change,
        part=part,
        name="Another",
        kind="health_council",
        replaces=[others],
        members=[world.hospital],
        by=world.coordinator,
    )
    with pytest.raises(Refused):
        actions.confirm(reorganisation=world.change, by=world.coordinator)
    administrator = world.person(OrganisationRole.Role.READER, administrator=True)
    actions.confirm(reorganisation=world.change, by=administrator)


def test_a_change_says_what_stands_in_its_way(world, confirmed):
    second = world.reorganisation()
    assert len(reorganising.obstacles(second)) == 1
    late = actions.prepare_reorganisation(
        name="For sent", day=date.today(), why="Glemt", by=world.coordinator
    )
    assert len(reorganising.obstacles(late)) == 2


def test_an_initiative_stands_in_its_cluster_before_the_day_and_in_the_council_from_it(
    world, confirmed, client
):
    address = world.first.get_absolute_url()
    entries = list(Entry.objects.values())
    assert world.cluster.name in page(client, address)
    assert confirmed.name not in page(client, address)
    after = page(client, address, SOON)
    assert confirmed.name in after
    assert world.cluster.name in after  # the journal's own words
    assert on(SOON, confirmed.get_absolute_url()) in after
    assert list(Entry.objects.values()) == entries


@pytest.mark.parametrize("view", ["table", "board"])
def test_table_and_board_and_filters_follow_the_day(world, confirmed, client, view):
    for day, here, there in ((None, world.cluster, confirmed), (LATER, confirmed, world.cluster)):
        address = f"{reverse('overview')}?view={view}"
        results = page(client, address, day).partition('id="results"')[2]
        assert str(here) in results
        assert str(there) not in results
        for cluster in (world.cluster, confirmed):  # an ended one's addresses go on working
            assert world.first.title in page(client, f"{address}&cluster={cluster.pk}", day)


def test_the_files_follow_the_day(world, confirmed, client):
    address = reverse("overview_csv")
    today = b"".join(client.get(address)).decode()
    later = b"".join(client.get(on(LATER, address))).decode()
    assert world.cluster.name in today
    assert world.cluster.name not in later
    assert confirmed.name in later


def test_sorting_by_place_sorts_by_what_it_is_called_on_the_day(world, confirmed):
    from kernen.journey.overview import _sorted

    other = world.new_cluster([world.organisation()])
    initiatives.tell(initiative=world.first, by=world.coordinator, cluster=other)
    second = world.initiative()
    Cluster.objects.filter(pk=confirmed.pk).update(name="Abe")
    names = [other.name, "Abe", world.cluster.name]
    assert len(set(names)) == 3
    with showing(LATER):
        assert _sorted(Initiative.objects.all(), "cluster").first() == second


def test_a_cluster_that_was_split_goes_on_in_both_and_counts_once(world, client):
    world.council(world.change)
    actions.confirm(reorganisation=world.change, by=world.coordinator)
    first, second = Cluster.objects.filter(start=SOON).order_by("pk")
    response = client.get(on(SOON, reverse("overview")) + "?view=board")
    rows = {str(row.cluster): sum(c.count for c in row.cells) for row in response.context["board"]}
    assert rows[str(first)] == rows[str(second)] == 1
    assert response.context["count"] == 1


def test_an_ended_cluster_keeps_its_page_and_the_council_says_whom_it_took_over(
    world, confirmed, client
):
    old = page(client, world.cluster.get_absolute_url(), LATER)
    for expected in (confirmed, world.first.title, world.forum, world.change):
        assert str(expected) in old
    new = page(client, confirmed.get_absolute_url(), LATER)
    for expected in (world.cluster, world.first.title, world.forum, world.change):
        assert str(expected) in new


def test_an_initiative_registered_in_the_council_is_read_in_the_cluster_before(world, confirmed):
    from kernen.initiatives.placing import place

    made = Initiative.objects.create(title="Ny", problem="Et problem", cluster=confirmed)
    with showing(BEFORE):
        place([made])
        assert made.places == [world.cluster]
        assert made in Initiative.objects.of_cluster(world.cluster)


def test_after_the_day_coordinators_of_the_council_keep_what_was_the_clusters(
    world, confirmed, monkeypatch
):
    alone = initiatives.register(
        title="Uden hospital",
        problem="Et problem",
        organisations=[world.organisation()],
        cluster=world.cluster,
        by=world.coordinator,
        lead=world.person("contributor"),
    )
    assert "team" in initiative_rules.verbs(world.coordinator, alone)
    passes(monkeypatch, LATER)
    assert "team" in initiative_rules.verbs(world.coordinator, alone)


# --- organisations ----------------------------------------------------------------------------


def test_a_merged_organisation_brings_its_clusters_seats_initiatives_and_people(
    world, merged, client
):
    council = Cluster.objects.get(start=SOON)
    members = set(council.memberships.values_list("organisation", flat=True))
    assert members == {merged.pk, world.municipality.pk}
    assert world.forum.members.filter(organisation=merged, start=SOON).count() == 1
    text = page(client, merged.get_absolute_url(), LATER)
    for expected in (world.hospital, world.other, world.first.title, world.coordinator, council):
        assert str(expected) in text
    assert str(merged) in page(client, world.hospital.get_absolute_url())


def test_what_has_merged_is_not_offered_for_new_things(world, merged, client, monkeypatch):
    address = reverse("register")
    assert f">{world.hospital.name}<" in page(client, address).replace("\n", "")
    assert merged not in Organisation.objects.current()
    passes(monkeypatch, LATER)
    offered = rules.writes_for(world.coordinator)
    assert offered == [merged]
    assert world.hospital not in Organisation.objects.current()


def test_roles_count_in_what_their_organisation_goes_on_as_also_those_given_in_between(
    world, merged, monkeypatch
):
    late = world.person(OrganisationRole.Role.CONTRIBUTOR)
    assert "note" in initiative_rules.verbs(late, world.first)
    passes(monkeypatch, LATER)
    assert set(rules.roles_on(late)) >= {merged.pk, world.hospital.pk}
    assert "note" in initiative_rules.verbs(late, world.first)


def test_one_that_is_there_already_takes_others_in(world):
    other = world.organisation("hospital")
    parties.give_role(person=world.coordinator, organisation=other, role="coordinator", by=None)
    actions.plan_organisation(
        reorganisation=world.change,
        name=world.hospital.name,
        sector="hospital",
        replaces=[other],
        by=world.coordinator,
    )
    actions.confirm(reorganisation=world.change, by=world.coordinator)
    other.refresh_from_db()
    world.hospital.refresh_from_db()
    assert (other.end, world.hospital.end) == (BEFORE, None)
    actions.take_back(reorganisation=world.change, by=world.coordinator)
    assert Organisation.objects.filter(pk=world.hospital.pk, end=None).exists()


# --- pages ------------------------------------------------------------------------------------


def test_the_page_of_a_change_says_what_it_moves(world, client):
    left = world.organisation()
    world.cluster.memberships.create(organisation=left)
    world.council(world.change)
    world.merger(world.change, world.hospital)
    response = client.get(world.change.get_absolute_url())
    effects = response.context["effects"]
    assert [(m.cluster, m.initiatives, len(m.to)) for m in effects.clusters] == [
        (world.cluster, 1, 2)
    ]
    assert effects.outside == [left]
    assert set(effects.shared) == {world.hospital, world.municipality}
    here = OrganisationRole.objects.filter(organisation=world.hospital, end=None)
    assert {held for held, _to in effects.roles} == set(here)


def test_a_coordinator_prepares_a_change_through_the_pages(world, client):
    bad = client.post(reverse("prepare"), {"name": "Ny struktur", "day": "", "why": "Fordi"})
    assert "Ny struktur" in bad.content.decode()
    sent = {"name": "Ny struktur", "day": SOON.isoformat(), "why": "Fordi"}
    assert client.post(reverse("prepare"), sent).status_code == 302
    change = Reorganisation.objects.get(name="Ny struktur")
    part = {
        "name": "Rådet",
        "kind": "health_council",
        "replaces": [world.cluster.pk],
        "members": [world.hospital.pk],
    }
    assert client.post(reverse("plan_cluster", args=[change.pk]), part).status_code == 302
    again = client.post(reverse("plan_cluster", args=[change.pk]), part)
    assert again.status_code == 200  # of this name already
    planned = change.cluster_changes.get()
    address = reverse("replan_cluster", args=[planned.pk])
    assert client.post(address, part | {"name": "Rådene"}).status_code == 302
    merge = {"name": "Sammen", "sector": "hospital", "replaces": [world.hospital.pk]}
    assert client.post(reverse("plan_organisation", args=[change.pk]), merge).status_code == 302
    joined = change.organisation_changes.get()
    client.post(reverse("replan_organisation", args=[joined.pk]), merge | {"name": "Ét"})
    client.post(reverse("take_out_organisation", args=[joined.pk]))
    client.post(reverse("alter", args=[change.pk]), sent | {"name": "Nyere struktur"})
    client.post(reverse("confirm", args=[change.pk]))
    assert Cluster.objects.get(name="Rådene").start == SOON
    client.post(reverse("take_back", args=[change.pk]))
    assert not Cluster.objects.filter(name="Rådene").exists()
