"""Whose figures can be closed to all but their owners, and by whom."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from kernen.lib.refusal import Refused
from kernen.parties import lineage
from kernen.parties.models import Organisation, OrganisationRole, Person, Sector
from kernen.parties.rules import CONTRIBUTOR, COORDINATOR

from ..models import Series
from ..rules import own


def close(person: Person | None, series: Series) -> None:
    if series.closed_at:
        raise Refused(_("The figures are closed already: nothing was changed."))
    closable(series.organisation)
    own(person, series)


def open_again(person: Person | None, series: Series) -> None:
    if not series.closed_at:
        raise Refused(_("The figures are open already: nothing was changed."))
    own(person, series)


def closable(organisation: Organisation) -> None:
    """Few patients stand behind a practice's figures; and somebody must be there to open them."""
    if organisation.sector != Sector.GENERAL_PRACTICE:
        raise Refused(_("Only the figures of a general practice can be closed."))
    names = lineage.organisations().of(organisation.pk, date.today())
    held = OrganisationRole.objects.current().filter(organisation__in=names)
    if not held.filter(role__in=(CONTRIBUTOR, COORDINATOR)).exists():
        sentence = _(
            "Nobody contributes for %(organisation)s, so nobody could load closed figures or open "
            "them: ask an administrator to add somebody first."
        )
        raise Refused(sentence % {"organisation": organisation})
