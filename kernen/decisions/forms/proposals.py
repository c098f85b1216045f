"""What a lead fills in about a proposal."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from kernen.lib.cpr import refuse_cpr
from kernen.parties.models import Cluster, Forum
from kernen.ui.together import WrittenTogether

from ..gates import Gate
from ..models import Endorsement, Outcome, Proposal
from ..parts import Part
from ..ways import WAYS, closed


class AskForm(forms.Form):
    """What is asked for, for which clusters, and of which forum; the closed ones are not offered,
    and the page says why."""

    asks = forms.ChoiceField(
        label=_("What do you ask for?"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    clusters = forms.ModelMultipleChoiceField(
        label=_("For which clusters?"),
        queryset=Cluster.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    forum = forms.ModelChoiceField(
        label=_("Which forum decides?"),
        queryset=Forum.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args: Any, binding: bool, fora: Iterable[Forum], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["clusters"].queryset = Cluster.objects.current()  # type: ignore[attr-defined]
        self.fields["clusters"].optional_mark = False  # type: ignore[attr-defined]
        open_ = [forum for forum in fora if not closed(forum, binding, ())]
        does = {(kind, task.level): task.does for task in WAYS[binding] for kind in task.kinds}
        field = self.fields["forum"]
        field.queryset = Forum.objects.filter(  # type: ignore[attr-defined]
            pk__in=[forum.pk for forum in open_]
        )
        field.label_from_instance = lambda forum: _forum(  # type: ignore[attr-defined]
            forum, does.get((forum.kind, forum.level), "")
        )


def _forum(forum: Forum, does: Promise | str) -> Any:
    said = [str(one) for one in (does, forum.remit) if one]
    return format_html("<strong>{}</strong> {}", forum, " · ".join(said))


class PartForm(WrittenTogether, forms.Form):
    """One part of the proposal in words."""

    words = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=4000,
        required=False,
        validators=[refuse_cpr],
    )

    def __init__(self, *args: Any, proposal: Proposal, part: Part, **kwargs: Any):
        stands = {"words": getattr(proposal, part.field)}
        super().__init__(*args, stands=stands, initial=stands, **kwargs)
        self.fields["words"].label = str(part.heading)
        self.fields["words"].help_text = str(part.asks)
        self.fields["words"].optional_mark = not part.needed  # type: ignore[attr-defined]


class SubmitForm(forms.Form):
    """What goes to the forum along with the proposal."""

    changes = forms.CharField(
        label=_("What is new since the last version?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        validators=[refuse_cpr],
    )
    meets = forms.MultipleChoiceField(
        label=_("Which conditions does this version meet?"),
        help_text=_("Those who set them are asked again; their answer is theirs."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = forms.CharField(
        label=_("Why do you submit it although something is missing?"),
        help_text=_("The forum sees what is missing, and this."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        validators=[refuse_cpr],
    )

    def __init__(
        self,
        *args: Any,
        missing: list[Gate],
        conditions: list[Endorsement],
        first: bool,
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["changes"]
        if not conditions:
            del self.fields["meets"]
        else:
            self.fields["meets"].choices = [  # type: ignore[attr-defined]
                (one.pk, format_html("<strong>{}</strong> {}", one.organisation, one.words))
                for one in conditions
            ]
        if not missing:
            del self.fields["reason"]

    def told(self) -> dict[str, Any]:
        """The fields as the action takes them."""
        told = dict(self.cleaned_data)
        return told | {"meets": [int(key) for key in told.get("meets", ())]}


class WithdrawForm(forms.Form):
    words = forms.CharField(
        label=_("Why is the proposal withdrawn?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
        validators=[refuse_cpr],
    )
