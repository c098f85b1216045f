"""How a forum decides by each of the three rules, and by which of them on which day."""

from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from kernen.decisions import actions
from kernen.decisions.models import Decision, Stance
from kernen.decisions.stances import MANNERS
from kernen.decisions.tally import Vote, objection
from kernen.decisions.told import tell
from kernen.lib.refusal import Refused
from kernen.parties import actions as parties
from kernen.parties.models import Forum

from .sitting import TODAY, form

Rule = Forum.DecisionRule
WHY = "It costs us a nurse."


def slowly(rule, quorum, votes):
    """Whether it is decided, counted on one's fingers."""
    there = along = against = 0
    for vote in votes:
        if vote.stance == "absent":
            continue
        there += 1
        if vote.stance == "no":
            if rule != "majority" and not vote.words:
                return False
            against += 1
        elif vote.stance != "no_vote":
            if vote.stance != "yes" and not vote.words:
                return False
            along += 1
    if there == 0 or there * 100 < quorum * len(votes):
        return False
    return along > against if rule == "majority" else along > 0 and against == 0


@pytest.mark.parametrize("rule", Rule.values)
def test_every_vote_of_three_seats_comes_to_what_one_counts_on_ones_fingers(rule):
    said = [(stance, words) for stance in MANNERS[rule].stances for words in ("", WHY)]
    for three in product(said, repeat=3):
        votes = [Vote(f"Seat {n}", *one) for n, one in enumerate(three)]
        for quorum in (0, 33, 34, 50, 67, 100):
            taken = not objection(rule, quorum, votes)
            assert taken == slowly(rule, quorum, votes), (quorum, three)


@pytest.fixture
def by_rule(lived):
    """An answered proposal with a forum of five seats that decides by a rule."""

    def make(rule, quorum=50):
        forum = lived.forum(f"By {rule}", cluster=lived.cluster, rule=rule, quorum=quorum)
        return lived.endorsed(lived.submitted(forum=forum))

    return make


def voted(lived, proposal, **said):
    return lived.decided(proposal, stances=lived.stances(proposal.forum, **said))


def test_an_objection_without_a_reason_is_no_objection_and_one_with_a_reason_stands(lived, by_rule):
    proposal = by_rule(Rule.CONSENT)
    with pytest.raises(Refused, match="only a reasoned objection counts"):
        voted(lived, proposal, Town_1=("no", "  "))
    with pytest.raises(Refused, match="reasoned objection of Town 1 stands"):
        voted(lived, proposal, Town_1=("no", WHY))
    assert not Decision.objects.exists()


def test_an_objection_that_was_met_hinders_nothing_and_is_told_with_how(lived, by_rule):
    proposal = by_rule(Rule.CONSENT)
    with pytest.raises(Refused, match="what it was, and how it was met"):
        voted(lived, proposal, Town_1=("met", ""))
    decision = voted(lived, proposal, Town_1=("met", WHY), Town_2=("dissent", "Soon."))
    [told] = tell([decision])
    assert told.rule.endswith("1 objection was raised and met.")
    assert [(heading, [one.words for one in seats]) for heading, seats in told.in_words] == [
        ("Objections, and how they were met", [WHY]),
        ("Dissent, in their own words", ["Soon."]),
    ]
    assert [one["words"] for one in decision.dissents] == ["Soon."]


def test_only_a_forum_that_decides_by_consent_meets_objections(lived, by_rule):
    for rule in (Rule.AGREEMENT, Rule.MAJORITY):
        assert Stance.MET not in MANNERS[rule].stances
        with pytest.raises(Refused, match="Town 1: choose one of the stances"):
            voted(lived, by_rule(rule), Town_1=("met", WHY))


def test_a_tie_is_no_majority_whoever_abstains_and_a_vote_against_needs_no_words(lived, by_rule):
    proposal = by_rule(Rule.MAJORITY)
    tie = {"Town_1": ("no", ""), "Town_2": ("no", WHY), "Town_3": ("no_vote", "")}
    with pytest.raises(Refused, match="2 for and 2 against: a tie is no majority"):
        voted(lived, proposal, **tie)
    with pytest.raises(Refused, match="2 for and 3 against: there is no majority"):
        voted(lived, proposal, **tie | {"Town_3": ("no", "")})
    decision = voted(lived, proposal, **tie | {"Town_2": ("no_vote", "Not ours.")})
    [told] = tell([decision])
    assert told.rule == "Decided by majority: 2 for and 1 against. 2 did not vote."
    assert [label for label, _ in told.by_stance] == ["For", "Against", "Does not vote"]
    assert [heading for heading, _ in told.in_words] == ["Remarks"]


