"""Components: what each makes of its attributes."""

import pytest
from django.template import engines


@pytest.fixture
def show(tmp_path):
    """Render a template that uses components, as the loader compiles it."""
    from django_cotton.compiler_regex import CottonCompiler  # noqa: PLC0415

    compiler = CottonCompiler()

    def render(text: str, **context) -> str:
        return " ".join(engines["django"].from_string(compiler.process(text)).render(context).split())

    return render


def test_a_button_is_a_button_or_a_link(show):
    plain = show('<c-button tone="primary" name="go" value="1">Go</c-button>')
    assert '<button class="btn primary" type="submit" name="go" value="1">Go</button>' in plain
    link = show('<c-button href="/x" small>Go</c-button>')
    assert link.startswith('<a class="btn sm" href="/x"')
    assert "<button" not in link


def test_an_icon_is_hidden_from_readers_unless_it_has_a_label(show):
    assert 'aria-hidden="true"' in show('<c-icon name="camera" />')
    labelled = show('<c-icon name="camera" label="照片" />')
    assert 'role="img" aria-label="照片"' in labelled
    assert "icons.svg#camera" in labelled


def test_a_field_joins_label_input_and_error(show):
    text = show(
        '<c-field name="phone" label="手机号" :error="wrong" required inputmode="tel" />', wrong="号码不对"
    )
    assert '<label for="phone">手机号' in text
    assert (
        'id="phone" name="phone" required aria-invalid="true" aria-describedby="phone-note" inputmode="tel"'
        in text
    )
    assert '<p class="error" id="phone-note" role="alert">号码不对</p>' in text


def test_a_field_takes_another_control(show):
    text = show('<c-field name="words" label="描述"><textarea id="words"></textarea></c-field>')
    assert "<textarea" in text
    assert "<input" not in text


def test_what_people_wrote_is_escaped(show):
    for use in ("<c-tag>{{ word }}</c-tag>", '<c-kv :items="items" />', '<c-stat label="l" :value="word" />'):
        assert "<script>" not in show(use, word="<script>", items=[("a", "<script>")])


def test_a_clock_is_a_tag_with_the_time_inside(show):
    text = show('<c-clock due="2026-11-21T15:00:00+08:00" level="overdue">11-21 15:00</c-clock>')
    assert 'class="tag overdue"' in text
    assert '<yw-clock due="2026-11-21T15:00:00+08:00">11-21 15:00</yw-clock>' in text


def test_pages_lead_only_where_there_are_more(show):
    assert "<a" not in show("<c-pagination />")
    assert 'rel="next"' in show('<c-pagination older="?after=9" />')


def test_an_island_of_json_cannot_break_out(show):
    assert "</script>" not in show("{{ value|island }}", value={"a": "</script><b>&"})
