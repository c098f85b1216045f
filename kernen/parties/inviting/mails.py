"""Who is shown an invitation, and the e-mail that carries it."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..mailing.letters import letter
from ..models import Invitation, OrganisationRole, Person
from . import rules

Role = OrganisationRole.Role

#: What each role means, for whoever is to have it.
MEANS = {
    Role.READER: gettext_lazy("You can read everything."),
    Role.CONTRIBUTOR: gettext_lazy(
        "You can read everything, register initiatives and give figures."
    ),
    Role.COORDINATOR: gettext_lazy(
        "You can read everything, register initiatives and give figures, and you keep the "
        "organisation’s people, data and initiatives."
    ),
    Role.LEADER: gettext_lazy(
        "You can read everything, and you answer for the organisation when a proposal asks it."
    ),
}


def shown_to(invitation: Invitation, person: Person | None, key: str) -> bool:
    """An invitation is shown to whoever has its link, and to the person whose address it names."""
    if constant_time_compare(key, invitation.key):
        return True
    return bool(person and person.user and rules.account_of(invitation.email) == person.user)


def message(invitation: Invitation) -> EmailMultiAlternatives:
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Invitation to Kernen from %(organisation)s")
        return letter(
            invitation,
            subject=subject % {"organisation": invitation.organisation},
            template="parties/mail/invitation",
            at=invitation.at,
            by=invitation.by,
            invitation=invitation,
            means=MEANS[Role(invitation.role)],
        )
