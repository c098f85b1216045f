"""Likeness by words: the stems two texts share and the trigrams of them, rare ones counting more.

A text is kept as the set of its stems and trigrams, each as a number; what is rare is judged
when texts are compared, by all that the register holds (TF-IDF)."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from kernen.lib.words import stems, trigrams

from .limits import ALIKE_BY_WORDS
from .provider import Floats, without

#: So many numbers are shared out among all stems and trigrams.
NUMBERS = 2**18


class Words:
    name = "words"
    version = "1"

    def available(self) -> bool:
        return True

    def values(self, texts: Sequence[str]) -> list[bytes]:
        return [_value(text) for text in texts]

    def shelf(self) -> "Bags":
        return Bags()


def _value(text: str) -> bytes:
    found = {f" {stem} " for stem in stems(text)}
    found |= {gram for stem in found for gram in trigrams(stem.strip())}
    numbers = {crc32(one.encode()) % NUMBERS for one in found} or {0}
    return np.array(sorted(numbers), np.uint32).tobytes()


class Bags:
    """The sets of all texts, one after the other."""

    def __init__(self) -> None:
        self.keys = np.empty(0, np.int64)
        self.lengths = np.empty(0, np.int64)
        self.numbers = np.empty(0, np.uint32)

    def put(self, keys: Sequence[int], values: Sequence[bytes]) -> None:
        stay = without(self.keys, keys)
        of_each = np.repeat(stay, self.lengths)
        more = [np.frombuffer(value, np.uint32) for value in values]
        self.numbers = np.concatenate([self.numbers[of_each], *more])
        self.lengths = np.concatenate([self.lengths[stay], [len(one) for one in more]]).astype(int)
        self.keys = np.concatenate([self.keys[stay], np.asarray(keys, np.int64)])
        self.starts = np.cumsum(self.lengths) - self.lengths
        held_by = np.bincount(self.numbers, minlength=NUMBERS)
        rarity = np.log((len(self.keys) + 1) / (held_by + 0.5)).astype(np.float32)
        self.weights = rarity**2
        self.sizes = np.sqrt(self._sums(self.weights))

    def scores(self, value: bytes) -> Floats:
        mine = np.frombuffer(value, np.uint32)
        weights = np.zeros(NUMBERS, np.float32)
        weights[mine] = self.weights[mine]
        return self._sums(weights) / (self.sizes * np.sqrt(weights.sum()))

    def least(self, value: bytes) -> float:
        return ALIKE_BY_WORDS

    def _sums(self, weights: Floats) -> Floats:
        sums: Floats = np.add.reduceat(weights[self.numbers], self.starts)
        return sums
