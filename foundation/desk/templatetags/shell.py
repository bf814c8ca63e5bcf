"""Words of the shell's templates: icon, money, deadline, signs between words, styled form fields, the once-token."""

import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select, Widget
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.accounts import clock
from foundation.desk import punctuation
from foundation.desk.once import FIELD, new_token
from foundation.jobs.selectors import Progress

register = template.Library()
_ICONS: Path = settings.ROOT / "templates" / "components" / "icons"
#: From so many days before its day on, a deadline is shown as “soon”.
SOON_DAYS = 3
for sign in (punctuation.colon, punctuation.comma, punctuation.semicolon, punctuation.bracketed):
    register.simple_tag(sign)


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of templates/components/icons/; it is decoration, the words beside it are what counts."""
    return mark_safe(  # noqa: S308  (our own file)
        f'<svg class="icon" aria-hidden="true" focusable="false" viewBox="0 0 24 24">{_drawing(name)}</svg>'
    )


@cache
def _drawing(name: str) -> str:
    return (_ICONS / f"{name}.svg").read_text().strip()


@register.filter
def money(amount: Decimal | None) -> str:
    """Write an amount of yuan: “12,345.60 元”; empty stays empty."""
    return "" if amount is None else _("%(amount)s yuan") % {"amount": f"{amount:,.2f}"}


@register.filter
def day(value: datetime.date | None) -> str:
    """Write a day as the trade does: 2026-10-05."""
    return value.isoformat()[:10] if value else ""


@register.inclusion_tag("components/deadline.html")
def deadline(due: datetime.date | None) -> dict[str, Any]:
    """Show a day by which something must be done, how far away it is, and by colour whether that is near."""
    return {"due": due, "tone": tone(due), "relative": relative(due)}


def tone(due: datetime.date | None) -> str:
    """Return overdue, soon or plain."""
    if due is None:
        return "plain"
    left = (due - clock.today()).days
    return "overdue" if left < 0 else "soon" if left <= SOON_DAYS else "plain"


def relative(due: datetime.date | None) -> str:
    """Say in words how far a day is away, in calendar days."""
    if due is None:
        return ""
    left = (due - clock.today()).days
    if left == 0:
        return _("today")
    if left < 0:
        return ngettext("%(days)d day overdue", "%(days)d days overdue", -left) % {"days": -left}
    return ngettext("%(days)d day left", "%(days)d days left", left) % {"days": left}


@register.simple_tag
def once() -> SafeString:
    """Give a form the token that keeps it from acting twice (foundation/desk/once.py)."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, new_token())


#: The first that fits; radio buttons and lists of boxes come before the Select they derive from.
_LOOKS: tuple[tuple[type[Widget], str], ...] = (
    (CheckboxInput, "form-check-input"),
    (RadioSelect, "choice"),
    (CheckboxSelectMultiple, "choice"),
    (Select, "form-select"),
    (Widget, "form-control"),
)


@register.filter
def styled(bound: BoundField) -> SafeString:
    """Draw a form field with the classes of its kind."""
    widget = bound.field.widget
    look = next(look for kind, look in _LOOKS if isinstance(widget, kind))
    own = widget.attrs.get("class", "")
    return bound.as_widget(attrs={"class": f"{look} {own}{' is-invalid' if bound.errors else ''}".strip()})


@register.filter
def is_check(bound: BoundField) -> bool:
    """Say whether a field is one box to tick, whose label stands behind it."""
    return isinstance(bound.field.widget, CheckboxInput)


@register.simple_tag
def job_detail(progress: Progress, unit: str) -> str:
    """Say how fast long work goes and how long it still takes; empty where nobody can tell."""
    said = []
    if progress.rate:
        said.append(_("%(rate)s %(unit)s a second") % {"rate": f"{progress.rate:,.0f}", "unit": unit})
    if progress.left is not None:
        said.append(_("about %(time)s left") % {"time": _rough(progress.left)})
    return " · ".join(said)


def _rough(seconds: float) -> str:
    """Write a length of time as roughly as it is known."""
    if seconds < 90:
        whole = max(round(seconds), 1)
        return ngettext("%(count)d second", "%(count)d seconds", whole) % {"count": whole}
    minutes = round(seconds / 60)
    if minutes < 90:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours = round(minutes / 60)
    return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
