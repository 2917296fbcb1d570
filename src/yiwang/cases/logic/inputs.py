"""What an actor typed becomes checked values, or a refusal that names the field."""

from collections.abc import Callable, Mapping
from typing import Any

from yiwang.cases.definitions.facts import CaseFacts
from yiwang.cases.definitions.flows import Action, Input
from yiwang.cases.definitions.refusals import Refused
from yiwang.cases.logic import effects
from yiwang.cases.logic.world import World

TEXT_LIMIT = 4000
DAYS_LIMIT = 90


def key(given: str) -> str:
    """Return an idempotency key. Raises Refused where it is empty or too long to be kept."""
    name, limit = effects.NAMES["key"], effects.LIMITS["key"]
    if not given.strip():
        raise Refused("required", "key", name=name)
    if len(given) > limit:
        raise Refused("too-long", "key", name=name, limit=limit)
    return given.replace("\x00", "")


def checked(world: World, action: Action, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of an action's inputs. Raises Refused for the first that is wrong."""
    for name in given:
        if name not in action.asks:
            raise Refused("unknown-input", name, action=action.name, value=name, allowed=list(action.asks))
    return {name: _value(world, name, asked, given.get(name)) for name, asked in action.asks.items()}


def _value(world: World, field: str, asked: Input, value: Any) -> Any:
    if value in (None, "", [], ()):
        if asked.required:
            raise Refused("required", field, name=asked.name)
        return EMPTY[asked.kind]
    return CHECKS[asked.kind](world, field, asked, value)


def _text(_world: World, field: str, asked: Input, value: Any) -> str:
    text = str(value).strip().replace("\x00", "")
    if not text and asked.required:
        raise Refused("required", field, name=asked.name)
    if len(text) > TEXT_LIMIT:
        raise Refused("too-long", field, name=asked.name, limit=TEXT_LIMIT)
    return text


def _grade(_world: World, field: str, _asked: Input, value: Any) -> int:
    if str(value) not in {"1", "2", "3", "4", "5"}:
        raise Refused("not-a-grade", field, value=value)
    return int(value)


def _days(_world: World, field: str, _asked: Input, value: Any) -> int:
    text = str(value)
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= DAYS_LIMIT):
        raise Refused("not-days", field, value=value, limit=DAYS_LIMIT)
    return int(text)


def _flag(_world: World, field: str, asked: Input, value: Any) -> bool:
    if str(value).lower() not in {"true", "false", "on", "off", "1", "0"}:
        raise Refused("not-a-flag", field, name=asked.name)
    return str(value).lower() in {"true", "on", "1"}


def _organisation(world: World, field: str, _asked: Input, value: Any) -> str:
    return _known(world.organisations, "unknown-organisation", field, value)


def _organisations(world: World, field: str, _asked: Input, value: Any) -> list[str]:
    many = [value] if isinstance(value, str) else list(value)
    return [_known(world.organisations, "unknown-organisation", field, one) for one in dict.fromkeys(many)]


def _category(world: World, field: str, _asked: Input, value: Any) -> str:
    return _known(world.categories, "unknown-category", field, value)


def _area(world: World, field: str, _asked: Input, value: Any) -> str:
    return _known(world.areas, "unknown-area", field, value)


def _case(_world: World, field: str, _asked: Input, value: Any) -> CaseFacts:
    if not isinstance(value, CaseFacts):
        raise Refused("unknown-case", field, value=value)
    return value


def _files(_world: World, _field: str, _asked: Input, value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _known(known: Mapping[str, Any], code: str, field: str, value: Any) -> str:
    if value not in known:
        raise Refused(code, field, value=value)
    return str(value)


CHECKS: dict[str, Callable[[World, str, Input, Any], Any]] = {
    "text": _text,
    "grade": _grade,
    "days": _days,
    "flag": _flag,
    "organisation": _organisation,
    "organisations": _organisations,
    "category": _category,
    "area": _area,
    "case": _case,
    "files": _files,
}
EMPTY: dict[str, Any] = {
    "text": "",
    "grade": 0,
    "days": 0,
    "flag": False,
    "organisation": "",
    "organisations": [],
    "category": "",
    "area": "",
    "case": None,
    "files": [],
}
