"""Columns to fields: by the operator's mapping, else by headers that speak for themselves.

Before: a table's headers. After: each row becomes a `Said` and a key.
"""

import dataclasses
import hashlib
from collections.abc import Iterable, Mapping, Sequence

from yiwang.hotline.definitions.mapping import FIELDS
from yiwang.hotline.definitions.mapping import Mapping as MappingFile
from yiwang.hotline.definitions.requests import Said
from yiwang.hotline.logic import words
from yiwang.packs.wrong import Wrong

REJECTED = ("行号 row", "字段 field", "原因", "reason", "原文 raw")
"""Columns that the file of refused rows puts before the original ones."""

HEADERS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "编号", "序号", "工单号", "工单编号", "诉求编号", "留言编号", "流水号", "case id", "unique key"),
    "title": ("title", "标题", "主题", "题目", "诉求标题", "工单标题", "留言主题", "subject"),
    "text": (
        "text", "内容", "正文", "诉求内容", "工单内容", "反映内容", "留言详情", "问题描述", "描述", "description", "content",
    ),
    "category": ("category", "类别", "分类", "诉求类别", "诉求分类", "事项类别", "一级标签", "问题类型", "type"),
    "area": ("area", "区划", "区划代码", "属地", "区域", "区县", "街道", "镇街", "所属区域", "district"),
    "address": ("address", "地址", "地点", "发生地点", "诉求地址", "事发地址", "location"),
    "lon": ("lon", "lng", "longitude", "经度"),
    "lat": ("lat", "latitude", "纬度"),
    "datum": ("datum", "坐标系"),
    "name": ("name", "姓名", "诉求人", "联系人", "来电人", "反映人", "caller"),
    "mobile": ("mobile", "手机", "手机号", "手机号码", "联系电话", "来电号码", "电话", "phone"),
    "urgency": ("urgency", "紧急程度"),
    "channel": ("channel", "渠道", "来源", "诉求来源", "受理渠道"),
    "at": ("at", "时间", "受理时间", "诉求时间", "来电时间", "留言时间", "created", "created date", "opened at"),
}  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class Columns:
    """A mapping ready for rows. `places` are (field, column number); `own` the columns a row is known by."""

    headers: tuple[str, ...]
    places: tuple[tuple[str, int], ...]
    own: tuple[int, ...]
    row_id: int | None
    values: Mapping[str, Mapping[str, str]]
    constants: Mapping[str, str]

    def said(self, cells: Sequence[str]) -> Said:
        """Return what a row says, values replaced and constants filled in."""
        found = {}
        for field, place in self.places:
            cell = cells[place].strip()
            replaced = self.values.get(field)
            found[field] = replaced.get(cell, cell) if replaced else cell
        for field, constant in self.constants.items():
            found[field] = found.get(field) or constant
        return Said(**found)

    def key(self, source: str, cells: Sequence[str]) -> str:
        """Return the row's idempotency key: of the source and its id, or of everything written in it."""
        named = cells[self.row_id].strip() if self.row_id is not None else ""
        told = [named] if named else [f"{self.headers[at]}\x1f{cells[at]}" for at in self.own if cells[at]]
        digest = hashlib.sha256("\x1e".join([source, *sorted(told)]).encode("utf-8", "surrogatepass"))
        return f"import:{digest.hexdigest()}"


def columns(headers: Sequence[str], mapping: MappingFile) -> Columns:
    """Return the mapping of a table; raise Wrong where it names what is not there, or no words could be found."""
    _check_fields((*mapping.columns, *mapping.values, *mapping.constants))
    if "id" in mapping.constants:
        raise Wrong("“id”不能取固定值", '"id" cannot be the same for every row')
    places = _guessed(headers, taken=set(mapping.columns.values())) | _given(headers, mapping.columns)
    row_id = places.pop("id", None)
    if not {"title", "text"} & (places.keys() | mapping.constants.keys()):
        raise Wrong(
            f"没有一列是标题或内容；请用 --map text=列名 指明；表头：{_shown(headers)}",
            f"no column is a title or a text; name one with --map text=HEADER; headers: {_shown(headers)}",
        )
    own = tuple(at for at, header in enumerate(headers) if header not in REJECTED)
    return Columns(tuple(headers), tuple(places.items()), own, row_id, mapping.values, mapping.constants)


def _check_fields(fields: Iterable[str]) -> None:
    for field in fields:
        if field not in FIELDS:
            raise Wrong(f"没有字段“{field}”", f'there is no field "{field}"', allowed=FIELDS)


def _given(headers: Sequence[str], given: Mapping[str, str]) -> dict[str, int]:
    found = {}
    for field, header in given.items():
        count = list(headers).count(header)
        if count != 1:
            zh = f"表中有 {count} 列叫“{header}”" if count else f"表中没有列“{header}”"
            en = f'{count} columns are called "{header}"' if count else f'there is no column "{header}"'
            raise Wrong(zh, en, allowed=tuple(headers)[:50])
        found[field] = list(headers).index(header)
    return found


def _guessed(headers: Sequence[str], taken: set[str]) -> dict[str, int]:
    plain = [words.same(header) if header not in taken | set(REJECTED) else "" for header in headers]
    found = {}
    for field, names in HEADERS.items():
        match = next((name for name in map(words.same, names) if plain.count(name) == 1), None)
        if match:
            found[field] = plain.index(match)
    return found


def _shown(headers: Sequence[str]) -> str:
    return "、".join(header[:20] for header in headers[:30])
