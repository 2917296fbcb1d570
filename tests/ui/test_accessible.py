"""The elements as they stand on a page, judged by axe in both shades."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.journey

SQUARE = [[[104, 30.5], [104.2, 30.5], [104.2, 30.7], [104, 30.7], [104, 30.5]]]
BODY = """<h1>元素</h1><div style="height:20rem"><yw-map areas=/areas points=/points drill label="各区工单"></yw-map></div>
<div style="height:15rem"><yw-chart src=/figures label="趋势"></yw-chart></div>
<form><yw-photos><label for=p>照片</label><input id=p type=file name=photos multiple></yw-photos>
<yw-locate areas=/areas></yw-locate></form><p><yw-clock></yw-clock></p>"""


@pytest.mark.parametrize("shade", ["", "dark"])
def test_elements_pass(site, page, shade):
    feature = {
        "type": "Feature",
        "properties": {"code": "510107", "name": "武侯区", "value": 3},
        "geometry": {"type": "Polygon", "coordinates": SQUARE},
    }
    dot = {
        "type": "Feature",
        "properties": {"id": "1"},
        "geometry": {"type": "Point", "coordinates": [104.15, 30.65]},
    }
    site.json("/areas", {"type": "FeatureCollection", "features": [feature]})
    site.json("/points", {"type": "FeatureCollection", "features": [dot] * 40})
    site.json(
        "/figures", {"kind": "line", "categories": ["8", "9"], "series": [{"name": "今日", "values": [1, 2]}]}
    )
    page.goto(site.page(BODY))
    page.evaluate("(shade) => document.body.classList.add(...shade.split(' ').filter(Boolean))", shade)
    for name in ("yw-map", "yw-chart"):
        expect(page.locator(name)).to_have_attribute("data-state", "ready")
    page.get_by_role("button", name="在地图上选点").click()
    expect(page.locator("yw-locate .area-name")).to_be_visible()
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()
