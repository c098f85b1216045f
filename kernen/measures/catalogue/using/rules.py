"""When a team may use a shared measure, go over to a version of it, and leave it."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kernen.initiatives import rules as initiatives
from kernen.initiatives.models import Initiative
from kernen.lib.periods import normalise
from kernen.lib.refusal import Refused
from kernen.parties.models import Person

from ...models import Measure, SharedMeasure, SharedVersion, Takeover
from ...rules import FIXED_BY_FIGURES, has_figures


def use(person: Person | None, initiative: Initiative, shared: SharedMeasure) -> None:
    initiatives.may(person, initiative, "measure")
    in_force(shared)


def in_force(shared: SharedMeasure) -> None:
    if shared.withdrawn_at and shared.replaced_by:
        raise Refused(
            _("It is withdrawn and cannot be used anew: use “%(other)s”, which replaces it.")
            % {"other": shared.replaced_by}
        )
    if shared.withdrawn_at:
        raise Refused(_("It is withdrawn and cannot be used anew."))


def take_over(
    person: Person | None, measure: Measure, version: SharedVersion, since: date | None
) -> None:
    """From a period on that is not before the last takeover, and told where there are figures."""
    initiatives.may(person, measure.initiative, "measure")
    in_force(version.shared)
    if version != version.shared.newest():
        raise Refused(_("There is a newer version: load the page again."))
    if measure.version_id == version.pk:
        raise Refused(_("The measure goes by this version already: nothing was changed."))
    counted = has_figures(measure)
    fixed = (getattr(measure, name) == getattr(version, name) for name in FIXED_BY_FIGURES)
    if counted and not all(fixed):
        raise Refused(
            _("Figures of another kind or frequency are loaded: define a new measure instead.")
        )
    if counted and since is None:
        raise Refused(_("Say from which period figures are counted by the new version."))
    if since and since != normalise(since, version.frequency):
        raise Refused(_("Choose the first day of a period."))
    last = measure.takeovers.exclude(since=None).last()
    if since and last and since < last.since:
        raise Refused(_("The version before is counted from a later period: choose one after it."))


def leave(person: Person | None, measure: Measure) -> None:
    initiatives.may(person, measure.initiative, "measure")
    if not measure.version_id and not taken_in(measure):
        raise Refused(_("The measure is the initiative's own: nothing was changed."))


def taken_in(measure: Measure) -> SharedMeasure | None:
    """What the measure's proposal became in the catalogue, until its team has said yes or no."""
    accepted = measure.proposals.filter(answer="accepted").order_by("answered_at").last()
    if measure.version_id or not accepted:
        return None
    said = Takeover.objects.filter(measure=measure, at__gte=accepted.answered_at)
    return None if said.exists() else accepted.shared


def offered(measure: Measure) -> SharedVersion | None:
    """The version that the measure's team is asked to take over."""
    shared = measure.version.shared if measure.version else taken_in(measure)
    if shared is None or shared.withdrawn_at:
        return None
    newest = shared.newest()
    return None if newest.pk == measure.version_id else newest


def passed(measure: Measure, version: SharedVersion) -> QuerySet[SharedVersion]:
    """The versions between what the measure says and what it is to say, the newest first; none
    where it is the team's own."""
    if not measure.version or measure.version.shared_id != version.shared_id:
        return SharedVersion.objects.none()
    between = version.shared.versions.filter(number__gt=measure.version.number)
    return between.filter(number__lte=version.number)
