"""What the grid says of a series, in the active language."""

from datetime import date
from typing import Any

from django.utils.formats import get_format
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import npgettext

from kernen.lib.periods import label
from kernen.measures.charts.numbers import Numbers
from kernen.measures.charts.signs import ASSURANCE_NAMES, VARIATION_NAMES
from kernen.measures.charts.spark import spark
from kernen.measures.models import Series


class Row:
    """A standing, with what it lacks, in words."""

    def __init__(self, standing: Any):
        self.standing = standing

    @property
    def series(self) -> Series:
        series: Series = self.standing.series
        return series

    @cached_property
    def _numbers(self) -> Numbers:
        marks = (get_format("DECIMAL_SEPARATOR"), get_format("THOUSAND_SEPARATOR"))
        return Numbers(self.series.measure.unit_said, self.standing.decimals, *marks)

    @property
    def spark(self) -> SafeString:
        drawn = self.standing.spark
        return spark(drawn["values"], self.standing.median, drawn["since"])

    @property
    def latest(self) -> str:
        return self._quantity(self.standing.latest)

    @property
    def period(self) -> str:
        start: date | None = self.standing.latest_period
        return label(start, self.series.measure.frequency) if start else ""

    @property
    def median(self) -> str:
        return self._quantity(self.standing.median)

    @property
    def goal(self) -> str:
        goal = self.series.measure.goal_plain
        return "" if goal is None else self._quantity(float(goal))

    @property
    def variation(self) -> str:
        return str(VARIATION_NAMES[self.standing.variation])

    @property
    def assurance(self) -> str:
        return str(ASSURANCE_NAMES.get(self.standing.assurance, ""))

    @property
    def empty(self) -> str:
        gaps = self.standing.gaps
        words = npgettext("periods", "%(count)s empty", "%(count)s empty", gaps)
        return words % {"count": gaps} if gaps else ""

    @property
    def overdue(self) -> str:
        if self.standing.lapsed:
            return _("none for a year")
        due = self.standing.overdue
        words = npgettext("periods", "%(count)s due", "%(count)s due", due)
        return words % {"count": due} if due else ""

    def _quantity(self, value: float | None) -> str:
        return "" if value is None else self._numbers.quantity(value)
