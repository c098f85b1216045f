"""What an initiative is worth and to whom, for its page, for a proposal, and for what is locked."""

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from django.utils.translation import gettext as _

from kernen.initiatives.models import Initiative

from . import sentences
from .estimates import rows_of, terms_of
from .known import GAINS, Known, known
from .models import ALWAYS, Amount, Basis, Cost, Kind, Party, Terms
from .money import kroner, span
from .reckoning import (
    Net,
    Payback,
    Row,
    Settlement,
    Simulation,
    payback,
    reckon,
    settle,
    simulate,
)


@dataclass(frozen=True)
class Cell:
    """What is said of one kind of gain for one party."""

    kind: Kind
    gains: tuple[Known, ...]


@dataclass(frozen=True)
class Line:
    """A party's row of the grid."""

    party: Party
    cells: tuple[Cell, ...]

    @property
    def empty(self) -> bool:
        return not any(cell.gains for cell in self.cells)


@dataclass(frozen=True)
class Standing:
    """What a party pays and gains, in kroner; `total` over all years, the others a year."""

    who: str
    label: str
    pays: float
    gains: float
    net: float
    total: float
    once: float
    payback: Payback

    @property
    def said(self) -> dict[str, str]:
        """Each of its amounts as people read it."""
        names = ("pays", "gains", "net", "total", "once")
        return {name: kroner(getattr(self, name)) for name in names}

    @property
    def back(self) -> str:
        return sentences.back(self.payback)


@dataclass(frozen=True)
class Summary:
    """All of it as it stands now; everything is reckoned when it is asked for."""

    initiative: Initiative
    terms: Terms
    gains: tuple[Known, ...]
    costs: tuple[Cost, ...]

    # --- the grid -----------------------------------------------------------------------------

    @cached_property
    def grid(self) -> list[Line]:
        """A row for each of the parties that a decision stands between, and for all others of
        which something is said."""
        said = {one.gain.party for one in self.gains}
        return [
            Line(
                party,
                tuple(
                    Cell(kind, tuple(one for one in self.gains if _in(one, party, kind)))
                    for kind in Kind
                ),
            )
            for party in Party
            if party in ALWAYS or party in said
        ]

    @property
    def empty_parties(self) -> list[Party]:
        return [line.party for line in self.grid if line.empty]

    @property
    def empty_kinds(self) -> list[Kind]:
        there = {one.gain.kind for one in self.gains}
        return [kind for kind in Kind if kind not in there]

    @property
    def gaps(self) -> list[str]:
        """What nothing is said of, a sentence each; the whole of it where nothing is said."""
        return sentences.gaps(self)

    def count(self, basis: Basis) -> int:
        return sum(one.basis == basis for one in self.gains)

    @property
    def documented(self) -> int:
        return self.count(Basis.DOCUMENTED)

    @property
    def shown_here(self) -> int:
        """How many gains our own figures show, whatever studies say of them."""
        return sum(any(g.shows and g.ours for g in one.grounds) for one in self.gains)

    # --- the money ----------------------------------------------------------------------------

    @property
    def amounts(self) -> list[Amount]:
        return [*self.costs, *(one.gain for one in self.gains)]

    @cached_property
    def rows(self) -> list[Row]:
        return rows_of(self.amounts, self.terms)

    @cached_property
    def net(self) -> Net:
        return reckon(self.rows)

    @cached_property
    def labels(self) -> dict[str, str]:
        """What each party of the money is called."""
        return {amount.who: amount.who_said for amount in self.amounts}

    @cached_property
    def parties(self) -> list[Standing]:
        """Those who pay or gain kroner, the one that loses most first."""
        found = [self._standing(party) for party in self.net.parties]
        return sorted(found, key=lambda one: one.net)

    def _standing(self, who: str) -> Standing:
        net, a_year = self.net, self.net.a_year
        once = (
            row.likely
            for row, amount in zip(self.rows, self._counted, strict=True)
            if amount.who == who and isinstance(amount, Cost) and amount.recurs == "once"
        )
        return Standing(
            who=who,
            label=self.labels[who],
            pays=a_year(net.costs[who]),
            gains=a_year(net.gains[who]),
            net=a_year(net.of(who)),
            total=net.totals[who],
            once=sum(once),
            payback=payback(net.years, net.of(who)),
        )

    @property
    def all(self) -> Standing:
        """All parties as if they were one."""
        total = {
            name: sum(getattr(one, name) for one in self.parties)
            for name in ("pays", "gains", "net", "total", "once")
        }
        return Standing(who="", label="", payback=self.payback, **total)

    @property
    def table(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """A line a year: what each column is called, and its kroner as people read them."""
        columns = [(one.label, self.net.of(one.who)) for one in self.parties]
        columns.append((_("All together"), self.net.overall))
        columns.append((_("Added up"), tuple(accumulate(self.net.overall))))
        return [
            (str(year), [(label, kroner(amounts[at])) for label, amounts in columns])
            for at, year in enumerate(self.net.years)
        ]

    @property
    def span(self) -> str:
        return span(self.net.years[0], self.net.years[-1]) if self.net.years else ""

    @property
    def _counted(self) -> list[Amount]:
        return [amount for amount in self.amounts if amount.three]

    @property
    def total(self) -> float:
        """Net of all parties over all years."""
        return sum(self.net.totals.values())

    @cached_property
    def payback(self) -> Payback:
        return payback(self.net.years, self.net.overall)

    @cached_property
    def settlement(self) -> Settlement:
        """The transfers a year that leave no organisation worse off. Citizens neither give nor get:
        what they gain is mostly time, and nobody sends them a bill for it."""
        return settle({one.who: one.net for one in self.parties if one.who != Party.CITIZENS})

    @cached_property
    def simulation(self) -> Simulation | None:
        return simulate(self.rows, within=self.terms.within)

    @property
    def in_hours(self) -> float:
        """How much of the gains a year is hours at a price, and no money that is paid out."""
        pairs = zip(self.rows, self._counted, strict=True)
        years = len(self.net.years) or 1
        freed = (r.likely * (r.last - r.first + 1) for r, a in pairs if r.gain and a.hours)
        return sum(freed) / years

    @property
    def made_up(self) -> bool:
        return any(amount.made_up for amount in self.amounts)

    @property
    def all_made_up(self) -> bool:
        """Nothing but sample data, which is then said once."""
        return all(amount.made_up for amount in self.amounts)

    # --- in words -----------------------------------------------------------------------------

    @cached_property
    def heading(self) -> str:
        """What it means, in one line without a full stop."""
        return sentences.heading(self)

    @cached_property
    def further(self) -> list[str]:
        """Sentences to follow the heading: the whole, how sure it is, transfers."""
        return sentences.further(self)


def _in(one: Known, party: Party, kind: Kind) -> bool:
    return one.gain.party == party and one.gain.kind == kind


def of(initiative: Initiative) -> Summary:
    """At as many queries for any number of gains and costs."""
    gains = GAINS.filter(initiative=initiative).order_by("pk")
    costs = initiative.costs.select_related("organisation")
    return Summary(initiative, terms_of(initiative), tuple(map(known, gains)), tuple(costs))
