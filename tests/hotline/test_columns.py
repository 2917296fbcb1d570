import pytest

from yiwang.hotline.definitions.mapping import Mapping
from yiwang.hotline.logic import columns
from yiwang.packs.wrong import Wrong


def fields(headers: list[str], **mapping) -> dict[str, str]:
    ready = columns.columns(headers, Mapping(**mapping))
    found = {field: headers[place] for field, place in ready.places}
    return found | ({"id": headers[ready.row_id]} if ready.row_id is not None else {})


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (["id", "title", "text", "category"], {"id": "id", "title": "title", "text": "text", "category": "category"}),
        (["工单编号", "诉求标题", "诉求内容", "所属区域", "联系电话"],
         {"id": "工单编号", "title": "诉求标题", "text": "诉求内容", "area": "所属区域", "mobile": "联系电话"}),
        (["Text", " Longitude", "LAT", "datum"], {"text": "Text", "lon": " Longitude", "lat": "LAT", "datum": "datum"}),
        (["内容", "备注"], {"text": "内容"}),
        (["内容", "内容", "标题"], {"title": "标题"}),
    ],
)  # fmt: skip
def test_headers_speak_for_themselves(headers, expected):
    assert fields(headers) == expected


def test_the_operator_speaks_before_the_headers():
    assert fields(["标题", "正文", "x"], columns={"title": "x"}) == {"title": "x", "text": "正文"}
    assert fields(["标题", "正文"], columns={"text": "标题"}) == {"text": "标题"}


def test_values_are_replaced_and_constants_fill_gaps():
    ready = columns.columns(
        ["text", "category", "channel"],
        Mapping(values={"category": {"市容": "stall"}}, constants={"channel": "hotline", "datum": "GCJ-02"}),
    )
    said = ready.said(("x", " 市容 ", ""))
    assert (said.category, said.channel, said.datum) == ("stall", "hotline", "GCJ-02")
    assert ready.said(("x", "路灯", "web")).channel == "web"


@pytest.mark.parametrize(
    "mapping",
    [
        {"columns": {"colour": "text"}},
        {"columns": {"title": "标题"}},
        {"columns": {"title": "twice"}},
        {"constants": {"id": "1"}},
        {"values": {"flavour": {"a": "b"}}},
    ],
)
def test_what_is_not_there_cannot_be_mapped(mapping):
    with pytest.raises(Wrong) as caught:
        columns.columns(["text", "twice", "twice"], Mapping(**mapping))
    assert caught.value.zh
    assert caught.value.en


def test_a_table_without_words_is_refused_with_its_headers():
    with pytest.raises(Wrong, match="colour"):
        columns.columns(["colour", "size"], Mapping())


def test_a_row_is_known_by_its_id_or_by_everything_in_it_whatever_the_mapping():
    plain = columns.columns(["text", "x"], Mapping())
    mapped = columns.columns(["text", "x"], Mapping(columns={"address": "x"}, constants={"channel": "web"}))
    assert plain.key("s", ("a", "b")) == mapped.key("s", ("a", "b"))
    assert len({plain.key("s", ("a", "b")), plain.key("s", ("b", "a")), plain.key("t", ("a", "b"))}) == 3
    named = columns.columns(["id", "text"], Mapping())
    assert named.key("s", ("7", "a")) == named.key("s", (" 7", "b"))
    again = columns.columns([*columns.REJECTED, "text", "x"], Mapping())
    assert again.key("s", ("1", "text", "错", "wrong", "", "a", "b")) == plain.key("s", ("a", "b"))
