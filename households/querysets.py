"""The doors to the register: everything begins at `visible_to(user)`."""

import datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db.models import Model, Q

from foundation.accounts import clock
from foundation.accounts.querysets import ScopedQuerySet
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes, within

if TYPE_CHECKING:
    from foundation.accounts.models import User
    from households.models import (  # noqa: F401  (named in strings below)
        Authorisation,
        Duplicate,
        Household,
        HouseholdCode,
        Income,
        LeafletTick,
        LineageAct,
        QualityCount,
        QualityFinding,
        Resident,
        Revision,
        Signature,
        Standing,
        Visit,
    )


Rows = TypeVar("Rows", bound=ScopedQuerySet[Any])


def _of_visible_households(rows: Rows, path: str, user: "User", right: Right | None) -> Rows:
    """Keep rows of households in scope or lent; `path` leads to the household's columns ("": the row repeats them)."""
    from households.models import Household  # noqa: PLC0415  (models are built on these querysets)

    inside = within(f"{path}area__code", prefixes(user, right or Right.VIEW_HOUSEHOLDS))
    lent = Household.objects.lent_to(user)
    return rows.filter(inside | Q(household__in=lent)) if lent else rows.filter(inside)


class HouseholdQuerySet(ScopedQuerySet["Household"]):
    """Households by responsible area; single ones may be lent."""

    area_field = "area__code"
    read_right = Right.VIEW_HOUSEHOLDS

    def visible_parts(self, user: "User") -> tuple[Self, Self | None]:
        """Return what `visible_to` keeps in two: under the areas of one's duties, and what is lent (or None).

        One query; for search, whose indexes serve one of the two and not either-or.
        """
        inside = within(self.area_field, prefixes(user, self.read_right))
        lent = self.lent_to(user)
        return self.filter(inside), self.filter(pk__in=lent) if lent else None

    def living(self, on: datetime.date | None = None) -> Self:
        """Keep households that are not dissolved; with a day, those that had begun and were not dissolved then."""
        if on is None:
            return self.filter(dissolved_on__isnull=True)
        began = Q(began_on__isnull=True) | Q(began_on__lte=on)
        return self.filter(began, Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=on))


class ResidentQuerySet(ScopedQuerySet["Resident"]):
    """Residents by the responsible area of their household, and those of households lent to the reader."""

    area_field = "area__code"
    read_right = Right.VIEW_HOUSEHOLDS

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep members of households that `user` may see, lent ones included."""
        return _of_visible_households(self, "", user, right)

    def visible_parts(self, user: "User") -> tuple[Self, Self | None]:
        """Return what `visible_to` keeps in two, as HouseholdQuerySet.visible_parts does."""
        from households.models import Household  # noqa: PLC0415  (models are built on these querysets)

        inside = within(self.area_field, prefixes(user, self.read_right))
        lent = Household.objects.lent_to(user)
        return self.filter(inside), self.filter(household__in=lent) if lent else None

    def present(self, on: datetime.date | None = None) -> Self:
        """Keep who is a member on a day (default: the business day)."""
        day = on or clock.today()
        came = Q(came_on__isnull=True) | Q(came_on__lte=day)
        return self.filter(came, Q(left_on__isnull=True) | Q(left_on__gt=day))


class StandingQuerySet(ScopedQuerySet["Standing"]):
    """Standings by the responsible area of their household."""

    area_field = "household__area__code"
    read_right = Right.VIEW_HOUSEHOLDS

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep standings of households that `user` may see, lent ones included."""
        return _of_visible_households(self, "household__", user, right)

    def in_force(self, on: datetime.date | None = None) -> Self:
        """Keep what holds on a day (default: the business day); an open beginning holds on every earlier day."""
        day = on or clock.today()
        return self.filter(
            Q(from_day__isnull=True) | Q(from_day__lte=day),
            Q(until_day__isnull=True) | Q(until_day__gte=day),
        )


class IncomeQuerySet(ScopedQuerySet["Income"]):
    """Incomes by the responsible area of their household."""

    area_field = "household__area__code"
    read_right = Right.VIEW_HOUSEHOLDS

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep incomes of households that `user` may see, lent ones included."""
        return _of_visible_households(self, "household__", user, right)


class QualityFindingQuerySet(ScopedQuerySet["QualityFinding"]):
    """Findings of data quality by the responsible area of their household."""

    area_field = "area__code"
    read_right = Right.VIEW_HOUSEHOLDS

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep findings on households that `user` may see, lent ones included."""
        return _of_visible_households(self, "", user, right)

    def open(self) -> Self:
        """Keep what still stands as it was found, judged or not."""
        return self.filter(gone_on__isnull=True)

    def waiting(self) -> Self:
        """Keep what somebody must correct or judge."""
        return self.open().filter(judged_on__isnull=True)


