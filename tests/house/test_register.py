"""The whole register comes out: every table, every row that may be read, and nothing else."""

import csv
import io
import json
import zipfile

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse

from kernen.journey import register
from kernen.lib.packages import called
from kernen.measures.closing import actions as closing
from kernen.measures.models import (
    Annotation,
    Freeze,
    Load,
    Measure,
    Point,
    Series,
    SharedMeasure,
    SharedVersion,
    Split,
    Start,
    Takeover,
    Token,
)
from kernen.measures.tests.practices import FIGURE, NOTE, PLACE, practice_series

OF_MEASURES = {
    Annotation, Freeze, Load, Measure, Point, Series, SharedMeasure, SharedVersion, Split, Start,
    Takeover,
}  # fmt: skip
#: Tables that stay, each with its reason.
LEFT_OUT = {
    "parties.Person": "their names stand where they did something",
    "parties.User": "for signing in",
    "parties.Invitation": "e-mail addresses",
    "parties.OrganisationEntry": "read by the organisation's coordinators",
    "parties.ReorganisationEntry": "the change itself is there",
    "parties.PutOff": "one person's own",
    "following.SavedView": "one person's own",
    "following.Follow": "one person's own",
    "following.Digest": "one person's own",
    "following.DigestChoice": "one person's own",
    "following.Notice": "one person's own",
    "decisions.AnswerLink": "e-mail addresses and keys",
    "decisions.Head": "of the seal, which is proved by kernen verify",
    "decisions.Publication": "what is published is read at its address",
    "decisions.Item": "the agenda has files of its own",
    "decisions.Recommendation": "the agenda has files of its own",
    "decisions.Forwarding": "the agenda has files of its own",
    "measures.FiguresLink": "e-mail addresses and keys",
    "measures.Token": "opens something",
    "measures.Delivery": "a file on its way, for whoever sent it; its figures are there",
    "measures.Shape": "how files are read",
    "measures.Standing": "follows from the figures",
    "measures.Wall": "its address opens it",
    "measures.WallChart": "its address opens it",
    "measures.Result": "is cited at its address, with files of its own",
    "measures.SharedProposal": "what came of it stands in the catalogue",
    "initiatives.SearchText": "follows from the texts",
    "initiatives.Gram": "follows from the texts",
    "initiatives.Vector": "follows from the texts",
    "initiatives.Likeness": "follows from the texts; what was answered is there",
    "initiatives.Untold": "of the outbox",
    "initiatives.LeadOffer": "between two people",
    "initiatives.IdleQuestion": "asked of one person",
}


def test_every_table_is_in_it_or_says_why_not():
    ours = {
        model
        for model in apps.get_models()
        if model.__module__.startswith("kernen.") and not hasattr(model, "history_object")
    }
    taken = {*register.TAKEN, *OF_MEASURES}
    left = {model for model in ours if model._meta.label in LEFT_OUT}
    assert taken | left == ours
    assert not taken & left


def opened(data: bytes) -> dict:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        told = {"": json.loads(archive.read("datapackage.json"))}
        for resource in told[""]["resources"]:
            text = io.TextIOWrapper(archive.open(resource["path"]), "utf-8", newline="")
            told[resource["name"]] = list(csv.DictReader(text))
    return told


def test_the_command_writes_every_row_that_may_be_read(world, tmp_path, capsys):
    closed, doctor = practice_series(world, world.first.measures.earliest("pk"))
    closing.close(series=closed, by=doctor)
    world.token(world.first.measures.earliest("pk"))
    call_command("export", tmp_path / "all.zip")
    data = (tmp_path / "all.zip").read_bytes()
    told = opened(data)
    for model in (*register.TAKEN, Measure, Takeover, SharedMeasure):
        if model not in (*narrowed(), SharedMeasure):
            assert len(told[called(model)]) == model.objects.count(), model
    assert len(told["figures"]) == Point.objects.exclude(series=closed).count()
    assert len(told["series"]) == Series.objects.seen_by(None).count() < Series.objects.count()
    ids = {name: {row.get("id") for row in rows} for name, rows in told.items() if name}
    for resource in told[""]["resources"]:
        for foreign in resource["schema"].get("foreignKeys", []):
            (name,) = foreign["fields"]
            there = ids[foreign["reference"]["resource"]] | {""}
            assert {row[name] for row in told[resource["name"]]} <= there, (resource, name)


def narrowed():
    from kernen.decisions.models import Proposal
    from kernen.documents.models import Document, Version
    from kernen.initiatives.models import Entry
    from kernen.value.models import Evidence

    return Proposal, Document, Version, Entry, Evidence


def test_nothing_closed_no_address_and_no_secret_is_in_it(world, tmp_path):
    closed, doctor = practice_series(world, world.first.measures.earliest("pk"))
    closing.close(series=closed, by=doctor)
    token = world.token(world.first.measures.earliest("pk"))
    world.ask_for_figures(Series.objects.earliest("pk"))
    call_command("export", tmp_path)
    (file,) = tmp_path.iterdir()
    with zipfile.ZipFile(file) as archive:
        whole = "".join(archive.read(name).decode() for name in archive.namelist())
    assert str(world.coordinator) in whole
    secrets = [PLACE, NOTE, FIGURE, token.digest, "@example.org", "pbkdf2", "argon2"]
    assert not [word for word in secrets if word in whole]
    assert Token.objects.exists()


def test_it_writes_over_no_file(world, tmp_path):
    (tmp_path / "all.zip").write_text("mine")
    with pytest.raises(SystemExit, match="name another"):
        call_command("export", tmp_path / "all.zip")
    assert (tmp_path / "all.zip").read_text() == "mine"


def test_the_page_is_for_administrators(world, sign_in):
    administrator = world.person("reader", administrator=True)
    page = sign_in(administrator).get(reverse("export"))
    assert "figures.csv" in page.content.decode()
    answer = sign_in(administrator).get(reverse("export_package"))
    assert opened(b"".join(answer))["figures"]
    for name in ("export", "export_package"):
        assert sign_in(world.coordinator).get(reverse(name)).status_code == 403
