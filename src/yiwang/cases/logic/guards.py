"""Guards: CEL expressions over `case`, `actor`, `input` and `route`, compiled once each.

CEL (Common Expression Language) is typed and always ends; a pack cannot run code through it.
"""

import functools
import re
from typing import Any

from cel_expr_python import cel

MAP = cel.Type.Map(cel.Type.STRING, cel.Type.DYN)
ENVIRONMENT = cel.NewEnv(variables={"case": MAP, "actor": MAP, "input": MAP, "route": MAP})

PATH = re.compile(r"(case|actor|input|route)(\.[a-z_]+)+")
PLAIN = frozenset({bool, int, str})
Values = dict[str, dict[str, Any]]


class BadExpression(ValueError):  # noqa: N818 - reads as the fact it reports
    """An expression does not compile, or fails on the values it is given."""


@functools.cache
def compiled(expression: str) -> cel.Expression:
    """Compile an expression. Raises BadExpression with the compiler's first line."""
    try:
        return ENVIRONMENT.compile(expression)
    except RuntimeError as fault:
        raise BadExpression(_first_line(str(fault))) from fault


def evaluate(expression: str, values: Values) -> Any:
    """Return the plain value of an expression. Raises BadExpression where it fails."""
    found = _read(_path(expression), values)
    if type(found) in PLAIN:
        return found
    result = compiled(expression).eval(data=values)
    if result.type() == cel.Type.ERROR:
        raise BadExpression(_first_line(str(result.value())))
    return result.plain_value()


@functools.cache
def _path(expression: str) -> tuple[str, ...]:
    """Return the names of a mere path such as `route.certain`; it means the same here and costs a tenth."""
    return tuple(expression.split(".")) if PATH.fullmatch(expression) else ()


def _read(path: tuple[str, ...], values: Any) -> Any:
    for name in path:
        if type(values) is not dict or name not in values:
            return None
        values = values[name]
    return values


def holds(expression: str | None, values: Values) -> bool:
    """Tell whether a guard lets pass; a missing guard always does, a failing one never."""
    if expression is None:
        return True
    try:
        return evaluate(expression, values) is True
    except BadExpression:
        return False


def _first_line(message: str) -> str:
    lines = [line for line in message.splitlines() if line.strip() and not line.lstrip().startswith("|")]
    return lines[0] if lines else message
