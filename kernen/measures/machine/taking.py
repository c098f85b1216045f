"""Taking in what a token's machine sends: which series it is for, and all of it or nothing."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja.parser import Parser

from kernen.lib.cpr import MESSAGE, contains_cpr

from ..actions import Figure
from ..models import Measure, Series, Token
from ..reading.results import Problem
from ..rules import Unexplained
from . import actions, given, rules
from .places import Places
from .problems import NO_JSON, Unfit, of_rows, row_of
from .sent import MOST_TOLD, NOT_KEPT, Sent, read, unkept
from .warning import worth_a_look

#: Numbers in a key that stand by themselves: in a hash or a UUID ten digits in a row say nothing.
_BARE = re.compile(r"(?<![0-9A-Za-z])[0-9./-]+(?![0-9A-Za-z])")
#: No figure has more digits, nor noughts.
DIGITS = 60
#: The figures of each place, by the number of their row.
Rows = Mapping[Series, Mapping[int, Figure]]


class Exact(Parser):
    """Reads JSON with every figure as it was written."""

    def parse_body(self, request: HttpRequest) -> Any:
        return json.loads(
            request.body, parse_float=_decimal, parse_int=_whole, parse_constant=_no_number
        )


def _decimal(text: str) -> Decimal:
    number = Decimal(text)
    exponent = number.as_tuple().exponent
    if len(text) > DIGITS or not isinstance(exponent, int) or abs(exponent) > DIGITS:
        raise ValueError
    return number


def _whole(text: str) -> int:
    if len(text) > DIGITS:
        raise ValueError
    return int(text)


def _no_number(text: str) -> Any:
    raise ValueError


def whole(request: HttpRequest) -> Any:
    """The body as JSON, where no schema describes it."""
    try:
        return Exact().parse_body(request)
    except (ValueError, RecursionError):
        raise Unfit(400, NO_JSON) from None


def series_of(token: Token, pk: int) -> Series:
    """A series that is the token's own; any other is not found."""
    found: Series = get_object_or_404(places_of(token).filter(pk=pk))
    rules.use(token, found)
    return found


def measure_of(token: Token, pk: int) -> Measure:
    return get_object_or_404(
        Measure.objects.select_related("initiative").filter(tokens=token), pk=pk
    )


def places_of(token: Token) -> Any:
    """The series for which the token is good, as far as whoever made it sees them."""
    bound = Q(pk=token.series_id) if token.series_id else Q(measure=token.measure_id)
    seen = Series.objects.seen_by(token.by).filter(bound)
    return seen.select_related("measure__initiative", "organisation")


def for_one(series: Series, rows: Sequence[Sent], **told: Any) -> Rows:
    """The figures of one place; raises Unfit with what is wrong."""
    figures, problems = read(rows, series.measure)
    if problems:
        raise of_rows(problems, **told)
    return {series: figures}


def for_several(token: Token, measure: Measure, rows: Sequence[Sent]) -> Rows:
    """The figures of each place of the measure, found by number or by organisation and ward."""
    places = Places(places_of(token))
    of: dict[Series, list[Sent]] = defaultdict(list)
    problems: list[Problem] = []
    for row in rows:
        if len(problems) >= MOST_TOLD:
            break
        found = places.of(row)
        if isinstance(found, Series):
            of[found].append(row)
        else:
            problems += [*filter(None, [found]), *read([row], measure)[1]]
    figures = {}
    for series, theirs in of.items():
        figures[series], wrong = read(theirs, measure)
        problems += wrong
    if problems or not figures:
        nothing = Problem(_("There are no figures to load."))
        raise of_rows(sorted(problems, key=lambda one: one.row or 0) or [nothing])
    return figures


def taken(
    token: Token,
    measure: Measure,
    rows: Rows,
    *,
    key: str,
    body: Any,
    reason: str = "",
    dry_run: bool,
    points: bool = True,
) -> dict[str, Any]:
    """Take the figures in, or in a dry run say what would come of it, and answer."""
    if any(map(contains_cpr, [*_BARE.findall(key), reason])):
        raise Unfit(422, MESSAGE)
    if any(map(unkept, reason)):
        raise Unfit(422, NOT_KEPT)
    digest = sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()
    figures = {series: list(theirs.values()) for series, theirs in rows.items()}
    sent = {"sender": token.name, "key": key, "digest": digest, "reason": reason}
    with transaction.atomic():
        try:
            loads = actions.give(measure=measure, figures=figures, by=token.by, **sent)
        except Unexplained as told:
            raise of_rows(_unexplained(told, rows[told.series]), points=points) from None
        warnings = [row_of(one, points=points) for one in worth_a_look(rows, loads)]
        transaction.set_rollback(dry_run)
    return {
        "dry_run": dry_run,
        "loads": [given.taken(load, dry_run=dry_run) for load in loads],
        "warnings": warnings,
    }


def _unexplained(told: Unexplained, rows: Mapping[int, Figure]) -> Iterator[Problem]:
    """By the rows that would change a figure."""
    row_with = {figure.period: number for number, figure in rows.items()}
    for period in told.periods:
        yield Problem(told.sentence(period), row_with[period], "period")
