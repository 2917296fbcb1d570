"""Made-up content for the pages that show the components; no page of the product reads it."""

import datetime as dt
from typing import Any

from django.utils import timezone

SHELLS = ("portal", "desk", "wall")

CASES = """
玉林东路12号院门口井盖破损|设施损坏|武侯区·玉林街道|随手拍|超时 0.5h|red|处理中|blue
科华北路夜间施工噪声扰民|噪声扰民|武侯区·望江路街道|12345|剩 2.1h|amber|待签收|amber
红星路三段占道经营影响通行|市容秩序|锦江区·春熙路街道|网格巡查|剩 3.4h|amber|处理中|
二环路高架下桥口路面坑洼|道路交通|成华区·猛追湾街道|随手拍|剩 7.0h||处理中|
小区二次供水水压不足|供水供气|青羊区·草市街街道|12345|剩 1天||待派单|blue
共享单车堆积堵塞消防通道|市容秩序|锦江区·东大街街道|网格巡查|剩 2天||待核查|green
"""
COLUMNS = ("title", "category", "area", "channel", "clock", "clock_tone", "state", "tone")
TABS = (("all", "全部", 24), ("sign", "待签收", 5), ("work", "处理中", 14), ("verify", "待核查", 3))
STEPS = (
    ("网格员 李建国 到场处置", "已放置警示锥桶，联系权属单位更换井盖。", "now"),
    ("武侯区城管局 签收", "经办人：陈雪梅", ""),
    ("派单 → 武侯区城管局", "依据：部件类型“雨水井盖”、属地玉林街道", ""),
    ("市民上报（随手拍）", "照片 2 张", ""),
)
STAGES = (("登记", "done"), ("派遣", "done"), ("处置", "now"), ("核查", ""), ("评价", ""))
SERVICES = (
    ("shield-check", "社会保障", "参保、待遇、社保卡", ""),
    ("id", "户籍身份", "落户、身份证、居住证", "c-green"),
    ("building-bank", "住房公积金", "提取、贷款、查询", "c-amber"),
    ("school", "教育入学", "小学、初中报名", "c-teal"),
    ("home", "不动产登记", "过户、抵押、查档", "c-violet"),
    ("heart", "医疗健康", "医保报销、预约挂号", "c-red"),
    ("car", "交通出行", "驾驶证、违法处理", "c-green"),
    ("building", "企业开办", "一日办结、零成本", ""),
)
HOURS = [f"{hour}:00" for hour in range(24)]
TODAY = [12, 8, 6, 5, 7, 22, 88, 160, 190, 176, 158, 122, 126, 150, 171]
CHARTS = {
    "line": {
        "kind": "line",
        "categories": HOURS,
        "series": [{"name": "今日", "values": TODAY, "style": "area"}],
    },
    "bars": {
        "kind": "bars",
        "categories": ["市容秩序", "设施损坏", "噪声扰民", "环境卫生"],
        "series": [{"name": "件", "values": [612, 488, 371, 329]}],
    },
    "pie": {
        "kind": "pie",
        "categories": ["12345 热线", "随手拍", "网格巡查"],
        "series": [{"name": "来源", "values": [41, 24, 16]}],
    },
}


def context() -> dict[str, Any]:
    """Return what the sample pages show."""
    now = timezone.localtime()
    return {
        "cases": [dict(zip(COLUMNS, one.split("|"), strict=True)) for one in CASES.strip().splitlines()],
        "tabs": [{"code": code, "name": name, "count": count, "address": "?"} for code, name, count in TABS],
        "steps": [{"title": a, "text": b, "class": c, "at": now} for a, b, c in STEPS],
        "stages": [{"title": title, "class": state} for title, state in STAGES],
        "facts": [("诉求人", "张** · 138****2217"), ("地址", "武侯区玉林街道玉林东社区 玉林东路12号院")],
        "services": SERVICES,
        "tones": ["", "blue", "green", "amber", "red", "violet"],
        "charts": CHARTS,
        "areas": areas(),
        "points": points(),
        "moments": {
            name: now + dt.timedelta(hours=h) for name, h in (("later", 7), ("soon", 1), ("past", -2))
        },
    }


def areas() -> dict[str, Any]:
    """Return two made-up areas as GeoJSON, WGS-84."""
    return {
        "type": "FeatureCollection",
        "features": [_area("01", "东区", 104.06, 40), _area("02", "西区", 103.98, 9)],
    }


def points() -> dict[str, Any]:
    """Return made-up points inside those areas as GeoJSON."""
    spots = [(104.0 + 0.004 * i, 30.62 + 0.003 * (i % 7), "abc"[i % 3]) for i in range(24)]
    return {"type": "FeatureCollection", "features": [_point(i, *spot) for i, spot in enumerate(spots)]}


def _area(code: str, name: str, west: float, value: int) -> dict[str, Any]:
    east, south, north = west + 0.08, 30.6, 30.7
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "properties": {"code": code, "name": name, "value": value},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def _point(number: int, lon: float, lat: float, level: str) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"id": str(number), "title": f"第 {number} 件", "level": level},
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
    }
