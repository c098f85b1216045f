"""The reform of 2027 as a change that is prepared and waits for somebody to confirm it.

That 17 health councils in 4 regions replace such structures from 1 January 2027 is decided. Which
councils there are and who belongs to them is made up here, and each name says so."""

from datetime import date

from kernen.parties.models import Cluster
from kernen.parties.reorganising import actions

from .who import AARHUS, CLUSTERS, COORDINATOR, HORSENS, PLO, Who, municipalities

DAY = date(2027, 1, 1)
WHY = (
    "Den nationale sundhedsreform afløser fra 1. januar 2027 klynger og lignende strukturer med 17 "
    "sundhedsråd i 4 regioner. Eksempeldata: Hvilke råd der er her, hvad de hedder, og hvem der "
    "hører til dem, er opdigtet. Læs i bekendtgørelsen, hvordan det bliver, og ret planen, før den "
    "bekræftes."
)

#: Council → the clusters that go on in it, and who belongs besides general practice. All made up.
COUNCILS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "Sundhedsråd Nord (eksempel)": (("Randersklyngen",), CLUSTERS["Randersklyngen"]),
    "Sundhedsråd Midt (eksempel)": (("Midtklyngen",), CLUSTERS["Midtklyngen"]),
    "Sundhedsråd Vest (eksempel)": (("Vestklyngen",), CLUSTERS["Vestklyngen"]),
    "Sundhedsråd Syd (eksempel)": (
        ("Horsensklyngen",),
        (HORSENS, *municipalities("Horsens", "Hedensted")),
    ),
    "Sundhedsråd Øst (eksempel)": (
        ("Aarhusklyngen", "Horsensklyngen"),
        (AARHUS, *municipalities("Aarhus", "Samsø", "Odder", "Skanderborg")),
    ),
}


def prepare(who: Who) -> None:
    by = who.people[COORDINATOR]
    change = actions.prepare_reorganisation(
        name="Sundhedsråd afløser klyngerne", day=DAY, why=WHY, by=by
    )
    for name, (clusters, members) in COUNCILS.items():
        actions.plan_cluster(
            reorganisation=change,
            name=name,
            kind=Cluster.Kind.HEALTH_COUNCIL,
            replaces=[who.clusters[cluster] for cluster in clusters],
            members=[who.organisations[member] for member in (*members, PLO)],
            by=by,
        )
