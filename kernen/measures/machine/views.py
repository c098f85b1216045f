"""The page on which tokens are kept, and which explains what they open."""

import json
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from kernen.initiatives.frame import frame
from kernen.lib.access import signed_in
from kernen.lib.periods import normalise
from kernen.parties.models import Person
from kernen.parties.signing_in import me, reader
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, sent

from ..fetching import charted_for
from ..models import Measure, Series, Token
from . import actions, rules
from .forms import TokenForm
from .sent import fields_of

#: In it the browser carries a new secret to the page that tells it: the server keeps it nowhere.
NEW = "new_token"
EXAMPLES = {"value": 27.5, "numerator": 128, "denominator": 133, "size": 40, "spread": 4.2}


@signed_in
@never_cache
@keeps_typed
def series_tokens(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(charted_for(reader(request)), pk=pk)
    return _page(request, found, found.measure, TokenForm(sent(request)))


@signed_in
@never_cache
@keeps_typed
def measure_tokens(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Measure.objects.select_related("initiative__cluster"), pk=pk)
    return _page(request, found, found, TokenForm(sent(request)))


def _page(
    request: HttpRequest, of: Measure | Series, measure: Measure, form: TokenForm
) -> HttpResponse:
    rules.keep(me(request), of)
    if request.method == "POST" and form.is_valid():
        made = done(form, actions.make_token, of=of, by=me(request), **form.cleaned_data)
        if made:
            return _carried(redirect(request.path), request, made[1])
    context = frame(request, measure.initiative, tab="measures") | {
        "of": of,
        "measure": measure,
        "form": form,
        "tokens": of.tokens.select_related("by", "revoked_by"),
        "secret": request.get_signed_cookie(NEW, "", salt=request.path, max_age=60),
        "example": _example(of, measure, me(request)),
        "fields": fields_of(measure),
    }
    response = render(request, "measures/tokens.html", context)
    response.delete_cookie(NEW, path=request.path)
    return response


def _carried(response: HttpResponse, request: HttpRequest, secret: str) -> HttpResponse:
    response.set_signed_cookie(
        NEW,
        secret,
        salt=request.path,
        path=request.path,
        max_age=60,
        httponly=True,
        secure=request.is_secure(),
        samesite="Strict",
    )
    return response


def _example(of: Measure | Series, measure: Measure, person: Person) -> dict[str, str]:
    """The address and a body that fit what the token is bound to, and its first place."""
    seen = Series.objects.seen_by(person).filter(measure=measure)
    at = of if isinstance(of, Series) else seen.select_related("organisation").first()
    name = "api_points" if isinstance(of, Series) else "api_measure_points"
    before = normalise(timezone.localdate(), measure.frequency) - timedelta(days=1)
    point: dict[str, Any] = {"period": normalise(before, measure.frequency).isoformat()}
    if isinstance(of, Measure):
        point |= {"organisation": at.organisation.name, "place": at.place} if at else {}
    point |= {name: EXAMPLES[name] for name in fields_of(measure)}
    if measure.events:
        point["size"] = 1
    body: dict[str, Any] = {"points": [point]}
    if at and at.points.filter(period=point["period"]).exists():
        body["reason"] = _("Registered late")
    return {
        "address": settings.SITE + reverse(name, args=[of.pk]),
        "body": json.dumps(body, ensure_ascii=False),
        "key": point["period"],
    }


@signed_in
def withdraw_token(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first: whoever has the secret would have to be given another."""
    every = Token.objects.select_related(
        "by", "series__measure__initiative", "series__organisation", "measure__initiative"
    )
    found: Token = get_object_or_404(every, pk=pk)
    if request.method == "POST":
        actions.withdraw_token(token=found, by=me(request))
        messages.success(request, _("The token “%(name)s” is withdrawn.") % {"name": found})
        return redirect(found)
    rules.withdraw(me(request), found)
    context = frame(request, found.initiative, tab="measures") | {
        "of": found.of,
        "title": _("Withdraw the token “%(name)s”") % {"name": found},
        "what": _(
            "The system that uses it gives no more figures from now on. Those that came by it"
            " stand. To let it in again, make a new token and put it in there."
        ),
        "back": found.get_absolute_url(),
    }
    return render(request, "measures/withdraw.html", context)
