"""A proposal's page as plain data: drawn from what Kernen knows, completed in words.

It is frozen with each version, in both languages, so that a forum reads what was submitted. Each
claim carries where it stands; what is missing says so.
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kernen.initiatives.frame import sector_marks
from kernen.initiatives.models import Dimension
from kernen.measures.pictures import Charted

from . import figures
from .agreement import Asked, by_answer
from .known import Known, known
from .models import Commitment, Endorsement, Proposal
from .parts import PARTS

#: The sign of each answer in plain text.
SIGNS = {"yes": "✓", "yes_if": "(✓)", "no": "×", "": "–"}
#: So many series are named; the others stand with the measures.
SERIES_NAMED = 5

Claim = dict[str, Any]


def in_both_languages(proposal: Proposal) -> dict[str, dict[str, Any]]:
    """The page by language; fetched anew for each, since charts and sums keep their words."""
    drawn = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            drawn[language] = draw(known(proposal))
    return drawn


def draw(known: Known) -> dict[str, Any]:
    """The page in the reader's language."""
    proposal, initiative = known.proposal, known.initiative
    drawn, money = figures.telling(known), figures.money(known)
    claims = {"why": _why(known, drawn), "will": _will(known, money)}
    claims |= {field: say(known) for field, say in DRAWN.items()}
    commitment = Commitment.BINDING if known.binding else Commitment.VOLUNTARY
    return {
        "title": initiative.title,
        "summary": initiative.summary,
        "asks": str(proposal.get_asks_display()),
        "forum": str(proposal.forum),
        "commitment": str(commitment.label),
        "clusters": sorted(str(cluster) for cluster in known.clusters),
        "chart": figures.chart(drawn),
        "measured": figures.measured(known),
        "gains": figures.gains(known),
        "money": money,
        "parts": [
            {
                "field": part.field,
                "heading": str(part.heading),
                "words": getattr(proposal, part.field),
                "missing": "" if getattr(proposal, part.field) else str(part.missing),
                "claims": list(claims[part.field]),
            }
            for part in PARTS.values()
        ],
    }


def _claim(text: object, url: str = "", basis: str = "", *, made_up: bool = False) -> Claim:
    """`basis` is what stands behind it, in a few words."""
    return {"text": str(text), "url": url, "basis": basis, "made_up": made_up}


def _why(known: Known, drawn: Charted | None) -> Iterator[Claim]:
    """What it is for, the series that show an improvement where another is drawn, the goals."""
    if known.initiative.purpose:
        yield _claim(known.initiative.purpose, known.initiative.get_absolute_url())
    for charted in [one for one in known.improved if one is not drawn][:SERIES_NAMED]:
        yield _claim(
            f"{charted.chart.heading} ({charted.series})",
            charted.series.get_absolute_url(),
            _("Documented: %(caption)s") % {"caption": charted.chart.caption},
            made_up=charted.series.made_up,
        )
    for result in known.results[:SERIES_NAMED]:
        words = {"number": result.pk, "day": date_format(timezone.localtime(result.at))}
        yield _claim(
            result.sentence,
            result.get_absolute_url(),
            _("Result %(number)s, frozen on %(day)s") % words,
        )
    told = {goal.dimension: goal.words for goal in known.initiative.goals.all()}
    for dimension in Dimension:
        if told.get(dimension):
            words = {"dimension": str(dimension.label).lower(), "goal": told[dimension]}
            said = _("Goal of %(dimension)s: %(goal)s") % words
            yield _claim(said, known.initiative.get_absolute_url())


def answered(known: Known) -> dict[str, Any] | None:
    """How the answers stand now, to be seen at once: what each cluster comes to, and by answer who
    gave it, with the words of those that did not simply say yes. It stands beside the page and is
    not frozen; None where nobody is asked."""
    found = by_answer(known.in_scope)
    if not found or not known.latest:
        return None
    groups = [
        {"answer": answer, "sign": SIGNS[answer], "label": label, "n": len(some), "who": _who(some)}
        for answer, label, some in found
    ]
    told = [one.agreement.sentence for one in known.in_scope if one.spoken]
    silent = ", ".join(str(one.cluster) for one in known.in_scope if not one.spoken)
    if silent:
        ended = known.proposal.ended_at
        said = _("Nobody answered in %(in)s") if ended else _("Nobody has answered yet in %(in)s")
        told.append(said % {"in": silent})
    return {"text": ". ".join(told), "groups": groups}


def _who(some: list[Asked]) -> list[str]:
    """The organisations that gave an answer: each with its words, if any of them says on what it
    stands, else all on one line."""
    outdated = _("on version %(edition)s")
    named = [
        f"{one.organisation} ({outdated % {'edition': one.standing.version.edition}})"
        if one.standing and one.outdated
        else str(one.organisation)
        for one in some
    ]
    if some[0].answer in (Endorsement.Answer.YES, ""):
        return [", ".join(named)]
    return [
        f"{name}: {one.standing.words}"
        for name, one in zip(named, some, strict=True)
        if one.standing
    ]


def advised(known: Known) -> list[Claim]:
    """What preparing groups recommend as it stands now."""
    return [
        _claim(one.words, basis=f"{one.forum}, {one.version.called}")
        for one in known.recommendations
    ]


def _will(known: Known, money: figures.Figure | None) -> Iterator[Claim]:
    """What it costs, where that is said in hours or not at all; kroner stand in their figure."""
    if known.worth.costs and not money:
        page = reverse("value", args=[known.initiative.pk])
        yield _claim(known.worth.heading, page, made_up=known.worth.made_up)


def _support(known: Known) -> Iterator[Claim]:
    for mark in sector_marks(known.initiative)[:-1]:
        words = {"sector": mark["label"]}
        if not mark["present"]:
            said = _("%(sector)s: not yet in") % words
        elif mark["since"]:
            said = _("%(sector)s: takes part since %(day)s") % (
                words | {"day": date_format(mark["since"])}
            )
        else:
            said = _("%(sector)s: takes part from the start") % words
        yield _claim(said, reverse("involvement", args=[known.initiative.pk]))


def _citizens(known: Known) -> Iterator[Claim]:
    if known.initiative.citizens:
        yield _claim(known.initiative.citizens, known.initiative.get_absolute_url())


def _connection(known: Known) -> Iterator[Claim]:
    for link in known.initiative.links.select_related("other"):
        yield _claim(f"{link.get_kind_display()} {link.other}", link.other.get_absolute_url())
    for likeness in known.unresolved:
        other = likeness.across(known.initiative)
        yield _claim(other, other.get_absolute_url(), _("looks alike, not answered yet"))


def _premises(known: Known) -> Iterator[Claim]:
    for step in known.way:
        if step.forum:
            words = {"who": step.forum, "does": step.does}
            yield _claim(_("%(who)s: %(does)s") % words, step.forum.get_absolute_url())
        else:
            yield _claim(step.missing)


#: What Kernen itself can say to the parts that have no figure.
DRAWN = {
    "support": _support,
    "citizens": _citizens,
    "connection": _connection,
    "premises": _premises,
}
