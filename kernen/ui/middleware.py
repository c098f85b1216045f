"""What happens around every page: its language, its day, and the way to sign in and back."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from kernen.lib.shown_day import showing

from .kept import KEPT, keep, page_before


class ChosenLanguageMiddleware:
    """Reads the visitor's choice from the language cookie, and never the browser's wishes:
    a colleague who is sent an address should meet the page that the sender saw."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        return response


class SignedInMiddleware(LoginRequiredMiddleware):
    """Leads a visitor to sign in and back again; what was typed meanwhile is kept."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        back = request.get_full_path()
        if keep(request, view_func):
            said = str(KEPT)
        else:
            said = _("You had been signed out, and nothing was saved. Sign in, and do it again.")
            back = page_before(request) or back
        messages.warning(request, said)
        return redirect_to_login(back)


class ShownDayMiddleware:
    """`/on/2027-01-15/…` is a page with the structure of that day, and so is every page that it
    leads to: the day belongs to each address that is made meanwhile. `?on=` chooses the day."""

    ON = re.compile(r"/on/(\d{4}-\d\d-\d\d)(?=/)")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found = self.ON.match(request.path_info)
        day = _day(found[1]) if found else None
        bare = request.path_info[found.end() :] if found and day else request.path_info
        if request.method == "GET" and "on" in request.GET:
            return HttpResponseRedirect(_at(bare, _asked(request, day), request))
        if day is None:
            return self.get_response(request)
        if day == date.today() and request.method == "GET":
            return HttpResponseRedirect(_at(bare, None, request))
        prefix = get_script_prefix()
        set_script_prefix(f"{prefix}on/{day}/")
        request.path_info = bare
        try:
            # What is written is a matter of today, whichever day the page showed.
            with showing(day if request.method in ("GET", "HEAD") else None):
                return self.get_response(request)
        finally:
            set_script_prefix(prefix)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _asked(request: HttpRequest, day: date | None) -> date | None:
    """The day that the visitor asks for; what is no day changes nothing, and says so."""
    try:
        asked: date | None = forms.DateField(required=False).clean(request.GET["on"])
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return day
    return asked


def _at(path: str, day: date | None, request: HttpRequest) -> str:
    """The address of a page on the day; today's own if there is none."""
    query = request.GET.copy()
    query.pop("on", None)
    on = f"on/{day}/" if day and day != date.today() else ""
    asked = f"?{query.urlencode()}" if query else ""
    return f"{get_script_prefix()}{on}{path.lstrip('/')}{asked}"
