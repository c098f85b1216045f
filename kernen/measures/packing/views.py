"""Everything that is held of a measure, or of all measures of an initiative, as one file."""

from tempfile import TemporaryFile

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kernen.initiatives.models import Initiative
from kernen.lib.access import signed_in
from kernen.lib.packages import pack
from kernen.parties.signing_in import reader

from ..models import Measure
from .tables import tables


@signed_in
def measure_package(request: HttpRequest, pk: int) -> FileResponse:
    found = get_object_or_404(Measure.objects.select_related("initiative"), pk=pk)
    return _package(request, Measure.objects.filter(pk=pk), str(found))


@signed_in
def measures_package(request: HttpRequest, pk: int) -> FileResponse:
    found = get_object_or_404(Initiative, pk=pk)
    return _package(request, Measure.objects.filter(initiative=pk), found.title)


def _package(request: HttpRequest, measures: QuerySet[Measure], title: str) -> FileResponse:
    file = TemporaryFile()  # noqa: SIM115 the response closes it
    said = _("Figures with all that was said of them, as %(person)s may see them.")
    pack(
        file,
        tables(measures, reader(request)),
        name="kernen",
        title=title,
        description=said % {"person": reader(request) or request.user},
    )
    file.seek(0)
    name = slugify(title, allow_unicode=True)[:80] or "kernen"
    return FileResponse(file, as_attachment=True, filename=f"{name}.zip")
