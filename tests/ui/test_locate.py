"""<yw-locate> in a real browser: measured, tapped, refused, said back, cleared."""

import json
import urllib.parse

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey

HERE = {"longitude": 104.065731, "latitude": 30.659462, "accuracy": 18}
USE, MAP, CLEAR = "使用当前位置", "在地图上选点", "清除位置"


def show(site, page, inside: str = "", attributes: str = "", language: str = "zh-hans") -> None:
    body = f'<form><yw-locate place="/place" {attributes}>{inside}</yw-locate></form>'
    page.goto(site.page(body, language))


def values(page) -> dict[str, str]:
    return page.evaluate("Object.fromEntries(new FormData(document.querySelector('form')))")


@pytest.fixture
def named(site):
    def place(request):
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(request.path).query))
        assert query["datum"] == "WGS-84"
        return 200, "application/json", json.dumps({"name": "青羊区草市街街道"})

    site.answers["/place"] = place
    return site


def test_the_device_gives_the_position(named, page, context):
    context.grant_permissions(["geolocation"])
    context.set_geolocation(HERE)
    show(named, page)
    page.get_by_role("button", name=USE).click()
    expect(page.get_by_role("status").first).to_have_text("已标记位置：青羊区草市街街道 （误差约 18 米）")
    expected = {"lon": "104.065731", "lat": "30.659462", "datum": "WGS-84", "accuracy": "18"}
    assert values(page) == expected


def test_refusal_opens_the_map_and_a_tap_chooses(named, page, context):
    context.clear_permissions()
    square = [[[104, 30.5], [104.2, 30.5], [104.2, 30.7], [104, 30.7], [104, 30.5]]]
    shape = {"type": "Feature", "properties": {"code": "510107", "name": "武侯区"}}
    shape["geometry"] = {"type": "Polygon", "coordinates": square}
    named.json("/areas", {"type": "FeatureCollection", "features": [shape]})
    show(named, page, attributes='areas="/areas"')
    page.get_by_role("button", name=USE).click()
    expect(page.get_by_role("status").first).to_contain_text("未允许本页面定位")
    page.locator(".map").click()
    expect(page.get_by_role("status").first).to_have_text("已标记位置：青羊区草市街街道")
    chosen = values(page)
    assert (float(chosen["lon"]), float(chosen["lat"])) == pytest.approx((104.1, 30.6), abs=0.002)
    assert chosen["datum"] == "WGS-84"
    assert chosen["accuracy"] == ""
    expect(page.locator(".pin")).to_be_visible()


def test_a_choice_can_be_taken_back(named, page):
    show(named, page)
    page.get_by_role("button", name=MAP).click()
    page.locator(".map").click(position={"x": 120, "y": 90})
    page.get_by_role("button", name=CLEAR).click()
    assert set(values(page).values()) == {""}
    expect(page.locator(".pin")).to_have_count(0)
    expect(page.get_by_role("button", name=CLEAR)).to_be_hidden()


def test_fields_given_by_the_server_keep_their_values(named, page):
    inside = "".join(
        f'<input type="hidden" name="{name}" value="{value}">'
        for name, value in {"lon": "104.1", "lat": "30.6", "datum": "GCJ-02"}.items()
    )
    show(named, page, inside)
    expect(page.get_by_role("status").first).to_contain_text("已标记位置")
    assert {name: values(page)[name] for name in ("lon", "lat", "datum")} == {
        "lon": "104.1",
        "lat": "30.6",
        "datum": "GCJ-02",
    }


def test_without_a_name_the_figures_are_said(site, page, context):
    context.grant_permissions(["geolocation"])
    context.set_geolocation(HERE)
    show(site, page, language="en", attributes="asks")
    expected = "Position marked: 104.06573, 30.65946 (about 18 m)"
    expect(page.get_by_role("status").first).to_have_text(expected)
