"""Meetings and their agendas, and what waits for a secretary."""

from collections import Counter
from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import override
from docx import Document
from pypdf import PdfReader

from kernen.decisions import actions
from kernen.decisions.agenda import agenda, lying_before
from kernen.decisions.agreement import answers
from kernen.decisions.duties import bring_back
from kernen.decisions.gates import GATES, passed_by_number, passed_in_short
from kernen.decisions.models import Item, Meeting, Outcome
from kernen.decisions.waiting import waiting
from kernen.lib.refusal import Refused
from kernen.parties import actions as parties

from .sitting import TODAY, called, put_on, several


def test_a_secretary_calls_a_meeting_and_puts_on_what_lies_there(lived, secretary):
    proposal = lived.submitted()
    sent = {"on": TODAY + timedelta(days=9), "deadline": TODAY, "place": "Room 2"}
    secretary.post(reverse("call_meeting", args=[lived.steering.pk]), sent)
    meeting = Meeting.objects.get()
    page = secretary.get(reverse("arrange", args=[meeting.pk])).content.decode()
    assert proposal.initiative.title in page
    chosen = {"proposal": [proposal.pk], "on": "1"}
    secretary.post(reverse("arrange", args=[meeting.pk]), chosen)
    assert [item.proposal for item in meeting.items.all()] == [proposal]
    page = secretary.get(meeting.get_absolute_url()).content.decode()
    assert "Here: nobody has said yes yet" in page


def test_a_meeting_that_cannot_be_keeps_what_was_typed_and_says_why(lived, secretary):
    sent = {"on": TODAY - timedelta(days=1), "deadline": TODAY, "place": "Room 2"}
    page = secretary.post(reverse("call_meeting", args=[lived.steering.pk]), sent).content.decode()
    assert "Room 2" in page
    assert "The day is past" in page


def test_items_are_moved_one_at_a_time_or_by_their_numbers(lived, secretary):
    meeting = called(lived, 5)
    first, second, third = put_on(lived, meeting, *several(lived, 3))

    def sent(**more):
        secretary.post(reverse("arrange", args=[meeting.pk]), more)
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


def test_what_stands_on_another_agenda_to_come_says_so_and_moves_when_it_is_chosen(
    lived, secretary
):
    proposal, free = several(lived, 2)
    today, next_ = called(lived), called(lived, 9)
    put_on(lived, today, proposal)
    address = reverse("arrange", args=[next_.pk])
    page = secretary.get(address).content.decode()
    assert f'It stands on <a href="{today.get_absolute_url()}">the agenda of' in page
    assert page.count("is moved here") == 1
    assert page.index(f'value="{free.pk}"') < page.index(f'value="{proposal.pk}"')
    secretary.post(address, {"proposal": [proposal.pk], "on": "1"})
    assert [item.meeting for item in proposal.items.all()] == [next_]
    told = proposal.initiative.journal.order_by("-pk").values_list("verb", flat=True)
    assert list(told[:2]) == ["put_on_agenda", "take_off_agenda"]


def test_what_stood_on_an_agenda_that_is_held_stays_there(lived):
    proposal, earlier = lived.submitted(), timezone.now() - timedelta(days=20)
    held = called(lived, -10, at=earlier)
    actions.put_on_agenda(meeting=held, proposal=proposal, by=lived.secretary, at=earlier)
    put_on(lived, called(lived, 5), proposal)
    assert held.items.count() == 1


def test_an_agenda_to_come_is_not_one_that_the_forum_has_seen(lived):
    """Two agendas at once were possible once, and may stand in a database."""
    proposal, later = lived.submitted(), called(lived, 5)
    put_on(lived, called(lived), proposal)
    Item.objects.create(meeting=later, proposal=proposal, position=1)
    [line] = agenda(later)
    assert line.before.news == ""


