"""What people fill in about an initiative. Each form's `clean` only reads; the actions decide."""

from typing import Any

from django import forms
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernen.lib.alphabet import alphabetical
from kernen.lib.cpr import refuse_cpr
from kernen.parties.models import Cluster, ClusterMembership, Organisation, Person
from kernen.ui.forms import choose, offer
from kernen.ui.together import WrittenTogether

from .areas import PriorityArea
from .history import STORY, WHOLE_REGION, last_change, versions
from .models import Dimension, Goal, Initiative, Involvement, Link, TeamMember
from .stages import Event


class RegisterForm(forms.ModelForm):
    """Title, problem, who, where: nothing else is asked for at this point."""

    organisations = forms.ModelMultipleChoiceField(
        label=_("Who takes part?"),
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The first of your own is responsible. More can join later."),
        error_messages={"required": _("Tick at least one organisation, for example your own.")},
    )

    class Meta:
        model = Initiative
        fields = ["title", "problem", "organisations", "cluster"]
        labels = {
            "title": _("What is it called?"),
            "problem": _("Which problem does it solve?"),
            "cluster": _("Where is it?"),
        }
        help_texts = {
            "title": _("A few words that a colleague elsewhere would understand."),
            "problem": _("Two or three lines are enough: for whom, and what is wrong today?"),
        }
        widgets = {"problem": forms.Textarea(attrs={"rows": 4})}

    field_order = ["title", "problem", "organisations", "cluster"]

    def __init__(self, *args: Any, mine: list[Organisation], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.mine = mine
        everyone = Organisation.objects.current()
        choose(self.fields["organisations"], everyone)
        offer(
            self.fields["organisations"],
            grouped(everyone, first=mine),
        )
        clusters = Cluster.objects.current()
        choose(self.fields["cluster"], clusters, WHOLE_REGION)
        if mine:
            self.initial.setdefault("organisations", [mine[0].pk])
            held = mine[0].memberships.current().values("cluster")
            self.initial.setdefault("cluster", clusters.filter(pk__in=held).first())

    def parties(self) -> list[Organisation]:
        """Those ticked, one's own first: the first becomes responsible."""
        own = {organisation.pk for organisation in self.mine}
        chosen = self.cleaned_data["organisations"]
        return sorted(chosen, key=lambda organisation: organisation.pk not in own)


def grouped(everyone: Any, first: list[Organisation]) -> list[tuple[str, list[Any]]]:
    """Checkbox choices by cluster, the clusters of `first` on top; each organisation once."""
    own = {organisation.pk for organisation in first}
    held = ClusterMembership.objects.current().select_related("cluster")
    organisations = everyone.prefetch_related(Prefetch("memberships", held))
    belong = {o.pk: [m.cluster for m in o.memberships.all()] for o in organisations}
    mine = {cluster.pk for key in own for cluster in belong.get(key, [])}
    groups: dict[tuple[bool, bool, str], list[Organisation]] = {}
    for organisation in organisations:
        clusters = sorted(belong[organisation.pk], key=alphabetical)
        clusters.sort(key=lambda cluster: cluster.pk not in mine)
        cluster = clusters[0] if clusters else None
        name = str(cluster or _("Outside the clusters"))
        near = organisation.pk in own or bool(cluster and cluster.pk in mine)
        groups.setdefault((not near, cluster is None, name), []).append(organisation)
    return [
        (name, [(organisation.pk, organisation.name) for organisation in some])
        for (_far, _outside, name), some in sorted(
            groups.items(), key=lambda group: (*group[0][:2], alphabetical(group[0][2]))
        )
    ]


class StoryForm(WrittenTogether, forms.ModelForm):
    """The story in words a neighbour understands."""

    class Meta:
        model = Initiative
        fields = [*STORY]
        labels = {
            "purpose": _("What is it to achieve, and what does it mean?"),
            "citizens": _("How are citizens and patients involved?"),
            "cluster": _("Where is it?"),
        }
        help_texts = {
            "purpose": _("Write it as you would tell it to a neighbour."),
            "target_group": _("Whom is it for, and about how many?"),
            "citizens": _("For example: interviewed, in the team, testing with us."),
            "orientation": _("Does it prevent the problem, or treat it when it is there?"),
            "priority_area": _("What the health agreement puts first; many initiatives have none."),
            "origin": _(
                "Under the health agreement a decision to spread is binding; on own initiative it "
                "is voluntary."
            ),
        }
        widgets = {
            "orientation": forms.RadioSelect,
            "origin": forms.RadioSelect,
            "priority_area": forms.RadioSelect,
        }

    def __init__(self, *args: Any, instance: Initiative, **kwargs: Any):
        stands = {name: getattr(instance, name) for name in STORY}
        super().__init__(
            *args,
            instance=instance,
            stands=stands,
            last=lambda name: last_change(versions(instance), name),
            **kwargs,
        )
        today = Q(pk__in=Cluster.objects.current()) | Q(pk=instance.cluster_id)
        choose(self.fields["cluster"], Cluster.objects.filter(today), WHOLE_REGION)
        offer(
            self.fields["orientation"],
            [("", _("Not said yet")), *Initiative.Orientation.choices],
        )

        offer(self.fields["priority_area"], [("", _("None of them")), *PriorityArea.choices])

    def story(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in STORY}


class GoalsForm(WrittenTogether, forms.Form):
    """One goal a dimension of the Triple Aim."""

    HINTS = {
        Dimension.HEALTH: _("For example: fewer are admitted again within 30 days."),
        Dimension.EXPERIENCE: _("For example: citizens feel safe when they come home."),
        Dimension.COST: _("For example: fewer bed days for the same result."),
    }

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any):
        stated = dict(initiative.goals.values_list("dimension", "words"))
        stands = {dimension.value: stated.get(dimension, "") for dimension in Dimension}
        super().__init__(
            *args,
            stands=stands,
            last=lambda name: last_change(versions(initiative), name),
            **kwargs,
        )
        for dimension in Dimension:
            self.fields[dimension.value] = forms.CharField(
                label=dimension.label,
                help_text=self.HINTS[dimension],
                required=False,
                initial=stands[dimension],
                widget=forms.Textarea(attrs={"rows": 3}),
                validators=[refuse_cpr],
                max_length=Goal._meta.get_field("words").max_length,
            )