def test_who_does_not_vote_is_there_and_who_is_absent_is_not(lived, by_rule):
    proposal = by_rule(Rule.MAJORITY, quorum=60)
    silent = {"Town_1": ("no_vote", ""), "Town_2": ("absent", ""), "Town_3": ("absent", "")}
    with pytest.raises(Refused, match="2 of 5 seats are present, and the forum needs 3"):
        voted(lived, proposal, Practice=("absent", ""), **silent)
    decision = voted(lived, proposal, **silent)
    assert tell([decision])[0].quorum.startswith("3 of 5 seats took part, and 3 are needed")


def test_a_forum_gets_another_rule_and_what_is_of_an_earlier_day_keeps_the_one_of_that_day(lived):
    first, second, third = (lived.endorsed(lived.long_ago()) for _ in range(3))
    before = lived.decided(first, met_on=TODAY - timedelta(days=3))
    parties.change_rule(forum=lived.steering, decision_rule="majority", quorum=80, by=None)
    for proposal in (second, third):
        proposal.refresh_from_db()
    against = lived.stances(lived.steering, Town_1=("no", WHY))
    with pytest.raises(Refused, match="decides by agreement"):
        lived.decided(second, stances=against, met_on=TODAY - timedelta(days=1))
    late = lived.decided(second, met_on=TODAY - timedelta(days=1))
    now = lived.decided(third, stances=against)
    assert [(one.rule, one.quorum) for one in (before, late, now)] == [
        ("agreement", 50),
        ("agreement", 50),
        ("majority", 80),
    ]


def test_twice_on_a_day_the_rule_of_the_day_before_is_the_first_and_none_is_kept_of_no_change(
    lived,
):
    for rule, quorum in (("agreement", 50), ("consent", 50), ("majority", 60)):
        parties.change_rule(forum=lived.steering, decision_rule=rule, quorum=quorum, by=None)
    forum = Forum.objects.get(pk=lived.steering.pk)
    assert [one.decision_rule for one in forum.former_rules.order_by("pk")] == [
        "agreement",
        "consent",
    ]
    assert forum.rule_on(TODAY - timedelta(days=1)).decision_rule == "agreement"
    assert forum.rule_on(TODAY) == forum


def test_a_quorum_is_a_share(lived):
    with pytest.raises(ValidationError):
        parties.change_rule(forum=lived.steering, decision_rule="consent", quorum=101, by=None)
    assert not lived.steering.former_rules.exists()


def test_only_an_administrator_changes_the_rule_and_others_see_why_they_do_not(
    lived, secretary, sign_in
):
    page = secretary.get(lived.steering.get_absolute_url()).content.decode()
    assert "Only an administrator changes how a forum decides" in page
    address = reverse("change_rule", args=[lived.steering.pk])
    sent = {"decision_rule": "consent", "quorum": "75"}
    assert secretary.post(address, sent).status_code == 403
    lived.steering.refresh_from_db()
    assert lived.steering.decision_rule == Rule.AGREEMENT
    admin = sign_in(parties.enrol(name="A", email="a@example.org", administrator=True, by=None))
    assert 'value="agreement" checked' in admin.get(address).content.decode().replace(
        'checked value="agreement"', 'value="agreement" checked'
    )
    assert admin.post(address, sent | {"quorum": "101"}).status_code == 200
    assert admin.post(address, sent).url == lived.steering.get_absolute_url()
    page = admin.get(lived.steering.get_absolute_url()).content.decode()
    assert "Samtykke" in page
    assert "Indtil" in page


def test_the_form_speaks_the_language_of_the_rule_of_the_day(lived, secretary, by_rule):
    for rule, words, other in (
        (Rule.CONSENT, "Has a reasoned objection", "Against"),
        (Rule.MAJORITY, "All the others are for", "Had an objection"),
        (Rule.AGREEMENT, "All the others say yes", "Consents"),
    ):
        proposal = by_rule(rule, quorum=51)
        page = secretary.get(reverse("decide", args=[proposal.pk])).content.decode()
        assert words in page
        assert other not in page
        assert "3 of 5 seats must take part." in page
        actions.withdraw(proposal=proposal, words="Enough.", by=lived.lead)


def test_minute_page_and_what_everybody_reads_tell_the_count(lived, secretary, by_rule):
    proposal = by_rule(Rule.MAJORITY)
    seat = next(one for one in lived.steering.members.all() if one.organisation == lived.towns[0])
    town = proposal.forum.members.get(organisation=seat.organisation)
    sent = form(lived, proposal.forum, **{f"stance_{town.pk}": "no"})
    address = reverse("decide", args=[proposal.pk])
    read = secretary.post(address, {k: v for k, v in sent.items() if k != "read"}).content.decode()
    assert "Decided by majority: 4 for and 1 against." in read
    secretary.post(address, sent)
    decision = Decision.objects.get()
    actions.publish(decision=decision, shown=True, by=lived.secretary)
    for name in ("decision", "published_decision"):
        page = secretary.get(reverse(name, args=[decision.pk])).content.decode()
        assert "Decided by majority: 4 for and 1 against." in page
        assert "Against (1)" in page
