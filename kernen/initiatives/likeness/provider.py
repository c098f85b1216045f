"""What a way of comparing texts provides, and what two of them say together."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from .limits import WORDS_COUNT, WORDS_FROM

Floats = NDArray[np.floating[Any]]
Keys = NDArray[np.int64]


class Shelf(Protocol):
    """What all initiatives say, in one provider's form, ready to be compared with at once."""

    keys: Keys

    def put(self, keys: Sequence[int], values: Sequence[bytes]) -> None:
        """Take these in, each in the place of what stood under its key."""

    def scores(self, value: bytes) -> Floats:
        """How alike each of `keys` is: 1 is the same, about 0 has nothing in common."""

    def least(self, value: bytes) -> float:
        """How alike something must be to be shown beside a text that somebody types."""


class Provider(Protocol):
    """Makes of a text what can be kept and compared; another version makes something else of it."""

    name: str
    version: str

    def available(self) -> bool:
        """Whether this machine can."""

    def values(self, texts: Sequence[str]) -> list[bytes]: ...

    def shelf(self) -> Shelf: ...


def without(keys: Keys, gone: Sequence[int]) -> NDArray[np.bool_]:
    """Which of the keys stay."""
    return ~np.isin(keys, np.fromiter(gone, np.int64, len(gone)))


def together(words: Floats, meaning: Floats) -> Floats:
    """What both providers say: a few words that two texts share by chance add nothing."""
    return meaning + WORDS_COUNT * np.maximum(0, words - WORDS_FROM)