class InvolveForm(forms.ModelForm):
    class Meta:
        model = Involvement
        fields = ["organisation", "role", "start"]
        labels = {"start": _("Since")}
        widgets = {"start": forms.DateInput}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choose(self.fields["organisation"], Organisation.objects.current())
        self.fields["start"].initial = timezone.localdate


class AppointForm(forms.ModelForm):
    class Meta:
        model = TeamMember
        fields = ["person", "role"]

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choose(self.fields["person"], Person.objects.filter(user__is_active=True))
        if initiative.leads().exists():  # who hands the lead over to the next
            roles = [role for role in TeamMember.Role.choices if role[0] != TeamMember.Role.LEAD]
            offer(self.fields["role"], roles)


class LinkForm(forms.ModelForm):
    class Meta:
        model = Link
        fields = ["other", "kind"]

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choose(self.fields["other"], Initiative.objects.exclude(pk=initiative.pk))
        offer(self.fields["kind"], Link.MADE_BY_ONE)


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Words from its title or problem"), max_length=200, required=False)


class NoteForm(forms.Form):
    words = forms.CharField(
        label=_("What happened?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_cpr],
    )


class MoveForm(forms.Form):
    """The words that an event asks for: its own question, or why one goes on without a gate."""

    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), validators=[refuse_cpr])

    def __init__(self, *args: Any, event: Event, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["words"].label = str(event.asks or _("Why do you go on all the same?"))
        self.fields["words"].help_text = _(
            "It is kept in the journal, where everybody can read it."
        )
