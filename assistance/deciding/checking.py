"""What may stand in a conclusion: codes of the lists, so many risks, and the sub-items that some of them demand."""

from django.utils.translation import gettext as _

from assistance.deciding.facts import BY_DISASTER, Facts
from assistance.deciding.keeping import OTHER_RISK, Chosen
from assistance.models import Case
from foundation.accounts.refusals import Refused
from foundation.regulations.lookup import book
from households.models import Standing


def check(chosen: Chosen, facts: Facts) -> None:
    """Refuse what cannot be: an unknown code, too many risks, a risk without the sub-item it demands."""
    if chosen.category not in Standing.MONITORED:
        raise Refused(_("Choose one of the three categories."), field="category")
    if chosen.level not in Case.RiskLevel.values:
        raise Refused(_("Choose a risk level."), field="level")
    values = book()
    known = {item["code"] for item in values.resolve("risk_types", facts.area, facts.day).items}
    if not chosen.risk_types or set(chosen.risk_types) - known:
        raise Refused(
            _("Choose one to five risk types from the list, the main one first."), field="risk_types"
        )
    most = values.resolve("risk_types_per_household", facts.area, facts.day).amount
    if len(set(chosen.risk_types)) < len(chosen.risk_types) or len(chosen.risk_types) > (most or 5):
        raise Refused(
            _("A household has at most %(most)d risk types, each once.") % {"most": most or 5},
            field="risk_types",
        )
    _check_sub_items(chosen, facts)


def _check_sub_items(chosen: Chosen, facts: Facts) -> None:
    kinds = {item["code"] for item in book().resolve("disaster_kinds", facts.area, facts.day).items}
    if BY_DISASTER in chosen.risk_types and chosen.disaster_kind not in kinds:
        raise Refused(_("Risk by natural disaster: choose which kind."), field="disaster_kind")
    if OTHER_RISK in chosen.risk_types and not chosen.other_risk.strip():
        raise Refused(_("Another risk: say which, in words."), field="other_risk")
