"""Rare events one by one: entered on a phone, corrected with a reason."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kernen.initiatives.frame import frame
from kernen.lib.access import signed_in
from kernen.parties.signing_in import me, reader
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, sent

from ..fetching import charted_for, parts_for
from ..models import Point, Series
from ..rules import may
from . import actions
from .forms import CorrectForm, HappenedForm


@signed_in
@keeps_typed
def happened(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(charted_for(reader(request)), pk=pk)
    if not found.measure.events:
        return redirect(found)
    form = HappenedForm(sent(request))
    posted = request.method == "POST" and form.is_valid()
    if posted and done(form, actions.happened, series=found, by=me(request), **form.cleaned_data):
        messages.success(request, _("It is entered, and the days are counted anew."))
        return redirect(found)
    return _page(request, found, form, title=_("It happened again"), submit=_("Enter it"))


@signed_in
@keeps_typed
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Move an event to the day on which it happened, or take it back."""
    found = get_object_or_404(parts_for(reader(request), Point), pk=pk)
    if not found.series.measure.events:
        return redirect(found.series)
    form = CorrectForm(sent(request))
    if request.method == "POST" and form.is_valid() and _corrected(request, form, found):
        return redirect(found.series)
    title = _("Correct the event on %(day)s") % {"day": date_format(found.period, "DATE_FORMAT")}
    return _page(request, found.series, form, title=title, submit=_("Save"))


def _corrected(request: HttpRequest, form: CorrectForm, point: Point) -> bool:
    """Whether it went well; what went wrong is said on the form."""
    on, reason = form.cleaned_data["on"], form.cleaned_data["reason"]
    if on:
        done(form, actions.move, point=point, on=on, reason=reason, by=me(request))
        said = _("The event is moved, and the days are counted anew.")
    else:
        done(form, actions.take_back, point=point, reason=reason, by=me(request))
        said = _("The event is taken back, and the days are counted anew.")
    if form.is_valid():
        messages.success(request, said)
    return form.is_valid()


def _page(request: HttpRequest, series: Series, form: object, **said: str) -> HttpResponse:
    initiative = series.measure.initiative
    may(me(request), series, "load")
    context = frame(request, initiative, tab="measures")
    context |= {"form": form, "back": series.get_absolute_url(), **said}
    return render(request, "initiatives/edit.html", context)
