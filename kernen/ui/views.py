"""The gallery of all parts, and the pages that say no."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kernen.lib.access import public

from .gallery import PARTS, sample
from .kept import KEPT, from_ourselves, keep


@public
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/gallery.html", {"parts": PARTS, **sample()})


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 with the rule's own sentence as the reason."""
    reason = str(exception or "") or _("You may not see this page or do this.")
    return render(request, "403.html", {"reason": reason}, status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that has been open for too long is shown again; 403 if it may not be our own."""
    found = request.resolver_match
    if found and from_ourselves(request) and keep(request, found.func):
        if not request.user.is_authenticated:
            messages.warning(request, KEPT)
        return redirect(request.path)
    said = _("The page had been open too long, so what you sent was not accepted.")
    return render(request, "403.html", {"reason": said, "go_back": True}, status=403)
