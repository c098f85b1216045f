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

from kernen.lib.periods import following, label, normalise
from kernen.ui.forms import done, refill

from ..actions import Figure
from ..charts.run import RunChart
from ..models import Series
from ..owed import due_on
from ..pictures import chart_of
from .doubt import doubt
from .due import Due, due_of, has_figure
from .forms import EnterForm
from .rules import UNASKED, stands


@dataclass(frozen=True)
class Period:
    start: date
    label: str


class Entering:
    """One series as its figures are typed in. `whose` marks the one to whom the page is shown: what
    a phone keeps of it is sent for nobody else. `limited`: only what is asked for is shown, and
    once a figure has come no other is asked for by itself: it is `thanked`."""

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
        self.thanked = limited and "thanks" in request.GET
        self.due: Due = due_of(series, timezone.localdate())
        self.period = self._chosen((typed or request.GET).get("period", ""))
        self.form = EnterForm(typed, series=series, period=self.period) if self.period else None
        self.question = ""
        self.asks = False  # whether what was sent waits for a yes or another word
        self.overtaken = False  # since somebody else gave another figure meanwhile
        # Of what is sent for a period that is asked for no more, where no other is.
        self.unasked = UNASKED if limited and typed and not self.form else ""

    def _chosen(self, written: str) -> date | None:
        """The period that is asked for in the address or the form, or the newest one missing."""
        try:
            asked = normalise(date.fromisoformat(written), self.measure.frequency)
        except ValueError:
            asked = None
        known = asked and asked <= self.due.running
        if known and (not self.limited or asked in self.due.asked_for()):
            return asked
        return None if self.thanked else self.due.first

    def given(self, request: HttpRequest, give: Callable[..., Any], **whose: Any) -> bool:
        """Whether what was sent has come in; what is wrong is said on the form, and what is far
        from all that was shown is asked about."""
        form = self.form
        if request.method != "POST" or form is None or not form.is_valid():
            return False
        figure, sure = form.figure(), request.POST.get("sure") == form.said()
        doubted = doubt(self.series, figure)
        self.question = "" if sure else doubted
        self.asks = bool(self.question)
        if self.asks:
            return False
        typed = form.cleaned_data
        told = {"key": typed["key"], "reason": typed.get("reason", ""), "confirmed": bool(doubted)}
        if not done(form, give, figure=figure, stood=form.had_seen(), **told, **whose):
            if form.overtaken():  # now it has been told
                self.asks = self.overtaken = True
                refill(form, stood=stands(form.standing))
            return False
        messages.success(request, self._thanks(figure))
        return True

    def _thanks(self, figure: Figure) -> str:
        words = {"period": self._begun(figure.period)}
        if not self.limited:
            return _("%(period)s is saved.") % words
        if not has_figure(figure):
            return _("Thank you. %(period)s is noted as without a figure.") % words
        words["figure"] = self._said(chart_of(self.series, tried=[figure]).chart, figure.period)
        return _("Thank you. %(period)s is received: %(figure)s.") % words

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
        return [Period(one, label(one, self.measure.frequency)) for one in missing]

    @property
    def older(self) -> bool:
        """Whether all of them lie before the one that is asked for, or that would be."""
        newest = self.period or self.due.over
        return all(one.start < newest for one in self.others)

    @property
    def coming(self) -> tuple[str, date, date]:
        """The next one: its name, from when it can be given, and until when it comes in time."""
        frequency, period = self.measure.frequency, self.due.coming
        return label(period, frequency), following(period, frequency), due_on(period, frequency)

    @property
    def by_day(self) -> date | None:
        """Until when the figure that is asked for comes in time, while it still can."""
        day = self.period and due_on(self.period, self.measure.frequency)
        owed = self.period in self.due.missing or self.period == self.due.latest
        return day if day and owed and day >= timezone.localdate() else None

    @cached_property
    def last(self) -> tuple[Period, str] | None:
        """The latest figure, with its period."""
        if not self.due.last:
            return None
        start = self.due.last.period
        said = self._said(chart_of(self.series).chart, start)
        return Period(start, label(start, self.measure.frequency)), said

    def _said(self, chart: RunChart, start: date) -> str:
        if start not in chart.starts:
            return "–"
        row = chart.rows[chart.starts.index(start)]
        if row.denominator:
            return f"{row.numerator}/{row.denominator} ({row.value})"
        return str(row.value)
