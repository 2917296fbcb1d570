"""Hiding the middle of a text. After: each identifier's `mask`, and screens that show a person's name."""


def middle(text: str, left: int, right: int) -> str:
    """Keep `left` and `right` characters, star the rest; a text with nothing between is starred whole."""
    hidden = len(text) - left - right
    if hidden <= 0:
        return "*" * len(text)
    return text[:left] + "*" * hidden + text[len(text) - right :]


def name(text: str) -> str:
    """Return the first character and two stars, whatever the length: 张**; an empty name stays empty."""
    stripped = text.strip()
    return f"{stripped[0]}**" if stripped else ""
