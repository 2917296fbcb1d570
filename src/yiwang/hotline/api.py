"""The JSON door: other systems file requests and follow them. Mounted by the roof under /api/v1/.

No session and no cookie: a request is known by its Idempotency-Key, its answer by its tracking code. Faults are
problem details (RFC 9457). Filing costs the one statement that writes the case, and no other query.
"""

from typing import Any

import orjson
import pydantic
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Header, Router

from yiwang.hotline import actions
from yiwang.hotline.definitions import requests
from yiwang.hotline.definitions.faults import Fault, Invalid, fault
from yiwang.hotline.queries import tracking

router = Router(tags=["requests"])
KEY_LIMIT = 100


class RequestIn(pydantic.BaseModel):
    """A request. `category` and `area` are codes or names; `lon`, `lat` are degrees of `datum`."""

    model_config = pydantic.ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)

    text: str
    title: str = ""
    category: str = ""
    area: str = ""
    address: str = ""
    lon: float | None = None
    lat: float | None = None
    datum: str = ""
    name: str = ""
    mobile: str = ""
    urgency: int = 1

    def said(self) -> requests.Said:
        """Return the request as any door hands it on."""
        return requests.Said(
            text=self.text, title=self.title, category=self.category, area=self.area, address=self.address,
            lon="" if self.lon is None else repr(self.lon), lat="" if self.lat is None else repr(self.lat),
            datum=self.datum, name=self.name, mobile=self.mobile, urgency=str(self.urgency),
        )  # fmt: skip


@router.post("requests", summary="File a request", url_name="api-requests")
def file(
    request: HttpRequest, body: RequestIn, idempotency_key: str = Header("", alias="Idempotency-Key")
) -> HttpResponse:
    """Open a case. The same key and words again give the same case."""
    if not _usable(idempotency_key):
        return problem(400, [fault("Idempotency-Key", "no-key", limit=KEY_LIMIT)])
    try:
        reported = actions.report(body.said(), "api", idempotency_key)
    except Invalid as invalid:
        return problem(422, invalid.faults)
    answer = _json(201, _filed(reported))
    answer["Location"] = f"{request.path}/{reported.case.tracking}"
    return answer


@router.get("requests/{code}", summary="Follow a request", url_name="api-request")
def follow(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001
    """Return how a request stands and its public steps."""
    case = tracking.find(code)
    if case is None:
        return problem(404, [], _("There is no request with this tracking code."))
    return _json(200, tracking.told(tracking.tracked(case)))


def problem(status: int, faults: Any = (), detail: str = "") -> HttpResponse:
    """Return problem details (RFC 9457); each fault with its field, its stable code and words."""
    language = get_language()
    errors = [_error(one, language) for one in faults]
    told = detail or "; ".join(one["message"] for one in errors)
    body = {"type": "about:blank", "title": TITLES[status](), "status": status, "detail": told}
    answer = _json(status, body | ({"errors": errors} if errors else {}))
    answer["Content-Type"] = "application/problem+json"
    return answer


TITLES = {
    400: lambda: _("The request cannot be understood"),
    404: lambda: _("Not found"),
    422: lambda: _("The request cannot be taken"),
}


def _error(one: Fault, language: str | None) -> dict[str, str]:
    return {"field": one.field, "code": one.code, "message": one.message.in_language(language)}


def _filed(reported: actions.Reported) -> dict[str, Any]:
    case, understood = reported.case, reported.understood
    return {
        "tracking": case.tracking, "number": case.number, "state": case.state, "organisation": case.organisation,
        "category": understood.category, "area": understood.area, "found": understood.found,
        "repeated": case.repeated,
    }  # fmt: skip


def _usable(key: str) -> bool:
    return 0 < len(key) <= KEY_LIMIT and key.isascii() and key.isprintable()


def _json(status: int, body: Any) -> HttpResponse:
    return HttpResponse(orjson.dumps(body), status=status, content_type="application/json")
