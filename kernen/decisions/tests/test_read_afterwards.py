"""Decisions as anybody reads them afterwards."""

import re
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from kernen.decisions import actions
from kernen.decisions.gates import GATES, passed_in_short
from kernen.decisions.models import Decision
from kernen.decisions.told import tell
from kernen.decisions.waiting import waiting
from kernen.parties import actions as parties
from kernen.value import actions as value

from .lived import REASON, TEXTS
from .sitting import TODAY, called, form, several


def test_endorsements_are_told_as_they_stood_on_the_day(lived):
    proposal = lived.long_ago()
    for organisation in lived.members:
        actions.endorse(
            proposal=proposal,
            organisation=organisation,
            answer="yes",
            by=lived.leaders[organisation],
            at=timezone.now() - timedelta(days=3),
        )
    decision = lived.decided(proposal, met_on=TODAY - timedelta(days=2))
    proposal.refresh_from_db()
    [told] = tell([decision])
    assert {one.answer for one in told.endorsements} == {"yes"}
    assert len(told.endorsements) == len(lived.members)
    assert len(told.present) == 5
    assert "5 of 5 seats took part, and 3 are needed" in told.quorum


def test_answers_that_came_after_the_day_are_told_of_and_no_silence_is_made_of_them(
    lived, secretary
):
    proposal = lived.endorsed(lived.long_ago())
    decision = lived.decided(proposal, met_on=TODAY - timedelta(days=2))
    page = secretary.get(decision.get_absolute_url()).content.decode()
    assert "Nobody had answered on the day of the decision; 5 have answered since." in page
    assert "without answers gathered" not in page


def test_the_minute_holds_the_dissent_the_hash_and_on_a_line_what_was_missing(lived, secretary):
    meeting = called(lived)
    stances = lived.stances(lived.steering, Town_1=("dissent", "We would rather wait."))
    decision = lived.decided(stances=stances)
    for address in (
        reverse("decision_minute", args=[decision.pk]),
        reverse("meeting_minutes", args=[meeting.pk]),
    ):
        pdf = PdfReader(BytesIO(b"".join(secretary.get(address))))
        text = "".join("".join(page.extract_text() for page in pdf.pages).split())
        assert "Wewouldratherwait." in text
        assert decision.hash in text
        assert "".join(passed_in_short(decision.version).split()) in text
        assert not [one for one in GATES.values() if "".join(str(one.missing).split()) in text]
        assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_what_is_put_in_stands_apart_in_the_minute(lived, secretary):
    proposal = lived.submitted()
    actions.endorse(
        proposal=proposal, organisation=lived.hospital, answer="yes", money=900, hours=3,
        places="District North", from_day=date(2027, 2, 1), by=lived.leaders[lived.hospital],
    )  # fmt: skip
    decision = lived.decided(proposal, outcome="test_further")
    pdf = PdfReader(
        BytesIO(b"".join(secretary.get(reverse("decision_minute", args=[decision.pk]))))
    )
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert "900 kr. · 3 h a week · District North · from 1 February 2027" in text


def test_there_is_no_minute_of_a_meeting_to_come_or_of_nothing_decided(lived, secretary):
    def refused(days, **how):
        meeting = called(lived, days, **how)
        address = reverse("meeting_minutes", args=[meeting.pk])
        assert address not in secretary.get(meeting.get_absolute_url()).content.decode()
        answer = secretary.get(address)
        assert answer.status_code == 403
        return answer.content.decode()

    lived.decided()
    assert "The meeting is to come: there is an agenda" in refused(5)
    assert "No decision of that day is written down" in refused(
        -1, at=timezone.now() - timedelta(days=5)
    )


def test_a_decision_is_open_to_all_only_as_long_as_the_forum_lets_it(lived, secretary):
    decision = lived.decided()
    visitor, address = Client(), reverse("published_decision", args=[decision.pk])
    assert visitor.get(address).status_code == 404
    secretary.post(reverse("publish", args=[decision.pk]), {"shown": "1"})
    assert "It works, and all want it." in visitor.get(address).content.decode()
    assert decision.initiative.title in visitor.get(reverse("published")).content.decode()
    secretary.post(reverse("publish", args=[decision.pk]))
    assert visitor.get(address).status_code == 404
    assert decision.initiative.title not in visitor.get(reverse("published")).content.decode()


