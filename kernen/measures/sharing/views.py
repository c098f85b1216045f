"""A series as files, and its chart on other pages."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.crypto import constant_time_compare
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kernen.lib.access import public, signed_in
from kernen.parties.signing_in import me, reader

from ..fetching import charted_for
from ..pictures import Charted, chart_of, looked_at
from . import actions, files


@signed_in
def series_file(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """What is looked at, as figures or as the chart with its sentence, to keep or for a slide."""
    found = get_object_or_404(charted_for(reader(request)), pk=pk)
    charted = looked_at(found, request.GET)
    if kind in ("csv", "xlsx"):
        return files.figures(charted, kind)
    response = _picture(charted, kind)
    name = f"{files.name_of(charted.series)}.{kind}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


@public
def embedded(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """For whoever has the address, as long as the team lets the chart be shown elsewhere."""
    found = get_object_or_404(charted_for(None), pk=pk, embedded_at__isnull=False)
    if not constant_time_compare(request.GET.get("key", ""), files.key_of(found)):
        raise Http404
    with translation.override(settings.LANGUAGE_CODE):
        response = _picture(chart_of(found), kind)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_cache_control(response, public=True, max_age=600)
    return response


def _picture(charted: Charted, kind: str) -> HttpResponse:
    if not charted.chart.result:
        raise Http404
    response = files.picture(charted, kind)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@signed_in
@require_POST
def embed(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the address of the chart or, where that was pressed, close it."""
    found = get_object_or_404(charted_for(me(request)), pk=pk)
    if "stop" in request.POST:
        actions.unembed(series=found, by=me(request))
        messages.success(request, _("The chart is no longer shown on other pages."))
    else:
        actions.embed(series=found, by=me(request))
        messages.success(request, _("The chart has an address for other pages now."))
    return redirect(f"{found.get_absolute_url()}#embedded")
