"""What is filled in when a forum decides: what, on which grounds, and how each seat took part."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from kernen.lib.cpr import refuse_cpr
from kernen.parties.models import Cluster, ForumMember, Ruled
from kernen.ui.forms import CHOOSE, choose

from ..models import Meeting, Outcome
from ..stances import MANNERS
from ..tally import needed

#: Days until it is looked at again, as text; "day" for one of one's own, "" for none.
AGAIN = (
    ("182", pgettext_lazy("look at it again", "In half a year")),
    ("365", pgettext_lazy("look at it again", "In a year")),
    ("730", pgettext_lazy("look at it again", "In two years")),
    ("day", pgettext_lazy("look at it again", "On another day")),
    ("never", pgettext_lazy("look at it again", "Not again")),
)
#: Outcome → the fields that it cannot do without, with what is said where they are empty.
NEEDED: dict[str, dict[str, Any]] = {
    Outcome.ON_CONDITIONS: {"conditions": gettext_lazy("Write the conditions.")},
    Outcome.STOP: {
        "learned": gettext_lazy("Say what was learned."),
        "to_know": gettext_lazy("Say who should know."),
    },
}
#: Names of the fields of a seat.
STANCE, WORDS = "stance_{}", "words_{}"


def _text(label: Any, rows: int = 3, *, required: bool = False, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=4000,
        required=required,
        validators=[refuse_cpr],
        **more,
    )


MET_ON = forms.DateField(label=gettext_lazy("Decided on"), widget=forms.DateInput)


class DecideForm(forms.Form):
    """One decision, or one in the same words on all that stands in a block.

    `ruled` is the rule by which the forum decides. `clusters` are those that may be chosen; None
    where the scope is given. `stands` are stances by seat's id that are chosen beforehand."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What does the forum decide?"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
    )
    scope = forms.ModelMultipleChoiceField(
        label=gettext_lazy("For which clusters?"),
        queryset=Cluster.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    grounds = _text(gettext_lazy("On which grounds?"), 4, required=True)
    conditions = _text(gettext_lazy("On which conditions?"))
    learned = _text(gettext_lazy("What was learned?"))
    replaces = _text(gettext_lazy("What replaces it?"))
    to_know = _text(gettext_lazy("Who should know?"), 2)
    met_on = MET_ON
    again = forms.ChoiceField(
        label=gettext_lazy("When is it looked at again?"),
        help_text=gettext_lazy("It then comes to the agenda by itself."),
        choices=AGAIN,
        widget=forms.RadioSelect,
        initial="365",
    )
    look_again_on = forms.DateField(
        label=gettext_lazy("On which day?"), widget=forms.DateInput, required=False
    )

    def __init__(
        self,
        *args: Any,
        seats: Iterable[ForumMember],
        ruled: Ruled,
        clusters: Collection[Cluster] | None,
        stands: Mapping[int, str],
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        for name in (one for names in NEEDED.values() for one in names):
            self.fields[name].optional_mark = False  # type: ignore[attr-defined]
        self.seats, self.ruled = list(seats), ruled
        self.manner = MANNERS[ruled.decision_rule]
        if clusters is None:
            del self.fields["scope"]
        else:
            wanted = Cluster.objects.filter(pk__in=[one.pk for one in clusters])
            choose(self.fields["scope"], wanted)
            self.fields["scope"].optional_mark = False  # type: ignore[attr-defined]
        for seat in self.seats:
            who = str(seat.organisation or seat.person)
            self.fields[STANCE.format(seat.pk)] = forms.ChoiceField(
                label=_("%(seat)s: stance") % {"seat": who},
                choices=[("", CHOOSE), *self.manner.choices],
                initial=stands.get(seat.pk, ""),
                required=False,
            )
            self.fields[WORDS.format(seat.pk)] = forms.CharField(
                label=_("%(seat)s: in own words") % {"seat": who},
                widget=forms.Textarea(attrs={"rows": 1}),
                max_length=2000,
                required=False,
                validators=[refuse_cpr],
            )

    @property
    def quorum(self) -> str:
        """How many it takes."""
        seats = len(self.seats)
        return ngettext(
            "%(needed)s of %(seats)s seat must take part.",
            "%(needed)s of %(seats)s seats must take part.",
            seats,
        ) % {"needed": needed(seats, self.ruled.quorum), "seats": seats}

    @property
    def rows(self) -> Iterator[tuple[ForumMember, BoundField, BoundField]]:
        for seat in self.seats:
            yield seat, self[STANCE.format(seat.pk)], self[WORDS.format(seat.pk)]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        open_ = [seat for seat in self.seats if not told.get(STANCE.format(seat.pk))]
        if open_:
            words = ngettext(
                "%(who)s has no stance yet: choose one, or “Absent”.",
                "%(who)s and %(more)s more have no stance yet: choose one for each, or “Absent”.",
                len(open_),
            )
            who = open_[0].organisation or open_[0].person
            raise ValidationError(words % {"who": who, "more": len(open_) - 1})
        for name, missing in NEEDED.get(told.get("outcome", ""), {}).items():
            if not told.get(name) and name not in self.errors:
                self.add_error(name, missing)
        if told.get("again") == "day" and not told.get("look_again_on"):
            self.add_error("look_again_on", _("Choose the day."))
        return told

    def told(self) -> dict[str, Any]:
        """The fields as the action takes them."""
        given = self.cleaned_data
        told = {name: given[name] for name in _WORDS if name in given}
        told["look_again_on"] = _day(given["again"], given["met_on"], given["look_again_on"])
        told["stances"] = {
            seat.pk: (given[STANCE.format(seat.pk)], given[WORDS.format(seat.pk)])
            for seat in self.seats
        }
        return told


class SureForm(forms.Form):
    """The last word before it is written down: that it was decided `ahead` of a meeting to come, or
    on another day than the one that was `held`."""

    before = forms.BooleanField()
    apart = forms.BooleanField()

    def __init__(self, *args: Any, ahead: Meeting | None, held: Meeting | None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, meeting, said in (
            ("before", ahead, _("The forum decided this before its meeting on %(day)s.")),
            ("apart", held, _("The forum did not decide this at its meeting on %(day)s.")),
        ):
            if meeting is None:
                del self.fields[name]
            else:
                self.fields[name].label = said % {"day": date_format(meeting.on, "DATE_FORMAT")}


_WORDS = (
    "outcome", "scope", "grounds", "conditions", "learned", "replaces", "to_know", "met_on",
)  # fmt: skip


def _day(again: str, met_on: date, chosen: date | None) -> date | None:
    if again.isdecimal():
        return met_on + timedelta(days=int(again))
    return chosen if again == "day" else None
