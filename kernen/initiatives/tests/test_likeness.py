"""What looks alike, and what is said of it. Where meaning matters the words stand in its place,
so that the tests run on any machine; how well it finds is told by benchmarks/likeness.py."""

import json
import zipfile
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kernen.initiatives import actions, rules
from kernen.initiatives.likeness import actions as likenesses
from kernen.initiatives.likeness import duties, nearest, waiting
from kernen.initiatives.likeness.meaning import Matrix, Meaning
from kernen.initiatives.models import Answer, Initiative, Likeness, Link, Vector
from kernen.lib.append_only import ChangedHistory
from kernen.lib.refusal import Refused
from kernen.parties.models import OrganisationRole
from kernen.parties.people import actions as people
from kernen.parties.people.export import export

FALLS = ("Færre fald på afdelingen", "Indlagte patienter falder om natten på vej til toilettet.")
NIGHTS = ("Fald om natten", "Patienter falder på vej til toilettet.")
LESSON = "Sengene var for høje."
SMOKING = ("Rygestop før operation", "Rygere får flere infektioner efter operation.")


@pytest.fixture(autouse=True)
def _by_words(monkeypatch):
    monkeypatch.setattr(nearest.MEANING, "available", lambda: False)


def compute_vectors(limit):
    return duties.compute_vectors(timezone.now(), limit)


def find_likenesses(limit):
    return duties.find_likenesses(timezone.now(), limit)


def registered(world, told, lead=None, **more):
    title, problem = told
    return actions.register(
        title=title,
        problem=problem,
        organisations=[world.hospital],
        cluster=world.cluster,
        by=world.coordinator,
        lead=lead,
        **more,
    )


@pytest.fixture
def lead(world):
    return world.person(OrganisationRole.Role.CONTRIBUTOR)


@pytest.fixture
def other_lead(world):
    return world.person(OrganisationRole.Role.CONTRIBUTOR)


@pytest.fixture
def falls(world, lead):
    return registered(world, FALLS, lead)


@pytest.fixture
def more_falls(world, other_lead):
    return registered(world, NIGHTS, other_lead)


@pytest.fixture
def likeness(falls, more_falls):
    find_likenesses(100)
    return Likeness.objects.get(one=more_falls, other=falls)


def typed(client, title, problem="", **more):
    page = client.post(reverse("alike"), {"title": title, "problem": problem, **more})
    return page, unescape(page.content.decode())


def test_what_is_typed_shows_what_looks_like_it_and_why(world, falls, sign_in):
    registered(world, SMOKING)
    page, shown = typed(
        sign_in(world.coordinator),
        "Fald i afdelingen",
        "Patienter falder",
        cluster=world.cluster.pk,
    )
    first = page.context["alike"][0]
    assert first.initiative == falls
    assert "<mark>fald</mark>" in shown
    assert first.clusters == [world.cluster]
    assert f"Samme sted: {world.cluster}" in shown
    assert first.words == ["fald"], "that it is about patients tells nothing"


@pytest.mark.parametrize(
    "typed_text",
    [
        ("asdf qwer zxcv", "hjkl uiop asdf qwer"),
        ("Mange patienter", "Der er mange patienter på afdelingen, der gerne vil have hjælp."),
        ("P-afgifter ved indgangen", "Ansatte får bøder, når de holder uden billet."),
    ],
)
def test_what_shares_no_telling_word_is_shown_nothing(world, falls, sign_in, typed_text):
    registered(world, SMOKING)
    page, _ = typed(sign_in(world.coordinator), *typed_text)
    assert page.context["alike"] == []


def test_a_word_is_known_as_a_part_of_a_longer_one(world, falls, sign_in):
    smoking = registered(world, ("Rygestop", "Rygestop gives for sent."))
    page, _ = typed(sign_in(world.coordinator), "Rygestopkurser", "Rygestopkurser i kommunen")
    (first,) = page.context["alike"]
    assert (first.initiative, first.words) == (smoking, ["rygestop"])


