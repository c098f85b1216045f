"""What a forum's chair and secretary fill in, beside the decision itself."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernen.lib.cpr import refuse_cpr
from kernen.parties.models import Forum
from kernen.ui.forms import choose

from ..models import Meeting


class MeetingForm(forms.ModelForm):
    class Meta:
        model = Meeting
        fields = ["on", "deadline", "place"]
        labels = {"on": _("On which day?"), "deadline": _("Until when can proposals come?")}
        widgets = {"on": forms.DateInput, "deadline": forms.DateInput}

    def _post_clean(self) -> None:
        """The action checks the meeting with its forum."""


class RecommendForm(forms.Form):
    words = forms.CharField(
        label=_("What does the group recommend?"),
        help_text=_("It stands beside the decision, in these words."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
        validators=[refuse_cpr],
    )


class ForwardForm(forms.Form):
    to = forms.ModelChoiceField(
        label=_("To which forum?"),
        queryset=Forum.objects.none(),
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What do you say along with it?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
        validators=[refuse_cpr],
    )

    def __init__(self, *args: Any, fora: Iterable[Forum], next_forum: Forum | None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choose(self.fields["to"], Forum.objects.filter(pk__in=[one.pk for one in fora]), None)
        self.fields["to"].initial = next_forum
