"""The page that a mailed link opens: for whoever has its key, without signing in."""

from collections.abc import Callable
from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _


def opened(
    request: HttpRequest,
    found: Any,
    *,
    show: Callable[[HttpRequest, Any], HttpResponse],
    refuse: Callable[[HttpRequest, str], HttpResponse],
    rates: dict[str, str],
) -> HttpResponse:
    """The page of the link `found`, in its language unless the visitor has chosen one. `rates` say
    how often one visitor opens and sends by such links: enough for a person, too few to guess.

    Whether there is such a link is not told to whoever has no key of it: 404 for both."""
    limits = {"app": "kernen", "action": next(iter(rates)), "config": rates, "limit_get": True}
    if not ratelimit.consume(request, **limits):
        return ratelimit.respond_429(request)
    if found is None or not constant_time_compare(request.GET.get("key", ""), found.key):
        told = _("The link is not whole: copy it from the e-mail once more, or answer the e-mail.")
        response = refuse(request, told)
        response.status_code = 404
        return _private(response)
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    language = chosen if chosen in dict(settings.LANGUAGES) else found.language
    with translation.override(language):
        response = _private(show(request, found))
    response.headers["Content-Language"] = language
    return response


def _private(response: HttpResponse) -> HttpResponse:
    """The address holds the key: no page that is gone to is told of it. (With `no-referrer` a
    browser would hide where the form comes from too, and the form would be refused.)"""
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
