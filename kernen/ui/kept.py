"""What was typed is not lost when the session has ended: it is kept for a while, in the visitor's
own new session, and stands in the form again after signing in. Nothing is saved by itself.

It is offered to the one who typed it, and to nobody else who signs in in that browser: every form
that is shown to somebody carries a mark of that person's sign-in. Files, whatever looks like a
civil registration number, and very long texts are never kept."""

import time
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kernen.lib.cpr import contains_cpr

#: For so many seconds, and so many characters in all.
WHILE = 30 * 60
MUCH = 100_000

#: Said before signing in, when something is kept.
KEPT = _("You had been signed out. Sign in: what you typed then stands in the form.")

KEY = "kept"
#: The hidden field with the mark of the one to whom a form was shown.
TYPED_BY = "typed_by"
View = TypeVar("View", bound=Callable[..., Any])


def keeps_typed(view: View) -> View:
    """Mark a view that fills its form by `sent`, so that what was typed can be offered again."""
    view.keeps_typed = True  # type: ignore[attr-defined]
    return view


def mark_of(user: Any) -> str:
    """What a form that is shown to the user carries; nothing for whoever is not signed in."""
    return salted_hmac("kernen.ui.kept", str(user.pk)).hexdigest() if user.pk else ""


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is to be filled with: what was sent now or, on a page that is merely fetched,
    what was kept for it; None where there is neither."""
    kept = request.session.get(KEY, {})
    if kept.get("path") == request.path:
        theirs = kept["by"] == mark_of(request.user)
        if theirs and request.method == "GET" and time.time() < kept["until"]:
            messages.info(request, _told(whole=kept["whole"]))
            found = QueryDict(mutable=True)
            for name, values in kept["typed"].items():
                found.setlist(name, values)
            return found
        del request.session[KEY]
    return request.POST if request.method == "POST" else None


def _told(*, whole: bool) -> str:
    if whole:
        return gettext(
            "What you had typed stands in the form again. It is not saved yet: look it over."
        )
    return gettext(
        "What you had typed stands in the form again, but for files and what may not be kept. It "
        "is not saved yet: look it over."
    )


def keep(request: HttpRequest, view: Any) -> bool:
    """Keep what was sent to the view, and say whether there was anything that may be kept."""
    if not getattr(view, "keeps_typed", False):
        return False
    by = request.POST.get(TYPED_BY, "")
    if not by or (request.user.is_authenticated and by != mark_of(request.user)):
        return False
    ours = ("csrfmiddlewaretoken", TYPED_BY)
    typed = {name: values for name, values in request.POST.lists() if name not in ours}
    fit = {name: values for name, values in typed.items() if not any(map(contains_cpr, values))}
    if not any("".join(values).strip() for values in fit.values()) or _size(fit) > MUCH:
        return False
    request.session.clear_expired()  # nobody's words lie about for longer than they are offered
    request.session[KEY] = {
        "by": by,
        "path": request.path,
        "until": time.time() + WHILE,
        "typed": fit,
        "whole": len(fit) == len(typed) and not request.FILES,
    }
    if not request.user.is_authenticated:
        request.session.set_expiry(WHILE)
    return True


def forget_others(sender: Any, request: HttpRequest, user: Any, **rest: Any) -> None:
    """Whoever signs in takes nothing along that somebody else has typed."""
    if request.session.get(KEY, {}).get("by") not in (None, mark_of(user)):
        del request.session[KEY]


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
