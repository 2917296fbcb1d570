"""What every page does: failures in words, the dialog, rows, switches, clocks, copying, forms sent once."""

import datetime as dt

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey


@pytest.mark.parametrize(
    ("status", "kind", "body", "words"),
    [
        (
            409,
            "application/problem+json",
            '{"title": "已被签收", "detail": "陈雪梅 10:32 签收"}',
            "已被签收 陈雪梅 10:32 签收",
        ),
        (403, "text/plain; charset=utf-8", "没有办理权限", "没有办理权限"),
        (409, "text/html", "<h1>no</h1>", "已有人先处理。"),
        (500, "text/html", "<h1>trace</h1>", "系统出错（500），请稍后再试。"),
        (418, "application/json", "{broken", "无法办理（418）。"),
        (404, "text/plain; charset=utf-8", "页面不存在", "内容已不存在或已转给他人，本次操作没有生效。"),
    ],
)
def test_a_failed_request_is_said(site, page, status, kind, body, words):
    site.answers["/act"] = (status, kind, body)
    page.goto(site.page('<button hx-post="/act">go</button>'))
    page.get_by_role("button", name="go").click()
    expect(page.get_by_role("alert").locator("span")).to_have_text(words)
    page.get_by_role("alert").get_by_role("button", name="关闭").click()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_lost_connection_is_said(site, page, context):
    page.goto(site.page('<button hx-get="/act">go</button>', "en"))
    context.set_offline(True)
    page.get_by_role("button", name="go").click()
    expect(page.get_by_role("alert")).to_contain_text("No connection. Nothing was sent")


def test_the_server_can_say_something(site, page):
    site.html("/act", "", **{"HX-Trigger": '{"toast": {"text": "Signed in", "level": "success"}}'})
    page.goto(site.page('<button hx-post="/act" hx-swap="none">go</button>'))
    page.get_by_role("button", name="go").click()
    expect(page.locator(".toast.success")).to_have_text("Signed in")


def test_the_dialog_opens_shows_errors_and_closes(site, page):
    form = '<h2>转派</h2><form hx-post="/act" hx-target="#dialog">{}<input name="note"><button>ok</button></form>'
    site.html("/form", form.format(""))
    site.html("/act", form.format("<p>请填写原因</p>"), status=422)
    page.goto(site.page('<button hx-get="/form" hx-target="#dialog">act</button>'))
    page.get_by_role("button", name="act").click()
    dialog = page.get_by_role("dialog", name="转派")
    dialog.get_by_role("button", name="ok").click()
    expect(dialog).to_contain_text("请填写原因")
    site.html("/act", "", status=204, **{"HX-Trigger": "close-dialog"})
    dialog.get_by_role("button", name="ok").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name="act")).to_be_focused()
    expect(page.locator("#dialog")).to_be_empty()


def test_a_click_beside_keeps_a_changed_form(site, page):
    site.html("/form", '<h2>办结</h2><input name="note"><a href="/elsewhere" data-close>取消</a>')
    page.goto(site.page('<button hx-get="/form" hx-target="#dialog">act</button>'))
    page.get_by_role("button", name="act").click()
    page.get_by_role("textbox").fill("已处置")
    page.mouse.click(2, 2)
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("link", name="取消").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert "/elsewhere" not in site.asked


def test_failures_show_above_an_open_dialog(site, page):
    site.html("/form", '<h2>办结</h2><button hx-post="/absent">ok</button>')
    page.goto(site.page('<button hx-get="/form" hx-target="#dialog">act</button>'))
    page.get_by_role("button", name="act").click()
    page.get_by_role("button", name="ok").click()
    page.get_by_role("dialog").get_by_role("alert").get_by_role("button", name="关闭").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.fixture
def table(site, page):
    for number in (1, 2):
        site.html(f"/cases/{number}", f"<h2>case {number}</h2>")
    rows = "".join(
        f'<tr><td><input type="checkbox" name="case"></td><td><a href="/cases/{n}" hx-get="/cases/{n}" '
        f'hx-target="#detail">first {n}</a></td><td>elsewhere {n}</td></tr>'
        for n in (1, 2)
    )
    page.goto(site.page(f'<table class="table"><tbody>{rows}</tbody></table><div id="detail"></div>'))
    return page


