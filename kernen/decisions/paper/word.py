"""The proposal as a Word file, to lie with an agenda and be written on."""

from io import BytesIO
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from docx import Document
from docx.shared import Mm

from kernen.ui.word import dress, linked, picture, repeated, soft, written

from .page import WHOLE, Page


def write_docx(page: Page) -> bytes:
    page = page.within(WHOLE[0])
    sheet, document = page.sheet, Document()
    dress(document, sheet["title"], sheet["summary"], letters=10)
    document.sections[0].left_margin = document.sections[0].right_margin = Mm(20)
    document.add_paragraph(sheet["title"], "Title")
    document.add_paragraph(sheet["summary"], "Subtitle")
    _facts(document, page)
    _news(document, page)
    if page.answers:
        _answers(document, page)
    if page.chart:
        _chart(document, page.chart, page.site)
    if measured := sheet.get("measured"):
        linked(document.add_paragraph(), measured["text"], page.site + measured["url"])
    if sheet["money"]:
        _money(document, sheet["money"], page.site)
    if sheet["gains"]:
        _gains(document, sheet["gains"], page.site)
    for part in page.parts:
        document.add_paragraph(part["heading"], "Heading 1")
        written(document, part["words"])
        _claims(document, part["claims"], page.site)
    if page.advice:
        document.add_paragraph(pgettext("heading", "Recommended"), "Heading 1")
        _claims(document, page.advice, page.site)
    printed = _("Printed %(day)s. Everything stands in full at")
    foot = document.sections[0].footer.paragraphs[0]
    foot.text = f"{printed % {'day': date_format(page.printed, 'DATE_FORMAT')}} "
    linked(foot, page.address, page.address)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _facts(document: Any, page: Page) -> None:
    sheet = page.sheet
    rows = [
        (_("Asks for"), sheet["asks"]),
        (_("Clusters"), ", ".join(sheet["clusters"]) or "–"),
        (_("Forum"), sheet["forum"]),
        (_("Commitment"), sheet["commitment"]),
        (_("Version"), page.edition),
    ]
    table = document.add_table(rows=0, cols=2)
    for lead, words in rows:
        cells = table.add_row().cells
        cells[0].paragraphs[0].add_run(lead).bold = True
        cells[1].text = words
        cells[0].width, cells[1].width = Mm(35), Mm(135)


def _news(document: Any, page: Page) -> None:
    """What is new in this version, and what is missing in it."""
    if page.changes and page.version:
        heading = _("New in version %(edition)s") % {"edition": page.version.edition}
        document.add_paragraph(heading, "Heading 2")
        written(document, page.changes)
    lead = _("Submitted although this was missing") if page.version else _("Missing")
    for said, words in ((lead, page.lacks), (_("Why"), page.reason)):
        if words:
            paragraph = document.add_paragraph()
            paragraph.add_run(f"{said}: ").bold = True
            paragraph.add_run(words)


def _answers(document: Any, page: Page) -> None:
    answers = page.answers or {}
    linked(document.add_paragraph(style="Heading 2"), answers["text"], page.all_answers)
    for group in answers["groups"]:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{group['sign']} {group['label']}: {group['n']} ").bold = True
        paragraph.add_run(("; " if group["worded"] else ", ").join(group["who"]))
    if earlier := answers["earlier"]:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{earlier['text']}.").bold = True


def _chart(document: Any, chart: dict[str, Any], site: str) -> None:
    _headed(document, chart, site)
    picture(document, chart["svg"], f"{chart['heading']}. {chart['caption']}", Mm(120))
    soft(document.add_paragraph(), chart["name"])


def _money(document: Any, money: dict[str, Any], site: str) -> None:
    _headed(document, money, site)
    heads = [
        pgettext("who", "Party"),
        pgettext("a party", "Pays"),
        pgettext("a party", "Gains"),
        _("Net a year"),
        _("Paid back"),
    ]
    rows = [[one[k] for k in ("name", "pays", "gains", "net", "back")] for one in money["parties"]]
    _table(document, heads, rows)
    soft(document.add_paragraph(), " ".join([money["mean"], *money["further"]]))


def _gains(document: Any, gains: dict[str, Any], site: str) -> None:
    _headed(document, {"heading": _("Who gains what"), **gains}, site)
    if gains.get("empty"):
        document.add_paragraph(_("Nothing is said yet of what any party gains."))
        return
    rows = []
    for party in gains["parties"]:
        name = f"{party['name']} ({_('Nothing said')})" if party["empty"] else party["name"]
        said = ("\n".join(map(_gain, one["gains"])) or "–" for one in party["cells"])
        rows.append([name, *said])
    _table(document, [pgettext("who", "Party"), *gains["kinds"]], rows)


def _gain(gain: dict[str, str]) -> str:
    return " ".join(filter(None, (f"{gain['words']} ({gain['known']})", gain.get("chosen"))))


def _headed(document: Any, figure: dict[str, Any], site: str) -> None:
    heading = document.add_paragraph(style="Heading 2")
    linked(heading, figure["heading"], site + figure["url"])
    if figure["made_up"]:
        heading.add_run(f" [{_('Sample data')}]")


def _table(document: Any, heads: list[str], rows: list[list[str]]) -> None:
    table = document.add_table(rows=0, cols=len(heads), style="Table Grid")
    for bold, row in ((True, heads), *((False, one) for one in rows)):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.paragraphs[0].add_run(words).bold = bold
    repeated(table.rows[0])


def _claims(document: Any, claims: list[dict[str, Any]], site: str) -> None:
    """What stands beside a part, each with what stands behind it."""
    for claim in claims:
        paragraph = document.add_paragraph(style="List Bullet")
        linked(paragraph, claim["text"], claim["url"] and site + claim["url"])
        if claim["basis"]:
            paragraph.add_run().add_break()
            soft(paragraph, claim["basis"])
        if claim["made_up"]:
            paragraph.add_run(f" [{_('Sample data')}]").bold = True
