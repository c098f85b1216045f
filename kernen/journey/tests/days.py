"""Pages on other days than this."""

from datetime import date, timedelta

from tests.house.world import SOON

BEFORE = SOON - timedelta(days=1)
LATER = SOON + timedelta(days=14)


def on(day: date, address: str) -> str:
    return f"/on/{day}{address}"


def page(client, address: str, day: date | None = None) -> str:
    response = client.get(on(day, address) if day else address)
    assert response.status_code == 200
    return b"".join(response).decode()


def passes(monkeypatch, day: date) -> None:
    """Let that day be today."""

    class Then(date):
        @classmethod
        def today(cls):
            return day

    for module in (
        "lib.shown_day",
        "parties.rules",
        "parties.reorganising.rules",
        "parties.models.dated",
        "initiatives.rules",
    ):
        monkeypatch.setattr(f"kernen.{module}.date", Then)
