"""A folder for the files, a document in it, and people who meet it."""

from pathlib import Path

import pytest

from kernen.documents import actions, storing
from kernen.documents.models import Document
from kernen.parties.models import OrganisationRole

from . import files


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def client(world, sign_in):
    return sign_in(world.coordinator)


@pytest.fixture
def reader(world, sign_in):
    return sign_in(world.person(OrganisationRole.Role.READER))


@pytest.fixture
def pdf(world) -> Document:
    with storing.stored(files.upload(files.PDF, "Referat på dansk.pdf")) as kept:
        return actions.add_document(
            initiative=world.first, title="Referat", file=kept, by=world.coordinator
        )
