"""What people fill in about measures, their places and their figures."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernen.initiatives.history import last_change
from kernen.initiatives.models import Dimension, Initiative
from kernen.lib.cpr import refuse_cpr
from kernen.lib.periods import label
from kernen.parties.models import Organisation
from kernen.ui.forms import DecimalField, choose, offer
from kernen.ui.together import WrittenTogether

from .history import DEFINITION, versions
from .models import Annotation, Measure, Series
from .rules import (
    CATALOGUE_STANDS_BUT_GOAL,
    FIGURES_STAND,
    FIXED_BY_CATALOGUE,
    FIXED_BY_FIGURES,
    has_figures,
)


def settle_kind(form: forms.BaseForm, cleaned: dict[str, Any], *, new: bool) -> None:
    """What a kind of figures asks for, and what it settles by itself."""
    figures, unit = cleaned.get("figures"), cleaned.get("unit")
    if figures == Measure.Figures.COUNTS and not unit and new:
        cleaned["unit"] = "%"
    if figures != Measure.Figures.RATES:
        cleaned["per"] = None
    elif unit in ("", "%"):
        form.add_error("unit", _("Write what the exposure is counted in, such as bed days."))
    if figures == Measure.Figures.EVENTS:
        cleaned["frequency"] = Measure.Frequency.DAY
        cleaned["unit"] = _("days") if unit in ("", "%") else unit


class MeasureForm(WrittenTogether, forms.ModelForm):
    goal = DecimalField(
        label=_("Goal value"), required=False, max_digits=14, decimal_places=4, min_value=0
    )

    class Meta:
        model = Measure
        fields = [*DEFINITION]
        help_texts = {
            "name": _("For example: Discharged with the medicine card up to date."),
            "unit": _(
                "For example days; of a rate what the exposure is: bed days. Where you write "
                "nothing, a share is in %, and rare events in days."
            ),
            "per": _("Only for a rate: events per 1,000 bed days, for example."),
            "direction": _("With rare events the days between them count: higher is better."),
            "numerator": _("What is counted, exactly?"),
            "denominator": _("Out of what?"),
            "counted": _("Who is in, and who is left out?"),
            "source": _("From which system or list, and who draws the figures?"),
        }
        widgets = {"figures": forms.RadioSelect, "direction": forms.RadioSelect}

    def __init__(self, *args: Any, instance: Measure | None = None, **kwargs: Any):
        shared = FIXED_BY_CATALOGUE if instance and instance.version_id else ()
        own = [name for name in DEFINITION if name not in shared]
        stands = {name: getattr(instance, name) for name in own} if instance else {}
        super().__init__(
            *args,
            instance=instance,
            stands=stands,
            last=lambda name: last_change(versions(instance), name) if instance else None,
            **kwargs,
        )
        self.initial["goal"] = self.instance.goal_plain
        if not self.instance.pk:
            self.initial["unit"] = ""  # it goes with the kind of figures
        for name in shared:
            del self.fields[name]
        if shared:
            self.fields["goal"].help_text = str(CATALOGUE_STANDS_BUT_GOAL)
            return
        if self.instance.pk and has_figures(self.instance):
            for name in FIXED_BY_FIGURES:
                self.fields[name].disabled = True
                self.fields[name].help_text = str(FIGURES_STAND)
        offer(self.fields["per"], [("", _("It is not a rate")), *Measure.Per.choices])
        offer(self.fields["dimension"], [("", _("None of them")), *Dimension.choices])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        settle_kind(self, cleaned, new=not self.instance.pk)
        goal = cleaned.get("goal")
        said = {
            name: cleaned.get(name, getattr(self.instance, name)) for name in ("figures", "unit")
        }
        share = said == {"figures": Measure.Figures.COUNTS, "unit": "%"}
        if share and goal is not None and goal > 100:
            self.add_error("goal", _("A share is at most 100 %."))
        return cleaned

    def definition(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in DEFINITION if name in self.fields}


class SeriesForm(forms.ModelForm):
    closed = forms.BooleanField(
        label=_("The figures are closed: only the place's own people find them"),
        help_text=_(
            "Only for a general practice. Its figures still count in sums of at least five closed "
            "places."
        ),
        required=False,
    )

    class Meta:
        model = Series
        fields = ["organisation", "place"]
        labels = {"organisation": _("Where is it counted?")}
        help_texts = {"place": _("For example a ward, a team or a centre.")}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choose(self.fields["organisation"], Organisation.objects.current())


def first_place(initiative: Initiative) -> dict[str, Any]:
    """Where a new measure is most likely counted first."""
    responsible = initiative.involvements.current().filter(role="responsible").first()
    return {"organisation": responsible.organisation_id if responsible else None}


class SplitForm(forms.Form):
    period = forms.DateField(
        label=_("The new phase begins with"), widget=forms.Select, input_formats=["%Y-%m-%d"]
    )
    reason = forms.CharField(
        label=_("Why does a new phase begin here?"),
        help_text=_("For example: from here all wards used the new way of working."),
        max_length=300,
        validators=[refuse_cpr],
    )

    def __init__(self, *args: Any, series: Series, **kwargs: Any):
        super().__init__(*args, **kwargs)
        taken = {split.period for split in series.splits.all()}
        periods = [point.period for point in series.points.all()]
        frequency = series.measure.frequency
        self.fields["period"].widget.choices = [
            (period.isoformat(), label(period, frequency))
            for period in reversed(periods[series.measure.before_first_phase :])
            if period not in taken
        ]


class AnnotationForm(forms.ModelForm):
    class Meta:
        model = Annotation
        fields = ["on", "words"]
        help_texts = {"words": _("For example: PDSA 1 begins, or new electronic record.")}
        widgets = {"on": forms.DateInput}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate
