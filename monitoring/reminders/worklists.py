"""What stands on a person's list: how many reminders wait for their office, and for the dispatcher, for others."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import within
from foundation.desk.home import State, WorkItem
from foundation.desk.tables import COUNTED
from monitoring.models import Reminder


def reminders_to_answer(user: User) -> list[WorkItem]:
    """Say in one line how many wait for the person's office; who dispatches sees what others have not answered."""
    own, watched = _of_office(user)
    rows = Reminder.objects.visible_to(user).open()
    said = [
        (
            rows.filter(own),
            State.TODAY,
            _("Reminders about aid that goes on: %(count)s"),
            _("Somebody in benefit was found where aid should end: stop it, or say why it goes on."),
        ),
        (
            rows.filter(watched).exclude(own),
            State.WAITING,
            _("Reminders that offices have not answered: %(count)s"),
            _("Departments and townships say what they did about aid that goes on."),
        ),
    ]
    return [
        WorkItem(
            title=title % {"count": f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"},
            url=f"{reverse('reminders:list')}?state=open",
            why=why,
            due=None,
            state=state,
        )
        for found, state, title, why in said
        if (count := found.order_by()[: COUNTED + 1].count())
    ]


def _of_office(user: User) -> tuple[Q, Q]:
    """Return what is addressed to the person's own offices, and what the person watches over."""
    own, watched = Q(pk__in=[]), Q(pk__in=[])
    for duty in user.duties():
        if not duty.holds(Right.SETTLE_REMINDERS):
            continue
        here = within("finding__area__code", [duty.area])
        if duty.department is not None:
            own |= here & Q(department=duty.department)
        elif len(duty.area) >= Level.TOWNSHIP:
            own |= here & Q(department__isnull=True)
        else:
            watched |= here
    return own, watched