def test_what_has_ended_is_shown_with_what_was_learned(world, falls, sign_in):
    actions.move(initiative=falls, event="stop", by=world.coordinator, words=LESSON)
    _, shown = typed(sign_in(world.coordinator), *FALLS)
    assert "Stoppet" in shown
    assert LESSON in shown


def test_five_at_most_are_shown_and_none_for_a_word_or_two(world, sign_in):
    for number in range(7):
        registered(world, (f"{FALLS[0]} {number}", FALLS[1]))
    client = sign_in(world.coordinator)
    assert len(typed(client, *FALLS)[0].context["alike"]) == 5
    assert typed(client, "Fald")[0].context["alike"] == []


def test_without_meaning_the_page_says_so_in_a_line(world, sign_in):
    _, shown = typed(sign_in(world.coordinator), *FALLS)
    assert "Der sammenlignes kun på ord" in shown


def test_the_form_shows_it_without_a_script_too(world, falls, sign_in):
    client = sign_in(world.coordinator)
    page = client.post(reverse("register"), {"title": FALLS[0], "problem": FALLS[1]})
    assert page.status_code == 200
    assert [one.initiative for one in page.context["alike"]] == [falls]


def test_a_text_that_changes_is_read_anew_and_no_other(world, falls, monkeypatch):
    words = nearest.WORDS
    monkeypatch.setattr(nearest.MEANING, "available", lambda: True)
    monkeypatch.setattr(nearest.MEANING, "values", words.values)
    registered(world, SMOKING)
    assert compute_vectors(2) == 2
    compute_vectors(100)
    assert compute_vectors(100) == 0
    before = dict(Vector.objects.filter(provider="meaning").values_list("initiative", "made_at"))
    actions.tell(initiative=falls, by=world.coordinator, purpose="Ingen falder mere.")
    actions.note(initiative=falls, by=world.coordinator, words="Et ord")
    assert compute_vectors(100) == 1
    after = dict(Vector.objects.filter(provider="meaning").values_list("initiative", "made_at"))
    assert [key for key in after if after[key] != before[key]] == [falls.pk]


def test_a_process_sees_what_another_kept(world, falls):
    assert nearest.alike(f"{SMOKING[0]}. {SMOKING[1]}") == []
    smoking = registered(world, SMOKING)
    found = nearest.alike(f"{SMOKING[0]}. {SMOKING[1]}")
    assert found[0].key == smoking.pk
    actions.tell(
        initiative=smoking, by=world.coordinator, title="Noget helt andet", problem="Intet"
    )
    assert smoking.pk not in [match.key for match in nearest.alike(f"{SMOKING[0]}. {SMOKING[1]}")]


def test_likenesses_are_found_once_and_go_when_they_hold_no_more(world, likeness, falls):
    assert find_likenesses(100) == 0
    actions.tell(initiative=falls, by=world.coordinator, title="Noget andet", problem="Helt andet.")
    assert find_likenesses(100) == 1
    assert not Likeness.objects.filter(pk=likeness.pk).exists()


def test_an_answer_is_kept_when_the_texts_grow_apart(world, likeness, falls, lead):
    likenesses.answer(likeness=likeness, side=falls, answer=Answer.DIFFERENT, by=lead)
    actions.tell(initiative=falls, by=lead, title="Noget andet", problem="Helt andet.")
    find_likenesses(100)
    assert Likeness.objects.get(pk=likeness.pk).answer == Answer.DIFFERENT


@pytest.mark.parametrize("answer", [Answer.RELATED, Answer.BUILDS_ON, Answer.REPLACES])
def test_an_answer_makes_the_link_and_both_journals_say_so(
    likeness, falls, more_falls, other_lead, answer
):
    likenesses.answer(likeness=likeness, side=more_falls, answer=answer, by=other_lead)
    link = Link.objects.get(initiative=more_falls)
    assert (link.other, link.kind) == (falls, answer)
    assert falls.title in more_falls.journal.first().what
    assert more_falls.title in falls.journal.first().what
    assert not Likeness.objects.unresolved().exists()


