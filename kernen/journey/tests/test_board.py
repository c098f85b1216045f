import pytest
from django.urls import reverse

from kernen.initiatives import actions
from kernen.initiatives.models import Initiative


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
    assert f"?q=mange&amp;stage=idea&amp;cluster={world.cluster.pk}" in page


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