@pytest.mark.parametrize(("seen", "changes"), [(-10, "Shorter."), (-1, "")])
def test_what_is_new_is_said_only_of_a_version_that_the_forum_has_not_seen(
    lived, secretary, seen, changes
):
    proposal, earlier = lived.submitted(), timezone.now() - timedelta(days=20)
    words = {"reason": "Small.", "changes": "Shorter.", "at": timezone.now() - timedelta(days=5)}
    actions.submit(proposal=proposal, by=lived.lead, **words)
    held = called(lived, seen, at=earlier)
    actions.put_on_agenda(meeting=held, proposal=proposal, by=lived.secretary, at=earlier)
    meeting = called(lived, 5)
    put_on(lived, meeting, proposal)
    [line] = agenda(meeting)
    assert line.before.changes == changes
    assert ("Not changed since" in line.before.news) is not bool(changes)
    page = secretary.get(meeting.get_absolute_url()).content.decode()
    assert ("Shorter." in page) is bool(changes)


def test_a_forum_says_how_many_count_and_that_its_secretary_does_not(lived, secretary):
    seats = lived.steering.members.count() - 1
    for page in (reverse("fora"), lived.steering.get_absolute_url()):
        text = " ".join(secretary.get(page).content.decode().split())
        assert f"{seats} members and a secretary without a vote" in text


def test_many_proposals_are_answered_as_each_alone(lived):
    proposals = several(lived, 2)
    lived.answer(proposals[0], lived.hospital, "no", "Not now.")
    together = lying_before(proposals, lived.steering)
    for one in proposals:
        alone = answers(one, one.clusters.all(), one.latest())
        assert [c.agreement for c in together[one.pk].in_scope] == [c.agreement for c in alone]
    assert together[proposals[0].pk].agreements == ["Yes in Here: 3 of 3 municipalities; 1 says no"]


def test_an_agenda_of_300_items_asks_as_often_as_one_of_10(lived, secretary):
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

    def asked(meeting, page="meeting"):
        with CaptureQueriesContext(connection) as queries:
            assert secretary.get(reverse(page, args=[meeting.pk])).status_code == 200
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


def test_an_agenda_goes_out_on_paper_for_word_and_as_rows(lived, secretary):
    meeting = called(lived, 5, place="Room 2")
    put_on(lived, meeting, lived.endorsed())
    said = "Agreement in Here: hospital and 3 of 3 municipalities"
    pdf = PdfReader(BytesIO(b"".join(secretary.get(reverse("agenda_pdf", args=[meeting.pk])))))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert said in " ".join(pdf.pages[0].extract_text().split())
    word = Document(BytesIO(b"".join(secretary.get(reverse("agenda_docx", args=[meeting.pk])))))
    assert said in [paragraph.text for paragraph in word.paragraphs]
    rows = b"".join(secretary.get(reverse("agenda_csv", args=[meeting.pk]))).decode()
    assert said in rows


def test_what_has_been_held_is_not_arranged_any_more(lived, secretary):
    meeting = called(lived, -1, at=timezone.now() - timedelta(days=5))
    assert secretary.get(reverse("arrange", args=[meeting.pk])).status_code == 403


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


@pytest.mark.parametrize(("days", "said"), [(0, "Today"), (2, "To come")])
def test_a_meeting_says_whether_it_is_today(lived, secretary, days, said):
    page = secretary.get(called(lived, days).get_absolute_url()).content.decode()
    assert f">{said}<" in page.replace("\n", "")


def test_the_clusters_in_which_nobody_has_answered_are_named_together(lived):
    elsewhere = lived.elsewhere()
    proposal = lived.drafted(lived.tested(binding=True), lived.forum("Steering of the region"))
    actions.write(proposal=proposal, clusters=[lived.cluster, elsewhere], by=lived.lead)
    actions.submit(proposal=proposal, reason="The rest follows.", by=lived.lead)

    def said():
        before = lying_before([proposal], proposal.forum)[proposal.pk]
        return [one.agreement.sentence for one in before.spoken], before.silent

    assert said() == ([], "Elsewhere, Here: nobody has said yes yet")
    lived.answer(proposal, lived.hospital, "no", "Not now.")
    assert said() == (
        ["Here: nobody has said yes yet; 1 says no"],
        "Elsewhere: nobody has said yes yet",
    )


