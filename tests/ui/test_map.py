"""<yw-map> in a real browser: outlines, clusters, drilling, links, fresh values, and failure in words."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey

SQUARE = {
    "武侯区": (104.0, 30.6, "510107"),
    "锦江区": (104.2, 30.6, "510104"),
    "新都区": (104.0, 30.8, "510114"),
}


def square(x: float, y: float, side: float = 0.18) -> list:
    return [[[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]]


@pytest.fixture
def city(site):
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": name},
            "geometry": {"type": "Polygon", "coordinates": square(x, y)},
        }
        for name, (x, y, code) in SQUARE.items()
    ]
    site.json("/areas", {"type": "FeatureCollection", "features": features})
    site.json("/values", {"510107": 12, "510104": 3})
    points = [(104.01 + n / 10000, 30.61, f"c{n}", "b") for n in range(120)] + [(104.35, 30.75, "alone", "a")]
    site.json(
        "/points",
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {"id": number, "title": f"<b>{number}</b>", "level": level},
                    "geometry": {"type": "Point", "coordinates": [x, y]},
                }
                for x, y, number, level in points
            ],
        },
    )
    return site


def show(site, page, attributes: str = "", language: str = "zh-hans"):
    body = (
        f"<yw-map areas=/areas values=/values points=/points label=地图 {attributes}></yw-map><p id=out></p>"
    )
    page.goto(site.page(f'<div id=box style="height:500px;width:700px">{body}</div>', language))
    found = page.locator("yw-map")
    expect(found).to_have_attribute("data-state", "ready")
    page.evaluate(
        """() => { window.heard = []; for (const kind of ["area", "point"])
        document.addEventListener("yw-map:" + kind, (event) => heard.push([kind, event.detail.code ?? event.detail.id])) }"""
    )
    return found


def place(page, lon: float, lat: float) -> dict:
    """Where a point of the map lies in its element, in pixels."""
    return page.evaluate(
        """([lon, lat]) => { const {x, y} = document.querySelector("yw-map").map.latLngToContainerPoint([lat, lon]); return {x, y} }""",
        [lon, lat],
    )


def test_districts_are_named_and_points_counted(city, page):
    found = show(city, page)
    assert sorted(found.locator(".area-name").all_inner_texts()) == sorted(SQUARE)
    expect(found.locator(".cluster")).to_have_text("120")
    expect(found.get_by_role("button", name="此处 120 件，点开查看")).to_be_visible()


def test_a_click_on_a_district_tells_which(city, page):
    found = show(city, page)
    found.click(position=place(page, 104.3, 30.66))
    assert page.evaluate("heard") == [["area", "510104"]]


def test_keyboard_reaches_a_district(city, page):
    found = show(city, page)
    found.get_by_role("button", name="武侯区").press("Enter")
    assert page.evaluate("heard") == [["area", "510107"]]


def test_drilling_goes_in_and_back(city, page):
    found = show(city, page, "drill")
    before = page.evaluate("document.querySelector('yw-map').map.getZoom()")
    found.click(position=place(page, 104.3, 30.66))
    page.wait_for_function("before => document.querySelector('yw-map').map.getZoom() > before", arg=before)
    found.get_by_role("button", name="返回全部").click()
    page.wait_for_function("before => document.querySelector('yw-map').map.getZoom() == before", arg=before)
    assert page.evaluate("heard") == [["area", "510104"], ["area", ""]]
    expect(found.get_by_role("button", name="返回全部")).to_have_count(0)


def test_a_point_above_a_district_gets_the_click(city, page):
    city.html("/cases/alone", "<h2>one case</h2>")
    found = show(city, page, 'point-href="/cases/{id}" target="#out"')
    found.click(position=place(page, 104.35, 30.75))
    expect(page.locator("#out h2")).to_have_text("one case")
    assert page.evaluate("heard") == [["point", "alone"]]


def test_titles_are_text_not_markup(city, page):
    found = show(city, page)
    found.hover(position=place(page, 104.35, 30.75))
    expect(page.locator(".leaflet-tooltip")).to_have_text("<b>alone</b>")


def test_a_cluster_opens(city, page):
    found = show(city, page)
    before = page.evaluate("document.querySelector('yw-map').map.getZoom()")
    found.locator(".cluster").click()
    page.wait_for_function(
        "before => document.querySelector('yw-map').map.getZoom() > before + 1", arg=before
    )


def test_values_are_fetched_again_on_an_event(city, page):
    show(city, page, 'on="live:case"')
    city.json("/points", {"type": "FeatureCollection", "features": []})
    page.evaluate("htmx.trigger(document.body, 'live:case')")
    expect(page.locator(".cluster")).to_have_count(0)


def test_a_district_leads_to_its_page(city, page):
    city.page("<h1>武侯</h1>", path="/wall")
    found = show(city, page, 'area-href="/wall?area={code}"')
    found.click(position=place(page, 104.09, 30.72))
    expect(page.locator("h1")).to_have_text("武侯")
    assert page.url.endswith("/wall?area=510107")


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "地图加载失败。"), ("en", "The map could not be loaded.")]
)
def test_a_failure_is_said(site, page, language, words):
    page.goto(site.page("<yw-map areas=/absent></yw-map>", language))
    expect(page.locator("yw-map")).to_have_attribute("data-state", "failed")
    expect(page.get_by_role("alert")).to_have_text(words)
