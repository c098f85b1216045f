"""Fora that decide in other ways than by agreement: one by majority, one by consent.

The sources say that referral to smoking cessation was spread to the whole region, and that a model
for children and young people was made in the north. By which rule a forum decides, who voted how
and that the latter is taken over here is made up, and the texts say so."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from kernen.initiatives.models import Initiative

from .decided import MADE_UP, Decided, as_it_went, working_day
from .elsewhere import DRY
from .region import SMOKING
from .who import AARHUS, CHILDREN, COMMITTEE, PLO, Who

BY_MAJORITY = Decided(
    title=SMOKING,
    lead="Karen Lyngholm",
    submitted=date(2019, 1, 14),
    met=date(2019, 6, 3),
    grounds="Alle skal spørge, og alle skal kunne henvise.",
    words={
        "why": "Den, der vil holde op med at ryge, får hjælp, uanset hvem der spørger.",
        "support": "Én klynge har gjort henvisningen til en rutine.",
    },
    recommended=f"{MADE_UP} Temagruppen anbefaler, at spørgsmålet bliver en fast del af mødet.",
    forum=COMMITTEE,
    stances={
        "Norddjurs Kommune": (
            "no",
            f"{MADE_UP} Vi vil gerne henvise, men ikke love det, før der er plads på holdene.",
        ),
        "Favrskov Kommune": ("no", ""),
        "Struer Kommune": ("no_vote", ""),
        "Samsø Kommune": ("absent", ""),
    },
)
#: An objection of the smallest municipality was met by a condition.
BY_CONSENT: dict[str, Any] = {
    "title": DRY,
    "lead": "Marianne Skovbæk",
    "grounds": (
        f"{MADE_UP} Også her venter mange børn for længe på hjælp, som sundhedsplejen kan give."
    ),
    "words": {
        "why": "Børn og forældre får råd, før det bliver til en sygdom.",
        "will": f"{MADE_UP} Hospitalet vil svare på spørgsmål fra sundhedsplejen hver uge.",
        "support": "Vejledningen er lavet af hospital, kommune og egne læger i nord.",
        "connection": "Det bygger på vidensstedet og vejledningen til fire aldersgrupper.",
    },
    "reason": f"{MADE_UP} Resten står på vidensstedet og bliver regnet ud her.",
    "forum": f"Aarhusklyngens styregruppe for {CHILDREN}",
    "secretary": "Ditte Hedelund",
    "place": "Video",
    "clusters": ["Aarhusklyngen"],
    "how": {
        "outcome": "on_conditions",
        "conditions": (
            f"{MADE_UP} Sundhedsplejen på Samsø får undervisningen på video og en fast "
            "kontakt på hospitalet."
        ),
    },
    "stances": {
        "Samsø Kommune": (
            "met",
            f"{MADE_UP} Undervisning i Aarhus ville koste øen en sundhedsplejerske i to dage. "
            "Imødekommet: Den bliver givet på video.",
        ),
        "Aarhus Kommune": (
            "dissent",
            f"{MADE_UP} Vi går med og vil gerne se henvisningerne efter et halvt år.",
        ),
    },
    "answers": [
        (AARHUS, "yes", "", None, Decimal(4)),
        ("Aarhus Kommune", "yes", "", Decimal(60_000), Decimal(6)),
        (
            "Samsø Kommune",
            "yes_if",
            f"{MADE_UP} Ja, hvis undervisningen kan følges fra øen.",
            None,
            Decimal(1),
        ),
        (PLO, "yes", "", None, None),
    ],
}


def enter_history(entered: dict[str, Initiative], who: Who) -> None:
    """Before the figures are loaded, as the others of an earlier year."""
    as_it_went(BY_MAJORITY, entered[SMOKING], who)


def enter(entered: dict[str, Initiative], who: Who) -> None:
    as_it_went(_by_consent(), entered[DRY], who)


def _by_consent() -> Decided:
    """Lately, and looked at again some months from now."""
    today = timezone.localdate()
    return Decided(
        submitted=today - timedelta(days=50),
        met=working_day(today - timedelta(days=20)),
        again=working_day(today + timedelta(days=160)),
        **BY_CONSENT,
    )
