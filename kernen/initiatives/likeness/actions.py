"""What is said of a likeness. Nothing is merged: the most that comes of it is a link."""

from django.db import transaction
from django.db.models import Q, QuerySet

from kernen.parties.models import Person

from .. import rules
from ..actions import record
from ..models import Answer, Initiative, Likeness, LikenessAnswer, Link


@transaction.atomic
def answer(*, likeness: Likeness, side: Initiative, answer: str, by: Person) -> LikenessAnswer:
    """Say what the initiative `side` is to the other of the two; the latest answer counts.

    The same they are when the leads of both say so; until then it is proposed."""
    rules.answer(by, likeness, side)
    as_lead = rules.leads(by, side)
    likeness = Likeness.objects.select_for_update(of=("self",)).get(pk=likeness.pk)
    said = LikenessAnswer(likeness=likeness, side=side, answer=answer, as_lead=as_lead, by=by)
    said.full_clean()
    said.save()
    _settle(likeness, said)
    other = likeness.across(side)
    proposed = answer == Answer.SAME and not likeness.confirmed
    words = "proposed" if proposed else answer
    record(side, "liken", by=by, params={"other": other.title, "likeness": words})
    record(other, "likened", by=by, params={"other": side.title, "likeness": words})
    return said


def _settle(likeness: Likeness, said: LikenessAnswer) -> None:
    """Let what stands of the likeness, and the link that follows from it, be as was said last."""
    if likeness.confirmed:
        _links(likeness).delete()
    likeness.answer, likeness.side = said.answer, said.side
    likeness.confirmed = said.answer != Answer.SAME or len(likeness.confirmed_by()) == 2
    likeness.save(update_fields=["answer", "side", "confirmed"])
    says_a_link = said.answer in Link.Kind.values
    if likeness.confirmed and says_a_link and not _links(likeness).exists():
        other = likeness.across(said.side)
        Link.objects.create(initiative=said.side, other=other, kind=said.answer)


def _links(likeness: Likeness) -> QuerySet[Link]:
    """The links that say the same as the answer: from its side, or either way where none leads."""
    side, other = likeness.side, likeness.reverse_side
    either = Q(initiative=side, other=other)
    if likeness.answer in (Answer.SAME, Answer.RELATED):
        either |= Q(initiative=other, other=side)
    return Link.objects.filter(either, kind=likeness.answer)
