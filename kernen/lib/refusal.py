"""A rule says no in one sentence, and the same sentence is the hint beside the disabled button."""

from collections.abc import Callable
from typing import ParamSpec

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise

P = ParamSpec("P")


class Refused(PermissionDenied):
    """A rule's no. `str(refused)` is the one sentence, in the reader's language, that says why
    and what to do next; uncaught in a view it becomes the 403 page. What is done to many at once
    may be refused for several `reasons`, a sentence each. In a form that has the `field` they stand
    beside it."""

    field: str | None = None

    def __init__(self, *reasons: str | Promise):
        super().__init__(*reasons)
        self.reasons = reasons

    def __str__(self) -> str:
        return " ".join(map(str, self.reasons))


def refusal(rule: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> str | None:
    """The sentence with which `rule` refuses these arguments, or None if it lets them through."""
    try:
        rule(*args, **kwargs)
    except Refused as refused:
        return str(refused)
    return None
