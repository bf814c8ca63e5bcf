"""Half-width signs beside Chinese words: in a translation, or in a template between words that come from elsewhere."""

import re
from collections.abc import Iterator

_HAN = "\u4e00-\u9fff"
#: A formula or a call keeps its own signs: “last_year(…)”.
_CALL = re.compile(r"\b[a-z_]+\([^)]*\)")
_PLACE = r"%\(\w+\)[sd]"
_SIGN = "[,;:!?()]"
_IN_WORDS = re.compile(rf"(?:[{_HAN}]|{_PLACE}) ?{_SIGN}|{_SIGN} ?(?:[{_HAN}]|{_PLACE})|[{_HAN}]\.(?:\s|$)")
_SHOWN = 12

_SILENT = re.compile(r"\{% comment %\}.*?\{% endcomment %\}|<(style|script)\b.*?</\1>", re.DOTALL)
_BLOCK = re.compile(r"\{% blocktranslate.*?%\}.*?\{% endblocktranslate %\}", re.DOTALL)
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_WORDS = "\N{SYMBOL FOR SUBSTITUTE}"
_IN_TEMPLATE = re.compile(rf"{_WORDS}(?:<[^<>]*>)*[,;:](?=\s)|\s\((?:<[^<>]*>)*{_WORDS}")


def in_translation(words: str) -> list[str]:
    """Return each half-width sign of a Chinese translation that stands beside Chinese, with what stands around it."""
    plain = _CALL.sub(_WORDS, words)
    return [
        plain[max(0, found.start() - _SHOWN) : found.end() + _SHOWN] for found in _IN_WORDS.finditer(plain)
    ]


def in_template(text: str) -> Iterator[int]:
    """Yield the line of each half-width sign of a template that stands behind or before words from elsewhere.

    Such a sign is half-width in Chinese too: {% colon %}, {% comma %}, {% semicolon %} and {% bracketed words %}
    (foundation/desk/punctuation.py) are right in both languages.
    """
    plain = _SILENT.sub(_lines, text)
    plain = _BLOCK.sub(lambda found: _WORDS + _lines(found), plain)
    plain = _TAG.sub(lambda found: _WORDS + _lines(found), plain)
    for found in _IN_TEMPLATE.finditer(plain):
        yield plain.count("\n", 0, found.start()) + 1


def _lines(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")
