"""Where a practice closes its figures and opens them again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kernen.lib.access import signed_in
from kernen.parties.signing_in import me

from ..models import Series
from . import actions


@signed_in
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the figures or, where that was pressed, open them again."""
    found = get_object_or_404(Series.objects.seen_by(me(request)), pk=pk)
    if "open" in request.POST:
        actions.open_again(series=found, by=me(request))
        messages.success(request, _("The figures are open to everybody who is signed in again."))
    else:
        actions.close(series=found, by=me(request))
        messages.success(request, _("The figures are closed: only your own people find them now."))
    return redirect(f"{found.get_absolute_url()}#closed")
