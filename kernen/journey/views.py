"""Pages made of all the others: front, overview, an initiative, an organisation, a cluster."""

from datetime import timedelta
from tempfile import TemporaryFile
from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kernen.decisions import waiting_answers
from kernen.following.followers import follows, why_told
from kernen.following.shown import of_overview
from kernen.initiatives import rules, selection
from kernen.initiatives.frame import frame, ways_elsewhere, ways_on
from kernen.initiatives.likeness.views import first_pairs
from kernen.initiatives.models import Answer, Dimension, Initiative, LeadOffer, TeamMember
from kernen.initiatives.stages import Stage, failing
from kernen.lib.access import public, signed_in
from kernen.lib.refusal import refusal
from kernen.lib.shown_day import shown_day
from kernen.measures.fetching import series_for
from kernen.measures.pictures import chart_of
from kernen.parties import actions as parties
from kernen.parties import lineage
from kernen.parties.models import (
    Cluster,
    ClusterChange,
    Forum,
    Organisation,
    OrganisationRole,
    Reorganisation,
)
from kernen.parties.reorganising import rules as reorganising
from kernen.parties.signing_in import me, reader
from kernen.parties.upkeep import actions as upkeep
from kernen.parties.upkeep import rules as keeping
from kernen.parties.upkeep.forms import EndForm
from kernen.parties.upkeep.views import held_role
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, sent
from kernen.value import summary

from . import exports, paper, register
from . import overview as overviews
from .board import MOST_COUNTED, board
from .my_work import grouped, my_work
from .next_steps import next_steps
from .overview import Overview
from .reorganisation import effects

#: How many series an initiative's front page sums up; the tab shows them all.
FIRST_CHARTS = 5
#: So many of one's own initiatives stand on My work.
MINE = 10
#: Days for which a line of My work can rest.
DELAYS = {1: gettext_lazy("Tomorrow"), 7: gettext_lazy("In a week"), 30: gettext_lazy("In a month")}


@public
def front(request: HttpRequest) -> HttpResponse:
    """What waits for whoever is signed in; the overview where nothing does."""
    if request.user.is_authenticated:
        person = reader(request)
        return redirect("my_work" if person and my_work(person) else "overview")
    return render(request, "journey/welcome.html")


@signed_in
def my_work_page(request: HttpRequest) -> HttpResponse:
    person = me(request)
    lines = my_work(person)
    mine = Initiative.objects.filter(pk__in=person.teams.current().values("initiative"))
    context = {
        "groups": grouped(lines),
        "my_work_count": len(lines),
        "delays": DELAYS,
        "initiatives": mine.exclude(stage=Stage.STOPPED)[:MINE],
    }
    return render(request, "journey/my_work.html", context)


@signed_in
@require_POST
def put_off(request: HttpRequest) -> HttpResponse:
    """Let one line of My work rest for so many days."""
    person, days = me(request), request.POST.get("days", "")
    line = next((w for w in my_work(person) if w.key == request.POST.get("key")), None)
    if line and days.isdecimal() and int(days) in DELAYS:
        until = timezone.localdate() + timedelta(days=int(days))
        parties.put_off(key=line.key, until=until, by=person)
        said = _("You will be reminded on %(day)s.") % {"day": date_format(until, "DATE_FORMAT")}
        messages.success(request, said)
    return redirect("my_work")


@signed_in
def overview(request: HttpRequest) -> HttpResponse:
    part = overviews.is_part(request)
    chosen = QueryDict(selection.filled(request.GET))
    address = reverse("overview", query=chosen)
    if chosen != request.GET and not part:
        return redirect(address)
    request.GET = chosen
    asked = Overview(chosen)
    context = _as_board(asked) if request.GET.get("view") == "board" else _as_table(asked)
    context |= {
        "overview": asked,
        "filtered": bool(asked.chosen),
        "refused": refusal(rules.register, reader(request)),
        "part": part,
        **of_overview(reader(request), request.GET.urlencode()),
    }
    response = render(request, f"journey/overview.html{'#results' if part else ''}", context)
    response["HX-Push-Url"] = address
    return response


def _as_table(asked: Overview) -> dict[str, Any]:
    page = asked.page()
    return {"page_obj": page, "count": page.paginator.count, "more": page.paginator.more}


def _as_board(asked: Overview) -> dict[str, Any]:
    rows, count = board(asked.found, whole=not asked.chosen)
    more = bool(asked.chosen) and count > MOST_COUNTED
    return {"board": rows, "count": MOST_COUNTED if more else count, "more": more}


@signed_in
def overview_csv(request: HttpRequest) -> HttpResponseBase:
    return exports.csv(Overview(request.GET).found, request)


@signed_in
def overview_xlsx(request: HttpRequest) -> HttpResponseBase:
    return exports.xlsx(Overview(request.GET).found, request)


@signed_in
def initiative(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Initiative.objects.select_related("cluster"), pk=pk)
    context = frame(request, found, tab="initiative")
    missing = failing(found)
    goals = dict(found.goals.values_list("dimension", "words"))
    worth = summary.of(found)
    measures = list(found.measures.prefetch_related(series_for(reader(request))))
    team = list(found.team.shown().select_related("person"))
    charts = [chart_of(series) for measure in measures for series in measure.seen]
    context |= {
        "moved_from": found.cluster if found.cluster not in [*found.places, None] else None,
        "ways": ways_on(found, missing),
        "why_told": why_told(reader(request), found),
        "lesson": _lesson(found),
        "ways_elsewhere": ways_elsewhere(found),
        "no_page_yet": rules.NO_PAGE_YET,
        "worth": worth,
        "next_steps": next_steps(found, missing, measures, worth.gaps),
        "charts": [charted for charted in charts if charted.chart.result][:FIRST_CHARTS],
        "goals": [
            {
                "label": dimension.label,
                "words": goals.get(dimension, ""),
                "measures": [m for m in measures if m.dimension == dimension],
            }
            for dimension in Dimension
        ],
        "question": found.idle_questions.open().first(),
        "offer": found.lead_offers.filter(answer="").select_related("to", "by").first(),
        "team": team,
        "has_lead": any(member.role == TeamMember.Role.LEAD for member in team),
        "links": found.links.select_related("other"),
        "linked_from": found.linked_from.select_related("initiative"),
        "entries": found.journal.seen_by(reader(request)).select_related("by")[:5],
        "pairs": first_pairs(found, may="edit" not in context["refusals"]),
        "answers": Answer.choices,
    }
    return render(request, "journey/initiative.html", context)


