"""What is said when something cannot be done, in the form of RFC 9457."""

from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, ValidationError
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as NotAsDescribed

from kernen.lib.refusal import Refused

from ..reading.results import Problem as Wrong
from ..rules import KeyUsed

CONTENT_TYPE = "application/problem+json"
#: The first so many are told; who sends a hundred thousand wrong rows mends the first ones first.
MOST_TOLD = 100
NO_JSON = gettext_lazy("What was sent is not JSON.")
#: What the library of the API would else answer in its own way.
KINDS = (HttpError, Http404, NotAsDescribed, AuthenticationError)


class Unfit(Exception):
    """What was sent is not taken in, or nothing is answered: a status, a sentence, and the rows."""

    def __init__(self, status: int, detail: object, rows: Sequence[dict[str, Any]] = ()):
        super().__init__(str(detail))
        self.status, self.detail, self.rows = status, detail, rows


def of_rows(wrong: Iterable[Wrong], *, points: bool = True) -> Unfit:
    """What is wrong in the rows, each with its number from 1 and, where they are the points of the
    JSON, a pointer to it."""
    told = [_row(one, points=points) for one in wrong]
    words = _("Nothing was taken in: mend what is said of the rows, and send it all again.")
    return Unfit(422, words, told)


def _row(one: Wrong, *, points: bool) -> dict[str, Any]:
    told: dict[str, Any] = {"detail": str(one.message)}
    if one.row is not None:
        told["row"] = one.row
        if points:
            told["pointer"] = "/".join(filter(None, [f"/points/{one.row - 1}", one.column]))
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


def described(error: NotAsDescribed) -> Unfit:
    """What differs from the description of the API; what was sent is not repeated."""
    told = []
    for one in error.errors:
        place = [part for part in one["loc"][2:] if isinstance(part, int | str)]
        told.append(_differs(one["type"], one["loc"], place))
    words = _("What was sent is not as the description of the API says.")
    return Unfit(422, words, told)


def _differs(kind: str, loc: Sequence[Any], place: Sequence[int | str]) -> dict[str, Any]:
    words = {
        "missing": _("This is missing."),
        "extra_forbidden": _("There is no such field: leave it out."),
    }.get(kind, _("This is not of the type, the length or the form that is described."))
    if loc[0] != "body":
        return {"detail": f"{loc[-1]}: {words}"}
    told: dict[str, Any] = {"detail": words, "pointer": "".join(f"/{part}" for part in place)}
    if len(place) > 1 and isinstance(place[1], int):
        told["row"] = place[1] + 1
    return told


def understood(error: Exception) -> Unfit | None:
    """The problem that an exception stands for; None where it is a fault of ours."""
    match error:
        case Unfit():
            return error
        case NotAsDescribed():
            return described(error)
        case KeyUsed():
            return Unfit(422, error)
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
