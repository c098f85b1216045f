"""A proposal's page as plain data: drawn from what Kernen knows, completed in words.

It is frozen with each version, in both languages, so that a forum reads what was submitted. Each
claim carries where it stands; what is missing says so.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernen.initiatives.frame import sector_marks
from kernen.initiatives.models import Dimension
from kernen.initiatives.stages import Stage
from kernen.measures.pictures import Charted
from kernen.value.money import plain

from . import figures
from .agreement import Asked, by_answer, earlier_answers
from .known import Known, known
from .models import Commitment, Endorsement, Proposal
from .parts import PARTS
from .tally import no_answers, put_in

#: The sign of each answer in plain text.
SIGNS = {"yes": "✓", "yes_if": "(✓)", "no": "×", "": "–"}
#: The stages at which what another builds on is in use.
IN_USE = (Stage.SPREADING, Stage.OPERATION)
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
    gave it, with the words of those that did not simply say yes; and whose answer was given on an
    earlier version. It stands beside the page and is not frozen; None where nobody is asked."""
    found = by_answer(known.in_scope)
    if not found or not known.latest:
        return None
    groups, ended = [], known.proposal.ended_at
    spoken = any(one.spoken for one in known.in_scope)
    for answer, label, some in found:
        if answer or spoken or not ended:
            given = {"answer": answer, "sign": SIGNS[answer], "label": label, "n": len(some)}
            worded = answer not in (Endorsement.Answer.YES, "")
            groups.append(given | {"who": [_who(one) for one in some], "worded": worded})
    told = [one.agreement.sentence for one in known.in_scope if one.spoken]
    silent = ", ".join(str(one.cluster) for one in known.in_scope if not one.spoken)
    if silent and ended:
        told.append(no_answers(silent))
    elif silent:
        told.append(_("Nobody has answered yet in %(clusters)s") % {"clusters": silent})
    asked = (one for _answer, _label, some in found for one in some)
    earlier = earlier_answers(asked, known.latest.edition)
    return {"text": ". ".join(told), "groups": groups, "earlier": earlier}


def _who(one: Asked) -> str:
    """The organisation that gave an answer, on which version if on an earlier one, and with its
    words where it did not simply say yes."""
    name, standing = str(one.organisation), one.standing
    if standing and one.outdated:
        on_version = _("on version %(edition)s") % {"edition": standing.version.edition}
        name = f"{name} ({on_version})"
    return f"{name}: {standing.words}" if standing and one.answer != standing.Answer.YES else name


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
    """The way, and what it builds on that is not in use yet."""
    for step in known.way:
        if step.forum:
            words = {"who": step.forum, "does": step.does}
            yield _claim(_("%(who)s: %(does)s") % words, step.forum.get_absolute_url())
        else:
            yield _claim(step.missing)
    for link in known.initiative.links.select_related("other"):
        if link.kind == link.Kind.BUILDS_ON and link.other.stage not in IN_USE:
            words = {"other": link.other, "stage": str(link.other.get_stage_display()).lower()}
            said = _("It builds on %(other)s, which is not in use yet: its stage is %(stage)s")
            yield _claim(said % words, link.other.get_absolute_url())


def standing(sheet: dict[str, Any], known: Known) -> dict[str, Any]:
    """The page, frozen or not, as it stands now: the forum that has it, and what the answers that
    count put in and ask for: they are among its premises, and come after it was submitted."""
    came = list(_put_in(known))
    parts = [
        part | {"claims": [*part["claims"], *came]} if part["field"] == "premises" else part
        for part in sheet["parts"]
    ]
    return sheet | {"parts": parts, "forum": str(known.proposal.forum)}


def _put_in(known: Known) -> Iterator[Claim]:
    """What is put in by all that have answered, each counted once; then whose conditions stand."""
    page = f"{known.proposal.get_absolute_url()}#endorsements"
    given = {one.organisation.pk: one.standing for of in known.in_scope for one in of.asked}
    stands = [one for one in given.values() if one]
    total = put_in({one.organisation_id: (one.answer, one.money, one.hours) for one in stands})
    if total:
        some = sum(bool(one.money or one.hours) for one in stands)
        words = {"some": some, "what": _amounts(total.money, total.hours)}
        said = ngettext(
            "%(some)s organisation puts in %(what)s",
            "%(some)s organisations put in %(what)s",
            some,
        )
        on_conditions = _amounts(total.money_if, total.hours_if)
        basis = on_conditions and _("of which %(what)s on conditions") % {"what": on_conditions}
        yield _claim(said % words, page, basis)
    met = {key for version in known.proposal.versions.defer("sheet") for key in version.meets}
    conditional = [one for one in stands if one.answer == one.Answer.YES_IF]
    for words_of, several in (
        (_("Conditions not met yet: %(who)s"), [one for one in conditional if one.pk not in met]),
        (
            _("Conditions met by a later version, and not answered again: %(who)s"),
            [one for one in conditional if one.pk in met],
        ),
    ):
        if several:
            who = ", ".join(str(one.organisation) for one in several)
            yield _claim(words_of % {"who": who}, page)


def _amounts(money: Decimal, hours: Decimal) -> str:
    said = []
    if money:
        said.append(f"{floatformat(money, '-2g')}\u00a0{_('kr.')}")
    if hours:
        said.append(_("%(hours)s h a week") % {"hours": plain(hours)})
    return _(" and ").join(said)


#: What Kernen itself can say to the parts that have no figure.
DRAWN = {
    "support": _support,
    "citizens": _citizens,
    "connection": _connection,
    "premises": _premises,
}
