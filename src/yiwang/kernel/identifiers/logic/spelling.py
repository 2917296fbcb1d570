"""The ways people write one identifier (full width, spaces, dots) brought to one. Before every `parse`."""

import re
import unicodedata

_SEPARATORS = re.compile(r"[\s\-‐-―_.·•・。]+")


def compact(text: str) -> str:
    """Return the text in half width, upper case and without separators."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()
