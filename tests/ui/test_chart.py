"""<yw-chart> in a real browser: each kind, the table beside it, fresh figures, none, failure."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey

FIGURES = {
    "categories": ["市容秩序", "噪声扰民", "供水"],
    "unit": "件",
    "series": [{"name": "今日", "values": [612, 371, 9]}],
}


def show(site, page, language: str = "zh-hans"):
    page.goto(
        site.page(
            '<div style="height:240px"><yw-chart src="/figures" on="live" label="热点类别"></yw-chart></div>',
            language,
        )
    )
    return page.locator("yw-chart")


@pytest.mark.parametrize("kind", ["line", "bar", "bars", "pie"])
def test_each_kind_is_drawn(site, page, kind):
    site.json("/figures", {"kind": kind, **FIGURES})
    found = show(site, page)
    expect(found).to_have_attribute("data-state", "ready")
    expect(found.locator(".chart svg path").first).to_be_attached()
    expect(
        found.get_by_role("table", name="热点类别").get_by_role("row", name="噪声扰民 371")
    ).to_be_attached()


def test_fresh_figures_replace_the_old(site, page):
    site.json("/figures", {"kind": "bars", **FIGURES})
    found = show(site, page)
    expect(found.locator("table tbody tr")).to_have_count(3)
    site.json("/figures", {"kind": "bars", "categories": ["水"], "series": [{"name": "今日", "values": [1]}]})
    page.evaluate("htmx.trigger(document.body, 'live')")
    expect(found.locator("table tbody tr")).to_have_count(1)


def test_no_figures_are_said(site, page):
    site.json("/figures", {"kind": "line", "categories": [], "series": [{"name": "", "values": []}]})
    found = show(site, page, "en")
    expect(found).to_have_attribute("data-state", "empty")
    expect(found).to_have_text("No data")


def test_a_failure_is_said(site, page):
    site.json("/figures", {"kind": "radar", **FIGURES})
    expect(show(site, page).get_by_role("alert")).to_have_text("图表加载失败。")
