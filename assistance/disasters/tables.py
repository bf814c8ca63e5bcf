"""Lists of disasters, of the households of one, and of the papers that are owed after help came first."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.disasters.keeping import KINDS
from assistance.disasters.selectors import kinds_of
from assistance.fast_track.helping import KINDS as HELP_KINDS
from assistance.fast_track.papers import owing, step_names
from assistance.lifecycle import CASE, HELD, UNDER_WAY
from assistance.models import Case, Disaster, DisasterHousehold, FirstHelp
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.desk.columns import Badge, ReadyView
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Column, Filter, Table
from households.models import Resident
from households.models.households import HEAD

Harm = DisasterHousehold.Harm


def rows_for(user: User) -> QuerySet[Any]:
    """Return the disasters of one's areas with the number of households that one may see."""
    mine = DisasterHousehold.objects.visible_to(user).living()
    return (
        Disaster.objects.visible_to(user)
        .select_related("area")
        .annotate(
            listed=Count("households", filter=Q(households__in=mine)),
            opened=Count("households", filter=Q(households__in=mine, households__case__isnull=False)),
        )
    )


def disasters() -> Table:
    """Return the list of disasters, the newest first."""
    return Table(
        "disasters",
        title=gettext_lazy("Disasters"),
        columns=(
            Column("name", pgettext_lazy("disaster", "Disaster"), lambda row: row.name, "link",
                   url=lambda row: reverse("cases:disaster", args=[row.pk])),
            Column("kind", pgettext_lazy("disaster", "Kind"), _kind),
            Column("day", pgettext_lazy("disaster", "Day"), lambda row: row.happened_on, "day", sort="happened_on"),
            Column("place", pgettext_lazy("disaster", "Place"), lambda row: row.area.name),
            Column("listed", gettext_lazy("Households"), lambda row: row.listed, "number"),
            Column("opened", gettext_lazy("Cases opened"), lambda row: row.opened, "number"),
        ),
        filters=(
            Filter("area", gettext_lazy("Area (code or name)"), "text",
                   lambda rows, text: rows.filter(in_place(text)), nameless=True),
            Filter("from", pgettext_lazy("disaster", "From day"), "day",
                   lambda rows, day: rows.filter(happened_on__gte=day)),
        ),
        order=("-happened_on", "-pk"),
        empty=gettext_lazy(
            "No disaster is entered for your areas. The township enters one when many households are hit at once."
        ),
    )  # fmt: skip


def households(disaster: Disaster, *, form: str = "") -> Table:
    """Return the list of the households of one disaster."""
    helps = dict(kinds_of(HELP_KINDS, disaster.area_id))
    return Table(
        "disaster_households",
        title=disaster.name,
        columns=(
            Column("head", gettext_lazy("Head"), _head, "link", url=_url),
            Column("code", gettext_lazy("Household number"), lambda row: row.household.code, "code"),
            Column("village", gettext_lazy("Village"), lambda row: row.household.area.name),
            Column("group", gettext_lazy("Group"), lambda row: row.household.group_name),
            Column("harm", pgettext_lazy("disaster", "Harm"), harm_badge, "badge"),
            Column("safe", pgettext_lazy("disaster", "Safe"), lambda row: row.safe_on, "day"),
            Column("helped", pgettext_lazy("disaster", "Helped first"), lambda row: helped_words(row, helps)),
            Column("state", gettext_lazy("Case"), _state, "badge"),
            Column("papers", gettext_lazy("Papers due"), _papers, "day"),
            Column("why", pgettext_lazy("disaster", "Left because"), lambda row: row.left_reason),
        ),
        filters=_filters(disaster),
        order=("household__area_id", "household__code", "pk"),
        form=form,
        empty=gettext_lazy("No household is on the list yet: hand in the emergency list, or take whole villages."),
    )  # fmt: skip


def _filters(disaster: Disaster) -> tuple[Filter, ...]:
    helped = Exists(FirstHelp.objects.filter(listed=OuterRef("pk")))
    owed = Q(case__fast_track=True, case__state__in=UNDER_WAY)
    return (
        Filter("area", gettext_lazy("Area (code or name)"), "text",
               lambda rows, text: rows.filter(in_place(text, "household__area")), nameless=True),
        Filter("harm", pgettext_lazy("disaster", "Harm"), "choice", lambda rows, code: rows.filter(harm=code),
               lambda _user: Harm.choices),
        Filter("safe", pgettext_lazy("disaster", "Safe"), "yesno",
               lambda rows, wanted: rows.filter(safe_on__isnull=not wanted)),
        Filter("helped", pgettext_lazy("disaster", "Helped first"), "yesno",
               lambda rows, wanted: rows.filter(helped) if wanted else rows.exclude(helped)),
        Filter("opened", gettext_lazy("Case opened"), "yesno",
               lambda rows, wanted: rows.filter(case__isnull=not wanted)),
        Filter("owing", gettext_lazy("Papers owed"), "yesno", _which(owed)),
        Filter("overdue", gettext_lazy("Papers overdue"), "yesno",
               _which(owed & Q(case__papers_due_on__lt=clock.today())), more=True),
        Filter("enrolled", gettext_lazy("Enrolled"), "yesno", _which(Q(case__state__in=HELD)), more=True),
        Filter("left", pgettext_lazy("disaster", "Left unharmed"), "yesno",
               lambda rows, wanted: rows.filter(left_on__isnull=not wanted), more=True),
    )  # fmt: skip


