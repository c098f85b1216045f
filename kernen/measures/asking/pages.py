"""What a page needs on which one figure is typed in: the period, the form, and what is asked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kernen.lib.periods import label, normalise
from kernen.ui.forms import done

from ..models import Series
from ..pictures import chart_of
from .doubt import doubt
from .due import Due, due
from .forms import EnterForm

#: So many missing periods are named.
NAMED = 6


@dataclass(frozen=True)
class Period:
    start: date
    label: str


class Entering:
    """One series as its figures are typed in. `whose` marks the one to whom the page is shown: what
    a phone keeps of it is sent for nobody else. `limited`: only what is asked for is shown."""

    def __init__(
        self,
        request: HttpRequest,
        series: Series,
        typed: QueryDict | None,
        *,
        whose: str,
        limited: bool = False,
    ):
        self.series, self.measure = series, series.measure
        self.whose, self.limited = whose, limited
        self.due: Due = due(series.points.all(), self.measure.frequency, timezone.localdate())
        self.period = self._chosen((typed or request.GET).get("period", ""))
        self.form = EnterForm(typed, series=series, period=self.period) if self.period else None
        self.question = ""

    def _chosen(self, written: str) -> date | None:
        """The period that is asked for in the address or the form, or the latest one missing."""
        try:
            asked = normalise(date.fromisoformat(written), self.measure.frequency)
        except ValueError:
            asked = None
        known = asked and asked <= self.due.running
        if known and (not self.limited or asked in self.due.asked_for()):
            return asked
        return self.due.missing[0] if self.due.missing else None

    def given(self, request: HttpRequest, give: Callable[..., Any], **whose: Any) -> bool:
        """Whether what was sent has come in; what is wrong is said on the form, and what is far
        from all that was shown is asked about."""
        form = self.form
        if request.method != "POST" or form is None or not form.is_valid():
            return False
        figure, sure = form.figure(), request.POST.get("sure") == form.said()
        doubted = doubt(self.series, figure)
        self.question = "" if sure else doubted
        if self.question:
            return False
        typed = form.cleaned_data
        told = {"key": typed["key"], "reason": typed.get("reason", ""), "confirmed": bool(doubted)}
        if not done(form, give, figure=figure, **told, **whose):
            return False
        messages.success(
            request, _("%(period)s is saved.") % {"period": self._begun(figure.period)}
        )
        return True

    def _begun(self, period: date) -> str:
        """The period's name, as a sentence begins with it."""
        return capfirst(label(period, self.measure.frequency))

    @property
    def label(self) -> str:
        return label(self.period, self.measure.frequency) if self.period else ""

    @property
    def heading(self) -> str:
        return self._begun(self.period) if self.period else str(self.measure)

    @property
    def running(self) -> Period | None:
        """The one that is not over yet, if it has no figure."""
        there = {point.period for point in self.series.points.all()}
        if self.due.running in there:
            return None
        return Period(self.due.running, label(self.due.running, self.measure.frequency))

    @property
    def others(self) -> list[Period]:
        """The other missing ones, the latest first."""
        missing = [period for period in self.due.missing if period != self.period]
        return [Period(one, label(one, self.measure.frequency)) for one in missing[:NAMED]]

    @property
    def more(self) -> int:
        """How many more are missing than are named."""
        missing = [period for period in self.due.missing if period != self.period]
        return len(missing[NAMED:])

    @cached_property
    def last(self) -> tuple[Period, str] | None:
        """The latest figure, with its period."""
        if not self.due.last:
            return None
        start = self.due.last.period
        chart = chart_of(self.series).chart
        row = chart.rows[chart.starts.index(start)]
        said = f"{row.numerator}/{row.denominator} ({row.value})" if row.denominator else row.value
        return Period(start, label(start, self.measure.frequency)), said
