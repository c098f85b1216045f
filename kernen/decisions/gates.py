"""The gates before a proposal is submitted, as a table. A hard one stops it; passing a soft one
needs a written reason, which the forum sees."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext

from .known import Known
from .models import SPREADS, ProposalVersion
from .parts import PARTS, Part
from .ways import closed


@dataclass(frozen=True)
class Gate:
    """A condition: `missing` is one sentence, `mend` the address where it is filled in; of the
    proposal if `here`, else of the initiative. `short` names in a few words what is missing where
    a soft one is passed over."""

    name: str
    missing: Promise
    mend: str
    met: Callable[[Known], bool]
    hard: bool = False
    here: bool = False
    part: str = ""  # the part of the proposal in which it is told
    short: Promise | str = ""

    @property
    def does(self) -> str:
        """What the link to its address says."""
        if self.part:
            return pgettext("button", "Write")
        return str(_("Read it") if self.mend == "proposals" else _("Mend it"))

    def url(self, known: Known) -> str:
        key = known.proposal.pk if self.here else known.initiative.pk
        return reverse(self.mend, args=[key, self.part] if self.part else [key])


def _as_at_earlier_stages(name: str) -> Callable[[Known], bool]:
    return lambda known: name not in known.missing


def _told(part: Part) -> Gate:
    def met(known: Known) -> bool:
        return bool(getattr(known.proposal, part.field).strip())

    hard, name, short = part.needed, part.field, part.heading
    return Gate(name, part.missing, "write_part", met, hard=hard, here=True, part=name, short=short)


def _in_scope(known: Known) -> bool:
    return bool(known.clusters) or known.proposal.asks not in SPREADS


def _open_way(known: Known) -> bool:
    return not closed(known.proposal.forum, known.binding, known.clusters)


GATES = {
    gate.name: gate
    for gate in (
        Gate(
            "lead",
            _("Nobody leads the initiative: name a lead."),
            "team",
            _as_at_earlier_stages("lead"),
            hard=True,
        ),
        Gate(
            "purpose",
            _("The purpose is not told yet: say in a few lines what it is to achieve."),
            "story",
            _as_at_earlier_stages("purpose"),
            hard=True,
        ),
        Gate(
            "scope",
            _("It is not chosen which clusters it is for."),
            "ask_proposal",
            _in_scope,
            hard=True,
            here=True,
        ),
        Gate(
            "way",
            _("The forum is not on the way of this proposal: choose one that is."),
            "ask_proposal",
            _open_way,
            hard=True,
            here=True,
        ),
        *(_told(part) for part in PARTS.values()),
        Gate(
            "sectors",
            _("Not all three sectors take part: their view is missing."),
            "involvement",
            _as_at_earlier_stages("sectors"),
            short=_("All three sectors"),
        ),
        Gate(
            "triple_aim",
            _("Health, experience and cost do not all have a goal."),
            "goals",
            _as_at_earlier_stages("triple_aim"),
            short=_("Goals of the Triple Aim"),
        ),
        Gate(
            "documented",
            _("No series shows that it helps: its gains are not shown by own figures."),
            "measures",
            lambda known: bool(known.improved or known.results),
            short=_("Figures that show that it helps"),
        ),
        Gate(
            "gains",
            _("Not every party and every kind of gain is spoken of: say what each gains."),
            "value",
            lambda known: not known.worth.gaps,
            short=_("Every party's gains"),
        ),
        Gate(
            "costs",
            _("It is not said what it costs to spread and to run, and who pays."),
            "value",
            lambda known: bool(known.worth.costs),
            short=_("What it costs and who pays"),
        ),
        Gate(
            "decided",
            _(
                "The forum decided on this initiative less than half a year ago: read the "
                "decision, and say what is new since."
            ),
            "proposals",
            lambda known: known.decided_lately is None,
            short=_("What is new since the last decision"),
        ),
        Gate(
            "overlaps",
            _("What looks like it has not been answered: say what they are to each other."),
            "likenesses_of_initiative",
            lambda known: not known.unresolved,
            short=_("Answers to what looks like it"),
        ),
    )
}


def unmet(known: Known) -> list[Gate]:
    """The gates that the proposal does not meet now, hard ones first."""
    found = [gate for gate in GATES.values() if not gate.met(known)]
    return sorted(found, key=lambda gate: not gate.hard)


#: How many may be missing from what is submitted.
SOFT = sum(not gate.hard for gate in GATES.values())


def in_short(lacking: Iterable[str]) -> str:
    """What is missing, by gates, each in a word or two: to be read within a sentence."""
    named = [str(GATES[name].short) for name in lacking if name in GATES]
    return ", ".join(one[:1].lower() + one[1:] for one in named)


def passed_by_number(version: ProposalVersion | None) -> str:
    """How many were missing when it was submitted; empty where nothing was."""
    passed = len(_passed(version))
    said = ngettext(
        "%(n)s of the proposal's %(all)s parts was missing",
        "%(n)s of the proposal's %(all)s parts were missing",
        passed,
    )
    return said % {"n": passed, "all": SOFT} if passed else ""


def passed_in_short(version: ProposalVersion | None) -> str:
    """The same and which they were: one sentence."""
    number = passed_by_number(version)
    return number and f"{number}: {in_short(_passed(version))}."


def _passed(version: ProposalVersion | None) -> list[str]:
    return [name for name in (version.passed if version else ()) if name in GATES]
