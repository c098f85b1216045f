"""Demonstration data: what the sources tell, in our own words; what is made up is marked so.

Organisations and initiatives are real and told from public papers on the work across sectors in
Region Midtjylland, Region Nordjylland and Copenhagen. All people are made up, and so are the
figures, except where a series' remark says otherwise."""

from collections.abc import Callable

from django.db import transaction

from . import (
    asked,
    catalogue,
    coming,
    decided,
    delivered,
    elsewhere,
    enter,
    figures,
    followed,
    machines,
    papers,
    reform,
    region,
    ruled,
    task_force,
    walls,
    weighed,
    who,
    worth,
)

TOLD = [*task_force.TOLD, *region.TOLD, *elsewhere.TOLD]


@transaction.atomic
def load(progress: Callable[[str], None]) -> None:
    """Enter everything into an empty database; `progress` is told each step in a sentence."""
    progress("Entering organisations, clusters, fora and people …")
    everyone = who.enter()
    reform.prepare(everyone)
    progress("Telling the initiatives …")
    entered = {told.title: enter.initiative(told, everyone) for told in TOLD}
    enter.links(TOLD, entered, everyone)
    progress("Reckoning gains and costs …")
    worth.enter(entered, everyone)
    decided.enter_history(entered, everyone)
    ruled.enter_history(entered, everyone)
    progress("Loading the figures …")
    shared = catalogue.publish(everyone)
    leads = {told.title: everyone.people[told.lead] for told in TOLD}
    for counted in figures.COUNTED:
        title = counted.initiative
        by_catalogue = shared.get(counted.shared)
        enter.measure(counted, entered[title], leads[title], everyone, by_catalogue)
    catalogue.follow_on(shared, everyone)
    weighed.enter(everyone)
    asked.enter(everyone)
    coming.enter(everyone, entered[task_force.COPD])
    worth.follow_on(entered, everyone)
    progress("Letting fora meet and decide …")
    decided.enter(entered, everyone)
    ruled.enter(entered, everyone)
    progress("Filing the documents …")
    for filed in papers.FILED:
        enter.document(filed, entered[filed.initiative], leads[filed.initiative])
    progress("Asking the leads of idle initiatives whether they still run …")
    enter.what_waits(entered, everyone)
    followed.enter(entered, everyone)
    walls.enter(everyone)
    machines.enter(everyone)
    delivered.enter(everyone)
