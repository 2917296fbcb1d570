"""Suggest a category by the keyword rules of the pack, with the words that spoke for it.

One point for each character of each keyword found, so that longer words weigh more; a word to avoid
takes the category out. A later release may bring a learned model; this stays as the cold start.
"""

import dataclasses
from collections.abc import Iterable

from yiwang.cases.definitions.categories import Category


@dataclasses.dataclass(frozen=True, slots=True)
class Suggestion:
    """A category, its points, and the words found."""

    category: str
    points: int
    words: tuple[str, ...]


def suggest(text: str, categories: Iterable[Category], most: int = 3) -> list[Suggestion]:
    """Return the best categories for a text, best first; an empty list where no word speaks."""
    found = [one for category in categories if (one := _judge(text, category))]
    return sorted(found, key=lambda one: (-one.points, one.category))[:most]


def _judge(text: str, category: Category) -> Suggestion | None:
    words = tuple(word for word in category.keywords if word in text)
    if not words or any(word in text for word in category.avoid):
        return None
    return Suggestion(category.code, sum(map(len, words)), words)
