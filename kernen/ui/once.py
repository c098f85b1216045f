"""What is sent twice is done once: a double click, or a form sent anew because no answer came.

Each page that is fetched gives its forms a token of their own against forged requests. What comes
with a token that has been used, to the same address and with the same words, is not done again: it
is led to where the first led. That mark is written in the same transaction as the deed, so that a
server that is killed in between leaves both or neither."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any, TypeVar

from django.contrib import messages
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

#: For so many seconds the same form counts as the same.
WHILE = 60 * 60
View = TypeVar("View", bound=Callable[..., Any])
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 the name of the field


def once(view: View) -> View:
    """Mark a page that is open to all, and on which nothing is to be done twice either."""
    view.once = True  # type: ignore[attr-defined]
    return view


class OnceMiddleware:
    """Stands last, so that only what was let through to one of our views is marked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        ours = getattr(view, "seen_by", "") == "signed in" or getattr(view, "once", False)
        if request.method != "POST" or not ours or TOKEN not in request.POST:
            return None
        mark = _mark(request)
        with transaction.atomic():
            if not cache.add(mark, "", WHILE):
                messages.info(request, _("It was saved already: nothing is done twice."))
                return HttpResponseRedirect(cache.get(mark) or request.path)
            response: HttpResponse = view(request, *args, **kwargs)
            if isinstance(response, HttpResponseRedirect):
                cache.set(mark, response.url, WHILE)
            else:  # a page that comes back may be sent again
                cache.delete(mark)
        return response


def _mark(request: HttpRequest) -> str:
    files = [
        (name, file.name, file.size) for name, several in request.FILES.lists() for file in several
    ]
    said = (request.user.pk, request.get_full_path(), sorted(request.POST.lists()), files)
    return f"once-{sha256(repr(said).encode()).hexdigest()}"
