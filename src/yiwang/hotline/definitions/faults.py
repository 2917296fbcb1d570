"""What can be wrong with a request: every fault names its field and is worded in both languages.

Before: `logic` finds them. After: forms, the JSON door and the file of refused rows show them.
"""

import dataclasses
from collections.abc import Iterable
from typing import Any

from yiwang.cases.definitions.refusals import Refused
from yiwang.packs.text import Text
from yiwang.packs.wrong import Wrong

FAULTS = {
    "no-words": Text(zh="请写下您要反映的事情", en="please say what it is about"),
    "too-long": Text(zh="最多 {limit} 个字，现有 {length} 个", en="at most {limit} characters, not {length}"),
    "bad-character": Text(
        zh="含有不能保存的字符（第 {place} 个字符）", en="holds a character that cannot be kept (number {place})"
    ),
    "unknown-category": Text(zh="没有类别“{value}”；相近的有：{near}", en="no category “{value}”; close to it: {near}"),
    "unknown-area": Text(zh="没有区划“{value}”；相近的有：{near}", en="no area “{value}”; close to it: {near}"),
    "unknown-channel": Text(
        zh="没有渠道“{value}”；可用：{allowed}", en="no channel “{value}”; there are: {allowed}"
    ),
    "ambiguous": Text(
        zh="“{value}”不止一个（{allowed}），请写全称或代码",
        en="“{value}” may be {allowed}; write the full name or the code",
    ),
    "half-position": Text(
        zh="经度和纬度须一并填写", en="longitude and latitude come together; one of them is missing"
    ),
    "bad-position": Text(
        zh="经纬度应为度数，如 104.065735, 30.659462；收到“{value}”",
        en="a position is longitude, latitude in degrees, such as 104.065735, 30.659462; not “{value}”",
    ),
    "no-datum": Text(
        zh="给出了经纬度，还须说明坐标系；可用：{allowed}",
        en="a position needs its datum; there are: {allowed}",
    ),
    "not-urgency": Text(
        zh="紧急程度应为 1（一般）、2（紧急）或 3（特急），收到“{value}”",
        en="urgency is 1 (usual), 2 (urgent) or 3 (emergency), not “{value}”",
    ),
    "not-a-time": Text(
        zh="时间应如 2026-11-22 09:30，收到“{value}”", en="a time is written 2026-11-22 09:30, not “{value}”"
    ),
    "future": Text(zh="时间“{value}”还没有到", en="the time “{value}” has not come yet"),
    "too-old": Text(zh="时间“{value}”早于 {first} 年", en="the time “{value}” lies before {first}"),
    "too-many-photos": Text(zh="最多 {limit} 张照片，收到 {count} 张", en="at most {limit} photos, not {count}"),
    "closed-door": Text(zh="本市没有开通这一受理渠道", en="this city has not opened this way of reporting"),
    "no-key": Text(
        zh="缺少幂等键（请求头 Idempotency-Key，1 至 {limit} 个可见 ASCII 字符）",
        en="an idempotency key is missing (header Idempotency-Key, 1 to {limit} visible ASCII characters)",
    ),
    "used-form": Text(
        zh="这张表单已经提交过一次；要反映另一件事，请打开新表单",
        en="this form was sent already; open a new form to report something else",
    ),
    "photo": Text(zh="照片“{name}”：{reason}", en="photo “{name}”: {reason_en}"),
    "not-yours": Text(
        zh="您的岗位不能登记市民来电；需要：{roles}", en="none of your posts may file a call; needed: {roles}"
    ),
    # rows of files
    "unsplit": Text(
        zh="这一行无法拆成各列：引号没有成对，或单元格过大",
        en="this row cannot be split into cells: a quotation mark has no partner, or a cell is too big",
    ),
    "too-big": Text(zh="这一行过长（超过 100 万字符）", en="this row is too long (over a million characters)"),
    "ragged": Text(zh="这一行有 {count} 列，表头有 {width} 列", en="this row has {count} cells, the header {width}"),
    "bad-bytes": Text(
        zh="含有不属于文件编码的字节（第 {place} 个字符）",
        en="holds bytes that are not in the file's encoding (character {place})",
    ),
    "not-an-object": Text(zh="这一行不是 JSON 对象", en="this line is no JSON object"),
}  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: the field at fault ("" for the whole request), a stable code, and the words."""

    field: str
    code: str
    message: Text


class Invalid(Exception):  # noqa: N818 - reads as the fact it reports
    """A request that cannot be taken, with everything wrong about it; nothing was written."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{one.field}: {one.message.zh}" for one in self.faults))


def fault(field: str, code: str, **params: Any) -> Fault:
    """Return a fault of `FAULTS` with its words filled in."""
    words = FAULTS[code]
    return Fault(field, code, Text(words.zh.format(**params), words.in_language("en").format(**params)))


def of_refusal(refusal: Refused) -> Fault:
    """Return the flow engine's refusal as a fault."""
    return Fault(refusal.field, refusal.code, refusal.text)


def of_wrong(field: str, wrong: Wrong) -> Fault:
    """Return what a parser of the kernel complains of as a fault; `allowed` is named too."""
    allowed = ", ".join(wrong.allowed)
    zh, en = (f"；可用：{allowed}", f"; there are: {allowed}") if allowed else ("", "")
    return Fault(field, "invalid", Text(wrong.zh + zh, wrong.en + en))
