"""What people are told of alerts."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.inbox.kinds import NoticeKind
from foundation.inbox.notices import holders, notify

KINDS = (
    NoticeKind(
        "alerts_raised",
        _("New warnings wait to be dispatched in my county"),
        _("New warnings that you dispatch: {count}."),
    ),
    NoticeKind(
        "alerts_dispatched",
        _("Warnings were dispatched to my township"),
        _("Warnings that the county dispatched to you: {count}."),
    ),
    NoticeKind(
        "report_concluded",
        _("A concern that I wrote down came to an outcome"),
        _("A warning to which you wrote down a concern has come to an outcome."),
    ),
    NoticeKind(
        "alerts_woken",
        _("Warnings that I had put off are due again"),
        _("Warnings that you had put off are due again: {count}."),
    ),
)


def tell_dispatchers(county: str, count: int, *, but: User | None = None) -> None:
    """Tell who dispatches in a county how many alerts were opened; one notice until it is read."""
    notify(
        holders(Right.DISPATCH_ALERTS, county, but=but),
        "alerts_raised",
        place=f"{reverse('alerts:queue')}?state=raised",
        group=county,
        count=count,
    )


def tell_township(area: str, count: int = 1) -> None:
    """Tell who has households visited in an area that alerts were dispatched to it."""
    notify(
        holders(Right.REVIEW_VISITS, area),
        "alerts_dispatched",
        place=f"{reverse('alerts:queue')}?state=dispatched",
        group=area,
        count=count,
    )
