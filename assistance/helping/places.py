"""Which places a case has for helpers, who may fill each, and how many households everybody has already."""

import datetime
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from assistance.models import Case, HelperPlace
from foundation.accounts import clock
from foundation.accounts.labels import role_labels
from foundation.accounts.models import Posting
from foundation.accounts.models.areas import ancestors
from foundation.accounts.querysets import PostingQuerySet
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import RULES, Level, Right, Role
from foundation.regulations.lookup import value
from foundation.regulations.units import in_language

PLACES = "helper_places"
#: Places that one role alone fills, in the village of the household; any other place takes whoever may help.
ROLE_OF = {"first_secretary": Role.FIRST_SECRETARY, "stationed_member": Role.STATIONED_MEMBER}
#: Who works above a county oversees and does not help.
_OVERSEE = frozenset({Role.CITY_OVERSEER, Role.PROVINCE_OVERSEER})
#: Roles from whose posts people help: those that read a case somewhere or once it is lent, and stay.
MAY_HELP = frozenset(
    role
    for role, rule in RULES.items()
    if Right.VIEW_CASES in rule.rights | rule.with_loan and not rule.time_limited and role not in _OVERSEE
)
#: Cases in which nobody is helped any more. States that are not named here (removed ones too) keep their helpers.
NOT_HELPED = frozenset(
    {
        "declined",
        "withdrawn",
        "unreachable",
        "died_out",
        "moved_away",
        "duplicate",
        "unharmed",
        "corrected",
        "ended",
    }
)
#: Before the decision nobody helps yet, but where help comes first.
_NOT_YET = frozenset({"open", "unauthorised"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may fill a place: their post, unit, and how many households they help already."""

    posting: Posting
    role: str
    unit: str
    load: int

    @property
    def words(self) -> str:
        """Name, role, unit and load, as a line to choose from."""
        said = [
            self.posting.user.name,
            self.role,
            self.unit,
            _("helps %(count)d households") % {"count": self.load},
        ]
        return " · ".join(each for each in said if each)


def kinds_of(area: str, on: datetime.date | None = None) -> dict[str, str]:
    """Return the places of an area on a day (default: the business day), code → name, in their order."""
    found = value(PLACES, area=area, on=on or clock.today())
    return {item["code"]: in_language(item["zh"], item["en"]) for item in found.items}


def name_of(place: HelperPlace) -> str:
    """Return what a place is called where its case is; its code where the area no longer has it."""
    return kinds_of(place.case.area_id).get(place.kind) or kinds_of(place.case.area_id, place.offered_on).get(
        place.kind, place.kind
    )


def may_have_helpers(case: Case) -> bool:
    """Say whether a case may have helpers now: decided, or on the fast track, and not left."""
    return case.state not in NOT_HELPED and (case.state not in _NOT_YET or case.fast_track)


def fitting(case: Case, kind: str) -> Q:
    """Return the condition that a posting may fill a place of a case: in its township, or above it."""
    if kind in ROLE_OF:
        return Q(role=ROLE_OF[kind], area=case.area_id)
    township = case.area_id[: Level.TOWNSHIP]
    near = Q(area__code__startswith=township) | Q(area__in=ancestors(case.area_id))
    return near & Q(role__in=MAY_HELP)


def candidates(case: Case, kind: str, most: int = 200) -> list[Candidate]:
    """Return who may fill a place of a case, who has least to do first; a few queries."""
    return _least_first(Posting.objects.filter(fitting(case, kind)), case.area_id)[:most]


def _least_first(postings: PostingQuerySet, area: str) -> list[Candidate]:
    """Return people in these posts today: helpers by profession first, then who helps fewest households."""
    rows = list(
        postings.in_force()
        .filter(user__is_active=True, user__is_built_in=False)
        .select_related("user", "department", "area")
    )
    busy, called = loads({row.user_id for row in rows}), role_labels(area)
    found = [Candidate(row, called[Role(row.role)], unit_of(row), busy[row.user_id]) for row in rows]
    return sorted(found, key=lambda each: (each.posting.role != Role.HELPER, each.load, each.posting.pk))


def receivers(places: Sequence[HelperPlace], most: int = 300) -> list[Candidate]:
    """Return who may take over one of these places at least, who has least to do first."""
    fits = Q(pk__in=[])
    for case, kind in {(row.case.area_id, row.kind): (row.case, row.kind) for row in places}.values():
        fits |= fitting(case, kind)
    return _least_first(Posting.objects.filter(fits), places[0].case.area_id)[:most] if places else []


def unit_of(posting: Posting) -> str:
    """Return the department of a post in words, or nothing."""
    return posting.department.name if posting.department else ""


def loads(people: Collection[int]) -> Counter[int]:
    """Count the households that each of `people` helps or was named for."""
    rows = HelperPlace.objects.active().filter(person__in=people).order_by()
    counted = rows.values("person").annotate(count=Count("case", distinct=True))
    return Counter({row["person"]: row["count"] for row in counted})


def check_fits(case: Case, kind: str, posting: Posting) -> None:
    """Refuse a post from which nobody fills this place today."""
    if kind not in kinds_of(case.area_id):
        raise Refused(_("A household has no such place here."), field="kind")
    rows = Posting.objects.in_force().filter(fitting(case, kind), pk=posting.pk, user__is_active=True)
    if not rows.exists():
        raise Refused(
            _("Nobody fills this place from that post: choose somebody who works here today."),
            field="posting",
        )
