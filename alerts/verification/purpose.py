"""Doorstep checks as what a visit serves: the warnings that wait at a household, and what becomes of them.

`PURPOSE` is a PurposeSource (households/visits/purposes.py), named in config/composition.py.
"""

from collections.abc import Collection, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from alerts import wording
from alerts.models import Alert, MissingPiece, Signal
from alerts.selectors import signals_of
from alerts.verification import pieces
from alerts.verification.concluding import QUESTIONNAIRE, conclusion
from alerts.verification.path import path_of
from alerts.verification.pieces import ToldPiece
from alerts.verification.reported import report_visit, withdraw_report
from alerts.verification.visiting import TO_VISIT, may_be_unreachable, opened
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.punctuation import said_of
from households.authorisations.asking import asked_or_held
from households.models import Household, Visit
from households.visits.purposes import Due, Purpose, Step

#: What the household is asked to allow where enrolment is proposed (value authorisation_purposes).
_PURPOSE = "asset_check"


class Checks:
    """The open warning of a household, as long as somebody has to go there."""

    model = Alert._meta.label_lower

    def due_at(self, household: Household, user: User) -> Sequence[Due]:
        """Return the warning that waits for a visit, with what may be known of it at the door."""
        rows = Alert.objects.visible_to(user, Right.VISIT_HOUSEHOLDS).filter(household=household)
        return [_due(row) for row in rows.filter(state__in=TO_VISIT).select_related("household", "area")]

    def told(self, keys: Collection[str], user: User) -> dict[str, Due]:
        """Return the warnings that `user` may see, in words."""
        rows = Alert.objects.visible_to(user).filter(pk__in=keys).select_related("household")
        return {str(row.pk): Due(_purpose(row), _title(row), _page(row)) for row in rows}

    def opened(self, household: Household, *, by: User) -> None:
        """Write down that whoever was sent has opened the work."""
        for row in Alert.objects.filter(household=household, visitor=by, state__in=TO_VISIT):
            opened(row, by=by)

    def served(self, visit: Visit, object_id: str, *, by: User) -> None:
        """Report the visit; an attempt that met nobody is kept with the warning, which goes on waiting."""
        if visit.outcome != Visit.Outcome.MET:
            return
        if visit.questionnaire.code != QUESTIONNAIRE:
            raise Refused(
                _("A warning is settled by the doorstep check: choose that form."), field="purposes"
            )
        report_visit(_locked(object_id), visit, conclusion(visit.answers), by=by)

    def corrected(self, visit: Visit, object_id: str, *, by: User) -> None:
        """Report anew what was corrected, as long as the township has not judged it."""
        alert = _locked(object_id)
        if alert.visit_id != visit.pk:
            self.served(visit, object_id, by=by)
            return
        told = conclusion(visit.answers) if visit.outcome == Visit.Outcome.MET else None
        if told and (told.opinion, told.outcome) == (alert.opinion, alert.reported_outcome):
            return
        withdraw_report(alert, _("The visit was corrected."), by=by)
        if told:
            report_visit(alert, visit, told, by=by)

    def unserved(self, visit: Visit, object_id: str, *, by: User) -> None:
        """Take the report of an annulled visit back, as long as the township has not judged it."""
        alert = _locked(object_id)
        if alert.visit_id == visit.pk and alert.is_open and alert.state != "returned":
            withdraw_report(alert, _("The visit was annulled."), by=by)

    def steps(self, visit: Visit, object_id: str, user: User) -> Sequence[Step]:
        """Return what is next: the authorisation where enrolment is proposed, else the next household."""
        alert = Alert.objects.select_related("household").get(pk=object_id)
        found = []
        takes = user.holds(Right.TAKE_AUTHORISATIONS, alert.area_id, of=alert.household)
        if takes and wants_authorisation(alert, visit):
            found.append(
                Step(
                    _("Ask for the authorisation"),
                    f"{reverse('authorisations:ask', args=[alert.household_id])}?purposes={_PURPOSE}",
                    _("You propose enrolment: now the household is asked, and not before."),
                )
            )
        if visit.outcome == Visit.Outcome.NOBODY and may_be_unreachable(alert, user):
            found.append(
                Step(
                    _("Report: could not be reached"),
                    reverse("alerts:unreachable", args=[alert.pk]),
                    _("Three attempts are written down; the township reviews it."),
                )
            )
        if alert.visitor_id == user.pk:
            found.append(Step(_("My next household"), reverse("alerts:mine")))
        return found


