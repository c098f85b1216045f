"""What people fill in about gains and costs. Each form's `clean` only reads; the actions decide."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernen.initiatives.history import last_change
from kernen.initiatives.models import Initiative
from kernen.lib.alphabet import alphabetical
from kernen.measures.models import Result
from kernen.parties.models import Organisation, Person
from kernen.ui.forms import DecimalField, choose, offer
from kernen.ui.together import WrittenTogether

from .history import AMOUNT, FIGURES, NAMES, stored, versions
from .models import Actual, Amount, Cost, Evidence, Gain, Kind, Party, Terms, address_of

FINDING = ("finds_out", "find_by")


def parties_of(initiative: Initiative, *, also: Organisation | None = None) -> list[Any]:
    """Whom an amount can be for: each kind in general, and those that take part by their names."""
    there = Organisation.objects.filter(
        pk__in=initiative.involvements.current().values("organisation")
    )
    named = {organisation.pk: organisation for organisation in there}
    if also:
        named[also.pk] = also
    names = sorted(named.values(), key=lambda one: alphabetical(str(one)))
    return [
        (_("In general"), list(Party.choices)),
        (_("By name"), [(f"organisation:{one.pk}", str(one)) for one in names]),
    ]


def decimal(label: Any, **more: Any) -> DecimalField:
    return DecimalField(label=label, required=False, max_digits=14, decimal_places=2, **more)


def fill_in(form: forms.ModelForm, instance: Any, names: tuple[str, ...]) -> None:
    """Show figures without the noughts that their columns pad them with."""
    for name in names:
        figure = getattr(instance, name, None)
        if figure is not None:
            form.initial[name] = Decimal(stored(figure))


class AmountForm(WrittenTogether, forms.ModelForm):
    """What the forms of gains and costs share: the party, and kroner or hours in some years."""

    template_name = "value/form.html"
    #: Fields that stand beside each other.
    BESIDE = (
        ("figure", "unit", "per"),
        ("low", "likely", "high"),
        ("first_year", "last_year"),
        FINDING,
    )

    who = forms.ChoiceField(label=pgettext_lazy("of a gain or a cost", "For whom?"))
    low = decimal(_("Low"), min_value=0)
    likely = decimal(_("Likely"), min_value=0)
    high = decimal(_("High"), min_value=0)
    rate = decimal(
        _("Kroner an hour"),
        min_value=0,
        help_text=_("For hours only. Empty: the rate of the whole initiative."),
    )

    def __init__(self, *args: Any, instance: Any, **kwargs: Any):
        names = [*NAMES[type(instance)], *(FINDING if isinstance(instance, Gain) else ())]
        stands = {name: getattr(instance, name) for name in names} if instance.pk else {}
        super().__init__(
            *args,
            instance=instance,
            stands=stands,
            last=lambda name: last_change(versions(instance), name) if instance.pk else None,
            **kwargs,
        )
        also = instance.organisation if instance.organisation_id else None
        offer(self.fields["who"], parties_of(instance.initiative, also=also))
        self.order_fields(names)
        fill_in(self, instance, FIGURES)
        if instance.pk:
            self.initial["who"] = instance.who
        else:
            self.initial["first_year"] = timezone.localdate().year

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """The fields in order, with those that belong together in one row."""
        row_of = {name: row for row in self.BESIDE for name in row}
        rows = dict.fromkeys(row_of.get(name, (name,)) for name in self.fields if name != "seen")
        return [[self[name] for name in row] for row in rows]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        around = [cleaned.get(name) for name in ("low", "high")]
        missing = cleaned.get("likely") is None and "likely" not in self.errors
        if missing and around != [None, None]:
            self.add_error("likely", _("Say what is likely too."))
        return cleaned


class GainForm(AmountForm):
    figure = decimal(
        pgettext_lazy("how many", "Figure"),
        help_text=_("For example 120 bed days."),
    )

    class Meta:
        model = Gain
        fields = ["words", "figure", "unit", "per", *AMOUNT, *FINDING]
        labels = {
            "words": _("What is gained?"),
            "finds_out": _("Not known yet? Who finds out?"),
            "find_by": _("By which day?"),
        }
        help_texts = {
            "words": _("One sentence, as you would say it to them."),
            "finds_out": _("The gain then counts as unknown, and waits in that person's work."),
        }
        widgets = {
            "words": forms.Textarea(attrs={"rows": 2}),
            "counted_in": forms.RadioSelect,
            "find_by": forms.DateInput,
        }

    def __init__(self, *args: Any, instance: Gain, **kwargs: Any):
        super().__init__(*args, instance=instance, **kwargs)
        self._offer_people(instance)
        if instance.kind != Kind.ECONOMY:
            for name in AMOUNT:
                del self.fields[name]
                self.stands.pop(name, None)  # type: ignore[attr-defined]
        else:
            self.fields["counted_in"].help_text = _(
                "A year, in each of the years below. One figure is enough: leave low and high "
                "empty."
            )

    def _offer_people(self, gain: Gain) -> None:
        """Those who can sign in, and see it in their work; and whoever is asked already."""
        people = Person.objects.filter(Q(user__is_active=True) | Q(pk=gain.finds_out_id))
        choose(self.fields["finds_out"], people, _("Nobody: it is assessed"))
        self.fields["finds_out"].label_from_instance = (  # type: ignore[attr-defined]
            lambda one: f"{one}, {one.title}" if one.title else str(one)
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("figure") is not None and not cleaned.get("unit"):
            self.add_error("unit", _("Say what the figure counts."))
        if cleaned.get("likely") is None:
            cleaned |= {name: None for name in ("first_year", "last_year") if name in cleaned}
        return cleaned


class CostForm(AmountForm):
    class Meta:
        model = Cost
        fields = ["words", "recurs", *AMOUNT]
        labels = {"words": _("What is paid for?")}
        help_texts = {"last_year": _("Not if it is once.")}
        widgets = {
            "recurs": forms.RadioSelect,
            "counted_in": forms.RadioSelect,
        }

    def __init__(self, *args: Any, instance: Cost, **kwargs: Any):
        super().__init__(*args, instance=instance, **kwargs)
        self.fields["who"].label = pgettext_lazy("of a cost", "Who pays?")
        self.fields["counted_in"].help_text = _(
            "In all if once; a year if every year. One figure is enough: leave low and high empty."
        )
        for name in ("likely", "first_year"):
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("recurs") == Cost.Recurs.ONCE:
            cleaned["last_year"] = cleaned.get("first_year")
        elif "last_year" not in self.errors and cleaned.get("last_year") is None:
            self.add_error("last_year", _("Say until which year it is paid."))
        return cleaned


class FiguresForm(forms.Form):
    """Figures of our own on which a gain is to stand: series whose charts show an improvement now,
    and frozen results that say so."""

    shown_by = forms.ChoiceField(label=_("What shows it?"))
    says = Evidence._meta.get_field("says").formfield(
        label=_("How does it show this gain?"),
        help_text=_(
            "Why is it this gain that the figures tell of, and this initiative that brought it? In "
            "a sentence; it stands beside the gain with your name."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, showing: list[Any], results: list[Result], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.things = {f"series:{one.series.pk}": {"series": one.series} for one in showing}
        self.things |= {f"result:{one.pk}": {"result": one} for one in results}
        series = [f"{one.series.measure}, {one.series}: {one.chart.heading}" for one in showing]
        frozen = [f"{one.sentence} ({date_format(one.at, 'DATE_FORMAT')})" for one in results]
        choices = list(zip(self.things, [*series, *frozen], strict=True))
        groups = (
            (_("The chart of a series"), choices[: len(series)]),
            (_("A frozen result"), choices[len(series) :]),
        )
        offer(self.fields["shown_by"], [group for group in groups if group[1]])

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {**self.things.get(told.get("shown_by", ""), {}), "says": told.get("says", "")}


class StudyForm(forms.ModelForm):
    address = forms.CharField(
        label=_("DOI or address"),
        max_length=500,
        help_text=_("For example 10.1136/bmj.k1479, or an address with https://."),
    )

    class Meta:
        model = Evidence
        fields = ["reference", "address", "says"]
        help_texts = {
            "reference": _("Authors, title, journal and year."),
            "says": _("What it found that speaks for this gain, in a sentence."),
        }
        widgets = {"says": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True

    def clean_address(self) -> str:
        return address_of(self.cleaned_data["address"])


class TermsForm(WrittenTogether, forms.ModelForm):
    """What all of the initiative's estimates stand on."""

    hourly_rate = decimal(
        _("Kroner an hour"),
        min_value=0,
        help_text=_("What an hour of work costs where a row does not say it itself."),
    )

    class Meta:
        model = Terms
        fields = ["hourly_rate", "within", "assumed"]
        help_texts = {
            "assumed": _("For example prices, where the figures come from, what is left out."),
        }

    def __init__(self, *args: Any, instance: Terms, **kwargs: Any):
        stands = {name: getattr(instance, name) for name in self.Meta.fields}
        super().__init__(*args, instance=instance, stands=stands, **kwargs)
        fill_in(self, instance, ("hourly_rate",))


class ActualForm(forms.ModelForm):
    who = forms.ChoiceField(label=pgettext_lazy("of actual figures", "Which party?"))
    paid = DecimalField(label=_("Paid, kroner"), max_digits=14, decimal_places=2, min_value=0)
    gained = DecimalField(label=_("Gained, kroner"), max_digits=14, decimal_places=2, min_value=0)

    class Meta:
        model = Actual
        fields = ["year", "paid", "gained", "words"]
        help_texts = {
            "words": _("Where do they come from, and why is it more or less than expected?"),
        }
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}

    field_order = ["who", "year", "paid", "gained", "words"]

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer(self.fields["who"], parties_of(initiative))
        self.initial.setdefault("year", timezone.localdate().year)


def amount_form(row: Amount) -> type[AmountForm]:
    return GainForm if isinstance(row, Gain) else CostForm
