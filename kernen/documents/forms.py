"""What people fill in about documents. Each form's `clean` only reads; the actions decide."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kernen.lib.cpr import refuse_cpr
from kernen.ui.together import WrittenTogether

from .content import ENDINGS, limit_said, taken
from .models import Document, Version, https


class FileInput(forms.FileInput):
    """Offers what is taken; `several` lets more than one be chosen."""

    def __init__(self, *, several: bool = False):
        self.allow_multiple_selected = several
        super().__init__({"accept": ",".join(f".{ending}" for ending in ENDINGS)})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile]:
        return files.getlist(name) if files else []


@lazy
def _what_is_taken() -> str:
    said = {"types": taken(), "size": limit_said()}
    return gettext("%(types)s, each at most %(size)s.") % said


class FilesField(forms.FileField):
    """The files that were chosen. What is wrong with one of them is told when it is stored."""

    def __init__(self, *, several: bool = False, **kwargs: Any):
        widget = FileInput(several=several)
        super().__init__(widget=widget, help_text=_what_is_taken(), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        if not data:
            raise forms.ValidationError(_("Choose a file."))
        return data


def title_of(file: UploadedFile) -> str:
    """What a document is called until somebody says otherwise: its file's name without the end."""
    stem = PurePath(file.name or "").stem.replace("_", " ")
    return " ".join(stem.split())[:150]


def _address() -> forms.CharField:
    return forms.CharField(
        label=_("Address"),
        help_text=_("The whole of it, from https on. It opens in a new tab."),
        max_length=Version._meta.get_field("address").max_length,
        validators=[https, refuse_cpr],
        widget=forms.URLInput,
    )


class FilesForm(forms.Form):
    file = FilesField(label=_("Files"), several=True)


class LinkForm(forms.Form):
    title = forms.CharField(
        label=_("What is it called?"),
        max_length=Document._meta.get_field("title").max_length,
        validators=[refuse_cpr],
    )
    address = _address()


class VersionForm(forms.Form):
    """A new version of a file or, where the document is one, of a link."""

    note = forms.CharField(
        label=_("What is new?"),
        required=False,
        max_length=Version._meta.get_field("note").max_length,
        validators=[refuse_cpr],
    )

    def __init__(self, *args: Any, link: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        name = "address" if link else "file"
        self.fields[name] = _address() if link else FilesField(label=_("File"))
        self.order_fields([name, "note"])


class TitleForm(WrittenTogether, forms.Form):
    title = LinkForm.base_fields["title"]

    def __init__(self, *args: Any, title: str, **kwargs: Any):
        super().__init__(*args, stands={"title": title}, initial={"title": title}, **kwargs)


class EraseForm(forms.Form):
    why = forms.CharField(
        label=_("Why is it erased?"),
        help_text=_("It stands in the journal. Write nothing of what the document held."),
        max_length=300,
        validators=[refuse_cpr],
    )
    sure = forms.BooleanField(
        label=_("I understand that this cannot be undone."),
        error_messages={"required": _("Tick that you understand it, if you want to go on.")},
    )