def wants_authorisation(alert: Alert, visit: Visit) -> bool:
    """Say whether the household is to be asked now: enrolment is proposed, and nothing of it is signed or asked."""
    return (
        alert.visit_id == visit.pk
        and alert.opinion == Alert.Opinion.PROPOSE
        and alert.state in ("reported", "proposed")
        and not asked_or_held(alert.household, _PURPOSE)
    )


def notes_from(living: Sequence[Signal]) -> tuple[str, ...]:
    """Return what is known at the door before an authorisation: kind of event, person, month, band of the amount."""
    said = (
        " · ".join(filter(None, (cause.kind, cause.who, each.when, each.amount)))
        for cause in wording.causes(living, exact=False)
        for each in cause.signals
    )
    return tuple(dict.fromkeys(said))


def _due(alert: Alert) -> Due:
    living = [each for each in signals_of(alert) if each.is_living]
    return Due(
        _purpose(alert),
        _title(alert),
        _page(alert),
        notes=notes_from(living),
        hints=_hints(living),
        visitors=path_of(alert).checkers,
    )


def _hints(living: Sequence[Signal]) -> dict[str, str]:
    """Say by kind of event which month and band the departments' data have of an expense."""
    said: dict[str, list[str]] = {}
    for each in living:
        told = wording.told(each, exact=False)
        if each.finding_id and told.amount:
            words = _("Departments' data: %(month)s, %(band)s.") % {"month": told.when, "band": told.amount}
            said.setdefault(each.event_kind, []).append(words)
    return {kind: " ".join(dict.fromkeys(words)) for kind, words in said.items()}


def _locked(key: str) -> Alert:
    return Alert.objects.select_for_update(of=("self",)).select_related("household", "area").get(pk=key)


def _purpose(alert: Alert) -> Purpose:
    return Purpose(Alert._meta.label_lower, str(alert.pk))


def _title(alert: Alert) -> str:
    return _("Warning of %(day)s: %(state)s") % {"day": alert.opened_on, "state": alert.state_label}


def _page(alert: Alert) -> str:
    return reverse("alerts:alert", args=[alert.pk])


class Pieces:
    """What the township misses of a report that it returned: a check list, ticked off by the visit that brings it."""

    model = MissingPiece._meta.label_lower

    def due_at(self, household: Household, user: User) -> Sequence[Due]:
        """Return the open lines of the check list."""
        alert = Alert.objects.visible_to(user, Right.VISIT_HOUSEHOLDS)
        found = alert.filter(household=household, state="returned").select_related("household").first()
        lines = [] if found is None else [each for each in pieces.told(found) if each.row.mended_on is None]
        return [Due(self._purpose(each.row.pk), _missing(each), ticked=False) for each in lines]

    def told(self, keys: Collection[str], user: User) -> dict[str, Due]:
        """Return the lines of warnings that `user` may see, in words."""
        seen = (
            Alert.objects.visible_to(user)
            .filter(pieces__in=[int(key) for key in keys])
            .distinct()
            .select_related("household")
        )
        lines = [each for alert in seen for each in pieces.told(alert) if str(each.row.pk) in keys]
        return {str(each.row.pk): Due(self._purpose(each.row.pk), _missing(each)) for each in lines}

    def opened(self, household: Household, *, by: User) -> None:
        """Nothing follows: the warning itself is opened."""

    def served(self, visit: Visit, object_id: str, *, by: User) -> None:
        """Tick the line off."""
        row = MissingPiece.objects.select_related("alert").get(pk=object_id)
        pieces.mend(row.alert, [row.pk], by=by)

    def corrected(self, visit: Visit, object_id: str, *, by: User) -> None:
        """Nothing follows: what was brought is there."""

    def unserved(self, visit: Visit, object_id: str, *, by: User) -> None:
        """Let the line be missing again."""
        MissingPiece.objects.filter(pk=object_id).update(mended_on=None, mended_by=None)

    def steps(self, visit: Visit, object_id: str, user: User) -> Sequence[Step]:
        """Nothing is next for a line of its own."""
        return []

    def _purpose(self, key: int) -> Purpose:
        return Purpose(self.model, str(key))


def _missing(line: ToldPiece) -> str:
    name = said_of(line.name, line.row.note) if line.row.note else line.name
    return _("The township asked for this: %(what)s") % {"what": name}


PURPOSE = Checks()
PIECES = Pieces()
