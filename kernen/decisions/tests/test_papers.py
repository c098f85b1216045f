"""A proposal on paper: what both files say, beside what the screen says."""

from datetime import datetime
from io import BytesIO
from itertools import pairwise, product
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from docx import Document
from pypdf import PdfReader

from kernen.decisions import actions
from kernen.decisions.gates import GATES, passed_in_short
from kernen.decisions.known import known
from kernen.decisions.paper import Page
from kernen.decisions.paper.page import SHORTER, UNDRAWN, WHOLE, Room
from kernen.decisions.paper.pdf import _fitting
from kernen.decisions.sheet import answered, draw
from kernen.initiatives import actions as initiatives
from kernen.measures import actions as measures
from kernen.measures.models import Measure
from kernen.parties import actions as parties
from kernen.value import actions as value
from kernen.value.models import Kind, Party

from .lived import REASON, TEXTS

PAPER = "decisions/paper.html"


@pytest.fixture
def client(lived, sign_in):
    return sign_in(lived.lead)


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
        assert f"Valgt af {lived.lead} den 4. marts 2019: ”Each fall is a bed.”" in text
    assert f"Chosen by {lived.lead} on 4 March 2019: “" in str(proposal.latest().sheet["en"])


def test_both_papers_lead_to_what_stands_behind_each_claim_and_to_the_answers(lived, client):
    proposal = lived.drafted()
    lived.measured(proposal.initiative, better=True)
    goals = {"health": "Fewer falls."}
    initiatives.set_goals(initiative=proposal.initiative, goals=goals, by=lived.lead)
    actions.submit(proposal=proposal, reason=REASON, by=lived.lead)
    lived.answer(proposal, lived.hospital, "yes")
    sheet = proposal.latest().sheet["da"]
    behind = [claim["url"] for part in sheet["parts"] for claim in part["claims"] if claim["url"]]
    behind += [sheet[figure]["url"] for figure in ("chart", "gains", "measured")]
    behind += [f"{proposal.get_absolute_url()}#endorsements"]
    pdf, docx = files(client, proposal)
    [page], word = PdfReader(pdf).pages, Document(docx)
    of_pdf = {str(one.get_object()["/A"]["/URI"]) for one in page["/Annots"] if "/A" in one}
    of_word = {link.url for paragraph in word.paragraphs for link in paragraph.hyperlinks}
    for address in behind:
        assert f"http://testserver{address}" in of_pdf, address
        assert f"http://testserver{address}" in of_word, address


def test_paper_says_how_many_claims_of_a_part_it_had_no_room_for(lived):
    proposal = lived.submitted()
    sheet = draw(known(proposal))
    claim = {"text": "Goal", "url": "", "basis": "", "made_up": False}
    sheet["parts"][0]["claims"] = [claim] * 6
    page = Page(sheet, proposal.latest(), None, [], "https://kernen.example.org/1/")
    strict, wide = page.within(Room(8.5, claims=4)), page.within(WHOLE[0])
    assert len(strict.parts[0]["claims"]) + strict.parts[0]["more"] == 6
    assert "… and 2 more" in " ".join(render_to_string(PAPER, {"page": strict}).split())
    assert "… and" not in render_to_string(PAPER, {"page": wide})


def test_paper_says_how_many_gains_of_a_cell_it_had_no_room_for_and_leads_to_them(lived):
    proposal = lived.drafted()
    for number in range(3):
        value.add_gain(
            initiative=proposal.initiative, who="region", kind="health", words=f"Gain {number}",
            by=lived.lead,
        )  # fmt: skip
    sheet = draw(known(proposal))
    page = Page(sheet, None, None, [], "https://kernen.example.org/1/")
    strict = " ".join(render_to_string(PAPER, {"page": page.within(Room(8.5, gains=1))}).split())
    assert f'href="https://kernen.example.org{sheet["gains"]["url"]}">and 2 more</a>' in strict
    assert "Gain 0" in strict
    assert "Gain 1" not in strict
    assert "and 2 more" not in render_to_string(PAPER, {"page": page.within(WHOLE[-1])})


def test_paper_says_how_many_names_and_recommendations_it_had_no_room_for(lived):
    proposal = lived.submitted()
    advice = [{"text": f"Words {n}", "url": "", "basis": "", "made_up": False} for n in range(5)]
    page = Page(
        draw(known(proposal)), proposal.latest(), answered(known(proposal)), advice,
        "https://kernen.example.org/1/",
    )  # fmt: skip
    strict = page.within(Room(8.5, claims=2, claim=12))
    [group] = strict.answers["groups"]
    assert (group["who"], group["n"], group["more"]) == (["Hospital", "Town 1"], 5, 3)
    said = " ".join(render_to_string(PAPER, {"page": strict}).split())
    assert "Hospital, Town 1 <span" in said
    assert said.count("and 3 more") == 2


