"""The verbs of deciding. Each asks the rules first and writes the initiative's journal last."""

from .deciding import decide, decide_together, look_again, publish
from .endorsing import answer_by_link, endorse
from .preparing import (
    arrange,
    call_meeting,
    forward,
    put_on_agenda,
    recommend,
    take_off_agenda,
)
from .proposing import draft, submit, withdraw, write

__all__ = [
    "answer_by_link",
    "arrange",
    "call_meeting",
    "decide",
    "decide_together",
    "draft",
    "endorse",
    "forward",
    "look_again",
    "publish",
    "put_on_agenda",
    "recommend",
    "submit",
    "take_off_agenda",
    "withdraw",
    "write",
]
