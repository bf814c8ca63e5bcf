"""The doors to meetings, notices and objections: everything begins at `visible_to(user)`."""

import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from foundation.accounts.querysets import M_co, ScopedQuerySet
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes, within

if TYPE_CHECKING:
    from assistance.models import (  # noqa: F401  (named in strings below)
        Evaluation,
        EvaluationItem,
        Notice,
        NoticeItem,
        Objection,
    )
    from foundation.accounts.models import User


class LineQuerySet(ScopedQuerySet[M_co]):
    """Lines that name a case or an assessed household: seen as their case is, or by the village of the household."""

    #: Lookup of the village of an assessed household from the row.
    assessed_field: ClassVar[str] = "assessed__household__area__code"

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep what lies under the areas of `user`, whichever of the two a line names."""
        codes = prefixes(user, right or self.read_right)
        return self.filter(within(self.area_field, codes) | within(self.assessed_field, codes))


class EvaluationQuerySet(ScopedQuerySet["Evaluation"]):
    """Meetings by their village."""

    area_field = "area__code"
    read_right = Right.VIEW_CASES

    def open(self) -> Self:
        """Keep what is called and neither concluded nor called off."""
        return self.filter(concluded_on__isnull=True, cancelled_on__isnull=True)


class EvaluationItemQuerySet(LineQuerySet["EvaluationItem"]):
    """Households of meetings."""

    area_field = "case__area__code"
    read_right = Right.VIEW_CASES


class PublicNoticeQuerySet(ScopedQuerySet["Notice"]):
    """Notices by the village or township where they hang."""

    area_field = "area__code"
    read_right = Right.VIEW_CASES

    def hanging(self, on: datetime.date) -> Self:
        """Keep what is posted and whose last day is not over: what stands online."""
        return self.filter(posted_on__lte=on, until__gte=on, taken_down_on__isnull=True)


class NoticeItemQuerySet(LineQuerySet["NoticeItem"]):
    """Lines of notices."""

    area_field = "case__area__code"
    read_right = Right.VIEW_CASES

    def running(self) -> Self:
        """Keep what is posted and has neither ended nor left."""
        return self.filter(until__isnull=False, ended_on__isnull=True, left_on__isnull=True)


class ObjectionQuerySet(LineQuerySet["Objection"]):
    """Objections, seen as their line is."""

    area_field = "item__case__area__code"
    assessed_field = "item__assessed__household__area__code"
    read_right = Right.VIEW_CASES

    def open(self) -> Self:
        """Keep what nobody has settled."""
        return self.filter(settled_on__isnull=True)

    def blocking(self) -> Self:
        """Keep what holds its household back: in time, and not settled."""
        return self.open().filter(in_time=True)
