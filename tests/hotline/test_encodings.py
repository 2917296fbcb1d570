import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.hotline.logic import encodings

CHINESE = st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2)


@given(CHINESE)
def test_chinese_is_read_in_the_encoding_it_was_written_in(text: str):
    assert encodings.guess(text.encode("utf-8")) == "utf-8"
    guessed = encodings.guess(("标题,内容\n" * 5 + text).encode("gb18030"))
    assert guessed == "gb18030"


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        (b"id,text\n1,hello\n", "utf-8"),
        (b"\xef\xbb\xbfid,text\n", "utf-8-sig"),
        ("标题".encode("utf-16"), "utf-16"),
        ("一个损坏的字节".encode() + b"\xff" + "不改变编码".encode(), "utf-8"),
        ("文件在字中间".encode()[:-1], "utf-8"),
        (b"\xff\xfa" * 40, None),
    ],
)
def test_marks_broken_bytes_and_binary(sample: bytes, expected: str | None):
    assert encodings.guess(sample) == expected
