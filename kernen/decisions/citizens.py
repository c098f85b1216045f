"""What citizens read of a decision beside it: from the version that was decided on, as it was
submitted, and without the names of those who wrote it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kernen.value.models import Basis, Kind, Party

from .models import ProposalVersion

#: The kinds of gain that are the citizens' own, whichever party they are told of.
THEIRS = (Kind.CITIZEN, Kind.HEALTH)
#: How well a gain was known, as one says it to whoever does not know the words of the trade.
KNOWN = {
    Basis.DOCUMENTED: _("documented"),
    Basis.ASSESSED: _("expected, not measured"),
    Basis.UNKNOWN: _("not known yet when it was proposed"),
}


@dataclass(frozen=True)
class ForCitizens:
    """The version's page, as far as it is for everybody."""

    version: ProposalVersion

    @property
    def _sheet(self) -> dict[str, Any]:
        return self.version.sheet.get(get_language() or "da") or {}

    @property
    def why(self) -> str:
        """Why it was proposed."""
        return self._said("why")

    @property
    def view(self) -> str:
        """What citizens and relatives say of it."""
        return self._said("citizens")

    def _said(self, field: str) -> str:
        """The words of a part; without any, what the initiative itself says of it."""
        parts = {part["field"]: part for part in self._sheet.get("parts", ())}
        drawn = "\n\n".join(claim["text"] for claim in parts.get(field, {}).get("claims", ()))
        return str(self.version.words.get(field) or drawn)

    @property
    def chart(self) -> dict[str, Any] | None:
        return self._sheet.get("chart")

    @property
    def gains(self) -> list[dict[str, str]]:
        """What it brings them, and how well that is known."""
        told = self._sheet.get("gains") or {}
        return [
            {"words": gain["words"], "known": str(KNOWN[Basis(gain["basis"])])}
            for party in told.get("parties", ())
            for kind, cell in zip(Kind, party["cells"], strict=True)
            for gain in cell["gains"]
            if kind in THEIRS or party.get("party") == Party.CITIZENS
        ]

    @property
    def made_up(self) -> bool:
        """Whether what it brings is an example."""
        return bool((self._sheet.get("gains") or {}).get("made_up"))
