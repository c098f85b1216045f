"""What stands on an initiative's sheet, and how it is shortened until there is room for it."""

from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kernen.initiatives.frame import sector_marks, steps
from kernen.initiatives.models import Dimension, Initiative, TeamMember
from kernen.initiatives.stages import Stage
from kernen.lib.sentences import shorten
from kernen.measures.fetching import series_for
from kernen.measures.pictures import chart_of, most_telling


@dataclass(frozen=True)
class Room:
    """The size of letters in points, and for how many charts there is room, for how many signs of
    a text and for how many names in a list."""

    letters: float
    charts: int
    signs: int
    names: int


#: From the most generous to what always fits: what is short is set in larger letters.
ROOMS = (
    Room(11, 3, 3000, 20),
    Room(10, 3, 3000, 20),
    Room(9, 3, 3000, 20),
    Room(8.5, 3, 1600, 12),
    Room(8.5, 3, 1000, 10),
    Room(8.5, 3, 700, 8),
    Room(8.5, 3, 500, 6),
    Room(8.5, 2, 500, 6),
    Room(8.5, 2, 350, 5),
    Room(8.5, 2, 220, 4),
    Room(8.5, 1, 150, 2),
)
#: Beyond these, series stand on the initiative's pages only.
MOST_TOLD = 8
#: About how many signs stand on a line of a column, and how many lines a chart takes.
LINE, PICTURE = 58, 12


@dataclass(frozen=True)
class Line:
    """A paragraph: a word or two that stand out, the words, a remark; whether it is made up."""

    words: str
    lead: str = ""
    remark: str = ""
    made_up: bool = False

    @property
    def height(self) -> int:
        return ceil(len(f"{self.lead} {self.words} {self.remark}") / LINE)


@dataclass(frozen=True)
class Drawn:
    """A chart, and the words for those who do not see it."""

    svg: str
    described: str


@dataclass(frozen=True)
class Block:
    """What is kept together on the sheet; one without a heading goes on where the last ended."""

    heading: str
    lines: list[Line]
    drawn: Drawn | None = None

    @property
    def height(self) -> int:
        lines = sum(line.height for line in self.lines)
        return lines + (2 if self.heading else 0) + (PICTURE if self.drawn else 0)


@dataclass(frozen=True)
class Sheet:
    """Everything in the reader's language, and short enough."""

    title: str
    summary: str
    language: str
    letters: float
    stage: str
    where: str
    steps: list[dict[str, Any]]
    sectors: list[dict[str, Any]]
    parties: str
    blocks: list[Block]
    responsible: str
    printed: date
    address: str

    @property
    def columns(self) -> tuple[list[Block], list[Block]]:
        """The blocks in two columns about equally long, read one after the other."""
        heights = [block.height for block in self.blocks]
        ends = range(1, len(heights) + 1)
        end = min(ends, key=lambda end: max(sum(heights[:end]), sum(heights[end:])))
        return self.blocks[:end], self.blocks[end:]


