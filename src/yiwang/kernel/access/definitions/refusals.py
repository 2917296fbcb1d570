"""Why administration is refused, worded once in both languages."""

from yiwang.packs import refusals
from yiwang.packs.text import Text

REASONS = {
    "not-administrator": Text(zh="您的岗位不管理人员", en="none of your posts administers people"),
    "not-visible": Text(
        zh="此人不在您管理的区域内，或不存在", en="there is no such person in the area you administer"
    ),
    "oneself": Text(
        zh="不能变更自己的岗位、密码或停用自己；请由另一位管理员办理",
        en="nobody administers themself: ask another administrator",
    ),
    "outside-area": Text(
        zh="区域“{area}”不在您管理的区域内（{own}）",
        en="the area “{area}” is outside the area you administer ({own})",
    ),
    "outside-organisation": Text(
        zh="单位“{organisation}”属 {area}，不在您管理的区域内（{own}）",
        en="the organisation “{organisation}” belongs to {area}, outside the area you administer ({own})",
    ),
    "posts-elsewhere": Text(
        zh="{name}另有 {count} 个岗位不在您管理的区域内，请由上级管理员办理",
        en="{name} also holds {count} posts outside the area you administer; a higher administrator has to do this",
    ),
    "unknown-organisation": Text(
        zh="没有单位“{value}”，或已撤销；请从列出的单位中选一个",
        en="no active organisation “{value}”: choose one of those listed",
    ),
    "unknown-role": Text(
        zh="没有角色“{value}”；可用：{allowed}", en="no role “{value}”; there are: {allowed}"
    ),
    "unknown-area": Text(
        zh="没有区域“{value}”，或有多个同名；请从列出的区域中选一个，或填区划代码",
        en="no area “{value}”, or more than one: choose one of those listed, or give its code",
    ),
    "required": Text(zh="请填写“{name}”", en="“{name}” is required"),
    "too-long": Text(zh="“{name}”最多 {limit} 个字", en="“{name}” has at most {limit} characters"),
    "bad-username": Text(
        zh="用户名为 2 到 40 个小写字母、数字、点、横线，以字母或数字开头，收到“{value}”",
        en="a user name has 2 to 40 small letters, digits, dots and dashes and begins with a letter or digit, not “{value}”",
    ),
    "username-taken": Text(zh="用户名“{value}”已有人使用", en="the user name “{value}” is taken"),
    "bad-mobile": Text(zh="{zh}", en="{en}"),
    "bad-day": Text(
        zh="“{name}”应为日期，如 2026-11-22，收到“{value}”",
        en="“{name}” is a day such as 2026-11-22, not “{value}”",
    ),
    "ends-before": Text(
        zh="截止日 {to} 早于开始日 {since}", en="the last day {to} is before the first day {since}"
    ),
    "already-over": Text(zh="截止日 {to} 已过", en="the last day {to} is past"),
    "granted-already": Text(
        zh="{name}在该期间已有此岗位（{since} 起）",
        en="{name} holds this post in that time already (since {since})",
    ),
    "ended-already": Text(zh="此岗位已于 {to} 截止", en="this post ended on {to}"),
}

NAMES = {
    "username": Text(zh="用户名", en="user name"),
    "name": Text(zh="姓名", en="name"),
    "organisation": Text(zh="单位", en="organisation"),
    "role": Text(zh="角色", en="role"),
    "area": Text(zh="区域", en="area"),
    "valid_from": Text(zh="开始日", en="first day"),
    "valid_to": Text(zh="截止日", en="last day"),
}


class Refused(refusals.Refusal):
    """An act of administration was refused; nothing was written."""

    reasons = REASONS
