"""What a search asks the database, in the words of SQLite and of PostgreSQL.

A search is a list of words, all of which must be there. Each may stand in several ways: as it is,
as a longer word, within a compound, or, where nobody wrote it so, as the word it looks like."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.models import Case, F, Func, Value, When

from kernen.lib.words import ALIKE, COMMON, likeness, stem, stems, trigrams, words

MOST_WORDS = 10
NEAREST = 3  # words that a misspelt one may mean
#: Fewer signs than this are not looked for inside other words.
COMPOUND = 4

#: The FTS5 table that SQLite keeps beside `SearchText`; a migration makes it.
FTS = "initiatives_searchtext_fts"


def find(among: Any, wanted: Wanted) -> Any:
    """Those of a query set of initiatives that fit, tier by tier, in each the last active first."""
    tier = Case(
        *(When(Fits(wanted, one), then=Value(one)) for one in TIERS[:-1]), default=Value(TIERS[-1])
    )
    return among.filter(Fits(wanted)).order_by(tier, "-active_at", "-pk")


def first(among: Any, wanted: Wanted, most: int) -> list[int]:
    """The keys of the first so many of them, in one query. A tier that is not reached is not even
    looked for, so that it takes hardly longer the more fit."""
    tiers = [
        among.filter(Fits(wanted, one)).order_by("-active_at", "-pk").values("id")[:most]
        for one in TIERS
    ]
    try:
        asked = [tier.query.sql_with_params() for tier in tiers]
    except EmptyResultSet:  # what is filtered away leaves nothing to search in
        return []
    # Django's own union sorts no parts on SQLite.
    parts = (f"SELECT * FROM ({sql}) AS t{n}" for n, (sql, _) in enumerate(asked))  # noqa: S608
    values = [value for _, some in asked for value in some]
    rows = among.model.objects.raw(f"{' UNION ALL '.join(parts)} LIMIT %s", [*values, most])
    return [row.pk for row in rows]


def stemmed(*texts: str) -> str:
    """Texts as `SearchText` keeps them."""
    return " ".join(one for text in texts for one in stems(text))


@dataclass(frozen=True)
class Way:
    """A stem to look for, or, if `open`, every stem that begins like it."""

    stem: str
    open: bool = False


#: For each word the ways in which it may stand; the first is the word itself, in any of its forms.
Words = tuple[tuple[Way, ...], ...]

#: With the words themselves in the title, with other forms of them in the title, with the words
#: themselves anywhere, and the rest.
TIERS = range(4)
IN_TITLE = TIERS[:2]


@dataclass(frozen=True)
class Wanted:
    """What a search is for: initiatives in which each of the words stands.

    `guessed` are words that nobody wrote, and that were taken for those they look like."""

    words: Words
    guessed: tuple[str, ...] = ()

    def fts5(self, tier: int | None = None) -> str:
        """As SQLite's FTS5 reads it. A stem holds letters and figures only: nothing to escape."""

        def said(words: Words, in_title: bool) -> str:
            some = (" OR ".join(f'"{way.stem}"{"*" * way.open}' for way in ways) for ways in words)
            every = " AND ".join(f"({one})" for one in some)
            return f"heading : ({every})" if in_title else f"({every})"

        here, *before = (said(*one) for one in self._asked(tier))
        return f"{here} NOT ({' OR '.join(before)})" if before else here

    def tsqueries(self, tier: int | None = None) -> list[tuple[str, str]]:
        """For PostgreSQL which vector is to fit which query, and after it what may not fit."""

        def said(words: Words) -> str:
            some = (" | ".join(f"'{way.stem}'{':*' * way.open}" for way in ways) for ways in words)
            return " & ".join(f"({one})" for one in some)

        asked = self._asked(tier)
        return [("title" if in_title else "vector", said(words)) for words, in_title in asked]

    def _asked(self, tier: int | None) -> list[tuple[Words, bool]]:
        """What is to stand, and whether in the title, followed by what may not: the tiers before.
        Without a tier all that fits."""
        themselves = tuple(ways[:1] for ways in self.words)
        tiers = [(themselves, True), (self.words, True), (themselves, False), (self.words, False)]
        if tier is None:
            return tiers[-1:]
        before = [tiers[0]] if tier == 1 else tiers[1:tier]  # the second holds the first
        return [tiers[tier], *before]


