"""Decisions as anybody reads them afterwards: one, all of them, and those open to citizens."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kernen.lib.access import public, signed_in
from kernen.lib.printer import MISSING, printer
from kernen.lib.refusal import refusal
from kernen.lib.sheets import as_csv, as_xlsx
from kernen.parties.signing_in import me, reader
from kernen.ui.paper import download

from .. import actions, minutes, rules
from ..citizens import ForCitizens
from ..listing import WIDTHS, Listing
from ..models import Decision
from ..since import since
from ..told import tell

_WHOLE = Decision.objects.select_related(
    "initiative", "forum", "version", "by", "follows__forum", "follows__initiative"
)


@signed_in
def decisions(request: HttpRequest) -> HttpResponse:
    listing = Listing(request.GET)
    context = {"listing": listing, "page_obj": listing.page(), "sort": listing.sort}
    return render(request, "decisions/decisions.html", context)


@signed_in
def decisions_csv(request: HttpRequest) -> HttpResponseBase:
    return as_csv(Listing(request.GET).rows(request), _file_name())


@signed_in
def decisions_xlsx(request: HttpRequest) -> HttpResponseBase:
    rows = Listing(request.GET).rows(request)
    return as_xlsx(rows, _file_name(), title=_("Decisions"), widths=WIDTHS)


def _file_name() -> str:
    return f"kernen-decisions-{timezone.localdate():%Y-%m-%d}"


@signed_in
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    [told] = tell([get_object_or_404(_WHOLE, pk=pk)])
    found, person = told.decision, reader(request)
    context = {
        "told": told,
        "decision": found,
        "since": None if told.follower else since(found, person),
        "shown": Decision.objects.public().filter(pk=pk).exists(),
        "left_closed": Decision.objects.left_closed().filter(Q(pk=pk) | Q(follows=pk)).first(),
        "publish_refused": refusal(rules.publish, person, found),
        "again_refused": refusal(rules.look_again, person, found),
        "no_pdf": "" if printer() else MISSING,
    }
    return render(request, "decisions/decision.html", context)


@signed_in
def decision_minute(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The minute of one decision as PDF."""
    found = get_object_or_404(_WHOLE, pk=pk)
    address = request.build_absolute_uri(found.get_absolute_url())
    title = _("Decision %(title)s") % {"title": found.initiative.title}
    return download(minutes.minute_pdf([found], address), title, "pdf")


@signed_in
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the decision to everybody, or close it."""
    found = get_object_or_404(_WHOLE, pk=pk)
    shown = "shown" in request.POST
    actions.publish(decision=found, shown=shown, by=me(request))
    said = _("Everybody can read the decision now.") if shown else _("It is closed again.")
    messages.success(request, said)
    return redirect(found)


@public
def published(request: HttpRequest) -> HttpResponse:
    """The decisions that their fora let everybody read."""
    listing = Listing(request.GET, Decision.objects.public())
    context = {"listing": listing, "page_obj": listing.page()}
    return render(request, "decisions/published.html", context)


@public
def published_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """A decision as everybody reads it; not found unless its forum opened it."""
    whole = _WHOLE.filter(pk__in=Decision.objects.public().values("pk"))
    [told] = tell([get_object_or_404(whole, pk=pk)])
    context = {
        "told": told,
        "decision": told.decision,
        "citizens": ForCitizens(told.decision.version),
        "open": set(
            Decision.objects.public().filter(pk__in=told.beside).values_list("pk", flat=True)
        ),
    }
    return render(request, "decisions/published_decision.html", context)
