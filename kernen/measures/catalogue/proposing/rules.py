"""Who proposes a measure to the catalogue, and who answers."""

from django.utils.translation import gettext as _

from kernen.initiatives import rules as initiatives
from kernen.lib.refusal import Refused
from kernen.parties.models import Person

from ...models import Measure, SharedProposal
from .. import rules as catalogue


def propose(person: Person | None, measure: Measure) -> None:
    _leads(person, measure)
    if measure.version_id:
        raise Refused(_("The measure is from the catalogue already."))
    waiting = measure.proposals.filter(answer="").select_related("to").first()
    if waiting:
        raise Refused(_("It is proposed already: %(owner)s will answer.") % {"owner": waiting.to})


def answer(person: Person | None, proposal: SharedProposal) -> None:
    catalogue.keep(person, proposal.to)
    _open(proposal)


def withdraw(person: Person | None, proposal: SharedProposal) -> None:
    _leads(person, proposal.measure)
    _open(proposal)


def _leads(person: Person | None, measure: Measure) -> None:
    if "team" not in initiatives.verbs(person, measure.initiative):
        raise Refused(_("The lead proposes a measure to the catalogue: ask him or her."))


def _open(proposal: SharedProposal) -> None:
    if proposal.answer:
        raise Refused(_("The proposal is answered or withdrawn already: nothing was changed."))
