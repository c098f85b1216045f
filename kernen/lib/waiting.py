"""What waits for a person: one sentence, one main action, and how urgent it is.

A room that has something waiting gives it in its `waiting.py`, by a function
`waiting(person) -> Iterable[Waiting]` that asks the database as often however much waits;
`journey/my_work.py` holds the table of those functions."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

#: What falls due within so many days is for this week.
SOON = timedelta(days=7)


class Urgency(IntEnum):
    """The most urgent first."""

    OVERDUE = 1
    THIS_WEEK = 2
    WITH_TIME = 3


@dataclass(frozen=True)
class Waiting:
    """One line of My work. Texts are in the reader's language already."""

    key: str  # the same each time the same thing waits, such as "offer:12"
    what: str  # one sentence
    action: str  # on its button
    url: str
    about: str = ""  # the initiative's title, where the sentence does not say it
    since: date | None = None
    due: date | None = None

    def urgency(self, today: date) -> Urgency:
        if self.due is None or self.due > today + SOON:
            return Urgency.WITH_TIME
        return Urgency.OVERDUE if self.due < today else Urgency.THIS_WEEK
