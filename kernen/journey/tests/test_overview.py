from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kernen.initiatives import actions
from kernen.initiatives.models import Initiative
from kernen.journey import overview
from kernen.journey.overview import PER_PAGE
from kernen.parties.models import Cluster, Sector


@pytest.fixture
def client(world, sign_in):
    return sign_in(world.coordinator)


@pytest.fixture
def register(world):
    def one(title, problem="Et problem", organisations=None, cluster=None):
        parties = organisations or [world.municipality]
        return actions.register(
            title=title,
            problem=problem,
            organisations=parties,
            cluster=cluster,
            by=world.coordinator,
        )

    return one


def titles(client, **query):
    page = client.get(reverse("overview"), query)
    return [initiative.title for initiative in page.context["page_obj"]]


def test_signed_out_one_sees_what_this_is_and_no_overview(client):
    client.logout()
    assert client.get("/").status_code == 200
    assert client.get(reverse("overview")).status_code == 302


@pytest.mark.parametrize("text", ["børn", "BØRN", "Tørre børn", "  tørre "])
def test_text_is_found_whatever_its_case_also_danish_letters(client, register, text):
    register("Tørre BØRN")
    assert titles(client, q=text) == ["Tørre BØRN"]


def test_text_with_the_signs_of_a_pattern_is_only_text(client, register):
    register("Hvad koster (alt)?")
    assert titles(client, q="(alt)?") == ["Hvad koster (alt)?"]
    assert titles(client, q=".*") == []


def test_stage_and_text_together(client, register, world):
    moved = register("Hjemmebesøg A")
    register("Hjemmebesøg B")
    actions.move(
        initiative=moved, event="start_pre_study", by=world.coordinator, words="Vi prøver."
    )
    assert titles(client, q="hjemmebesøg", stage="pre_study") == ["Hjemmebesøg A"]


def test_a_cluster_shows_its_own_and_those_of_its_organisations(client, register, world):
    outside = world.organisation()
    register("Ude", organisations=[outside])
    register("Inde", organisations=[world.municipality])
    register("Klyngens", organisations=[outside], cluster=world.cluster)
    found = titles(client, cluster=world.cluster.pk)
    assert {"Inde", "Klyngens"} <= set(found)
    assert "Ude" not in found


def test_a_sector_shows_those_in_which_it_takes_part_today(client, register, world):
    practice = world.organisation(Sector.GENERAL_PRACTICE)
    made = register("Med lægerne", organisations=[world.hospital, practice])
    assert titles(client, sector="general_practice") == ["Med lægerne"]
    involvement = made.involvements.get(organisation=practice)
    actions.withdraw(involvement=involvement, by=world.coordinator)
    assert titles(client, sector="general_practice") == []


def test_sorting_turns_round_and_stages_sort_by_the_way(client, register, world):
    register("Åben")
    register("Anden")
    up, down = titles(client, sort="title"), titles(client, sort="-title")
    assert up == down[::-1]
    moved = register("Længst")
    actions.move(initiative=moved, event="start_pre_study", by=world.coordinator, words="Ja")
    assert titles(client, sort="-stage")[0] == "Længst"


def test_pages_keep_the_filter_in_the_address(client, register):
    for number in range(PER_PAGE + 1):
        register(f"Mange {number}")
    page = client.get(reverse("overview"), {"q": "mange", "sort": "title"})
    assert len(page.context["page_obj"]) == PER_PAGE
    assert "?q=mange&amp;sort=title&amp;page=2" in page.content.decode()


@pytest.mark.parametrize(
    "query", [{"stage": "nonsense"}, {"cluster": "9999"}, {"page": "zzz"}, {"sort": "nonsense"}]
)
def test_nonsense_in_the_address_is_no_error(client, query):
    assert client.get(reverse("overview"), query).status_code == 200


def test_an_empty_answer_says_what_to_do(client):
    page = client.get(reverse("overview"), {"q": "findes ikke"})
    assert page.context["filtered"]
    assert 'class="empty"' in page.content.decode()


def test_htmx_gets_only_the_results(client):
    page = client.get(reverse("overview"), headers={"HX-Request": "true"})
    assert "<html" not in page.content.decode()
    assert "<table" in page.content.decode()


def test_general_practice_that_clusters_share_does_not_move_an_initiative_between_them(
    client, register, world
):
    practice = world.organisation(Sector.GENERAL_PRACTICE)
    other = world.new_cluster([practice])
    world.cluster.memberships.create(organisation=practice)
    register("Den anden klynges", organisations=[practice], cluster=other)
    register("Hele regionens", organisations=[practice])
    found = titles(client, cluster=world.cluster.pk)
    assert "Hele regionens" in found
    assert "Den anden klynges" not in found


def test_hits_stand_in_the_order_of_relevance_unless_sorted(client, register):
    register("Besøg hjemme")
    register("Andet", problem="Et besøg")
    assert titles(client, q="besøg") == ["Besøg hjemme", "Andet"]
    assert titles(client, q="besøg", sort="title") == ["Andet", "Besøg hjemme"]


