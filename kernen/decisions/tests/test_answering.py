"""What organisations answer, as their leaders meet it and as the proposal's page shows it."""

from decimal import Decimal
from itertools import product

import pytest
from django.urls import reverse

from kernen.decisions import actions, agreement
from kernen.decisions.answering.shown import shown
from kernen.decisions.models import Endorsement
from kernen.decisions.tally import Agreement, put_in
from kernen.parties import actions as parties
from kernen.parties.models import OrganisationRole

from .lived import REASON
from .sitting import TODAY


def block(lived, proposal, reader=None):
    latest = proposal.latest()
    found = agreement.answers(proposal, proposal.clusters.all(), latest)
    return shown(reader or lived.lead, proposal, latest, found).blocks[0]


def line(lived, proposal, organisation, reader=None):
    lines = block(lived, proposal, reader).lines
    return next(one for one in lines if one.asked.organisation == organisation)


def page(client, proposal):
    return client.get(proposal.get_absolute_url()).content.decode()


def address(proposal, organisation):
    return reverse("answer_proposal", args=[proposal.pk, organisation.pk])


def new_version(lived, proposal, **how):
    return actions.submit(
        proposal=proposal, reason=REASON, changes="Home care is in.", by=lived.lead, **how
    )


# --- what the page shows ------------------------------------------------------------------------


def test_a_cluster_s_agreement_is_told_as_it_is_and_never_averaged(lived, proposal, sign_in):
    for organisation in (lived.hospital, lived.towns[0]):
        lived.answer(proposal, organisation, "yes")
    lived.answer(proposal, lived.towns[1], "no", "We have something better.")
    seen = page(sign_in(lived.secretary), proposal)
    assert "Ja i Here: hospital og 1 af 3 kommuner; 1 siger nej" in seen
    assert "Ikke et klart ja: Town 2 (nej); Town 3, Practice (intet svar endnu)." in seen
    assert "We have something better." in seen


def test_an_answer_on_an_earlier_version_says_so_and_a_condition_that_is_met_awaits_a_new_one(
    lived, proposal
):
    lived.answer(proposal, lived.hospital, "yes")
    lived.answer(proposal, lived.towns[0], "yes_if", "If home care is in.")
    condition = Endorsement.objects.get(organisation=lived.towns[0])
    new_version(lived, proposal, meets=[condition.pk])
    hospital, town = (line(lived, proposal, one) for one in (lived.hospital, lived.towns[0]))
    assert (hospital.asked.outdated, hospital.met_in) == (True, None)
    assert (town.asked.outdated, town.met_in) == (True, 2)
    lived.answer(proposal, lived.towns[0], "yes")
    town = line(lived, proposal, lived.towns[0])
    assert (town.asked.outdated, town.met_in, len(town.earlier)) == (False, None, 1)


def test_where_nobody_has_answered_stands_who_could(lived, proposal, sign_in):
    found = line(lived, proposal, lived.practice)
    assert found.leaders == [lived.leaders[lived.practice]]
    assert found.ask_refused is None
    reader = line(lived, proposal, lived.practice, lived.secretary)
    assert "Practice" in reader.ask_refused
    seen = page(sign_in(lived.secretary), proposal)
    assert "Leader of Practice" in seen
    assert "Kun projektlederen og koordinatorerne for Hospital" in seen, "beside the button"


def test_what_is_put_in_is_summed_by_cluster_and_each_organisation_once_in_all(lived, proposal):
    elsewhere = parties.form_cluster(name="Elsewhere", organisations=[lived.practice], by=None)
    for organisation, money, answer in (
        (lived.hospital, 100, "yes"),
        (lived.practice, 50, "yes_if"),
    ):
        actions.endorse(
            proposal=proposal,
            organisation=organisation,
            answer=answer,
            words="If the others do.",
            money=Decimal(money),
            hours=Decimal("1.5"),
            by=lived.leaders[organisation],
        )
    found = agreement.answers(proposal, [lived.cluster, elsewhere], proposal.latest())
    everything = shown(lived.lead, proposal, proposal.latest(), found)
    assert [one.puts_in.money for one in everything.blocks] == [50, 150]
    assert everything.puts_in.money == 150
    assert everything.puts_in.hours == 3
    assert (everything.puts_in.money_if, everything.puts_in.hours_if) == (50, Decimal("1.5"))


def test_the_sum_is_the_sum():
    amounts = [None, Decimal(0), Decimal("2.5"), Decimal(10)]
    said = dict(enumerate(product(["yes", "yes_if", "no"], amounts, amounts)))
    total = put_in(said)
    assert total.money == sum(money for _, money, _ in said.values() if money)
    assert total.hours_if == sum(h for answer, _, h in said.values() if h and answer == "yes_if")