def test_nobody_but_the_forums_own_opens_a_decision(lived, sign_in):
    decision = lived.decided()
    answer = sign_in(lived.lead).post(reverse("publish", args=[decision.pk]), {"shown": "1"})
    assert answer.status_code == 403
    assert not Decision.objects.public().exists()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 2),
        ({"q": "Wounds"}, 1),
        ({"q": "widely"}, 1),
        ({"outcome": "stop"}, 1),
        ({"outcome": "on_conditions"}, 0),
        ({"year": str(TODAY.year)}, 2),
        ({"cluster": "here"}, 2),
        ({"cluster": "elsewhere"}, 0),
    ],
)
def test_decisions_are_looked_for(lived, secretary, asked, found):
    elsewhere = lived.elsewhere()
    lived.decided(lived.endorsed(lived.submitted(lived.tested("Falls at home"))))
    stopped = lived.endorsed(lived.submitted(lived.tested("Wounds")))
    lived.decided(stopped, outcome="stop", learned="No.", to_know="All", grounds="It fell widely.")
    places = {"here": lived.cluster.pk, "elsewhere": elsewhere.pk}
    wanted = {name: places.get(value, value) for name, value in asked.items()}
    page = secretary.get(reverse("decisions"), wanted)
    assert page.context["page_obj"].paginator.count == found
    rows = b"".join(secretary.get(reverse("decisions_csv"), wanted)).decode().strip().split("\r\n")
    assert len([row for row in rows if row[:1].isdigit()]) == found


def test_decisions_are_sorted_by_their_day(lived, secretary):
    [new], old = several(lived, 1), lived.endorsed(lived.long_ago())
    lived.decided(old, met_on=TODAY - timedelta(days=200))
    lived.decided(new)
    page = secretary.get(reverse("decisions"), {"sort": "day"})
    assert [one.proposal for one in page.context["page_obj"]] == [old, new]


def test_everybody_reads_which_organisations_answered_and_how_and_no_name_but_who_signed(
    lived, secretary
):
    proposal = lived.submitted()
    for one in lived.members:
        answer, words = ("no", "We have no time.") if one == lived.practice else ("yes", "")
        lived.answer(proposal, one, answer, words)
    new = actions.submit(proposal=proposal, reason=REASON, changes="More.", by=lived.lead)
    actions.endorse(
        proposal=proposal,
        organisation=lived.hospital,
        answer="yes",
        hours=Decimal("2.5"),
        by=lived.leaders[lived.hospital],
    )
    seat = {"organisation": lived.hospital, "person": lived.leaders[lived.hospital]}
    parties.seat(forum=lived.steering, by=None, **seat)
    decision = lived.decided(proposal)
    assert decision.version == new
    actions.publish(decision=decision, shown=True, by=lived.secretary)
    page = Client().get(reverse("published_decision", args=[decision.pk])).content.decode()
    said = " ".join(re.sub(r"<[^>]*>", " ", page).split())
    assert "Hospital Hospital Ja 2,5 t. om ugen" in said
    assert "Town 1 Kommune Ja til version 1" in said
    assert "We have no time." in said
    assert str(lived.secretary) in said, "who signed it for the forum"
    assert not [one for one in [lived.lead, *lived.leaders.values()] if str(one) in said]


def test_everybody_reads_why_first_then_what_citizens_say_and_the_record_last(lived):
    proposal = lived.submitted()
    lived.answer(proposal, lived.towns[0], "no", "We have no time.")
    stances = lived.stances(lived.steering, Town_2=("dissent", "We would rather wait."))
    for each in (lived.endorsed(lived.submitted(lived.tested("First"))), proposal):
        every = {} if each != proposal else {"stances": stances, "outcome": "test_further"}
        decision = lived.decided(each, **every)
    actions.publish(decision=decision, shown=True, by=lived.secretary)
    page = Client().get(reverse("published_decision", args=[decision.pk])).content.decode()
    told = [
        str(decision.initiative.summary), decision.initiative.target_group, "Here",
        decision.grounds, "We would rather wait.", TEXTS["why"], TEXTS["citizens"],
        "We have no time.", ", ".join(map(str, [lived.hospital, lived.practice, *lived.towns])),
        REASON, "Postens nummer og hash", decision.hash, decision.previous,
    ]  # fmt: skip
    text, at = page.partition("<h1>")[2], 0
    for words in told:
        at = text.find(words, at)
        assert at > 0, words
    assert text.rindex("<details") < text.index(decision.hash)


