"""The demonstration data load through, are true to their sources and mark what is made up."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from statistics import mean

from django.apps import apps
from django.db.models import CharField, TextField
from django.test import TestCase, override_settings
from django.utils import timezone
from django.utils.translation import override

from kernen.decisions.agenda import Line, agenda
from kernen.decisions.models import Decision, Endorsement, Meeting, Proposal
from kernen.decisions.rules import ripe
from kernen.decisions.told import tell
from kernen.initiatives import rules
from kernen.initiatives.models import Entry, Initiative, Link
from kernen.initiatives.stages import EVENTS
from kernen.journey import demo
from kernen.journey.demo import decided, elsewhere, followed, region, task_force, who
from kernen.lib.cpr import contains_cpr
from kernen.lib.refusal import refusal
from kernen.measures.fetching import charted_for
from kernen.measures.models import Measure, Series
from kernen.measures.pictures import chart_of
from kernen.measures.spc.analysis import Result, analyse
from kernen.parties.models import (
    Cluster,
    Forum,
    Organisation,
    OrganisationRole,
    Person,
    Sector,
    User,
)
from kernen.parties.signing_in import demo_people

#: As judged from the sources; why is said beside each where it is told.
STAGES = {
    region.TOBS: "spreading",
    region.HEART: "spreading",
    region.SMOKING: "spreading",
    region.MEDICINE_BAG: "spreading",
    region.HOME_VISITS: "spreading",
    region.REGISTRATION: "idea",
    task_force.COPD: "testing",
    task_force.AIDS: "stopped",
    task_force.MEDICINE: "pre_study",
    task_force.TELEMEDICINE: "testing",
    task_force.SHOULDER: "operation",
    task_force.MULTIMORBIDITY: "decision",
    task_force.SET_FREE: "testing",
    task_force.HIP: "idea",
    elsewhere.DRY: "operation",
    elsewhere.WAITING: "testing",
    elsewhere.FMK: "decision",
    elsewhere.TOBS_AT_CENTRE: "testing",
    elsewhere.RECEPTION: "testing",
    elsewhere.INFECTIONS: "testing",
}

#: What is told as of the day on which the demonstration is loaded.
TODAY = (
    "offer_lead", "ask", "show_on_wall", "make_token", "make_tokens", "withdraw_token",
)  # fmt: skip


def analysed(series: Series) -> Result:
    points = list(series.points.all())
    splits = [split.period for split in series.splits.all()]
    before = [sum(point.period < split for point in points) for split in splits]
    if series.measure.proportion:
        numerators, denominators = zip(*counted(series), strict=True)
        return analyse(numerators, denominators, part=before, multiply=100)
    values = [None if point.value is None else float(point.value) for point in points]
    return analyse(values, part=before)


def counted(series: Series) -> list[tuple[int, int]]:
    return [(point.numerator or 0, point.denominator or 0) for point in series.points.all()]


def _hinders(line: Line, meeting: Meeting) -> str:
    """What hinders a line from being decided as it asks for."""
    before = line.before
    given = (before.initiative, meeting.forum, "spread", before.clusters, before.in_scope)
    return refusal(ripe, *given)


class DemonstrationTest(TestCase):
    said: list[str]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.said = []
        demo.load(cls.said.append)

    def one(self, measure: str, place: str) -> Series:
        return Series.objects.get(measure__name=measure, organisation__name=place)

    def test_each_step_is_told_in_a_sentence(self) -> None:
        assert len(self.said) >= 3
        assert all(self.said)

    def test_the_region_has_its_five_clusters_with_hospital_municipalities_and_practice(
        self,
    ) -> None:
        municipalities = 0
        for cluster in Cluster.objects.all():
            sectors = list(cluster.organisations.values_list("sector", flat=True))
            assert sectors.count(Sector.HOSPITAL) == 1, cluster
            assert sectors.count(Sector.GENERAL_PRACTICE) == 1, cluster
            municipalities += sectors.count(Sector.MUNICIPALITY)
        assert (Cluster.objects.count(), municipalities) == (5, 19)

    def test_every_initiative_of_the_sources_is_there_at_its_stage(self) -> None:
        assert dict(Initiative.objects.values_list("title", "stage")) == STAGES

    def test_those_under_the_health_agreement_bind_and_take_in_all_municipalities(self) -> None:
        binding = [it for it in Initiative.objects.all() if it.binding]
        titles = {initiative.title for initiative in binding}
        assert titles == {region.TOBS, region.HEART, region.SMOKING}
        for initiative in binding:
            parties = initiative.involvements.filter(organisation__sector=Sector.MUNICIPALITY)
            assert parties.count() == 19, initiative

    def test_every_initiative_is_led_by_a_made_up_person(self) -> None:
        for initiative in Initiative.objects.all():
            leads = [member.person for member in initiative.leads()]
            assert leads, initiative
            assert all(person.made_up for person in leads), initiative

    def test_the_way_through_the_stages_is_in_order_and_over_by_today(self) -> None:
        for initiative in Initiative.objects.all():
            way = list(Entry.objects.filter(initiative=initiative).exclude(stage="").order_by("pk"))
            assert way[0].verb == "register"
            for earlier, later in pairwise(way):
                assert earlier.at < later.at, initiative
                decided = later.verb == "decide"
                assert earlier.stage in (("decision",) if decided else EVENTS[later.verb].sources)
            first = initiative.journal.order_by("at", "pk").first()
            assert first == way[0], initiative
            assert initiative.active_at == initiative.journal.latest("at").at
            assert initiative.active_at < timezone.now()
            happened = initiative.journal.exclude(verb__in=TODAY)
            assert [
                entry
                for entry in happened
                if not entry.carried_over and not entry.words.startswith(followed.MARK)
            ] == [], initiative

    def test_what_is_made_up_is_marked(self) -> None:
        assert not Person.objects.filter(made_up=False).exists()
        for series in Series.objects.all():
            assert series.made_up, series
            assert "Eksempeldata" in series.remark
        for initiative in Initiative.objects.all():
            guessed = initiative.journal.filter(verb="note", words__startswith="Eksempeldata")
            assert guessed.exists(), initiative

    def test_no_text_looks_like_a_civil_registration_number(self) -> None:
        read = list(self._texts())
        assert len(read) > 500
        digest = re.compile(r"[0-9a-f]{64}")  # made of anything, and now and then of such digits
        assert not [one for one in read if contains_cpr(one) and not digest.fullmatch(one)]

    def _texts(self) -> Iterator[str]:
        for name in ("parties", "initiatives", "measures"):
            for model in apps.get_app_config(name).get_models():
                fields = [
                    f.name for f in model._meta.fields if isinstance(f, CharField | TextField)
                ]
                for row in model._default_manager.values_list(*fields):
                    yield from filter(None, map(str, row))

    def test_the_medicine_card_has_the_figures_that_are_known(self) -> None:
        series = self.one("Udskrevne med ajourført FMK", who.BISPEBJERG)
        points = list(series.points.all())
        weeks = [point.period.isocalendar()[:2] for point in points]
        assert weeks == [(2018, week) for week in range(14, 48)]
        numerators, denominators = zip(*counted(series), strict=True)
        assert (numerators[-1], denominators[-1]) == (128, 133)
        assert (round(mean(numerators)), round(mean(denominators))) == (105, 114)
        last = analysed(series).phases[-1]
        assert points[last.first - 1].period.isocalendar().week == 40
        assert f"{last.centre:.1f}" == "95.4"

    def test_waiting_days_fall_over_three_years(self) -> None:
        series = self.one("Ventedage", who.BISPEBJERG)
        periods = list(series.points.values_list("period", flat=True))
        assert len(periods) == 36
        assert (periods[0], periods[-1]) == (date(2016, 1, 1), date(2018, 12, 1))
        before, after = analysed(series).phases
        assert (before.centre, after.centre) == (43.5, 27.5)
        assert not (before.runs_signal)
        assert not (after.runs_signal)

    def test_the_series_show_each_verdict_that_a_reader_has_to_learn(self) -> None:
        told: dict[str, set[str]] = {}
        for series in charted_for(None):
            chart = chart_of(series).chart
            told.setdefault(chart.verdict, set()).add(chart.status)
        expected = {"empty", "few", "few_before", "steady", "restless", "unsure", "moved"}
        assert set(told) == expected
        assert len(told["moved"]) == 2, "an improvement, and something that gets worse"
        assert Measure.objects.filter(series=None).exists()

    def test_six_practices_are_closed_and_the_doctor_reads_the_own_one_alone(self) -> None:
        closed = Series.objects.filter(closed_at__isnull=False)
        doctor = Person.objects.get(name=who.DOCTOR)
        assert closed.count() == 6
        assert [str(one) for one in Series.objects.seen_by(doctor) & closed] == [who.PRACTICES[0]]

    @override_settings(DEMO=True)
    def test_seven_people_can_sign_in_with_one_click_in_the_order_of_their_work(self) -> None:
        names = [person.name for person in demo_people()]
        in_order = [who.LEAD, who.COORDINATOR, who.LEADER, who.DOCTOR, who.SECRETARY]
        assert names == [*in_order, who.ANSWERS, who.ADMINISTRATOR]
        for user in User.objects.all():
            assert not user.has_usable_password()
            assert user.email.endswith("@eksempel.dk")

    def test_each_of_them_may_do_what_the_role_promises(self) -> None:
        copd = Initiative.objects.get(title=task_force.COPD)
        may = {name: rules.verbs(Person.objects.get(name=name), copd) for name, *_ in who.SIGN_IN}
        everything = set(rules.VERBS)
        for name in (who.LEAD, who.COORDINATOR, who.ADMINISTRATOR):
            assert may[name] == everything, name
        assert may[who.DOCTOR] == {"note", "load"}
        assert may[who.LEADER] == set()

    def test_the_parts_of_the_model_of_waiting_days_point_to_it(self) -> None:
        parts = Link.objects.filter(other__title=elsewhere.WAITING, kind=Link.Kind.PART_OF)
        titles = set(parts.values_list("initiative__title", flat=True))
        small = {elsewhere.TOBS_AT_CENTRE, elsewhere.RECEPTION, elsewhere.INFECTIONS}
        assert titles == {elsewhere.FMK, *small}

    def test_no_organisation_is_without_an_initiative(self) -> None:
        idle = Organisation.objects.filter(involvements=None).values_list("name", flat=True)
        assert list(idle) == []

    def test_the_proposal_that_waits_tells_what_it_costs_and_who_gains(self):
        version = Proposal.objects.get(initiative__title=task_force.MULTIMORBIDITY).latest()
        assert "costs" not in version.passed
        assert "kr." in str(version.sheet["da"])

    def test_its_money_lies_in_the_years_it_is_proposed_for(self):
        found = Initiative.objects.get(title=task_force.MULTIMORBIDITY)
        rows = [*found.gains.all(), *found.costs.all()]
        years = {row.first_year for row in rows} - {None}
        assert min(years) > timezone.localdate().year

    def test_a_version_of_an_earlier_year_shows_nothing_of_later_ones(self):
        for title in (region.TOBS, region.HEART):
            [version] = Proposal.objects.get(initiative__title=title).versions.all()
            for sheet in (version.sheet["da"], version.sheet["en"]):
                assert sheet["chart"] is None
                said = str([sheet["gains"]["parties"], *sheet["parts"]])
                assert f"{timezone.localdate().year}" not in said
                assert "series" not in said

    def test_somebody_has_the_mandate_for_every_party_of_the_agreement(self):
        held = OrganisationRole.objects.filter(role="leader").values("organisation")
        asked = Organisation.objects.exclude(sector=Sector.COMPANY).exclude(name__in=who.PRACTICES)
        assert list(asked.exclude(pk__in=held)) == []

    def test_what_is_past_its_day_stands_on_the_agenda_to_come(self):
        coming = Meeting.objects.filter(on__gte=timezone.localdate())
        items = [item for meeting in coming for item in meeting.items.all()]
        again = {item.decision.initiative.title for item in items if item.decision}
        assert again == {region.TOBS, region.HEART}
        answers = set(Endorsement.objects.values_list("answer", flat=True))
        assert answers == {"yes", "yes_if", "no"}
        assert {one.initiative.title for one in Decision.objects.all() if one.dissents} == {
            region.HEART,
            region.SMOKING,
            elsewhere.DRY,
        }

    def test_each_rule_has_decided_something_in_its_own_way(self):
        whole = Decision.objects.select_related("initiative", "forum", "version", "by")
        told = {one.decision.rule: one for one in tell(whole)}
        assert set(told) == set(Forum.DecisionRule.values)
        majority, consent = told["majority"], told["consent"]
        with override("da"):
            assert majority.rule == "Besluttet med flertal: 17 for og 2 imod. 1 stemte ikke."
            assert majority.quorum.startswith("20 af 21 pladser var med, og der skal 11")
            assert "1 indvending blev rejst og imødekommet." in consent.rule
        assert consent.decision.conditions

    def test_the_block_to_come_can_be_written_and_what_has_a_no_stands_by_itself(self):
        meeting = Meeting.objects.get(
            items__in_block=True, items__proposal__initiative__title=region.MEDICINE_BAG
        )
        lines = [line for line in agenda(meeting) if line.before]
        block = [line for line in lines if line.item.in_block]
        assert {line.initiative.title for line in block} == {region.MEDICINE_BAG, elsewhere.FMK}
        assert not [refused for line in block if (refused := _hinders(line, meeting))]
        alone = [line for line in lines if not line.item.in_block]
        assert {line.initiative.title for line in alone} == {
            region.HOME_VISITS,
            task_force.MULTIMORBIDITY,
        }
        assert "ikke alle sagt ja" in "".join(_hinders(line, meeting) for line in alone)

    def test_an_initiative_that_awaits_a_decision_does_so_since_its_first_version(self):
        waiting = Proposal.objects.open().filter(initiative__stage="decision")
        assert waiting
        for proposal in waiting:
            since = proposal.initiative.journal.exclude(stage="").latest("at")
            assert since.at == proposal.versions.earliest("at").at, proposal

    def test_fora_meet_on_weekdays_whatever_day_it_is_filled(self):
        assert {meeting.on.weekday() for meeting in Meeting.objects.all()} <= set(range(5))
        friday = date(2026, 12, 11)
        met = [decided.working_day(friday + timedelta(days=n)) - friday for n in range(5)]
        assert [day.days for day in met] == [0, 3, 3, 3, 4]
