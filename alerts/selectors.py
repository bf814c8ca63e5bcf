"""What pages and acts ask of alerts."""

import datetime
from collections.abc import Sequence

from alerts.models import Alert, Signal
from alerts.querysets import AlertQuerySet
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes
from foundation.regulations.lookup import value
from foundation.regulations.units import in_language
from households.models import Household
from monitoring.screening.book import standards

#: Outcomes that other stages give: enrolment, and three recorded attempts of a visit.
OF_OTHER_STAGES = frozenset({"enrolled", "unreachable", "withdrawn", "corrected"})


#: Outcomes that only a case gives.
OF_ENROLMENT = frozenset({"enrolled", "withdrawn", "corrected"})


def all_of(user: User) -> AlertQuerySet:
    """Return every alert that `user` may see, with what lists show."""
    return Alert.objects.visible_to(user).select_related("household", "area", "visitor")


def of_household(household: Household) -> list[Alert]:
    """Return the alerts of a household that a reader came to through its door, the newest first."""
    return list(Alert.objects.filter(household=household).order_by("-pk"))


def signals_of(alert: Alert) -> list[Signal]:
    """Return every signal of an alert, the oldest event first, with what the page shows."""
    rows = alert.signals.select_related("standard", "resident", "finding", "by", "detached_by")
    return list(rows.order_by("day", "pk"))


def outcomes(area: str) -> list[tuple[str, str]]:
    """Return the outcome codes that a person may close with, and their names."""
    items = value("outcome_codes", area=area).items
    return [
        (each["code"], in_language(each["zh"], each["en"]))
        for each in items
        if each["code"] not in OF_OTHER_STAGES
    ]


def outcomes_of_visit(area: str) -> list[tuple[str, str]]:
    """Return the outcomes that a visit can have where nobody is to be enrolled, and their names."""
    items = value("outcome_codes", area=area).items
    return [
        (each["code"], in_language(each["zh"], each["en"]))
        for each in items
        if each["code"] not in OF_ENROLMENT
    ]


def first_area(user: User) -> str:
    """Return the first area in which a person sees alerts: it names outcomes and bands for lists of several areas."""
    return min(prefixes(user, Right.VIEW_ALERTS), default="")


def newest_signal() -> int:
    """Return the key of the newest signal of all: what comes after it is new to who looks now."""
    return Signal.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def every_outcome(area: str) -> list[tuple[str, str]]:
    """Return every outcome code and its name, those of other stages too."""
    return [
        (each["code"], in_language(each["zh"], each["en"]))
        for each in value("outcome_codes", area=area).items
    ]


def outcome_name(code: str, area: str) -> str:
    """Return the name of an outcome; the code where the list no longer has it."""
    names = {
        each["code"]: in_language(each["zh"], each["en"]) for each in value("outcome_codes", area=area).items
    }
    return names.get(code, code)


def quiet_days(alert: Alert) -> int:
    """Return for how many days an alert is quiet after it is closed: the longest cool-down of its standards."""
    declared = standards()
    days = [declared[code].repeat.cooldown_days for code in alert.standards if code in declared]
    if days:
        return max(days)
    return int(value("warning_cooldown_days", area=alert.area_id).amount or 0)


def quiet_until(alert: Alert) -> datetime.date | None:
    """Return until when an alert is quiet that ends today; None where its standards have no cool-down."""
    days = quiet_days(alert)
    return clock.today() + datetime.timedelta(days=days) if days else None


def to_join(alert: Alert, user: User) -> Sequence[Alert]:
    """Return the open alerts of the same village and group that another may be joined into, few of them."""
    rows = Alert.objects.visible_to(user, Right.DISPATCH_ALERTS).open().filter(area=alert.area_id)
    return list(rows.exclude(pk=alert.pk).select_related("household")[:200])
