"""The duty list (筛查预警职责清单) of an area: which department delivers what, how often, by which text, and who."""

import datetime
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from foundation.accounts.models import Area, Posting, User
from foundation.accounts.models.areas import ancestors
from foundation.accounts.roles import Level, Right, Role
from foundation.accounts.scope import prefixes, within
from foundation.desk.watermark import watermark
from foundation.files.pdf import Grid, Sheet, sheet
from monitoring.contracts import words
from monitoring.feeding import watched_for
from monitoring.models import Dataset, Delivery


class Officers:
    """Who delivers for the departments of one area today: one query for the whole list."""

    def __init__(self, area: Area) -> None:
        """Read the department information officers posted in `area` itself."""
        self._names: dict[str | None, list[str]] = defaultdict(list)
        posted = Posting.objects.in_force().filter(
            role=Role.DEPARTMENT_OFFICER, area=area, user__is_active=True
        )
        for posting in posted.select_related("user").order_by("department", "user__name"):
            self._names[posting.department_id].append(posting.user.name)

    def of(self, dataset: Dataset) -> str:
        """Name who delivers a dataset, or say that nobody is posted."""
        return "、".join(self._names.get(dataset.department_id, [])) or _("nobody is posted")


def areas_with_lists(user: User) -> QuerySet[Area]:
    """Return the areas whose duty list `user` may choose: those of their duties, and what lies directly below."""
    codes = prefixes(user, Right.VIEW_DATASETS)
    rows = Area.objects.visible_to(user, Right.VIEW_DATASETS).living().filter(level__lte=Level.COUNTY)
    if user.is_built_in:
        return rows.order_by("code")
    return rows.filter(Q(pk__in=codes) | Q(parent__in=codes)).order_by("code")


def area_of_list(user: User, asked: str) -> Area | None:
    """Return the area a list is asked for; without one the first the reader may choose. None: it is not theirs."""
    rows = areas_with_lists(user)
    return rows.filter(pk=asked).first() if asked else rows.first()


def delivered(user: User) -> QuerySet[Dataset]:
    """Return the datasets of a duty list that `user` may see: what is delivered regularly or on query alike."""
    return Dataset.objects.visible_to(user).declared().select_related("department")


class LastDeliveries:
    """When each dataset last came for one area, for a part of it, or for what lies above it: one query."""

    def __init__(self, area: Area) -> None:
        """Read the days of receipt of what was taken."""
        here = Q(area__in=ancestors(area.code)) | within("area__code", [area.code])
        rows = Delivery.objects.filter(here, state__in=("accepted", "superseded"))
        newest = rows.order_by().values_list("dataset").annotate(Max("received_on"))
        self._days: dict[str, datetime.date] = dict(newest)

    def of(self, dataset: Dataset) -> datetime.date | None:
        """Return the day of the last delivery; None: nothing came yet."""
        return self._days.get(dataset.pk)


def signing_sheet(area: Area, datasets: Iterable[Dataset], *, by: User) -> bytes:
    """Return the list as PDF: a grid for each department, with a place to sign and to stamp."""
    officers = Officers(area)
    by_department: dict[str, list[Dataset]] = defaultdict(list)
    for dataset in datasets:
        by_department[dataset.department.called].append(dataset)
    last = LastDeliveries(area)
    columns = (
        _("dataset"),
        _("watches for"),
        _("rhythm"),
        _("last delivery"),
        _("legal basis"),
        _("signature and stamp"),
    )
    grids = [
        Grid(
            heading=f"{name} · {officers.of(rows[0])}",
            columns=columns,
            rows=[
                (
                    each.name,
                    watched_for(each.pk),
                    words.rhythm(each.contract.rhythm),
                    str(last.of(each) or "—"),
                    _basis(each),
                    "",
                )
                for each in rows
            ],
        )
        for name, rows in by_department.items()
    ]
    title = _("Duty list of screening and warning: %(area)s") % {"area": area.name}
    signatures = (_("for the county's lead office"), _("date"))
    return sheet(Sheet(title, watermark(by, area.name), grids=grids, signatures=signatures))


def _basis(dataset: Dataset) -> str:
    return words.source(dataset.contract.legal)
