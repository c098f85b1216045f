"""What a measure's page says of the catalogue: by which version it goes, and did when."""

from typing import Any

from django.utils.translation import gettext as _

from kernen.lib.periods import label
from kernen.lib.refusal import refusal
from kernen.parties.models import Person

from ...models import Measure
from ..proposing import rules as proposing
from . import rules


def held(measure: Measure, person: Person | None) -> dict[str, Any]:
    takeovers = measure.takeovers.select_related("version__shared", "by")
    return {
        "offered": rules.offered(measure),
        "held": [
            {
                "taken": one,
                "since": label(one.since, measure.frequency) if one.since else _("the beginning"),
            }
            for one in takeovers
        ],
        "proposal": measure.proposals.filter(answer="").select_related("to").first(),
        "may_propose": refusal(proposing.propose, person, measure) is None,
    }
