"""A person's own account: name, language, everything that is held, and leaving for good."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kernen.lib.access import signed_in
from kernen.lib.refusal import refusal
from kernen.ui.forms import done
from kernen.ui.kept import keeps_typed, sent

from ..models import Person
from ..signing_in import me
from . import actions, rules
from .export import export
from .forms import EraseForm, NameForm


@signed_in
@keeps_typed
def account(request: HttpRequest) -> HttpResponse:
    person = Person.objects.get(pk=me(request).pk)
    form = NameForm(sent(request), instance=person)
    posted = request.method == "POST" and form.is_valid()
    if posted and done(form, actions.rename, person=person, by=me(request), **form.cleaned_data):
        messages.success(request, _("Your name is saved."))
        return redirect("account")
    roles = person.roles.current().select_related("organisation").order_by("organisation")
    return render(request, "parties/account.html", {"form": form, "roles": roles})


@signed_in
def account_export(request: HttpRequest) -> FileResponse:
    return FileResponse(export(me(request)), as_attachment=True, filename="kernen.zip")


@signed_in
@keeps_typed
def erase_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Told what follows, and asked once more."""
    person = get_object_or_404(Person.objects.select_related("user"), pk=pk)
    by = me(request)
    form = EraseForm(sent(request))
    if request.method == "POST" and form.is_valid():
        actions.erase(person=person, by=by)
        if person == by:
            logout(request)
            messages.success(request, _("Your account is closed. Thank you for what you did."))
            return redirect("front")
        messages.success(request, _("The account is closed."))
        return redirect("organisations")
    context = {
        "person": person,
        "own": person == by,
        "form": form,
        "refused": refusal(rules.erase, by, person),
        "shared": Person.objects.exclude(pk=pk).filter(name=person.name).exists(),
    }
    return render(request, "parties/erase_person.html", context)
