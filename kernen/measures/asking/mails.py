"""The e-mail that asks for a figure: of which series, for which period, and the link."""

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kernen.lib.periods import label
from kernen.parties.mailing.letters import letter

from ..models import FiguresLink
from ..owed import due_on


def message(link: FiguresLink) -> EmailMultiAlternatives:
    """In the language of whoever asked."""
    measure = link.series.measure
    with translation.override(link.language):
        period = label(link.period, measure.frequency) if link.period else ""
        by_day = link.period and due_on(link.period, measure.frequency)
        said = {"measure": measure, "place": link.series, "period": period}
        if link.occasion == FiguresLink.Occasion.DUE:
            subject = _("%(period)s: “%(measure)s”, %(place)s")
        else:
            subject = _("Will you give the figures of “%(measure)s”, %(place)s?")
        return letter(
            link,
            subject=capfirst(subject % said),
            template="measures/mail/figures",
            at=link.at,
            by=link.by,
            link=link,
            by_day=by_day if by_day and by_day >= timezone.localdate() else None,
            due=link.occasion == FiguresLink.Occasion.DUE,
            **said,
        )
