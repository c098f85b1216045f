"""Taking in what a token's machine sends: which series it is for, and all of it or nothing."""

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
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
from . import actions, given, rules
from .problems import NO_JSON, Unfit, of_rows
from .sent import Sent, read

#: Numbers in a key that stand by themselves: in a hash or a UUID ten digits in a row say nothing.
_BARE = re.compile(r"(?<![0-9A-Za-z])[0-9./-]+(?![0-9A-Za-z])")
#: No figure has more digits, nor noughts.
DIGITS = 60


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


def for_one(series: Series, rows: Sequence[Sent], **told: Any) -> dict[Series, list[Figure]]:
    """The figures of one place; raises Unfit with what is wrong."""
    figures, problems = read(rows, series.measure)
    if problems:
        raise of_rows(problems, **told)
    return {series: figures}


def for_several(token: Token, rows: Sequence[Sent]) -> dict[Series, list[Figure]]:
    """The figures of each place of the measure, found by number or by organisation and ward."""
    places = list(places_of(token))
    known: dict[Any, Series] = {one.pk: one for one in places}
    known |= {_called(one.organisation.name, one.place): one for one in places}
    of: dict[Series, list[Sent]] = defaultdict(list)
    problems = []
    for row in rows:
        said = row.said
        series = known.get(
            said.get("series") or _called(said.get("organisation", ""), said.get("place", ""))
        )
        if series is None:
            told = _("The measure has no such place, or it is closed to whoever made the token.")
            problems.append(Problem(told, row.number, "series" if "series" in said else "place"))
        else:
            of[series].append(row)
    found = {}
    for series, theirs in of.items():
        found[series], wrong = read(theirs, series.measure)
        problems += wrong
    if problems or not found:
        raise of_rows(problems or [Problem(_("There are no figures to load."))])
    return found


def _called(organisation: str, place: str) -> tuple[str, str]:
    return " ".join(organisation.split()).casefold(), " ".join(place.split()).casefold()


def taken(
    token: Token,
    measure: Measure,
    figures: Mapping[Series, Sequence[Figure]],
    *,
    key: str,
    body: Any,
    dry_run: bool,
) -> dict[str, Any]:
    """Take the figures in, or in a dry run say what would come of it, and answer."""
    if any(map(contains_cpr, _BARE.findall(key))):
        raise Unfit(422, MESSAGE)
    digest = sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()
    with transaction.atomic():
        loads = actions.give(
            measure=measure,
            figures=figures,
            sender=token.name,
            key=key,
            digest=digest,
            by=token.by,
        )
        transaction.set_rollback(dry_run)
    return {
        "dry_run": dry_run,
        "loads": [given.taken(load, dry_run=dry_run) for load in loads],
    }
