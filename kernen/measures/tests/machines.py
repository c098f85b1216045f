"""What the tests of machines share: a series with its token, and a client that has nothing else."""

import json
from datetime import date, timedelta

from django.test import Client
from django.urls import reverse

from kernen.measures import actions
from kernen.measures.machine import actions as machine
from kernen.parties import actions as parties
from kernen.parties.models import Sector

W46, W47 = "2018-W46", "2018-W47"
POINTS = [
    {"period": W46, "numerator": 110, "denominator": 118},
    {"period": W47, "numerator": 128, "denominator": 133, "note": "Ny sygeplejerske"},
]
UNTIL = date.today() + timedelta(days=30)


def series_of(world, *, place="Afsnit M", name="FMK ajourført", **fields):
    """A weekly share without figures, or what else is said."""
    known = world.first.measures.filter(name=name).first()
    defined = {"name": name, "frequency": "week"} | fields
    by = world.coordinator
    measure = known or actions.define(initiative=world.first, by=by, **defined)
    return actions.open_series(measure=measure, organisation=world.hospital, place=place, by=by)


def token_of(thing, by, name="BI-udtræk, AUH"):
    return machine.make_token(of=thing, name=name, until=UNTIL, by=by)


def practice_of(person):
    made = parties.found_organisation(name="P", sector=Sector.GENERAL_PRACTICE, by=None)
    parties.give_role(person=person, organisation=made, role="contributor", by=None)
    return made


class Machine:
    """A program that has a token, and no session."""

    def __init__(self, thing, secret):
        self.thing, self.client = thing, Client(raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {secret}"}

    def address(self, what="points", thing=None):
        thing = thing or self.thing
        name = {"points": "api_points", "reports": "api_reports", "": "api_series"}
        if thing._meta.model_name == "measure":
            name = {"points": "api_measure_points", "": "api_measure"}
        return reverse(name[what], args=[thing.pk])

    def get(self, what="points", **more):
        return self.client.get(self.address(what, **more), headers=self.headers)

    def put(
        self, points, key="a", *, dry_run=False, reason="", what="points", thing=None, **headers
    ):
        told = {"reason": reason} if reason else {}
        body = points if isinstance(points, bytes) else json.dumps(wrapped(points, told)).encode()
        query = "?dry_run=true" if dry_run else ""
        return self.client.put(
            self.address(what, thing) + query,
            body,
            content_type="application/json",
            headers=self.headers | {"Idempotency-Key": key} | headers,
        )


def wrapped(points, told):
    return {"points": points} | told if isinstance(points, list) else points


def placed(world, place, **more):
    return {"organisation": world.hospital.name.upper(), "place": place} | POINTS[0] | more


def errors(response):
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == response.status_code
    return response.json()["errors"]
