"""When areas are compared by themselves: every county once a night, and an area after what it was delivered.

Nothing is compared here. What is wanted waits as one row for each area (RunRequest); it begins when no comparison of
that area is open, so that there is never a second one, and one more follows where more came meanwhile.
"""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.models.areas import ancestors
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Level, Right
from foundation.jobs.models import Job
from foundation.regulations.lookup import value
from households.models import Household
from monitoring.comparison.asking import ask_run
from monitoring.models import Delivery, Run, RunRequest
from monitoring.screening.book import standards_of
from monitoring.screening.standard import DEATHS

#: The regulation value that says whether deliveries are followed by a comparison before the night.
AT_ONCE = "comparison_after_delivery"
#: Files are handed in one after the other: a comparison begins when none came for so long, but waits no longer than
#: the second.
QUIET = datetime.timedelta(minutes=3)
LONGEST = datetime.timedelta(minutes=30)
#: Whoever works at the console of the server says when to compare (`compare`); the night does it in any case.
CONSOLE = "shell"


@dataclass(frozen=True, slots=True)
class ByHand:
    """What somebody asks for: as of which day, with which standards (none: every one), and what was known when."""

    as_of: datetime.date
    standards: tuple[str, ...] = ()
    known_at: datetime.datetime | None = None


def after_delivery(delivery: Delivery, *, by: User) -> None:
    """Ask for the standards that a delivery feeds (monitoring.followers.DeliveryFollower)."""
    area = delivery.area_id
    if by.username == CONSOLE or not value(AT_ONCE, area=area).yes:
        return
    codes = fed_by(delivery.dataset_id)
    if codes is not None:
        request(area, codes, cause=Run.Cause.DELIVERY, quiet=QUIET)


def fed_by(dataset: str) -> list[str] | None:
    """Return the standards whose answers a dataset may change, none at all as None; empty: every standard.

    Who died counts in no standard about persons: the datasets that tell of deaths concern them all.
    """
    if dataset in DEATHS:
        return []
    return sorted(each.code for each in standards_of(dataset)) or None


@transaction.atomic
def request(
    area: str,
    standards: Collection[str],
    *,
    cause: Run.Cause,
    quiet: datetime.timedelta = datetime.timedelta(),
) -> RunRequest:
    """Let a comparison of an area wait for its turn, joined to the one that waits there already.

    Every standard (`standards` empty) takes in each; the night goes before a delivery.
    """
    now = timezone.now()
    first = {
        "standards": sorted(standards),
        "cause": cause,
        "first_at": now,
        "asked_at": now,
        "begins_at": now + quiet,
    }
    waiting, made = RunRequest.objects.select_for_update().get_or_create(area_id=area, defaults=first)
    if made:
        return waiting
    whole = not waiting.standards or not standards
    waiting.standards = [] if whole else sorted({*waiting.standards, *standards})
    waiting.cause = Run.Cause.NIGHT if Run.Cause.NIGHT in (waiting.cause, cause) else cause
    waiting.asked_at = now
    latest = waiting.first_at + LONGEST
    waiting.begins_at = min(now + quiet, max(latest, now)) if quiet else now
    waiting.save(update_fields=["standards", "cause", "asked_at", "begins_at"])
    return waiting


def begin_ripe(*, by: User) -> list[Run]:
    """Begin what has waited long enough in areas where no comparison is open; returns the runs that were asked for.

    What a comparison asked for since then has answered is dropped.
    """
    ripe = list(RunRequest.objects.ripe(timezone.now()).values_list("pk", flat=True))
    return [run for key in ripe if (run := _begin(key, by=by))]


def night_work(*, by: User, on: datetime.date) -> None:
    """Ask for the comparisons of the night that leads into the day `on` (foundation.accounts.next_day.NightWork)."""
    compare_counties(on, by=by)


def compare_counties(on: datetime.date, *, by: User) -> list[Run]:
    """Ask for a comparison of every county that has households and data, each once for the day `on`.

    Two timetables that ring at once ask for one: they wait for each other.
    """
    with transaction.atomic():
        _wait_for_twin()
        done = set(Run.objects.filter(cause=Run.Cause.NIGHT, as_of=on).values_list("area", flat=True))
        for county in _counties():
            if county not in done:
                request(county, [], cause=Run.Cause.NIGHT)
    return begin_ripe(by=by)


@transaction.atomic
def ask_by_hand(area: str, *, by: User, wanted: ByHand) -> Run:
    """Ask for a comparison by hand; refused for a day to come, and while one of the same households is under way."""
    by.authority(Right.RUN_COMPARISON, area)
    if wanted.as_of > clock.today():
        raise Refused(_("The day lies in the future: enter a day up to today."), field="as_of")
    _wait_for_twin()
    if under_way := open_runs(area).select_related("area").first():
        raise Refused(
            _("A comparison of %(area)s is under way: wait for its end, or stop it.")
            % {"area": under_way.area.name},
            field="area",
        )
    return ask_run(
        area,
        by=by,
        as_of=wanted.as_of,
        standards=wanted.standards,
        known_at=wanted.known_at,
        cause=Run.Cause.HAND,
    )


def open_runs(area: str) -> QuerySet[Run]:
    """Return the comparisons under way that share households with an area, the newest first."""
    shared = Q(area__code__startswith=area) | Q(area__in=ancestors(area))
    rows = Run.objects.filter(shared, ended_at__isnull=True)
    return rows.filter(job__in=Job.objects.open().values("uuid")).order_by("-pk")


@transaction.atomic
def _begin(key: int, *, by: User) -> Run | None:
    waiting = RunRequest.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=key).first()
    if waiting is None or open_runs(waiting.area_id).exists():
        return None
    run = None
    if not _answered(waiting):
        run = ask_run(
            waiting.area_id,
            by=by,
            as_of=clock.today(),
            standards=tuple(waiting.standards),
            cause=Run.Cause(waiting.cause),
        )
    waiting.delete()
    return run


def _answered(waiting: RunRequest) -> bool:
    """Whether a comparison asked for after the last delivery has looked at the same."""
    since = Run.objects.filter(
        area__in=[*ancestors(waiting.area_id), waiting.area_id],
        asked_at__gte=waiting.asked_at,
        looks_back=False,
        known_at__isnull=True,
        ended_at__isnull=False,
    )
    wanted = set(waiting.standards)
    if waiting.cause == Run.Cause.NIGHT:
        since = since.filter(as_of__gte=clock.today())
    return any(not run.standards or (wanted and wanted <= set(run.standards)) for run in since)


def _counties() -> list[str]:
    """Return the counties with households for which data is in force, of themselves, above or below."""
    told = set(Delivery.objects.in_force().order_by().values_list("area", flat=True).distinct())
    counties = Area.objects.living().filter(level=Level.COUNTY).order_by("code")
    return [
        code
        for code in counties.values_list("code", flat=True)
        if any(code.startswith(each) or each.startswith(code) for each in told)
        and Household.objects.living().filter(area__code__startswith=code).exists()
    ]


def _wait_for_twin() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('comparison of the night', 0))")
