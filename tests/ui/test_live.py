"""<yw-live> in a real browser: streams, falls back to polling, comes back, disturbs nothing unchanged."""

import itertools

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey


@pytest.fixture
def numbers(site):
    count = itertools.count(1)
    site.answers["/newest"] = lambda _: (200, "text/html", f"<b>{next(count)}</b>")
    return site


def show(site, page, attributes: str) -> None:
    page.goto(site.page(f'<yw-live href="/newest" {attributes}><b>0</b></yw-live>'))


def test_an_event_of_the_stream_refreshes(numbers, page):
    show(numbers, page, 'src="/stream" events="case,alarm" every="0"')
    expect(page.locator("yw-live")).to_have_attribute("data-state", "open")
    expect(page.locator("b")).to_have_text("0")
    numbers.say("other")
    numbers.say("alarm")
    expect(page.locator("b")).to_have_text("1")


def test_a_burst_is_one_refresh(numbers, page):
    show(numbers, page, 'src="/stream" events="case" every="0"')
    expect(page.locator("yw-live")).to_have_attribute("data-state", "open")
    for _ in range(20):
        numbers.say("case")
    expect(page.locator("b")).to_have_text("1")
    assert sum(path == "/newest" for path in numbers.asked) <= 2


def test_without_a_stream_it_polls(numbers, page):
    show(numbers, page, 'every="0.2"')
    expect(page.locator("yw-live")).to_have_attribute("data-state", "polling")
    page.wait_for_function("() => Number(document.querySelector('yw-live b').textContent) >= 2")


def test_a_refused_stream_is_polled(numbers, page):
    show(numbers, page, 'src="/absent" every="0.2"')
    page.wait_for_function("() => Number(document.querySelector('yw-live b').textContent) >= 1")
    expect(page.locator("yw-live")).to_have_attribute("data-state", "polling")


def test_a_lost_stream_is_taken_up_again(numbers, page):
    show(numbers, page, 'src="/stream" events="case" every="0"')
    expect(page.locator("yw-live")).to_have_attribute("data-state", "open")
    numbers.hang_up()
    expect(page.locator("yw-live")).to_have_attribute("data-state", "polling")
    expect(page.locator("yw-live")).to_have_attribute("data-state", "open")
    expect(page.locator("b")).to_have_text("1")  # what was missed meanwhile


def test_other_elements_hear_of_it(numbers, page):
    numbers.html("/count", "<i>7</i>")
    page.goto(
        numbers.page(
            """<yw-live src="/stream" events="case" every="0"></yw-live>
            <p hx-get="/count" hx-trigger="live:case from:body"><i>0</i></p>"""
        )
    )
    expect(page.locator("yw-live")).to_have_attribute("data-state", "open")
    numbers.say("case", "CD20261121-00318")
    expect(page.locator("i")).to_have_text("7")


def test_unchanged_parts_are_left_alone(site, page):
    site.html("/same", "<input value=1>")
    page.goto(site.page('<yw-live href="/same" every="0.1"></yw-live>'))
    page.locator("input").fill("typing")
    asked = len(site.asked)
    page.wait_for_function("() => performance.getEntriesByName(location.origin + '/same').length > 4")
    assert len(site.asked) > asked
    expect(page.locator("input")).to_have_value("typing")
    expect(page.locator("input")).to_be_focused()
