"""What would be most useful next on an initiative: the few things that bring it on its way."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kernen.initiatives.models import Initiative
from kernen.initiatives.stages import GATES, Stage
from kernen.measures.models import Measure, Point

#: In the order in which a team has use for them.
USEFUL = ("purpose", "target_group", "sectors", "triple_aim", "measure", "citizens", "lead")


def next_steps(
    initiative: Initiative, ways: list[dict[str, Any]], measures: Sequence[Measure]
) -> list[dict[str, str]]:
    """Up to three steps, the most useful first: what to do and where, in words."""
    if initiative.stage == Stage.STOPPED:
        return []
    gates = [GATES[name] for name in USEFUL if not GATES[name].met(initiative)]
    steps = [
        {"words": str(gate.missing), "url": reverse(gate.mend, args=[initiative.pk])}
        for gate in gates
    ]
    if measures and not Point.objects.filter(series__measure__in=measures).exists():
        words = _("No figures are loaded yet: load the first, also those from before the change.")
        steps.insert(0, {"words": words, "url": reverse("measures", args=[initiative.pk])})
    return steps[:3]
