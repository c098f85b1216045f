"""The grid: every series of an initiative, a cluster or the region as one line."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernen.initiatives import selection
from kernen.lib.access import signed_in
from kernen.lib.sheets import as_csv, as_xlsx
from kernen.parties.signing_in import reader

from ..overview import is_part
from . import sheet
from .asked import Grid


@signed_in
def grid(request: HttpRequest) -> HttpResponse:
    part = is_part(request)
    chosen = QueryDict(selection.filled(request.GET))
    address = reverse("grid", query=chosen)
    if chosen != request.GET and not part:
        return redirect(address)
    request.GET = chosen
    asked = Grid(chosen, reader(request))
    page = asked.page()
    context = {"grid": asked, "page_obj": page, "count": page.paginator.count, "part": part}
    response = render(request, f"journey/grid.html{'#results' if part else ''}", context)
    response["HX-Push-Url"] = address
    return response


@signed_in
def grid_csv(request: HttpRequest) -> HttpResponseBase:
    return as_csv(sheet.lines(Grid(request.GET, reader(request)), request), sheet.name())


@signed_in
def grid_xlsx(request: HttpRequest) -> HttpResponseBase:
    lines = sheet.lines(Grid(request.GET, reader(request)), request)
    return as_xlsx(lines, sheet.name(), title=_("Measures"), widths=sheet.WIDTHS)
