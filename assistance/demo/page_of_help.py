"""What help and removals tell on the first page of the demonstration: S3, S9a and S9b, and counts on the doors."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from assistance.demo import helping, leaving, shop_fire
from assistance.models import AidGap, HelperPlace, Measure, Removal
from assistance.models.aid_gaps import Side
from assistance.removal.guards import guards_of
from foundation.accounts import clock
from foundation.accounts.demo.places import COUNTY
from foundation.accounts.labels import role_labels
from foundation.accounts.models import User
from foundation.accounts.roles import Right, Role
from foundation.desk.demo_parts import Count, StoryLine
from households.models import Resident
from households.models.households import HEAD

_DISPATCHER, _VERIFIER = "xian", "zhen"


def stories() -> list[StoryLine]:
    """Return what was promised and not paid, who leaves tonight, and who cannot yet."""
    return [line for line in (_promised(), _leaves(), _not_yet()) if line is not None]


def _promised() -> StoryLine | None:
    """S3: no department knew of the fire; dibao was promised, and the roll came without them."""
    case = helping.case_of(shop_fire.HOUSEHOLD)
    gaps = AidGap.objects.filter(case=case, side=Side.UNPAID).order_by("first_month", "pk")
    first = gaps.first() if case else None
    if case is None or first is None or case.decided_on is None:
        return None
    told = {
        "head": _head(case.household_id),
        "village": case.area.name,
        "enrolled": date_format(case.decided_on),
        "n": gaps.count(),
        "month": f"{first.first_month:%Y-%m}",
    }
    sentence = _(
        "%(head)s, %(village)s: the shop burned down and no department wrote of it; enrolled on %(enrolled)s. Dibao "
        "was promised to %(n)d, and the roll of %(month)s has none of them."
    )
    return _line(sentence % told, reverse("cases:case", args=[case.pk]), _DISPATCHER)


def _leaves() -> StoryLine | None:
    """S9a: every condition holds, and the removal stands on the list of tonight."""
    meeting, row = leaving.meeting(), leaving.removal()
    if meeting is None or row is None or meeting.meets_on != clock.today():
        return None
    told = {"head": _head(row.case.household_id), "village": row.case.area.name, "n": len(row.guards)}
    sentence = _(
        "%(head)s, %(village)s: all %(n)d conditions hold; the removal of the risk stands on the list of tonight's "
        "meeting."
    )
    return _line(sentence % told, reverse("cases:evaluation", args=[meeting.pk]), _VERIFIER)


def _not_yet() -> StoryLine | None:
    """S9b: everything but time; the page says from which day."""
    case = helping.case_of(leaving.TOO_EARLY)
    guards = guards_of(case, Removal.Way.ASSISTED) if case else []
    failing = [each for each in guards if not each.holds]
    if case is None or len(failing) != 1 or failing[0].could is None:
        return None
    told = {
        "head": _head(case.household_id),
        "village": case.area.name,
        "days": (failing[0].could - clock.today()).days,
        "day": date_format(failing[0].could),
    }
    sentence = _(
        "%(head)s, %(village)s: one condition of a removal is %(days)d days short; it could hold on %(day)s."
    )
    return _line(sentence % told, reverse("cases:case", args=[case.pk]), _DISPATCHER)


def _head(household: int) -> str:
    return Resident.objects.present().get(household=household, relation=HEAD).name


def _line(sentence: str, page: str, username: str) -> StoryLine:
    role = Role.COUNTY_DISPATCHER if username == _DISPATCHER else Role.TOWNSHIP_VERIFIER
    return StoryLine(sentence, page, username, role_labels(COUNTY)[role])


def _helped(user: User) -> int:
    rows = HelperPlace.objects.held().filter(person=user).order_by()
    return rows.values("case").distinct().count()


def _asked(user: User) -> int:
    return Measure.objects.asked_of(user).waiting().count()


COUNTS = (
    Count(
        Right.VIEW_AREAS,
        _helped,
        ngettext_lazy("%(n)d household that I help", "%(n)d households that I help", "n"),
        own=True,
    ),
    Count(
        Right.ANSWER_MEASURES,
        _asked,
        ngettext_lazy("%(n)d measure to answer", "%(n)d measures to answer", "n"),
    ),
)
