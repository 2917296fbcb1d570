"""<yw-photos> in a real browser: one after the other, previews, limits, removal, and what the form sends."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

pytestmark = pytest.mark.journey


def photo(name: str = "井盖.jpg", size: tuple[int, int] = (64, 48)) -> dict:
    target = io.BytesIO()
    Image.new("RGB", size, "grey").save(target, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": target.getvalue()}


def show(site, page, attributes: str = "", language: str = "zh-hans") -> None:
    site.html("/send", "<h1>received</h1>")
    page.goto(
        site.page(
            f"""<form method="post" action="/send" enctype="multipart/form-data"><yw-photos {attributes}>
            <input type="file" name="photos" accept="image/*" multiple></yw-photos><button>go</button></form>""",
            language,
        )
    )


def choose(page, *files: dict) -> None:
    page.locator("yw-photos button input").nth(1).set_input_files(list(files))


def names(page) -> list[str]:
    return page.evaluate("[...document.querySelector('input[name=photos]').files].map((file) => file.name)")


def test_photos_add_up_and_are_sent(site, page):
    show(site, page)
    choose(page, photo("a.jpg"), photo("b.jpg"))
    page.locator("yw-photos button input").first.set_input_files(photo("camera.jpg"))
    expect(page.locator("yw-photos img")).to_have_count(3)
    page.wait_for_function("() => document.querySelector('yw-photos img').naturalWidth == 64")
    page.get_by_role("button", name="go").click()
    expect(page.locator("h1")).to_have_text("received")
    assert [name for name in ("a.jpg", "b.jpg", "camera.jpg") if f'filename="{name}"' in site.asked[-1]] == [
        "a.jpg",
        "b.jpg",
        "camera.jpg",
    ]


def test_photos_chosen_through_the_label_count_too(site, page):
    show(site, page)
    choose(page, photo("a.jpg"))
    page.locator("input[name=photos]").set_input_files(photo("b.jpg"))
    expect(page.locator("yw-photos img")).to_have_count(2)
    assert names(page) == ["a.jpg", "b.jpg"]


def test_a_photo_can_be_removed(site, page):
    show(site, page)
    choose(page, photo("a.jpg"), photo("b.jpg"))
    page.get_by_role("button", name="删除第 1 张照片").click()
    assert names(page) == ["b.jpg"]
    expect(page.get_by_role("button", name="删除第 1 张照片")).to_be_focused()


def test_what_cannot_be_sent_is_named(site, page):
    show(site, page, 'max="2" max-bytes="2000"')
    text = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"words"}
    choose(page, text, photo("big.jpg", (900, 900)), photo("a.jpg"), photo("b.jpg"), photo("c.jpg"))
    status = page.locator("yw-photos [role=status]")
    expect(status).to_contain_text("“notes.txt”不是照片。")
    expect(status).to_contain_text("“big.jpg”为")
    expect(status).to_contain_text("最多 2 张照片。")
    assert names(page) == ["a.jpg", "b.jpg"]


def test_bytes_stay_untouched_unless_asked(site, page):
    show(site, page)
    one = photo("a.jpg", (600, 300))
    choose(page, one)
    expect(page.locator("yw-photos img")).to_have_count(1)
    assert page.evaluate("document.querySelector('input[name=photos]').files[0].size") == len(one["buffer"])


def test_downscaling_on_request(site, page):
    show(site, page, 'downscale="100"')
    choose(page, photo("a.png", (600, 300)))
    page.wait_for_function("() => document.querySelector('yw-photos img')?.naturalWidth == 100")
    assert names(page) == ["a.jpg"]
