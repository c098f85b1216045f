"""Following, the inbox, saved views and the digest: each person's own."""

from typing import Any

from django.contrib import messages
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kernen.initiatives.models import Initiative
from kernen.initiatives.selection import Selection, plain
from kernen.lib import heartbeat
from kernen.lib.access import public, signed_in
from kernen.parties.models import Cluster
from kernen.parties.signing_in import me
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, page_before, sent

from . import actions, digests
from .forms import DigestForm, ViewForm
from .inbox import groups
from .models import DigestChoice, Notice


def _followed(request: HttpRequest, thing: Any, back: str) -> HttpResponse:
    """Follow the thing or, where that was pressed, follow it no longer."""
    if "stop" in request.POST:
        actions.unfollow(thing=thing, by=me(request))
        messages.success(request, _("You are no longer told of “%(name)s”.") % {"name": thing})
    else:
        actions.follow(thing=thing, by=me(request))
        messages.success(request, _("You follow “%(name)s”.") % {"name": thing})
    return redirect(back)


@signed_in
@require_POST
def follow_initiative(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Initiative, pk=pk)
    return _followed(request, found, found.get_absolute_url())


@signed_in
@require_POST
def follow_cluster(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Cluster, pk=pk)
    return _followed(request, found, found.get_absolute_url())


@signed_in
@require_POST
def follow_view(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(me(request).saved_views, pk=pk)
    return _followed(request, found, page_before(request) or found.get_absolute_url())


@signed_in
@keeps_typed
def saved_views(request: HttpRequest) -> HttpResponse:
    """One's own views, and the form for a new one of what `query` in the address asks for."""
    person, query = me(request), plain(request.GET.get("query", ""))
    form = ViewForm(sent(request))
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        made = done(form, actions.save_view, name=name, query=query, by=person)
        if made:
            messages.success(request, _("“%(name)s” stands above the overview.") % {"name": made})
            return redirect(made)
    context = {
        "form": form,
        "query": query,
        "filtered": bool(Selection(query).chosen),
        "views": person.saved_views.prefetch_related("follows"),
    }
    return render(request, "following/saved_views.html", context)


@signed_in
@keeps_typed
def rename_view(request: HttpRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(me(request).saved_views, pk=pk)
    form = ViewForm(sent(request), initial={"name": view.name})
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        if done(form, actions.rename_view, view=view, name=name, by=me(request)):
            return redirect("saved_views")
    return render(request, "following/rename_view.html", {"form": form, "view": view})


@signed_in
@require_POST
def move_view(request: HttpRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(me(request).saved_views, pk=pk)
    actions.move_view(view=view, up="up" in request.POST, by=me(request))
    return redirect("saved_views")


@signed_in
@require_POST
def delete_view(request: HttpRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(me(request).saved_views, pk=pk)
    actions.delete_view(view=view, by=me(request))
    messages.success(request, _("“%(name)s” is deleted.") % {"name": view.name})
    return redirect("saved_views")


@signed_in
def inbox(request: HttpRequest) -> HttpResponse:
    everything = request.GET.get("show") == "all"
    person = me(request)
    until = person.notices.aggregate(last=Max("pk"))["last"] or 0  # before they are fetched
    shown = groups(person, only_unread=not everything, page=request.GET.get("page"))
    context = {"page_obj": shown, "everything": everything, "until": until}
    return render(request, "following/inbox.html", context)


@signed_in
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark as read: one notice, those of one initiative, or all; never what came after the page
    was made, and was not seen on it."""
    until = request.POST.get("until", "")
    notices = Notice.objects.filter(person=me(request), pk__lte=until if until.isdecimal() else 0)
    for name, field in (("notice", "pk"), ("initiative", "entry__initiative")):
        if (number := request.POST.get(name, "")).isdecimal():
            notices = notices.filter(**{field: number})
    actions.read(notices=notices, by=me(request))
    return redirect(page_before(request) or reverse("inbox"))


@signed_in
@require_POST
def unread(request: HttpRequest, pk: int) -> HttpResponse:
    notice = get_object_or_404(Notice, pk=pk, person=me(request))
    actions.unread(notice=notice, by=me(request))
    return redirect(page_before(request) or reverse("inbox"))


@signed_in
@keeps_typed
def digest(request: HttpRequest) -> HttpResponse:
    person = me(request)
    choice = DigestChoice.objects.filter(person=person).first() or DigestChoice(person=person)
    form = DigestForm(sent(request), instance=choice)
    if request.method == "POST" and form.is_valid():
        actions.choose_digest(person=person, by=person, **form.cleaned_data)
        messages.success(request, _("Your choice is saved."))
        return redirect("digest")
    quiet = heartbeat.last() is None
    return render(request, "following/digest.html", {"form": form, "no_worker": quiet})


@public
@csrf_exempt
def digest_stop(request: HttpRequest) -> HttpResponse:
    """Where a mail's own sign-out leads: pressed here, or by the mail program (RFC 8058)."""
    person = digests.person_of(request.GET.get("key", ""))
    stopped = person is not None and request.method == "POST"
    if person and stopped:
        actions.choose_digest(person=person, frequency=digests.Frequency.NEVER, by=person)
    context = {"person": person, "stopped": stopped}
    return render(request, "following/digest_stop.html", context)
