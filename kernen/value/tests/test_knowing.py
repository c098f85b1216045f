"""Documented is earned: from evidence, each time the page is opened, and never by a tick."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from kernen.initiatives import actions as initiatives
from kernen.lib.refusal import Refused
from kernen.value import actions, summary
from kernen.value.models import Basis, address_of, basis_of

HOW = "Who is trained stays at home, and the ward counts the days."


def known_now(bare):
    return summary.of(bare.initiative).gains[0]


@pytest.mark.parametrize(
    ("shown", "asked", "basis"),
    [
        ([], False, Basis.ASSESSED),
        ([], True, Basis.UNKNOWN),
        ([True], False, Basis.DOCUMENTED),
        ([False, True], True, Basis.DOCUMENTED),
        ([False], False, Basis.ASSESSED),
        ([False], True, Basis.UNKNOWN),
    ],
)
def test_how_well_a_gain_is_known_follows_from_its_evidence(shown, asked, basis):
    assert basis_of(shown, asked=asked) == basis


def test_a_gain_without_evidence_is_assessed(bare):
    bare.gain()
    assert known_now(bare).basis == Basis.ASSESSED


def test_a_series_that_shows_an_improvement_documents_a_gain(bare):
    gain, series = bare.gain(), bare.series(50, 80)
    actions.add_evidence(gain=gain, series=series, says=HOW, by=bare.by)
    known = known_now(bare)
    assert known.basis == Basis.DOCUMENTED
    assert str(series.measure) in known.why


def test_a_series_that_became_worse_does_not(bare):
    with pytest.raises(Refused, match="ingen forbedring"):
        actions.add_evidence(gain=bare.gain(), series=bare.series(80, 50), says=HOW, by=bare.by)


def test_a_gain_is_assessed_again_aloud_when_its_series_no_longer_shows_it(bare, sign_in):
    gain, series = bare.gain(), bare.series(50, 80)
    actions.add_evidence(gain=gain, series=series, says=HOW, by=bare.by)
    bare.load(series, 50, 50)
    known = known_now(bare)
    assert known.basis == Basis.ASSESSED
    assert known.lapsed
    page = sign_in(bare.by).get(reverse("value", args=[bare.initiative.pk])).content.decode()
    assert "viser det ikke længere" in page
    assert "basis lapsed" in page


def test_a_series_of_another_initiative_counts_only_where_the_two_are_linked(bare):
    gain, other = bare.gain(), bare.world.initiative()
    series = bare.series(50, 80)
    series.measure.initiative = other
    series.measure.save()
    with pytest.raises(Refused, match="forbundet med"):
        actions.add_evidence(gain=gain, series=series, says=HOW, by=bare.by)
    initiatives.link(initiative=bare.initiative, other=other, kind="builds_on", by=bare.by)
    actions.add_evidence(gain=gain, series=series, says=HOW, by=bare.by)
    assert known_now(bare).basis == Basis.DOCUMENTED


def test_a_frozen_result_documents_a_gain_and_still_does_when_the_series_changes(bare, sign_in):
    gain, series = bare.gain(), bare.series(50, 80)
    result = bare.frozen(series)
    actions.add_evidence(gain=gain, result=result, says=HOW, by=bare.by)
    bare.load(series, 50, 50)
    known = known_now(bare)
    assert known.basis == Basis.DOCUMENTED
    assert f"resultat {result.pk}" in known.why
    page = sign_in(bare.by).get(gain.get_absolute_url()).content.decode()
    assert result.get_absolute_url() in page
    assert str(result) in page


def test_a_result_that_shows_nothing_better_or_lies_elsewhere_does_not(bare):
    worse, away = bare.frozen(bare.series(80, 50)), bare.frozen(bare.series(50, 80))
    away.measure.initiative = bare.world.initiative()
    away.measure.save()
    for result in (worse, away):
        with pytest.raises(Refused, match="frosset resultat"):
            actions.add_evidence(gain=bare.gain(), result=result, says=HOW, by=bare.by)


def test_a_result_of_figures_that_were_closed_since_documents_nothing(bare):
    gain, series = bare.gain(), bare.series(50, 80)
    actions.add_evidence(gain=gain, result=bare.frozen(series), says=HOW, by=bare.by)
    series.closed_at = timezone.now()
    series.save()
    (ground,) = known_now(bare).grounds
    assert not ground.shows
    assert str(series.measure) not in f"{ground.name} {ground.says}"


def test_figures_that_show_it_are_chosen_on_the_page_of_the_gain(bare, sign_in):
    gain, series = bare.gain(), bare.series(50, 80)
    result = bare.frozen(series)
    client = sign_in(bare.by)
    address = reverse("gain_on_figures", args=[gain.pk])
    for chosen in (f"result:{result.pk}", f"series:{series.pk}"):
        assert chosen in client.get(gain.get_absolute_url()).content.decode()
        client.post(address, {"shown_by": chosen, "says": HOW})
    assert {(one.result, one.series) for one in gain.evidence.all()} == {
        (result, None),
        (None, series),
    }
    assert client.post(address, {"shown_by": "result:0", "says": HOW}).status_code == 200


def test_a_study_documents_a_gain_until_it_is_taken_out(bare):
    evidence = bare.study(bare.gain())
    assert known_now(bare).basis == Basis.DOCUMENTED
    actions.take_out_evidence(evidence=evidence, by=bare.by)
    assert known_now(bare).basis == Basis.ASSESSED


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("10.1136/bmj.k1479", "https://doi.org/10.1136/bmj.k1479"),
        (" doi:10.1136/bmj.k1479. ", "https://doi.org/10.1136/bmj.k1479"),
        ("http://dx.doi.org/10.1136/bmj.k1479", "https://doi.org/10.1136/bmj.k1479"),
        ("https://example.org/a", "https://example.org/a"),
    ],
)
def test_a_doi_is_kept_as_its_whole_address(written: str, kept: str):
    assert address_of(written) == kept


@pytest.mark.parametrize("address", ["somewhere", "10.1/x", "javascript:alert(1)", ""])
def test_a_study_that_cannot_be_looked_up_is_no_evidence(bare, address: str):
    with pytest.raises(ValidationError):
        actions.add_evidence(
            gain=bare.gain(), reference="A study", address=address, says="So", by=bare.by
        )


def test_who_is_to_find_out_is_reminded_until_it_is_known(bare, sign_in):
    day = timezone.localdate() + timedelta(days=3)
    gain = bare.gain(words="Fewer fractures", kind="health", finds_out=bare.by, find_by=day)
    assert known_now(bare).basis == Basis.UNKNOWN
    client = sign_in(bare.by)
    assert "Fewer fractures" in client.get(reverse("my_work")).content.decode()
    bare.study(gain)
    assert "Fewer fractures" not in client.get(reverse("my_work")).content.decode()


def test_somebody_finds_out_by_a_day_or_nobody_does(bare):
    with pytest.raises(ValidationError, match="inden hvilken dag"):
        bare.gain(kind="health", finds_out=bare.by)


def test_figures_document_nothing_before_somebody_says_how_they_show_it(bare, sign_in):
    gain, series = bare.gain(), bare.series(50, 80)
    for shown in ({"series": series}, {"result": bare.frozen(series)}):
        with pytest.raises(Refused, match="hvordan"):
            actions.add_evidence(gain=gain, **shown, says=" ", by=bare.by)
    address, sent = reverse("gain_on_figures", args=[gain.pk]), {"shown_by": f"series:{series.pk}"}
    assert sign_in(bare.by).post(address, sent).context["form"].errors["says"]
    assert known_now(bare).basis == Basis.ASSESSED


def test_the_pages_say_how_it_shows_it_and_who_chose_it_when(bare, sign_in):
    gain, series = bare.gain(), bare.series(50, 80)
    long_ago = timezone.make_aware(datetime(2019, 3, 4))
    actions.add_evidence(gain=gain, series=series, says=HOW, by=bare.by, at=long_ago)
    client = sign_in(bare.by)
    for address in (gain.get_absolute_url(), reverse("value", args=[bare.initiative.pk])):
        page = client.get(address).content.decode()
        assert f"Valgt af {bare.by} den 4. marts 2019: ”{HOW}”" in page
    bare.load(series, 50, 50)
    assert known_now(bare).chosen == []
    assert HOW in client.get(gain.get_absolute_url()).content.decode()


def test_the_journal_keeps_how_it_was_said_to_show_it(bare):
    actions.add_evidence(gain=bare.gain(), series=bare.series(50, 80), says=HOW, by=bare.by)
    assert bare.initiative.journal.latest("pk").words == HOW
