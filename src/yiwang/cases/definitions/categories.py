"""The category tree and the keyword rules that suggest a category (GB/T 33358 sorts requests in a tree)."""

from yiwang.packs import entry, text


class Category(entry.Entry):
    """One category; its place in the tree is its `parent`.

    `keywords` speak for the category, one point each, `avoid` against it. `flow` is inherited
    from the nearest ancestor that names one; `sensitive` keeps its cases out of public lists.
    """

    name: text.Text
    parent: str | None = None
    keywords: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    flow: str | None = None
    sensitive: bool = False
