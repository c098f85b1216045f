"""The pages of a proposal, as a lead and as others meet them."""

from collections import Counter
from datetime import datetime
from io import BytesIO
from itertools import product

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from docx import Document
from pypdf import PdfReader

from kernen.decisions import actions
from kernen.decisions.figures import shown
from kernen.decisions.gates import GATES
from kernen.decisions.known import known
from kernen.decisions.models import Proposal
from kernen.decisions.paper import Page
from kernen.decisions.parts import PARTS
from kernen.decisions.sheet import answered, draw
from kernen.initiatives import actions as initiatives
from kernen.measures import actions as measures
from kernen.measures.models import Measure
from kernen.parties import actions as parties
from kernen.value import actions as value
from kernen.value.models import Kind, Party

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


@pytest.mark.parametrize("typed", ["{} ", "- {}\n"])
def test_the_page_for_paper_is_one_page_however_much_is_written(lived, client, typed):
    proposal = lived.drafted(lived.tested(binding=True), lived.forum("All of us"))
    much = typed.format("Færre borgere falder om natten, og det kan ses.") * 80
    words = dict.fromkeys(TEXTS, much)
    others = [
        parties.found_organisation(name=f"Town {n} by the sea", sector="municipality", by=None)
        for n in range(4, 30)
    ]
    there = parties.form_cluster(name="There", organisations=others, by=None)
    actions.write(proposal=proposal, clusters=[lived.cluster, there], by=lived.lead, **words)
    lived.measured(proposal.initiative)
    told = {"initiative": proposal.initiative, "by": lived.lead}
    for who, kind, number in product(Party.values, Kind.values, range(3)):
        value.add_gain(who=who, kind=kind, words=f"{number} {much}"[:300], **told)
    for organisation in lived.members:
        value.add_cost(
            who=f"organisation:{organisation.pk}", words="Training", likely=1000,
            first_year=2027, last_year=2028, **told,
        )  # fmt: skip
    actions.submit(proposal=proposal, reason=much, by=lived.lead)
    for at, organisation in enumerate(lived.members):
        lived.answer(proposal, organisation, ("no", "yes_if")[at % 2], much)
    actions.submit(proposal=proposal, reason=much, changes=much, by=lived.lead)
    answer = client.get(reverse("proposal_pdf", args=[proposal.pk]))
    paper = PdfReader(BytesIO(b"".join(answer.streaming_content)))
    assert len(paper.pages) == 1
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_word_file_says_what_the_page_says(lived, client):
    proposal = lived.submitted()
    answer = client.get(reverse("proposal_docx", args=[proposal.pk]))
    text = "\n".join(
        p.text for p in Document(BytesIO(b"".join(answer.streaming_content))).paragraphs
    )
    assert all(words in text for words in TEXTS.values())


def test_both_papers_tell_at_their_top_who_answers_what_and_on_which_words(lived, client):
    proposal = lived.endorsed()
    lived.answer(proposal, lived.practice, "no", "We have no time.")
    lived.answer(proposal, lived.towns[2], "yes_if", "If it is paid.")
    for text in papers(client, proposal):
        said = "".join(text.split())
        top = said[: said.index("Hvorforsprede")]
        for told in ("Ja:3Hospital,Town1,Town2", "Town3:Ifitispaid.", "Practice:Wehavenotime."):
            assert told in top
        assert REASON.replace(" ", "") in top


def test_an_answer_to_an_earlier_version_says_so_and_who_is_silent_stands_there(lived):
    proposal = lived.submitted()
    lived.answer(proposal, lived.hospital, "yes")
    actions.submit(proposal=proposal, reason=REASON, changes="More figures.", by=lived.lead)
    told = answered(known(proposal))
    said = {one["answer"]: (one["n"], one["who"]) for one in told["groups"]}
    assert said["yes"] == (1, ["Hospital (on version 1)"])
    assert said[""] == (4, ["Town 1, Town 2, Town 3, Practice"])
    assert told["text"] == "Yes in Here: hospital"
    assert answered(known(lived.drafted(lived.tested("Other")))) is None


def test_papers_say_in_a_sentence_that_no_gain_is_told_and_draw_no_empty_grid(lived, client):
    proposal = lived.submitted()
    for text in papers(client, proposal):
        assert "hvad nogen part vinder." in " ".join(text.split())
        assert "Intet skrevet" not in text


def test_papers_say_what_is_new_in_a_later_version(lived, client):
    proposal = lived.submitted()
    assert not any("Nyt i version" in text for text in papers(client, proposal))
    actions.submit(proposal=proposal, reason=REASON, changes="More figures.", by=lived.lead)
    for text in papers(client, proposal):
        assert "Nyt i version 2 More figures." in " ".join(text.split())


