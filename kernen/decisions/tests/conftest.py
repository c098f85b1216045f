import pytest
from django.utils.translation import override

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
def secretary(lived, sign_in, settings):
    """The browser of the forum's secretary, in English."""
    client = sign_in(lived.secretary)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client
