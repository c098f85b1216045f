"""What must hold of gains and costs; who may write them is the initiative's rules."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernen.initiatives.models import Initiative
from kernen.lib.refusal import Refused
from kernen.measures.models import Result, Series
from kernen.measures.pictures import chart_of

from .estimates import an_hour
from .known import improved, to_cite, to_stand_on
from .models import Amount, Locked, Terms

NO_RATE = _("Say what an hour costs: on this row, or once for the whole initiative.")


def priced(amount: Amount, terms: Terms) -> None:
    """Hours become kroner at a rate that somebody has stated."""
    if amount.three and amount.hours and an_hour(amount, terms) is None:
        raise Refused(NO_RATE)


def find_out_by(day: date | None, before: date | None = None) -> None:
    """What is not known is found out by a day to come; one that is said already stays said."""
    if day and day != before and day < timezone.localdate():
        raise Refused(_("The day is past: choose one to come."))


def assume(initiative: Initiative, hourly_rate: Any) -> None:
    """The rate for the whole initiative stays as long as a row goes by it."""
    if hourly_rate is not None:
        return
    for rows in (initiative.gains, initiative.costs):
        if rows.filter(counted_in=Amount.Unit.HOURS, rate=None).exclude(likely=None).exists():
            raise Refused(_("Rows in hours go by this rate: give each of them its own first."))


def say_how(says: str) -> None:
    """Figures that became better may be due to much else: whoever chooses them says why they show
    this gain, and the page says who did."""
    if not says.strip():
        raise Refused(_("Say in words how it shows this gain."))


def stand_on(initiative: Initiative, series: Series) -> None:
    """A gain stands on a series of the initiative, or of a linked one, that shows an improvement
    on the day it is said."""
    found = to_stand_on(initiative).filter(pk=series.pk).first()
    if found is None:
        raise Refused(_("Choose a series of this initiative, or of one that it is linked to."))
    if not improved(chart_of(found)):
        raise Refused(
            _("Its chart shows no improvement yet: the gain stays assessed until it does.")
        )


def cite(initiative: Initiative, result: Result) -> None:
    """A gain stands on a frozen result near by that says that things became better."""
    if result not in to_cite(initiative):
        raise Refused(
            _(
                "Choose a frozen result of this initiative, or of one that it is linked to, that "
                "says that things became better."
            )
        )


def report(year: int) -> None:
    """What came of it is said of years that have begun."""
    if year > timezone.localdate().year:
        raise Refused(_("That year has not begun: actual figures come afterwards."))


def lock(stage: str) -> None:
    """Whoever may take the decision locks the estimates with it: its room asks its own rules."""
    if stage not in Locked.Stage.values:
        raise Refused(_("Estimates are locked as a target or as a forecast."))