def test_everybody_reads_what_it_is_to_bring_citizens_and_no_name_of_who_finds_it_out(lived):
    proposal = lived.drafted()
    told = {"initiative": proposal.initiative, "by": lived.lead}
    day = TODAY + timedelta(days=9)
    for who, kind, words, more in (
        ("region", "health", "Fewer broken hips", {"finds_out": lived.lead, "find_by": day}),
        ("citizens", "economy", "Fewer fares", {}),
        ("municipality", "economy", "Fewer hours", {}),
    ):
        value.add_gain(who=who, kind=kind, words=words, **more, **told)
    actions.write(proposal=proposal, citizens="", by=lived.lead)
    actions.submit(proposal=proposal, reason=REASON, by=lived.lead)
    decision = lived.decided(lived.endorsed(proposal))
    actions.publish(decision=decision, shown=True, by=lived.secretary)
    page = Client().get(reverse("published_decision", args=[decision.pk])).content.decode()
    said = " ".join(re.sub(r"<[^>]*>", " ", page).split())
    assert "Fewer broken hips (vidste man ikke, da det blev foreslået)" in said
    assert "Fewer fares (forventet, ikke målt)" in said
    assert "Fewer hours" not in said
    assert proposal.initiative.citizens in said.partition("Borgernes blik")[2]
    assert str(lived.lead) not in said
    address = reverse("value", args=[proposal.initiative_id])
    assert address not in page, "nobody is led to what only those signed in can open"


def test_where_it_is_decided_for_are_those_who_were_there_on_the_day(lived):
    proposal = lived.endorsed(lived.long_ago())
    decision = lived.decided(proposal, met_on=TODAY - timedelta(days=9))
    came, *others = lived.towns
    came.memberships.update(start=TODAY)
    [told] = tell([decision])
    assert told.places == {lived.cluster: [lived.hospital, lived.practice, *others]}
    assert told.clusters == [lived.cluster]


def test_what_follows_a_decision_that_everybody_reads_is_asked_to_be_opened_too(lived, secretary):
    first = lived.decided()
    actions.publish(decision=first, shown=True, by=lived.secretary)
    stops = form(lived, outcome="stop", learned="Too few.", to_know="All")
    answer = secretary.post(reverse("look_again", args=[first.pk]), stops, follow=True)
    later = Decision.objects.get(follows=first)
    assert "let everybody read this one too, on its page" in answer.content.decode()
    [line] = [one for one in waiting(lived.secretary) if one.key == f"left_closed:{later.pk}"]
    assert "and not the one that followed it" in line.what
    public = reverse("published_decision", args=[first.pk])
    assert "Steering here kan fortælle om den" in Client().get(public).content.decode()
    for one, said in ((first, "Let everybody read the later one too"), (later, "read it too.")):
        assert said in secretary.get(one.get_absolute_url()).content.decode()
    actions.publish(decision=later, shown=True, by=lived.secretary)
    assert "kan fortælle om den" not in Client().get(public).content.decode()
    assert "later one too" not in secretary.get(first.get_absolute_url()).content.decode()
    actions.publish(decision=later, shown=False, by=lived.secretary)
    assert not Decision.objects.left_closed().exists(), "the forum has said that it is closed"


@pytest.mark.parametrize(("days", "overdue"), [(-1, True), (1, False)])
def test_everybody_reads_that_a_decision_is_overdue_to_be_looked_at_again(
    lived, secretary, days, overdue
):
    day = TODAY + timedelta(days=days)
    old = lived.endorsed(lived.long_ago())
    decision = lived.decided(old, met_on=TODAY - timedelta(days=9), look_again_on=day)
    actions.publish(decision=decision, shown=True, by=lived.secretary)
    addresses = [reverse(name, args=[decision.pk]) for name in ("decision", "published_decision")]
    for client, address in zip((secretary, Client()), addresses, strict=True):
        page = client.get(address).content.decode()
        assert ("Overdue" in page or "Dagen er passeret" in page) == overdue
    page = secretary.get(reverse("proposals", args=[decision.initiative_id])).content.decode()
    assert ("was to be looked at again on" in page) == overdue
    actions.look_again(
        decision=decision, outcome="spread", grounds="Still.",
        stances=lived.stances(lived.steering), by=lived.secretary,
    )  # fmt: skip
    assert "Overdue" not in secretary.get(addresses[0]).content.decode()
