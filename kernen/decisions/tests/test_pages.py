"""The pages of a proposal, as a lead and as others meet them."""

import re
from collections import Counter
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import override

from kernen.decisions import actions
from kernen.decisions.figures import shown
from kernen.decisions.known import known
from kernen.decisions.models import Endorsement, Proposal
from kernen.decisions.parts import PARTS
from kernen.decisions.sheet import answered, draw
from kernen.decisions.tally import put_in
from kernen.initiatives import actions as initiatives
from kernen.measures.models import Measure
from kernen.value import actions as value

from .lived import REASON, TEXTS


@pytest.fixture
def client(lived, sign_in):
    return sign_in(lived.lead)


def test_a_lead_begins_a_proposal_in_one_form(lived, client):
    initiative = lived.tested()
    lived.forum("A forum elsewhere", cluster=lived.elsewhere())
    page = client.get(reverse("propose", args=[initiative.pk]))
    assert "Steering here" in page.content.decode()
    assert page.context["form"]["forum"].value() == lived.steering.pk
    sent = {"asks": "spread", "clusters": [lived.cluster.pk], "forum": lived.steering.pk}
    answer = client.post(reverse("propose", args=[initiative.pk]), sent, follow=True)
    assert answer.status_code == 200
    assert Proposal.objects.get().clusters.get() == lived.cluster


@pytest.mark.parametrize("binding", [True, False])
def test_a_proposal_that_binds_begins_with_every_cluster_and_another_with_its_own(
    lived, client, binding
):
    elsewhere = lived.elsewhere()
    page = client.get(reverse("propose", args=[lived.tested(binding=binding).pk]))
    boxes = [box.data for box in page.context["form"]["clusters"]]
    ticked = {box["value"].value for box in boxes if box["selected"]}
    assert ticked == ({lived.cluster.pk, elsewhere.pk} if binding else {lived.cluster.pk})


def test_the_page_says_why_it_does_not_go_to_other_fora(lived, client):
    lived.forum("Steering of the region")
    page = client.get(reverse("proposals", args=[lived.tested().pk]))
    assert "Steering of the region" in page.content.decode()


def test_a_part_is_written_beside_what_is_known_and_kept(lived, client):
    proposal = lived.drafted()
    address = reverse("write_part", args=[proposal.pk, "why"])
    seen = client.get(address).context["form"]["seen"].value()
    client.post(address, {"words": "Because.", "seen": seen})
    proposal.refresh_from_db()
    assert proposal.why == "Because."


def test_what_two_write_at_once_is_shown_to_the_second(lived, client):
    proposal = lived.drafted()
    address = reverse("write_part", args=[proposal.pk, "why"])
    seen = client.get(address).context["form"]["seen"].value()
    actions.write(proposal=proposal, why="Theirs.", by=lived.lead)
    page = client.post(address, {"words": "Mine.", "seen": seen}).content.decode()
    assert "Theirs." in page
    assert "Mine." in page
    proposal.refresh_from_db()
    assert proposal.why == "Theirs."


def test_submitting_shows_what_is_missing_and_asks_why(lived, client):
    proposal = lived.drafted()
    address = reverse("submit_proposal", args=[proposal.pk])
    assert client.get(address).context["missing"]
    refused = client.post(address, {"reason": ""})
    assert refused.context["form"].errors
    client.post(address, {"reason": REASON})
    assert proposal.latest().edition == 1


def test_others_read_what_was_submitted_and_do_not_find_a_draft(lived, sign_in):
    draft, leader = lived.drafted(), sign_in(lived.leaders[lived.practice])
    assert leader.get(draft.get_absolute_url()).status_code == 404
    actions.submit(proposal=draft, reason=REASON, by=lived.lead)
    page = leader.get(draft.get_absolute_url())
    assert TEXTS["why"] in page.content.decode()


def test_a_version_shows_what_was_changed_in_it(lived, client):
    proposal = lived.submitted()
    actions.write(proposal=proposal, why="Many fewer fall.", by=lived.lead)
    actions.submit(proposal=proposal, reason=REASON, changes="More figures.", by=lived.lead)
    page = client.get(proposal.get_absolute_url())
    assert list(page.context["changed"]) == ["why"]
    earlier = client.get(reverse("proposal_version", args=[proposal.pk, 1]))
    assert TEXTS["why"] in earlier.content.decode()


