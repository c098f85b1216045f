"""What waits for a person in this room: invitations to answer."""

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kernen.lib.waiting import Waiting

from .models import Invitation, Person


def waiting(person: Person) -> Iterator[Waiting]:
    if not person.user:
        return
    shown = EmailAddress.objects.filter(user=person.user, verified=True)
    theirs = Q(email=person.user.email) | Q(email__in=shown.values("email"))
    for one in Invitation.objects.standing().filter(theirs).select_related("organisation", "by"):
        said = _("%(by)s invites you to take part for %(organisation)s")
        yield Waiting(
            key=f"invitation:{one.pk}",
            what=said % {"by": one.by, "organisation": one.organisation},
            action=_("Answer"),
            url=one.get_absolute_url(),
            since=timezone.localdate(one.at),
            due=one.until,
        )