def test_what_an_answer_would_do_is_what_it_then_does(lived, proposal):
    before = agreement.answers(proposal, [lived.cluster], proposal.latest())
    foretold = agreement.if_answered(before, lived.hospital)
    for answer in Endorsement.Answer.values:
        lived.answer(proposal, lived.hospital, answer, "Because.")
        [now] = agreement.answers(proposal, [lived.cluster], proposal.latest())
        assert foretold[answer] == [now.agreement.sentence]


def test_what_the_agreement_does_not_go_by_is_not_foretold(lived, proposal):
    found = agreement.answers(proposal, [lived.cluster], proposal.latest())
    assert not any(agreement.if_answered(found, lived.practice).values())
    assert "1 says" in agreement.if_answered(found, lived.hospital)["yes_if"][0]


def test_the_rest_are_those_who_have_not_simply_said_yes():
    found = Agreement("Here", {"H": "yes"}, {"A": "no", "B": "", "C": "yes"}, {"GP": "no"})
    assert found.rest == [("A", "no"), ("B", "")]


@pytest.mark.parametrize(
    ("hospitals", "towns", "says"),
    [
        ({"H": "yes"}, {"A": "yes", "B": ""}, "Agreement in Here: hospital and 1 of 2"),
        ({"H": ""}, {"A": "yes", "B": "yes"}, "Yes in Here: 2 of 2"),
        ({"H": "yes"}, {"A": "no", "B": "yes_if"}, "Yes in Here: hospital"),
        ({}, {"A": "yes", "B": ""}, "Agreement in Here: 1 of 2"),
        ({"H": "no"}, {"A": ""}, "Here: nobody has said yes yet; 1 says no"),
        (
            {"H": "yes"},
            {"A": "yes", "B": "yes", "C": "yes_if", "D": "no"},
            "Agreement in Here: hospital and 2 of 4 municipalities; 1 says “yes, if …”; 1 says no",
        ),
        ({"H": "yes"}, {"A": "yes", "B": "", "C": ""}, "Yes in Here: hospital and 1 of 3"),
    ],
)
def test_it_is_called_agreement_where_half_of_both_sectors_have_said_yes(hospitals, towns, says):
    assert Agreement("Here", hospitals, towns, {}).sentence.startswith(says)


@pytest.mark.parametrize(
    ("hospitals", "towns", "says"),
    [
        (
            {"H": "yes?"},
            {"A": "yes?", "B": ""},
            "Yes to an earlier version in Here: hospital and 1 of 2 municipalities; "
            "nobody has answered version 3",
        ),
        (
            {"H": "yes"},
            {"A": "yes?", "B": "yes_if?"},
            "Yes in Here: hospital; 1 said yes to an earlier version; "
            "1 said “yes, if …” to an earlier version",
        ),
        (
            {"H": "yes?"},
            {"A": "no", "B": ""},
            "Yes to an earlier version in Here: hospital; 1 says no",
        ),
        (
            {"H": "no?"},
            {"A": ""},
            "Here: nobody has said yes yet; 1 said no to an earlier version; "
            "nobody has answered version 3",
        ),
        ({"H": "yes"}, {"A": "yes", "B": "no?"}, "Agreement in Here: hospital and 1 of 2"),
    ],
)
def test_only_what_was_said_to_the_version_that_counts_is_agreement(hospitals, towns, says):
    """An answer with a question mark was given to an earlier version."""
    said = [{who: one.strip("?") for who, one in side.items()} for side in (hospitals, towns)]
    earlier = frozenset(who for who, one in (hospitals | towns).items() if "?" in one)
    assert Agreement("Here", *said, {}, earlier, edition=3).sentence.startswith(says)


def test_a_new_version_makes_no_agreement_of_earlier_answers(lived, proposal, sign_in):
    lived.endorsed(proposal)
    new_version(lived, proposal)
    found = "Ja til en tidligere version i Here: hospital og 3 af 3 kommuner; ingen har svaret på"
    assert f"{found} version 2" in page(sign_in(lived.secretary), proposal)
    now = agreement.answers(proposal, [lived.cluster], proposal.latest())
    foretold = agreement.if_answered(now, lived.hospital)
    assert foretold["yes"] == ["Yes in Here: hospital; 3 said yes to an earlier version"]