def papers_owed(user: User) -> tuple[Table, QuerySet[Case]]:
    """Return the list of cases that owe papers since help came first, and its rows; the earliest day first."""
    heads = Resident.objects.present().filter(relation=HEAD)
    rows, names = owing(user).select_related("household", "area"), step_names()
    return Table(
        "papers_owed",
        title=gettext_lazy("Papers owed after help first"),
        columns=(
            Column("head", gettext_lazy("Head"), _head, "link", url=lambda row: reverse("cases:case", args=[row.pk])),
            Column("code", gettext_lazy("Household number"), lambda row: row.household.code, "code"),
            Column("village", gettext_lazy("Village"), lambda row: row.area.name),
            Column("origin", gettext_lazy("Came by"), lambda row: row.get_origin_display()),
            Column("waits", gettext_lazy("Waits for"), lambda row: _waits(row, names)),
            Column("due", gettext_lazy("Papers due"), lambda row: row.papers_due_on, "day", sort="papers_due_on"),
            Column("late", gettext_lazy("Overdue"), _late, "badge"),
        ),
        filters=(
            Filter("area", gettext_lazy("Area (code or name)"), "text",
                   lambda kept, text: kept.filter(in_place(text)), nameless=True),
            Filter("overdue", gettext_lazy("Overdue"), "yesno", _only_late),
        ),
        order=("papers_due_on", "pk"),
        views=(ReadyView(gettext_lazy("All"), ""), ReadyView(gettext_lazy("Overdue"), "overdue=yes")),
        empty=gettext_lazy("No papers are owed: where help came first, the procedure is complete."),
    ), rows.prefetch_related(Prefetch("household__residents", heads, to_attr="heads"))  # fmt: skip


def _which(condition: Q) -> Callable[[QuerySet[Any], Any], QuerySet[Any]]:
    """Return what keeps the rows that fit, or the others: those without a case among them."""

    def kept(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
        fitting = rows.filter(condition)
        return fitting if wanted else rows.exclude(pk__in=fitting.order_by().values("pk"))

    return kept


def _only_late(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    late = Q(papers_due_on__lt=clock.today())
    return rows.filter(late) if wanted else rows.exclude(late)


def _waits(row: Case, names: dict[str, str]) -> str:
    return "、".join(names.get(step, step) for step in row.waits_for)


def _late(row: Case) -> Badge | None:
    late = row.papers_due_on is not None and row.papers_due_on < clock.today()
    return Badge(_("overdue"), "overdue") if late else None


def _head(row: Any) -> str:
    return next((str(head.shown_name) for head in row.household.heads), row.household.code)


def _kind(row: Disaster) -> str:
    return dict(kinds_of(KINDS, row.area_id)).get(row.kind, row.kind)


def _url(row: DisasterHousehold) -> str:
    if row.case_id:
        return reverse("cases:case", args=[row.case_id])
    return reverse("households:household", args=[row.household_id])


def harm_badge(row: DisasterHousehold) -> Badge:
    """Return how a household was harmed, in a pill."""
    if row.left_on:
        return Badge(_("unharmed"), "done")
    return Badge(row.get_harm_display(), "overdue" if row.harm == Harm.HEAVY else "soon")


def helped_words(row: DisasterHousehold, names: dict[str, str]) -> str:
    """Return what a household got first, with the days; `names` are those of the kinds of help."""
    return "；".join(f"{names.get(each.kind, each.kind)} {each.helped_on:%m-%d}" for each in row.helps.all())


def _state(row: DisasterHousehold) -> Badge | None:
    if row.case is None:
        return None
    tone = "done" if row.case.state in HELD else "action" if row.case.state in UNDER_WAY else "plain"
    return Badge(CASE.states[row.case.state], tone)  # type: ignore[arg-type]


def _papers(row: DisasterHousehold) -> Any:
    case = row.case
    return case.papers_due_on if case and case.fast_track and case.state in UNDER_WAY else None
