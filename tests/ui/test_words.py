"""What scripts say exists in Chinese, and nothing is translated that nobody says."""

import re
from pathlib import Path

SCRIPTS = Path(__file__).parents[2] / "src/yiwang/ui/assets/js"
SENTENCE = re.compile(r'"((?:[A-Z][a-z]|A |\{|\()[^"\n]*)"')
PLAIN = {"Content-Type", "Enter", "Polygon", "(prefers-reduced-motion: reduce)"}


def chinese() -> dict[str, str]:
    return dict(re.findall(r'^ {2}"(.*)": "(.*)",$', (SCRIPTS / "words.js").read_text(), re.MULTILINE))


def said() -> set[str]:
    others = [file for file in SCRIPTS.rglob("*.js") if file.name != "words.js"]
    code = "\n".join(re.sub(r"^\s*//.*", "", file.read_text(), flags=re.MULTILINE) for file in others)
    return set(SENTENCE.findall(code)) - PLAIN


def test_every_sentence_has_its_chinese():
    assert said() == set(chinese())


def test_both_languages_fill_in_the_same():
    wrong = [key for key, zh in chinese().items() if names(key) != names(zh)]
    assert not wrong


def names(text: str) -> list[str]:
    return sorted(re.findall(r"\{(\w+)\}", text))
