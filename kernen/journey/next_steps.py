"""What would be most useful next on an initiative: the few things that bring it on its way."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from kernen.initiatives.models import Initiative
from kernen.initiatives.stages import Gate, Stage
from kernen.measures.models import Measure, Point

#: In the order in which a team has use for them.
USEFUL = ("purpose", "target_group", "sectors", "triple_aim", "measure", "citizens", "lead")
#: From when on it is asked who gains what: while it is tested something is known of it.
VALUED = (Stage.TESTING, Stage.DECISION, Stage.SPREADING)


def next_steps(
    initiative: Initiative,
    missing: dict[str, Gate],
    measures: Sequence[Measure],
    gaps: Sequence[str],
) -> list[dict[str, str]]:
    """Up to three steps, the most useful first: what to do and where, in words.

    `missing` are the initiative's failing gates, `gaps` what nothing is said of in its gains."""
    if initiative.stage == Stage.STOPPED:
        return []
    gates = [missing[name] for name in USEFUL if name in missing]
    steps = [
        {"words": str(gate.missing), "url": reverse(gate.mend, args=[initiative.pk])}
        for gate in gates
    ]
    if measures and not Point.objects.filter(series__measure__in=measures).exists():
        words = _("No figures are loaded yet: load the first, also those from before the change.")
        steps.insert(0, {"words": words, "url": reverse("measures", args=[initiative.pk])})
    if gaps and initiative.stage in VALUED:
        steps.append({"words": gaps[0], "url": reverse("value", args=[initiative.pk])})
    return steps[:3]
