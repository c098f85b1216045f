"""Takes files in as they arrive: to the disk and never to the memory, and no further than fits.

A file that cannot be had whole comes out empty, with the reason as `refused`: the page then says
it beside the file's name, and takes the others."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.utils.translation import gettext_lazy as _

from .content import limit, limit_said

TOO_LARGE = _("It is larger than %(limit)s.")
TOO_MUCH = _("There were more files than can be sent at once: send the rest again.")
NO_ROOM = _("There is no room for it just now: nothing of it is kept. Tell those who run Kernen.")

#: How many times the limit of one file may be sent at once.
AT_ONCE = 4


class Receiving(TemporaryFileUploadHandler):
    """Stops writing a file at the limit, and stops listening where far too much is sent."""

    received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received > 2 * AT_ONCE * limit():
            raise StopUpload(connection_reset=True)
        if start + len(raw_data) > limit():
            self._refuse(ValidationError(TOO_LARGE, params={"limit": limit_said()}))
        elif self.received > AT_ONCE * limit():
            self._refuse(ValidationError(TOO_MUCH))
        else:
            self._write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        self._write(b"", flush=True)
        return super().file_complete(file_size)

    def _write(self, raw_data: bytes, *, flush: bool = False) -> None:
        if refusal_of(self.file):
            return
        try:
            self.file.write(raw_data)
            if flush:
                self.file.flush()
        except OSError:
            self._refuse(ValidationError(NO_ROOM))

    def _refuse(self, reason: ValidationError) -> None:
        if not refusal_of(self.file):
            self.file.refused = reason  # type: ignore[attr-defined]
            self.file.truncate(0)


def refusal_of(file: UploadedFile | Any) -> ValidationError | None:
    """Why the file was not received whole, if it was not."""
    return getattr(file, "refused", None)