def test_each_room_is_stricter_than_the_one_before_it():
    for rooms in (WHOLE + SHORTER, UNDRAWN):
        for wide, strict in pairwise(rooms):
            fields = ("letters", "words", "claims", "claim", "gains", "gain", "parties")
            assert all(getattr(strict, one) <= getattr(wide, one) for one in fields)
            assert strict != wide


class Paper:
    """Stands for the printer: so many signs, in letters of that size, make a page."""

    def __init__(self, signs):
        self.signs, self.tried = signs, []

    def laid_out(self, html, letters):
        self.tried.append(letters)
        pages = range(1 + int(len(html) * letters > self.signs))
        return SimpleNamespace(pages=pages, html=html)


def test_nothing_is_cut_while_smaller_letters_have_room_for_it(lived):
    proposal = lived.drafted()
    proposal = actions.write(proposal=proposal, will="We pay for all of it. " * 200, by=lived.lead)
    page = Page(draw(known(proposal)), None, None, [], "https://kernen.example.org/1/")
    size = len(render_to_string(PAPER, {"page": page.within(WHOLE[0])}))
    for room in WHOLE:
        paper = Paper(size * room.letters + 1)
        _fitting(page, paper)
        assert room.letters in paper.tried
        assert min(paper.tried) >= WHOLE[-1].letters
    assert len(paper.tried) <= 6


def test_what_still_has_room_is_told_whole_where_the_rest_is_cut(lived):
    proposal = lived.drafted()
    narrow, wider = next(two for two in pairwise(SHORTER) if two[1].words < 600)[::-1]
    short = ("they made it together " * 40)[: narrow.words + 8].strip()
    proposal = actions.write(proposal=proposal, by=lived.lead, will="we pay " * 600, support=short)
    page = Page(draw(known(proposal)), None, None, [], "https://kernen.example.org/1/")
    paper = Paper(len(render_to_string(PAPER, {"page": page.within(wider)})) * wider.letters - 1)
    cut = render_to_string(PAPER, {"page": page.within(narrow)})
    assert short not in cut
    assert len(cut) * narrow.letters < paper.signs
    told = _fitting(page, paper).html
    assert short in told
    assert told.count("we pay") < 100


def test_the_page_is_filled_before_more_is_cut(lived):
    """What has no room is cut by so little that the next wider room has none."""
    proposal = lived.drafted()
    words = dict.fromkeys(TEXTS, "It helps those who live at home. " * 60)
    proposal = actions.write(proposal=proposal, by=lived.lead, **words)
    page = Page(draw(known(proposal)), None, None, [], "https://kernen.example.org/1/")
    rooms = WHOLE + SHORTER
    sizes = [
        len(render_to_string(PAPER, {"page": page.within(one)})) * one.letters for one in rooms
    ]
    assert sizes == sorted(sizes, reverse=True)
    cut = [one for one, room in zip(sizes, rooms, strict=True) if room in SHORTER]
    assert max(a / b for a, b in pairwise(cut)) < 1.15


def test_what_was_missing_is_one_sentence_that_counts_and_names_it(lived):
    proposal = lived.drafted()
    proposal = actions.write(proposal=proposal, citizens="", support="", by=lived.lead)
    actions.submit(proposal=proposal, reason=REASON, by=lived.lead)
    passed, soft = proposal.latest().passed, [one for one in GATES.values() if not one.hard]
    told = passed_in_short(proposal.latest())
    assert told.startswith(f"{len(passed)} of the proposal's {len(soft)} parts were missing: ")
    assert ": support and ownership, the citizens' view, " in told
    assert told.count(",") == len(passed) - 1
    assert all(one.short and "," not in str(one.short) for one in soft)
    assert passed_in_short(None) == ""


def files(client, proposal):
    """The PDF and the Word file."""
    return [
        BytesIO(b"".join(client.get(reverse(f"proposal_{kind}", args=[proposal.pk]))))
        for kind in ("pdf", "docx")
    ]


def papers(client, proposal):
    """What the PDF and the Word file say."""
    pdf, docx = files(client, proposal)
    return PdfReader(pdf).pages[0].extract_text(), _read(Document(docx))


def test_paper_tells_only_once_what_was_missing(lived):
    proposal = lived.drafted()
    proposal = actions.write(proposal=proposal, citizens="", by=lived.lead)
    actions.submit(proposal=proposal, reason=REASON, by=lived.lead)
    page = Page(draw(known(proposal)), proposal.latest(), None, [], "https://kernen.example.org/1/")
    assert "citizens" in page.version.passed
    assert page.lacks.startswith("the citizens' view, ")
    assert page.lacks.count("citizens") == 1
    assert str(GATES[page.version.passed[-1]].short).lower() in page.lacks


def _read(document):
    tables = [cell.text for table in document.tables for cell in table._cells]
    return " ".join([*(one.text for one in document.paragraphs), *tables])
