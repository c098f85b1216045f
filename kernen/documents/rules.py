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


def add_document(initiative: Initiative, file: Stored | None) -> None:
    """The same file does not lie twice on an initiative."""
    if file:
        same = Version.objects.filter(document__initiative=initiative, sha256=file.sha256)
        for version in same.filter(document__taken_away_at=None).select_related("document"):
            if version.document.versions.latest("number").sha256 == file.sha256:
                raise Refused(
                    _("The same file lies here already, as “%(document)s”.")
                    % {"document": version.document}
                )


def read(person: Person | None, document: Document) -> None:
    """What is taken away is read by those who may bring it back, and by nobody else."""
    _not_erased(document)
    if document.taken_away_at and "document" not in initiatives.verbs(person, document.initiative):
        raise Refused(
            _("This document is taken away: ask the team if you need it, they can bring it back.")
        )


def stands(document: Document) -> None:
    if document.taken_away_at:
        raise Refused(_("The document is taken away: bring it back first."))


def bring_back(document: Document) -> None:
    _not_erased(document)
    if not document.taken_away_at:
        raise Refused(_("The document stands already: nothing was changed."))


def erase(person: Person | None, document: Document) -> None:
    """Only what is taken away, so that nobody does so by a slip."""
    initiatives.may(person, document.initiative, "erase")
    _not_erased(document)
    if not document.taken_away_at:
        raise Refused(_("Take the document away first: only then it can be erased for good."))
    if not document.versions.latest("number").key:
        raise Refused(_("It is a link, and Kernen holds nothing of it: taking it away is enough."))


def _not_erased(document: Document) -> None:
    if document.erased_at:
        raise Refused(_("This document is erased for good: nobody can get it any more."))


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
