"""YAML text → plain values, and the line of every value.

Built on libyaml's events rather than on its objects: that is where lines, quotes and repeated keys are
still visible. Before: a file. After: `tables` and `reading`, which know what the values are for.

Plain scalars follow YAML 1.2: `true`, `null` and numbers in their ordinary form. What only looks like a
number (0101, 0x1F, 1_000) or like a date stays text; `no` and `on` are words.
"""

import dataclasses
import math
import pathlib
import re
from collections.abc import Iterator
from typing import Any, Self

import yaml

from yiwang.packs import files, problems, text

DEEPEST = 64
LONGEST = 1000
WIDE_COLON = text.Text(
    "看不懂这一行；字段名后请用半角冒号加空格“: ”，不用全角“：”",
    'cannot be understood; write ": " after a field name, not the full-width "：" sign',
)
_INT = re.compile(r"-?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}


class Decimal(float):
    """A number that remembers how it was written: a text field given 1.10 reads "1.10", not "1.1"."""

    written: str

    def __new__(cls, written: str) -> Self:
        number = super().__new__(cls, written)
        number.written = written
        return number

    def __str__(self) -> str:
        return self.written


@dataclasses.dataclass(frozen=True)
class Document:
    """The content of one YAML file; `value` is None where nothing could be read."""

    value: Any
    origin: files.Origin
    problems: tuple[problems.Problem, ...]


def read(file: pathlib.Path) -> Document:
    """Return the values and lines of a YAML file, with every problem of its form."""
    content, trouble = files.decode(file)
    if content is None:
        return Document(None, files.Origin(files.shown(file), None), trouble)
    return parse(content, files.shown(file))


def parse(content: str, name: str) -> Document:
    """Return the values and lines of YAML text; `name` stands in the problems."""
    if trouble := files.invisible(content, name):
        return Document(None, files.Origin(name, 1), trouble)
    builder = _Builder(name)
    try:
        value = builder.document(content)
    except yaml.MarkedYAMLError as error:
        builder.troubles.append(_syntax(error, content, name))
        value = None
    except _Stop:
        value = None
    if isinstance(value, str) and "：" in value:
        builder.trouble(1, zh=WIDE_COLON.zh, en=str(WIDE_COLON.en))
        value = None
    return Document(value, files.Origin(name, 1, builder.lines), tuple(builder.troubles))


class _Stop(Exception):  # noqa: N818 - not an error: the problem is already recorded
    """Reading cannot go on."""


class _Builder:
    """Builds values from events, noting lines and troubles on the way."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[files.Path, int] = {}
        self.troubles: list[problems.Problem] = []

    def trouble(self, line: int, path: files.Path = (), *, zh: str, en: str) -> None:
        shown_path = ".".join(str(part) for part in path)
        self.troubles.append(problems.Problem(self.name, line, shown_path, text.Text(zh, en)))

    def document(self, content: str) -> Any:
        events = iter(yaml.parse(content, Loader=yaml.CSafeLoader))
        starts = (yaml.StreamStartEvent, yaml.DocumentStartEvent)
        first = next(event for event in events if not isinstance(event, starts))
        if isinstance(first, yaml.StreamEndEvent):
            return None
        value = self.node(first, events, ())
        next(events)
        if isinstance(extra := next(events), yaml.DocumentStartEvent):
            self.trouble(
                _line(extra),
                zh="一个文件只能有一份文档；请去掉“---”，或分成两个文件",
                en='a file holds one document; remove "---" or make two files',
            )
        return value

    def node(self, event: yaml.Event, events: Iterator[yaml.Event], path: files.Path) -> Any:
        line = _line(event)
        self.lines.setdefault(path, line)
        self.plain(event, line, path)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(events, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(events, path)
        if isinstance(event, yaml.ScalarEvent):
            self.troubles += files.invisible(event.value, self.name, line)
            return scalar(event)
        return None

    def plain(self, event: yaml.Event, line: int, path: files.Path) -> None:
        """Note what a declaration cannot use: references, tags, and nesting without end."""
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.trouble(
                line,
                path,
                zh="不支持锚点和引用（& 和 *）；请把内容写全",
                en="anchors and aliases (& and *) are not supported; write the content out",
            )
        if tag := getattr(event, "tag", None):
            self.trouble(line, path, zh=f"不支持类型标记“{tag}”", en=f'the tag "{tag}" is not supported')
        if len(path) > DEEPEST:
            self.trouble(line, zh=f"嵌套超过 {DEEPEST} 层", en=f"nested more than {DEEPEST} levels deep")
            raise _Stop

    def mapping(self, events: Iterator[yaml.Event], path: files.Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            line = _line(event)
            key = self.key(event, line, path)
            if repeated := key in found:
                first = self.lines[(*path, key)]
                self.trouble(line, (*path, key), zh=f"与第 {first} 行重复", en=f"repeats line {first}")
            else:
                self.lines[(*path, key)] = line
            value = self.node(next(events), events, (*path, key))
            if not repeated:
                found[key] = value
        return found

    def key(self, event: yaml.Event, line: int, path: files.Path) -> str:
        """Return a field name as written; 2026 and "2026" are the same name."""
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        self.trouble(line, path, zh="字段名应是文字", en="a field name must be text")
        raise _Stop

    def sequence(self, events: Iterator[yaml.Event], path: files.Path) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            found.append(self.node(event, events, (*path, len(found))))
        return found


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def scalar(event: yaml.ScalarEvent) -> Any:
    """Return the value of a scalar: quoted and block scalars are text, plain ones follow YAML 1.2."""
    written: str = event.value
    if event.style:
        return written
    if written in _WORDS:
        return _WORDS[written]
    if _INT.fullmatch(written) and len(written) <= LONGEST:
        return int(written)
    if _FLOAT.fullmatch(written) and math.isfinite(number := float(written)):
        return number if str(number) == written else Decimal(written)
    return written


def _syntax(error: yaml.MarkedYAMLError, content: str, name: str) -> problems.Problem:
    """Word what the YAML parser did not understand, with the usual causes named."""
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    lines = content.splitlines()
    written = lines[line - 1] if line <= len(lines) else ""
    before = lines[line - 2] if line > 1 else ""
    if written.lstrip(" ").startswith("\t") or "\t" in str(error.problem):
        message = text.Text("缩进用了制表符（Tab）；请改用空格", "indented with a tab; use spaces")
    elif "：" in written or ("：" in before and ":" not in before):
        line, message = (line if "：" in written else line - 1), WIDE_COLON
    else:
        said = ", ".join(part for part in (error.context, error.problem) if part)
        message = text.Text(f"YAML 格式有误：{said}", f"not valid YAML: {said}")
    return problems.Problem(name, line, "", message)
