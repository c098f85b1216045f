"""The API: a token's machine gives the figures of its series, and reads them again.

Whatever it is asked it answers in JSON, in the language of `Accept-Language`."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import URLPattern, path, re_path
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from ninja import Header, NinjaAPI

from kernen.lib.access import public

from ..models import Load, Measure, Token
from . import fhir, given, problems, schema, taking
from .bearer import Bearer
from .sent import Amiss, Sent

ROOT = "api/v1/"
#: What is answered instead when something is wrong; see `problems`.
WRONG = frozenset({400, 401, 403, 404, 409, 413, 422, 429})
FHIR = "application/fhir+json"

api = NinjaAPI(
    title="Kernen: figures from other systems",
    version="1.0.0",
    description=(
        "A token, made on the page of a series or a measure, gives the figures of that series or "
        "measure, and can do nothing else. All that is sent at once is taken in, or nothing."
    ),
    urls_namespace="machine",
    docs_url=None,
    openapi_url=None,
    auth=Bearer(),
    parser=taking.Exact(),
)
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=80,
        pattern="^[!-~]+$",
        description=(
            "New for all that is new. What is sent again under its key is taken in once; when it "
            "was undone meanwhile, that is said (409), and a new key takes it in again."
        ),
    ),
]


def _answers(model: Any) -> dict[Any, Any]:
    return {200: model, WRONG: schema.ProblemOut}


def _token(request: HttpRequest) -> Token:
    token: Token = request.auth  # type: ignore[attr-defined]
    return token


def _taken(
    token: Token,
    measure: Measure,
    body: schema.Points | schema.PlacedPoints,
    read: Callable[..., Any],
    **sent: Any,
) -> dict[str, Any]:
    """Take in the points, once `read` has made figures of them, each with its series."""
    said = [_said(number, point) for number, point in enumerate(body.points, start=1)]
    figures = read(said)
    rows = [one.said for one in said]
    told = {"points": rows, "reason": body.reason} if body.reason else rows
    return taking.taken(token, measure, figures, body=told, reason=body.reason, **sent)


def _said(number: int, point: Any) -> Sent:
    """A row as it was said, and what of it is not as described."""
    if not isinstance(point, Amiss):
        return Sent(number, point.model_dump(exclude_unset=True))
    wrong = problems.wrong_fields(point.errors)
    good = {name: one for name, one in point.said.items() if name not in wrong}
    return Sent(number, good, wrong)


@api.get("series/{int:pk}", response=_answers(schema.SeriesOut), url_name="api_series")
def series(request: HttpRequest, pk: int) -> Any:
    """A series: its place, and what is measured there."""
    found = taking.series_of(_token(request), pk)
    return given.place(found) | {"measure": given.definition(found.measure)}


@api.get(
    "series/{int:pk}/points",
    response=_answers(schema.PointsOut),
    exclude_none=True,
    url_name="api_points",
)
def points(request: HttpRequest, pk: int) -> Any:
    """The figures of a series as they stand; they can be sent again as they are."""
    found = taking.series_of(_token(request), pk)
    return {"points": [given.point(point) for point in found.points.order_by("period")]}


@api.put("series/{int:pk}/points", response=_answers(schema.Answer))
def give_points(
    request: HttpRequest, pk: int, body: schema.Points, key: Key, dry_run: bool = False
) -> Any:
    """Give figures of a series: new periods, and other figures for periods that are there, with
    the reason why they are changed."""
    token = _token(request)
    found = taking.series_of(token, pk)
    read = partial(taking.for_one, found)
    return _taken(token, found.measure, body, read, key=key, dry_run=dry_run)


@api.get(
    "series/{int:pk}/MeasureReport",
    response=_answers(None),
    openapi_extra={"responses": {200: {"content": {FHIR: {"schema": {"type": "object"}}}}}},
    url_name="api_reports",
)
def reports(request: HttpRequest, pk: int) -> Any:
    """The figures of a series as FHIR R4: a Bundle with a MeasureReport a period."""
    found = taking.series_of(_token(request), pk)
    return HttpResponse(fhir.bundle(found), content_type=FHIR)


@api.put(
    "series/{int:pk}/MeasureReport",
    response=_answers(schema.Answer),
    openapi_extra={
        "requestBody": {"required": True, "content": {FHIR: {"schema": {"type": "object"}}}}
    },
)
def give_reports(request: HttpRequest, pk: int, key: Key, dry_run: bool = False) -> Any:
    """Give figures of a series as FHIR R4: a MeasureReport of the type summary, or a Bundle. Why
    figures are changed stands in the extension `urn:kernen:reason` of a report."""
    token = _token(request)
    found = taking.series_of(token, pk)
    body = taking.whole(request)
    figures = taking.for_one(found, fhir.read(body, found), points=False)
    told: dict[str, Any] = {"body": body, "reason": fhir.reason(body), "points": False}
    return taking.taken(token, found.measure, figures, key=key, dry_run=dry_run, **told)


@api.get("measures/{int:pk}", response=_answers(schema.MeasureOut), url_name="api_measure")
def measure(request: HttpRequest, pk: int) -> Any:
    """A measure: its definition and its places."""
    token = _token(request)
    found = taking.measure_of(token, pk)
    places = [given.place(one) for one in taking.places_of(token)]
    return {"measure": given.definition(found), "places": places}


@api.get(
    "measures/{int:pk}/points",
    response=_answers(schema.PlacedPointsOut),
    exclude_none=True,
    url_name="api_measure_points",
)
def measure_points(request: HttpRequest, pk: int) -> Any:
    """The figures of every place of a measure; they can be sent again as they are."""
    token = _token(request)
    taking.measure_of(token, pk)
    places = taking.places_of(token).prefetch_related("points")
    return {"points": [given.placed(point, one) for one in places for point in one.points.all()]}


@api.put("measures/{int:pk}/points", response=_answers(schema.Answer))
def give_measure_points(
    request: HttpRequest, pk: int, body: schema.PlacedPoints, key: Key, dry_run: bool = False
) -> Any:
    """Give figures of several places of a measure at once, each with its place."""
    token = _token(request)
    found = taking.measure_of(token, pk)
    read, key = partial(taking.for_several, token, found), Load.FOR_ALL + key
    return _taken(token, found, body, read, key=key, dry_run=dry_run)


def _told(request: HttpRequest, error: Any) -> HttpResponse:
    problem = problems.understood(error)
    if problem is None:
        raise error
    return problems.answer(request, problem)


for kind in (Exception, *problems.KINDS):
    api.add_exception_handler(kind, _told)


def _openapi(request: HttpRequest) -> HttpResponse:
    return JsonResponse(description())


def _nothing(request: HttpRequest) -> HttpResponse:
    return _told(request, Http404())


def description() -> dict[str, Any]:
    """The API in OpenAPI 3.1, where what is wrong is told in a form of its own."""
    told: dict[str, Any] = api.get_openapi_schema(path_prefix=f"/{ROOT}")
    for operations in told["paths"].values():
        for operation in operations.values():
            for code, response in operation["responses"].items():
                content = response.get("content", {})
                if int(code) in WRONG and "application/json" in content:
                    response["content"] = {problems.CONTENT_TYPE: content["application/json"]}
    return told


def _spoken(view: Callable[..., Any]) -> Callable[..., Any]:
    """For machines: in the language they ask for, and kept nowhere on the way."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = translation.get_language_from_request(request)
        with translation.override(language):
            response: HttpResponse = view(request, *args, **kwargs)
            if isinstance(response, HttpResponseNotAllowed):
                response = problems.not_allowed(request, response["Allow"])
        response.headers["Content-Language"] = language
        patch_cache_control(response, no_store=True)
        return response

    return public(csrf_exempt(answered))  # no browser sends a token by itself


def _pattern(found: Any) -> URLPattern:
    return path(f"{ROOT}{found.pattern}", _spoken(found.callback), name=found.name)


#: One a path, without the page that the library would have.
_ROUTES: list[Any] = api.urls[0]
urlpatterns = [
    *(_pattern(found) for found in _ROUTES if found.name.startswith("api_")),
    path(f"{ROOT}openapi.json", _spoken(_openapi), name="api_description"),
    re_path(f"^{ROOT}", _spoken(_nothing), name="api_nothing"),
]
