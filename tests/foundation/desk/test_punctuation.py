"""Signs between words from different places follow the reader's language."""

import pytest
from django.template import Context, Template
from django.utils import translation

from foundation.desk.punctuation import said_of


@pytest.mark.parametrize(
    ("language", "shown", "said"),
    [
        ("en", "&lt;A&gt;: b, c; d (3 / 4)", "A: b"),
        ("zh-hans", "&lt;A&gt;：b，c；d（3 / 4）", "A：b"),
    ],
)
def test_signs_follow_the_language_and_words_stay_escaped(language: str, shown: str, said: str) -> None:
    page = "{% load shell %}{{ a }}{% colon %}b{% comma %}c{% semicolon %}d{% bracketed 3 '/' four %}"
    with translation.override(language):
        assert Template(page).render(Context({"a": "<A>", "four": 4})) == shown
        assert said_of("A", "b") == said


def test_what_stands_in_brackets_is_escaped() -> None:
    with translation.override("en"):
        page = Template("{% load shell %}{% bracketed words %}")
        assert page.render(Context({"words": "<b>"})) == " (&lt;b&gt;)"
