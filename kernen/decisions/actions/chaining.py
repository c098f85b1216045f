"""How a record is added to the chain of its kind, and how the journal tells of it."""

from datetime import date, datetime
from typing import TypeVar

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from kernen.initiatives.actions import record
from kernen.initiatives.journal import VERBS
from kernen.initiatives.models import PARAMS
from kernen.parties.models import Person

from ..chain import Chained, Head
from ..models import Endorsement, Outcome, Proposal

VERBS.update(
    draft_proposal=_("A proposal to %(forum)s is being drafted"),
    write_proposal=_("The proposal to %(forum)s was written on"),
    submit_version=_("Version %(edition)s of the proposal to %(forum)s was submitted"),
    withdraw_proposal=_("The proposal to %(forum)s was withdrawn"),
    endorse=_("%(organisation)s answered the proposal to %(forum)s: %(answer)s"),
    ask=_("%(organisation)s was asked by e-mail to answer the proposal to %(forum)s"),
    ask_again=_("%(organisation)s was asked once more to answer the proposal to %(forum)s"),
    remind=_("%(organisation)s was reminded of the proposal to %(forum)s"),
    ask_anew=_("%(organisation)s was asked about version %(edition)s of the proposal"),
    withdraw_question=_("The question to %(organisation)s was withdrawn"),
    put_on_agenda=_("The proposal is on the agenda of %(forum)s on %(day)s"),
    take_off_agenda=_("The proposal was taken off the agenda of %(forum)s on %(day)s"),
    recommend=_("%(forum)s recommends on the proposal"),
    forward=_("%(forum)s sent the proposal on to %(target)s"),
    decide=_("%(forum)s decided: %(outcome)s"),
    look_again=_("%(forum)s looked at its decision again: %(outcome)s"),
    publish=_("The decision of %(forum)s is open to everybody"),
    unpublish=_("The decision of %(forum)s is no longer open to everybody"),
)
PARAMS["answer"] = lambda value: str(Endorsement.Answer(value).label)
PARAMS["day"] = lambda value: date_format(date.fromisoformat(value), "DATE_FORMAT")
PARAMS["outcome"] = lambda value: str(Outcome(value).label)

Record = TypeVar("Record", bound=Chained)


def append(made: Record) -> Record:
    """Add the record to the end of its chain, which is locked until the transaction ends."""
    name = made._meta.label_lower
    Head.objects.get_or_create(chain=name)
    head = Head.objects.select_for_update().get(chain=name)
    made.number, made.previous = head.length + 1, head.hash
    made.full_clean(exclude={"hash"})
    made.hash = made.reckon()
    made.save()
    head.length, head.hash = made.number, made.hash
    head.save(update_fields=["length", "hash"])
    return made


def tell(
    proposal: Proposal,
    verb: str,
    *,
    by: Person,
    at: datetime | None = None,
    words: str = "",
    stage: str = "",
    **params: object,
) -> None:
    """Write a line of the initiative's journal on the proposal and the forum that has it."""
    told = {"forum": proposal.forum.name, "proposal": proposal.pk, **params}
    record(proposal.initiative, verb, by=by, at=at, words=words, params=told, stage=stage)
