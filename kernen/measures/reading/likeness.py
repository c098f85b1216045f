"""Whether a name in a file is another spelling of a place, or short for it."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from difflib import SequenceMatcher, get_close_matches
from typing import TypeVar

from kernen.measures.reading.places import folded

Key = TypeVar("Key")
#: How alike two words are that differ by a slip: "Randers" and "Rander", never "Vejle" and "Vejen".
_ALIKE = 0.85
#: How alike two names are of which one may be meant: also "Vejle" and "Vejen".
_NEAR = 0.7
#: How alike what sets them apart is: "Vibrog" and "Viborg", not "Aarhus" and "Favrskov".
_APART = 0.7
_ALPHABET = str.maketrans({"å": "aa", "æ": "ae", "ø": "oe", "é": "e", "ö": "oe", "ä": "ae"})


def like(name: str, places: Mapping[Key, Iterable[str]]) -> Key | None:
    """The one place that may be meant, by what each can be called; None where several may."""
    found = [key for key, called in places.items() if any(_like(name, one) for one in called)]
    return found[0] if len(found) == 1 else None


def nearest(name: str, spelt: Mapping[str, Key]) -> Key | None:
    """What is spelt most like the name, by how each is spelt (`folded`): to ask whether it is
    meant, and not to be taken for it. What several have, such as "kommune", makes none alike."""
    of: dict[str, set[Key]] = defaultdict(set)
    for text, key in spelt.items():
        for word in text.split():
            of[word].add(key)
    several = {word for word, keys in of.items() if len(keys) > 1}
    said = folded(name)
    if not _without(several, said):
        return None
    for near in get_close_matches(said, spelt, n=1, cutoff=_NEAR):
        words, others = said.split(), near.split()
        own, other = _without(others, said), _without(words, near)
        if not (own and other) or SequenceMatcher(None, own, other).ratio() >= _APART:
            return spelt[near]
    short = {_without(several, text): key for text, key in spelt.items()}
    for near in get_close_matches(_without(several, said), short, n=1, cutoff=_NEAR):
        return short[near]
    return None


def _without(words: Collection[str], text: str) -> str:
    return " ".join(word for word in text.split() if word not in words)


def _like(name: str, place: str) -> bool:
    return _spelt(_plain(name), _plain(place)) or _short(name, place)


def _plain(name: str) -> str:
    return folded(name).translate(_ALPHABET)


def _spelt(name: str, place: str) -> bool:
    """Word by word the same but for a slip; a short word, such as a ward's letter, has none."""
    words, others = name.split(), place.split()
    return bool(words) and len(words) == len(others) and all(map(_same, words, others))


def _same(word: str, other: str) -> bool:
    if word == other:
        return True
    plain = word.isalpha() and other.isalpha() and min(len(word), len(other)) > 3
    return plain and SequenceMatcher(None, word, other).ratio() >= _ALIKE


def _short(name: str, place: str) -> bool:
    """Its words, or beginnings of them, in their order; capitals stand for letters: "RH Randers",
    "Reg.hosp. Randers" and "AUH" are short for hospitals."""
    words = re.findall(r"\w+", name)
    capitals = [word.isupper() and word.isalpha() and 2 <= len(word) <= 5 for word in words]
    if len(words) + sum(capitals) < 2:
        return False
    shapes = [
        ".*".join(_plain(word)) if short else _plain(word)
        for word, short in zip(words, capitals, strict=True)
    ]
    end = "" if capitals[-1] else r"\b"
    return re.match(".*?".join(shapes) + end, _plain(place)) is not None