def test_an_item_for_several_clusters_counts_who_answered_what_and_everybody_once(lived, secretary):
    region, practice = lived.forum("Steering of the region"), lived.practice
    there = parties.form_cluster(name="There", organisations=[practice, lived.hospital], by=None)
    proposal = lived.drafted(lived.tested(binding=True), region)
    actions.write(proposal=proposal, clusters=[lived.cluster, there], by=lived.lead)
    actions.submit(proposal=proposal, reason="The rest follows.", by=lived.lead)
    lived.answer(proposal, lived.hospital, "yes")
    lived.answer(proposal, practice, "no", "We have no time.")
    actions.submit(proposal=proposal, reason="Still.", changes="Shorter.", by=lived.lead)
    lived.answer(proposal, practice, "no", "We have no time still.")
    meeting = called(lived, forum=region)
    put_on(lived, meeting, proposal)
    [line] = agenda(meeting)
    last = {one.organisation_id: one for one in proposal.endorsements.order_by("number")}
    everybody = {one.pk for of in line.before.in_scope for one in of.organisations}
    slowly = Counter(last[one].answer if one in last else "" for one in everybody)
    assert slowly == {"yes": 1, "no": 1, "": 3}
    told = "Yes: 1 (1 to an earlier version) · No: 1 · No answer yet: 3"
    assert line.before.counted == told
    page = secretary.get(meeting.get_absolute_url()).content.decode()
    seen, _, folded = page.partition('<ol class="agenda">')[2].partition("</summary>")
    assert told in seen
    for sentence in (one.agreement.sentence for one in line.before.spoken):
        assert sentence not in seen
        assert sentence in folded


def test_an_item_says_on_a_line_what_was_missing_and_folds_the_rest(lived, secretary):
    proposal, long = lived.submitted(), "We recommend it. " * 20
    actions.recommend(proposal=proposal, forum=lived.steering, words=long, by=lived.secretary)
    meeting = called(lived)
    put_on(lived, meeting, proposal)
    page = secretary.get(meeting.get_absolute_url()).content.decode()
    seen, _, folded = page.partition('<ol class="agenda">')[2].partition("</summary>")
    assert passed_by_number(proposal.latest()) in unescape(seen)
    assert passed_in_short(proposal.latest()) in unescape(folded)
    assert not [one for one in GATES.values() if escape(str(one.missing)) in page]
    assert proposal.latest().reason in folded
    assert proposal.latest().reason not in seen
    assert "We recommend it. …" in seen
    assert long.strip() in folded


def test_nobody_is_waited_for_once_it_is_decided(lived, secretary):
    region = lived.forum("Steering of the region")
    meeting = called(lived, forum=region)
    proposal = lived.submitted(lived.tested(binding=True), region)
    put_on(lived, meeting, proposal)
    lived.decided(proposal)
    page = secretary.get(meeting.get_absolute_url()).content.decode()
    assert "Here: no answers were gathered" in page
    assert "nobody has said yes yet" not in page
    assert agenda(meeting)[0].before.agreements == ["Here: no answers were gathered"]


def test_disagreement_is_said_in_danish_as_it_is(lived):
    proposal = lived.submitted()
    for organisation in (lived.hospital, *lived.towns[:2]):
        lived.answer(proposal, organisation, "yes")
    lived.answer(proposal, lived.towns[2], "no", "Vi har det allerede.")
    meeting = called(lived, 5)
    put_on(lived, meeting, proposal)
    with override("da"):
        words = [words for _lead, words in agenda(meeting)[0].said()]
    assert "Enighed i Here: hospital og 2 af 3 kommuner; 1 siger nej" in words
    assert "Ikke et klart ja: Town 3 (nej); Practice (intet svar endnu)" in words
