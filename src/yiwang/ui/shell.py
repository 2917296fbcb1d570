"""What the shells say about the city and the person. The roof provides it; `ui` itself knows no city.

shell.provide(brand=function() -> Brand, standing=function(actor) -> str)
"""

import dataclasses
from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAME = _("Yiwang")
LINE = _("One platform for the city's digital government")
DESK = _("City operations desk")
WALL = _("City operations · One screen")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Brand:
    """Names on the screens: the portal's name and line below it, the desk, the one screen, the foot, the hotline."""

    name: str | Promise = NAME
    line: str | Promise = LINE
    desk: str | Promise = DESK
    wall: str | Promise = WALL
    owner: str | Promise = ""
    hotline: str = "12345"


DEFAULT = Brand()
_providers: dict[str, Callable[..., Any]] = {}


def provide(
    *, brand: Callable[[], Brand] | None = None, standing: Callable[[Any], str] | None = None
) -> None:
    """Tell the shells where the brand, and the words for an actor's post, come from; the last call counts."""
    _providers.update({name: one for name, one in (("brand", brand), ("standing", standing)) if one})


def brand() -> Brand:
    return _providers["brand"]() if "brand" in _providers else DEFAULT


def standing(actor: Any) -> str:
    """Return where an actor works, such as the organisation of the first post; "" when unknown."""
    return _providers["standing"](actor) if "standing" in _providers and actor else ""
