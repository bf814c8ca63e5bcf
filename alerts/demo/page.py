"""What the warnings bring to the first page of the demonstration: the end of its funnel, counts, and stories.

Every story is read from its rows: one whose warning is not there, or is not as its sentence says, is left out.
"""

from collections.abc import Callable
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy, pgettext

from alerts.demo.table import ALERTS
from alerts.models import Alert
from alerts.querysets import AlertQuerySet
from alerts.selectors import outcome_name
from foundation.accounts.demo.places import COUNTY
from foundation.accounts.labels import role_labels
from foundation.accounts.models import User
from foundation.accounts.roles import Right, Role
from foundation.accounts.scope import within
from foundation.desk.demo_parts import Count, DemoPart, Step, StoryLine
from households.models.households import HEAD
from monitoring.models import Finding

#: Who of the cast decides on warnings that nobody has taken up yet.
DISPATCHER = "xian"
_FORGOTTEN = "dibao_left"


def numbers() -> list[tuple[int, Promise]]:
    """Return nothing: the funnel says it."""
    return []


def funnel() -> list[Step]:
    """Return how many households have an open warning."""
    number = ALERTS.whole()
    if not Alert.objects.filter(within("area__code", [COUNTY])).exists():
        return []
    return [Step(number, pgettext("counted", "warnings (households)"), reverse("alerts:queue"), DISPATCHER)]


def stories() -> list[StoryLine]:
    """Return a sentence with the way to the warning for each story that came so far."""
    codes = [code for code, _tell in _TOLD]
    found = {row.household.code: row for row in _rows().filter(household__code__in=codes)}
    lines = [_line(found[code], tell(found[code])) for code, tell in _TOLD if code in found]
    return [line for line in [*lines, _taken_back()] if line is not None]


def _rows() -> AlertQuerySet:
    return Alert.objects.open().select_related("household", "area", "follows")


def _line(alert: Alert, sentence: str) -> StoryLine | None:
    return _story(sentence, reverse("alerts:alert", args=[alert.pk])) if sentence else None


def _story(sentence: str, page: str) -> StoryLine:
    return StoryLine(sentence, page, DISPATCHER, role_labels(COUNTY)[Role.COUNTY_DISPATCHER])


def _ill_child(alert: Alert) -> str:
    """S1: several standards in one night, one warning."""
    measured = _measured(alert, "medical_self_paid_half_year")
    if measured is None or len(alert.standards) < 3:
        return ""
    told = _who(alert) | {"sum": f"{measured:,.2f}", "n": len(alert.standards)}
    return (
        _("%(head)s, %(village)s: %(sum)s yuan for a child in half a year; %(n)s standards, one warning.")
        % told
    )


def _one_who_remains(alert: Alert) -> str:
    """S4: the mother is cremated and stands in the roll, the benefit fell, the son is ill."""
    reminded = Finding.objects.living().filter(household=alert.household_id, standard="cremated_in_benefit")
    if "benefit_fell" not in alert.standards or not reminded.exists():
        return ""
    told = _(
        "%(head)s, %(village)s: the mother was cremated and stands in the dibao roll still; what about the one who "
        "remains?"
    )
    return told % _who(alert)


def _wrong_person(alert: Alert) -> str:
    """S6: the row bears the name of somebody else."""
    if not alert.signals.living().filter(finding__name_differs=True).exists():
        return ""
    told = _("%(head)s, %(village)s: a stay in hospital with his number and another name: whose is it?")
    return told % _who(alert)


def _awake_again(alert: Alert) -> str:
    """S7: quiet after a closed warning, awake because half as much again was paid."""
    before = alert.follows
    if alert.woke != Alert.Woke.STEP_UP or before is None:
        return ""
    outcome = outcome_name(before.outcome, alert.area_id)
    told = _(
        "%(head)s, %(village)s: closed on %(closed)s (%(outcome)s), quiet until %(until)s; awake again, for what was "
        "paid rose by more than half."
    )
    return told % {
        **_who(alert),
        "closed": before.closed_on,
        "until": before.quiet_until,
        "outcome": outcome,
    }


def _at_school_no_more(alert: Alert) -> str:
    """S13."""
    if "school_dropout" not in alert.standards:
        return ""
    return _("%(head)s, %(village)s: the school has missed a child since the autumn holiday.") % _who(alert)


def _unsafe_house(alert: Alert) -> str:
    """S14."""
    if "house_unsafe" not in alert.standards:
        return ""
    return _("%(head)s, %(village)s: the dwelling is unsafe; warned of since %(opened)s.") % {
        **_who(alert), "opened": alert.opened_on,
    }  # fmt: skip


def _taken_back() -> StoryLine | None:
    """S8: a sheet was missing, and what was concluded from it is taken back."""
    here = within("area__code", [COUNTY])
    left = Finding.objects.filter(here, standard=_FORGOTTEN, retracted_at__isnull=False).count()
    alerts = Alert.objects.filter(here, state="retracted").count()
    if not left or not alerts:
        return None
    sentence = _(
        "A sheet of September's dibao roll was missing: %(people)d people “left”; %(alerts)d warnings were taken back "
        "when it came."
    )
    page = f"{reverse('alerts:all')}?{urlencode({'state': 'retracted'})}"
    return _story(sentence % {"people": left, "alerts": alerts}, page)


def _who(alert: Alert) -> dict[str, str]:
    head = alert.household.residents.filter(relation=HEAD).first()
    return {"head": head.name if head else alert.household.code, "village": alert.area.name}


def _measured(alert: Alert, standard: str) -> Decimal | None:
    signal = alert.signals.living().filter(standard=standard).first()
    return signal.measured if signal else None


_TOLD: tuple[tuple[str, Callable[[Alert], str]], ...] = (
    ("YS000001", _ill_child),
    ("YS000004", _one_who_remains),
    ("YS000006", _wrong_person),
    ("YS000007", _awake_again),
    ("YS000013", _at_school_no_more),
    ("YS000014", _unsafe_house),
)


def _raised(user: User) -> int:
    return Alert.objects.visible_to(user).open().filter(state="raised").count()


def _open(user: User) -> int:
    return Alert.objects.visible_to(user).open().count()


COUNTS = (
    Count(
        Right.DISPATCH_ALERTS,
        _raised,
        ngettext_lazy("%(n)d warning to dispatch", "%(n)d warnings to dispatch", "n"),
    ),
    Count(Right.VIEW_ALERTS, _open, ngettext_lazy("%(n)d open warning", "%(n)d open warnings", "n")),
)
PART = DemoPart(numbers, stories, COUNTS, funnel)
