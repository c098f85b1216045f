"""A decision is looked at again: on what was expected, what is expected now, and what came."""

import re
from datetime import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from kernen.decisions import actions
from kernen.decisions.since import since
from kernen.decisions.told import tell
from kernen.measures.closing.actions import close
from kernen.parties.models import Forum
from kernen.value import actions as value

from .lived import REASON
from .sitting import called, form, put_on, several

YEARS = {"first_year": 2020, "last_year": 2021}


@pytest.fixture
def spread(lived):
    """Decided to spread, with a gain and a cost that were changed since, and a series."""
    initiative = lived.tested()
    lived.measured(initiative, better=True)
    told = {"initiative": initiative, "by": lived.lead}
    gain = value.add_gain(
        who="region", kind="economy", words="Fewer beds", likely=900, **YEARS, **told
    )
    value.add_cost(who="municipality", words="Training", likely=400, **YEARS, **told)
    decision = lived.decided(lived.endorsed(lived.submitted(initiative)))
    value.change(row=gain, likely=700, by=lived.lead)
    return decision


def _text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("\xa0", " ").split())


def _page(client, name, decision):
    return _text(client.get(reverse(name, args=[decision.pk])).content.decode())


@pytest.mark.parametrize("name", ["look_again", "decision"])
def test_the_forum_sees_target_forecast_and_today_beside_each_other(spread, secretary, name):
    page = _page(secretary, name, spread)
    assert "Fewer beds Region and hospitals DKK 900 a year, 2020–2021 Assessed DKK 900" in page
    assert "DKK 700 a year, 2020–2021 Assessed" in page
    assert page.count("DKK 400 every year, 2020–2021") == 3
    assert "Today : net DKK 600 in 2020–2021" in page


def test_what_came_of_a_year_stands_beside_what_was_expected(lived, spread, secretary):
    assert "No actual figures are entered yet." in _page(secretary, "look_again", spread)
    value.report_actual(
        initiative=spread.initiative, who="region", year=2020, paid=0, gained=650, words="Books",
        by=lived.lead,
    )  # fmt: skip
    page = _page(secretary, "look_again", spread)
    assert "2020: forecast DKK 900, actual DKK 650" in page


def test_a_gain_that_came_after_the_decision_was_not_expected(lived, spread):
    told = {"initiative": spread.initiative, "by": lived.lead}
    value.add_gain(who="citizens", kind="citizen", words="Calmer nights", **told)
    first, second = since(spread, lived.secretary).worth.gains
    assert [said.row.likely for said in first.said] == [900, 900, 700]
    assert (second.words, second.said[:2]) == ("Calmer nights", (None, None))
    assert second.said[2].basis == "Assessed"


def test_the_main_outcome_is_drawn_with_the_day_of_the_decision(lived, spread, secretary):
    found = since(spread, lived.secretary)
    assert found.chart["url"] == found.charted.series.get_absolute_url()
    assert "No figures have come since the decision" in found.chart["name"]
    page = secretary.get(reverse("look_again", args=[spread.pk])).content.decode()
    assert found.chart["heading"] in page
    assert f'href="{found.chart["url"]}"' in page


def test_a_place_that_the_decision_is_for_is_drawn_before_others_and_another_says_so(
    lived, secretary
):
    initiative, away = lived.tested(), lived._organisation("Away", "hospital")
    at_home, lived.hospital = lived.hospital, away
    lived.measured(initiative, better=True)
    lived.hospital = at_home
    decision = lived.decided(lived.endorsed(lived.submitted(initiative)))
    address = reverse("decision", args=[decision.pk])
    assert "of a place outside what the decision is for" in secretary.get(address).content.decode()
    inside = lived.measured(initiative)
    found = since(decision, lived.secretary)
    assert (found.charted.series, found.outside) == (inside, False)


def test_figures_that_came_since_are_counted(lived):
    initiative = lived.tested()
    lived.measured(initiative)
    then = timezone.make_aware(datetime(2019, 6, 15))
    proposal = lived.endorsed(lived.submitted(initiative, at=then))
    decision = lived.decided(proposal, met_on=then.date())
    assert "6 figures have come since" in since(decision, lived.secretary).chart["name"]


