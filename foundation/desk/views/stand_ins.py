"""Stand-ins: the list, arrange one for a posting, cancel one."""

from typing import Any

from django.db.models import Case, Q, When
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts import clock, stand_ins
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.labels import called, local_label, role_label
from foundation.accounts.models import Posting, StandIn
from foundation.accounts.querysets import StandInQuerySet
from foundation.accounts.roles import Right, Role
from foundation.accounts.scope import prefixes, within
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.once import once
from foundation.desk.staff_forms import ReasonForm, StandInForm
from foundation.desk.tables import Badge, Column, Filter, Table, answer


def _state(row: StandIn) -> Badge:
    today = clock.today()
    if row.withdrawn_on:
        return Badge(gettext_lazy("cancelled"), "plain")
    if row.until_day < today:
        return Badge(gettext_lazy("over"), "plain")
    return (
        Badge(gettext_lazy("to come"), "action")
        if row.from_day > today
        else Badge(gettext_lazy("now"), "done")
    )


def _now(rows: Any, wanted: bool) -> StandInQuerySet:
    return rows.in_force() if wanted else rows.exclude(pk__in=rows.in_force().values("pk"))


STAND_INS = Table(
    "stand_ins",
    columns=(
        Column(
            "substitute",
            gettext_lazy("Stand-in"),
            lambda row: row.substitute.name,
            url=lambda row: reverse("desk:person", args=[row.substitute_id]),
        ),
        Column(
            "absent",
            gettext_lazy("Stands in for"),
            lambda row: row.posting.user.name,
            url=lambda row: reverse("desk:person", args=[row.posting.user_id]),
        ),
        Column(
            "role", gettext_lazy("Role"), lambda row: called(row.posting.role, row.local, row.posting.area_id)
        ),
        Column("area", gettext_lazy("Area"), lambda row: row.posting.area.name),
        Column("from", gettext_lazy("From"), lambda row: row.from_day, kind="day", sort="from_day"),
        Column(
            "until",
            gettext_lazy("Until and including"),
            lambda row: row.until_day,
            kind="day",
            sort="until_day",
        ),
        Column("reason", gettext_lazy("Reason"), lambda row: row.reason),
        Column("state", gettext_lazy("State"), _state, kind="badge"),
        Column(
            "act",
            gettext_lazy("Act"),
            lambda row: gettext_lazy("Cancel the stand-in") if row.may_cancel else None,
            kind="link",
            url=lambda row: reverse("desk:stand_in_cancel", args=[row.pk]) if row.may_cancel else "",
        ),
    ),
    filters=(Filter("now", gettext_lazy("Stands in today"), "yesno", _now),),
    order=("-from_day", "pk"),
    empty=gettext_lazy("Nobody stands in for anybody. A stand-in is arranged on the absent person's page."),
)


@door(Right.VIEW_STAFF)
def stand_ins_list(request: StaffRequest) -> HttpResponse:
    """List the stand-ins of one's areas, past ones included."""
    arranges = within("posting__area__code", prefixes(request.user, Right.ARRANGE_STAND_INS))
    running = Q(until_day__gte=clock.today(), withdrawn_on__isnull=True)
    rows = (
        StandIn.objects.visible_to(request.user)
        .annotate(
            may_cancel=Case(When(arranges & running, then=True), default=False),
            local=local_label("posting__role", "posting__area_id"),
        )
        .select_related("substitute", "posting__user", "posting__area")
    )
    return answer(request, "desk/stand_ins.html", STAND_INS.page(rows, request))


@door(Right.ARRANGE_STAND_INS)
@once
def arrange(request: StaffRequest, pk: int) -> HttpResponse:
    """Arrange who acts in a posting while its holder is absent."""
    posting = get_visible_or_404(
        Posting.objects.standing().select_related("user", "area"), request.user, pk=pk
    )
    form = StandInForm(request.POST or None, user=request.user, posting=posting)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: stand_ins.arrange(form.wanted(), by=request.user),
            done=lambda made: _("%(name)s stands in.") % {"name": made.substitute.name},
            then="desk:stand_ins",
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Arrange a stand-in: %(posting)s") % {"posting": _named(posting)},
        submit=_("Arrange"),
        cancel=reverse("desk:person", args=[posting.user_id]),
        intro=_("The stand-in acts with this role and area on these days, under their own name."),
    )


@door(Right.ARRANGE_STAND_INS)
@once
def cancel(request: StaffRequest, pk: int) -> HttpResponse:
    """End a stand-in at once."""
    row = get_visible_or_404(
        StandIn.objects.select_related("substitute", "posting__user", "posting__area"), request.user, pk=pk
    )
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(
            request,
            form,
            lambda: stand_ins.cancel(row, by=request.user, reason=reason),
            done=_("The stand-in is cancelled."),
            then="desk:stand_ins",
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Cancel the stand-in of %(name)s") % {"name": row.substitute.name},
        submit=_("Cancel the stand-in"),
        cancel=reverse("desk:stand_ins"),
        template=CONFIRM,
        consequences=[
            _("From the next request on, %(name)s no longer has the rights of: %(posting)s.")
            % {"name": row.substitute.name, "posting": _named(row.posting)}
        ],
    )


def _named(posting: Posting) -> str:
    return f"{posting.user.name} · {role_label(Role(posting.role), posting.area_id)} · {posting.area.name}"
