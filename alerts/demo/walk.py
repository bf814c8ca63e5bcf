"""The guided walk as far as the proposal: S1 is dispatched, assigned, visited, and proposed for enrolment."""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alerts.models import Alert
from alerts.verification.own_list import form_url
from foundation.accounts.models import User
from foundation.desk.walk import Stop
from households.models import Resident
from households.models.households import HEAD

#: The household that everybody follows (S1), and who visits it.
HOUSEHOLD, VISITOR = "YS000001", "cun"
_BEFORE_ASSIGNED = ("raised", "dispatched")
_BEFORE_REPORTED = (*_BEFORE_ASSIGNED, "assigned", "returned")
_BEFORE_PROPOSED = (*_BEFORE_REPORTED, "reported")
#: What the assistant finds in the yard of S1 (field.md 7.3), by the questions of the check.
FOUND = {
    "q_house_safe": "yes", "q_all_at_school": "yes", "q_all_insured": "yes", "q_water_safe": "yes",
    "q_medical_paid": "31615.50", "q_income_part": "near", "q_expense_part": "heavy", "q_hardship_part": "grave",
    "q_coping_part": "unable", "q_opinion": "propose", "no_place": "no_signal",
}  # fmt: skip


def the_alert() -> Alert | None:
    """Return the warning of the household of the walk: its newest; None before there is one."""
    return Alert.objects.filter(household__code=HOUSEHOLD).order_by("-pk").first()


def _at(name: str, *more: str) -> Callable[[], str]:
    def page() -> str:
        alert = the_alert()
        return reverse(f"alerts:{name}", args=[alert.pk, *more]) if alert else ""

    return page


def _past(states: tuple[str, ...]) -> Callable[[], bool]:
    def is_done() -> bool:
        alert = the_alert()
        return alert is not None and alert.state not in states

    return is_done


def _visitor() -> Mapping[str, Any]:
    return {"visitor": User.objects.get(username=VISITOR).pk}


def _check_page() -> str:
    alert = the_alert()
    return form_url(alert.household_id) if alert else ""


def _check() -> Mapping[str, Any]:
    head = Resident.objects.present().get(household__code=HOUSEHOLD, relation=HEAD)
    found = _(
        "The child was in hospital three times; savings are spent, 20,000 yuan borrowed from relatives."
    )
    return FOUND | {"met": [head.pk], "q_found": found}


def _proposal() -> Mapping[str, Any]:
    return {"reason": _("As reported: sudden serious difficulty through illness.")}


STOPS = (
    Stop(
        "xian",
        gettext_lazy(
            "The night's comparison raised this warning. The county dispatcher hands it to the township that is "
            "responsible."
        ),
        _at("move", "dispatch"),
        _past(("raised",)),
    ),
    Stop(
        "zhen",
        gettext_lazy("The township verifier sends somebody who knows the yard."),
        _at("way", "assign"),
        _past(_BEFORE_ASSIGNED),
        fills=_visitor,
    ),
    Stop(
        VISITOR,
        gettext_lazy(
            "The village assistant checks at the door. What register and departments know stands there already."
        ),
        _check_page,
        _past(_BEFORE_REPORTED),
        press="form[data-visit] .form-buttons .btn-primary",
        fills=_check,
    ),
    Stop(
        "zhen",
        gettext_lazy(
            "Who visited does not review: the township proposes the household, and its case is opened."
        ),
        _at("way", "propose"),
        _past(_BEFORE_PROPOSED),
        fills=_proposal,
    ),
)
