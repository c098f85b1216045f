"""The e-mail that asks for an organisation's answer: what is asked, and the link."""

from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.translation import gettext as _

from kernen.parties.mailing.letters import letter

from ..models import AnswerLink

Occasion = AnswerLink.Occasion


def message(link: AnswerLink) -> EmailMultiAlternatives:
    """In the language of whoever asked; why it comes stands first."""
    with translation.override(link.language):
        sheet = link.version.sheet.get(link.language, {})
        said = {"organisation": link.organisation, "title": sheet.get("title", "")}
        return letter(
            link,
            subject=_subject(link) % said,
            template="decisions/mail/answer",
            at=link.at,
            by=link.by,
            link=link,
            sheet=sheet,
            why=_why(link),
        )


def _subject(link: AnswerLink) -> str:
    if link.occasion == Occasion.REMINDED:
        return _("Reminder: does %(organisation)s back “%(title)s”?")
    if link.occasion == Occasion.NEW_VERSION:
        return _("A new version of “%(title)s”: what does %(organisation)s answer?")
    return _("Does %(organisation)s back “%(title)s”?")


def _why(link: AnswerLink) -> str:
    words = {"by": link.by, "organisation": link.organisation, "edition": link.version.edition}
    if link.occasion == Occasion.REMINDED:
        return (
            _(
                "Some time ago %(by)s asked you to answer for %(organisation)s. Nobody there has "
                "answered yet."
            )
            % words
        )
    if link.occasion == Occasion.NEW_VERSION:
        return (
            _(
                "The proposal that you were asked about for %(organisation)s has changed: this is "
                "version %(edition)s."
            )
            % words
        )
    return _("%(by)s asks you to answer for %(organisation)s.") % words
