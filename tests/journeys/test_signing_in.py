"""A clerk signs in and out in a real browser, and the page stays on this machine."""

import pytest
from playwright.sync_api import Page, expect

from yiwang.kernel.people import actions as people

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_clerk_signs_in(page: Page, live_server):
    people.register("clerk", "李四", "a-long-secret-9")
    page.goto(f"{live_server.url}/sign-in")
    page.get_by_label("用户名").fill("clerk")
    page.get_by_label("密码").fill("wrong")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_have_text("用户名或密码错误。")
    page.get_by_label("密码").fill("a-long-secret-9")
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"{live_server.url}/")
    assert any(cookie["name"] == "yiwang_session" for cookie in page.context.cookies())