def test_an_organisation_shows_those_in_which_it_takes_part_today(client, register, world):
    outside = world.organisation()
    made = register("Med", organisations=[world.municipality, outside])
    register("Uden")
    assert titles(client, organisation=outside.pk) == ["Med"]
    involved = made.involvements.get(organisation=outside)
    actions.withdraw(involvement=involved, by=world.coordinator)
    assert titles(client, organisation=outside.pk) == []


def test_priority_area_and_target_group(client, register, world):
    made = register("For de ældre")
    register("For andre")
    actions.tell(
        initiative=made,
        priority_area="older",
        target_group="Ældre borgere med KOL",
        by=world.coordinator,
    )
    assert titles(client, priority_area="older") == ["For de ældre"]
    for words in ("ældre", "ÆLDRE", "borgerne med kol", "Ældre"):
        assert titles(client, target_group=words) == ["For de ældre"], words
    assert titles(client, target_group="børn") == []


def test_orientation_and_origin(client, register, world):
    made = register("Forebygger")
    register("Behandler")
    actions.tell(
        initiative=made, orientation="upstream", origin="health_agreement", by=world.coordinator
    )
    assert titles(client, orientation="upstream") == ["Forebygger"]
    assert titles(client, origin="health_agreement") == ["Forebygger"]
    assert "Forebygger" not in titles(client, origin="own")


def test_without_a_trace_for_some_months(client, register):
    made = register("Stille")
    register("Livlig")
    Initiative.objects.filter(pk=made.pk).update(active_at=timezone.now() - timedelta(days=100))
    assert titles(client, idle="3") == ["Stille"]
    assert titles(client, idle="6") == []


def test_several_sectors_missing_at_once(client, register, world):
    practice = world.organisation(Sector.GENERAL_PRACTICE)
    register("Kun kommunen")
    register("Kommune og læge", organisations=[world.municipality, practice])
    register("Alle", organisations=[world.municipality, world.hospital, practice])
    assert set(titles(client, missing="hospital")) == {"Kun kommunen", "Kommune og læge"}
    assert titles(client, missing=["hospital", "general_practice"]) == ["Kun kommunen"]


def test_each_filter_in_force_takes_itself_away(client, world):
    query = {
        "q": "besøg",
        "missing": ["hospital", "general_practice"],
        "organisation": world.hospital.pk,
        "idle": "12",
        "sort": "title",
    }
    page = client.get(reverse("overview"), query)
    chips = {str(chip.value): chip.url for chip in page.context["overview"].chips()}
    assert list(chips) == ["besøg", world.hospital.name, "12 måneder", "Hospital", "Almen praksis"]
    assert "missing=general_practice" in chips["Hospital"]
    assert "missing=hospital" not in chips["Hospital"]
    assert all("sort=title" in url for url in chips.values())
    assert page.context["overview"].in_use() == 3
    assert page.context["overview"].bare() == "sort=title"


def test_nonsense_in_a_filter_is_no_chip(client):
    page = client.get(reverse("overview"), {"organisation": "9999", "missing": "nonsense"})
    assert page.status_code == 200
    assert page.context["overview"].chips() == []


def test_no_more_are_counted_than_are_paged_through(client, register, monkeypatch):
    monkeypatch.setattr(overview, "MOST_PAGED", 3)
    for number in range(3):
        register(f"Mange {number}")
    assert not client.get(reverse("overview"), {"q": "mange"}).context["more"]
    register("Mange 4")
    page = client.get(reverse("overview"), {"q": "mange"})
    assert page.context["more"]
    assert len(page.context["page_obj"]) == 3


def test_the_address_holds_only_what_is_chosen(client):
    asked = {"q": "", "stage": "testing", "sort": "", "sector": ["", "hospital"]}
    wanted = f"{reverse('overview')}?stage=testing&sector=hospital"
    assert client.get(reverse("overview"), asked).url == wanted
    part = client.get(reverse("overview"), asked, headers={"HX-Request": "true"})
    assert part.headers["HX-Push-Url"] == wanted


def test_where_no_headings_are_seen_a_choice_sorts(client, register):
    for title in ("Æblerov", "Zoneterapi"):
        register(title)
    page = client.get(reverse("overview"), {"sort": "-title"}).content.decode()
    assert '<option value="-title" selected>' in page
    for sort in overview.ORDERS:
        assert client.get(reverse("overview"), {"sort": sort}, follow=True).status_code == 200


def test_titles_and_places_stand_in_danish_order_both_ways(client, register, world):
    placed = {"Åben": "Aarhus", "Øvelser": "Odense", "Aftale": "Ærø", "Ældre": "Østjylland"}
    for title, place in placed.items():
        cluster = world.new_cluster([world.municipality])
        Cluster.objects.filter(pk=cluster.pk).update(name=place)
        register(title, cluster=cluster)
    register("Zoneterapi")
    in_order = ["Aftale", "Zoneterapi", "Ældre", "Øvelser", "Åben"]

    def shown(sort):
        return [title for title in titles(client, sort=sort) if title in in_order]

    assert shown("title") == in_order
    assert shown("-title") == in_order[::-1]
    by_place = ["Øvelser", "Aftale", "Ældre", "Åben", "Zoneterapi"]
    assert shown("cluster") == by_place
    assert shown("-cluster") == [*by_place[3::-1], "Zoneterapi"]