def test_lines_and_lists_stand_as_they_were_typed_on_screen_and_papers(lived, client):
    proposal = lived.drafted()
    typed = "We need:\n- beds & chairs\n- <b>staff</b>\n\nSoon.\nVery soon."
    actions.write(proposal=proposal, why=typed, by=lived.lead)
    actions.submit(proposal=proposal, reason=REASON, by=lived.lead)
    page = client.get(proposal.get_absolute_url()).content.decode()
    assert (
        "<p>We need:</p><ul><li>beds &amp; chairs</li><li>&lt;b&gt;staff&lt;/b&gt;</li></ul>"
        "<p>Soon.<br>Very soon.</p>"
    ) in page
    pdf, _docx = papers(client, proposal)
    assert "•\nbeds & chairs" in pdf or "• beds & chairs" in pdf or "•beds & chairs" in pdf
    file = BytesIO(b"".join(client.get(reverse("proposal_docx", args=[proposal.pk]))))
    written = {one.text: one.style.name for one in Document(file).paragraphs}
    assert written["beds & chairs"] == written["<b>staff</b>"] == "List Bullet"
    assert written["Soon.\nVery soon."] == "Normal"


def test_paper_parts_long_words_but_no_names(lived, client):
    proposal = lived.drafted()
    for words, parted in (("sundhedskoordinationsudvalget", True), ("Regionshospitalet", False)):
        actions.write(proposal=proposal, why=f"{words} " * 60, by=lived.lead)
        answer = client.get(reverse("proposal_pdf", args=[proposal.pk]))
        [page] = PdfReader(BytesIO(b"".join(answer.streaming_content))).pages
        assert ("-\n" in page.extract_text().split("Kraft og vilje")[0]) is parted


def _read(document):
    tables = [cell.text for table in document.tables for cell in table._cells]
    return " ".join([*(one.text for one in document.paragraphs), *tables])


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


def test_screen_and_papers_say_what_all_series_show_and_lead_to_them(lived, client):
    proposal = lived.drafted()
    initiative = proposal.initiative
    assert draw(known(proposal))["measured"] is None
    lived.measured(initiative)
    assert "only series" in draw(known(proposal))["measured"]["text"]
    lived.measured(initiative)
    assert (
        "2 series: none shows an improvement, 2 show" in draw(known(proposal))["measured"]["text"]
    )
    for worse in (False, True):
        series = lived.measured(initiative, better=True)
        if worse:
            Measure.objects.filter(pk=series.measure_id).update(direction="up")
    measure = measures.define(initiative=initiative, name="New", by=lived.lead)
    measures.open_series(measure=measure, organisation=lived.hospital, by=lived.lead)
    actions.submit(proposal=proposal, reason=REASON, by=lived.lead)
    page = client.get(proposal.get_absolute_url()).content.decode()
    assert f'href="{reverse("measures", args=[proposal.initiative_id])}">Initiativets 5' in page
    for text in (page, *(" ".join(one.split()) for one in papers(client, proposal))):
        assert (
            "Initiativets 5 serier: 1 viser en forbedring, 1 er blevet dårligere, 2 viser ingen "
            "forbedring, 1 har for få tal til et svar."
        ) in text


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


def test_screen_and_papers_tell_who_chose_what_shows_a_gain(lived, client):
    proposal = lived.drafted()
    series = lived.measured(proposal.initiative, better=True)
    told = {"by": lived.lead, "at": timezone.make_aware(datetime(2019, 3, 4))}
    gain = value.add_gain(
        initiative=proposal.initiative, who="region", kind="health", words="Fewer", **told
    )
    value.add_evidence(gain=gain, series=series, says="Each fall is a bed.", **told)
    actions.submit(proposal=proposal, reason=REASON, by=lived.lead)
    page = client.get(proposal.get_absolute_url()).content.decode()
    for text in (page, *(" ".join(one.split()) for one in papers(client, proposal))):
        assert f"Valgt af {lived.lead} den 4. marts 2019: »Each fall is a bed.«" in text
    assert f"Chosen by {lived.lead} on 4 March 2019: “" in str(proposal.latest().sheet["en"])


def papers(client, proposal):
    """What the PDF and the Word file say."""
    files = [
        BytesIO(b"".join(client.get(reverse(f"proposal_{kind}", args=[proposal.pk]))))
        for kind in ("pdf", "docx")
    ]
    return PdfReader(files[0]).pages[0].extract_text(), _read(Document(files[1]))


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


def test_paper_tells_only_once_what_was_missing(lived):
    proposal = lived.drafted()
    proposal = actions.write(proposal=proposal, citizens="", by=lived.lead)
    actions.submit(proposal=proposal, reason=REASON, by=lived.lead)
    page = Page(draw(known(proposal)), proposal.latest(), None, [], "https://kernen.example.org/1/")
    assert "citizens" in page.version.passed
    assert page.lacks.startswith(f"{PARTS['citizens'].heading}. ")
    assert str(PARTS["citizens"].missing) not in page.lacks
    assert str(GATES[page.version.passed[-1]].missing) in page.lacks


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
