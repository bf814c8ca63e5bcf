"""What accounts let follow when an area gives way: postings with their stand-ins, role labels, loans, homes."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import Area, AreaSuccession, Loan, Posting, RoleLabel, StandIn, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record_many

ONE_DAY = datetime.timedelta(days=1)


def in_its_place(predecessor: Area, on: datetime.date) -> list[str]:
    """Return the codes of the areas that take an area's place on a day (a merger takes no place)."""
    rows = AreaSuccession.objects.filter(predecessor=predecessor, on=on)
    return list(rows.exclude(kind=AreaSuccession.Kind.MERGED).values_list("successor_id", flat=True))


@dataclass(frozen=True, slots=True)
class PostingsFollow:
    """Whoever works in an area that gives way works in its successors from that day, with their stand-ins.

    The old posting ends the day before; where it began only later, or on the day itself, it is withdrawn. In a
    split the person continues in every successor, so that no work loses its owner.
    """

    claims = ("accounts.Posting.area",)

    def __call__(self, predecessor: Area, successors: Sequence[Area], *, by: User, on: datetime.date) -> None:
        """Move the postings that hold on the day or later."""
        moving = list(
            Posting.objects.overlapping(on, None).filter(area=predecessor).select_for_update().order_by("pk")
        )
        if moving and not successors:
            raise Refused(
                _("%(count)d people are posted in %(area)s: end or move their postings first.")
                % {"count": len({posting.user_id for posting in moving}), "area": predecessor}
            )
        moved = [(old, _successor_of(old, area, on)) for old in moving for area in successors]
        kept = [(old, new) for old, new in moved if new is not None]
        _end(moving, on)
        Posting.objects.bulk_create([new for _old, new in kept])
        for old, new in kept:
            _carry_stand_ins(old, new, on)
        _end(list(StandIn.objects.overlapping(on, None).filter(posting__in=moving)), on)
        _record(kept, by=by, on=on)


def _successor_of(old: Posting, area: Area, on: datetime.date) -> Posting | None:
    """Return the posting that continues `old` in `area`, or None where its holder has the same one there."""
    new = Posting(
        user_id=old.user_id,
        role=old.role,
        area=area,
        department_id=old.department_id,
        from_day=max(on, old.from_day),
        until_day=old.until_day,
    )
    same = Posting.objects.overlapping(new.from_day, new.until_day).filter(
        user=old.user_id, role=old.role, area=area, department=old.department_id
    )
    return None if same.exists() else new


def _end(rows: Sequence[Posting] | Sequence[StandIn], on: datetime.date) -> None:
    """End each period the day before `on`, or withdraw it where it had not held for a day by then."""
    for row in rows:
        model: type[Model] = type(row)
        change: dict[str, Any] = (
            {"until_day": on - ONE_DAY} if row.from_day < on else {"withdrawn_on": clock.today()}
        )
        model._base_manager.filter(pk=row.pk).update(**change)


def _carry_stand_ins(old: Posting, new: Posting, on: datetime.date) -> None:
    """Let who stands in for the old posting stand in for the new one until the same day."""
    StandIn.objects.bulk_create(
        StandIn(
            posting=new,
            substitute_id=each.substitute_id,
            from_day=max(on, each.from_day),
            until_day=each.until_day,
            reason=each.reason,
        )
        for each in StandIn.objects.overlapping(on, None).filter(posting=old)
    )


def _record(moved: Sequence[tuple[Posting, Posting]], *, by: User, on: datetime.date) -> None:
    """Write one entry for every posting that continues elsewhere."""
    for old, new in moved:
        act = Act(
            "posting.followed_area",
            "posting",
            str(new.pk),
            on,
            clock.today(),
            area=new.area_id,
            before=old.area_id,
            after=new.area_id,
            details={"staff": new.user_id, "role": new.role, "posting_before": old.pk},
        )
        record_many([act], by=by.authority(Right.MANAGE_AREAS, new.area_id))


@dataclass(frozen=True, slots=True)
class RoleLabelsFollow:
    """What roles are called in an area is what they are called in the areas that take its place.

    An area that another one merges into goes on under its own labels.
    """

    claims = ("accounts.RoleLabel.area",)

    def __call__(self, predecessor: Area, successors: Sequence[Area], *, by: User, on: datetime.date) -> None:
        """Copy the labels in force on the day, where the successor has none of its own."""
        labels: dict[str, str] = dict(
            RoleLabel.objects.filter(area=predecessor, from_day__lte=on)
            .order_by("from_day")
            .values_list("role", "label")
        )
        for area in in_its_place(predecessor, on):
            own = set(RoleLabel.objects.filter(area=area).values_list("role", flat=True))
            RoleLabel.objects.bulk_create(
                RoleLabel(area_id=area, role=role, label=label, from_day=on)
                for role, label in labels.items()
                if role not in own
            )


@dataclass(frozen=True, slots=True)
class LoansAndHomesFollow:
    """Running loans and the areas that accounts were opened for go to the (first) successor.

    They only say who looks after the loan or the account, so one area is enough also after a split.
    """

    claims = ("accounts.Loan.area", "accounts.User.home")

    def __call__(self, predecessor: Area, successors: Sequence[Area], *, by: User, on: datetime.date) -> None:
        """Hand both on; without a successor to the area above."""
        heir = successors[0] if successors else predecessor.parent
        if heir is not None:
            Loan.objects.filter(area=predecessor, ended_on__isnull=True, until_day__gte=on).update(area=heir)
            User.objects.filter(home=predecessor).update(home=heir)


postings = PostingsFollow()
role_labels = RoleLabelsFollow()
loans_and_homes = LoansAndHomesFollow()