def wanted(text: str, near: Callable[[str], Sequence[str]]) -> Wanted | None:
    """What a text asks for; None where it holds no word.

    `near` gives known stems that share trigrams with a stem, those that share most first."""
    near = cache(near)
    asked = words(text)[:MOST_WORDS]
    telling = [word for word in asked if word not in COMMON] or asked
    meant = dict.fromkeys(_meant(word, near) for word in telling)
    guessed = tuple(word for word in meant if len(stem(word)) >= 3 and not _begun(word, near))
    return Wanted(tuple(_ways(word, near) for word in meant), guessed) if meant else None


def _meant(word: str, near: Callable[[str], Sequence[str]]) -> str:
    """The word with æ and ø where somebody has no such keys, if only so anybody wrote it."""
    danish = word.replace("ae", "æ").replace("oe", "ø")
    return danish if danish != word and not _begun(word, near) and _begun(danish, near) else word


def _begun(word: str, near: Callable[[str], Sequence[str]]) -> bool:
    """Whether a stem is known that is the word's, or begins like it, or holds it."""
    bare = stem(word)
    return any(bare in other if len(bare) >= COMPOUND else other == bare for other in near(bare))


def _ways(word: str, near: Callable[[str], Sequence[str]]) -> tuple[Way, ...]:
    bare = stem(word)
    # A short stem begins too much: of "demens" is left "dem", which "demokrati" begins with too.
    begun = Way(bare, open=True) if len(bare) >= COMPOUND else Way(word, open=True)
    ways = [Way(bare), begun]
    if len(bare) < 3:
        return tuple(ways)
    known = near(bare)
    if any(other == bare or other.startswith(begun.stem) for other in known):
        inside = [other for other in known if bare in other and not other.startswith(bare)]
        more = inside if len(bare) >= COMPOUND else []
    else:
        parts = [other for other in known if len(bare) >= COMPOUND and bare in other]
        alike = sorted(
            (other for other in known if likeness(bare, other) >= ALIKE),
            key=lambda other: (-likeness(bare, other), other),
        )
        more = [*parts, *alike[:NEAREST]]
    return (*ways, *(Way(other) for other in more))


def vocabulary(*texts: str) -> set[tuple[str, str]]:
    """Each trigram of each stem in texts of stems."""
    return {(gram, one) for text in texts for one in text.split() for gram in trigrams(one)}


class Fits(Func):
    """Whether an initiative holds what is wanted, or does so in one tier of relevance."""

    output_field = models.BooleanField()

    def __init__(self, wanted: Wanted, tier: int | None = None):
        super().__init__(F("pk"))
        self.wanted, self.tier = wanted, tier

    def as_sqlite(self, compiler: Any, connection: Any, **_context: Any) -> Any:
        # With the plus SQLite goes through the initiatives in the order asked for, and stops when
        # it has enough; without it all that fit are fetched and sorted. Few fit by their title.
        plus = "" if self.tier in IN_TITLE else "+"
        key, _none = compiler.compile(self.source_expressions[0])
        found = f'SELECT rowid FROM "{FTS}" WHERE "{FTS}" MATCH %s'  # noqa: S608 our own name
        return f"{plus}{key} IN ({found})", [self.wanted.fts5(self.tier)]

    def as_postgresql(self, compiler: Any, connection: Any, **_context: Any) -> Any:
        key, _none = compiler.compile(self.source_expressions[0])
        (vector, here), *before = self.wanted.tsqueries(self.tier)
        # Of what fits one query and not another the planner expects that nothing is left, and then
        # fetches and sorts all; coalesce hides from it what is asked.
        query = "to_tsquery('simple', %s)"
        without = (f" AND NOT coalesce({other} @@ {query}, false)" for other, _ in before)
        where = f"{vector} @@ {query}{''.join(without)}"
        found = f"SELECT initiative_id FROM initiatives_searchtext WHERE {where}"  # noqa: S608 same
        return f"{key} IN ({found})", [here, *(said for _, said in before)]
