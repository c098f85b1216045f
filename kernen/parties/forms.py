"""How a forum decides, as its register is kept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Forum


class RuleForm(forms.Form):
    decision_rule = forms.ChoiceField(
        label=_("By which rule does it decide?"),
        help_text=_(
            "By majority more must be for than against; whoever does not vote counts for neither."
        ),
        choices=Forum.DecisionRule.choices,
        widget=forms.RadioSelect,
    )
    quorum = forms.IntegerField(
        label=_("How many per cent of the seats must take part?"),
        help_text=_("Whoever does not vote takes part too."),
        min_value=0,
        max_value=100,
    )
