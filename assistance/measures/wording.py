"""A measure in words: where it stands, who answers, what landed."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assistance.measures.lasting import last_day
from assistance.models import Measure
from foundation.accounts import clock
from foundation.desk.columns import Badge, Tone

_TONES: dict[str, Tone] = {"proposed": "plain", "asked": "action", "landed": "done", "refused": "soon"}


def badge(row: Measure) -> Badge:
    """Return where a measure stands, in a pill; vermilion where its answer is overdue and no aid is recorded."""
    if row.state == "asked" and row.first_aid is not None:
        return Badge(pgettext("measure", "aid recorded"), "done")
    if row.state == "asked" and row.due_on is not None and row.due_on < clock.today():
        return Badge(pgettext("measure", "answer overdue"), "overdue")
    if is_over(row):
        return Badge(pgettext("measure", "over"), "plain")
    return Badge(row.state_label, _TONES.get(row.state, "plain"))


def is_over(row: Measure) -> bool:
    """Say whether a measure landed and its last day has passed."""
    last = last_day(row)
    return last is not None and last < clock.today()


def ends_told(row: Measure) -> str:
    """Say until when a measure that landed runs, or was had; empty where nobody knows an end."""
    last = last_day(row)
    if last is None:
        return ""
    if row.stopped_on == last:
        return pgettext("measure", "stopped after %(day)s") % {"day": last}
    told = pgettext("measure", "had until %(day)s") if is_over(row) else pgettext("measure", "until %(day)s")
    return told % {"day": last}


def office_of(row: Measure) -> str:
    """Name the office that answers."""
    return row.department.called if row.department is not None else _("township office")


def paid(row: Measure) -> str:
    """Say the amount that landed with its time; empty for a service."""
    if row.amount is None:
        return ""
    return f"{row.amount:,.2f} {_('yuan')} {row.get_per_display()}"


def answer_told(row: Measure) -> str:
    """Say in a line how a measure stands: landed when and with what, refused why, or until when it is answered."""
    if row.state == "landed":
        said = pgettext("measure", "landed on %(day)s") % {"day": row.landed_on}
        return " · ".join(filter(None, (said, paid(row), ends_told(row), row.answer)))
    if row.state == "refused":
        return pgettext("measure", "refused: %(why)s") % {"why": row.answer}
    if row.state == "asked" and row.first_aid is not None:
        return pgettext("measure", "aid recorded since %(day)s, the office has not answered") % {
            "day": row.first_aid
        }
    if row.state == "asked" and row.due_on is not None:
        return pgettext("measure", "answer due on %(day)s") % {"day": row.due_on}
    return row.state_label
