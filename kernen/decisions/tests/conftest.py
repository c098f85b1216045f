import pytest
from django.utils.translation import override

from .asked import NEW, ask
from .lived import Lived


@pytest.fixture(autouse=True)
def in_english():
    """The rules' sentences as they stand in the code; a page speaks its own language."""
    with override("en"):
        yield


@pytest.fixture
def lived(db) -> Lived:
    return Lived()


@pytest.fixture
def proposal(lived):
    return lived.submitted()


@pytest.fixture
def coordinator(lived):
    return lived.person("Coordinator", lived.towns[0], "coordinator")


@pytest.fixture
def link(lived, proposal, coordinator):
    """A coordinator has asked somebody who is not in the register."""
    return ask(lived, proposal, lived.towns[0], by=coordinator, language="da", **NEW)


@pytest.fixture
def secretary(lived, sign_in, settings):
    """The browser of the forum's secretary, in English."""
    client = sign_in(lived.secretary)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client
