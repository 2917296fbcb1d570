"""The JSON interface: one address space for the rooms' routers, faults as problem details (RFC 9457).

Before: `urls`. After: each room's `api`. The description of everything is at /api/openapi.json.
"""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from yiwang.hotline import api as hotline
from yiwang.hotline.definitions.faults import Fault
from yiwang.packs.text import Text


class _Json(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        return orjson.loads(request.body)


api = NinjaAPI(title="Yiwang", version="1", docs_url=None, urls_namespace="api", parser=_Json())
api.add_router("/v1/", hotline.router)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:  # noqa: ARG001
    return hotline.problem(422, [_fault(one) for one in error.errors])


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:  # noqa: ARG001
    return hotline.problem(error.status_code, (), error.message)


def _fault(error: dict[str, Any]) -> Fault:
    place = ".".join(str(one) for one in error["loc"][2:])
    zh = _CHINESE.get(error["type"], "值不正确")
    return Fault(place, error["type"], Text(zh, error["msg"]))


_CHINESE = {
    "missing": "缺少此项",
    "extra_forbidden": "没有此项",
    "string_type": "应为文字",
    "string_unicode": "含有不能保存的字符",
    "float_type": "应为数字",
    "int_type": "应为整数",
    "finite_number": "应为有限的数字",
    "model_attributes_type": "应为 JSON 对象",
    "dict_type": "应为 JSON 对象",
}
