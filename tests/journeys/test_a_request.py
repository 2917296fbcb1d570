"""A request from the citizen's phone to the mayor's wall, as the people do it; a race of two clerks; a post granted."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.cases import make as town
from tests.hotline import make
from tests.operations import make as operations
from yiwang.cases.models import Case, Event
from yiwang.kernel.ledger import queries as ledger
from yiwang.kernel.people import actions as people
from yiwang.kernel.people.models import Person, Post

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PASSWORD = "a-long-secret-9"
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
DESK = {"viewport": {"width": 1440, "height": 900}}
LAMP = "玉林东路8号门口的路灯不亮，已经三天了"
Open = Callable[..., Page]


@pytest.fixture(autouse=True)
def city(transactional_db, settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    make.published()
    yield
    assert ledger.verify().findings == []


@pytest.fixture
def sit(new_context, live_server) -> Open:
    """Return a function that opens a browser of one's own: a citizen's phone, or a desk signed in at."""

    def opened(username: str = "", **screen) -> Page:
        page = new_context(base_url=live_server.url, **(screen or DESK)).new_page()
        page.set_default_timeout(10_000)
        if username:
            page.goto("/sign-in")
            page.get_by_label("用户名").fill(username)
            page.get_by_label("密码").fill(PASSWORD)
            page.get_by_role("button", name="登录").click()
            page.wait_for_url(re.compile(r"/(desk|wall)/"))
        return page

    return opened


def clerk(username: str, role: str) -> Person:
    organisation, area = town.WHO[role]
    person = people.register(username, f"{username} of {organisation}", PASSWORD)
    people.grant(person, organisation, role, area, town.dt.date(2026, 1, 1))
    return person


def picture(name: str) -> dict:
    return {"name": name, "mimeType": "image/jpeg", "buffer": make.picture()}


def reported(phone: Page) -> str:
    """Report as a citizen does; return the tracking code."""
    phone.goto("/")
    phone.get_by_role("link", name="随手拍").first.click()
    phone.get_by_label("要反映什么事").fill(LAMP)
    phone.locator("yw-photos button input").nth(1).set_input_files(picture("路灯.jpg"))
    expect(phone.locator("yw-photos img")).to_have_count(1)
    phone.get_by_label("区（市）县").select_option("武侯区")
    phone.get_by_label("镇街").select_option("玉林街道")
    phone.get_by_label("手机号码").fill("13812342217")
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_role("heading", name="已收到您的诉求")).to_be_visible()
    return phone.locator(".tracking-code").inner_text()


def chosen(desk: Page) -> None:
    """Open the case in the list of what waits, beside the list."""
    desk.goto("/desk/cases/?tab=todo")
    desk.get_by_role("link", name=re.compile("路灯不亮")).click()
    expect(desk.locator("#detail").get_by_role("heading", name=re.compile("路灯不亮"))).to_be_visible()
    expect(desk.locator("#table")).to_be_visible()


def asked(desk: Page, action: str):
    """Press an action of the case that is open; return its dialog."""
    desk.locator("#detail footer").get_by_role("link", name=action, exact=True).click()
    return desk.get_by_role("dialog", name=action)


def acted(desk: Page, action: str, words: dict[str, str] | None = None, photo: str = "") -> None:
    dialog = asked(desk, action)
    for label, text in (words or {}).items():
        dialog.get_by_label(label).fill(text)
    if photo:
        dialog.locator("yw-photos button input").nth(1).set_input_files(picture(photo))
        expect(dialog.locator("yw-photos img")).to_have_count(1)
    dialog.get_by_role("button", name=action, exact=True).click()
    expect(dialog).to_be_hidden()


def followed(phone: Page, code: str, state: str) -> None:
    phone.goto("/track")
    phone.get_by_label("查询码").fill(code.lower())
    phone.get_by_role("button", name="查询", exact=True).click()
    expect(phone.locator("article header .tag")).to_have_text(state)


def test_a_request_from_the_first_word_to_the_wall(sit: Open):
    for username, role in (("handler", "handler"), ("verifier", "verifier"), ("mayor", "leader")):
        clerk(username, role)
    phone = sit(**PHONE)
    code = reported(phone)
    followed(phone, code, "已派遣")
    expect(phone.locator(".steps > li")).to_have_count(2)
    expect(phone.locator(".steps img")).to_have_count(1)

    handler = sit("handler")
    chosen(handler)
    acted(handler, "签收")
    expect(handler.locator("#detail .head .tag", has_text="处理中")).to_be_visible()
    acted(handler, "办结回复", {"答复内容": "已更换灯泡"}, photo="换好了.jpg")
    expect(handler.locator("#detail .photos img")).to_have_count(2)
    followed(phone, code, "已答复，核查中")
    expect(phone.get_by_text("已更换灯泡")).to_be_visible()

    verifier = sit("verifier")
    chosen(verifier)
    acted(verifier, "核查办结")
    followed(phone, code, "已办结，请您评价")
    phone.get_by_text("非常不满意").click()
    phone.get_by_label("意见").fill("还是不亮")
    phone.get_by_role("button", name="评价", exact=True).click()
    expect(phone.locator("article header .tag")).to_have_text("正在整改")

    chosen(handler)
    expect(handler.locator("#detail").get_by_text("还是不亮")).to_be_visible()
    acted(handler, "整改回复", {"整改情况": "线路已修，现场确认亮灯"})
    chosen(verifier)
    dialog = asked(verifier, "回访")
    dialog.get_by_role("checkbox").check()
    dialog.get_by_label("回访记录").fill("群众认可")
    dialog.get_by_role("button", name="回访", exact=True).click()
    expect(dialog).to_be_hidden()
    followed(phone, code, "已评价")
    expect(phone.get_by_text("群众认可", exact=True)).to_have_count(0)

    operations.drain()
    mayor = sit("mayor")
    mayor.goto("/wall/")
    expect(mayor.locator(".kpi").first).to_contain_text("今日受理1件")
    expect(mayor.locator("#wall-right").get_by_text("路灯不亮").first).to_be_visible()


def test_two_clerks_with_one_case_and_nothing_is_lost(sit: Open):
    clerk("first", "handler")
    clerk("second", "handler")
    reported(sit(**PHONE))
    first, second = sit("first"), sit("second")
    for desk in (first, second):
        chosen(desk)
    late = asked(second, "签收")
    acted(first, "签收")
    late.get_by_role("button", name="签收", exact=True).click()
    expect(late.get_by_role("alert")).to_contain_text("处理中")
    assert Event.objects.filter(action="sign_in").count() == 1

    chosen(second)
    late = asked(second, "办结回复")
    late.get_by_label("答复内容").fill("第二人的长答复")
    acted(first, "办结回复", {"答复内容": "已更换"})
    late.get_by_role("button", name="办结回复", exact=True).click()
    expect(late.get_by_role("alert")).to_contain_text("待核查")
    expect(late.get_by_label("答复内容")).to_have_value("第二人的长答复")
    assert Case.objects.get().state == "replied"
    assert Event.objects.filter(action="reply").count() == 1


def test_a_case_that_went_to_others_while_one_wrote(sit: Open):
    clerk("first", "handler")
    clerk("second", "handler")
    make.report(text=LAMP)
    first, second = sit("first"), sit("second")
    for desk in (first, second):
        chosen(desk)
    late = asked(second, "退回")
    late.get_by_label("退回理由").fill("属于电力公司，附情况说明")
    acted(first, "退回", {"退回理由": "不属本单位"})
    expect(first.get_by_text("此件已转出")).to_be_visible()
    late.get_by_role("button", name="退回", exact=True).click()
    expect(second.locator(".toast.error")).to_contain_text("已转给他人，本次操作没有生效")
    expect(late.get_by_label("退回理由")).to_have_value("属于电力公司，附情况说明")
    assert Event.objects.get(action="return").note == "不属本单位"


def test_an_administrator_grants_a_post(sit: Open):
    clerk("chief", "administrator")
    newcomer = people.register("newcomer", "王小明", PASSWORD)
    desk = sit("chief")
    desk.goto("/desk/people/?standing=without")
    desk.get_by_role("link", name="王小明").click()
    desk.get_by_role("link", name="授予岗位").click()
    dialog = desk.get_by_role("dialog", name="王小明")
    dialog.get_by_label("单位", exact=True).fill("武侯区城管局")
    dialog.get_by_role("radio", name="武侯区城管局").check()
    dialog.get_by_label("角色").select_option(value="handler")
    dialog.get_by_role("button", name="授予").click()
    expect(dialog).to_be_hidden()
    expect(desk.locator("#detail")).to_contain_text("武侯区城管局")
    assert Post.objects.get(person=newcomer).area == "510107"
    sit("newcomer").get_by_role("heading", name="诉求工单").wait_for()