def test_the_latest_answer_counts_and_takes_its_link_along(likeness, falls, more_falls, lead):
    likenesses.answer(likeness=likeness, side=falls, answer=Answer.RELATED, by=lead)
    likenesses.answer(likeness=likeness, side=falls, answer=Answer.BUILDS_ON, by=lead)
    assert [link.kind for link in falls.links.all()] == [Answer.BUILDS_ON]
    likenesses.answer(likeness=likeness, side=falls, answer=Answer.DIFFERENT, by=lead)
    assert not Link.objects.filter(initiative__in=[falls, more_falls]).exists()
    assert [said.answer for said in likeness.answers.order_by("pk")] == [
        "related",
        "builds_on",
        "different",
    ]
    with pytest.raises(ChangedHistory):
        likeness.answers.update(answer="related")


def test_two_are_the_same_when_both_leads_say_so(
    likeness, falls, more_falls, lead, other_lead, sign_in
):
    likenesses.answer(likeness=likeness, side=falls, answer=Answer.SAME, by=lead)
    likeness.refresh_from_db()
    assert likeness.waits_for == [more_falls]
    assert not Link.objects.filter(kind="same").exists()
    for initiative in (falls, more_falls):
        page = sign_in(lead).get(initiative.get_absolute_url()).content.decode()
        assert "Foreslået som det samme" in page
    client = sign_in(other_lead)
    url = reverse("answer_likeness", args=[likeness.pk])
    client.post(url, {"side": more_falls.pk, "answer": "same"})
    likeness.refresh_from_db()
    assert likeness.confirmed
    assert Link.objects.get(kind="same").initiative == more_falls


def test_the_other_lead_declines_by_answering_something_else(
    likeness, falls, more_falls, lead, other_lead
):
    likenesses.answer(likeness=likeness, side=falls, answer=Answer.SAME, by=lead)
    likenesses.answer(likeness=likeness, side=more_falls, answer=Answer.DIFFERENT, by=other_lead)
    likeness.refresh_from_db()
    assert (likeness.answer, likeness.waits_for) == ("different", [])
    likenesses.answer(likeness=likeness, side=more_falls, answer=Answer.SAME, by=other_lead)
    likeness.refresh_from_db()
    assert likeness.waits_for == [falls], "what was said before the no counts no longer"


def test_a_coordinator_proposes_and_both_leads_confirm(world, likeness, falls, more_falls):
    likenesses.answer(likeness=likeness, side=falls, answer=Answer.SAME, by=world.coordinator)
    likeness.refresh_from_db()
    assert set(likeness.waits_for) == {falls, more_falls}


def test_a_lead_is_told_what_looks_alike_and_what_waits_to_be_confirmed(
    likeness, falls, more_falls, lead, other_lead
):
    assert [line.key for line in waiting.waiting(lead)] == [f"alike:{falls.pk}"]
    likenesses.answer(likeness=likeness, side=more_falls, answer=Answer.SAME, by=other_lead)
    (line,) = waiting.waiting(lead)
    assert line.key == f"same:{likeness.pk}:{falls.pk}"
    assert more_falls.title in line.what
    likenesses.answer(likeness=likeness, side=falls, answer=Answer.SAME, by=lead)
    assert not list(waiting.waiting(lead))


def test_nobody_links_two_as_the_same_alone(falls, more_falls, lead):
    with pytest.raises(Refused):
        actions.link(initiative=falls, other=more_falls, kind="same", by=lead)


def test_who_may_not_edit_may_not_answer(world, likeness, falls, sign_in):
    stranger = world.person(OrganisationRole.Role.READER)
    answer = sign_in(stranger).post(
        reverse("answer_likeness", args=[likeness.pk]), {"side": falls.pk, "answer": "related"}
    )
    assert answer.status_code == 403
    assert not likeness.answers.exists()