def test_whom_nobody_reaches_stands_at_the_top_for_the_lead_and_the_secretary(
    lived, proposal, sign_in
):
    said = "Nogle har endnu ingen, der kan svare"
    gone = [lived.leaders[lived.towns[0]], lived.leaders[lived.practice]]
    assert said not in page(sign_in(lived.lead), proposal)
    OrganisationRole.objects.filter(person__in=gone).delete()
    seen = page(sign_in(lived.lead), proposal)
    top = seen.partition(said)[2].partition('class="tags"')[0]
    assert "Lad en koordinator dér spørge: Town 1." in top
    assert reverse("ask_answer", args=[proposal.pk, lived.practice.pk]) in top
    assert "Town 2" not in top
    assert "Lad en koordinator dér spørge: Town 1, Practice." in page(
        sign_in(lived.secretary), proposal
    )
    assert said not in page(sign_in(lived.leaders[lived.towns[1]]), proposal)
    actions.withdraw(proposal=proposal, words="", by=lived.lead)
    assert said not in page(sign_in(lived.lead), proposal)


# --- answering when signed in -------------------------------------------------------------------


def test_a_leader_answers_on_the_page(lived, proposal, sign_in):
    client = sign_in(lived.leaders[lived.hospital])
    form = client.get(address(proposal, lived.hospital)).content.decode()
    assert "Ja i Here: hospital" in form, "what a yes would lead to"
    sent = {"answer": "yes", "money": "1.500,50", "hours": "4", "places": "M1", "seen": "0"}
    answer = client.post(address(proposal, lived.hospital), sent, follow=True)
    assert "1.500,5" in answer.content.decode()
    given = Endorsement.objects.get()
    assert (given.money, given.hours, given.by_link) == (Decimal("1500.50"), 4, False)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"answer": "yes_if", "words": " "}, "Skriv på hvilken betingelse"),
        ({"answer": "no"}, "Skriv hvorfor ikke"),
        ({"answer": "no", "words": "No.", "money": "5"}, "bidrager ikke med noget"),
        ({"answer": "yes", "hours": "-1"}, "0"),
        ({}, ""),
    ],
)
def test_what_is_filled_in_wrong_is_kept_and_answers_nothing(lived, proposal, sign_in, sent, said):
    client = sign_in(lived.leaders[lived.hospital])
    seen = client.post(address(proposal, lived.hospital), sent | {"places": "Ward M1"})
    assert "Ward M1" in seen.content.decode()
    assert said in seen.content.decode()
    assert not Endorsement.objects.exists()


def test_nobody_takes_part_from_before_the_initiative_began(lived, proposal, sign_in):
    client = sign_in(lived.leaders[lived.hospital])
    where = address(proposal, lived.hospital)
    seen = client.post(where, {"answer": "yes", "from_day": "1999-01-01"}).content.decode()
    assert "Initiativet begyndte" in seen
    assert 'value="1999-01-01"' in seen
    assert not Endorsement.objects.exists()
    client.post(where, {"answer": "yes", "from_day": f"{TODAY:%Y-%m-%d}"})
    assert Endorsement.objects.get().from_day == TODAY


def test_who_may_not_answer_reads_why_and_sends_nothing(lived, proposal, sign_in):
    client = sign_in(lived.secretary)
    seen = client.get(address(proposal, lived.hospital)).content.decode()
    assert "med mandat" in seen
    assert '<textarea name="words"' not in seen
    client.post(address(proposal, lived.hospital), {"answer": "yes"})
    assert not Endorsement.objects.exists()


def test_two_leaders_at_once_are_both_kept_and_both_are_told(lived, proposal, sign_in):
    other = lived.person("Other leader", lived.hospital, "leader")
    first, second = sign_in(lived.leaders[lived.hospital]), sign_in(other)
    where = address(proposal, lived.hospital)
    seen = second.get(where).context["form"]["seen"].value()
    first.post(where, {"answer": "no", "words": "Not now.", "seen": "0"})
    told = second.post(where, {"answer": "yes", "seen": seen}, follow=True).content.decode()
    assert "Leader of Hospital" in told.split("alert-warning")[1].split("</div>")[0]
    assert [one.answer for one in Endorsement.objects.all()] == ["no", "yes"]
    waits = first.get(reverse("my_work")).content.decode()
    assert "Other leader" in waits


def test_a_draft_is_asked_of_nobody(lived, sign_in):
    proposal = lived.drafted()
    client = sign_in(lived.leaders[lived.hospital])
    assert client.get(address(proposal, lived.hospital)).status_code == 404


def test_what_is_new_since_the_last_answer_stands_beside_the_form(lived, proposal, sign_in):
    client = sign_in(lived.leaders[lived.hospital])
    lived.answer(proposal, lived.hospital, "yes_if", "If home care is in.")
    new_version(lived, proposal, meets=[Endorsement.objects.get().pk])
    seen = client.get(address(proposal, lived.hospital)).content.decode()
    assert "Home care is in." in seen
    assert "If home care is in." in seen
    assert "betingelsen er opfyldt" in seen
