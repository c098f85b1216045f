"""The verbs of gains and costs. Each asks the rules first and writes the journal last."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernen.initiatives import rules as initiative_rules
from kernen.initiatives.actions import record
from kernen.initiatives.history import said_after
from kernen.initiatives.journal import VERBS
from kernen.initiatives.models import PARAMS, Entry, Initiative
from kernen.measures.models import Result, Series
from kernen.parties.models import Person

from . import rules, summary
from .estimates import terms_of
from .history import NAMES, stored, texts, value_of, versions
from .locking import changed, content
from .models import Actual, Amount, Cost, Evidence, Gain, Locked, Party, Terms, address_of

VERBS.update(
    add_gain=_("Gain said for %(party)s: %(row_says)s"),
    change_gain=_("The gain “%(row_says)s” was changed: %(gain_texts)s"),
    set_gain_back=_(
        "The gain “%(row_says)s” was set back to what it said on %(back_to)s: %(gain_texts)s"
    ),
    take_out_gain=_("The gain “%(row_says)s” was taken out"),
    add_evidence=_("The gain “%(row_says)s” stands on %(evidence)s"),
    take_out_evidence=_("The gain “%(row_says)s” no longer stands on %(evidence)s"),
    add_cost=_("Cost said for %(party)s: %(row_says)s"),
    change_cost=_("The cost “%(row_says)s” was changed: %(cost_texts)s"),
    set_cost_back=_(
        "The cost “%(row_says)s” was set back to what it said on %(back_to)s: %(cost_texts)s"
    ),
    take_out_cost=_("The cost “%(row_says)s” was taken out"),
    assume=_("What the estimates stand on was changed"),
    lock=_("Gains and costs were locked: %(locked_as)s"),
    report_actual=_("Actual figures for %(year)s from %(party)s"),
)


def _labels(model: type[Amount]) -> Any:
    return lambda names: ", ".join(str(texts(model)[name]) for name in names)


PARAMS.update(
    party=lambda said: dict(Party.choices).get(said, said),
    gain_texts=_labels(Gain),
    cost_texts=_labels(Cost),
    locked_as=lambda stage: Locked.Stage(stage).label,
)

Row = TypeVar("Row", Gain, Cost)


@transaction.atomic
def add_gain(
    *, initiative: Initiative, kind: str, by: Person, at: datetime | None = None, **fields: Any
) -> Gain:
    """A gain of a kind, `who` gains it, in `words`; `fields` are those of `Gain`."""
    initiative_rules.may(by, initiative, "value")
    gain = _take(Gain(initiative=initiative, kind=kind), fields)
    rules.priced(gain, terms_of(initiative))
    rules.find_out_by(gain.find_by)
    gain.save()
    _record(gain, "add_gain", by=by, at=at, party=_party(gain))
    return gain


@transaction.atomic
def add_evidence(
    *,
    gain: Gain,
    series: Series | None = None,
    result: Result | None = None,
    reference: str = "",
    address: str = "",
    says: str = "",
    by: Person,
    at: datetime | None = None,
) -> Evidence:
    """Let the gain stand on a series that shows it now, on a frozen result that says so, or on a
    study that others can look up; `says` is how that speaks for this gain."""
    initiative_rules.may(by, gain.initiative, "value")
    rules.say_how(says)
    if series:
        rules.stand_on(gain.initiative, series)
    if result:
        rules.cite(gain.initiative, result)
    found = Evidence(
        gain=gain,
        series=series,
        result=result,
        reference=reference,
        address=address_of(address),
        says=says,
        by=by,
        at=at or timezone.now(),
    )
    found.full_clean()
    found.save()
    _record(gain, "add_evidence", by=by, at=at, words=says, evidence=_named(found))
    return found


@transaction.atomic
def take_out_evidence(*, evidence: Evidence, by: Person) -> None:
    initiative_rules.may(by, evidence.gain.initiative, "value")
    _record(evidence.gain, "take_out_evidence", by=by, evidence=_named(evidence))
    evidence.delete()


@transaction.atomic
def add_cost(
    *, initiative: Initiative, by: Person, at: datetime | None = None, **fields: Any
) -> Cost:
    """What `who` pays, in `words`; `fields` are those of `Cost`."""
    initiative_rules.may(by, initiative, "value")
    cost = _take(Cost(initiative=initiative), fields)
    rules.priced(cost, terms_of(initiative))
    cost.save()
    _record(cost, "add_cost", by=by, at=at, party=_party(cost))
    return cost


@transaction.atomic
def change(*, row: Row, by: Person, **fields: Any) -> Row:
    """Change what a gain or a cost says; the journal keeps the old words."""
    initiative_rules.may(by, row.initiative, "value")
    row = _as_it_stands(row)
    if isinstance(row, Gain):
        rules.find_out_by(fields.get("find_by"), row.find_by)
    before = _before(row, fields)
    rules.priced(row, terms_of(row.initiative))
    row.save()
    if before:
        _record(row, f"change_{row.noun}", by=by, **_changed(row, before))
    return row


@transaction.atomic
def set_back(*, row: Row, text: str, to: Entry, by: Person) -> Row:
    """Let one text of a gain or a cost say again what it said after the entry `to`."""
    initiative_rules.may(by, row.initiative, "value")
    row = _as_it_stands(row)
    before = _before(row, {text: value_of(text, said_after(versions(row), to, text))})
    rules.priced(row, terms_of(row.initiative))
    row.save()
    if before:
        params = _changed(row, before) | {"back_to": to.at.isoformat()}
        _record(row, f"set_{row.noun}_back", by=by, **params)
    return row


@transaction.atomic
def take_out(*, row: Gain | Cost, by: Person) -> None:
    """It is no longer said; the journal and the log keep what it was."""
    initiative_rules.may(by, row.initiative, "value")
    _record(row, f"take_out_{row.noun}", by=by)
    row.delete()


@transaction.atomic
def assume(
    *, initiative: Initiative, by: Person, at: datetime | None = None, **fields: Any
) -> Terms:
    """What an hour costs, how soon it is to be paid back, and what else is assumed."""
    initiative_rules.may(by, initiative, "value")
    initiative = Initiative.objects.locked(initiative)
    terms = terms_of(initiative)
    before = {name: stored(getattr(terms, name)) for name in fields}
    for name, value in fields.items():
        setattr(terms, name, value)
    rules.assume(initiative, terms.hourly_rate)
    terms.full_clean()
    terms.save()
    record(initiative, "assume", by=by, at=at, params={"before": before})
    return terms


@transaction.atomic
def lock(
    *,
    initiative: Initiative,
    stage: str,
    said: dict[str, Any] | None = None,
    said_at: datetime | None = None,
    by: Person,
    at: datetime | None = None,
) -> Locked:
    """Keep all gains and costs and what follows of them, for ever: as they were `said` at an
    earlier moment, with the names of those that were changed since, or as they stand.

    `stage` is "target" when the first decision is taken, "forecast" before spreading. The room
    that takes the decision has asked whether `by` may."""
    rules.lock(stage)
    initiative = Initiative.objects.locked(initiative)
    stands = content(summary.of(initiative))
    if said and said_at:
        since = {"said_at": said_at.isoformat(), "changed": changed(said, stands)}
        stands = said | since
    locked = Locked(
        initiative=initiative,
        stage=stage,
        by=by,
        at=at or timezone.now(),
        content=stands,
    )
    locked.full_clean()
    locked.save()
    record(initiative, "lock", by=by, at=at, params={"locked_as": stage})
    return locked


@transaction.atomic
def report_actual(
    *,
    initiative: Initiative,
    who: str,
    year: int,
    paid: Decimal | int,
    gained: Decimal | int,
    words: str,
    made_up: bool = False,
    by: Person,
    at: datetime | None = None,
) -> Actual:
    """What a party paid and gained in a year; what is reported later counts instead."""
    initiative_rules.may(by, initiative, "value")
    rules.report(year)
    actual = Actual(
        initiative=initiative,
        year=year,
        paid=paid,
        gained=gained,
        words=words,
        made_up=made_up,
        by=by,
        at=at or timezone.now(),
    )
    actual.who = who
    actual.full_clean()
    actual.save()
    params = {"party": _party(actual), "year": year}
    record(initiative, "report_actual", by=by, at=at, words=words, params=params)
    return actual


# --- what they share --------------------------------------------------------------------------


def _take(row: Row, fields: Mapping[str, Any]) -> Row:
    """The row with the fields in it, as it may be saved."""
    for name, value in fields.items():
        setattr(row, name, value)
    row.full_clean()
    return row


def _as_it_stands(row: Row) -> Row:
    Initiative.objects.locked(row.initiative)
    whole = type(row).objects.select_related("initiative", "organisation")
    found: Row = whole.get(pk=row.pk)
    return found


def _before(row: Row, fields: Mapping[str, Any]) -> dict[str, str]:
    """Give the row its new values; what stood before in those texts that are changed by it."""
    stood = {name: stored(getattr(row, name)) for name in NAMES[type(row)]}
    _take(row, fields)
    return {name: was for name, was in stood.items() if was != stored(getattr(row, name))}


def _changed(row: Gain | Cost, before: dict[str, str]) -> dict[str, Any]:
    return {f"{row.noun}_texts": list(before), "before": before}


def _party(row: Amount | Actual) -> str:
    return str(row.organisation) if row.organisation else row.party


def _named(evidence: Evidence) -> str:
    shown = evidence.series or evidence.result
    return f"{shown.measure}, {shown}" if shown else evidence.reference


def _record(
    row: Gain | Cost,
    verb: str,
    *,
    by: Person,
    at: datetime | None = None,
    words: str = "",
    **params: Any,
) -> None:
    params |= {"row": row.pk, "row_says": row.words}
    record(row.initiative, verb, by=by, at=at, words=words, params=params)
