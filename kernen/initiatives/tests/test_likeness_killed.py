"""A worker killed amid likeness: what was begun is done again, and nothing is there twice."""

import pytest
from django.utils import timezone

from kernen.initiatives import actions
from kernen.initiatives.likeness import duties, keep, nearest
from kernen.initiatives.models import Initiative, Likeness, Vector


@pytest.fixture
def alike(world, monkeypatch):
    """Two initiatives that tell the same, compared by words."""
    monkeypatch.setattr(nearest.MEANING, "available", lambda: False)
    for title in ("Færre fald om natten", "Fald om natten"):
        actions.register(
            title=title,
            problem="Patienter falder om natten på vej til toilettet.",
            organisations=[world.hospital],
            cluster=world.cluster,
            by=world.coordinator,
        )


class Killed(BaseException):
    """Nothing catches it, as nothing catches the end of a process."""


def test_a_worker_killed_amid_reading_loses_and_doubles_nothing(alike, monkeypatch):
    monkeypatch.setattr(nearest.MEANING, "available", lambda: True)

    def dies(texts):
        raise Killed

    monkeypatch.setattr(nearest.MEANING, "values", dies)
    with pytest.raises(Killed):
        duties.compute_vectors(timezone.now(), 100)
    monkeypatch.setattr(nearest.MEANING, "values", nearest.WORDS.values)
    assert duties.compute_vectors(timezone.now(), 100) == Initiative.objects.count()
    assert duties.compute_vectors(timezone.now(), 100) == 0
    read = Vector.objects.filter(provider="meaning").values_list("initiative", flat=True)
    assert sorted(read) == sorted(Initiative.objects.values_list("pk", flat=True))


def test_a_worker_killed_amid_comparing_loses_and_doubles_nothing(alike, monkeypatch):
    made, pair = [], keep._pair

    def dies_at_the_second(key, match):
        made.append(key)
        if len(made) == 2:
            raise Killed
        return pair(key, match)

    monkeypatch.setattr(keep, "_pair", dies_at_the_second)
    with pytest.raises(Killed):
        duties.find_likenesses(timezone.now(), 100)
    while duties.find_likenesses(timezone.now(), 100):
        pass
    assert not keep.uncompared(100)
    assert Likeness.objects.count() == 1
