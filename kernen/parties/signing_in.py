"""Who can come in: by e-mail and password; in a demonstration also by one click on a person."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kernen.lib.access import public
from kernen.lib.refusal import Refused

from .models import Person


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People are let in by their organisation's coordinator, never by themselves."""
        return False


def demo_people() -> list[Person]:
    """Those one can sign in as with one click; nobody outside a demonstration."""
    if not settings.DEMO:
        return []
    people = Person.objects.filter(made_up=True, user__is_active=True).order_by("pk")
    return list(people.prefetch_related("organisations"))


@public
@require_POST
def sign_in_as(request: HttpRequest, person_id: int) -> HttpResponse:
    person = get_object_or_404(Person, pk=person_id, made_up=True, user__is_active=True)
    login(request, person.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.set_expiry(0)  # as after a password: until the browser is closed
    messages.success(request, _("You are signed in as %(name)s.") % {"name": person.name})
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return redirect(wanted if ours else "front")


demo_urls = [path("demo/sign-in/<int:person_id>/", sign_in_as, name="demo_sign_in")]


def reader(request: HttpRequest) -> Person | None:
    """The person who is signed in; None for a user without one, such as a new administrator."""
    return getattr(request.user, "person", None)


def me(request: HttpRequest) -> Person:
    """The person who is signed in and acts."""
    person = reader(request)
    if person is None:
        raise Refused(gettext_lazy("Your sign-in belongs to no person yet: ask an administrator."))
    return person
