"""Why the engine refuses, worded once in both languages."""

from yiwang.packs import refusals
from yiwang.packs.text import Text

REASONS = {
    "required": Text(zh="请填写“{name}”", en="“{name}” is required"),
    "too-long": Text(zh="“{name}”最多 {limit} 个字", en="“{name}” has at most {limit} characters"),
    "not-a-grade": Text(
        zh="评价应为 1 到 5 的整数，收到“{value}”", en="a grade is a whole number from 1 to 5, not “{value}”"
    ),
    "not-days": Text(
        zh="天数应为 1 到 {limit} 的整数，收到“{value}”",
        en="days are a whole number from 1 to {limit}, not “{value}”",
    ),
    "not-a-flag": Text(zh="“{name}”只能为是或否", en="“{name}” is yes or no"),
    "unknown-flow": Text(
        zh="没有流程“{value}”；可用：{allowed}", en="no flow “{value}”; there are: {allowed}"
    ),
    "unknown-category": Text(zh="没有类别“{value}”", en="no category “{value}”"),
    "unknown-area": Text(zh="没有区划代码“{value}”", en="no area code “{value}”"),
    "unknown-organisation": Text(zh="没有单位“{value}”", en="no organisation “{value}”"),
    "unknown-case": Text(zh="没有工单“{value}”，或您无权查看", en="no case “{value}” that you may see"),
    "bad-file": Text(zh="附件“{name}”：{reason}", en="“{name}”: {reason}"),
    "unknown-file": Text(zh="附件“{value}”不存在", en="no stored file “{value}”"),
    "unknown-input": Text(
        zh="“{action}”不接受“{value}”；可用：{allowed}",
        en="“{action}” does not take “{value}”; it takes: {allowed}",
    ),
    "unknown-action": Text(
        zh="没有操作“{value}”；可用：{allowed}", en="no action “{value}”; there are: {allowed}"
    ),
    "wrong-state": Text(
        zh="“{state}”状态下不能“{action}”；可用：{allowed}",
        en="“{action}” is not possible while “{state}”; possible: {allowed}",
    ),
    "not-yours": Text(
        zh="您的岗位不能对此件“{action}”；需要：{needed}",
        en="none of your posts may “{action}” this case; needed: {needed}",
    ),
    "guard": Text(zh="{reason}", en="{reason}"),
    "conflict": Text(
        zh="此件刚刚被他人处理（现为“{state}”），请查看最新进展后再操作",
        en="someone else has just acted on this case (now “{state}”); look at it again before acting",
    ),
    "target-moved": Text(
        zh="目标件 {number} 刚刚有了新进展，请查看后再并案",
        en="{number} has just moved on; look at it again before merging",
    ),
    "impossible-character": Text(
        zh="“{name}”第 {place} 个字符无法保存，请删去",
        en="character {place} of “{name}” cannot be kept; remove it",
    ),
    "key-reused": Text(
        zh="幂等键“{key}”已用于另一操作", en="idempotency key “{key}” was used for something else"
    ),
    "merge-self": Text(zh="不能并入自身", en="a case cannot be merged into itself"),
    "merge-flow": Text(
        zh="目标件走的是另一流程，不能并入",
        en="that case follows another flow; nothing of this one merges into it",
    ),
    "merge-chain": Text(
        zh="目标件已并入他件，请并入其主件", en="that case is merged itself; merge into its parent"
    ),
    "merge-parent": Text(
        zh="此件已有并入件，不能再并入他件", en="other cases are merged into this one; it cannot be merged"
    ),
    "merge-ended": Text(zh="目标件已办结，不能并入", en="that case has ended; nothing can be merged into it"),
    "bad-position": Text(
        zh="位置应为经度、纬度（度），收到“{value}”",
        en="a position is longitude, latitude in degrees, not “{value}”",
    ),
}


class Refused(refusals.Refusal):
    """A verb was refused; nothing was written."""

    reasons = REASONS


class Conflict(Refused):
    """Another action won the race on this case."""
