"""What many parts of a page ask, and no page that is merely shown changes, is asked once.

Outside a page that is fetched, as in what a form or the worker does, it is asked each time anew."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_known: ContextVar[dict[Any, Any] | None] = ContextVar("known", default=None)


@contextmanager
def asking_once() -> Iterator[None]:
    known = _known.get()
    token = _known.set({} if known is None else known)
    try:
        yield
    finally:
        _known.reset(token)


def asked_once(question: Callable[P, R]) -> Callable[P, R]:
    """Mark a question whose answer nobody changes in place."""

    @wraps(question)
    def ask(*args: P.args, **kwargs: P.kwargs) -> R:
        known = _known.get()
        if known is None:
            return question(*args, **kwargs)
        asked = (question, args, tuple(kwargs.items()))
        if asked not in known:
            known[asked] = question(*args, **kwargs)
        answer: R = known[asked]
        return answer

    return ask
