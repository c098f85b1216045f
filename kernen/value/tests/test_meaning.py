"""What the page says first: who pays, who gains, what is missing, and what could change hands."""

from io import BytesIO
from types import SimpleNamespace

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from kernen.initiatives import actions as initiatives
from kernen.value import actions, sentences, summary
from kernen.value.money import kroner
from kernen.value.pictures import flows, years

from .conftest import YEARS


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (450_000, "450.000\u00a0kr."),
        (1_234_567, "1,2\u00a0mio.\u00a0kr."),
        (3_000_000, "3\u00a0mio.\u00a0kr."),
        (1_250_000, "1,3\u00a0mio.\u00a0kr."),
        (162_500, "162.500\u00a0kr."),
        (-212_500, "−212.500\u00a0kr."),
        (12_505, "12.510\u00a0kr."),
        (2.5, "3\u00a0kr."),
        (-800_040, "−800.000\u00a0kr."),
        (999_949, "999.900\u00a0kr."),
        (999_950, "1\u00a0mio.\u00a0kr."),
        (0.2, "0\u00a0kr."),
        (-0.2, "0\u00a0kr."),
        (123.4, "123\u00a0kr."),
    ],
)
def test_kroner_are_said_as_people_say_them(db, amount: float, said: str):
    assert kroner(amount) == said


def plain(sentence: str) -> str:
    return sentence.replace("\u00a0", " ")


def test_the_heading_says_who_pays_who_gains_and_what_is_documented(bare):
    bare.cost(likely=1_200_000, **YEARS)
    bare.money("region", 800_000)
    found = summary.of(bare.initiative)
    assert plain(found.heading) == (
        "Kommunerne betaler netto 1,2 mio. kr. om året, og region og hospitaler får 800.000 kr.: "
        "gevinsten er ikke dokumenteret endnu"
    )
    assert "mangler 400.000 kr. om året" in plain(" ".join(found.further))


def test_where_all_together_gain_the_transfer_is_told(bare):
    bare.cost(likely=500_000, **YEARS)
    bare.money("region", 800_000)
    told = plain(" ".join(summary.of(bare.initiative).further))
    assert "500.000 kr. om året fra region og hospitaler til kommunerne" in told
    assert "tilsammen 1,5 mio. kr. mere, end de betaler, i 2019–2023" in told


def test_uncertain_amounts_give_an_interval_and_certain_ones_none(bare):
    bare.cost(likely=500_000, **YEARS)
    assert "simulerede" not in " ".join(summary.of(bare.initiative).further)
    bare.cost(low=100_000, likely=500_000, high=900_000, **YEARS)
    assert "simulerede" in " ".join(summary.of(bare.initiative).further)


def test_an_empty_row_and_an_empty_column_are_said_aloud(bare, sign_in):
    assert "hvad nogen får ud af det" in summary.of(bare.initiative).gaps[0]
    bare.money("region")
    gaps = summary.of(bare.initiative).gaps
    assert "kommunerne og almen praksis" in gaps[0]
    assert "for borgeren, sundhed" in gaps[1]
    page = sign_in(bare.by).get(reverse("value", args=[bare.initiative.pk])).content.decode()
    assert page.count("Intet skrevet") == 4


def test_another_party_gets_a_row_when_something_is_said_of_it(bare):
    assert len(summary.of(bare.initiative).grid) == 3
    bare.gain(who="citizens", kind="citizen")
    assert [line.party for line in summary.of(bare.initiative).grid][-1] == "citizens"


def test_freed_time_is_told_apart_from_money(bare, sign_in):
    bare.gain(counted_in="hours", rate=100, likely=50, **YEARS)
    bare.money("region", 9000)
    assert summary.of(bare.initiative).in_hours == 5000
    page = sign_in(bare.by).get(reverse("value", args=[bare.initiative.pk])).content.decode()
    assert "frigjort tid" in page


