"""What should never have been kept goes for good, and that it went stays."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from kernen.documents import actions, duties, storing
from kernen.initiatives.models import Initiative
from kernen.lib.refusal import Refused
from kernen.parties.models import OrganisationRole
from kernen.parties.upkeep import actions as upkeep

from . import files


@pytest.fixture
def gone(world, pdf):
    """Two versions, and the document taken away."""
    with storing.stored(files.upload(files.office("docx"), "Fru Hansens brev.docx")) as kept:
        actions.add_version(document=pdf, file=kept, note="Med navn", by=world.coordinator)
    return actions.take_away(document=pdf, by=world.coordinator)


@pytest.fixture
def page(gone) -> str:
    return reverse("erase_document", args=[gone.pk])


def held(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def erase(client, page, **given):
    return client.post(page, given, follow=True).content.decode()


def test_the_files_go_and_that_they_went_stays(
    client, page, gone, folder, django_capture_on_commit_callbacks
):
    assert len(held(folder)) == 2
    with django_capture_on_commit_callbacks(execute=True):
        said = erase(client, page, why="Et brev med navn", sure="on")
    assert "slettet for altid" in said
    assert held(folder) == []
    gone.refresh_from_db()
    assert gone.erased_at
    assert [(v.number, v.name, v.note) for v in gone.versions.all()] == [(2, "", ""), (1, "", "")]
    entry = gone.initiative.journal.first()
    assert (entry.verb, entry.words) == ("erase_document", "Et brev med navn")


def test_without_a_reason_and_a_yes_nothing_is_erased(client, page, gone, folder):
    assert "Et brev" in erase(client, page, why="Et brev")
    erase(client, page, sure="on")
    gone.refresh_from_db()
    assert gone.erased_at is None
    assert len(held(folder)) == 2


def test_nobody_reads_or_brings_back_what_is_erased(client, world, gone):
    actions.erase_document(document=gone, why="Navn", by=world.coordinator)
    version = gone.versions.latest("number")
    for address in (gone.get_absolute_url(), version.get_absolute_url()):
        assert client.get(address).status_code == 403
    assert (
        gone.get_absolute_url()
        not in client.get(reverse("documents", args=[world.first.pk]))
        .content.decode()
        .partition("<main")[2]
        .partition("journal")[0]
    )
    for verb in (actions.bring_back, actions.take_away):
        with pytest.raises(Refused):
            verb(document=gone, by=world.coordinator)


def test_a_document_that_stands_or_is_a_link_is_not_erased(world, pdf):
    with pytest.raises(Refused, match="væk først"):
        actions.erase_document(document=pdf, why="Navn", by=world.coordinator)
    link = actions.take_away(document=world.document(world.first), by=world.coordinator)
    with pytest.raises(Refused, match="link"):
        actions.erase_document(document=link, why="Navn", by=world.coordinator)


def test_those_who_only_contribute_do_not_erase(world, gone, page, sign_in):
    other = world.person(OrganisationRole.Role.CONTRIBUTOR)
    assert sign_in(other).get(page).status_code == 403
    with pytest.raises(Refused):
        actions.erase_document(document=gone, why="Navn", by=other)


def test_what_a_killed_server_left_of_it_is_removed_later(world, gone, folder):
    actions.erase_document(document=gone, why="Navn", by=world.coordinator)
    assert len(held(folder)) == 2  # the transaction of the test never ends
    now = timezone.now()
    assert duties.remove_orphans(now, 100) == 0
    assert duties.remove_orphans(now + duties.LEFT + timedelta(hours=1), 100) == 2


def found(text: str) -> list[Initiative]:
    return list(Initiative.objects.search(text))


def test_an_initiative_is_found_by_the_titles_of_its_documents(world, pdf):
    actions.rename(document=pdf, title="Pjecer om ventetid", by=world.coordinator)
    assert found("pjece") == [world.first]
    actions.take_away(document=pdf, by=world.coordinator)
    assert found("pjece") == []
    actions.bring_back(document=pdf, by=world.coordinator)
    assert found("vntetid") == [world.first]


def test_an_organisation_is_found_by_its_new_name_at_once(world):
    upkeep.rename(organisation=world.hospital, name="Hospitalsenhed Fjord", by=world.coordinator)
    assert world.first in found("fjord")
