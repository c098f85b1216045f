"""The pages of documents: an initiative's documents, one document with its versions, its files."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Prefetch
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kernen.initiatives.frame import COUNTS, frame
from kernen.initiatives.models import Initiative
from kernen.lib.access import signed_in
from kernen.lib.cpr import contains_cpr
from kernen.lib.refusal import Refused
from kernen.parties.models import Person
from kernen.parties.signing_in import me, reader
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, sent
from kernen.ui.together import at_once

from . import actions, rules, storing
from .content import limit
from .forms import EraseForm, FilesForm, LinkForm, TitleForm, VersionForm, title_of
from .models import Document, Version

COUNTS["documents"] = lambda initiative: (
    Document.objects.filter(initiative=initiative).standing().count()
)

WITH_VERSIONS = Prefetch("versions", Version.objects.select_related("by", "brought_back"))


def _initiative(pk: int) -> Initiative:
    return get_object_or_404(Initiative.objects.select_related("cluster"), pk=pk)


def _document(pk: int) -> Document:
    found = Document.objects.select_related("initiative__cluster", "taken_away_by")
    return get_object_or_404(found.prefetch_related(WITH_VERSIONS), pk=pk)


@signed_in
@keeps_typed
def documents(request: HttpRequest, pk: int) -> HttpResponse:
    """Files and links of the initiative; those taken away for those who may bring them back."""
    initiative = _initiative(pk)
    form = FilesForm(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        rules.write(me(request), initiative)
        _add(request, initiative, form.cleaned_data["file"])
        return redirect("documents", pk)
    context = frame(request, initiative, tab="documents")
    found = initiative.documents.prefetch_related(WITH_VERSIONS)
    gone = found.not_erased().exclude(taken_away_at=None).select_related("taken_away_by")
    context |= {
        "form": form,
        "documents": found.standing(),
        "taken_away": [] if context["refusals"].get("document") else gone,
        "limit": limit(),
    }
    return render(request, "documents/documents.html", context)


def _add(request: HttpRequest, initiative: Initiative, files: Sequence[UploadedFile]) -> None:
    """Take what can be taken, and say of each of the others why it cannot."""
    added = 0
    for file in files:
        try:
            with storing.stored(file) as kept:
                title = title_of(file)
                actions.add_document(initiative=initiative, title=title, file=kept, by=me(request))
            added += 1
        except ValidationError as error:
            messages.error(request, f"{_called(file)}: {' '.join(error.messages)}")
        except Refused as refused:
            messages.error(request, f"{_called(file)}: {refused}")
    if added:
        told = ngettext("%(n)s document is added.", "%(n)s documents are added.", added)
        messages.success(request, told % {"n": added})


def _called(file: UploadedFile) -> str:
    """A message never repeats a civil registration number."""
    name = {"name": file.name}
    return _("A file") if contains_cpr(file.name or "") else _("“%(name)s”") % name


@signed_in
@keeps_typed
def add_link(request: HttpRequest, pk: int) -> HttpResponse:
    initiative = _initiative(pk)
    rules.write(me(request), initiative)
    form = LinkForm(sent(request))
    if request.method == "POST" and form.is_valid():
        actions.add_document(initiative=initiative, by=me(request), **form.cleaned_data)
        messages.success(request, _("The link is added."))
        return redirect("documents", pk)
    context = frame(request, initiative, tab="documents")
    context |= {"form": form, "title": _("Add a link")}
    return render(request, "initiatives/edit.html", context)


@signed_in
@keeps_typed
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: what it holds now, what it held before, and a form for what is next."""
    found = _document(pk)
    rules.read(reader(request), found)
    form = VersionForm(sent(request), request.FILES or None, link=bool(found.latest.address))
    if request.method == "POST" and form.is_valid():
        made = done(form, _next, document=found, by=me(request), **form.cleaned_data)
        if made:
            told = _("Version %(number)s is added; the earlier ones are kept.")
            messages.success(request, told % {"number": made.number})
            return redirect(found)
    context = frame(request, found.initiative, tab="documents")
    context |= {"document": found, "form": form, "limit": limit()}
    return render(request, "documents/document.html", context)


def _next(
    *,
    document: Document,
    by: Person,
    note: str,
    file: Sequence[UploadedFile] = (),
    address: str = "",
) -> Version:
    """The next version; a file is stored before the transaction, and only for who may add it."""
    rules.write(by, document.initiative)
    if address:
        return actions.add_version(document=document, address=address, note=note, by=by)
    with storing.stored(file[0]) as kept:
        return actions.add_version(document=document, file=kept, note=note, by=by)


@signed_in
@at_once
@keeps_typed
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    found = _document(pk)
    rules.write(me(request), found.initiative)
    if request.method == "POST":  # what the form compares with stands until it is saved
        Initiative.objects.locked(found.initiative)
    form = TitleForm(sent(request), title=Document.objects.get(pk=pk).title)
    posted = request.method == "POST" and form.is_valid()
    if posted and done(form, actions.rename, document=found, by=me(request), **form.cleaned_data):
        messages.success(request, _("The title is saved."))
        return redirect(found)
    context = frame(request, found.initiative, tab="documents")
    context |= {"form": form, "title": _("The title"), "back": found.get_absolute_url()}
    return render(request, "initiatives/edit.html", context)


@signed_in
@require_POST
def take_away(request: HttpRequest, pk: int) -> HttpResponse:
    found = actions.take_away(document=_document(pk), by=me(request))
    messages.success(request, _("“%(title)s” is taken away.") % {"title": found.title})
    return redirect("documents", found.initiative_id)


@signed_in
@require_POST
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    found = actions.bring_back(document=_document(pk), by=me(request))
    messages.success(request, _("“%(title)s” is brought back.") % {"title": found.title})
    return redirect(found)


@signed_in
@keeps_typed
def erase_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Told what follows, and asked once more."""
    found = _document(pk)
    rules.erase(me(request), found)
    form = EraseForm(sent(request))
    if request.method == "POST" and form.is_valid():
        actions.erase_document(document=found, why=form.cleaned_data["why"], by=me(request))
        messages.success(request, _("“%(title)s” is erased for good.") % {"title": found.title})
        return redirect("documents", found.initiative_id)
    context = frame(request, found.initiative, tab="documents") | {"document": found, "form": form}
    return render(request, "documents/erase.html", context)


def _version(pk: int) -> Version:
    return get_object_or_404(Version.objects.select_related("document__initiative"), pk=pk)


@signed_in
@require_POST
def bring_back_version(request: HttpRequest, pk: int) -> HttpResponse:
    made = actions.bring_back_version(version=_version(pk), by=me(request))
    told = _("The earlier version stands again, as version %(number)s.")
    messages.success(request, told % {"number": made.number})
    return redirect(made.document)


@signed_in
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as it was sent, as an attachment that no browser runs anything of."""
    version = _version(pk)
    rules.read(reader(request), version.document)
    if version.address:
        return redirect(version.document)
    try:
        file = storing.opened(version.key)
    except OSError:
        raise Refused(_("The file cannot be had just now: tell those who run Kernen.")) from None
    answer = FileResponse(
        file, as_attachment=True, filename=version.name, content_type=version.content_type
    )
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