class Sheets:
    """An initiative's sheet for any room; asks the database once."""

    def __init__(self, initiative: Initiative, address: str):
        self.initiative, self.address = initiative, address
        self.steps, self.sectors = steps(initiative), sector_marks(initiative)
        # A sheet is passed on: what is closed is left out, whoever prints it.
        measures = initiative.measures.prefetch_related(series_for(None))
        charted = [chart_of(series) for measure in measures for series in measure.seen]
        self.charts = most_telling(charted)[:MOST_TOLD]
        measured = {measure.dimension for measure in measures}
        goals = dict(initiative.goals.values_list("dimension", "words"))
        self.goals = [(one, goals.get(one, ""), one in measured) for one in Dimension]
        self.parties = list(
            initiative.involvements.current()
            .select_related("organisation")
            .order_by("organisation")
        )
        leads = initiative.team.current().filter(role=TeamMember.Role.LEAD)
        self.leads = [member.person for member in leads.select_related("person").order_by("pk")]
        self.lesson = ""
        if initiative.stage == Stage.STOPPED:
            stop = initiative.journal.filter(verb="stop").first()
            self.lesson = stop.words if stop else ""

    def within(self, room: Room) -> Sheet:
        initiative = self.initiative
        responsible = [str(p.organisation) for p in self.parties if p.role == "responsible"]
        listed = _listed(responsible, room.names)
        return Sheet(
            title=initiative.title,
            summary=shorten(initiative.summary, max(150, room.signs // 3)),
            language=get_language() or "",
            letters=room.letters,
            stage=initiative.get_stage_display(),
            where=str(initiative.cluster or _("In several clusters, or the whole region")),
            steps=self.steps,
            sectors=self.sectors,
            parties=_listed([str(party.organisation) for party in self.parties], room.names),
            blocks=[
                *self._texts(room.signs),
                self._aims(max(90, room.signs // 2)),
                *self._figures(room),
                self._facts(max(80, room.signs // 3)),
                self._contact(listed, room.names),
            ],
            responsible=listed,
            printed=timezone.localdate(),
            address=self.address,
        )

    def _texts(self, most: int) -> list[Block]:
        told = [
            (_("The problem"), self.initiative.problem),
            (_("Purpose and meaning"), self.initiative.purpose or _("Not told yet.")),
            (_("What was learned"), self.lesson),
        ]
        return [Block(heading, [Line(shorten(words, most))]) for heading, words in told if words]

    def _aims(self, most: int) -> Block:
        lines = []
        for dimension, words, measured in self.goals:
            remark = ""
            if not words:
                remark = _("No goal stated yet.")
            elif not measured:
                remark = _("Assessed, not yet documented: no measure shows it.")
            lines.append(Line(shorten(words, most), f"{dimension.label}:", remark))
        return Block(_("Triple Aim: three goals at once"), lines)

    def _figures(self, room: Room) -> list[Block]:
        """The most telling charts, then sentences of some further series."""
        heading = _("What the figures say")
        if not self.charts:
            return [
                Block(heading, [Line(_("There are no figures yet that show whether it helps."))])
            ]
        blocks = []
        for charted in self.charts[: room.charts]:
            chart = charted.chart
            line = Line("", chart.heading, str(charted.series), charted.series.made_up)
            drawn = Drawn(chart.half_sheet, f"{chart.heading}. {chart.caption}")
            blocks.append(Block(heading, [line, *map(Line, chart.further)], drawn))
            heading = ""
        rest = self.charts[room.charts :][: room.names // 3]
        if rest:
            blocks.append(
                Block(
                    "", [Line(c.chart.heading, "", str(c.series), c.series.made_up) for c in rest]
                )
            )
        return blocks

    def _facts(self, most: int) -> Block:
        initiative = self.initiative
        told = [
            (_("Target group"), initiative.target_group),
            (_("Citizens"), initiative.citizens),
            (_("Orientation"), initiative.get_orientation_display()),
            (_("Origin"), initiative.get_origin_display()),
        ]
        lines = [Line(shorten(words, most), f"{lead}:") for lead, words in told if words]
        return Block(_("About the initiative"), lines)

    def _contact(self, responsible: str, most: int) -> Block:
        lines = [
            Line(p.title, f"{p}," if p.title else str(p), made_up=p.made_up)
            for p in self.leads[:most]
        ]
        lines = lines or [Line(_("Nobody leads it yet."))]
        if responsible:
            lines.append(Line(responsible, _("Responsible:")))
        return Block(_("Contact"), lines)


def _listed(names: list[str], most: int) -> str:
    """The names, or the first of them and how many there are beside."""
    if len(names) <= most:
        return ", ".join(names)
    shown, more = ", ".join(names[: most - 1]), len(names) - most + 1
    return _("%(names)s and %(more)s more") % {"names": shown, "more": more}
