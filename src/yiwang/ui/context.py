"""What every template knows: the brand and how this person likes to read. Before: the request's cookies."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from yiwang.ui import reading, shell


def processor(request: HttpRequest) -> dict[str, Any]:
    """Return `brand` (looked up only when shown), `reading` ({"size", "contrast"}, "" when plain)."""
    return {"brand": SimpleLazyObject(shell.brand), "reading": reading.chosen(request.COOKIES)}
