"""A city's past, quickly: many cases with history, clocks, ledger and search keys, as the real actions leave them.

A few thousand lives are decided by the engine's own logic; each is then lived again with other people's words at
another time, hashed for the ledger and copied into the tables by two processes. Nothing of it is timed.
"""

import dataclasses
import datetime as dt
import itertools
import json
import random
import subprocess
import sys
import uuid
from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction

from benchmarks import home, stage
from yiwang.cases.definitions.facts import Opening
from yiwang.cases.logic import deciding, effects, grams, history
from yiwang.cases.queries import worlds
from yiwang.kernel.access import logic as access
from yiwang.kernel.ledger import logic as ledger

LIVES, YEARS, OPEN_SHARE = 3_000, 2, 0.05
TABLES = {
    "cases_case": "id number tracking release_id flow state seq head organisation_id area category channel urgency "
    "title text address lon lat reporter_name reporter_mobile opened_by_id source facts light due_at rating lead_id "
    "merged_into_id opened_at ended_at",
    "cases_event": "case_id seq action actor_kind person_id post_id organisation_id at from_state to_state note data "
    "public key",
    "ledger_entry": "kind subject seq at prev hash",
    "cases_clock": "case_id code started_at due_at alerts_fired next_at paused_at remaining stopped_at",
    "cases_searchable": "case_id body grams",
}
RARE_PHRASE = "道路灯光"  # each of its pairs is in many texts, the whole in few
SAYINGS = (
    "道路破损，路面坑洼，行人容易摔倒，请尽快修补", "路灯不亮已有一周，夜间出行不便，请检修灯光",
    "广告灯光太亮，夜间扰民，影响休息", "垃圾清运不及时，气味很大，蚊虫很多",
    "夜市占道经营，油烟扰民，行人只能走机动车道", "工地夜间施工，噪音扰民，老人小孩无法入睡",
    "下雨后路面积水严重，排水井堵塞，车辆无法通行", "小区物业不作为，电梯经常停运，多次反映无果",
    "共享单车乱停乱放，占用盲道，请清理", "井盖松动，车辆经过声音很响，存在安全隐患",
    "餐饮店油烟直排，异味严重，请环保部门处理", "公交站牌损坏，候车亭漏雨，请维修",
    "有人在绿化带种菜浇粪，臭味难闻", "自来水水压太低，高层住户用水困难", "红绿灯时间太短，老人来不及过马路",
)  # fmt: skip
SHOPS = ("火锅店", "茶楼", "便利店", "烧烤店", "棋牌室", "修理铺", "水果店", "理发店")
GLYPHS = "安白柏宝碧彩昌晨成春翠达德鼎东方芳丰凤福富冈高光广贵国海涵翰豪和恒红宏鸿华辉惠吉佳嘉建江金锦景静巨骏凯康乐丽利良林龙隆茂美明宁鹏平齐千庆秋泉荣瑞润森山上胜盛诗书顺思松泰天通同万旺威文祥新馨星秀旭雅阳怡益逸银盈永友宇玉元远悦云泽展长正志中竹紫"


@dataclasses.dataclass(frozen=True)
class Life:
    """One life as the engine decided it: the opening, every step, and the case at the end."""

    at: dt.datetime
    steps: tuple[Any, ...]
    after: Any


def load(total: int) -> None:
    """Fill the database in play up to `total` cases, then build its indexes and statistics."""
    have = stage.run("SELECT count(*) FROM cases_case")[0][0]
    if have >= total:
        return
    print(f"loading {total - have:,} cases (kept for the next run) ...", flush=True)
    indexes = stage.run(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ('cases_case', 'cases_searchable') "
        "AND indexname NOT IN (SELECT conname FROM pg_constraint)"
    )
    for name, _ in indexes:
        stage.run(f'DROP INDEX "{name}"')
    share = (total - have) // 2
    parts = [(have, have + share), (have + share, total)]
    workers = [
        subprocess.Popen(
            [sys.executable, "-m", "benchmarks", "load", *map(str, part), str(total)], cwd=home.ROOT
        )
        for part in parts
    ]
    codes = [one.wait() for one in workers]
    if any(codes):
        raise SystemExit("loading failed")
    for _, definition in indexes:
        stage.run(definition)
    stage.run("SELECT setval('cases_case_number', %s)", [min(total, 9_999_999)])
    stage.settle()


def work(first: int, last: int, total: int) -> None:
    """Load the cases numbered from first to last of so many in all: one process's share."""
    stage.use(stage.MILLION)
    lives = list(_lives(random.Random(7)))
    ended = [one for one in lives if one.after.ended_at]
    running = [one for one in lives if not one.after.ended_at]
    luck, now = random.Random(first), dt.datetime.now(dt.UTC)
    for start in range(first, last, 5_000):
        rows: dict[str, list[str]] = {table: [] for table in TABLES}
        for number in range(start, min(start + 5_000, last)):
            opened = now - dt.timedelta(days=365 * YEARS) * (1 - number / total)
            recent = number > total * (1 - 2 * OPEN_SHARE)
            life = luck.choice(running if recent and luck.random() < 0.5 else ended)
            _live_again(life, opened, number, luck, rows)
        _copy(rows)


def _lives(luck: random.Random) -> Iterator[Life]:
    """Yield lives of all kinds of requests from all over the city."""
    world = worlds.current()
    parents = {one.parent for one in world.categories.values()}
    leaves = [code for code in world.categories if code not in parents]
    streets = [code for code in world.areas if len(code) == 9]
    for _ in range(LIVES):
        yield _life(world, luck.choice(leaves), luck.choice(streets), luck.randrange(6), luck)


