"""What looks alike: beside the form that registers, on an initiative's pages, and all of it."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kernen.lib.access import signed_in
from kernen.parties.models import Cluster
from kernen.parties.signing_in import me, reader
from kernen.ui.kept import page_before

from .. import rules
from ..frame import frame
from ..models import Answer, Initiative, Likeness
from . import actions
from .keep import is_compared
from .why import Pair, Place, only_words, pairs, typed_alike

PER_PAGE = 20
#: So many stand on the initiative's front page.
FIRST = 3
#: Fewer signs than this say nothing yet.
SHORTEST = 8


@signed_in
@require_POST
def alike(request: HttpRequest) -> HttpResponse:
    """What looks like the title and the problem that somebody types."""
    context = looking_alike(request.POST)
    return render(request, "initiatives/alike.html", context | {"part": True})


def looking_alike(data: Mapping[str, str]) -> dict[str, Any]:
    """What stands beside the form: nothing typed is kept."""
    text = f"{data.get('title', '').strip()}. {data.get('problem', '').strip()}".strip()
    here = Place(_numbers(data, "cluster"), _numbers(data, "organisations"))
    found = typed_alike(text, here) if len(text) >= SHORTEST else []
    return {"alike": found, "typed": len(text) >= SHORTEST, "only_words": only_words()}


def _numbers(data: Mapping[str, str], name: str) -> frozenset[int]:
    chosen = getattr(data, "getlist", list)(name)
    return frozenset(int(one) for one in chosen if one.isdecimal())


def first_pairs(initiative: Initiative, *, may: bool) -> list[Pair]:
    """The unresolved likenesses of an initiative for its front page; those that were proposed to
    be the same are for all to see, the others for whoever may say what they are."""
    waiting = Likeness.objects.around(initiative).unresolved().whole()
    shown = waiting if may else waiting.filter(answer=Answer.SAME)
    return pairs(shown[:FIRST], {initiative.pk} if may else set(), initiative)


@signed_in
def of_initiative(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that looks like one initiative, and what was said of it."""
    initiative = get_object_or_404(Initiative, pk=pk)
    context = frame(request, initiative)
    editable = set() if "edit" in context["refusals"] else {pk}
    found = Likeness.objects.around(initiative).whole()
    context |= {
        "pairs": pairs(found, editable, initiative),
        "answers": Answer.choices,
        "compared": is_compared(pk),
        "only_words": only_words(),
    }
    return render(request, "initiatives/likenesses_of_initiative.html", context)


@signed_in
def unresolved(request: HttpRequest) -> HttpResponse:
    return _unresolved(request, Likeness.objects.all())


@signed_in
def of_cluster(request: HttpRequest, pk: int) -> HttpResponse:
    cluster = get_object_or_404(Cluster, pk=pk)
    here = Likeness.objects.of(Initiative.objects.of_cluster(cluster).values("pk"))
    return _unresolved(request, here, cluster=cluster)


def _unresolved(request: HttpRequest, among: Any, **more: Any) -> HttpResponse:
    """Likenesses that nobody has answered, the most alike first, to be answered in place."""
    page = Paginator(among.unresolved().whole(), PER_PAGE).get_page(request.GET.get("page"))
    shown = {key for likeness in page for key in (likeness.one_id, likeness.other_id)}
    mine = rules.editable(reader(request)).filter(pk__in=shown)
    context = {
        "page_obj": page,
        "pairs": pairs(page, set(mine.values_list("pk", flat=True))),
        "answers": Answer.choices,
        "clusters": Cluster.objects.shown(),
        "only_words": only_words(),
        **more,
    }
    return render(request, "initiatives/likenesses.html", context)


@signed_in
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    likeness = get_object_or_404(Likeness.objects.select_related("one", "other"), pk=pk)
    own = request.POST.get("side") == str(likeness.other_id)
    side = likeness.other if own else likeness.one
    said = request.POST.get("answer", "")
    if said in Answer.values:
        actions.answer(likeness=likeness, side=side, answer=said, by=me(request))
        messages.success(request, _("Your answer stands, and both journals say so."))
    else:
        messages.error(request, _("Choose what the two have to do with each other."))
    return redirect(page_before(request) or side)