def test_an_answer_to_an_earlier_version_says_so_and_who_is_silent_stands_there(lived):
    proposal = lived.submitted()
    lived.answer(proposal, lived.hospital, "yes")
    actions.submit(proposal=proposal, reason=REASON, changes="More figures.", by=lived.lead)
    told = answered(known(proposal))
    said = {one["answer"]: (one["n"], one["who"]) for one in told["groups"]}
    assert said["yes"] == (1, ["Hospital (on version 1)"])
    assert said[""] == (4, ["Town 1", "Town 2", "Town 3", "Practice"])
    earlier = "Yes to an earlier version in Here: hospital; nobody has answered version 2"
    assert told["text"] == earlier
    assert answered(known(lived.drafted(lived.tested("Other")))) is None


def test_once_it_is_decided_nobody_is_said_to_answer_yet(lived, sign_in):
    forum, elsewhere = lived.forum("Steering of the region"), lived.elsewhere()
    proposal = lived.drafted(lived.tested(binding=True), forum)
    actions.write(proposal=proposal, clusters=[lived.cluster, elsewhere], by=lived.lead)
    actions.submit(proposal=proposal, reason=REASON, by=lived.lead)
    lived.answer(proposal, lived.hospital, "yes")
    leader, address = sign_in(lived.leaders[lived.practice]), proposal.get_absolute_url()
    waits = ("Kan svare", "Har ikke svaret", "Ikke svaret", "intet svar endnu", "har ingen svaret")

    def said():
        facts = known(proposal)
        page = leader.get(address).content.decode()
        return (
            str([answered(facts), [of.rest for of in facts.in_scope]]).count("yet"),
            [one for one in waits if one in page],
        )

    assert said() == (3, list(waits))
    lived.decided(proposal)
    proposal.refresh_from_db()
    assert said() == (0, [])
    told = answered(known(proposal))
    assert told["groups"][-1]["label"] == "Did not answer"
    assert "Elsewhere: no answers were gathered" in told["text"]
    page = leader.get(address).content.decode()
    assert "Svarede ikke" in page
    assert f'href="{proposal.decisions.get().get_absolute_url()}"' in page


def test_what_is_known_says_what_a_year_and_a_day_are_of(lived):
    proposal = lived.submitted()
    for who, likely in (("region", 1000), ("municipality", 400)):
        value.add_cost(
            initiative=proposal.initiative, who=who, words="Training", likely=likely,
            first_year=2027, last_year=2028, by=lived.lead,
        )  # fmt: skip
    drawn = draw(known(proposal))
    first, second = drawn["money"]["parties"]
    assert (first["net"], first["bar"], first["back"]) == (
        "DKK −1,000", [50, 0], "not in these years",
    )  # fmt: skip
    assert second["bar"] == [20, 0]
    assert "Hospital: takes part since" in str(drawn)


def test_the_main_outcome_is_drawn_whether_it_became_better_or_not_and_is_frozen(lived, client):
    proposal = lived.drafted()
    initiative = proposal.initiative
    assert draw(known(proposal))["chart"] is None
    process = lived.measured(initiative, better=True)
    Measure.objects.update(kind="process")
    assert draw(known(proposal))["chart"]["url"] == process.get_absolute_url()
    outcome = lived.measured(initiative)
    lived.measured(initiative, better=True)
    actions.submit(proposal=proposal, reason=REASON, by=lived.lead)
    chart = proposal.latest().sheet["da"]["chart"]
    assert chart["url"] == outcome.get_absolute_url()
    assert chart["svg"].startswith("<svg")
    page = client.get(proposal.get_absolute_url()).content.decode()
    assert escape(chart["heading"]) in page
    assert "data:image/svg+xml;base64," in page


def test_what_the_series_show_is_counted_one_by_one_as_their_charts_are_headed(lived):
    initiative = lived.drafted().initiative
    for better in (True, False, True):
        lived.measured(initiative, better=better)
    facts = known(Proposal.objects.get())
    slowly = {"better": 0, "same": 0}
    for one in facts.charts:
        slowly["better" if "improvement" in one.chart.heading else "same"] += 1
    assert slowly == {"better": 2, "same": 1} == dict(Counter(map(shown, facts.charts)))