def test_a_coordinator_answers_in_place_the_most_alike_first(world, likeness, falls, sign_in):
    client = sign_in(world.coordinator)
    for url in (reverse("likenesses"), reverse("likenesses_of_cluster", args=[world.cluster.pk])):
        page = client.get(url)
        shown = [pair.likeness for pair in page.context["pairs"]]
        assert likeness in shown
        assert [one.score for one in shown] == sorted((o.score for o in shown), reverse=True)
    client.post(
        reverse("answer_likeness", args=[likeness.pk]),
        {"side": falls.pk, "answer": "different"},
        headers={"referer": f"http://testserver{url}"},
    )
    assert likeness not in [pair.likeness for pair in client.get(url).context["pairs"]]


def test_a_link_made_by_hand_answers_too(likeness, falls, more_falls, lead):
    actions.link(initiative=falls, other=more_falls, kind="related", by=lead)
    assert likeness not in Likeness.objects.unresolved()


def test_what_one_may_edit_is_the_same_asked_of_one_and_of_all(world, falls, lead):
    elsewhere = world.organisation()
    actions.involve(initiative=falls, organisation=elsewhere, by=lead)
    for person in [
        lead,
        world.coordinator,
        world.person(OrganisationRole.Role.READER),
        world.person(OrganisationRole.Role.READER, administrator=True),
    ]:
        each = {one for one in Initiative.objects.all() if "edit" in rules.verbs(person, one)}
        assert set(rules.editable(person)) == each


def test_who_answered_is_named_until_the_account_is_erased(world, likeness, falls, lead, sign_in):
    likenesses.answer(likeness=likeness, side=falls, answer=Answer.RELATED, by=lead)
    url = reverse("likenesses_of_initiative", args=[falls.pk])
    client = sign_in(world.coordinator)
    assert f"Svaret er fra {lead.name}" in client.get(url).content.decode()
    told = json.loads(zipfile.ZipFile(export(lead)).read("everything.json"))
    assert [said["answer"] for said in told["initiatives.LikenessAnswer"]] == ["related"]
    people.erase(person=lead, by=lead)
    page = client.get(url).content.decode()
    assert f"Svaret er fra Tidligere medarbejder {lead.pk}" in page


def test_a_text_from_which_a_name_is_taken_is_read_anew(world, falls, more_falls, lead):
    lead.name = "Søren Ægidius Quist"
    lead.save()
    actions.tell(initiative=falls, by=lead, purpose="Spørg Søren Ægidius Quist.")
    compute_vectors(100)
    before = Vector.objects.get(initiative=falls)
    people.erase(person=lead, by=lead)
    assert not Vector.objects.filter(initiative=falls).exists()
    assert Vector.objects.filter(initiative=more_falls).exists()
    assert compute_vectors(100) == 1
    assert Vector.objects.get(initiative=falls).digest != before.digest


def test_visitors_see_nothing():
    assert Client().post(reverse("alike"), {"title": "Fald på afdelingen"}).status_code == 302


WITH_MEANING = pytest.mark.skipif(
    not Meaning().available(), reason="this machine compares by words alone"
)


@WITH_MEANING
def test_the_more_everyday_a_text_is_the_more_alike_must_be_what_is_shown():
    meaning, told = Meaning(), [". ".join(FALLS), ". ".join(SMOKING)]
    shelf = Matrix()
    shelf.put(range(len(told)), meaning.values(told))
    asked = [
        "Nattevagten finder syge, der er væltet på badeværelset.",
        "Kantinens menu i uge 12. Kaffen er dyr.",
        "asdf qwer zxcv",
        "Parking fees for staff. The barrier is broken.",
    ]
    near = [(shelf.scores(v) >= shelf.least(v)).any() for v in meaning.values(asked)]
    assert near == [True, False, False, False]


@WITH_MEANING
def test_meaning_finds_what_no_word_tells_in_both_languages():
    meaning, told = Meaning(), [" ".join(FALLS), " ".join(SMOKING), "Mad til ældre. De taber sig."]
    shelf = Matrix()
    shelf.put(range(len(told)), meaning.values(told))
    for asked, meant in [
        ("Stop with cigarettes before surgery", 1),
        ("Nattevagten finder syge, der er væltet på badeværelset", 0),
    ]:
        assert shelf.scores(meaning.values([asked])[0]).argmax() == meant
