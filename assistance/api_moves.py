"""The moves of a case by the API: returns, side doors, and the endings that need nothing but a reason.

The steps of the chain rest on papers, meetings and notices, which are made on their pages; here they are read alone.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms

from assistance.deciding import refusing, undoing
from assistance.deciding.forms import WhyForm
from assistance.models import Case
from assistance.views.way import STEPS
from foundation.accounts.models import User
from foundation.desk.api_moves import ApiMove


class EndingForm(WhyForm):
    """Why a case ends, as the household reads it, and the version that the person saw."""

    version = forms.IntegerField()


def _about(case: Case, _user: User) -> dict[str, Any]:
    return {"case": case}


def _nothing(_case: Case, _user: User) -> dict[str, Any]:
    return {}


def _because(act: Callable[..., object]) -> ApiMove:
    return ApiMove(EndingForm, lambda row, form, by: act(row, form.cleaned_data["reason"], by=by), _nothing)


MOVES: Mapping[str, ApiMove] = {
    **{verb: ApiMove(step.form, step.run, _about) for verb, step in STEPS.items()},
    "refuse": _because(refusing.refuse),
    "decline": _because(refusing.decline),
    "undo_approval": _because(undoing.undo_approval),
}
