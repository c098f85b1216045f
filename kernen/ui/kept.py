"""What was typed is not lost when the session has ended: it is kept for a while, in the visitor's
own new session, and stands in the form again after signing in. Nothing is saved by itself.

Files, whatever looks like a civil registration number, and very long texts are never kept."""

import time
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from kernen.lib.cpr import contains_cpr

#: For so many seconds, and so many characters in all.
WHILE = 30 * 60
MUCH = 100_000

KEY = "kept"
View = TypeVar("View", bound=Callable[..., Any])


def keeps_typed(view: View) -> View:
    """Mark a view that fills its form by `sent`, so that what was typed can be offered again."""
    view.keeps_typed = True  # type: ignore[attr-defined]
    return view


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is to be filled with: what was sent now or, on a page that is merely fetched,
    what was kept for it; None where there is neither."""
    kept = request.session.get(KEY, {})
    if kept.get("path") == request.path:
        if request.method == "GET" and time.time() < kept["until"]:
            messages.info(request, _told(whole=kept["whole"]))
            found = QueryDict(mutable=True)
            for name, values in kept["typed"].items():
                found.setlist(name, values)
            return found
        del request.session[KEY]
    return request.POST if request.method == "POST" else None


def _told(*, whole: bool) -> str:
    if whole:
        return _("What you had typed stands in the form again. It is not saved yet: look it over.")
    return _(
        "What you had typed stands in the form again, but for files and what may not be kept. It "
        "is not saved yet: look it over."
    )


def keep(request: HttpRequest, view: Any) -> bool:
    """Keep what was sent to the view, and say whether there was anything that may be kept."""
    if not getattr(view, "keeps_typed", False):
        return False
    typed = {name: v for name, v in request.POST.lists() if name != "csrfmiddlewaretoken"}
    fit = {name: values for name, values in typed.items() if not any(map(contains_cpr, values))}
    if not any("".join(values).strip() for values in fit.values()) or _size(fit) > MUCH:
        return False
    request.session.clear_expired()  # nobody's words lie about for longer than they are offered
    request.session[KEY] = {
        "path": request.path,
        "until": time.time() + WHILE,
        "typed": fit,
        "whole": len(fit) == len(typed) and not request.FILES,
    }
    if not request.user.is_authenticated:
        request.session.set_expiry(WHILE)
    return True


def _size(typed: dict[str, list[str]]) -> int:
    return sum(len(name) + len(value) for name, values in typed.items() for value in values)


def page_before(request: HttpRequest) -> str | None:
    """The address on our own site from which the visitor came, or None."""
    came = urlsplit(request.headers.get("Referer", ""))
    ours = (came.scheme, came.netloc) == (request.scheme, request.get_host())
    return came._replace(scheme="", netloc="").geturl() if ours else None


def from_ourselves(request: HttpRequest) -> bool:
    """Whether a browser says that the form stood on a page of ours."""
    origin = request.headers.get("Origin")
    if origin is None:
        return page_before(request) is not None
    return origin == f"{request.scheme}://{request.get_host()}"
