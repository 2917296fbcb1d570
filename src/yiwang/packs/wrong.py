"""What a validator of a pack model raises when it wants to say in both languages what is wrong."""


class Wrong(ValueError):  # noqa: N818 - `raise wrong.Wrong(…)` reads as it should
    """A value that a pack must not hold: the complaint in Chinese and English, and what may be written.

    Raise it inside any pydantic validator; the loader adds file and line.
    """

    def __init__(self, zh: str, en: str, allowed: tuple[str, ...] = ()) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en
        self.allowed = allowed
