"""What people are told of alerts."""

from collections import Counter
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alerts.models import Alert
from foundation.accounts.models import Posting, User
from foundation.accounts.roles import RULES, Level, Right, Role
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
        "alerts_assigned",
        _("I am sent to a household"),
        _("Households that you are sent to: {count}."),
    ),
    NoticeKind(
        "alerts_reported",
        _("Visits of my township wait for review"),
        _("Reports of visits that wait for your review: {count}."),
    ),
    NoticeKind(
        "alerts_returned",
        _("A report of mine is sent back"),
        _("Reports sent back to you for completion: {count}."),
        urgent=True,
    ),
    NoticeKind(
        "alerts_returned_often",
        _("A report of my township is sent back for the third time"),
        _("Reports sent back three times or more: {count}."),
    ),
    NoticeKind(
        "alerts_settled",
        _("The leader of my township decides on a report that came back again and again"),
        _("Reports sent back again and again on which the leader has decided: {count}."),
    ),
    NoticeKind(
        "alert_family_changed",
        pgettext_lazy("lineage", "The family of a household with a warning of mine changed"),
        pgettext_lazy("lineage", "Warnings whose family changed: {count}."),
    ),
    NoticeKind(
        "alerts_later_signals",
        _("A signal comes after the visit was reported"),
        _("Warnings with a signal that came after the visit: {count}."),
    ),
    NoticeKind(
        "alerts_by_rule",
        _("Rules dispatched or assigned warnings in the night"),
        _("Warnings that rules dispatched or assigned in the night: {count}."),
    ),
    NoticeKind(
        "rule_rests",
        _("A rule of dispatch rests, because who keeps it has left the post"),
        _("Rules of dispatch that rest, because who kept them has left the post: {count}."),
        urgent=True,
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


def tell_townships(alerts: Iterable[Alert]) -> None:
    """Tell each township how many alerts of it wait to be assigned."""
    for township, count in Counter(alert.area_id[: Level.TOWNSHIP] for alert in alerts).items():
        tell_township(township, count)


def tell_visitor(visitor: User, count: int = 1) -> None:
    """Tell somebody that they are sent to households."""
    notify([visitor], "alerts_assigned", place=_queue("assigned"), group="", count=count)


def tell_reviewers(township: str, *, by: User) -> None:
    """Tell who reviews in a township that a visit was reported; who reported it is not told."""
    notify(
        holders(Right.REVIEW_VISITS, township, but=by),
        "alerts_reported",
        place=_queue("reported"),
        group=township,
    )


def tell_visitor_returned(alert: Alert) -> None:
    """Tell who was sent that their report came back, with the way to its check list."""
    if alert.visitor is not None:
        notify([alert.visitor], "alerts_returned", place=_page(alert), group=str(alert.pk))


def tell_leaders(alert: Alert) -> None:
    """Tell the leader of the township, or where the post is empty the one above, of a report that came back again."""
    role = Role.TOWNSHIP_APPROVER
    leaders = _in_post(role, alert.area_id[: Level.TOWNSHIP])
    above = RULES[role].next_up
    if not leaders and above is not None:
        leaders = _in_post(above, alert.area_id[: Level.COUNTY])
    notify(leaders, "alerts_returned_often", place=_page(alert), group=str(alert.pk))


def tell_settled(alert: Alert, visitors: Iterable[User]) -> None:
    """Tell who reviews in the township, and who was sent, that the leader has decided on a report that came back."""
    people = {each.pk: each for each in (*holders(Right.REVIEW_VISITS, alert.township), *visitors)}
    notify(list(people.values()), "alerts_settled", place=_page(alert), group=str(alert.pk))


def tell_of_later_signals(alerts: Iterable[Alert]) -> None:
    """Tell who reviews, by township, that signals came after visits were reported."""
    for township, count in Counter(alert.area_id[: Level.TOWNSHIP] for alert in alerts).items():
        notify(
            holders(Right.REVIEW_VISITS, township),
            "alerts_later_signals",
            place=reverse("alerts:queue"),
            group=township,
            count=count,
        )


def _in_post(role: Role, area: str) -> list[User]:
    posts = Posting.objects.in_force().filter(role=role, area=area, user__is_active=True)
    return [post.user for post in posts.select_related("user")]


def _queue(state: str) -> str:
    return f"{reverse('alerts:queue')}?state={state}"


def _page(alert: Alert) -> str:
    return reverse("alerts:alert", args=[alert.pk])
