"""A new risk that was seen on a visit reports itself: one signal per visit, taken back with the visit.

Every form that asks whether there is a new risk also asks of what kind it is. The report joins the open warning of the
household or opens one (alerts.reporting), whatever the visit was for. Whoever may visit reports this way: a helper sees
the household alone and holds no right for an area.

`NEW_RISKS` is a VisitFollower (households/visits/followers.py), named in config/composition.py.
"""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from alerts import reporting
from alerts.models import Alert, Channel, Signal
from alerts.reporting import Told
from alerts.retracting import retract_report
from assistance.models import SeenRisk
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from households.identity.masking import masked_text
from households.models import Visit
from households.visits.answers import FIELD, words
from households.visits.book import declared_of
from households.visits.purposes import Step
from households.visits.questionnaires import Kind, Question

#: Questions that ask for a new risk, with the answers that say that there may be one: of the ordinary visit (F11) and
#: of the removal check (F12).
SEEN: Mapping[str, tuple[str, ...]] = {"risk_seen": ("maybe", "yes"), "new_risk": ("unclear", "yes")}
#: The questions beside it: of what kind it is, and what was found.
KIND, FOUND = "risk_kind", "found"
_LONGEST = 500


class NewRisks:
    """The report that a visit makes by itself."""

    def written(self, visit: Visit, *, by: User) -> None:
        """Report the new risk that was seen."""
        self.corrected(visit, by=by)

    def corrected(self, visit: Visit, *, by: User) -> None:
        """Report what the visit says now, and take the report before it back where it differs.

        Refused where the form asks for the kind of risk and was not told.
        """
        told, before = _told(visit), reported_by(visit)
        if before is not None and told is not None and _same(before, told):
            return
        SeenRisk.objects.filter(visit=visit).delete()
        if told is not None:
            signal = reporting.report_seen(visit.household, told, by=by)
            SeenRisk.objects.create(visit=visit, signal=signal)
        if before is not None:
            retract_report(before, _("The visit was corrected."), by=by)

    def annulled(self, visit: Visit, *, by: User) -> None:
        """Take back what a visit had reported that counts no more."""
        before = reported_by(visit)
        if before is not None:
            SeenRisk.objects.filter(visit=visit).delete()
            retract_report(before, _("The visit was annulled."), by=by)

    def steps(self, visit: Visit, user: User) -> Sequence[Step]:
        """Name the warning that the new risk is in; where the form could not report it, lead to the report."""
        signal = reported_by(visit)
        if signal is not None:
            why = _("The township checks it and decides what follows.")
            if Alert.objects.visible_to(user).filter(pk=signal.alert_id).exists():
                return [Step(_("Open the warning"), reverse("alerts:alert", args=[signal.alert_id]), why)]
            return [Step(_("The new risk is reported: nothing more is asked of you."), "", why)]
        if seen_by(visit) is None or not user.holds(Right.REPORT_CONCERNS, visit.household.area_id):
            return []
        return [
            Step(
                _("Report the new risk"),
                reverse("alerts:report", args=[visit.household_id]),
                _("You saw a new risk: the report opens a warning, and the township checks it."),
            )
        ]


def reported_by(visit: Visit) -> Signal | None:
    """Return the signal that a visit made by itself, as long as the visit says so."""
    row = SeenRisk.objects.filter(visit=visit).select_related("signal").first()
    return row.signal if row is not None else None


def seen_by(visit: Visit) -> Question | None:
    """Return the question by whose answer a visit that met the household saw a new risk, or one to be checked."""
    if visit.outcome != Visit.Outcome.MET:
        return None
    asked = declared_of(visit.questionnaire).questions()
    return next((each for each in asked if visit.answers.get(each.code) in SEEN.get(each.code, ())), None)


def _same(before: Signal, told: Told) -> bool:
    return (before.event_kind, before.text) == (told.event_kind, masked_text(told.text))


def _told(visit: Visit) -> Told | None:
    """Return what a visit reports; None where it saw no risk, or was asked by a form that does not ask its kind."""
    question = seen_by(visit)
    if question is None or KIND not in {each.code for each in declared_of(visit.questionnaire).questions()}:
        return None
    kind = visit.answers.get(KIND, "")
    if not kind:
        raise Refused(
            _("Say of what kind the new risk is: the visit reports it, and the township checks it."),
            field=FIELD + KIND,
        )
    with override(settings.LANGUAGE_CODE):
        seen = words(question, visit.answers[question.code], area=visit.area_id, on=visit.happened_on)
        seen = f"{question.asks} {seen}" if question.kind is Kind.YESNO else seen
    text = f"{seen}：{visit.answers[FOUND]}"[:_LONGEST]
    return Told(Channel.VISIT, visit.happened_on, kind, text)


NEW_RISKS = NewRisks()
