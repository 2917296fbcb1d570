"""The citizens' pages: they work without scripts, keep what was typed, and show no more than the code allows."""

import io
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.cases import make as town
from tests.hotline import make
from yiwang.cases import models
from yiwang.hotline.queries import forms, tracking

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def desk(db, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    make.published()


def upload(name: str = "a.jpg", **picture) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, make.picture(**picture), "image/jpeg")


def post(client, **typed):
    return client.post(reverse("report"), {"key": make.key(), "text": make.WORDS} | typed)


def page(answer) -> str:
    return answer.content.decode()


def test_the_form_offers_districts_categories_and_a_key_of_its_own(client):
    first, second = (page(client.get(reverse("report"))) for _ in range(2))
    assert "武侯区" in first
    assert '<optgroup label="市政设施">' in first
    keys = {re.search(r'name="key" value="([0-9a-f-]{36})"', one)[1] for one in (first, second)}
    assert len(keys) == 2


def test_a_report_is_sent_with_photos_and_answered_with_its_code(client):
    answer = post(client, district="510107", street="510107007", photos=[upload()], mobile="13800138000")
    assert answer.status_code == 302
    shown = page(client.get(answer["Location"]))
    case = models.Case.objects.get()
    assert case.tracking in shown
    assert case.number in shown
    assert (case.area, case.channel) == ("510107007", "snap")


def test_sending_the_same_form_twice_gives_one_case(client):
    typed = {"key": make.key(), "text": make.WORDS}
    places = {client.post(reverse("report"), typed)["Location"] for _ in range(2)}
    assert len(places) == 1
    assert models.Case.objects.count() == 1


def test_a_refused_form_keeps_the_words_and_the_good_photos(client):
    bad = SimpleUploadedFile("x.jpg", b"garbage", "image/jpeg")
    answer = post(client, mobile="123", address="12号院", district="510107", photos=[upload(), bad])
    shown = page(answer)
    assert answer.status_code == 422
    assert make.WORDS in shown
    assert 'value="12号院"' in shown
    assert "手机号码不正确" in shown
    assert "x.jpg" in shown
    assert '<option value="510107" selected>' in shown
    assert "玉林街道" in shown
    assert not models.Case.objects.exists()
    kept = re.search(r'name="kept" value="([^"]+)"', shown)[1]
    post(client, kept=kept)
    assert models.Case.objects.get().files.count() == 1


def test_a_forged_list_of_kept_photos_is_ignored(client):
    post(client, kept=forms.seal(["0" * 64])[:-2] + "xx")
    assert models.Case.objects.get().files.count() == 0


def test_faults_are_told_in_english_too(client):
    answer = client.post(reverse("report"), {"text": ""}, headers={"Accept-Language": "en"})
    assert "please say what it is about" in page(answer)


def test_markup_in_words_stays_text(client):
    answer = post(client, text="<script>alert(1)</script> 井盖", address='"><img src=x>')
    shown = page(client.get(reverse("tracked", args=[models.Case.objects.get().tracking])))
    assert answer.status_code == 302
    assert "<script>alert" not in shown
    assert "<img src=x>" not in shown


def test_streets_of_a_district_and_the_area_around_a_position(client):
    assert "玉林街道" in page(client.get(reverse("report-streets"), {"district": "510107"}))
    assert "玉林街道" not in page(client.get(reverse("report-streets"), {"district": "51"}))
    inside = client.get(reverse("report-place"), {"lon": "104.05", "lat": "30.65", "datum": "WGS-84"}).json()
    assert inside == {"code": "510107", "name": "武侯区"}
    for wrong in (
        {},
        {"lon": "x"},
        {"lon": "1", "lat": "1", "datum": "?"},
        {"lon": "1e999", "lat": "0", "datum": "WGS-84"},
    ):
        assert client.get(reverse("report-place"), wrong).json() == {}
    districts = client.get(reverse("report-districts")).json()
    assert {one["properties"]["code"] for one in districts["features"]} == {"510107", "510104"}


def test_a_code_leads_to_its_case_and_a_wrong_one_is_told(client):
    reported = make.report()
    assert client.get(reverse("track"), {"code": reported.case.tracking.lower()})["Location"].endswith(
        reported.case.tracking
    )
    assert "查询码" in page(client.get(reverse("track"), {"code": "12"}))
    assert client.get(reverse("tracked", args=["2" * 12])).status_code == 404
    assert client.get(reverse("report-done", args=["2" * 12])).status_code == 404
    assert client.get(reverse("tracked-proof", args=["2" * 12])).status_code == 404


def test_the_page_of_a_case_masks_the_person(client):
    reported = make.report(name="张三丰", mobile="13812342217")
    answer = client.get(reverse("tracked", args=[reported.case.tracking]))
    assert "13812342217" not in page(answer)
    assert "张三丰" not in page(answer)
    assert "138****2217" in page(answer)
    assert "no-store" in answer["Cache-Control"]


def test_rating_through_the_page(client):
    reported = make.report(category="lamp")
    town.handled(reported.case, town.person("handler"), town.person("verifier"))
    code = reported.case.tracking
    assert page(client.get(reverse("tracked", args=[code]))).count('name="grade"') == 5
    refused = client.post(reverse("tracked-act", args=[code, "rate"]), {"grade": "9", "reply": "真好"})
    assert refused.status_code == 409
    assert "真好" in page(refused)
    done = client.post(reverse("tracked-act", args=[code, "rate"]), {"grade": "2", "reply": "没修好"})
    assert done.status_code == 302
    assert models.Case.objects.get().state == "follow_up"


@pytest.mark.parametrize("action", ["close", "nonsense", "sign_in"])
def test_a_citizen_cannot_take_the_actions_of_staff(client, action: str):
    reported = make.report()
    answer = client.post(reverse("tracked-act", args=[reported.case.tracking, action]), {"note": "x"})
    assert answer.status_code == 409
    assert models.Case.objects.get().state == "dispatched"


def test_photos_are_served_to_the_code_alone(client):
    post(client, photos=[upload(where=(104.05, 30.65))])
    case = models.Case.objects.get()
    sha = case.files.get().file_id
    answer = client.get(reverse("tracked-photo", args=[case.tracking, sha]))
    content = io.BytesIO(b"".join(answer.streaming_content)).getvalue()
    assert answer["Content-Type"] == "image/jpeg"
    assert b"Exif" not in content
    stranger = make.report().case.tracking
    assert client.get(reverse("tracked-photo", args=[stranger, sha])).status_code == 404
    assert client.get(reverse("tracked-photo", args=[case.tracking, "..%2f"])).status_code == 404


def test_the_proof_is_a_file(client, settings, tmp_path):
    settings.LEDGER_KEY_FILE = tmp_path / "ledger.pem"
    reported = make.report()
    answer = client.get(reverse("tracked-proof", args=[reported.case.tracking]))
    assert reported.case.number in answer["Content-Disposition"]
    assert len(json.loads(answer.content)["entries"]) == 2


def test_without_an_open_door_the_page_says_so(client, monkeypatch):
    monkeypatch.setattr(tracking, "find", lambda code: None)
    monkeypatch.setattr(forms.desks.desk.Desk, "door", lambda self, door: None)
    assert client.get(reverse("report")).status_code == 503
