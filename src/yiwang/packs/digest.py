"""The canonical text of a pack's content, and its digest.

The order in which things are declared is part of a pack (clerks see it), so keys are not sorted:
the models' fields come in the order of the models, everything else in the order written.
"""

import hashlib
import json
from typing import Any


def canonical(content: Any) -> str:
    """Return compact JSON, the same for the same content on every machine."""
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def of(text: str) -> str:
    """Return SHA-256 of a canonical text, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()
