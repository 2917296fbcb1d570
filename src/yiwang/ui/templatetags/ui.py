"""Words that templates use everywhere; built in, so no template loads them."""

import itertools
import json
from collections.abc import Mapping
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from yiwang.ui import menus, shell

register = template.Library()
_ESCAPES = {ord(one): f"\\u{ord(one):04X}" for one in "<>&"}


@register.filter
def get(values: Mapping[str, Any] | None, key: str) -> Any:
    """Return the value of a key that stands in a variable; "" when there is none."""
    return values.get(key, "") if values else ""


@register.simple_tag(takes_context=True)
def menu(context: template.RequestContext, area: menus.Area) -> list[tuple[str, list[menus.Link]]]:
    """Return an area's links by group: `{% menu "desk" as groups %}`."""
    request = context["request"]
    links = menus.registry.links(area, _actor(request), request.get_full_path())
    return [(str(name), list(group)) for name, group in itertools.groupby(links, lambda one: one.entry.group)]


@register.simple_tag(takes_context=True)
def standing(context: template.RequestContext) -> str:
    """Return where the person of this request works."""
    return shell.standing(_actor(context["request"]))


@register.simple_tag(takes_context=True)
def here(context: template.RequestContext, *names: str) -> SafeString:
    """Return aria-current for a link when the page is one of these url names."""
    match = getattr(context["request"], "resolver_match", None)
    return SafeString(' aria-current="page"' if match and match.url_name in names else "")


@register.filter
def island(value: Any) -> SafeString:
    """Return JSON that is safe inside <script type="application/json">: < > & are escaped as in json_script."""
    return mark_safe(json.dumps(value, ensure_ascii=False, default=str).translate(_ESCAPES))  # noqa: S308


def _actor(request: HttpRequest) -> Any:
    """Return the actor of a signed-in person; None for anybody else."""
    user = getattr(request, "user", None)
    return getattr(request, "actor", None) if user and user.is_authenticated else None
