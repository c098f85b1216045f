import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from kernen.initiatives import actions
from kernen.initiatives.models import Initiative
from kernen.journey import board as boards
from kernen.journey import views
from kernen.parties.models import Cluster
from kernen.parties.reorganising import actions as reorganising
from tests.house.world import SOON


@pytest.fixture
def client(world, sign_in):
    return sign_in(world.coordinator)


@pytest.fixture
def register(world):
    def one(title, cluster=None):
        return actions.register(
            title=title,
            problem="Et problem",
            organisations=[world.municipality],
            cluster=cluster,
            by=world.coordinator,
        )

    return one


def cells(client, **query):
    """(cluster's name or None, stage) → count and titles, of the cells that are not empty."""
    page = client.get(reverse("overview"), {"view": "board", **query})
    return {
        (row.cluster and row.cluster.name, cell.stage.value): (
            cell.count,
            [one.title for one in cell.first],
        )
        for row in page.context["board"]
        for cell in row.cells
        if cell.count
    }


def test_each_initiative_stands_at_its_stage_in_its_cluster(client, register, world):
    moved = register("Længst", world.cluster)
    actions.move(initiative=moved, event="start_pre_study", by=world.coordinator, words="Ja")
    register("Overalt")
    found = cells(client)
    assert found[world.cluster.name, "pre_study"] == (1, ["Længst"])
    assert found[None, "idea"] == (1, ["Overalt"])


def test_a_cell_counts_all_and_names_the_last_active(client, register, world):
    for number in range(5):
        register(f"Mange {number}", world.cluster)
    found = cells(client, q="mange")
    assert found == {(world.cluster.name, "idea"): (5, ["Mange 4", "Mange 3", "Mange 2"])}
    page = client.get(reverse("overview"), {"view": "board", "q": "mange"}).content.decode()
    assert "og 2 mere" in page
    assert f"?q=mange&amp;stage=idea&amp;home={world.cluster.pk}" in page


@pytest.fixture
def many(register, world):
    """More than a cell names: at home in two clusters and in none, with the parties of one."""
    for cluster in (world.cluster, world.new_cluster([world.organisation()]), None):
        for number in range(5):
            register(f"Mange {number}", cluster)


def promised_and_kept(client, address):
    """For each cell that says “and 2 more”: how many it has, and to how many that leads."""
    page = client.get(address)
    links = re.findall(
        r'href="(\?[^"]*)"><span class="sr-only">[^<]*</span>og', page.content.decode()
    )
    cells = [cell for row in page.context["board"] for cell in row.cells if cell.left]
    assert len(links) == len(cells)
    table = address.partition("?")[0]
    led = [client.get(table + unescape(link)).context["count"] for link in links]
    return [cell.count for cell in cells], led


@pytest.mark.parametrize("filters", ["", "&q=mange", "&sector=municipality"])
def test_and_so_many_more_leads_to_exactly_those_of_the_cell(client, many, filters):
    promised, kept = promised_and_kept(client, reverse("overview") + "?view=board" + filters)
    assert kept == promised
    assert len(promised) == 3


def test_also_of_a_board_that_is_filtered_by_another_cluster(client, many, world):
    address = f"{reverse('overview')}?view=board&cluster={world.cluster.pk}"
    promised, kept = promised_and_kept(client, address)
    assert kept == promised
    assert len(promised) == 3


def test_also_where_councils_stand_in_the_clusters_place(client, many, world):
    world.council(world.change)
    reorganising.confirm(reorganisation=world.change, by=world.coordinator)
    day = SOON + timedelta(days=1)
    promised, kept = promised_and_kept(client, f"/on/{day}/initiatives/?view=board&q=mange")
    assert kept == promised == [5] * 4
    assert Cluster.objects.filter(start=SOON).count() == 2


def test_an_initiative_that_no_cluster_claims_is_found_as_such(client, many):
    page = client.get(reverse("overview"), {"home": "none", "q": "mange"})
    assert page.context["count"] == 5
    chips = {str(chip.label): str(chip.value) for chip in page.context["overview"].chips()}
    assert chips["Hører hjemme i"] == "I flere klynger eller i hele regionen"
    assert client.get(reverse("overview"), {"home": "nonsense"}).status_code == 200


def test_cells_count_what_the_register_holds(client, register, world):
    for number in range(4):
        register(f"Mange {number}", world.cluster if number % 2 else None)
    assert sum(count for count, _titles in cells(client).values()) == Initiative.objects.count()


def test_a_cluster_without_initiatives_is_seen_unless_one_filters(client, world):
    empty = world.new_cluster([world.hospital])
    page = client.get(reverse("overview"), {"view": "board"})
    assert empty in [row.cluster for row in page.context["board"]]
    page = client.get(reverse("overview"), {"view": "board", "stage": "idea"})
    assert empty not in [row.cluster for row in page.context["board"]]


def test_the_switch_keeps_the_filters_and_the_filters_the_switch(client, world):
    page = client.get(reverse("overview"), {"view": "board", "q": "initiative"}).content.decode()
    assert 'href="?q=initiative"' in page
    assert '<input type="hidden" name="view" value="board">' in page


def test_a_board_without_anything_says_what_to_do(client):
    page = client.get(reverse("overview"), {"view": "board", "q": "findes ikke"})
    assert 'class="empty"' in page.content.decode()


def test_of_very_many_that_fit_a_filter_the_board_counts_the_last_active_and_says_so(
    client, register, monkeypatch
):
    for number in range(4):
        register(f"Mange {number}")
    monkeypatch.setattr(views, "MOST_COUNTED", 3)
    monkeypatch.setattr(boards, "MOST_COUNTED", 3)
    few = client.get(reverse("overview"), {"view": "board", "q": "mange"}).content.decode()
    assert "Flere end 3 initiativer" in few
    assert "Tavlen tæller de 3, der senest var aktive." in few
    every = client.get(reverse("overview"), {"view": "board"}).content.decode()
    assert "Flere end" not in every
