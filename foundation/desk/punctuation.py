"""Signs between words that come from different places: full width in Chinese, with a blank in English.

A page writes `{% colon %}`, `{% comma %}`, `{% semicolon %}` and `{% bracketed words %}` (templatetags/shell.py), code
the functions here. launch/punctuation.py finds a half-width sign beside Chinese words.
"""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def colon() -> str:
    """Return the sign between a name and what is said of it."""
    return pgettext("between a name and what is said of it", ": ")


def comma() -> str:
    """Return the sign between two parts of a sentence."""
    return pgettext("between parts of a sentence", ", ")


def semicolon() -> str:
    """Return the sign between two sentences that stand in one line."""
    return pgettext("between parts of a sentence", "; ")


def bracketed(*words: object) -> str:
    """Write words in brackets behind another word, with the blank that English has before them."""
    return _(" (%(words)s)") % {"words": " ".join(map(str, words))}


def said_of(name: object, words: object) -> str:
    """Write a name, the colon, and what is said of it."""
    return f"{name}{colon()}{words}"
