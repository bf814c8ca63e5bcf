"""What the brake holds back: grouped by comparison, standard and county, each with a sample of ten to look at."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import CharField, Count, F, Max, QuerySet, Value
from django.db.models.functions import MD5, Cast, Concat, Left

from foundation.accounts.models import Area, User
from foundation.accounts.roles import Level
from monitoring.comparison.brake import REFUSED
from monitoring.models import DeclaredStandard, Finding, Run
from monitoring.querysets import FindingQuerySet
from monitoring.runs.places import held_page

#: How many findings a person looks at before deciding over all of them.
SAMPLE = 10


@dataclass(frozen=True, slots=True)
class Held:
    """The findings of one standard in one county that a comparison holds back, and which brake does."""

    run: Run
    #: The comparison that found and held them first; a later one may have found them again.
    first: Run
    standard: DeclaredStandard
    county: str
    county_name: str
    because: str
    count: int

    @property
    def tree(self) -> str:
        """The area by which the brake counted: the county, or the part of it that was compared."""
        return max(self.county, self.first.area_id, key=len)

    @property
    def url(self) -> str:
        """Where they are looked at and decided over."""
        return held_page(self.run.pk, self.standard.pk, self.county)


def held_findings(user: User) -> FindingQuerySet:
    """Return every finding that waits behind the brake and that `user` may see."""
    return waiting(Finding.objects.visible_to(user))


def waiting(rows: FindingQuerySet) -> FindingQuerySet:
    """Keep what nobody has decided over: neither released nor refused."""
    return rows.living().filter(result=Finding.Result.HELD).exclude(held_because=REFUSED)


def groups(rows: QuerySet[Finding]) -> list[Held]:
    """Group held findings, the newest comparison first; at most a few dozen there are."""
    counted = (
        rows.order_by()
        .annotate(county=Left("area_id", Level.COUNTY.value))
        .values("run", "standard", "county")
        .annotate(count=Count("pk"), because=Max("held_because"), first=Max("first_run"))
        .order_by("-run_id", "standard_id", "county")
    )
    found = list(counted)
    keys = {each[name] for each in found for name in ("run", "first")}
    runs = Run.objects.select_related("area").in_bulk(keys)
    standards = DeclaredStandard.objects.in_bulk({each["standard"] for each in found})
    names = _names(each["county"] for each in found)
    return [
        Held(
            runs[each["run"]],
            runs[each["first"]],
            standards[each["standard"]],
            each["county"],
            names.get(each["county"], each["county"]),
            each["because"],
            each["count"],
        )
        for each in found
    ]


def sample(rows: QuerySet[Finding], run: Run) -> list[Finding]:
    """Return ten of the findings that a comparison holds back: for everybody, at every look, the same ten.

    They are drawn by the digest of each finding and the number of the comparison, which nobody chooses.
    """
    drawn = rows.annotate(
        lot=MD5(Concat(F("digest"), Value(":"), Cast(Value(run.pk), CharField()), Cast(F("pk"), CharField())))
    )
    return list(drawn.select_related("standard", "household", "resident", "area").order_by("lot")[:SAMPLE])


def _names(codes: Iterable[str]) -> dict[str, str]:
    return dict(Area.objects.filter(code__in=set(codes)).values_list("code", "name"))