def test_each_claim_leads_to_what_stands_behind_it(lived, sign_in):
    proposal = lived.drafted()
    lived.measured(proposal.initiative, better=True)
    goals = {"health": "Fewer falls."}
    initiatives.set_goals(initiative=proposal.initiative, goals=goals, by=lived.lead)
    drawn, reader = draw(known(proposal)), sign_in(lived.secretary)
    claims = [claim for part in drawn["parts"] for claim in part["claims"]]
    assert len(claims) > 4
    addresses = {one["url"] for one in (*claims, drawn["chart"], drawn["gains"])}
    assert {reader.get(address).status_code for address in addresses} == {200}


def test_a_version_is_drawn_in_each_language_by_itself(lived):
    proposal = lived.drafted()
    lived.measured(proposal.initiative)
    value.add_cost(
        initiative=proposal.initiative, who="region", words="Training", likely=1000,
        first_year=2027, last_year=2028, by=lived.lead,
    )  # fmt: skip
    actions.submit(proposal=proposal, reason=REASON, by=lived.lead)
    danish, english = (proposal.latest().sheet[language] for language in ("da", "en"))
    for told in ("heading", "further", "mean"):
        assert danish["money"][told] != english["money"][told], told
    for told in ("heading", "caption", "svg"):
        assert danish["chart"][told] != english["chart"][told], told


def test_a_closed_button_says_who_proposes_something(lived, sign_in):
    initiative = lived.submitted().initiative
    page = sign_in(lived.leaders[lived.practice]).get(reverse("proposals", args=[initiative.pk]))
    why = page.context["refused"]
    assert "kan begynde på et oplæg til et forum" in why


def test_what_is_needed_is_not_called_optional_and_is_written_from_where_it_lacks(lived, client):
    proposal = lived.drafted()
    actions.write(proposal=proposal, why="", citizens="", by=lived.lead)
    write = {part: reverse("write_part", args=[proposal.pk, part]) for part in TEXTS}
    assert 'class="optional"' not in client.get(write["why"]).content.decode()
    assert 'class="optional"' in client.get(write["citizens"]).content.decode()
    page = client.get(reverse("submit_proposal", args=[proposal.pk])).content.decode()
    assert f'href="{write["why"]}">Skriv<' in page
    assert f'href="{write["citizens"]}">Skriv<' in page
    assert "<textarea" not in page


def test_lists_say_what_was_submitted_whatever_the_draft_says_since(lived, client, sign_in):
    proposal = lived.submitted()
    actions.write(proposal=proposal, asks="stop", clusters=[], by=lived.lead)
    page = client.get(reverse("proposals", args=[proposal.initiative_id]))
    [shown] = page.context["proposals"]
    assert (shown.version, shown.clusters) == (proposal.latest(), [lived.cluster])
    page = client.get(lived.steering.get_absolute_url())
    assert ">Spred<" in page.content.decode()
    assert ">Stop<" not in page.content.decode()


def test_a_list_shows_a_draft_as_it_is(lived, client):
    proposal = lived.drafted()
    actions.write(proposal=proposal, asks="stop", by=lived.lead)
    [shown] = client.get(reverse("proposals", args=[proposal.initiative_id])).context["proposals"]
    assert (shown.version, shown.asks, shown.clusters) == (None, "Stop", [lived.cluster])


def test_the_top_of_the_screen_holds_what_a_leader_reads_and_below_stands_the_rest(lived, sign_in):
    proposal = lived.drafted()
    actions.write(proposal=proposal, why="Fewer fall. " * 90, will="", by=lived.lead)
    lived.measured(proposal.initiative)
    actions.submit(proposal=proposal, reason=REASON, by=lived.lead)
    lived.answer(proposal, lived.hospital, "no", "We have no time.")
    client = sign_in(lived.leaders[lived.towns[0]])
    page = client.get(proposal.get_absolute_url()).content.decode()
    top, rest = page[page.index('class="asked"') :].split("</section>", 1)
    answer = reverse("answer_proposal", args=[proposal.pk, lived.towns[0].pk])
    for told in ("Hvorfor sprede det?", "× Nej: 1", "We have no time.", "Here", "svg+xml", answer):
        assert told in top, told
    assert "kraft og vilje" in top
    assert top.count("Fewer fall.") > 90  # in short, and in full behind "Read it all"
    for part in ("will", "support", "citizens", "connection", "premises", "endorsements"):
        assert f'id="{part}"' in rest


