"""Who may do what when something is decided, and at which stages, as one table.

The rules decide; a test holds them to this table for every role at every stage, and
`docs/deciding.md` is printed from it."""

from dataclasses import dataclass

from kernen.initiatives.stages import Stage
from kernen.parties.models import Forum

from .rules import PROPOSED_AT
from .stances import MANNERS
from .ways import WAYS

WRITERS = ("administrator", "coordinator", "lead", "member")
MOVERS = ("administrator", "coordinator", "lead")
OFFICERS = ("administrator", "chair", "secretary")
ANY = tuple(Stage)

#: The roles in the order of the table. A leader counts for the own organisation, chair and
#: secretary for their forum, the others on the initiative; where somebody is vouched for, a
#: coordinator for the own organisation.
ROLES = (
    "administrator", "coordinator", "lead", "member", "contributor", "leader", "secretary",
    "chair", "reader", "nobody",
)  # fmt: skip


@dataclass(frozen=True)
class Mandate:
    """To do what, who may, and at which stages of the initiative."""

    to: str
    who: tuple[str, ...]
    stages: tuple[Stage, ...] = ANY


MANDATES = {
    "draft": Mandate("begin a proposal", WRITERS, PROPOSED_AT),
    "write": Mandate("write on a proposal", WRITERS),
    "submit": Mandate("submit a version", MOVERS, PROPOSED_AT),
    "withdraw": Mandate("withdraw a proposal", MOVERS),
    "endorse": Mandate("answer for an organisation in scope", ("leader",)),
    "ask": Mandate("ask a leader for an answer by e-mail", MOVERS),
    "vouch": Mandate("vouch for whom the register does not know", ("administrator", "coordinator")),
    "send_again": Mandate("send a question by e-mail again", MOVERS),
    "withdraw_link": Mandate("withdraw a question by e-mail", MOVERS),
    "call": Mandate("call a meeting", OFFICERS),
    "put_on": Mandate("put a proposal on an agenda", OFFICERS),
    "take_off": Mandate("take a proposal off an agenda", OFFICERS),
    "arrange": Mandate("arrange an agenda", OFFICERS),
    "recommend": Mandate("recommend", OFFICERS),
    "forward": Mandate("send a proposal on to another forum", OFFICERS),
    "decide": Mandate("write a decision down", OFFICERS, PROPOSED_AT),
    "look_again": Mandate("look at a decision again", OFFICERS),
    "publish": Mandate("open a decision to everybody", OFFICERS),
}


def as_markdown() -> str:
    """The page `docs/deciding.md`."""
    lines = [
        "# Who proposes, answers and decides",
        "",
        "Printed from `kernen/decisions` by `kernen print_docs`; do not edit.",
        "Whoever is signed in reads what was submitted and what was decided. A leader answers for",
        "the own organisation, chair and secretary act for their forum, the others on the",
        "initiative.",
        "",
        f"| to … | {' | '.join(ROLES)} | at the stages |",
        f"| --- |{' :-: |' * len(ROLES)} --- |",
    ]
    for mandate in MANDATES.values():
        marks = " | ".join("yes" if role in mandate.who else "–" for role in ROLES)
        stages = ", ".join(str(one.label).lower() for one in mandate.stages)
        lines.append(f"| {mandate.to} | {marks} | {'any' if mandate.stages == ANY else stages} |")
    lines += ["", "## The way of a proposal", ""]
    for binding, tasks in WAYS.items():
        lines += ["Binding, under the health agreement:" if binding else "On own initiative:", ""]
        for task in tasks:
            kinds = " or ".join(Forum.Kind(kind).label.split(":")[0].lower() for kind in task.kinds)
            level = str(Forum.Level(task.level).label).lower()
            lines.append(f"1. {kinds} of the {level}: {task.does}")
        lines.append("")
    lines += [
        "## By which rule",
        "",
        "An administrator changes a forum's rule, from that day on.",
        "",
    ]
    for rule, manner in MANNERS.items():
        stances = "; ".join(str(stance).lower() for stance in manner.stances.values())
        lines += [f"**{Forum.DecisionRule(rule).label}.** {manner.tells} A seat: {stances}.", ""]
    return "\n".join(lines).rstrip() + "\n"
