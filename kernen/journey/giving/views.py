"""The page of what an organisation owes in figures and what it gives."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernen.initiatives import selection
from kernen.lib.access import signed_in
from kernen.lib.sheets import as_csv, as_xlsx
from kernen.measures.owed import GRACE
from kernen.measures.quality.record import LATEST
from kernen.parties.models import Organisation
from kernen.parties.signing_in import reader

from ..overview import is_part
from . import sheet
from .asked import Giving


def _asked(request: HttpRequest, pk: int, query: QueryDict) -> Giving:
    return Giving(get_object_or_404(Organisation, pk=pk), query, reader(request))


@signed_in
def giving(request: HttpRequest, pk: int) -> HttpResponse:
    part = is_part(request)
    chosen = QueryDict(selection.filled(request.GET))
    address = reverse("giving", args=[pk], query=chosen)
    if chosen != request.GET and not part:
        return redirect(address)
    request.GET = chosen
    asked = _asked(request, pk, chosen)
    page = asked.page()
    context = {"giving": asked, "organisation": asked.organisation, "page_obj": page, "part": part}
    context |= {"count": page.paginator.count, "grace": GRACE, "latest": LATEST}
    response = render(request, f"journey/giving.html{'#results' if part else ''}", context)
    response["HX-Push-Url"] = address
    return response


@signed_in
def giving_file(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    asked = _asked(request, pk, request.GET)
    if kind == "csv":
        return as_csv(list(sheet.lines(asked, request)), sheet.name(asked))
    return as_xlsx(
        sheet.lines(asked, request), sheet.name(asked), title=_("Figures"), widths=sheet.WIDTHS
    )
