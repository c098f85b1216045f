import importlib

import pytest
from django.apps import apps

from kernen.initiatives import actions
from kernen.initiatives.models import Gram, Initiative, SearchText
from kernen.initiatives.selection import Selection


@pytest.fixture
def register(world):
    def one(title, problem="Et problem", organisations=None):
        return actions.register(
            title=title,
            problem=problem,
            organisations=organisations or [world.municipality],
            cluster=None,
            by=world.coordinator,
        )

    return one


def found(text):
    return [initiative.title for initiative in Initiative.objects.search(text)]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Tryghed for børn", "børnene"),
        ("Hjem til børnene", "BØRN"),
        ("Færre henvisninger", "henvisning"),
        ("En rygestop-henvisning", "rygestop"),
        ("En rygestop-henvisning", "henvisningerne"),
        ("En rygestop-henvisning", "rygestophenvisning"),
        ("Henvisning til rygestop", "rygestop-henvisning"),
        ("Rygestophenvisningen", "rygestop-henvisning"),
        ("Sammen om småbørn", "børn"),
        ("Hjemmebesøg", "besøgene"),
        ("Hjemmebesøg", "hjemmeb"),
        ("Klinikken i Aarhus", "århus"),
        ("Klinikken i Århus", "Aarhus"),
        ("En ny idé", "ideer"),
        ("COVID-19 og bagefter", "covid19"),
        ("Hvad koster (alt)?", "(alt)?"),
    ],
)
def test_it_is_found(register, title, text):
    register("Noget helt andet")
    register(title)
    assert found(text) == [title]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Rygestop på recept", "rygstop"),
        ("Bedre livet med diabetes", "diabtes"),
        ("Tidlig opsporing af demens", "demnes"),
        ("Genoptræning hjemme", "genoptrening"),
        ("Telemedicin til mange", "telemedcin"),
    ],
)
def test_a_misspelt_word_finds_what_it_looks_like(register, title, text):
    register("Noget helt andet")
    register(title)
    assert found(text) == [title]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Bar og bær", "bår"),
        ("Demokrati i klyngen", "demens"),
        ("Tryghed for børn", "tryghed for ældre"),
        ("Tryghed for børn", ".*"),
        ("Tryghed for børn", '" NEAR(x*'),
        ("Tryghed for børn", "' | !x:*"),
    ],
)
def test_it_is_not_found(register, title, text):
    register(title)
    assert title not in found(text)


def test_no_text_is_no_search(register):
    register("Alt")
    assert "Alt" in found("  ")


def test_a_word_that_is_known_is_not_taken_for_another(register):
    register("Mange kilder")
    register("Mange kulder")
    assert found("kilder") == ["Mange kilder"]


def test_the_title_counts_most_and_the_word_itself_more_than_a_longer_one(register):
    register("Besøg", problem="Ingen")
    register("Ude", problem="Hjemmebesøg tager tid")
    register("Hjemmebesøg", problem="Ingen")
    register("Inde", problem="Et besøg tager tid")
    assert found("besøg") == ["Besøg", "Hjemmebesøg", "Inde", "Ude"]


def test_of_the_equally_relevant_the_last_active_comes_first(register):
    for title in ("Besøg A", "Besøg B"):
        register(title)
    assert found("besøg") == ["Besøg B", "Besøg A"]


def test_every_word_is_wanted_wherever_it_stands(register):
    register("Besøg", problem="Ældre er alene")
    register("Besøg hos unge")
    assert found("ældres besøg") == ["Besøg"]


def test_what_is_told_later_is_found_at_once_and_what_is_gone_is_not(register, world):
    made = register("Et forsøg")
    actions.tell(initiative=made, purpose="Færre faldulykker", by=world.coordinator)
    assert found("faldulykke") == ["Et forsøg"]
    actions.tell(initiative=made, purpose="Bedre søvn", by=world.coordinator)
    assert found("faldulykke") == []
    assert found("søvn") == ["Et forsøg"]


def test_who_takes_part_finds_it_also_after_leaving(register, world):
    made = register("Et forsøg")
    hospital = world.organisation("hospital")
    hospital.name = "Sygehus Vendsyssel"
    hospital.save()
    involved = actions.involve(initiative=made, organisation=hospital, by=world.coordinator)
    assert found("vendsyssel") == ["Et forsøg"]
    involved.start = None
    involved.save()
    actions.withdraw(involvement=involved, by=world.coordinator)
    assert found("vendsyssel") == ["Et forsøg"]


def test_words_are_found_by_whoever_has_no_danish_keys(register):
    register("Ældre", problem="Børn og ældre")
    register("Michael", problem="Poesi")
    assert found("aeldre") == found("boern") == ["Ældre"]
    assert found("michael") == found("poesi") == ["Michael"]


def test_a_search_says_which_words_nobody_wrote(register):
    register("Hjertet", problem="Hjerterehabilitering")
    assert Selection("q=hjerterehabiliterng+hjerte").guessed == ("hjerterehabiliterng",)
    assert Selection("q=rehabilitering").guessed == ()


def test_an_act_that_fails_leaves_nothing_to_find(register, world, monkeypatch):
    made = register("Et forsøg")

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(actions, "record", fail)
    with pytest.raises(RuntimeError):
        actions.tell(initiative=made, title="Nattero", by=world.coordinator)
    assert found("nattero") == []
    assert found("forsøg") == ["Et forsøg"]


def test_a_search_goes_on_from_a_filter_and_can_be_filtered(register):
    one, other = register("Besøg A"), register("Besøg B")
    assert list(Initiative.objects.filter(pk=one.pk).search("besøg")) == [one]
    assert list(Initiative.objects.search("besøg").exclude(pk=one.pk)) == [other]
    assert Initiative.objects.search("besøg").count() == 2


def test_what_was_there_before_the_search_is_found_after_the_migration(register):
    register("Rygestop på recept", problem="Mange ryger")
    before = list(SearchText.objects.values_list("pk", "heading", "body").order_by("pk"))
    grams = set(Gram.objects.values_list("gram", "stem"))
    SearchText.objects.all().delete()
    Gram.objects.all().delete()
    assert found("rygestop") == []
    importlib.import_module("kernen.initiatives.migrations.0004_searchable").fill(apps, None)
    erased = importlib.import_module("kernen.documents.migrations.0003_erased")
    erased.find_by_title(apps, None)
    assert found("rygstop") == ["Rygestop på recept"]
    assert list(SearchText.objects.values_list("pk", "heading", "body").order_by("pk")) == before
    assert set(Gram.objects.values_list("gram", "stem")) == grams
