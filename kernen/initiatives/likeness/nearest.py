"""The initiatives that look most like a text, by words and by meaning together."""

import hashlib
import threading
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from django.db.models import Count, Max

from ..models import Initiative, Vector
from .limits import MOST
from .meaning import Meaning
from .provider import Floats, Keys, Provider, Shelf, together
from .words import Words

#: Who wrote before, but came to an end after, was not seen in between.
_OVERLAP = timedelta(minutes=2)

WORDS, MEANING = Words(), Meaning()


def providers() -> list[Provider]:
    """The providers that this machine can run; words always can."""
    return [provider for provider in (WORDS, MEANING) if provider.available()]


def text_of(initiative: Initiative) -> str:
    """What of an initiative is compared."""
    return f"{initiative.title}. {initiative.problem} {initiative.purpose}".strip()


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Match:
    """An initiative that looks alike: how much in all, by words and by meaning, as far as known."""

    key: int
    score: float
    words: float | None
    meaning: float | None


class Register:
    """All that all initiatives say, as this process last read it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self.shelves: dict[str, Shelf] = {}
        self.read_to: dict[str, datetime] = {}

    def shelf(self, provider: Provider) -> Shelf:
        """The provider's shelf, with what has changed since it was last asked for."""
        kept = Vector.objects.filter(provider=provider.name, version=provider.version)
        with self.lock:
            shelf = self.shelves.setdefault(provider.name, provider.shelf())
            now = kept.aggregate(newest=Max("made_at"), count=Count("pk"))
            if now["newest"] == self.read_to.get(provider.name) and now["count"] == len(shelf.keys):
                return shelf
            since = self.read_to.get(provider.name)
            new = kept.filter(made_at__gt=since - _OVERLAP) if since else kept
            self._put(shelf, new)
            if len(shelf.keys) != now["count"]:  # some are gone: begin again
                shelf = self.shelves[provider.name] = provider.shelf()
                self._put(shelf, kept)
            self.read_to[provider.name] = now["newest"]
            return shelf

    def _put(self, shelf: Shelf, vectors: object) -> None:
        rows = list(vectors.values_list("initiative_id", "value"))  # type: ignore[attr-defined]
        if rows:
            shelf.put([key for key, _ in rows], [bytes(value) for _, value in rows])


REGISTER = Register()


def alike(text: str, *, but: Collection[int] = (), most: int = MOST) -> list[Match]:
    """The initiatives that look like a text that somebody types, the most alike first."""
    values = {provider.name: provider.values([text])[0] for provider in providers()}
    return best(values, but=but, most=most)


def best(
    values: dict[str, bytes],
    *,
    but: Collection[int] = (),
    also: Collection[int] = (),
    most: int,
    least: float | None = None,
) -> list[Match]:
    """The initiatives nearest to what the providers made of one text, and those of `also`, as far
    as they are near enough, by `least` or else by what the best provider asks; the most alike
    first."""
    shelves = {
        provider.name: shelf
        for provider in providers()
        if provider.name in values and len((shelf := REGISTER.shelf(provider)).keys)
    }
    if not shelves:
        return []
    if least is None:
        name, shelf = list(shelves.items())[-1]
        least = shelf.least(values[name])
    found = {name: (shelf.keys, shelf.scores(values[name])) for name, shelf in shelves.items()}
    each = _by_key(found)
    total = _together(each)
    total[[key for key in but if key < len(total)]] = -np.inf
    top = np.argpartition(-total, most)[:most] if most < len(total) else np.arange(len(total))
    chosen = {*top.tolist(), *(key for key in also if key < len(total))}
    return [
        Match(key, float(total[key]), *(_known(each, name, key) for name in (WORDS, MEANING)))
        for key in sorted(chosen, key=lambda key: (-total[key], -key))
        if total[key] >= least
    ]


def _by_key(found: dict[str, tuple[Keys, Floats]]) -> dict[str, Floats]:
    """Each provider's scores with the score of an initiative at its number; the rest is unknown."""
    last = max(int(keys.max()) for keys, _ in found.values())
    each = {name: np.full(last + 1, np.nan, np.float32) for name in found}
    for name, (keys, scores) in found.items():
        each[name][keys] = scores
    return each


def _together(each: dict[str, Floats]) -> Floats:
    """Meaning, and a part of words; where no meaning is known on this machine, words alone."""
    words = each[WORDS.name]
    if MEANING.name not in each:
        return np.nan_to_num(words, nan=-np.inf)
    meaning = each[MEANING.name]
    either = ~(np.isnan(words) & np.isnan(meaning))
    return np.where(either, together(np.nan_to_num(words), np.nan_to_num(meaning)), -np.inf)


def _known(each: dict[str, Floats], provider: Provider, key: int) -> float | None:
    score = each[provider.name][key] if provider.name in each else np.nan
    return None if np.isnan(score) else float(score)
