"""What waits for a person of likeness: to say what two are."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernen.lib.waiting import Waiting
from kernen.parties.models import Person

from ..models import Initiative, Likeness, TeamMember


def waiting(person: Person) -> Iterator[Waiting]:
    """For a lead: to say if two are the same, and what others that look alike are."""
    led = TeamMember.objects.current().filter(person=person, role=TeamMember.Role.LEAD)
    mine = {one.pk: one for one in Initiative.objects.filter(pk__in=led.values("initiative"))}
    open_ = Likeness.objects.of(Initiative.objects.filter(pk__in=mine)).unresolved()
    unanswered: dict[int, list[Likeness]] = {}
    for likeness in open_.select_related("one", "other").prefetch_related("answers"):
        for one in likeness.waits_for:
            if one.pk in mine:
                yield _to_confirm(likeness, one)
        if not likeness.answer:
            for key in {likeness.one_id, likeness.other_id} & mine.keys():
                unanswered.setdefault(key, []).append(likeness)
    for key, some in unanswered.items():
        yield _to_answer(mine[key], some)


def _to_confirm(likeness: Likeness, side: Initiative) -> Waiting:
    since = max(said.at for said in likeness.answers.all())
    return Waiting(
        key=f"same:{likeness.pk}:{side.pk}",
        what=_("“%(other)s” is proposed to be the same as your initiative")
        % {"other": likeness.across(side)},
        action=_("Say if they are"),
        url=_page(side),
        about=side.title,
        since=timezone.localdate(since),
    )


def _to_answer(side: Initiative, some: list[Likeness]) -> Waiting:
    what = ngettext(
        "%(number)s initiative may look like yours",
        "%(number)s initiatives may look like yours",
        len(some),
    )
    return Waiting(
        key=f"alike:{side.pk}",
        what=what % {"number": len(some)},
        action=_("Say what they are"),
        url=_page(side),
        about=side.title,
        since=timezone.localdate(min(likeness.found_at for likeness in some)),
    )


def _page(side: Initiative) -> str:
    return reverse("likenesses_of_initiative", args=[side.pk])
