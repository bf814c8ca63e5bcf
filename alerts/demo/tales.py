"""What the first page of the demonstration tells of warnings, read from their rows.

A story whose warning is not there, or is not as its sentence says, is left out.
"""

from collections.abc import Callable
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from alerts.models import Alert, Channel
from alerts.selectors import outcome_name
from foundation.accounts.demo.places import COUNTY
from foundation.accounts.kin import recused_people
from foundation.accounts.labels import role_labels
from foundation.accounts.roles import Role
from foundation.accounts.scope import within
from foundation.desk.demo_parts import StoryLine
from households.models.households import HEAD
from monitoring.models import Finding

#: Who of the cast decides on warnings that nobody has taken up yet.
DISPATCHER = "xian"
_FORGOTTEN = "dibao_left"


def stories() -> list[StoryLine]:
    """Return a sentence with the way to the warning for each story that came so far."""
    codes = [code for code, _tell in _TOLD]
    rows = Alert.objects.filter(household__code__in=codes).select_related("household", "area", "follows")
    newest = {row.household.code: row for row in rows.order_by("pk")}
    lines = [_line(newest[code], tell(newest[code])) for code, tell in _TOLD if code in newest]
    return [line for line in [*lines, _taken_back()] if line is not None]


def _line(alert: Alert, sentence: str) -> StoryLine | None:
    return _story(sentence, reverse("alerts:alert", args=[alert.pk])) if sentence else None


def _story(sentence: str, page: str) -> StoryLine:
    return StoryLine(sentence, page, DISPATCHER, role_labels(COUNTY)[Role.COUNTY_DISPATCHER])


def _ill_child(alert: Alert) -> str:
    """S1: several standards in one night, and the household's own word: one warning."""
    measured = _measured(alert, "medical_self_paid_half_year")
    if measured is None or len(alert.standards) < 3 or not alert.is_open:
        return ""
    told = _who(alert) | {"sum": f"{measured:,.2f}", "n": len(alert.standards), "m": len(alert.channels)}
    return (
        _(
            "%(head)s, %(village)s: %(sum)s yuan for a child in half a year; %(n)s standards, %(m)s channels, one "
            "warning."
        )
        % told
    )


def _honest_no(alert: Alert) -> str:
    """S2: a call to the hotline, closed with a reason."""
    if alert.state != "closed" or alert.channels != [Channel.SELF_REPORT]:
        return ""
    told = _(
        "%(head)s, %(village)s: asked the hotline for help; closed on %(closed)s (%(outcome)s), with the reason."
    )
    return told % _closed(alert)


def _one_who_remains(alert: Alert) -> str:
    """S4: the mother is cremated and stands in the roll, the benefit fell, the son is ill."""
    reminded = Finding.objects.living().filter(household=alert.household_id, standard="cremated_in_benefit")
    if not alert.is_open or "benefit_fell" not in alert.standards or not reminded.exists():
        return ""
    told = _(
        "%(head)s, %(village)s: the mother was cremated and stands in the dibao roll still; what about the one who "
        "remains?"
    )
    return told % _who(alert)


def _wrong_person(alert: Alert) -> str:
    """S6: the row bears the name of somebody else, and goes back to its department."""
    if not alert.signals.living().filter(finding__name_differs=True).exists():
        return ""
    if alert.state == "closed":
        told = _(
            "%(head)s, %(village)s: a stay in hospital with his number and another name: %(outcome)s, the row goes "
            "back."
        )
        return told % _closed(alert)
    told = _("%(head)s, %(village)s: a stay in hospital with his number and another name: whose is it?")
    return told % _who(alert)


def _awake_again(alert: Alert) -> str:
    """S7: quiet after a closed warning, awake because half as much again was paid."""
    before = alert.follows
    if not alert.is_open or alert.woke != Alert.Woke.STEP_UP or before is None:
        return ""
    told = _(
        "%(head)s, %(village)s: closed on %(closed)s (%(outcome)s), quiet until %(until)s; awake again, for what was "
        "paid rose by more than half."
    )
    return told % {**_closed(before), "until": before.quiet_until}


def _at_school_no_more(alert: Alert) -> str:
    """S13."""
    if not alert.is_open or "school_dropout" not in alert.standards:
        return ""
    if alert.state == "unauthorised":
        told = _(
            "%(head)s, %(village)s: the school misses a child; the mother authorises no check. Not authorised is not "
            "ineligible, and the aid for school goes on."
        )
        return told % _who(alert)
    return _("%(head)s, %(village)s: the school has missed a child since the autumn holiday.") % _who(alert)


def _unsafe_house(alert: Alert) -> str:
    """S14: one of those who would visit is kin, so the next village's assistant went."""
    if not alert.is_open or "house_unsafe" not in alert.standards:
        return ""
    told = _who(alert) | {"opened": alert.opened_on}
    if recused_people(alert.recusal_keys()) and alert.recheck:
        return (
            _(
                "%(head)s, %(village)s: the dwelling is unsafe; warned of since %(opened)s. The village's assistant is "
                "kin, so the next village's went; what was found is checked once more."
            )
            % told
        )
    if recused_people(alert.recusal_keys()):
        return (
            _(
                "%(head)s, %(village)s: the dwelling is unsafe; warned of since %(opened)s. The village's assistant is "
                "kin and stands back."
            )
            % told
        )
    return _("%(head)s, %(village)s: the dwelling is unsafe; warned of since %(opened)s.") % told


def _taken_back() -> StoryLine | None:
    """S8: a sheet was missing, and what was concluded from it is taken back."""
    here = within("area__code", [COUNTY])
    left = Finding.objects.filter(here, standard=_FORGOTTEN, retracted_at__isnull=False).count()
    alerts = Alert.objects.filter(here, state="retracted").count()
    if not left or not alerts:
        return None
    sentence = _(
        "A sheet of September's dibao roll was missing: %(people)d people “left”; %(alerts)d warnings were taken back "
        "when it came, %(vain)d households had been visited in vain."
    )
    page = f"{reverse('alerts:all')}?{urlencode({'state': 'retracted'})}"
    vain = Alert.objects.filter(here, baseless_on__isnull=False).count()
    return _story(sentence % {"people": left, "alerts": alerts, "vain": vain}, page)


def _who(alert: Alert) -> dict[str, object]:
    head = alert.household.residents.filter(relation=HEAD).first()
    return {"head": head.name if head else alert.household.code, "village": alert.area.name}


def _closed(alert: Alert) -> dict[str, object]:
    """Say of a closed warning whose it was, when it was closed, and how."""
    return _who(alert) | {"closed": alert.closed_on, "outcome": outcome_name(alert.outcome, alert.area_id)}


def _measured(alert: Alert, standard: str) -> Decimal | None:
    signal = alert.signals.living().filter(standard=standard).first()
    return signal.measured if signal else None


_TOLD: tuple[tuple[str, Callable[[Alert], str]], ...] = (
    ("YS000001", _ill_child),
    ("YS000002", _honest_no),
    ("YS000004", _one_who_remains),
    ("YS000006", _wrong_person),
    ("YS000007", _awake_again),
    ("YS000013", _at_school_no_more),
    ("YS000014", _unsafe_house),
)
