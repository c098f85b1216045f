"""What people fill in when the lead of an initiative is handed over."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernen.lib.cpr import refuse_cpr
from kernen.parties.models import Person
from kernen.ui.forms import choose

from ..models import Initiative, LeadOffer


class OfferForm(forms.ModelForm):
    class Meta:
        model = LeadOffer
        fields = ["to", "words"]
        labels = {"to": _("Who is to lead it?"), "words": _("Why, and what is good to know?")}
        help_texts = {
            "to": _("He or she is asked, and you lead it until the answer is yes."),
            "words": _("It is kept in the journal, where everybody can read it."),
        }
        widgets = {"words": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any):
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(user__is_active=True)
        leading = initiative.leads().values("person")
        choose(self.fields["to"], people.exclude(pk__in=leading))


class AnswerForm(forms.Form):
    """Yes or no is said by the button; a no says why."""

    answer = forms.ChoiceField(
        choices=[(a, a) for a in ("accept", "decline")], widget=forms.HiddenInput
    )
    words = forms.CharField(
        label=_("A few words"),
        help_text=_("If you decline, say why. It is kept in the journal."),
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_cpr],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("answer") == "decline" and not data.get("words"):
            self.add_error("words", _("Say in a line why you decline."))
        return data