def test_what_is_closed_to_a_person_is_not_drawn(lived, spread):
    practice = lived.practice
    by = lived.person("Coordinator there", practice, "coordinator")
    seen = since(spread, by).charted.series
    type(seen).objects.filter(pk=seen.pk).update(organisation=practice)
    seen.refresh_from_db()
    close(series=seen, by=by)
    assert since(spread, by).charted.series == seen
    assert since(spread, lived.secretary).chart is None


def test_no_outcome_is_chosen_beforehand_when_it_is_looked_at_again(spread, secretary):
    page = secretary.get(reverse("look_again", args=[spread.pk]))
    assert not page.context["form"]["outcome"].value()


def test_what_was_said_for_the_earlier_decision_is_not_told_as_said_for_this_one(lived, secretary):
    theme = lived.forum("Theme group", kind=Forum.Kind.THEME_GROUP)
    region = lived.forum("Steering of the region")
    proposal = lived.submitted(lived.tested(binding=True), theme)
    actions.recommend(proposal=proposal, forum=theme, words="Spread it.", by=lived.secretary)
    lived.answer(proposal, lived.hospital, "yes", "Gladly.")
    actions.forward(proposal=proposal, to=region, by=lived.secretary)
    proposal.refresh_from_db()
    first = lived.decided(proposal)
    sent = form(lived, region, outcome="test_further")
    earlier = "Given before the earlier decision, and not for this one."
    through = {name: one for name, one in sent.items() if name != "read"}
    address = reverse("look_again", args=[first.pk])
    assert secretary.post(address, through).content.decode().count(earlier) == 2
    secretary.post(address, sent)
    pages = [_page(secretary, "decision", one) for one in (first, first.followed_by)]
    assert [page.count(earlier) for page in pages] == [0, 2]


def test_what_is_read_through_is_what_will_stand(lived, secretary):
    theme = lived.forum("Theme group", kind=Forum.Kind.THEME_GROUP)
    region = lived.forum("Steering of the region")
    proposal = lived.submitted(lived.tested(binding=True), theme)
    actions.recommend(proposal=proposal, forum=theme, words="Spread it.", by=lived.secretary)
    lived.answer(proposal, lived.hospital, "yes_if", "If it is paid.")
    actions.submit(proposal=proposal, reason=REASON, changes="It is paid.", by=lived.lead)
    lived.answer(proposal, lived.towns[0], "no", "Not here.")
    actions.forward(proposal=proposal, to=region, by=lived.secretary)
    sent = form(lived, region)
    address = reverse("decide", args=[proposal.pk])
    through = {name: one for name, one in sent.items() if name != "read"}
    read = secretary.post(address, through).content.decode()
    secretary.post(address, sent)
    [decision] = proposal.decisions.all()
    stands = secretary.get(decision.get_absolute_url()).content.decode()
    for words in ("Spread it.", "to version 1", "If it is paid.", "Not here.", "version 2 of"):
        assert words in _text(read), words
    assert "Had not answered: Practice, Town 2, Town 3." in _text(read)
    headings = ("What was recommended", "Endorsements as they stood", "What was missing")
    for heading in headings:
        assert _card(read, heading) == _card(stands, heading)
    [told] = tell([decision])
    assert told.passed


def _card(page: str, heading: str) -> str:
    [found] = [card for card in re.findall(r"<section class=\"card\">.*?</section>", page, re.S)
               if f"<h2>{heading}" in card or f"{heading}</h2>" in card]  # fmt: skip
    return _text(found)


def test_each_decision_of_a_block_is_read_with_its_own_answers(lived, secretary):
    meeting, (one, two) = called(lived), several(lived, 2)
    put_on(lived, meeting, one, two, in_block=True)
    lived.answer(one, lived.practice, "no", "We have no time for the first.")
    lived.answer(two, lived.practice, "no", "We have no room for the second.")
    sent = {name: value for name, value in form(lived).items() if name != "read"}
    page = secretary.post(reverse("decide_block", args=[meeting.pk]), sent).content.decode()
    assert page.index("no time for the first") < page.index("no room for the second")
