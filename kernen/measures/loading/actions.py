"""The verb of remembering how files of one shape are to be read."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from kernen.parties.models import Person

from .. import rules
from ..models import Series, Shape


@transaction.atomic
def remember(
    *,
    series: Series,
    headings: str,
    sheet: str,
    across: bool,
    columns: Mapping[str, int],
    place: str,
    shared: bool,
    by: Person,
) -> Shape:
    """Read files with these headings so from now on, at all series of the organisation if they are
    `shared`: where each has columns of its own, one ward's are not another's."""
    series = Series.objects.locked(series)
    rules.may(by, series, "load")
    there: dict[str, Any] = {"measure": series.measure, "organisation": series.organisation}
    shape = Shape.objects.filter(**there, headings=headings).first()
    shape = shape or Shape(**there, headings=headings)
    shape.across, shape.by, shape.at = across, by, timezone.now()
    shape.columns = dict(columns) if shared else {}
    own = {"sheet": sheet, "place": place, "columns": dict(columns)}
    shape.own = shape.own | {str(series.pk): own}
    shape.full_clean()
    shape.save()
    return shape
