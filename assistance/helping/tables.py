"""Lists: households with their helpers and what they lack, and hand-overs."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from assistance.board.wording import head
from assistance.helping.hanging import leaving
from assistance.helping.places import NOT_HELPED, kinds_of
from assistance.lifecycle import HELD
from assistance.models import Case, HandOver, HelperClock, HelperPlace
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.desk.columns import Badge, ReadyView
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Column, Filter, Table
from foundation.desk.templatetags.shell import relative
from households.models import Resident
from households.models.households import HEAD

_LACKS = (("any", pgettext_lazy("helper", "some helper")), ("overdue", pgettext_lazy("helper", "overdue")))


def rows_for(user: User) -> QuerySet[Any]:
    """Return the cases of one's areas that have helpers or lack them, with both; no query per row.

    Households that were monitored before this platform have no clock, and stand here all the same.
    """
    active = HelperPlace.objects.active().select_related("person").order_by("pk")
    rows: QuerySet[Any] = Case.objects.visible_to(user).exclude(state__in=NOT_HELPED)
    held, clocks = HelperPlace.objects.active(), HelperClock.objects.running()
    helped = Exists(held.filter(case=OuterRef("pk"))) | Exists(clocks.filter(case=OuterRef("pk")))
    rows = rows.filter(helped | Q(state__in=HELD))
    return with_heads(rows).prefetch_related(
        Prefetch("helper_places", active, to_attr="active_places"),
        Prefetch("helper_clocks", HelperClock.objects.running(), to_attr="running_clocks"),
    )


def with_heads(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Read cases with their households and heads, as lists name them."""
    heads = Resident.objects.present().filter(relation=HEAD)
    return rows.select_related("household", "area").prefetch_related(
        Prefetch("household__residents", heads, to_attr="heads")
    )


def helpers(form: str = "") -> Table:
    """Return the list of households and their helpers; `form` is the id of the form that takes ticked rows."""
    return Table(
        "helpers",
        form=form,
        title=pgettext_lazy("helper", "Helpers"),
        columns=(
            Column("head", gettext_lazy("Head of household"), head, "link",
                   url=lambda row: reverse("cases:case", args=[row.pk])),
            Column("due", pgettext_lazy("helper", "To be named until"), _due, "badge"),
            Column("helpers", pgettext_lazy("helper", "Helpers"), _helpers),
            Column("missing", pgettext_lazy("helper", "Still missing"), _missing),
            Column("village", gettext_lazy("Village"), lambda row: row.area.name),
            Column("untold", pgettext_lazy("helper", "Household told"), _told, "badge"),
            Column("category", pgettext_lazy("case", "Category"), lambda row: row.get_category_display()),
            Column("level", pgettext_lazy("case", "Risk level"), lambda row: row.get_level_display()),
            Column("code", gettext_lazy("Household number"), lambda row: row.household.code, "code"),
        ),
        filters=(
            Filter("lack", pgettext_lazy("helper", "Lacks"), "choice", _lacks, lambda _user: list(_LACKS)),
            Filter("area", gettext_lazy("Area (code or name)"), "text",
                   lambda rows, text: rows.filter(in_place(text)), nameless=True),
            Filter("leaving", pgettext_lazy("helper", "Helper leaves or has left"), "yesno", _leaving),
            Filter("untold", pgettext_lazy("helper", "Household to be told"), "yesno", _untold),
        ),
        order=("area_id", "-pk"),
        views=(
            ReadyView(pgettext_lazy("helper", "All"), ""),
            ReadyView(pgettext_lazy("helper", "Helper missing"), "lack=any"),
            ReadyView(pgettext_lazy("helper", "Overdue"), "lack=overdue"),
            ReadyView(pgettext_lazy("helper", "Helper leaves"), "leaving=yes"),
            ReadyView(pgettext_lazy("helper", "To be told"), "untold=yes"),
        ),
        empty=gettext_lazy(
            "No household here. Who is announced as monitored comes onto this list until everybody has accepted, and "
            "stays as long as somebody helps."
        ),
    )  # fmt: skip