class HouseholdCodeQuerySet(ScopedQuerySet["HouseholdCode"]):
    """Codes by the responsible area of their household."""

    area_field = "household__area__code"
    read_right = Right.VIEW_HOUSEHOLDS

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep codes of households that `user` may see, lent ones included."""
        return _of_visible_households(self, "household__", user, right)

    def in_force(self) -> Self:
        """Keep what was not revoked."""
        return self.filter(revoked_on__isnull=True)


class LeafletTickQuerySet(ScopedQuerySet["LeafletTick"]):
    """Leaflets handed over, by the responsible area of their household."""

    area_field = "household__area__code"
    read_right = Right.VIEW_HOUSEHOLDS

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep those of households that `user` may see, lent ones included."""
        return _of_visible_households(self, "household__", user, right)

    def standing(self) -> Self:
        """Keep what was not taken back."""
        return self.filter(undone_on__isnull=True)


class LineageActQuerySet(ScopedQuerySet["LineageAct"]):
    """Family events by the responsible area of each household that has a part in them."""

    area_field = "parts__household__area__code"
    read_right = Right.VIEW_HOUSEHOLDS

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep events of households that `user` may see, lent ones included."""
        from households.models import Household  # noqa: PLC0415  (models are built on these querysets)

        seen = Household.objects.visible_to(user, right or self.read_right)
        return self.filter(pk__in=self.model._default_manager.filter(parts__household__in=seen).values("pk"))

    def standing(self) -> Self:
        """Keep what was not taken back, and what takes back nothing."""
        return self.filter(undone_by__isnull=True, undoes__isnull=True)


class QualityCountQuerySet(ScopedQuerySet["QualityCount"]):
    """Counts of findings by village; they name nobody."""

    area_field = "area__code"
    read_right = Right.VIEW_HOUSEHOLDS

    def newest(self) -> Self:
        """Keep the counts that hold now and are not zero."""
        return self.filter(until__isnull=True, waiting__gt=0)


class RevisionQuerySet(ScopedQuerySet["Revision"]):
    """Acts that wrote to the register, for those who hand in its files: by the area that holds all they touched."""

    area_field = "area__code"
    read_right = Right.IMPORT_REGISTER

    def files(self) -> Self:
        """Keep register files and lists of monitored objects."""
        return self.filter(kind__in=["register_file", "monitored_file"])


class DuplicateQuerySet(ScopedQuerySet["Duplicate"]):
    """Pairs of households that name the same person: by where that person lives, or by where a file wants them."""

    area_field = "household__area__code"
    read_right = Right.VIEW_HOUSEHOLDS

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep pairs of which one side is in scope."""
        codes = prefixes(user, right or self.read_right)
        return self.filter(within("household__area__code", codes) | within("claimed_area__code", codes))

    def waiting(self) -> Self:
        """Keep those that nobody has decided."""
        return self.filter(decided_on__isnull=True)


class SignatureQuerySet(ScopedQuerySet["Signature"]):
    """Signatures by the responsible area of their household."""

    area_field = "household__area__code"
    read_right = Right.VIEW_HOUSEHOLDS

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep signatures of households that `user` may see, lent ones included."""
        return _of_visible_households(self, "household__", user, right)

    def of(self, row: Model) -> Self:
        """Keep the signatures of a row that the caller came to through its own door."""
        return self.filter(owner_model=row._meta.label_lower, owner_id=str(row.pk))

    def needed(self) -> Self:
        """Keep what was not dropped."""
        return self.exclude(state="dropped")

    def unsigned(self) -> Self:
        """Keep what is owed, or was refused and may still be signed."""
        return self.filter(state__in=["owed", "refused"])


class VisitQuerySet(ScopedQuerySet["Visit"]):
    """Visits by the responsible area of their household."""

    area_field = "area__code"
    read_right = Right.VIEW_HOUSEHOLDS

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep visits to households that `user` may see, lent ones included."""
        return _of_visible_households(self, "", user, right)

    def counting(self) -> Self:
        """Keep what was not annulled."""
        return self.filter(state="recorded")

    def asked_in(self, year: int) -> Self:
        """Keep the visits of a year on which the household was spoken with: how often it was asked."""
        return self.counting().filter(outcome="met", happened_on__year=year)


class AuthorisationQuerySet(ScopedQuerySet["Authorisation"]):
    """Authorisations by the responsible area of their household."""

    area_field = "household__area__code"
    read_right = Right.VIEW_HOUSEHOLDS

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep authorisations of households that `user` may see, lent ones included."""
        return _of_visible_households(self, "household__", user, right)

    def open(self) -> Self:
        """Keep what is in force, or may still come into force."""
        return self.filter(state__in=["pending", "refused", "in_force"])

    def in_force(self, on: datetime.date | None = None) -> Self:
        """Keep what is signed by all, not ended, valid on a day (default: today), of households that are living."""
        day = on or clock.today()
        living = self.filter(household__dissolved_on__isnull=True)
        return living.filter(state="in_force", valid_from__lte=day, valid_until__gte=day)

    def ending(self, days: int, on: datetime.date | None = None) -> Self:
        """Keep what is in force and ends within so many days."""
        day = on or clock.today()
        return self.in_force(day).filter(valid_until__lte=day + datetime.timedelta(days=days))
