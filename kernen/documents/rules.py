"""Who may do what with documents, and when. Everybody who is signed in reads those that stand."""

from django.utils.translation import gettext_lazy as _

from kernen.initiatives import rules as initiatives
from kernen.initiatives.models import Initiative
from kernen.lib.refusal import Refused
from kernen.parties.models import Person

from .models import Document, Version
from .storing import Stored


def write(person: Person | None, initiative: Initiative) -> None:
    initiatives.may(person, initiative, "document")


def read(person: Person | None, document: Document) -> None:
    """What is taken away is read by those who may bring it back, and by nobody else."""
    if document.taken_away_at and "document" not in initiatives.verbs(person, document.initiative):
        raise Refused(
            _("This document is taken away: ask the team if you need it, they can bring it back.")
        )


def stands(document: Document) -> None:
    if document.taken_away_at:
        raise Refused(_("The document is taken away: bring it back first."))


def bring_back(document: Document) -> None:
    if not document.taken_away_at:
        raise Refused(_("The document stands already: nothing was changed."))


def add_version(document: Document, file: Stored | None) -> None:
    """A file follows on a file, and it differs from the one before."""
    stands(document)
    latest = document.versions.latest("number")
    if bool(latest.key) != bool(file):
        raise Refused(_("A link stays a link, and a file a file: add a new document instead."))
    if file and file.sha256 == latest.sha256:
        raise Refused(_("The latest version holds exactly the same: nothing was changed."))


def bring_back_version(document: Document, version: Version) -> None:
    stands(document)
    if document.versions.latest("number") == version:
        raise Refused(_("This is the latest version already: nothing was changed."))