def _life(world: Any, category: str, area: str, length: int, luck: random.Random) -> Life:
    at = dt.datetime(2026, 11, 18, luck.randrange(1, 9), luck.randrange(60), tzinfo=dt.UTC)
    channel = luck.choice(("hotline", "snap", "web", "import"))
    asked = Opening("k", "request", "t", "x", category, area, channel, access.NOBODY, at)
    decision = deciding.open_case(world, asked, uuid.UUID(int=0), "tracking")
    steps, case = list(decision.steps), decision.after
    moves = (
        ("sign_in", {}),
        ("reply", {"reply": "已到现场处理，情况属实，现已整改到位"}),
        ("close", {}),
        ("rate", {"grade": luck.randint(3, 5)}),
    )
    for action, given in itertools.islice(moves, min(length, 4) if case.state == "dispatched" else 0):
        at += dt.timedelta(minutes=luck.randint(5, 90))
        role = "verifier" if action == "close" else "handler"
        post = access.Post(None, role, case.organisation, case.area)
        actor = access.citizen("tracking") if action == "rate" else access.Actor("person", posts=(post,))
        moved = deciding.decide(
            world, dataclasses.replace(case, tracking="tracking"), action, actor, given, "k", at
        )
        steps, case = [*steps, *moved.steps], moved.after
    return Life(asked.at, tuple(steps), case)


def _live_again(
    life: Life, opened: dt.datetime, number: int, luck: random.Random, rows: dict[str, list[str]]
) -> None:
    """Add the rows of one more case that lives this life from `opened` on."""
    case, shift = _identity(opened, luck), opened - life.at
    after, (title, text, address) = life.after, words(luck)
    code, head = f"CD{opened:%Y%m%d}-{number:07d}", ledger.GENESIS
    for seq, step in enumerate(life.steps, 1):
        data = step.data | ({"text": effects.digest(title, text)} if seq == 1 else {})
        moved = dataclasses.replace(step, data=data)
        at, content = step.at + shift, history.content_of(moved)
        prev, head = head, ledger.entry_hash(head, history.KIND, case, seq, at, content)
        rows["ledger_entry"].append(_line(history.KIND, case, seq, at, prev, head))
        rows["cases_event"].append(_line(
            case, seq, step.action, step.actor.kind, None, None, step.organisation, at, step.from_state, step.to_state,
            step.note, data, step.public, f"load-{number}-{seq}",
        ))  # fmt: skip
    light, due = after.light, after.due_at and after.due_at + shift
    if light and due and due < dt.datetime.now(dt.UTC):
        light = "overdue"
    for clock in after.clocks:
        waits = clock.next_at and light != "overdue"
        rows["cases_clock"].append(_line(
            case, clock.code, clock.started_at + shift, clock.due_at + shift, clock.alerts_fired,
            clock.next_at + shift if waits else None, None, None, clock.stopped_at and clock.stopped_at + shift,
        ))  # fmt: skip
    rows["cases_case"].append(_line(
        case, code, f"T{number:011d}", after.release, after.flow, after.state, after.seq, head, after.organisation,
        after.area, after.category, after.channel, 1, title, text, address, 104.06, 30.65, "",
        f"13{luck.randrange(10**9):09d}", None, "", after.facts, light, due, after.rating, None, None, opened,
        after.ended_at and after.ended_at + shift,
    ))  # fmt: skip
    body = grams.normal(f"{code}\n{title}\n{text}\n{address}")
    rows["cases_searchable"].append(_line(case, body, "{" + ",".join(map(str, grams.grams(body))) + "}"))


def _identity(at: dt.datetime, luck: random.Random) -> uuid.UUID:
    """Return a UUIDv7 of a moment."""
    bits = (
        int(at.timestamp() * 1000) << 80
        | 7 << 76
        | luck.getrandbits(12) << 64
        | 2 << 62
        | luck.getrandbits(62)
    )
    return uuid.UUID(int=bits)


def words(luck: random.Random) -> tuple[str, str, str]:
    """Return title, text and address as citizens write them: common sayings, rare names."""
    saying, other = luck.choice(SAYINGS), luck.choice(SAYINGS)
    shop = luck.choice(GLYPHS) + luck.choice(GLYPHS) + luck.choice(GLYPHS[:40]) + luck.choice(SHOPS)
    road = luck.choice(GLYPHS) + luck.choice(GLYPHS[:60]) + luck.choice(("路", "街", "巷", "大道"))
    rare = f"，{RARE_PHRASE}昏暗" if luck.random() < 0.0002 else ""
    return (
        saying.partition("，")[0],
        f"{road}{shop}旁，{saying}{rare}。另外{other}。",
        f"{road}{luck.randint(1, 400)}号",
    )


def _line(*values: Any) -> str:
    return "\t".join(map(_field, values))


def _field(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bytes):
        return f"\\\\x{value.hex()}"
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False).replace("\\", "\\\\")
    return str(value)


def _copy(rows: dict[str, list[str]]) -> None:
    """Copy rows in; constraints hold by construction, so their triggers are spared."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, columns in TABLES.items():
            with cursor.copy(f"COPY {table} ({', '.join(columns.split())}) FROM STDIN") as copy:
                copy.write("\n".join(rows[table]) + "\n")
