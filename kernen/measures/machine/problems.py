"""What is said when something cannot be done, in the form of RFC 9457."""

from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, ValidationError
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as NotAsDescribed

from kernen.lib.cpr import MESSAGE, contains_cpr
from kernen.lib.refusal import Refused

from ..reading.cells import Sentence
from ..reading.results import Problem as Wrong
from ..rules import KeyUsed
from .rules import Undone
from .sent import MOST_TOLD

CONTENT_TYPE = "application/problem+json"
NO_JSON = gettext_lazy("What was sent is not JSON.")
#: What the library of the API would else answer in its own way.
KINDS = (HttpError, Http404, NotAsDescribed, AuthenticationError)


#: What people call the fields of a row.
FIELDS: dict[str, Any] = {
    "period": gettext_lazy("Period"),
    "value": gettext_lazy("Value"),
    "numerator": gettext_lazy("Numerator"),
    "denominator": gettext_lazy("Denominator"),
    "size": gettext_lazy("Number of observations"),
    "spread": gettext_lazy("Standard deviation"),
    "note": pgettext_lazy("beside a figure", "Note"),
    "series": gettext_lazy("Series"),
    "organisation": gettext_lazy("Organisation"),
    "place": gettext_lazy("Ward"),
    "reason": gettext_lazy("Why figures are changed"),
}
_WHOLE = gettext_lazy("Write it as a whole number, without quotation marks: 128")
_NUMBER = gettext_lazy("Write it as a number, without quotation marks: 27.5")
#: What differs from the description, by how the library calls it.
DIFFERS: dict[str, Any] = {
    "missing": gettext_lazy("This is missing."),
    "extra_forbidden": gettext_lazy("There is no such field: leave it out."),
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
    "value_error": _NUMBER,
    "string_type": gettext_lazy("Write it as a text, in quotation marks."),
    "string_too_long": gettext_lazy("Write at most {max_length} characters."),
    "less_than_equal": gettext_lazy("This is larger than a figure can be."),
}


class Unfit(Exception):
    """What was sent is not taken in, or nothing is answered: a status, a sentence, and the rows."""

    def __init__(self, status: int, detail: object, rows: Sequence[dict[str, Any]] = ()):
        super().__init__(str(detail))
        self.status, self.detail, self.rows = status, detail, rows


def of_rows(wrong: Iterable[Wrong], *, points: bool = True) -> Unfit:
    """What is wrong in the rows, each with its number from 1 and, where they are the points of the
    JSON, a pointer to it."""
    told = [row_of(one, points=points) for one in wrong]
    words = _("Nothing was taken in: mend what is said of the rows, and send it all again.")
    return Unfit(422, words, told)


def row_of(one: Wrong, *, points: bool = True) -> dict[str, Any]:
    """A problem as `schema.Told` describes it."""
    column = "" if contains_cpr(one.column) else one.column
    told: dict[str, Any] = {"detail": str(one.message)}
    if column:
        told["field"] = str(FIELDS.get(column, column))
    if one.row is not None:
        told["row"] = one.row
        if points:
            told["pointer"] = "/".join(filter(None, [f"/points/{one.row - 1}", column]))
    return told


def answer(request: HttpRequest, problem: Unfit) -> JsonResponse:
    """The problem as an answer, in the language that was asked for."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": str(problem.detail),
    }
    if problem.rows:
        body["errors"] = list(problem.rows[:MOST_TOLD])
    response = JsonResponse(body, status=problem.status, content_type=CONTENT_TYPE)
    if problem.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Kernen"'
    if problem.status == 429:
        response.headers["Retry-After"] = "60"
    return response


def not_allowed(request: HttpRequest, allowed: str) -> JsonResponse:
    """What the address does not do; `allowed` is what it does, as HTTP lists it."""
    words = _("This address answers %(methods)s, and nothing else.") % {"methods": allowed}
    response = answer(request, Unfit(405, words))
    response.headers["Allow"] = allowed
    return response


def wrong_fields(errors: Iterable[Mapping[str, Any]]) -> dict[str, Sentence]:
    """What in a row differs from the description of the API, by field."""
    return {str(next(iter(one["loc"]), "")): differs(one) for one in errors}


def differs(error: Mapping[str, Any]) -> Sentence:
    """What was sent is not repeated."""
    if error["type"] == "extra_forbidden" and contains_cpr(str(error["loc"][-1])):
        return MESSAGE
    if not error["loc"]:
        return _("Write a row as an object with its fields.")
    words = DIFFERS.get(error["type"])
    if words is None:
        return _("This is not of the type, the length or the form that is described.")
    return format_lazy(words, **error.get("ctx", {})) if "{" in str(words) else words


def described(error: NotAsDescribed) -> Unfit:
    """What differs from the description of the API, outside of the rows."""
    told = []
    for one in error.errors:
        detail, loc = str(differs(one)), one["loc"]
        if loc[0] != "body":
            told.append({"detail": f"{loc[-1]}: {detail}"})
            continue
        place = [str(part) for part in loc[2:] if not contains_cpr(str(part))]
        told.append({"detail": detail, "pointer": "".join(f"/{part}" for part in place)})
        if place:
            told[-1]["field"] = str(FIELDS.get(place[-1], place[-1]))
    words = _("What was sent is not as the description of the API says.")
    return Unfit(422, words, told)


def understood(error: Exception) -> Unfit | None:
    """The problem that an exception stands for; None where it is a fault of ours."""
    match error:
        case Unfit():
            return error
        case NotAsDescribed():
            return described(error)
        case KeyUsed():
            return Unfit(422, error)
        case Undone():
            return Unfit(409, error)
        case Refused():
            return Unfit(403, error)
        case ValidationError():
            return Unfit(422, " ".join(error.messages))
        case AuthenticationError():
            words = _("Send a token that stands: Authorization: Bearer kernen_…")
            return Unfit(401, words)
        case Http404():
            return Unfit(404, _("There is nothing here that the token opens."))
        case RequestDataTooBig():
            return Unfit(413, _("This is too much at once: send it in smaller parts."))
        case HttpError(status_code=400):
            return Unfit(400, NO_JSON)
    return None
