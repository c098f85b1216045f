"""What happens around every page: its language, and the way to sign in and back."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from .kept import keep, page_before


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
            said = _("You had been signed out. Sign in: what you typed then stands in the form.")
        else:
            said = _("You had been signed out, and nothing was saved. Sign in, and do it again.")
            back = page_before(request) or back
        messages.warning(request, said)
        return redirect_to_login(back)
