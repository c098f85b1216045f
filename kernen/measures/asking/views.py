"""Where one figure is typed in, signed in or by a link, and where somebody is asked for it."""

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kernen.initiatives.frame import frame
from kernen.lib.access import public, signed_in
from kernen.lib.refusal import refusal
from kernen.parties.mailing.opening import opened
from kernen.parties.signing_in import me, reader
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, mark_of, sent
from kernen.ui.once import once

from ..fetching import charted_for, parts_for
from ..models import FiguresLink, Series
from . import actions, rules
from .forms import AskForm
from .pages import Entering

_LINKS: Any = FiguresLink.objects.select_related(
    "series__measure__initiative", "series__organisation", "person", "by"
)
WORKER = Path(__file__).parents[1] / "static" / "measures" / "entering_worker.js"
#: How often one visitor opens and sends by links; a phone that was offline looks in by itself.
RATES = {"figures_link": "120/m/ip"}


def _series(request: HttpRequest, pk: int) -> Series:
    found: Series = get_object_or_404(charted_for(reader(request)), pk=pk)
    return found


@signed_in
@keeps_typed
@never_cache
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """The figure that is due, made for a thumb; then the next one that is missing."""
    found = _series(request, pk)
    rules.give(me(request), found)
    if found.measure.events:
        return redirect("happened", pk)
    page = Entering(request, found, sent(request), whose=mark_of(request.user))
    if page.given(request, actions.give, series=found, by=me(request)):
        return redirect("enter", pk)
    return render(request, "measures/enter.html", {"entering": page, "series": found})


@public
def entering_worker(request: HttpRequest) -> HttpResponse:
    """The script that opens a form without a connection. It stands above all pages, so that each
    form can have it for its own address alone."""
    headers = {"Cache-Control": "no-cache"}
    return HttpResponse(WORKER.read_bytes(), content_type="text/javascript", headers=headers)


@public
@once
@never_cache
def figures_link(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever has the link from the e-mail: the figures of one series. Nobody is signed in."""
    found = _LINKS.filter(pk=pk).first()
    return opened(request, found, show=_by_link, refuse=_refused, rates=RATES)


def _refused(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "measures/figures_link.html", {"refused": why}, status=410)


def _by_link(request: HttpRequest, link: FiguresLink) -> HttpResponse:
    if closed := refusal(rules.opened, link):
        return _refused(request, closed)
    typed = request.POST if request.method == "POST" else None
    whose = salted_hmac("kernen.measures.asking", str(link.pk)).hexdigest()
    page = Entering(request, link.series, typed, whose=whose, limited=True)
    if page.given(request, actions.give_by_link, link=link):
        return redirect(f"{link.get_absolute_url()}?key={link.key}&thanks=1")
    return render(request, "measures/figures_link.html", {"entering": page, "link": link})


@signed_in
@keeps_typed
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask somebody by e-mail for the figures of the series from now on."""
    found = _series(request, pk)
    rules.may_ask(me(request), found)
    form = AskForm(sent(request), series=found)
    if request.method == "POST" and form.is_valid():
        link = done(form, actions.ask, series=found, by=me(request), **form.cleaned_data)
        if link:
            words = _("The question is on its way to %(who)s.")
            messages.success(request, words % {"who": link.to})
            return _back(found)
    context = frame(request, found.measure.initiative, tab="measures")
    context |= {"form": form, "series": found, "measure": found.measure}
    return render(request, "measures/ask_figures.html", context)


@signed_in
@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    link = actions.send_again(link=_link(request, pk), by=me(request))
    messages.success(request, _("The question to %(who)s is sent again.") % {"who": link.to})
    return _back(link.series)


@signed_in
def withdraw_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first: an e-mail that is out cannot be made to work again."""
    link = _link(request, pk)
    if request.method == "POST":
        actions.withdraw_link(link=link, by=me(request))
        messages.success(request, _("The question to %(who)s is withdrawn.") % {"who": link.to})
        return _back(link.series)
    rules.withdraw_link(me(request), link)
    context = frame(request, link.series.measure.initiative, tab="measures") | {
        "of": link.series,
        "title": _("Withdraw the link"),
        "what": _(
            "%(who)s can give no more figures by the link, and is asked for none. Figures that came"
            " by it stand. To ask again, send a new one."
        )
        % {"who": link.to},
        "back": f"{link.series.get_absolute_url()}#asked",
    }
    return render(request, "measures/withdraw.html", context)


def _link(request: HttpRequest, pk: int) -> FiguresLink:
    found: FiguresLink = get_object_or_404(parts_for(reader(request), FiguresLink), pk=pk)
    return found


def _back(series: Series) -> HttpResponse:
    return redirect(f"{series.get_absolute_url()}#asked")
