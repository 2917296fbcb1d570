"""Pydantic's complaints → problems with a line, in words a clerk can act on.

Before: `validating` caught a ValidationError. After: the problems are shown by `yiwang pack check`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from yiwang.packs import files, problems, shapes, wrong

Maker = Callable[..., problems.Problem]
"""`Origin.problem`, or anything of its form."""

NOUNS = {
    "string": ("文字", "text"),
    "string_sub": ("文字", "text"),
    "int": ("整数", "a whole number"),
    "float": ("数字", "a number"),
    "decimal": ("数字", "a number"),
    "bool": ("true 或 false", "true or false"),
    "list": ("列表（每项一行，以“- ”开头）", 'a list (one item a line, each with "- ")'),
    "tuple": ("列表（每项一行，以“- ”开头）", 'a list (one item a line, each with "- ")'),
    "dict": ("一组“字段: 值”", 'a group of "field: value"'),
    "model": ("一组“字段: 值”", 'a group of "field: value"'),
    "model_attributes": ("一组“字段: 值”", 'a group of "field: value"'),
    "date": ("日期，如 2026-01-31", "a date such as 2026-01-31"),
    "date_from_datetime": ("日期，如 2026-01-31", "a date such as 2026-01-31"),
    "time": ("时刻，如 09:00", "a time such as 09:00"),
    "datetime": ("日期和时刻，如 2026-01-31T09:00", "a date and time such as 2026-01-31T09:00"),
    "datetime_from_date": ("日期和时刻，如 2026-01-31T09:00", "a date and time such as 2026-01-31T09:00"),
    "time_delta": ("时长，如 1 12:00:00", "a duration such as 1 12:00:00"),
    "none": ("空", "empty"),
}
SHAPE = re.compile(r"(?P<noun>\w+?)_(type|parsing|parsing_size|inclusive|required|from_float)")

WORDS = {
    "missing": ("缺这一项", "is missing"),
    "extra_forbidden": ("没有这个字段", "unknown field"),
    "string_pattern_mismatch": ("“{got}”不合格式 {pattern}", '"{got}" does not match {pattern}'),
    "string_too_short": ("至少 {min_length} 个字", "needs at least {min_length} characters"),
    "string_too_long": ("最多 {max_length} 个字", "has more than {max_length} characters"),
    "too_short": ("至少要有 {min_length} 项，现有 {actual_length} 项", "needs at least {min_length} items"),
    "too_long": ("最多 {max_length} 项，现有 {actual_length} 项", "has more than {max_length} items"),
    "greater_than": ("{got} 应大于 {gt}", "{got} must be greater than {gt}"),
    "greater_than_equal": ("{got} 应不小于 {ge}", "{got} must be at least {ge}"),
    "less_than": ("{got} 应小于 {lt}", "{got} must be less than {lt}"),
    "less_than_equal": ("{got} 应不大于 {le}", "{got} must be at most {le}"),
    "multiple_of": ("{got} 应是 {multiple_of} 的倍数", "{got} must be a multiple of {multiple_of}"),
    "finite_number": ("应是有限的数字", "must be a finite number"),
    "union_tag_not_found": ("缺 {discriminator} 这一项", "the field {discriminator} is missing"),
}


def explain(
    error: ValidationError, model: type[BaseModel], value: Any, origin: files.Origin
) -> list[problems.Problem]:
    """Return one problem for each fault of the value, at its line; forms of one field are told as one."""
    faults = [shapes.locate(fault, value) for fault in error.errors(include_url=False)]
    misspelt = {_meant(fault, model) for fault in faults if fault.type == "extra_forbidden"}
    told = [fault for fault in faults if fault.type != "missing" or fault.path not in misspelt]
    return [_word(group, model, origin) for group in shapes.group(told, is_shape=_noun)]


def _meant(fault: shapes.Fault, model: type[BaseModel]) -> files.Path:
    """Return the path of the field for which an unknown one probably stands: it is not missing as well."""
    better = problems.meant(str(fault.path[-1]), shapes.names_at(model, fault))
    return (*fault.path[:-1], better or "")


def unknown_field(
    field: str, names: Iterable[str], problem: Maker, path: files.Path = ()
) -> problems.Problem:
    """Return the problem of a field that does not exist, with the one that was probably meant."""
    names = tuple(names)
    zh, en = f"没有“{field}”这个字段", f'unknown field "{field}"'
    if better := problems.meant(field, names):
        zh, en = f"{zh}，是不是“{better}”？", f'{en}; did you mean "{better}"?'
    return problem(*(path or (field,)), zh=zh, en=en, allowed=names)


def not_allowed(got: Any, allowed: Iterable[str], problem: Maker, *path: str | int) -> problems.Problem:
    """Return the problem of a word that is none of the allowed ones."""
    allowed = tuple(allowed)
    word = shown(got)
    zh, en = f"“{word}”不是允许的值", f'"{word}" is not allowed'
    if not isinstance(got, str) and word in allowed:
        zh, en = f"要写成带引号的文字 '{word}'", f"must be written in quotes as '{word}'"
    elif better := problems.meant(word, allowed):
        zh, en = f"{zh}，是不是“{better}”？", f'{en}; did you mean "{better}"?'
    return problem(*path, zh=zh, en=en, allowed=allowed)


def shown(value: Any) -> str:
    """Return a value as a pack would write it, short enough for one line."""
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    word = str(value)
    return word if len(word) <= 60 else word[:60] + "…"


def _word(group: list[shapes.Fault], model: type[BaseModel], origin: files.Origin) -> problems.Problem:
    """Return the problem of the faults of one field; several faults mean that none of its forms fits."""
    first = group[0]
    if first.type == "extra_forbidden":
        names = shapes.names_at(model, first)
        return unknown_field(str(first.path[-1]), names, origin.problem, first.path)
    if first.type in ("literal_error", "enum"):
        return not_allowed(first.got, _choices(first.context["expected"]), origin.problem, *first.path)
    if first.type == "union_tag_invalid":
        field = first.context["discriminator"].strip("'")
        choices = _choices(first.context["expected_tags"])
        return not_allowed(first.context["tag"], choices, origin.problem, *first.path, field)
    if nouns := [noun for noun in map(_noun, group) if noun]:
        return _shape(first, nouns, origin)
    return _said(first, origin)


def _choices(expected: str) -> list[str]:
    """Read pydantic's list of choices: `'a', 'b' or 3`."""
    return [quoted or number for quoted, number in re.findall(r"'([^']*)'|(-?\d+)", expected)]


