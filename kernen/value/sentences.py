"""What the gains and the money mean, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Party
from .money import kroner, span
from .reckoning import NEVER_OUT, Payback

if TYPE_CHECKING:
    from .locking import Then, Year
    from .summary import Standing, Summary

#: Less than this many kroner a year is neither paid nor gained.
NOTHING = 0.5


def heading(summary: Summary) -> str:
    """Who pays and who gains, and how well the gains are known."""
    money, gains = _money(summary), _documented(summary)
    if money and gains:
        return _("%(money)s: %(gains)s") % {"money": money, "gains": gains}
    if money:
        return _("%(money)s: no gain is said yet") % {"money": money}
    return capfirst(gains) if gains else _("It is not said yet who gains what, and what it costs")


def _money(summary: Summary) -> str:
    losing = [one for one in summary.parties if one.net < -NOTHING]
    winning = [one for one in summary.parties if one.net > NOTHING]
    said = {
        "payers": _names(losing),
        "pays": kroner(-sum(one.net for one in losing)),
        "gainers": _names(winning),
        "gains": kroner(sum(one.net for one in winning)),
    }
    if losing and winning:
        sentence = _("A year costs %(payers)s %(pays)s net and gives %(gainers)s %(gains)s")
    elif losing:
        sentence = _("A year costs %(payers)s %(pays)s net")
    elif winning:
        sentence = _("A year gives %(gainers)s %(gains)s net")
    else:
        return ""
    return capfirst(sentence % said)


def _names(parties: Sequence[Standing]) -> str:
    return _listed([inside(one.who, one.label) for one in parties])


def _listed(names: Sequence[str]) -> str:
    """Names as a list; where one of them is itself of two, the last is joined by another word."""
    of_two = any(f" {_('and')} " in name for name in names)
    return get_text_list(list(names), _("as well as") if of_two else _("and"))


def inside(who: str, label: str) -> str:
    """A party within a sentence: a kind of organisation with a small letter, a name as it is."""
    return label[:1].lower() + label[1:] if who in Party.values else label


def _documented(summary: Summary) -> str:
    there, shown = len(summary.gains), summary.documented
    if not there:
        return ""
    said = {"shown": shown, "there": there}
    if not shown:
        return ngettext(
            "the gain is not documented yet",
            "none of the %(there)s gains is documented yet",
            there,
        ) % said  # fmt: skip
    if shown == there == 2:
        sentence = _("both gains are documented")
    elif shown == there:
        sentence = ngettext("the gain is documented", "all %(there)s gains are documented", there)
    else:
        sentence = ngettext(
            "%(shown)s of %(there)s gains is documented",
            "%(shown)s of %(there)s gains are documented",
            shown,
        )
    return f"{sentence % said}{_by_what(summary)}"


def _by_what(summary: Summary) -> str:
    """What a study alone documents, told apart from what our own figures show."""
    studies = summary.documented - summary.shown_here
    if not studies:
        return ""
    said = {"here": summary.shown_here, "studies": studies}
    if not summary.shown_here:
        return ngettext(" (by a study alone)", " (by studies alone)", studies)
    return ngettext(
        " (%(here)s shown by own figures, %(studies)s by a study)",
        " (%(here)s shown by own figures, %(studies)s by studies)",
        studies,
    ) % said  # fmt: skip


def further(summary: Summary) -> list[str]:
    if not summary.net.years:
        return []
    said = [_overall(summary), _back_overall(summary), _sure(summary), _settled(summary)]
    return [sentence for sentence in said if sentence]


def _overall(summary: Summary) -> str:
    years = summary.net.years
    said = {
        "years": span(years[0], years[-1]),
        "total": kroner(abs(summary.total)),
    }
    if summary.total < -NOTHING:
        return _("All parties together pay %(total)s more than they gain in %(years)s.") % said
    return _("All parties together gain %(total)s more than they pay in %(years)s.") % said


def _back_overall(summary: Summary) -> str:
    if summary.payback.year:
        said = _("What is paid has come back in %(year)s.")
        return said % {"year": summary.payback.year}
    if summary.payback.why == NEVER_OUT:
        return ""
    return _("What is paid does not come back within these years.")


def back(payback: Payback) -> str:
    """When a party has got back what it pays, for a table."""
    if payback.year:
        return str(payback.year)
    return _("pays nothing in advance") if payback.why == NEVER_OUT else _("not in these years")


def _sure(summary: Summary) -> str:
    found = summary.simulation
    if not found:
        return ""
    said: dict[str, object] = {"low": kroner(found.low), "high": kroner(found.high)}
    if summary.payback.why == NEVER_OUT:
        return _("80 %% of the simulated sums lie between %(low)s and %(high)s.") % said
    said |= {"share": round(100 * found.back), "within": found.within}
    sentence = ngettext(
        "80 %% of the simulated sums lie between %(low)s and %(high)s, and in %(share)s %% of them "
        "what is paid has come back within %(within)s year.",
        "80 %% of the simulated sums lie between %(low)s and %(high)s, and in %(share)s %% of them "
        "what is paid has come back within %(within)s years.",
        found.within,
    )
    return sentence % said


def _settled(summary: Summary) -> str:
    settlement = summary.settlement
    if settlement.missing:
        missing = kroner(settlement.missing)
        return (
            _("No transfer can leave every organisation whole: %(missing)s a year is missing.")
            % {"missing": missing}
        )  # fmt: skip
    if not settlement.transfers:
        return ""
    said = {
        "givers": _ends(summary, [one.giver for one in settlement.transfers]),
        "takers": _ends(summary, [one.taker for one in settlement.transfers]),
        "amount": kroner(sum(one.amount for one in settlement.transfers)),
    }
    return (
        _(
            "A transfer of %(amount)s a year from %(givers)s to %(takers)s leaves no organisation "
            "worse off."
        )
        % said
    )


def _ends(summary: Summary, ends: Sequence[str]) -> str:
    names = [inside(who, summary.labels[who]) for who in dict.fromkeys(ends)]
    return _listed(names)


def gaps(summary: Summary) -> list[str]:
    """What nothing is said of: the parties first, then the kinds of gain."""
    if not summary.gains:
        return [_("It is not said what anybody gains: say it, or who finds out.")]
    parties = [inside(party, str(party.label)) for party in summary.empty_parties]
    kinds = [str(kind.label).lower() for kind in summary.empty_kinds]
    said = []
    if parties:
        sentence = _("It is not said what is gained by %(parties)s: say it, or who finds out.")
        said.append(sentence % {"parties": _listed(parties)})
    if kinds:
        sentence = _("No gain of this kind is said for anybody: %(kinds)s.")
        said.append(sentence % {"kinds": ", ".join(kinds)})
    return said


def then(one: Then) -> str:
    """What was locked, in a sentence."""
    said = {"shown": one.documented, "there": len(one.gains)}
    gains = ngettext(
        "%(shown)s of %(there)s gain documented", "%(shown)s of %(there)s gains documented",
        said["there"],
    ) % said if one.gains else _("no gain is said")  # fmt: skip
    if not one.years:
        return _("no money reckoned; %(gains)s.") % {"gains": gains}
    money = {"net": kroner(one.total), "years": span(one.years[0], one.years[-1]), "gains": gains}
    return _("net %(net)s in %(years)s; %(gains)s.") % money


def year(one: Year) -> str:
    """What was expected of a year and what came of it, over the parties that have reported; those
    that have not are named."""
    if not one.silent:
        return _compared(one)
    said = {"compared": _compared(one)}
    said["silent"] = _listed([inside(who, label) for who, label in one.silent.items()])
    return _("%(compared)s – without %(silent)s, not reported yet") % said


def _compared(one: Year) -> str:
    said = {"year": one.year, "actual": kroner(one.actual)}
    forecast, target = one.expected("forecast"), one.expected("target")
    if forecast is not None:
        said["expected"] = kroner(forecast)
        return _("%(year)s: forecast %(expected)s, actual %(actual)s") % said
    if target is not None:
        said["expected"] = kroner(target)
        return _("%(year)s: target %(expected)s, actual %(actual)s") % said
    return _("%(year)s: actual %(actual)s") % said
