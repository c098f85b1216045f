"""The journal's sentences: what a page says of each verb. Rooms above add their own verbs."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .stages import EVENTS

VERBS: dict[str, Promise] = {
    **{name: event.done for name, event in EVENTS.items()},
    "note": pgettext_lazy("in the journal", "Note"),
    "tell": _("The story was changed: %(fields)s"),
    "set_back": _("Set back to what it said on %(back_to)s: %(fields)s"),
    "set_goals": _("The Triple Aim goals were changed"),
    "involve": _("%(organisation)s joined"),
    "withdraw": _("%(organisation)s withdrew"),
    "appoint": _("%(person)s joined the team as %(role)s"),
    "release": _("%(person)s left the team"),
    "offer_lead": _("The lead was offered to %(person)s"),
    "accept_lead": _("%(person)s accepted the lead and leads from now on"),
    "decline_lead": _("%(person)s declined the lead"),
    "withdraw_offer": _("The offer of the lead to %(person)s was withdrawn"),
    "still_running": _("It is still running"),
    "link": _("Linked to “%(other)s”: %(kind)s"),
    "liken": _("Likeness: this initiative %(likeness)s “%(other)s”"),
    "likened": _("Likeness: “%(other)s” %(likeness)s this initiative"),
    "unlink": _("The link to “%(other)s” was removed"),
}
