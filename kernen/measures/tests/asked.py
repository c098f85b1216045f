"""What the tests of entering and asking share: a weekly series, and how its form is sent."""

import re
from datetime import date, timedelta
from decimal import Decimal

from django.core import mail
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from kernen.lib.periods import normalise
from kernen.measures import actions
from kernen.measures.asking import actions as asking
from kernen.measures.asking import duties
from kernen.measures.models import Series

NURSE = {"name": "Anne Vej", "title": "Sygeplejerske", "email": "anne.vej@example.org"}
#: Twenty weeks' values that lie between 12 and 25.
VALUES = [12, 25, 18, 20, 15, 17, 22, 19, 14, 21, 16, 23, 18, 20, 17, 19, 21, 15, 22, 18]


def week(ago: int) -> date:
    """The Monday of the week so many weeks ago."""
    return normalise(timezone.localdate(), "week") - timedelta(weeks=ago)


def weekly(world, kind: str = "values", last: int = 2, **fields) -> Series:
    """Figures for twenty weeks, the last of them so many weeks ago."""
    measure = actions.define(
        initiative=world.first,
        name="Opkald",
        figures=kind,
        frequency="week",
        unit={"values": "opkald", "rates": "sengedage"}.get(kind, "%"),
        per=1000 if kind == "rates" else None,
        by=world.coordinator,
        **fields,
    )
    series = actions.open_series(
        measure=measure, organisation=world.hospital, place="Afsnit 4", by=world.coordinator
    )
    made_of = {
        "values": lambda value: {"value": Decimal(value)},
        "counts": lambda value: {"numerator": value, "denominator": 100},
        "rates": lambda value: {"numerator": value, "denominator": 100},
        "samples": lambda value: {"value": Decimal(value), "size": 9, "spread": Decimal(2)},
    }[kind]
    figures = [
        actions.Figure(week(last + len(VALUES) - 1 - place), **made_of(value))
        for place, value in enumerate(VALUES)
    ]
    actions.load(series=series, figures=figures, by=world.coordinator)
    return series


def ask(series: Series, by, language: str = "da", **whom):
    with override(language):
        return asking.ask(series=series, by=by, **(whom or NURSE))


def path(link) -> str:
    return "/" + link.link.partition("://")[2].partition("/")[2]


def page(address: str, client: Client | None = None) -> str:
    return (client or Client()).get(address).content.decode()


def key_of(seen: str) -> str:
    """The key that the server gave the form it drew."""
    return re.search(r'name="key" value="([^"]+)"', seen)[1]


def send(client: Client, address: str, period: date, *, key: str = "", **typed) -> str:
    """Fill the form in and send it; what is shown then, in one language."""
    told = {"key": key or key_of(page(address, client)), "period": period.isoformat(), **typed}
    return client.post(address, told, follow=True).content.decode()


def work(**later):
    """What the worker does at noon."""
    now = timezone.localtime().replace(hour=12) + timedelta(**later)
    duties.ask_when_due(now, 100)
    duties.send_figures_links(timezone.now() + timedelta(**later), 100)
    return mail.outbox
