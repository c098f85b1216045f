"""Who invites whom to an organisation, and when an invitation can be answered."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernen.lib.refusal import Refused

from .. import lineage
from ..models import Invitation, Organisation, OrganisationRole, Person, User
from ..upkeep.rules import keep

#: So many an organisation sends in a day.
MOST_A_DAY = 50


def account_of(email: str) -> User | None:
    """Who signs in with the address, or has shown to have it."""
    shown = Q(emailaddress__email=email, emailaddress__verified=True)
    return User.objects.filter(Q(email=email) | shown).distinct().first()


def invite(by: Person | None, organisation: Organisation, email: str = "") -> None:
    """`email` once it is written."""
    keep(by, organisation)
    if organisation.end and organisation.end < date.today():
        raise Refused(_("%(organisation)s is no more.") % {"organisation": organisation})
    since = timezone.now() - timedelta(days=1)
    if organisation.invitations.filter(at__gt=since).count() >= MOST_A_DAY:
        sentence = _("%(most)s have been invited since yesterday: invite the others tomorrow.")
        raise Refused(sentence % {"most": MOST_A_DAY})
    if organisation.invitations.waiting().filter(email=email).exists():
        sentence = _("%(email)s is invited already: send that invitation again, or withdraw it.")
        raise Refused(sentence % {"email": email})
    if user := account_of(email):
        _can_come(user, organisation)


def _can_come(user: User, organisation: Organisation) -> None:
    if not user.is_active:
        raise Refused(_("That account is closed: ask an administrator to open it first."))
    same = lineage.organisations().of(organisation.pk, date.today())
    held = OrganisationRole.objects.current().filter(person__user=user, organisation__in=same)
    if one := held.select_related("person").first():
        sentence = _("%(person)s is %(role)s here already: change the role instead.")
        raise Refused(sentence % {"person": one.person, "role": one.get_role_display().lower()})


def send_again(by: Person | None, invitation: Invitation) -> None:
    keep(by, invitation.organisation)
    _unanswered(invitation)
    if invitation.just_sent:
        raise Refused(_("The e-mail was sent a moment ago: give it an hour."))


def withdraw(by: Person | None, invitation: Invitation) -> None:
    keep(by, invitation.organisation)
    _unanswered(invitation)


def answer(invitation: Invitation) -> None:
    """What anybody meets who follows the link."""
    _unanswered(invitation)
    if invitation.late:
        raise Refused(_("The invitation is too old: ask for it to be sent again."))


def accept(by: Person, invitation: Invitation) -> None:
    """With the account that the address belongs to or, if it belongs to none, with any."""
    answer(invitation)
    owner = account_of(invitation.email)
    if owner and owner != by.user:
        sentence = _("The invitation is for the account of %(email)s: sign in with that one.")
        raise Refused(sentence % {"email": invitation.email})


def join(invitation: Invitation) -> None:
    """Whoever has no account gets one."""
    answer(invitation)
    if account_of(invitation.email):
        sentence = _("%(email)s has an account already: sign in to accept.")
        raise Refused(sentence % {"email": invitation.email})


def _unanswered(invitation: Invitation) -> None:
    said = {
        Invitation.Answer.ACCEPTED: _("The invitation has been accepted already."),
        Invitation.Answer.DECLINED: _("The invitation has been declined: ask for a new one."),
        Invitation.Answer.WITHDRAWN: _("The invitation has been withdrawn: ask who sent it."),
    }
    if invitation.answer:
        raise Refused(said[Invitation.Answer(invitation.answer)])
