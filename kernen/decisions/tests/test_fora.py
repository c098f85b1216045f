"""Meetings, agendas and decisions, as a secretary and those who read afterwards meet them."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document
from pypdf import PdfReader

from kernen.decisions import actions, rules
from kernen.decisions.agenda import agenda, lying_before
from kernen.decisions.agreement import answers
from kernen.decisions.duties import bring_back
from kernen.decisions.models import Decision, Item, Meeting, Outcome
from kernen.decisions.told import tell
from kernen.decisions.waiting import waiting
from kernen.lib.refusal import Refused
from kernen.parties.models import Forum

TODAY = timezone.localdate()


@pytest.fixture
def client(lived, sign_in):
    return sign_in(lived.secretary)


def called(lived, days: int = 0, forum=None, **more) -> Meeting:
    day = TODAY + timedelta(days=days)
    return actions.call_meeting(
        forum=forum or lived.steering, on=day, deadline=day, by=lived.secretary, **more
    )


def put_on(lived, meeting, *proposals, in_block: bool = False) -> list[Item]:
    return [
        actions.put_on_agenda(meeting=meeting, proposal=one, in_block=in_block, by=lived.secretary)
        for one in proposals
    ]


def several(lived, count: int) -> list:
    return [lived.endorsed(lived.submitted(lived.tested(f"Falls {n}"))) for n in range(count)]


def form(lived, forum=None, **more) -> dict:
    """What a secretary sends: everybody says yes."""
    seats = rules.seats(forum or lived.steering)
    return {
        "outcome": "spread",
        "scope": [lived.cluster.pk],
        "grounds": "It works.",
        "met_on": TODAY.isoformat(),
        "again": "365",
        **{f"stance_{seat.pk}": "yes" for seat in seats},
        **more,
    }


# Meetings and agendas


def test_a_secretary_calls_a_meeting_and_puts_on_what_lies_there(lived, client):
    proposal = lived.submitted()
    sent = {"on": TODAY + timedelta(days=9), "deadline": TODAY, "place": "Room 2"}
    client.post(reverse("call_meeting", args=[lived.steering.pk]), sent)
    meeting = Meeting.objects.get()
    page = client.get(reverse("arrange", args=[meeting.pk])).content.decode()
    assert proposal.initiative.title in page
    chosen = {"proposal": [proposal.pk], "on": "1"}
    client.post(reverse("arrange", args=[meeting.pk]), chosen)
    assert [item.proposal for item in meeting.items.all()] == [proposal]
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "Here: nobody has said yes yet" in page


def test_a_meeting_that_cannot_be_keeps_what_was_typed_and_says_why(lived, client):
    sent = {"on": TODAY - timedelta(days=1), "deadline": TODAY, "place": "Room 2"}
    page = client.post(reverse("call_meeting", args=[lived.steering.pk]), sent).content.decode()
    assert "Room 2" in page
    assert "The day is past" in page


def test_items_are_moved_one_at_a_time_or_by_their_numbers(lived, client):
    meeting = called(lived, 5)
    first, second, third = put_on(lived, meeting, *several(lived, 3))

    def sent(**more):
        client.post(reverse("arrange", args=[meeting.pk]), more)
        return [item.pk for item in meeting.items.order_by("position")]

    assert sent(up=second.pk) == [second.pk, first.pk, third.pk]
    assert sent(down=second.pk) == [first.pk, second.pk, third.pk]
    numbers = {f"place-{first.pk}": 9, f"place-{third.pk}": 1, "block": [first.pk, third.pk]}
    assert sent(**numbers) == [third.pk, second.pk, first.pk]
    assert set(meeting.items.filter(in_block=True)) == {first, third}
    assert sent(off=second.pk) == [third.pk, first.pk]


def test_an_agenda_says_what_has_changed_since_the_forum_saw_it(lived):
    proposal = lived.submitted()
    earlier = timezone.now() - timedelta(days=20)
    before = called(lived, -10, at=earlier)
    actions.put_on_agenda(meeting=before, proposal=proposal, by=lived.secretary, at=earlier)
    meeting = called(lived, 5)
    put_on(lived, meeting, proposal)
    [line] = agenda(meeting)
    assert "Version 1 is new since" in line.before.news
    later = lying_before([proposal], lived.steering, Meeting(on=TODAY, deadline=TODAY))
    assert later[proposal.pk].late is False


def test_many_proposals_are_answered_as_each_alone(lived):
    proposals = several(lived, 2)
    lived.answer(proposals[0], lived.hospital, "no", "Not now.")
    together = lying_before(proposals, lived.steering)
    for one in proposals:
        alone = answers(one, one.clusters.all(), one.latest())
        assert [c.agreement for c in together[one.pk].in_scope] == [c.agreement for c in alone]
    assert together[proposals[0].pk].agreements == ["Agreement in Here: 3 of 3 municipalities"]


def test_an_agenda_of_300_items_asks_as_often_as_one_of_10(lived):
    """The rows are written past the actions here: three hundred stories would take minutes."""
    proposal = lived.endorsed()
    short, long_ = called(lived, 3), called(lived, 4)
    rows, initiative = [], proposal.initiative
    version = proposal.latest()
    for number in range(300):
        initiative.pk = None
        initiative._state.adding = True
        initiative.title = f"Falls {number}"
        initiative.save()
        proposal.pk = None
        proposal._state.adding = True
        proposal.initiative = initiative
        proposal.save()
        proposal.clusters.add(lived.cluster)
        version.pk, version.number = None, 1000 + number
        version._state.adding = True
        version.proposal, version.hash = proposal, f"{number}"
        version.save()
        rows.append(proposal.pk)
    Item.objects.bulk_create(
        Item(meeting=meeting, proposal_id=key, position=n, in_block=n % 2)
        for meeting, keys in ((short, rows[:10]), (long_, rows))
        for n, key in enumerate(keys, start=1)
    )
    client = Client()
    client.force_login(lived.secretary.user)

    def asked(meeting, page="meeting"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(page, args=[meeting.pk])).status_code == 200
        return len(queries)

    asked(short)
    assert asked(short) == asked(long_)
    assert asked(short, "arrange") == asked(long_, "arrange")
    assert asked(short, "decide_block") == asked(long_, "decide_block")


def test_a_decision_comes_back_to_the_next_agenda_by_itself_until_it_is_looked_at(lived):
    decision = lived.decided(met_on=TODAY, look_again_on=TODAY + timedelta(days=30))
    assert not called(lived, 29).items.exists()
    second = called(lived, 31)
    assert not second.items.exists()  # not the next one yet
    Meeting.objects.filter(on=TODAY + timedelta(days=29)).delete()
    assert bring_back(timezone.now(), 100) == 1
    assert bring_back(timezone.now(), 100) == 0
    [item] = second.items.all()
    assert item.decision == decision
    with pytest.raises(Refused, match="looked at again"):
        actions.take_off_agenda(item=item, by=lived.secretary)
    actions.look_again(
        decision=decision,
        outcome=Outcome.SPREAD,
        grounds="Still.",
        stances=lived.stances(lived.steering),
        by=lived.secretary,
    )
    second.delete()
    assert not called(lived, 40).items.exists()


def test_a_meeting_called_later_has_what_is_due_on_its_agenda(lived):
    decision = lived.decided(look_again_on=TODAY + timedelta(days=30))
    assert called(lived, 31).items.get().decision == decision


def test_an_agenda_goes_out_on_paper_for_word_and_as_rows(lived, client):
    meeting = called(lived, 5, place="Room 2")
    put_on(lived, meeting, lived.endorsed())
    said = "Agreement in Here: hospital and 3 of 3 municipalities"
    pdf = PdfReader(BytesIO(b"".join(client.get(reverse("agenda_pdf", args=[meeting.pk])))))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert said in " ".join(pdf.pages[0].extract_text().split())
    word = Document(BytesIO(b"".join(client.get(reverse("agenda_docx", args=[meeting.pk])))))
    assert said in [paragraph.text for paragraph in word.paragraphs]
    rows = b"".join(client.get(reverse("agenda_csv", args=[meeting.pk]))).decode()
    assert said in rows


def test_what_has_been_held_is_not_arranged_any_more(lived, client):
    meeting = called(lived, -1, at=timezone.now() - timedelta(days=5))
    assert client.get(reverse("arrange", args=[meeting.pk])).status_code == 403


# Deciding


def test_a_secretary_writes_a_decision_down(lived, client):
    proposal = lived.endorsed()
    meeting = called(lived)
    put_on(lived, meeting, proposal)
    address = f"{reverse('decide', args=[proposal.pk])}?meeting={meeting.pk}"
    assert client.get(address).context["form"]["outcome"].value() == "spread"
    town = next(seat for seat in rules.seats(lived.steering) if seat.organisation == lived.towns[0])
    differs = {f"stance_{town.pk}": "dissent", f"words_{town.pk}": "We would wait."}
    answer = client.post(address, form(lived, **differs))
    assert answer.url == meeting.get_absolute_url()
    decision = Decision.objects.get()
    assert decision.look_again_on == TODAY + timedelta(days=365)
    page = client.get(decision.get_absolute_url()).content.decode()
    for words in ("decided to spread", "It works.", "We would wait.", decision.hash):
        assert words in page
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "Decided on" in page


def test_a_rule_refuses_in_one_sentence_and_all_that_was_typed_stays(lived, client):
    proposal = lived.endorsed()
    seats = list(rules.seats(lived.steering))
    away = {f"stance_{seat.pk}": "absent" for seat in seats[:3]}
    sent = form(lived, **away, grounds="Long thought over.")
    page = client.post(reverse("decide", args=[proposal.pk]), sent).content.decode()
    assert "2 of 5 seats are present, and the forum needs 3" in page
    assert "Long thought over." in page
    assert page.count('<option value="absent" selected>') == 3
    assert not Decision.objects.exists()


def test_one_press_lets_all_others_say_yes_and_keeps_what_was_typed(lived, client):
    proposal = lived.endorsed()
    address = reverse("decide", args=[proposal.pk])
    assert '<option value="yes" selected>' not in client.get(address).content.decode()
    away = f"stance_{rules.seats(lived.steering)[0].pk}"
    sent = {"grounds": "Typed.", "others": "1", "outcome": "stop", away: "absent"}
    page = client.post(address, sent).content.decode()
    assert page.count('<option value="yes" selected>') == 4
    assert page.count('<option value="absent" selected>') == 1
    assert "Typed." in page
    assert "There are problems" not in page


def test_a_seat_that_nobody_spoke_of_is_asked_for(lived, client):
    proposal = lived.endorsed()
    seat = rules.seats(lived.steering)[0]
    sent = form(lived, **{f"stance_{seat.pk}": ""})
    page = client.post(reverse("decide", args=[proposal.pk]), sent).content.decode()
    assert "has no stance yet" in page


def test_who_was_absent_before_is_absent_from_the_next_decision_of_the_day(lived, client):
    first, second = several(lived, 2)
    stances = lived.stances(lived.steering, Town_1=("absent", ""))
    lived.decided(first, stances=stances)
    page = client.get(reverse("decide", args=[second.pk])).content.decode()
    assert page.count('<option value="absent" selected>') == 1
    assert page.count('<option value="yes" selected>') == 4


def test_a_forum_decides_on_the_scope_as_submitted_whatever_the_draft_says_since(lived):
    proposal = lived.endorsed()
    actions.write(proposal=proposal, clusters=[], asks="stop", by=lived.lead)
    proposal.refresh_from_db()
    before = lying_before([proposal], lived.steering)[proposal.pk]
    assert (before.clusters, before.asks) == ([lived.cluster], "Spread")
    assert lived.decided(proposal).scope == [lived.cluster.pk]


def test_a_day_to_come_is_not_decided_on(lived):
    with pytest.raises(Refused, match="to come"):
        lived.decided(met_on=TODAY + timedelta(days=1))


def test_a_block_is_decided_in_one_go(lived, client):
    meeting = called(lived)
    put_on(lived, meeting, *several(lived, 3), in_block=True)
    client.post(reverse("decide_block", args=[meeting.pk]), form(lived))
    assert Decision.objects.count() == 3
    assert {one.grounds for one in Decision.objects.all()} == {"It works."}


def test_a_block_is_decided_on_whole_or_not_at_all(lived, client):
    meeting = called(lived)
    put_on(lived, meeting, *several(lived, 1), in_block=True)
    put_on(lived, meeting, lived.submitted(lived.tested("Unanswered")), in_block=True)
    page = client.post(reverse("decide_block", args=[meeting.pk]), form(lived)).content.decode()
    assert "Unanswered: Here has not said yes" in page
    assert not Decision.objects.exists()


def test_stopping_asks_what_was_learned(lived, client):
    proposal = lived.endorsed()
    address = reverse("decide", args=[proposal.pk])
    page = client.post(address, form(lived, outcome="stop")).content.decode()
    assert "Say what was learned and who should know." in page
    client.post(address, form(lived, outcome="stop", learned="Too few.", to_know="The wards"))
    assert Decision.objects.get().learned == "Too few."


def test_looking_again_follows_and_does_not_spread_what_was_not(lived, client):
    first = lived.decided(outcome=Outcome.TEST_FURTHER)
    address = reverse("look_again", args=[first.pk])
    page = client.post(address, form(lived)).content.decode()
    assert "ask the lead to submit a new one" in page
    client.post(address, form(lived, outcome="test_further"))
    assert Decision.objects.get(follows=first).outcome == "test_further"
    assert "Followed by a later decision" in client.get(first.get_absolute_url()).content.decode()
    assert client.get(address).status_code == 403


def test_a_preparing_group_recommends_and_sends_on(lived, client):
    theme = lived.forum("Theme group", kind=Forum.Kind.THEME_GROUP)
    region = lived.forum("Steering of the region")
    proposal = lived.submitted(lived.tested(binding=True), theme)
    assert client.get(reverse("decide", args=[proposal.pk])).status_code == 403
    client.post(reverse("recommend", args=[proposal.pk]), {"words": "Spread it widely."})
    address = reverse("forward", args=[proposal.pk])
    page = client.get(address).content.decode()
    assert "Steering here decides for one cluster" in page
    assert f'value="{region.pk}" checked' in page
    client.post(address, {"to": region.pk, "words": "Ready."})
    page = client.get(region.get_absolute_url()).content.decode()
    assert proposal.initiative.title in page
    meeting = called(lived, 3, region)
    put_on(lived, meeting, proposal)
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "Spread it widely." in page
    assert "Ready." in page


# What anybody reads afterwards


def test_endorsements_are_told_as_they_stood_on_the_day(lived):
    proposal = lived.submitted()
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


def test_the_minute_holds_the_dissent_and_the_hash(lived, client):
    meeting = called(lived)
    stances = lived.stances(lived.steering, Town_1=("dissent", "We would rather wait."))
    decision = lived.decided(stances=stances)
    for address in (
        reverse("decision_minute", args=[decision.pk]),
        reverse("meeting_minutes", args=[meeting.pk]),
    ):
        pdf = PdfReader(BytesIO(b"".join(client.get(address))))
        text = "".join("".join(page.extract_text() for page in pdf.pages).split())
        assert "Wewouldratherwait." in text
        assert decision.hash in text
        assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_decision_is_open_to_all_only_as_long_as_the_forum_lets_it(lived, client):
    decision = lived.decided()
    visitor, address = Client(), reverse("published_decision", args=[decision.pk])
    assert visitor.get(address).status_code == 404
    client.post(reverse("publish", args=[decision.pk]), {"shown": "1"})
    assert "It works, and all want it." in visitor.get(address).content.decode()
    assert decision.initiative.title in visitor.get(reverse("published")).content.decode()
    client.post(reverse("publish", args=[decision.pk]))
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
def test_decisions_are_looked_for(lived, client, asked, found):
    elsewhere = lived.elsewhere()
    lived.decided(lived.endorsed(lived.submitted(lived.tested("Falls at home"))))
    stopped = lived.endorsed(lived.submitted(lived.tested("Wounds")))
    lived.decided(stopped, outcome="stop", learned="No.", to_know="All", grounds="It fell widely.")
    places = {"here": lived.cluster.pk, "elsewhere": elsewhere.pk}
    wanted = {name: places.get(value, value) for name, value in asked.items()}
    page = client.get(reverse("decisions"), wanted)
    assert page.context["page_obj"].paginator.count == found
    rows = b"".join(client.get(reverse("decisions_csv"), wanted)).decode().strip().split("\r\n")
    assert len([row for row in rows if row[:1].isdigit()]) == found


def test_decisions_are_sorted_by_their_day(lived, client):
    old, new = several(lived, 2)
    lived.decided(old, met_on=date(2026, 1, 5))
    lived.decided(new)
    page = client.get(reverse("decisions"), {"sort": "day"})
    assert [one.proposal for one in page.context["page_obj"]] == [old, new]


# What waits


def test_what_lies_on_no_agenda_waits_for_the_secretary_and_nobody_else(lived):
    proposal = lived.submitted()
    [line] = waiting(lived.secretary)
    assert line.url == reverse("call_meeting", args=[lived.steering.pk])
    assert not list(waiting(lived.lead))
    meeting = called(lived, 5)
    [line] = waiting(lived.secretary)
    assert (line.url, line.due) == (reverse("arrange", args=[meeting.pk]), meeting.deadline)
    put_on(lived, meeting, proposal)
    assert not list(waiting(lived.secretary))


def test_a_decision_waits_a_month_before_it_is_to_be_looked_at_again(lived):
    decision = lived.decided(look_again_on=TODAY + timedelta(days=20))
    [line] = waiting(lived.secretary)
    assert (line.url, line.due) == (decision.get_absolute_url(), decision.look_again_on)


def test_a_submission_after_the_deadline_is_marked(lived):
    proposal = lived.submitted()
    day = TODAY + timedelta(days=3)
    meeting = actions.call_meeting(
        forum=lived.steering, on=day, deadline=TODAY - timedelta(days=1), by=lived.secretary
    )
    put_on(lived, meeting, proposal)
    assert agenda(meeting)[0].before.late


def test_a_binding_decision_of_25_seats_asks_as_often_as_one_of_5(lived):
    def asked(name: str, more: int) -> int:
        region = lived.forum(name)
        for number in range(more):
            lived.seat(region, f"{name} {number}")
        proposal = lived.submitted(lived.tested(name, binding=True), region)
        stances = lived.stances(region)
        with CaptureQueriesContext(connection) as queries:
            actions.decide(
                proposal=proposal,
                outcome=Outcome.TEST_FURTHER,
                grounds="Not yet.",
                stances=stances,
                by=lived.secretary,
            )
        return len(queries)

    asked("First of all", 0)
    assert asked("Small", 0) == asked("Large", 20)
    assert {len(one.votes) for one in Decision.objects.all()} == {5, 25}
