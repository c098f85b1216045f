"""Words as the search compares them: stemmed, parted at hyphens, and likened by their trigrams."""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

import snowballstemmer

#: Signs of a word that count; what follows is cut off.
LONGEST = 40
#: How much of two words must be the same for one to be a misspelling of the other.
ALIKE = 0.75
_COMMON = (
    "af alle at blev blive bliver da de dem den der deres det dette disse du efter eller en end er "
    "et for fra få får gennem har have hos hun hvad hvor hvordan i ikke ind jeg kan kun med mellem "
    "men mere mod må ned når og også om op os over på samt se sig sin skal som så til ud under ved "
    "vi vil være a an and are by in is of on or the to with"
)
#: Words that stand in nearly every text, and tell nothing of it.
COMMON = frozenset(_COMMON.split())

_WORD = re.compile(r"[^\W_]+(?:[-‐‑–][^\W_]+)*")
_HYPHEN = re.compile(r"[-‐‑–]")
_KEPT = "æøå"


def words(text: str) -> list[str]:
    """The words of a text in small letters, parted at hyphens; aa is å, as in Aarhus."""
    return [part for whole in _wholes(text) for part in _HYPHEN.split(whole)]


def stems(text: str) -> list[str]:
    """What a text is found by: the stem of each word that tells something, in order.

    A word with hyphens counts in its parts and in one: rygestop-henvisning is found by rygestop,
    by henvisninger and by rygestophenvisning."""
    found = []
    for whole in _wholes(text):
        parts = _HYPHEN.split(whole)
        found += parts if len(parts) == 1 else [*parts, "".join(parts)]
    return [stem(word) for word in found if word not in COMMON]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The Danish stem; accents go afterwards, since æ, ø and å decide what the stem is."""
    bare = snowballstemmer.stemmer("danish").stemWord(word[:LONGEST])
    return "".join(sign if sign in _KEPT else _unaccented(sign) for sign in bare)


def trigrams(word: str) -> list[str]:
    """Each three signs of a word in a row, with its beginning and end as signs of their own."""
    padded = f"  {word} "
    return sorted({padded[i : i + 3] for i in range(len(padded) - 2)})


def likeness(one: str, other: str) -> float:
    """From 0, nothing in common, to 1, the same word."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _wholes(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower().replace("aa", "å"))


def _unaccented(sign: str) -> str:
    return unicodedata.normalize("NFD", sign)[0]
