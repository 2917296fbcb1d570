"""The shells in a real browser, on a desk and on a phone: nothing overflows, and axe finds nothing to mend."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SIZES = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("address", ["components", "samples/portal", "samples/desk", "samples/wall"])
def test_a_shell_is_sound(page: Page, live_server, address: str, size: str):
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_viewport_size(SIZES[size])
    page.goto(f"{live_server.url}/ui/{address}")
    for element in page.locator("yw-map, yw-chart").all():
        expect(element).to_have_attribute("data-state", "ready")
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not said


def test_large_print_is_one_press_and_stays(page: Page, live_server):
    page.set_viewport_size(SIZES["phone"])
    page.goto(f"{live_server.url}/ui/samples/portal")
    page.get_by_role("button", name="适老版").click()
    expect(page.locator("html")).to_have_attribute("data-size", "large")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-size", "large")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []


def test_the_menu_of_a_phone_opens_and_closes(page: Page, live_server):
    page.set_viewport_size(SIZES["phone"])
    page.goto(f"{live_server.url}/ui/samples/desk")
    menu = page.get_by_role("navigation", name="工作台")
    expect(menu).to_be_hidden()
    page.get_by_role("link", name="菜单").click()
    expect(menu).to_be_visible()
    menu.get_by_role("link", name="收起菜单").click()
    expect(menu).to_be_hidden()