def _noun(fault: shapes.Fault) -> tuple[str, str] | None:
    """Return what sort of value was expected, if the fault is that it is of another sort."""
    match = SHAPE.fullmatch(fault.type)
    return NOUNS.get(match["noun"]) if match else None


def _shape(fault: shapes.Fault, nouns: list[tuple[str, str]], origin: files.Origin) -> problems.Problem:
    nouns = list(dict.fromkeys(nouns))
    zh = "应是" + "或".join(noun[0] for noun in nouns)
    en = "must be " + " or ".join(noun[1] for noun in nouns)
    if fault.got is None:
        return origin.problem(*fault.path, zh=f"没有写内容；{zh}", en=f"has no content; {en}")
    if isinstance(fault.got, bool):
        word = shown(fault.got)
        zh, en = f"{zh}；若就是要写 {word} 请加引号", f"{en}; if {word} is the word itself, put it in quotes"
    elif not isinstance(fault.got, dict | list):
        zh, en = f"“{shown(fault.got)}”不对；{zh}", f'"{shown(fault.got)}" is wrong; {en}'
    return origin.problem(*fault.path, zh=zh, en=en)


def _said(fault: shapes.Fault, origin: files.Origin) -> problems.Problem:
    error = fault.context.get("error")
    if isinstance(error, wrong.Wrong):
        return origin.problem(*fault.path, zh=error.zh, en=error.en, allowed=error.allowed)
    if error is not None:
        return origin.problem(*fault.path, zh=f"不合要求：{error}", en=str(error))
    if words := WORDS.get(fault.type):
        context: Mapping[str, Any] = {**fault.context, "got": shown(fault.got)}
        context = {name: f"{part:g}" if isinstance(part, float) else part for name, part in context.items()}
        return origin.problem(*fault.path, zh=words[0].format(**context), en=words[1].format(**context))
    return origin.problem(*fault.path, zh=f"不合要求：{fault.message}", en=fault.message)
