"""What a search asks the database, in the words of SQLite and of PostgreSQL.

A search is a list of words, all of which must be there. Each may stand in several ways: as it is,
as a longer word, within a compound, or, where nobody wrote it so, as the word it looks like."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Case, Lookup, Q, Value, When
from django.db.models.functions import Concat

from kernen.lib.words import ALIKE, COMMON, likeness, stem, stems, trigrams, words

MOST_WORDS = 10
NEAREST = 3  # words that a misspelt one may mean
#: Fewer signs than this are not looked for inside other words.
COMPOUND = 4

#: The FTS5 table that SQLite keeps beside `SearchText`; a migration makes it.
FTS = "initiatives_searchtext_fts"


def find(among: Any, wanted: Wanted) -> Any:
    """Those of a query set of initiatives that fit, the most relevant first: with the words
    themselves in the title, with other forms of them in the title, with the words themselves
    anywhere, and the rest; of the equally relevant the last active first."""
    exactly, space = wanted.exactly(), Value(" ")
    steps = (exactly.stand_in("heading"), wanted.stand_in("heading"), exactly.stand_in("said"))
    relevance = Case(
        *(When(step, then=Value(number)) for number, step in enumerate(steps)),
        default=Value(len(steps)),
    )
    found = among.filter(found_by__heading__fits=wanted).alias(
        heading=_joined(space, "found_by__heading", space),
        said=_joined(space, "found_by__heading", space, "found_by__body", space),
    )
    return found.annotate(relevance=relevance).order_by("relevance", "-active_at", "-pk")


def _joined(*parts: Any) -> Concat:
    return Concat(*parts, output_field=models.TextField())


def stemmed(*texts: str) -> str:
    """Texts as a `StemsField` keeps them."""
    return " ".join(one for text in texts for one in stems(text))


@dataclass(frozen=True)
class Way:
    """A stem to look for, or, if `open`, every stem that begins like it."""

    stem: str
    open: bool = False


@dataclass(frozen=True)
class Wanted:
    """For each word the ways in which it may stand."""

    words: tuple[tuple[Way, ...], ...]

    def exactly(self) -> Wanted:
        """Only the words themselves, each in any of its forms."""
        return Wanted(tuple((Way(ways[0].stem),) for ways in self.words))

    def stand_in(self, text: str) -> Q:
        """Whether all stand in an expression that holds stems, each between spaces."""
        every = Q()
        for ways in self.words:
            some = Q()
            for way in ways:
                some |= Q(**{f"{text}__contains": f" {way.stem}{'' if way.open else ' '}"})
            every &= some
        return every

    def fts5(self) -> str:
        """As SQLite's FTS5 reads it. A stem holds letters and figures only: nothing to escape."""
        return " AND ".join(
            "(" + " OR ".join(f'"{way.stem}"{"*" * way.open}' for way in ways) + ")"
            for ways in self.words
        )

    def tsquery(self) -> str:
        """As PostgreSQL's to_tsquery reads it."""
        return " & ".join(
            "(" + " | ".join(f"'{way.stem}'{':*' * way.open}" for way in ways) + ")"
            for ways in self.words
        )


def wanted(text: str, near: Callable[[str], Sequence[str]]) -> Wanted | None:
    """What a text asks for; None where it holds no word.

    `near` gives known stems that share trigrams with a stem, those that share most first."""
    asked = words(text)[:MOST_WORDS]
    telling = [word for word in asked if word not in COMMON] or asked
    found = tuple(_ways(word, near) for word in dict.fromkeys(telling))
    return Wanted(found) if found else None


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


class StemsField(models.TextField):  # type: ignore[type-arg]
    """Stems with spaces between; `__fits=Wanted(…)` asks the full-text index of its table."""


@StemsField.register_lookup
class Fits(Lookup):  # type: ignore[type-arg]
    lookup_name = "fits"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: Any) -> Any:
        return value, ()

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return (
            f"{self._of(compiler, 'initiative_id')} IN "  # noqa: S608 names of our own
            f'(SELECT rowid FROM "{FTS}" WHERE "{FTS}" MATCH %s)',
            [self.rhs.fts5()],
        )

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        vector = self._of(compiler, "vector")
        return f"{vector} @@ to_tsquery('simple', %s)", [self.rhs.tsquery()]

    def _of(self, compiler: Any, column: str) -> str:
        """A column of the row that the left side belongs to."""
        return f'{compiler.quote_name_unless_alias(self.lhs.alias)}."{column}"'
