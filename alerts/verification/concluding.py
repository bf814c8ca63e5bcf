"""What the person at the door concludes, read out of the answers of the doorstep check: four parts and an opinion.

No opinion follows from income alone (field.md 3.5): the other three parts stand there, or it is refused.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from alerts.models import Alert
from alerts.verification.reported import Reported
from foundation.accounts.refusals import Refused
from households.visits.answers import FIELD

#: The questionnaire that ends in an opinion (households/visits/questions).
QUESTIONNAIRE = "doorstep"
#: Questions of the conclusion: income, and what stands beside it.
INCOME, BESIDE = "income_part", ("expense_part", "hardship_part", "coping_part")


def conclusion(answers: Mapping[str, Any]) -> Reported:
    """Return the opinion, the outcome that goes with a “no”, and the reason in words. Refused where it is not whole."""
    for code in (*BESIDE, INCOME):
        if not answers.get(code):
            raise Refused(
                _("No opinion follows from income alone: judge all four parts first."), field=FIELD + code
            )
    opinion, outcome = answers.get("opinion", ""), answers.get("outcome", "")
    if opinion == Alert.Opinion.DECLINE and not outcome:
        raise Refused(_("Say why the household is not enrolled."), field=FIELD + "outcome")
    return Reported(
        opinion=opinion,
        outcome=outcome if opinion == Alert.Opinion.DECLINE else "",
        reason=answers.get("found", ""),
    )