def hand_overs() -> Table:
    """Return the list of hand-overs, the newest first."""
    return Table(
        "hand_overs",
        title=pgettext_lazy("hand-over", "Hand-overs"),
        columns=(
            Column("who", pgettext_lazy("hand-over", "Hand-over"), who, "link",
                   url=lambda row: reverse("cases:hand_over", args=[row.pk])),
            Column("state", gettext_lazy("State"), state_badge, "badge"),
            Column("day", pgettext_lazy("hand-over", "Day"), lambda row: row.day, "day", sort="day"),
            Column("households", gettext_lazy("Households"), lambda row: row.households, "number"),
            Column("reason", gettext_lazy("Reason"), lambda row: row.reason),
            Column("made_on", pgettext_lazy("hand-over", "Begun on"), lambda row: row.made_on, "day"),
        ),
        filters=(
            Filter("open", pgettext_lazy("hand-over", "Not answered yet"), "yesno",
                   lambda rows, wanted: rows.filter(answered_on__isnull=wanted)),
        ),
        order=("-pk",),
        empty=gettext_lazy("Nothing was handed over yet. Who leaves a post hands their households over here first."),
    )  # fmt: skip


def hand_overs_for(user: User) -> QuerySet[Any]:
    """Return the hand-overs that one may see, with the number of households that one may see of each."""
    mine = HelperPlace.objects.visible_to(user)
    rows: QuerySet[Any] = HandOver.objects.visible_to(user).select_related("giver", "receiver")
    return rows.annotate(households=Count("places", filter=Q(places__in=mine.order_by().values("pk"))))


def who(row: HandOver) -> str:
    """Say who hands over to whom."""
    return f"{row.giver.name} → {row.receiver.name}"


def state_badge(row: HandOver) -> Badge:
    """Return what became of a hand-over, in a pill."""
    if not row.answered_on:
        late = row.day < clock.today()
        return Badge(pgettext("hand-over", "waits for acceptance"), "soon" if late else "action")
    return Badge(row.get_answer_display(), "done" if row.answer == HandOver.Answer.ACCEPTED else "plain")


def _due(row: Any) -> Badge | None:
    if not row.running_clocks:
        return None
    due = row.running_clocks[0].due_on
    if due is None:
        return Badge(pgettext("helper", "no days are set here"), "plain")
    return Badge(f"{due.isoformat()} {relative(due)}", "overdue" if due < clock.today() else "soon")


def _helpers(row: Any) -> str:
    names = kinds_of(row.area_id)
    said = []
    for place in row.active_places:
        asked = _("(not accepted yet)") if place.state == "offered" else ""
        said.append(f"{names.get(place.kind, place.kind)}：{place.person.name}{asked}")
    return "；".join(said)


def _missing(row: Any) -> str:
    taken = {place.kind for place in row.active_places}
    return "、".join(name for code, name in kinds_of(row.area_id).items() if code not in taken)


def _told(row: Any) -> Badge | None:
    waiting = any(place.state == "accepted" and place.told_on is None for place in row.active_places)
    return Badge(pgettext("helper", "to be told"), "soon") if waiting else None


def _lacks(rows: QuerySet[Any], asked: str) -> QuerySet[Any]:
    running = HelperClock.objects.running().filter(case=OuterRef("pk"))
    if asked == "overdue":
        return rows.filter(Exists(running.filter(due_on__lt=clock.today())))
    helped = Exists(HelperPlace.objects.held().filter(case=OuterRef("pk")))
    return rows.filter(Exists(running) | Q(state__in=HELD) & ~helped)


def _leaving(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    fits = Exists(leaving(HelperPlace.objects.filter(case=OuterRef("pk"))))
    return rows.filter(fits if wanted else ~fits)


def _untold(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    fits = Exists(HelperPlace.objects.held().filter(case=OuterRef("pk"), told_on__isnull=True))
    return rows.filter(fits if wanted else ~fits)
