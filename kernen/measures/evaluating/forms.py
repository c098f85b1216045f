"""What people choose and fill in before a change is weighed."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernen.lib.cpr import refuse_cpr
from kernen.lib.periods import between, label

from ..models import Series
from .gather import Change, changes, has_figures, proposal, start_of
from .models import Start

NOT_YET = "never"


class ChangeForm(forms.Form):
    """Which change is weighed: a split, a note or a period, all named by their key."""

    change = forms.ChoiceField(label=gettext_lazy("Which change?"), required=False)

    def __init__(self, *args: Any, series: Series, **kwargs: Any):
        super().__init__(*args, **kwargs)
        found = {one.key: one for one in changes(series)}
        frequency = series.measure.frequency

        def group(sign: str) -> list[tuple[str, str]]:
            return [
                (key, f"{label(one.period, frequency)}: {one.words}")
                for key, one in found.items()
                if key.startswith(sign)
            ]

        periods = [
            (key, label(one.period, frequency)) for key, one in found.items() if not one.words
        ]
        groups = [
            (_("Where the series is split"), group("s")),
            (_("Notes on the time axis"), group("n")),
            (_("Any period"), periods),
        ]
        self.fields["change"].choices = [  # type: ignore[attr-defined]
            (name, options) for name, options in groups if options
        ]


class StartsForm(forms.Form):
    """For each place that has figures: its first period with the change, and how that is known."""

    def __init__(self, *args: Any, measure: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.places = [series for series in measure.seen if has_figures(series)]
        days = [point.period for series in self.places for point in series.points.all()]
        periods = between(min(days), max(days), measure.frequency) if days else []
        self.known = {period.isoformat(): period for period in periods}
        offered = [
            ("", _("Choose …")),
            (NOT_YET, _("Not started yet")),
            *((key, label(period, measure.frequency)) for key, period in self.known.items()),
        ]
        self.stands: dict[int, Start | None] = {}
        self.proposed: dict[int, Change | None] = {}
        for series in self.places:
            stands = self.stands[series.pk] = start_of(series)
            proposed = self.proposed[series.pk] = None if stands else proposal(series)
            self.fields[f"period_{series.pk}"] = forms.ChoiceField(
                label=_("First period with the change"),
                choices=_with(offered, stands, measure.frequency),
                required=False,
                initial=_key(stands, proposed),
            )
            self.fields[f"reason_{series.pk}"] = forms.CharField(
                label=_("How is that known?"),
                max_length=300,
                required=False,
                validators=[refuse_cpr],
                initial=stands.reason if stands else proposed.words if proposed else "",
            )

    def rows(self) -> Iterator[dict[str, Any]]:
        """Each place with its two fields, for the page."""
        for series in self.places:
            yield {
                "series": series,
                "stands": self.stands[series.pk],
                "proposed": self.proposed[series.pk],
                "period": self[f"period_{series.pk}"],
                "reason": self[f"reason_{series.pk}"],
            }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for series in self.places:
            chosen, reason = (cleaned.get(f"{name}_{series.pk}") for name in ("period", "reason"))
            if chosen and reason == "":
                self.add_error(f"reason_{series.pk}", _("Say how it is known."))
        return cleaned

    def said(self) -> list[tuple[Series, date | None, str]]:
        """What was answered, place by place."""
        answers = []
        for series in self.places:
            chosen = self.cleaned_data[f"period_{series.pk}"]
            if chosen:
                period = None if chosen == NOT_YET else date.fromisoformat(chosen)
                answers.append((series, period, self.cleaned_data[f"reason_{series.pk}"]))
        return answers


def _key(stands: Start | None, proposed: Change | None) -> str:
    if stands:
        return stands.period.isoformat() if stands.period else NOT_YET
    return proposed.period.isoformat() if proposed else ""


def _with(
    offered: list[tuple[str, str]], stands: Start | None, frequency: str
) -> list[tuple[str, str]]:
    """The periods of the figures, and what was said before even where it lies outside them."""
    if not stands or not stands.period or stands.period.isoformat() in dict(offered):
        return offered
    return [*offered, (stands.period.isoformat(), label(stands.period, frequency))]