@signed_in
def initiative_pdf(request: HttpRequest, pk: int) -> FileResponse:
    found = get_object_or_404(Initiative.objects.select_related("cluster"), pk=pk)
    return paper.as_pdf(found, request)


@signed_in
def initiative_docx(request: HttpRequest, pk: int) -> FileResponse:
    found = get_object_or_404(Initiative.objects.select_related("cluster"), pk=pk)
    return paper.as_docx(found, request)


def _lesson(initiative: Initiative) -> Any:
    """The journal's entry of the stop, with what was learned; None while the initiative lives."""
    if initiative.stage != Stage.STOPPED:
        return None
    return initiative.journal.filter(verb="stop").select_related("by").first()


def _page(request: HttpRequest, initiatives: Any) -> Any:
    return overviews.page(initiatives.values_list("pk", flat=True), request.GET.get("page"))


@signed_in
def export_page(request: HttpRequest) -> HttpResponse:
    """For administrators: the whole register as one file, and what is in it."""
    register.export(me(request))
    return render(request, "journey/export.html", {"tables": register.described()})


@signed_in
def export_package(request: HttpRequest) -> FileResponse:
    register.export(me(request))
    file = TemporaryFile()  # noqa: SIM115 the response closes it
    register.write(file)
    file.seek(0)
    name = f"kernen-{timezone.localdate():%Y-%m-%d}.zip"
    return FileResponse(file, as_attachment=True, filename=name)


@signed_in
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Organisation, pk=pk)
    day = found.nearest(shown_day())
    context = {
        "organisation": found,
        "memberships": found.memberships.select_related("cluster").order_by("-start"),
        "continues": found.begun_in.select_related("reorganisation").prefetch_related("replaces"),
        "goes_on": found.replaced_in.exclude(organisation=None).select_related(
            "reorganisation", "organisation"
        ),
        "may_keep": refusal(keeping.keep, reader(request), found) is None,
        "seats": found.seats.on(day).select_related("forum"),
        "roles": OrganisationRole.objects.on(day)
        .filter(organisation__in=lineage.organisations().of(pk, day))
        .select_related("person")
        .order_by("person"),
        "initiatives": _page(
            request,
            Initiative.objects.of_organisation(found),
        ),
        "asked": waiting_answers.of_organisation(found),
    }
    return render(request, "journey/organisation.html", context)


@signed_in
@keeps_typed
def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave an organisation, or end a role in it; told which initiatives the person leads there."""
    held, by = held_role(pk), me(request)
    form, own = EndForm(sent(request), held=held), held.person == by
    posted = request.method == "POST" and form.is_valid()
    if posted and done(form, upkeep.end_role, held=held, by=by, **form.cleaned_data):
        messages.success(request, _("It is saved. What was done stays readable."))
        return redirect("account") if own else redirect("people", held.organisation_id)
    led = Initiative.objects.led_by(held.person).of_organisation(held.organisation)
    context = {
        "held": held,
        "own": own,
        "form": form,
        "refused": refusal(keeping.end_role, by, held, timezone.localdate()),
        "led": led.exclude(stage=Stage.STOPPED),
        "offers": LeadOffer.objects.filter(to=held.person, answer="").select_related("initiative"),
    }
    return render(request, "journey/end_role.html", context)


@signed_in
def reorganisation(request: HttpRequest, pk: int) -> HttpResponse:
    """A change of structure, and what it moves."""
    found = get_object_or_404(Reorganisation, pk=pk)
    parts = list(found.cluster_changes.prefetch_related("replaces", "members"))
    merges = list(found.organisation_changes.prefetch_related("replaces"))
    person = reader(request)
    context = {
        "reorganisation": found,
        "parts": parts,
        "merges": merges,
        "effects": effects(found, parts, merges),
        "entries": found.entries.select_related("by"),
        "alter_refused": refusal(reorganising.alter, person, found),
        "confirm_refused": refusal(reorganising.confirm, person, found),
        "take_back_refused": refusal(reorganising.take_back, person, found),
        "take_up_refused": refusal(reorganising.prepare, person),
    }
    return render(request, "journey/reorganisation.html", context)


@signed_in
def cluster(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Cluster, pk=pk)
    day = found.nearest(shown_day())
    context = {
        "cluster": found,
        "follows": follows(reader(request), found),
        "memberships": found.memberships.select_related("organisation").order_by(
            F("end").asc(nulls_first=True), "organisation__sector", "organisation"
        ),
        "replaced_in": found.replaced_in.exclude(cluster=None).select_related(
            "reorganisation", "cluster"
        ),
        "begun_in": ClusterChange.objects.filter(cluster=found, replaces__isnull=False)
        .select_related("reorganisation")
        .prefetch_related("replaces")
        .first(),
        "fora": Forum.objects.on(day).filter(cluster__in=lineage.clusters().of(pk, day)),
        "initiatives": _page(request, Initiative.objects.of_cluster(found)),
    }
    return render(request, "journey/cluster.html", context)