def test_the_pictures_are_told_in_words_too(bare):
    bare.cost(likely=500_000, **YEARS)
    bare.money("region", 800_000)
    found = summary.of(bare.initiative)
    drawn = plain(flows(found).wide)
    assert "Kommunerne: betaler 500.000 kr. og får 0 kr. om året." in drawn
    assert "fra Region og hospitaler til Kommunerne: 500.000 kr." in drawn
    assert "2019: 300.000 kr." in plain(years(found).narrow)


def test_a_band_is_as_wide_as_its_kroner(bare):
    bare.cost("municipality", likely=300, **YEARS)
    bare.cost("general_practice", likely=100, **YEARS)
    bare.money("region", 400)
    drawn = flows(summary.of(bare.initiative)).wide
    bars = [part.split('height="')[1].split('"')[0] for part in drawn.split("<rect")[2:]]
    assert {"150", "50", "200"} <= set(bars)


def test_the_file_holds_every_gain_and_cost(bare, sign_in):
    bare.study(bare.money("region", 800_000))
    bare.cost(counted_in="hours", rate=350, likely=100, **YEARS)
    client = sign_in(bare.by)
    answer = client.get(reverse("value_csv", args=[bare.initiative.pk]))
    lines = b"".join(answer).decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert "Dokumenteret;af Anderson 2016" in lines[1]
    assert ": ”It helps”" in lines[1]
    assert "100;100;100;350,00;2019;2023" in lines[2].replace("100,00", "100")
    answer = client.get(reverse("value_xlsx", args=[bare.initiative.pk]))
    rows = [*load_workbook(BytesIO(b"".join(answer))).active.values]
    assert len({len(row) for row in rows}) == 1
    assert rows[2][12:18] == (100, 100, 100, 350, 2019, 2023)


def test_a_party_of_two_words_is_told_from_the_next(bare):
    for who in ("general_practice", "region", f"organisation:{bare.world.hospital.pk}"):
        bare.cost(who, likely=1000, **YEARS)
    heading = summary.of(bare.initiative).heading
    assert heading.startswith(
        f"Almen praksis, region og hospitaler samt {bare.world.hospital} betaler"
    )


def test_no_sentence_ends_twice(bare, sign_in):
    bare.gain(low=100_000, likely=200_000, high=300_000, **YEARS)
    assert "simulerede" in " ".join(summary.of(bare.initiative).further)
    page = sign_in(bare.by).get(reverse("value", args=[bare.initiative.pk])).content.decode()
    assert "kr.." not in page


def test_citizens_are_not_asked_to_pay(bare):
    bare.cost(likely=500, **YEARS)
    bare.money("citizens", 900)
    assert not summary.of(bare.initiative).settlement.transfers
    assert summary.of(bare.initiative).settlement.missing == 500


def test_the_order_of_entering_does_not_change_who_is_paid(bare):
    initiatives.note(initiative=bare.initiative, words="A word", by=bare.by)
    bare.money("region", 800)
    bare.cost(likely=500, **YEARS)
    actions.add_cost(
        initiative=bare.initiative,
        who="general_practice",
        words="Calls",
        likely=100,
        by=bare.by,
        **YEARS,
    )
    moves = summary.of(bare.initiative).settlement.transfers
    assert {(move.giver, move.taker): move.amount for move in moves} == {
        ("region", "municipality"): 500,
        ("region", "general_practice"): 100,
    }


def test_what_a_study_alone_documents_is_told_apart_from_what_own_figures_show(bare):
    first, second = bare.gain(), bare.gain()
    assert summary.of(bare.initiative).heading == "Ingen af de 2 gevinster er dokumenteret endnu"
    bare.study(first)
    heading = summary.of(bare.initiative).heading
    assert heading == "1 af 2 gevinster er dokumenteret (alene af en undersøgelse)"
    actions.add_evidence(gain=second, series=bare.series(40, 60), says="It fell", by=bare.by)
    heading = summary.of(bare.initiative).heading
    assert heading == (
        "Begge gevinster er dokumenteret (1 vist af egne tal, 1 efter en undersøgelse)"
    )


def test_where_no_gain_was_said_none_is_counted():
    locked = SimpleNamespace(gains=[], documented=0, years=[])
    assert sentences.then(locked) == "ingen penge regnet ud; ingen gevinst skrevet."