def test_what_is_not_read_first_is_folded_with_its_anchor_inside_and_open_in_a_draft(lived, client):
    proposal = lived.drafted()
    draft = client.get(proposal.get_absolute_url()).content.decode()
    actions.submit(proposal=proposal, reason=REASON, by=lived.lead)
    page = client.get(proposal.get_absolute_url()).content.decode()
    for part in [*TEXTS][1:]:
        words = escape(TEXTS[part])
        for seen, begins in (
            (draft, '<details class="fold" open>'),
            (page, '<details class="fold">'),
        ):
            [fold] = [one for one in seen.split("<details ") if f'id="{part}"' in one]
            summary, _, inside = fold.partition("</summary>")
            assert words in summary, part  # a hint of what lies behind it
            assert words in inside.partition(f'id="{part}"')[2]
            assert f"<details {fold}".startswith(begins)
    for anchor in ("brings", "way", "versions", "endorsements"):
        [fold] = [one for one in page.split("<details ") if f'id="{anchor}"' in one]
        assert fold.startswith('class="fold">')


def test_a_draft_shows_every_part_to_be_written(lived, client):
    proposal = lived.drafted()
    actions.write(proposal=proposal, citizens="", by=lived.lead)
    page = client.get(proposal.get_absolute_url()).content.decode()
    for part in TEXTS:
        assert f'id="{part}"' in page
        assert reverse("write_part", args=[proposal.pk, part]) in page


def test_hours_are_shown_without_noughts_that_say_nothing():
    for hours, said in (("3.5", "3.5 h a week"), ("3", "3 h a week"), ("10.25", "10.25 h a week")):
        given = Endorsement(answer="yes", hours=Decimal(hours).quantize(Decimal("0.01")))
        together = put_in({1: ("yes", None, given.hours)})
        with override("en"):
            for name, shown in (
                ("given_puts_in", {"given": given}),
                ("put_in", {"put_in": together}),
            ):
                page = render_to_string(f"decisions/{name}.html", shown)
                assert said in page


def test_a_proposal_has_the_main_menu_the_name_and_the_foot_of_every_page(lived, client):
    proposal = lived.submitted()
    version = reverse("proposal_version", args=[proposal.pk, 1])
    for address in (proposal.get_absolute_url(), f"{proposal.get_absolute_url()}?draft", version):
        page = client.get(address).content.decode()
        header = page.partition("</header>")[0]
        assert header.count(f'href="{reverse("decisions")}"') == 2, address
        assert reverse("inbox") in header
        assert str(lived.lead) in header


def test_what_is_not_told_is_said_in_its_own_place_when_it_is_submitted_too(lived, sign_in):
    proposal = lived.drafted()
    proposal = actions.write(proposal=proposal, citizens="", by=lived.lead)
    actions.submit(proposal=proposal, reason=REASON, by=lived.lead)
    page = sign_in(lived.secretary).get(proposal.get_absolute_url()).content.decode()
    place = page.partition("<h2>Borgernes blik</h2>")[2].partition("</details>")[0]
    assert '<p class="refused-reason">Borgernes blik er ikke fortalt.' in place


def test_a_draft_warns_of_each_gap_once_and_marks_what_stops_it(lived, client):
    proposal = lived.drafted()
    actions.write(proposal=proposal, why="", citizens="", by=lived.lead)
    page = client.get(proposal.get_absolute_url()).content.decode()
    gates = page.partition('class="card next lacks"')[2].partition("</section>")[0]
    assert gates.count('<li class="missing hard">') == 1
    assert gates.count('<li class="missing">') > 1
    read = re.sub(r'<span class="(sr-only|hint lacks)">[^<]*</span>', "", page)
    for field in ("why", "citizens"):
        with override("da"):
            assert read.count(str(PARTS[field].missing)) == 1
    assert read.count("Intet endnu.") == 2
