"""What a leader fills in who answers a proposal, and whoever asks for an answer."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from kernen.lib.cpr import refuse_cpr
from kernen.parties.mailing.forms import ELSE, SomebodyForm
from kernen.parties.models import Organisation, OrganisationRole, Person
from kernen.parties.rules import LEADER
from kernen.ui.forms import DecimalField, offer

from ..models import Endorsement

Answer = Endorsement.Answer
#: What each answer says, for whoever is to choose it.
SAYS = {
    Answer.YES: _("Yes, we take part"),
    Answer.YES_IF: _("Yes, if …"),
    Answer.NO: _("No"),
}


class AnswerForm(forms.Form):
    """`leads_to` are, for each answer, the sentences that the clusters would come to."""

    answer = forms.ChoiceField(label=_("Your answer"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In words"),
        help_text=_("The condition, or why not. With a yes you may leave it out."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
        validators=[refuse_cpr],
    )
    money = DecimalField(
        label=_("Money that you put in, in all"),
        unit=_("kr."),
        max_digits=14,
        decimal_places=2,
        min_value=0,
        required=False,
    )
    hours = DecimalField(
        label=_("Hours that you put in"),
        unit=_("a week"),
        max_digits=8,
        decimal_places=2,
        min_value=0,
        required=False,
    )
    places = forms.CharField(
        label=_("For which places?"),
        help_text=_("Such as wards, districts or practices, where it is not all of them."),
        max_length=300,
        required=False,
        validators=[refuse_cpr],
    )
    from_day = forms.DateField(
        label=_("From when?"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    #: The number of the answer that stood when the form was shown.
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    FOLDED = ("money", "hours", "places", "from_day")

    def __init__(self, *args: Any, leads_to: dict[str, list[str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["words"].optional_mark = False  # type: ignore[attr-defined]
        labels = [(key, _label(key, leads_to.get(key, []))) for key in SAYS]
        offer(self.fields["answer"], labels)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        answer = told.get("answer")
        if answer == Answer.YES_IF and not told.get("words"):
            self.add_error("words", ValidationError(_("Write on which condition.")))
        if answer == Answer.NO and not told.get("words"):
            self.add_error("words", ValidationError(_("Write why not.")))
        if answer == Answer.NO and (told.get("money") or told.get("hours")):
            self.add_error("answer", ValidationError(_("Who says no puts nothing in: leave it.")))
        return told

    def said(self) -> dict[str, Any]:
        """The answer as the actions take it."""
        names = ("answer", "words", *self.FOLDED)
        return {name: self.cleaned_data[name] for name in names}

    @property
    def folded(self) -> list[Any]:
        return [self[name] for name in self.FOLDED]

    @property
    def unfolded(self) -> bool:
        """Whether something is written in what is otherwise folded away."""
        return any(field.value() or field.errors for field in self.folded)


def _label(answer: str, sentences: list[str]) -> Any:
    led = format_html_join("", '<span class="leads-to">{}</span>', ((one,) for one in sentences))
    return format_html("<strong>{}</strong>{}", SAYS[Answer(answer)], led)


class AskForm(SomebodyForm):
    """A leader of the register; or, for those who may vouch, somebody else by name."""

    def __init__(self, *args: Any, organisation: Organisation, vouches: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        held = OrganisationRole.objects.current().filter(organisation=organisation, role=LEADER)
        leaders = Person.objects.filter(pk__in=held.values("person"), user__isnull=False)
        self.vouches, self.leaders = vouches, leaders.exists()
        nothing = ELSE if vouches else _("Choose …")
        self.offer_people(leaders, _("Which leader?"), nothing)
        if not vouches:
            for name in ("name", "title", "email"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        if self.vouches or self.cleaned_data.get("to"):
            return super().clean()
        self.add_error("to", ValidationError(_("Choose a leader.")))
        return {}
