"""Cases in the reader's words: names of states, categories, areas and actions in their language."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from yiwang.cases import models
from yiwang.cases.definitions.flows import Action, Input
from yiwang.cases.logic import world
from yiwang.cases.queries import visible, worlds
from yiwang.kernel.identifiers import logic as identifiers
from yiwang.kernel.places import queries as places
from yiwang.packs.text import Text

CHANNELS = {
    "hotline": Text(zh="12345 热线", en="12345 hotline"),
    "snap": Text(zh="随手拍", en="Snap report"),
    "web": Text(zh="网上诉求", en="Web"),
    "import": Text(zh="批量导入", en="Import"),
    "grid": Text(zh="网格巡查", en="Grid patrol"),
    "co-handling": Text(zh="协办", en="Co-handling"),
    "video": Text(zh="视频识别", en="Video"),
    "sensing": Text(zh="物联感知", en="Sensing"),
    "api": Text(zh="接口", en="API"),
}
TONES = {"yellow": "amber", "red": "red", "overdue": "red", "escalated": "red"}
STAGE_TONES = {"file": "blue", "dispatch": "amber", "handle": "", "verify": "green", "evaluate": "green"}


def words(text: Text) -> str:
    """Return a pack's text in the language of this request."""
    return text.in_language(get_language())


def rows(cases: Iterable[models.Case]) -> list[dict[str, Any]]:
    """Return what a list shows of each case."""
    cases = list(cases)
    areas = places.names(
        {one.area for one in cases} | {one.area[:6] for one in cases}, get_language() or "zh"
    )
    return [_row(one, areas) for one in cases]


def _row(case: models.Case, areas: dict[str, str]) -> dict[str, Any]:
    the = worlds.of(case.release_id)
    state = the.flows[case.flow].states[case.state]
    return {
        "case": case,
        "state": words(state.name),
        "tone": "" if state.ended else STAGE_TONES.get(state.stage, ""),
        "category": category(the, case.category),
        "area": _area(case.area, areas),
        "channel": channel(case.channel),
        "clock": clock(case),
        "clock_tone": TONES.get(case.light, ""),
    }


def _area(code: str, names: dict[str, str]) -> str:
    district, place = names.get(code[:6], ""), names.get(code, code)
    return place if len(code) <= 6 else f"{district}·{place}"


def category(the: world.World, code: str) -> str:
    """Return a category's name."""
    found = the.categories.get(code)
    return words(found.name) if found else code


def channel(code: str) -> str:
    """Return the name of the channel a case came by."""
    return words(CHANNELS[code]) if code in CHANNELS else code


def clock(case: models.Case, now: dt.datetime | None = None) -> str:
    """Return the time left, or by how much it is overdue."""
    if case.due_at is None or case.ended_at:
        return ""
    left = case.due_at - (now or timezone.now())
    over = left < dt.timedelta(0)
    text = span(abs(left))
    return words(
        Text(zh=f"超时 {text}", en=f"{text} over") if over else Text(zh=f"剩 {text}", en=f"{text} left")
    )


def span(length: dt.timedelta) -> str:
    """Return a length of time in one unit: minutes, hours or days."""
    seconds = int(length.total_seconds())
    if seconds < 3600:
        return words(Text(zh=f"{seconds // 60} 分钟", en=f"{seconds // 60} min"))
    if seconds < 86400:
        return words(Text(zh=f"{seconds / 3600:.1f} 小时", en=f"{seconds / 3600:.1f} h"))
    return words(Text(zh=f"{seconds // 86400} 天", en=f"{seconds // 86400} d"))


def reporter(case: models.Case) -> str:
    """Return the reporter as staff see them: masked."""
    mobile = identifiers.mobile.mask(case.reporter_mobile) if case.reporter_mobile else ""
    name = identifiers.masking.name(case.reporter_name) if case.reporter_name else ""
    return " · ".join(part for part in (name, mobile) if part)


def step(event: models.Event, case: models.Case) -> dict[str, Any]:
    """Return a line of the timeline: what was done, by whom, from where to where, and why."""
    flow = visible.flow_of(case)
    action = flow.actions.get(event.action)
    return {
        "event": event,
        "name": _step_name(event, action),
        "to": words(flow.states[event.to_state].name) if event.from_state != event.to_state else "",
        "who": event.person.name if event.person else "",
        "organisation": event.organisation.name,
        "why": why(event.data.get("why")) or understood(event.data.get("found")),
        "inputs": list(_inputs(event, action)),
    }


def _step_name(event: models.Event, action: Action | None) -> str:
    if action:
        return words(action.name)
    if event.action == "alert":
        levels = {"yellow": "黄灯", "red": "红灯", "overdue": "超时", "escalated": "升级"}
        level = event.data.get("level", "")
        return words(Text(zh=f"时限提醒：{levels.get(level, level)}", en=f"Deadline: {level}"))
    return words(Text(zh="登记", en="Filed"))


def why(reason: dict[str, Any] | None) -> str:
    """Return a routing reason as a clerk reads it."""
    if not reason:
        return ""
    the = worlds.current()
    if reason["rule"] == "desk":
        return words(
            Text(zh="权责清单未列明，由受理台处理", en="not on the responsibility list: to the desk")
        )
    place = places.names({reason["area"]}, get_language() or "zh").get(reason["area"], reason["area"])
    kind = category(the, reason["category"])
    return words(
        Text(
            zh=f"依据权责清单：{kind} × {place}（{reason['basis']}）",
            en=f"responsibility list: {kind} × {place}",
        )
    )


FOUND = {
    ("category", "keywords"): Text(zh="类别依据关键词：{words}", en="category by the words: {words}"),
    ("category", "fallback"): Text(zh="类别未能识别", en="category not recognised"),
    ("area", "position"): Text(zh="属地依据定位", en="area by the position"),
    ("area", "picked-and-position"): Text(
        zh="属地依据所选与定位", en="area as picked, narrowed by the position"
    ),
    ("area", "photo"): Text(zh="属地依据照片位置", en="area by the photo's position"),
    ("area", "fallback"): Text(zh="属地不明，按全市受理", en="area unknown: taken for the whole city"),
}


def understood(found: dict[str, Any] | None) -> str:
    """Return how a request's category and area were found, where a person did not choose them."""
    said = [
        words(FOUND[part, how["by"]]).format(words="、".join(how.get("words", ())))
        for part, how in (found or {}).items()
        if (part, how["by"]) in FOUND
    ]
    return words(Text(zh="；", en="; ")).join(said)


def _inputs(event: models.Event, action: Action | None) -> Iterable[tuple[str, str]]:
    for name, value in event.data.items():
        asked = action.asks.get(name) if action else None
        if asked:
            yield words(asked.name), shown_input(asked, value)


def shown_input(asked: Input, value: Any) -> str:
    """Return an input's value in words."""
    the = worlds.current()
    match asked.kind:
        case "organisation" | "organisations":
            codes = [value] if isinstance(value, str) else value
            return "、".join(words(the.organisations[one].name) for one in codes if one in the.organisations)
        case "category":
            return category(the, value)
        case "area":
            return places.names({value}, get_language() or "zh").get(value, value)
        case "files":
            return words(Text(zh=f"{len(value)} 个附件", en=f"{len(value)} files"))
        case "flag":
            return words(Text(zh="是", en="yes") if value else Text(zh="否", en="no"))
        case _:
            return str(value)
