"""Querysets: the one door to rows. `visible_to(user)` is what pages, API, exports, pickers and jobs begin with."""

import datetime
from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from django.db import connection, models
from django.db.models import Q
from guardian.models import UserObjectPermission

from foundation.accounts import clock
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes, within

if TYPE_CHECKING:
    from foundation.accounts.models import Area, Posting, StandIn, User  # noqa: F401  (named in strings below)

#: The loans of one kind of record that are in force.
_LOANS = """
    SELECT object_id FROM accounts_loan
    WHERE borrower_id = %(person)s AND model = %(model)s
      AND from_day <= %(day)s AND until_day >= %(day)s AND ended_on IS NULL
"""

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class PeriodQuerySet(models.QuerySet[M_co]):
    """Rows that hold from `from_day` until and including `until_day` (null: open)."""

    def in_force(self, on: datetime.date | None = None) -> Self:
        """Keep the rows that hold on a day (default: the business day)."""
        day = on or clock.today()
        return self.filter(Q(until_day__isnull=True) | Q(until_day__gte=day), from_day__lte=day)


class WithdrawableQuerySet(PeriodQuerySet[M_co]):
    """Periods that can be taken back before they held for a whole day; then they count for nothing."""

    def in_force(self, on: datetime.date | None = None) -> Self:
        """Keep the rows that hold on a day (default: the business day)."""
        return super().in_force(on).standing()

    def standing(self) -> Self:
        """Keep what was not withdrawn, whatever its period."""
        return self.filter(withdrawn_on__isnull=True)

    def overlapping(self, first: datetime.date, last: datetime.date | None) -> Self:
        """Keep the standing rows that share a day with `first` … `last` (None: open end)."""
        rows = self.standing().filter(Q(until_day__isnull=True) | Q(until_day__gte=first))
        return rows if last is None else rows.filter(from_day__lte=last)


class ScopedQuerySet(models.QuerySet[M_co]):
    """Rows with an area. A model says where its area code stands and which right reads it."""

    #: Lookup of the significant area code from the row.
    area_field: ClassVar[str]
    #: Right whose prefixes open the rows.
    read_right: ClassVar[Right]

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep what `user` may see: rows under the areas of their duties, and rows lent to them."""
        condition = within(self.area_field, prefixes(user, right or self.read_right))
        lent = self.lent_to(user)
        return self.filter(condition | Q(pk__in=lent)) if lent else self.filter(condition)

    def lent_to(self, user: "User") -> list[str]:
        """Return the keys of single rows lent to `user` today: a loan in force AND guardian's permission on the row."""
        if user.is_built_in:
            return []
        today = clock.today()
        with connection.cursor() as cursor:  # a statement that stands ready: every page asks it, of each list
            cursor.execute(_LOANS, {"model": self.model._meta.label_lower, "person": user.pk, "day": today})
            loans = [key for (key,) in cursor.fetchall()]
        if not loans:
            return []
        return list(
            UserObjectPermission.objects.filter(
                user_id=user.pk,
                permission__codename=f"view_{self.model._meta.model_name}",
                permission__content_type__app_label=self.model._meta.app_label,
                object_pk__in=loans,
            ).values_list("object_pk", flat=True)
        )


class AreaQuerySet(ScopedQuerySet["Area"]):
    """Areas; one sees the areas under one's own, and their ancestors by name on breadcrumbs only."""

    area_field = "code"
    read_right = Right.VIEW_AREAS

    def living(self) -> Self:
        """Keep areas that are not retired."""
        return self.filter(retired_on__isnull=True)

    def orphans(self) -> Self:
        """Keep areas below province level whose parent has not arrived yet."""
        return self.filter(parent__isnull=True, level__gt=2)


class UserQuerySet(models.QuerySet["User"]):
    """Staff; one sees oneself and who has, or had, a posting under one's own areas or was opened for them."""

    def visible_to(self, user: "User", right: Right = Right.VIEW_STAFF) -> Self:
        """Keep whom `user` may see: oneself, and whoever belongs or belonged under one's areas."""
        people = self.filter(is_built_in=False)
        if user.is_built_in:
            return people
        codes = prefixes(user, right)
        posted = self.model._base_manager.filter(within("postings__area__code", codes))
        return people.filter(Q(pk=user.pk) | Q(pk__in=posted.values("pk")) | within("home__code", codes))


class PostingQuerySet(ScopedQuerySet["Posting"], WithdrawableQuerySet["Posting"]):  # type: ignore[override]
    """Postings by area and period."""

    area_field = "area__code"
    read_right = Right.VIEW_STAFF

    def ending_within(self, days: int, on: datetime.date | None = None) -> Self:
        """Keep what is held on a day (default: the business day) and ends at most `days` later."""
        day = on or clock.today()
        return self.in_force(day).filter(until_day__lte=day + datetime.timedelta(days=days))


class StandInQuerySet(ScopedQuerySet["StandIn"], WithdrawableQuerySet["StandIn"]):  # type: ignore[override]
    """Stand-ins; they hold only while the posting itself does."""

    area_field = "posting__area__code"
    read_right = Right.VIEW_STAFF

    def in_force(self, on: datetime.date | None = None) -> Self:
        """Keep the stand-ins of a day whose posting is in force on that day too."""
        day = on or clock.today()
        return (
            super()
            .in_force(day)
            .filter(
                Q(posting__until_day__isnull=True) | Q(posting__until_day__gte=day),
                posting__from_day__lte=day,
                posting__withdrawn_on__isnull=True,
            )
        )
