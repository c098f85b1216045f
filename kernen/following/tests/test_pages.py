import pytest
from django.urls import reverse

from kernen.following import actions
from kernen.following.models import Follow, Notice, SavedView


@pytest.fixture
def client(reader, sign_in):
    return sign_in(reader)


@pytest.fixture(autouse=True)
def _quiet(world):
    Notice.objects.all().delete()


def main(page):
    text = page.content.decode()
    return text[text.index("<main") :]


@pytest.mark.parametrize("kind", ["initiative", "cluster"])
def test_a_button_follows_and_follows_no_longer(client, reader, world, kind):
    thing = world.first if kind == "initiative" else world.cluster
    url = reverse(f"follow_{kind}", args=[thing.pk])
    assert client.post(url).url == thing.get_absolute_url()
    page = client.get(thing.get_absolute_url())
    assert 'name="stop"' in main(page)
    client.post(url, {"stop": "1"})
    assert not Follow.objects.get(person=reader).wanted
    assert 'name="stop"' not in main(client.get(thing.get_absolute_url()))


def test_the_inbox_lists_by_initiative_the_newest_first_and_counts_in_the_head(
    client, reader, world, happen
):
    second = world.initiative()
    for thing in (world.first, second):
        actions.follow(thing=thing, by=reader)
    happen("one")
    happen("two", second, world.coordinator)
    happen("three")
    page = client.get(reverse("inbox"))
    groups = page.context["page_obj"].object_list
    assert [group.initiative for group in groups] == [world.first, second]
    assert [notice.entry.words for notice in groups[0].notices] == ["three", "one"]
    assert '<span class="badge">3' in page.content.decode()


def read(client, **what):
    """As from the inbox as it is now."""
    until = client.get(reverse("inbox")).context["until"]
    client.post(reverse("read"), {"until": until, **what})


def test_what_came_after_the_page_was_opened_stays_unread(client, reader, world, happen):
    actions.follow(thing=world.first, by=reader)
    happen("seen")
    until = client.get(reverse("inbox")).context["until"]
    happen("not seen")
    for what in ({}, {"initiative": world.first.pk}):
        client.post(reverse("read"), {"until": until, **what})
        assert [notice.entry.words for notice in reader.notices.unread()] == ["not seen"]


def test_a_notice_an_initiative_or_all_is_marked_as_read_and_one_as_unread(
    client, reader, world, happen
):
    second = world.initiative()
    for thing in (world.first, second):
        actions.follow(thing=thing, by=reader)
    for words in ("one", "two"):
        happen(words)
        happen(words, second, world.coordinator)
    unread = reader.notices.unread()
    one = unread.first()
    read(client, notice=one.pk)
    assert unread.count() == 3
    client.post(reverse("unread", args=[one.pk]))
    assert unread.count() == 4
    read(client, initiative=second.pk)
    assert {notice.entry.initiative for notice in unread.all()} == {world.first}
    read(client)
    assert not unread.exists()
    assert 'class="empty"' in main(client.get(reverse("inbox")))
    assert "three" not in main(client.get(reverse("inbox"), {"show": "all"}))
    assert len(client.get(reverse("inbox"), {"show": "all"}).context["page_obj"].object_list) == 2


def test_what_is_another_s_is_not_there(client, world, happen, other):
    happen("to the coordinator")
    notice = Notice.objects.get(person=world.coordinator)
    assert client.post(reverse("unread", args=[notice.pk])).status_code == 404
    read(client, notice=notice.pk)
    notice.refresh_from_db()
    assert notice.read_at is None
    view = world.coordinator.saved_views.first()
    for verb in ("follow", "rename", "move", "delete"):
        assert client.post(reverse(f"{verb}_view", args=[view.pk])).status_code == 404


def test_a_view_is_saved_under_a_name_and_stands_above_the_overview(client, reader):
    query = "stage=idea&cluster=&page=2"
    page = client.get(f"{reverse('overview')}?{query}", follow=True)
    saving = f"{reverse('saved_views')}?query=stage%3Didea"
    assert saving in page.content.decode()
    answer = client.post(saving, {"name": "Idéer"})
    assert answer.url == f"{reverse('overview')}?stage=idea"
    page = main(client.get(answer.url))
    assert 'aria-current="page">Idéer' in page
    assert reverse("follow_view", args=[SavedView.objects.get(person=reader).pk]) in page


def test_a_name_is_used_once_and_a_view_without_a_filter_is_none(client, reader):
    saving = f"{reverse('saved_views')}?query=stage%3Didea"
    client.post(saving, {"name": "Mine"})
    again = client.post(saving, {"name": "Mine"})
    assert again.status_code == 200
    assert 'value="Mine"' in again.content.decode()
    client.post(f"{reverse('saved_views')}?query=sort%3Dtitle", {"name": "Alt"})
    assert list(reader.saved_views.values_list("name", flat=True)) == ["Mine"]


def test_views_are_renamed_moved_and_deleted(client, reader):
    one, two, three = (
        actions.save_view(name=name, query="stage=idea", by=reader) for name in "ABC"
    )
    client.post(reverse("move_view", args=[three.pk]), {"up": "1"})
    client.post(reverse("move_view", args=[one.pk]), {"down": "1"})
    client.post(reverse("rename_view", args=[two.pk]), {"name": "Bedre"})
    assert [view.name for view in reader.saved_views.all()] == ["C", "A", "Bedre"]
    client.post(reverse("delete_view", args=[one.pk]))
    assert [view.name for view in reader.saved_views.all()] == ["C", "Bedre"]


def test_the_digest_is_chosen_and_its_default_stands_ticked(client, reader):
    page = client.get(reverse("digest")).content.decode()
    assert page.count(" checked") == 2
    client.post(reverse("digest"), {"frequency": "daily", "language": "en"})
    choice = reader.digest_choice
    assert (choice.frequency, choice.language) == ("daily", "en")
