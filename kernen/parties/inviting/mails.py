"""The link of an invitation, and the e-mail that carries it."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
#: Nothing of it is stored: the link is good for the invitation to that address and no other.
SIGNER = signing.Signer(salt="kernen.parties.invitation")


def key_of(invitation: Invitation) -> str:
    return SIGNER.signature(f"{invitation.pk}:{invitation.email}")


def shown_to(invitation: Invitation, person: Person | None, key: str) -> bool:
    """An invitation is shown to whoever has its link, and to the person whose address it names."""
    if constant_time_compare(key, key_of(invitation)):
        return True
    return bool(person and person.user and rules.account_of(invitation.email) == person.user)


def address(invitation: Invitation) -> str:
    query = urlencode({"key": key_of(invitation)})
    return f"{settings.SITE}{invitation.get_absolute_url()}?{query}"


def message(invitation: Invitation) -> EmailMultiAlternatives:
    """Sent again, it says the very same. Whoever answers it writes to who invited."""
    by: Any = invitation.by
    with translation.override(settings.LANGUAGE_CODE):
        context = {
            "invitation": invitation,
            "means": MEANS[Role(invitation.role)],
            "address": address(invitation),
            "site": settings.SITE,
        }
        subject = _("Invitation to Kernen from %(organisation)s")
        mail = EmailMultiAlternatives(
            subject=subject % {"organisation": invitation.organisation},
            body=render_to_string("parties/mail/invitation.txt", context),
            to=[invitation.email],
            reply_to=[by.user.email] if by.user else None,
            headers={"Message-ID": invitation.message_id, "Auto-Submitted": "auto-generated"},
        )
        page = render_to_string("parties/mail/invitation.html", context)
        mail.attach_alternative(page, "text/html")
    return mail