def test_a_row_opens_its_case_once(table, site):
    table.get_by_text("elsewhere 2").click()
    expect(table.locator("#detail h2")).to_have_text("case 2")
    assert site.asked.count("/cases/2") == 1
    expect(table.locator("tr[aria-selected=true]")).to_contain_text("first 2")
    table.get_by_role("checkbox").first.check()
    expect(table.locator("#detail h2")).to_have_text("case 2")


def test_j_and_k_go_through_the_rows(table):
    table.keyboard.press("j")
    expect(table.locator("#detail h2")).to_have_text("case 1")
    table.keyboard.press("j")
    expect(table.locator("#detail h2")).to_have_text("case 2")
    table.keyboard.press("k")
    expect(table.locator("#detail h2")).to_have_text("case 1")


def test_large_print_is_kept(site, page):
    url = site.page('<button data-switch="size" data-value="large">适老版</button>')
    page.goto(url)
    button = page.get_by_role("button", name="适老版")
    button.click()
    expect(page.locator("html")).to_have_attribute("data-size", "large")
    expect(button).to_have_attribute("aria-pressed", "true")
    assert {one["name"]: one["value"] for one in page.context.cookies()} == {"yiwang_size": "large"}
    button.click()
    expect(page.locator("html[data-size]")).to_have_count(0)
    assert page.context.cookies() == []


@pytest.mark.parametrize(
    ("minutes", "level", "words"),
    [(-30.5, "overdue", "超时 30 分钟"), (129, "red", "剩 2.1 小时"), (60 * 49, "green", "剩 2 天")],
)
def test_a_deadline_counts_down(site, page, minutes, level, words):
    now = dt.datetime.now(dt.UTC)
    due = now + dt.timedelta(minutes=minutes)
    red = due - dt.timedelta(hours=3)
    page.goto(site.page(f'<yw-clock due="{due.isoformat()}" red="{red.isoformat()}">soon</yw-clock>'))
    expect(page.locator("yw-clock")).to_have_text(words)
    expect(page.locator("yw-clock")).to_have_attribute("data-level", level)


def test_a_clock_runs(site, page):
    page.clock.install(time=dt.datetime(2026, 11, 21, 14, 53, 8, tzinfo=dt.UTC))
    page.goto(site.page('<yw-clock></yw-clock><yw-clock format="date"></yw-clock>'))
    expect(page.locator("yw-clock").last).to_have_text("2026年11月21日星期六")
    page.clock.pause_at(dt.datetime(2026, 11, 21, 15, 0, 0, tzinfo=dt.UTC))
    expect(page.locator("yw-clock").first).to_have_text("23:00:00")


@pytest.mark.parametrize("hours", [-12, 14])
def test_a_clock_shows_the_citys_day_not_the_readers(site, page, hours):
    there = dt.datetime.now(dt.timezone(dt.timedelta(hours=hours)))
    meta = f'<meta name="yw-now" content="{there.isoformat(timespec="seconds")}">'
    page.goto(site.page(f'{meta}<yw-clock format="date"></yw-clock>'))
    expect(page.locator("yw-clock")).to_contain_text(f"{there.month}月{there.day}日")


def test_text_is_copied(site, page, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(site.page('<b id="code">7K3M-9Q2X</b><yw-copy for="code"><button>copy</button></yw-copy>'))
    page.get_by_role("button", name="copy").click()
    expect(page.locator(".toast.success")).to_have_text("已复制")
    assert page.evaluate("navigator.clipboard.readText()") == "7K3M-9Q2X"


def test_a_form_is_sent_once(site, page):
    site.html("/send", "<h1>received</h1>")
    page.goto(
        site.page('<form method="post" action="/send"><input name="a" value="1"><button>go</button></form>')
    )
    sent = page.evaluate(
        """() => [1, 2, 3].map(() => document.querySelector("form")
        .dispatchEvent(new SubmitEvent("submit", {bubbles: true, cancelable: true})))"""
    )
    assert sent == [True, False, False]
    expect(page.locator("form")).to_have_attribute("aria-busy", "true")
