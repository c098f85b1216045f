"""The whole register as one data package, as everybody who is signed in may read it.

Every table is in it, or tests/house/test_register.py says why not. Nobody's sight is its measure:
closed figures are not in it, whoever asks."""

from typing import IO, Any

from django.db.models import Model, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernen.decisions.models import Decision, Endorsement, Meeting, Proposal, ProposalVersion
from kernen.documents.models import Document, Version
from kernen.initiatives.models import (
    Entry,
    Goal,
    Initiative,
    Involvement,
    LikenessAnswer,
    Link,
    TeamMember,
)
from kernen.lib.packages import Table, called, of_model, pack
from kernen.lib.refusal import Refused
from kernen.measures.models import Measure, Series
from kernen.measures.packing.tables import tables as of_measures
from kernen.parties.models import (
    Cluster,
    ClusterChange,
    ClusterMembership,
    FormerRule,
    Forum,
    ForumMember,
    Organisation,
    OrganisationChange,
    OrganisationRole,
    Person,
    Reorganisation,
)
from kernen.parties.rules import is_administrator
from kernen.value.models import Actual, Cost, Evidence, Gain, Locked, Terms

TITLE = gettext_lazy("The register of Kernen")
#: Tables beside those of measures, each with the columns that are left out.
TAKEN: dict[type[Model], tuple[str, ...]] = {
    Organisation: (),
    Cluster: (),
    ClusterMembership: (),
    Forum: (),
    FormerRule: (),
    ForumMember: (),
    OrganisationRole: (),
    Reorganisation: (),
    ClusterChange: (),
    OrganisationChange: (),
    Initiative: ("stage_number",),
    Goal: (),
    Involvement: (),
    TeamMember: (),
    Link: (),
    LikenessAnswer: ("likeness",),
    Entry: (),
    Document: ("taken_away_at", "taken_away_by", "erased_at"),
    Version: ("key",),
    Gain: (),
    Cost: (),
    Evidence: ("result",),
    Terms: (),
    Locked: (),
    Actual: (),
    Proposal: (),
    ProposalVersion: ("previous", "hash"),
    Decision: ("hash", "version"),
    Endorsement: ("hash", "version", "by_link"),
    Meeting: (),
}


def export(person: Person | None) -> None:
    """Who may take the whole register along; None is the program itself."""
    if person is not None and not is_administrator(person):
        raise Refused(_("Only an administrator takes the whole register along: ask one of them."))


def described() -> list[tuple[str, str]]:
    """The name of each file, and what it holds."""
    return [(f"{table.name}.csv", table.title) for table in tables()]


def tables() -> list[Table]:
    """All of them: those of measures beside the others."""
    known = {called(model) for model in TAKEN}
    measures = of_measures(Measure.objects.all(), None, also=known)
    known |= {table.name for table in measures}
    rest = [
        of_model(called(model), _rows(model), without=without, tables=known)
        for model, without in TAKEN.items()
    ]
    return [*rest, *measures]


def _rows(model: Any) -> Any:
    """Nothing of a draft, of what was taken away, or of what is closed."""
    every, there = model.objects.all(), Document.objects.standing().not_erased()
    narrowed = {
        Entry: lambda: every.seen_by(None),
        Document: lambda: there,
        Version: lambda: every.filter(document__in=there),
        Proposal: lambda: every.exclude(submitted_at=None),
        Evidence: lambda: every.filter(Q(series=None) | Q(series__in=Series.objects.seen_by(None))),
    }
    return narrowed.get(model, lambda: every)()


def write(file: IO[bytes]) -> list[Table]:
    """Write the package; gives its tables."""
    every = tables()
    said = _("Everything that whoever is signed in may read. Closed figures are not in it.")
    pack(file, every, name="kernen", title=str(TITLE), description=said)
    return every
