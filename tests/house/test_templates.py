"""Templates keep to their own room or ui, and to the content security policy."""

import re

from tests.house import sources

REFERENCE = re.compile(r"{%\s*(?:include|extends)\s+[\"']([^\"'/]+)/")
COMPONENT = re.compile(r"<c-(?!slot\b|vars\b)([a-z0-9-]+(?:\.[a-z0-9-]+)*)")
INLINE_SCRIPT = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=[\"'](?:application/json|importmap)[\"'])[^>]*>", re.IGNORECASE
)
INLINE_STYLE = re.compile(r"<style\b", re.IGNORECASE)
HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE)


def found(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{file.relative_to(sources.ROOT)}:{text.count(chr(10), 0, match.start()) + 1}: {match.group(0)[:60]}"
        for file, text in sources.templates().items()
        for match in pattern.finditer(text)
    ]


def test_templates_include_only_their_own_room_or_ui():
    wrong = []
    for file, text in sources.templates().items():
        own = sources.room(file).removeprefix("kernel.")
        strangers = {name for name in REFERENCE.findall(text) if name not in {own, "ui", "cotton"}}
        wrong += [f"{file.relative_to(sources.ROOT)} uses {name}/" for name in strangers]
    assert not wrong


def test_components_exist_in_ui_or_the_own_room():
    wrong = []
    for file, text in sources.templates().items():
        homes = {"ui", sources.room(file)}
        known = {
            ".".join(
                other.relative_to(next(p for p in other.parents if p.name == "cotton")).with_suffix("").parts
            )
            for other in sources.templates()
            if "cotton" in other.parts and sources.room(other) in homes
        }
        spoken = {name.replace("-", "_") for name in COMPONENT.findall(text) if name != "component"}
        missing = (
            spoken - {name.replace("-", "_") for name in known} - {n.removesuffix(".index") for n in known}
        )
        wrong += [f"{file.relative_to(sources.ROOT)}: <c-{name}>" for name in missing]
    assert not wrong


def test_no_template_carries_script_or_style_inline():
    assert not found(INLINE_SCRIPT) + found(INLINE_STYLE) + found(HANDLER)
