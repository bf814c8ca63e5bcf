"""How a warning of a story leaves a state towards the one in which it was raised, by who may and with a reason."""

from collections.abc import Callable, Mapping

from alerts import deciding
from alerts.demo.acts import DISPATCHER, holder, person
from alerts.models import Alert
from alerts.verification import assigning, reviewing
from alerts.verification.pieces import ReturnItem
from alerts.verification.reported import withdraw_report
from foundation.accounts.models import User
from foundation.accounts.roles import Role
from foundation.workflow.move import Request
from households.demo.storytelling import reason


def ways_back() -> Mapping[str, Callable[[Alert], Alert]]:
    """Return by state the act that brings a warning one step back."""
    return {
        "dispatched": _recalled,
        "assigned": _recalled,
        "returned": _recalled,
        "reported": lambda alert: withdraw_report(alert, reason(), by=_reporter(alert)),
        "proposed": _sent_back,
        "unauthorised": _resumed,
        "watched": _resumed,
        "referred": _resumed,
        "closed": lambda alert: deciding.reopen(
            alert, Request("reopen", reason=reason()), by=person(DISPATCHER)
        ),
    }


def _recalled(alert: Alert) -> Alert:
    return assigning.recall(alert, reason(), by=person(DISPATCHER))


def _resumed(alert: Alert) -> Alert:
    return reviewing.resume(alert, reason(), by=_verifier(alert))


def _sent_back(alert: Alert) -> Alert:
    return reviewing.give_back(alert, [ReturnItem("other", reason())], reason(), by=_verifier(alert))


def _verifier(alert: Alert) -> User:
    return holder(Role.TOWNSHIP_VERIFIER, alert.area_id)


def _reporter(alert: Alert) -> User:
    return alert.visit.entered_by if alert.visit else _verifier(alert)
