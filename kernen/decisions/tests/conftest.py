import pytest

from .lived import Lived


@pytest.fixture
def lived(db) -> Lived:
    return Lived()
