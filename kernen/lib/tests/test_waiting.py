"""When something is urgent."""

from datetime import date

import pytest

from kernen.lib.waiting import Urgency, Waiting

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("due", "urgency"),
    [
        (date(2026, 11, 22), Urgency.OVERDUE),
        (date(2026, 11, 23), Urgency.THIS_WEEK),
        (date(2026, 11, 30), Urgency.THIS_WEEK),
        (date(2026, 12, 1), Urgency.WITH_TIME),
        (None, Urgency.WITH_TIME),
    ],
)
def test_what_is_due_says_how_urgent_it_is(due, urgency):
    line = Waiting(key="a:1", what="Something waits.", action="Do it", url="/", due=due)
    assert line.urgency(TODAY) == urgency
