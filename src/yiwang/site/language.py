"""The language of the command line: chosen by --lang, YIWANG_LANG or LANG, Chinese otherwise.

Works before Django is set up, so that `--help` is quick and speaks the reader's language.
Before: nothing. After: every command; web pages follow the visitor instead (Django's LocaleMiddleware).
"""

import functools
import gettext as stdlib
import os
import sys
from pathlib import Path

CATALOGUES = Path(__file__).parent / "locale"
CODES = {"zh": "zh-hans", "en": "en"}
_chosen: list[str] = []


def choose(code: str) -> None:
    """Fix the language of this process (`zh` or `en`), for our words and for Django's."""
    _chosen[:] = [code]
    from django.conf import settings  # noqa: PLC0415

    if settings.configured:
        from django.utils import translation  # noqa: PLC0415

        translation.activate(CODES[code])


def current() -> str:
    """Return `zh` or `en`."""
    if _chosen:
        return _chosen[0]
    words = [*(_argument() or ()), os.environ.get("YIWANG_LANG", ""), os.environ.get("LANG", "")]
    return next((code for word in words for code in CODES if word.lower().startswith(code)), "zh")


def gettext(message: str) -> str:
    """Return the message in the current language; the message itself where no translation is built."""
    return message if current() == "en" else _catalogue().gettext(message)


def gettext_noop(message: str) -> str:
    """Mark a message for translation where it is shown, not here."""
    return message


def _argument() -> list[str] | None:
    """Read --lang from the command line before the parser does: the help texts are made first."""
    words = sys.argv[1:]
    for index, word in enumerate(words):
        if word.startswith("--lang="):
            return [word.removeprefix("--lang=")]
        if word == "--lang":
            return words[index + 1 : index + 2]
    return None


@functools.cache
def _catalogue() -> stdlib.NullTranslations:
    return stdlib.translation("django", CATALOGUES, ["zh_Hans"], fallback=True)
