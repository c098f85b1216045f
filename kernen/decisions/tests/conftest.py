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
