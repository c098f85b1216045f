"""What people fill in about charts, baselines and figures that are left out."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kernen.lib.cpr import refuse_cpr
from kernen.lib.periods import label

from ..charts.control import (
    CHART_NAMES,
    CHARTS_OF,
    CHARTS_SAID,
    FALSE_SIGNALS,
    RULE_NAMES,
    RULES_SAID,
)
from ..models import Measure, Series


class ChartForm(forms.Form):
    chart = forms.ChoiceField(label=gettext_lazy("Chart"), widget=forms.RadioSelect)
    rules = forms.ChoiceField(label=pgettext_lazy("of a chart", "Rules"), widget=forms.RadioSelect)
    screened = forms.BooleanField(
        label=gettext_lazy("Leave moving ranges far above the others out of the limits"),
        help_text=gettext_lazy(
            "For I, P′, U′ and T charts. One jump would else widen the limits so much that they "
            "say nothing (Nelson 1982)."
        ),
        required=False,
    )

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("chart", "rules", "screened"):
            self.fields[name].initial = getattr(measure, name)
        self.fields["chart"].choices = [  # type: ignore[attr-defined]
            (chart, _said(CHART_NAMES[chart], CHARTS_SAID[chart]))
            for chart in CHARTS_OF[measure.figures]
        ]
        self.fields["rules"].choices = [  # type: ignore[attr-defined]
            (rules, _said(name, RULES_SAID[rules], _false_signals(rules)))
            for rules, name in RULE_NAMES.items()
            if rules != "nhs" or "i" in CHARTS_OF[measure.figures]
        ]


def _said(name: Promise, *more: object) -> SafeString:
    return format_html("<strong>{}</strong> {}", name, " ".join(map(str, more)))


def _false_signals(rules: str) -> str:
    words = _("Of 100 series of 24 points that only vary by chance, about %(count)s give a signal.")
    return words % {"count": FALSE_SIGNALS[rules]}


class PeriodForm(forms.Form):
    """A period of a series, the newest first, and a reason."""

    period = forms.DateField(widget=forms.Select, input_formats=["%Y-%m-%d"])
    reason = forms.CharField(max_length=300, validators=[refuse_cpr])

    def __init__(self, *args: Any, series: Series, periods: Iterable[date], **kwargs: Any):
        super().__init__(*args, **kwargs)
        frequency = series.measure.frequency
        self.fields["period"].widget.choices = [  # type: ignore[attr-defined]
            (period.isoformat(), label(period, frequency)) for period in [*periods][::-1]
        ]


class FreezeForm(PeriodForm):
    def __init__(self, *args: Any, series: Series, **kwargs: Any):
        taken = {freeze.period for freeze in series.freezes.all()}
        periods = [point.period for point in series.points.all()][:-1]
        free = [period for period in periods if period not in taken]
        super().__init__(*args, series=series, periods=free, **kwargs)
        self.fields["period"].label = _("The baseline ends with")
        self.fields["reason"].label = _("Why is this the baseline?")
        self.fields["reason"].help_text = _("For example: these are the months before the change.")


class LeaveOutForm(PeriodForm):
    def __init__(self, *args: Any, series: Series, **kwargs: Any):
        points = [point for point in series.points.all() if point.shown is not None]
        counting = [point.period for point in points if not point.left_out]
        super().__init__(*args, series=series, periods=counting, **kwargs)
        self.fields["period"].label = _("The figure of")
        self.fields["reason"].label = _("Why should it count in no line?")
        self.fields["reason"].help_text = _(
            "For example: the ward was closed half of the month. A figure is not left out for "
            "being high or low."
        )
