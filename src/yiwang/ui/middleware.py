"""The content security policy: everything from this host, no script or style inside a page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Maps and charts set positions in the style attributes of their own elements; nothing else may be inline.
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
HEADER = "Content-Security-Policy"


def content_security(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give every answer the policy unless it brings its own."""

    def with_policy(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers.setdefault(HEADER, POLICY)
        return response

    return with_policy
