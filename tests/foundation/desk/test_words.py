"""The words of the templates: money, days, deadlines, icons."""

import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

from foundation.desk.templatetags.shell import icon

TODAY = datetime.date(2026, 11, 4)
ICONS = sorted(path.stem for path in (settings.ROOT / "templates/components/icons").glob("*.svg"))


def draw(source: str, **context: object) -> str:
    return Template("{% load shell %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("amount", "written"), [(Decimal("12345.6"), "12,345.60 元"), (Decimal(0), "0.00 元"), (None, "")]
)
def test_money_is_written_in_yuan_and_fen(amount: Decimal | None, written: str) -> None:
    with translation.override("zh-hans"):
        assert draw("{{ amount|money }}", amount=amount) == written


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "tone", "words"),
    [
        (-1, "overdue", "已逾期 1 天"),
        (0, "soon", "今天"),
        (2, "soon", "还剩 2 天"),
        (3, "soon", "还剩 3 天"),
        (4, "plain", "还剩 4 天"),
    ],
)
def test_a_deadline_says_its_day_how_far_it_is_and_whether_that_is_near(
    days: int, tone: str, words: str
) -> None:
    due = TODAY + datetime.timedelta(days)
    with translation.override("zh-hans"):
        html = draw("{% deadline due %}", due=due)
    assert f"deadline-{tone}" in html
    assert f'<time datetime="{due}">{due}</time>' in html
    assert words in html


@pytest.mark.django_db
def test_no_deadline_shows_nothing() -> None:
    assert draw("{% deadline due %}", due=None).strip() == ""


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_is_a_drawing_without_style_or_script(name: str) -> None:
    drawing = icon(name)
    assert drawing.startswith('<svg class="icon" aria-hidden="true"')
    assert "style=" not in drawing


def test_no_template_holds_inline_style_script_or_handler() -> None:
    for path in Path(settings.ROOT / "templates").rglob("*.html"):
        html = path.read_text()
        assert " style=" not in html, path
        assert " onclick=" not in html, path
        assert "<style" not in html, path
        assert all('src="' in tag for tag in html.split("<script")[1:]), path
