"""What a seat can say when its forum decides, by each of the rules, and how that is called: one
table.

The stances are the same whatever the rule, and what they come to is the rule's (`tally`)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernen.parties.models import Forum

from .models import Stance

Rule = Forum.DecisionRule


@dataclass(frozen=True)
class Manner:
    """How a forum comes to a decision by one of the rules.

    `stances` are what a seat can say, in their order; `tells` says on the form when it is decided;
    `others` lets all the others go along."""

    stances: dict[str, Promise | str]
    tells: Promise
    others: Promise

    @property
    def choices(self) -> list[tuple[str, Promise | str]]:
        return list(self.stances.items())


MANNERS: dict[str, Manner] = {
    Rule.AGREEMENT: Manner(
        {one.value: one.label for one in Stance if one != Stance.MET},
        _(
            "It is decided when no seat says no. Whoever goes along with a dissenting view says "
            "it in their own words."
        ),
        _("All the others say yes"),
    ),
    Rule.CONSENT: Manner(
        {
            Stance.YES: pgettext_lazy("stance", "Consents"),
            Stance.MET: Stance.MET.label,
            Stance.DISSENT: _("Consents, with a dissenting view"),
            Stance.NO: _("Has a reasoned objection"),
            Stance.NO_VOTE: Stance.NO_VOTE.label,
            Stance.ABSENT: Stance.ABSENT.label,
        },
        _(
            "It is decided when no reasoned objection stands. An objection says what harm it would "
            "do. Once it is met, by a condition for instance, choose that it was met, and write "
            "what it was and how."
        ),
        _("All the others consent"),
    ),
    Rule.MAJORITY: Manner(
        {
            Stance.YES: pgettext_lazy("stance", "For"),
            Stance.DISSENT: _("For, with a dissenting view"),
            Stance.NO: pgettext_lazy("stance", "Against"),
            Stance.NO_VOTE: Stance.NO_VOTE.label,
            Stance.ABSENT: Stance.ABSENT.label,
        },
        _(
            "It is decided when more are for than against. Whoever does not vote takes part and "
            "counts for neither. Whoever is against says why, where they wish it."
        ),
        _("All the others are for"),
    ),
}
