"""What the person at the door concludes, read out of the answers of the doorstep check: four parts and an opinion.

No opinion follows from income alone (field.md 3.5): the other three parts stand there, or it is refused.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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


#: What a household is told of each part, in its own words: never what an official typed (field.md 2.1, the letter).
_PLAIN = {
    ("income_part", "above"): gettext_lazy("Your income is safely above the line from which help begins."),
    ("income_part", "near"): gettext_lazy("Your income is close to the line from which help begins."),
    ("income_part", "below"): gettext_lazy("Your income is below the line from which help begins."),
    ("expense_part", "none"): gettext_lazy("We found no large expense that you had to pay yourselves."),
    ("expense_part", "bearable"): gettext_lazy("You had large expenses, and could bear them."),
    ("expense_part", "heavy"): gettext_lazy("You had large expenses that are hard to bear."),
    ("hardship_part", "none"): gettext_lazy("No other difficulty stood out."),
    ("hardship_part", "some"): gettext_lazy("There is a difficulty, and it is being solved."),
    ("hardship_part", "grave"): gettext_lazy("There is a difficulty without a way out so far."),
    ("coping_part", "able"): gettext_lazy("Your household can manage by itself."),
    ("coping_part", "partly"): gettext_lazy("Your household needs some help."),
    ("coping_part", "unable"): gettext_lazy("Your household cannot manage by itself."),
}


def plain_words(answers: Mapping[str, Any]) -> list[str]:
    """Return what was found of the four parts as sentences for the household; empty where none was judged."""
    told = ((code, answers.get(code)) for code in (INCOME, *BESIDE))
    return [str(_PLAIN[each]) for each in told if each in _PLAIN]
