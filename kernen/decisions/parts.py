"""What a proposal consists of: the checklist of the spread model, part by part, as one table.

Each part is drawn from what Kernen knows and completed in words; `field` is where the words are.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Part:
    """A part of the proposal: its heading, and what its words should answer."""

    field: str
    heading: Promise
    asks: Promise
    missing: Promise  # one sentence: what is missing while nothing is said
    needed: bool = False  # whether nothing is submitted without it


PARTS = {
    part.field: part
    for part in (
        Part(
            "why",
            _("Why spread it?"),
            _("What is better for citizens, staff and economy where it is used, and for whom?"),
            _("It is not said why it should be spread."),
            needed=True,
        ),
        Part(
            "will",
            _("Power and will"),
            _("Who backs it now in each sector, with money and with people? What does it cost?"),
            _("It is not said who has the power and the will to carry it out."),
        ),
        Part(
            "support",
            _("Support and ownership"),
            _("Who took part so far, who must be part of the decision, and how anchored is it?"),
            _("It is not said who supports it and who owns it."),
        ),
        Part(
            "citizens",
            _("The citizens' view"),
            _("What do citizens and relatives say of it, and how do we know?"),
            _("The citizens' view is not told."),
        ),
        Part(
            "connection",
            _("Connection"),
            _("What does it build on, and what can it replace?"),
            _("It is not said what it builds on and what it can replace."),
        ),
        Part(
            "premises",
            _("Premises"),
            _(
                "Resources set aside, room for change among leaders and staff, the strategy, how "
                "robust the solution is, what the receivers want."
            ),
            _("The premises for spreading it are not told."),
        ),
    )
}
