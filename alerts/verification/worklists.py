"""Lines of the home page for who reviews: batches to confirm, second checks, reports that came back often."""

from django.urls import reverse
from django.utils.translation import gettext as _

from alerts.models import Alert
from alerts.querysets import AlertQuerySet
from alerts.verification.leading import LEADER_AT
from alerts.verification.like_negatives import negatives
from foundation.accounts.models import User
from foundation.accounts.roles import Right, Role
from foundation.desk.home import State, WorkItem
from foundation.desk.tables import COUNTED


def to_confirm(user: User) -> list[WorkItem]:
    """Say in one line how many reports may be confirmed in batches."""
    if not user.holds(Right.REVIEW_VISITS):
        return []
    return _line(
        negatives(user).filter(recheck=""),
        reverse("alerts:batches"),
        _("Reports to confirm in batches: %(count)s"),
        _("Nobody should be enrolled, says who was there; a drawn share is checked once more."),
    )


def to_recheck(user: User) -> list[WorkItem]:
    """Say in one line how many households were drawn to be checked once more."""
    if not user.holds(Right.REVIEW_VISITS):
        return []
    rows = Alert.objects.visible_to(user, Right.REVIEW_VISITS).filter(state="reported")
    return _line(
        rows.filter(recheck=Alert.Recheck.DRAWN),
        reverse("alerts:batches"),
        _("Households drawn to be checked once more: %(count)s"),
        _("A call or a visit says whether the report holds; until then nothing is confirmed."),
    )


def often_returned(user: User) -> list[WorkItem]:
    """Say in one line to the leader of a township how many open reports came back three times or more."""
    if not any(duty.role is Role.TOWNSHIP_APPROVER for duty in user.duties()):
        return []
    return _line(
        Alert.objects.visible_to(user).filter(state="returned", returned__gte=LEADER_AT),
        f"{reverse('alerts:queue')}?state=returned",
        _("Reports sent back three times or more: %(count)s"),
        _("Township and village see it differently: let the report stand, or send somebody else."),
    )


def _line(rows: AlertQuerySet, url: str, title: str, why: str) -> list[WorkItem]:
    count = rows.order_by()[: COUNTED + 1].count()
    if not count:
        return []
    said = f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"
    return [WorkItem(title=title % {"count": said}, url=url, why=why, due=None, state=State.LATER)]
