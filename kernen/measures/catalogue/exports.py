"""The catalogue, and who measures what, as files."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kernen.lib.sheets import as_csv, as_xlsx

from .finding import Shared
from .saying import LABELS, facts

WIDTHS = (40, 8, 30, 12, 12, 14, 16, *(30,) * len(LABELS), 14, 40)


def catalogue(rows: Iterable[Shared], request: HttpRequest, kind: str) -> HttpResponseBase:
    name = "-".join(["kernen", _("catalogue"), f"{timezone.localdate():%Y-%m-%d}"])
    if kind == "csv":
        return as_csv(_rows(rows, request), name)
    return as_xlsx(_rows(rows, request), name, title=_("Catalogue"), widths=WIDTHS)


def _rows(rows: Iterable[Shared], request: HttpRequest) -> Iterator[list[Any]]:
    """The headings, then a row a shared measure as its newest version says."""
    yield [
        _("Name"), _("Version"), _("Owner"), _("Initiatives"), _("Places"),
        _("Minutes a week at each place"), _("Minutes a week in all"),
        *map(str, LABELS.values()), _("Withdrawn"), _("Address"),
    ]  # fmt: skip
    for one in rows:
        version, shared = one.version, one.version.shared
        said = {str(fact.label): fact.text for fact in facts(version)}
        yield [
            shared.name, version.number, str(shared.owner), one.initiatives, one.places,
            version.burden, one.burden,
            *(said.get(str(label), "") for label in LABELS.values()),
            timezone.localtime(shared.withdrawn_at).date() if shared.withdrawn_at else None,
            request.build_absolute_uri(reverse("shared_measure", args=[shared.pk])),
        ]  # fmt: skip
