"""The moves of an alert by the API: every one of its pages, with the form and the stage function of the page."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import PermissionDenied

from alerts import deciding, selectors, way_forms
from alerts.bulk.acts import RIGHTS, Kind, Wanted, put_off
from alerts.bulk.asking import Asked, ask
from alerts.forms import CloseForm, JoinForm
from alerts.models import Alert, BulkItem
from alerts.verification import leading, urging
from alerts.views.leading import settled
from alerts.views.way import STEPS
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.desk.api_moves import ApiMove, plain_move
from foundation.desk.fields import DayField, ReasonField


class VersionForm(forms.Form):
    """Nothing but the version that the person saw."""

    version = forms.IntegerField()


class PutOffForm(VersionForm):
    """Until when an alert is put off, and why."""

    until = DayField(label=gettext_lazy("Put off until and including"))
    reason = ReasonField()


class QuietForm(VersionForm):
    """Until when the standards of a closed alert are quiet, and why; without a day the cool-down ends now."""

    until = DayField(
        label=gettext_lazy("Cool-down until and including"),
        required=False,
        help_text=gettext_lazy("Empty: it ends now."),
    )
    reason = ReasonField()


def _about(alert: Alert, _user: User) -> dict[str, Any]:
    return {"alert": alert}


def _nothing(_alert: Alert, _user: User) -> dict[str, Any]:
    return {}


def _others(alert: Alert, user: User) -> dict[str, Any]:
    return {"others": selectors.to_join(alert, user)}


def _join(alert: Alert, form: Any, by: User) -> object:
    return deciding.join(alert, form.chosen(), by=by, reason=form.cleaned_data["reason"])


def _settle(alert: Alert, form: Any, by: User) -> object:
    if not leading.may_settle(alert, by):
        raise PermissionDenied(_("This is not yours to do, or it is not possible as it stands now."))
    return settled(alert, form, by)


def _urge(alert: Alert, _form: Any, by: User) -> object:
    if not any(by.holds(right, alert.area_id) for right in urging.RIGHTS):
        raise PermissionDenied(_("You have no right to do this here."))
    return urging.urge(alert, by=by)


def _on_many(kind: str) -> Callable[[Alert, Any, User], object]:
    """Return an act on many alerts, asked for this one; its refusal is raised, and nothing of it is kept."""

    @transaction.atomic
    def run(alert: Alert, form: Any, by: User) -> object:
        if not any(by.holds(right, alert.area_id) for right in RIGHTS[kind]):
            raise PermissionDenied(_("You have no right to do this here."))
        given = form.cleaned_data
        asked = Asked(kind, Wanted(until=given.get("until")), given.get("reason", ""))
        rows = Alert.objects.visible_to(by)
        bulk = ask(rows, asked, by=by, seen={alert.pk: alert.version}, ring=False)
        item = bulk.items.first()
        if item is None or item.result != BulkItem.Result.DONE:
            raise Refused(item.why if item else _("There is nothing here, or it belongs to another area."))
        return bulk

    return run


def side_acts(alert: Alert, user: User) -> list[tuple[str, str]]:
    """Return the acts beside the way of an alert that `user` may do now: name and words."""
    names = {Kind.SNOOZE.value: "put_off", Kind.WAKE.value: "wake", Kind.QUIET.value: "cool_down"}
    found = [(names[kind], words) for kind, words in put_off(alert, user)["side_acts"]]
    if leading.may_settle(alert, user):
        found.append(("settle", _("Settle the third return")))
    if urging.may_urge(user, alert):
        found.append(("urge", urging.name_for(user)))
    return found


#: Every move that an alert has by the API, by the name that stands under `move`.
MOVES: Mapping[str, ApiMove] = {
    "dispatch": plain_move(
        lambda row, asked, by: deciding.dispatch(row, asked, by=by), "dispatch", needs_reason=False
    ),
    **{verb: ApiMove(step.form, step.run, _about) for verb, step in STEPS.items()},
    "close": ApiMove(CloseForm, lambda row, form, by: deciding.close(row, form.closing(), by=by), _about),
    "join": ApiMove(JoinForm, _join, _others),
    "reopen": plain_move(
        lambda row, asked, by: deciding.reopen(row, asked, by=by), "reopen", needs_reason=True
    ),
    "settle": ApiMove(way_forms.SettleForm, _settle, _about, extra=True),
    "put_off": ApiMove(PutOffForm, _on_many(Kind.SNOOZE), _nothing, extra=True),
    "wake": ApiMove(VersionForm, _on_many(Kind.WAKE), _nothing, extra=True),
    "cool_down": ApiMove(QuietForm, _on_many(Kind.QUIET), _nothing, extra=True),
    "urge": ApiMove(VersionForm, _urge, _nothing, extra=True),
}
