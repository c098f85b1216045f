"""From gains and costs to what the calculation knows of them."""

from collections.abc import Iterable
from decimal import Decimal

from kernen.initiatives.models import Initiative

from .models import Amount, Cost, Terms
from .reckoning import Row


def terms_of(initiative: Initiative) -> Terms:
    """What is said of the initiative, or what holds where nothing is."""
    return Terms.objects.filter(initiative=initiative).first() or Terms(initiative=initiative)


def rows_of(amounts: Iterable[Amount], terms: Terms) -> list[Row]:
    """Those that are counted in kroner or hours, hours as kroner."""
    return [_row(amount, terms) for amount in amounts if amount.three]


def an_hour(amount: Amount, terms: Terms) -> Decimal | None:
    """What an hour of the row is worth."""
    return amount.rate if amount.rate is not None else terms.hourly_rate


def _row(amount: Amount, terms: Terms) -> Row:
    factor = (an_hour(amount, terms) or 0) if amount.hours else 1
    low, likely, high = (float(each * factor) for each in amount.three or ())
    first, last = amount.first_year or 0, amount.last_year or 0
    return Row(amount.who, not isinstance(amount, Cost), low, likely, high, first, last)
