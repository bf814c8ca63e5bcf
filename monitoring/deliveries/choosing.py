"""What a person may choose when handing in a file: datasets, areas, the period that is due."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import prefixes
from monitoring.models import Dataset, Delivery
from monitoring.rhythm.expecting import Expectations, Standing
from monitoring.rhythm.slots import is_expected, slots

#: Standings of a span that still waits for its file, the most pressing first.
_OPEN = (Standing.MISSING, Standing.DUE)


@dataclass(frozen=True, slots=True)
class Deliverable:
    """What one person delivers: datasets of their department, areas of their duties and those directly below."""

    datasets: QuerySet[Dataset]
    areas: QuerySet[Area]
    deliveries: QuerySet[Delivery]

    def delivery(self, pk: object) -> Delivery | None:
        """Return one of the deliveries that the person may replace or add to."""
        return self.deliveries.filter(pk=int(str(pk))).first() if pk and str(pk).isdecimal() else None


def deliverable(user: User) -> Deliverable:
    """Return what `user` may deliver, and where."""
    codes = prefixes(user, Right.DELIVER_DATA)
    areas = Area.objects.visible_to(user, Right.DELIVER_DATA).living().filter(level__lte=Level.TOWNSHIP)
    if not user.is_built_in:
        areas = areas.filter(Q(pk__in=codes) | Q(parent__in=codes))
    return Deliverable(
        datasets=Dataset.objects.visible_to(user, Right.DELIVER_DATA).declared().select_related("department"),
        areas=areas.order_by("code"),
        deliveries=Delivery.objects.visible_to(user, Right.DELIVER_DATA)
        .filter(state__in=("accepted", "waiting"))
        .select_related("dataset__department", "area"),
    )


def proposed_period(dataset: Dataset, area: str) -> str:
    """Return the period to hand in next: the oldest that is still open, else the span that ended last."""
    contract, today = dataset.contract, clock.today()
    if not is_expected(contract):
        return _this_month_or_day(dataset)
    spans = Expectations(area, [dataset]).of(dataset)
    waiting = [each for each in spans if each.standing in _OPEN]
    if waiting:
        return waiting[-1].asked_for
    ended = [each.slot for each in spans if each.slot.ended(today)] or [
        slot for slot in slots(contract, today.replace(year=today.year - 1), today) if slot.ended(today)
    ][-1:]
    return ended[0].period if ended else _this_month_or_day(dataset)


def _this_month_or_day(dataset: Dataset) -> str:
    form = dataset.contract.periods[0]
    return {"month": f"{clock.today():%Y-%m}", "year": f"{clock.today():%Y}"}.get(
        form, clock.today().isoformat()
    )
