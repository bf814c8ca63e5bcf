"""What each dataset watches for, in words of the duty list: the core standards of the platform by dataset.

The standards themselves, with their lines and dates, come with the comparison; here stands only which dataset they
read, so that a department sees in the list what its data is for.
"""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

#: Dataset → code of each core standard that reads it → what the standard asks after.
STANDARDS: Mapping[str, Mapping[str, str | Promise]] = MappingProxyType(
    {
        "medical_settlement": {
            "medical_self_paid_year": gettext_lazy("own medical payments in the year"),
            "medical_self_paid_half_year": gettext_lazy(
                "own medical payments of the household in half a year"
            ),
            "medical_single_stay": gettext_lazy("one costly stay in hospital"),
        },
        "medical_insurance_status": {"uninsured": gettext_lazy("members without medical insurance")},
        "school_dropout": {"school_dropout": gettext_lazy("children out of compulsory school")},
        "dibao_roll": {
            "dibao_left": gettext_lazy("leaving the dibao roll"),
            "benefit_fell": gettext_lazy("dibao of the household fell"),
            "cremated_in_benefit": gettext_lazy("aid after death"),
        },
        "cremation": {
            "cremated_in_benefit": gettext_lazy("aid after death"),
            "dibao_left": gettext_lazy("leaving the dibao roll"),
        },
        "disability_certificate": {"disability_severe": gettext_lazy("a new severe disability")},
        "employment": {"work_lost": gettext_lazy("work lost, or come home")},
        "house_grade": {"house_unsafe": gettext_lazy("an unsafe dwelling")},
        "water_supply": {"water_unsafe": gettext_lazy("drinking water not safe")},
        "disaster_loss": {"disaster_loss": gettext_lazy("loss by disaster")},
        "traffic_accident": {"traffic_harm": gettext_lazy("death or heavy injury on the road")},
        "household_registration": {
            "labour_lost": gettext_lazy("death of who worked for the household"),
            "benefit_fell": gettext_lazy("dibao of the household fell"),
        },
        "farm_income": {"farm_income_fall": gettext_lazy("a fall of farm income")},
        "microloan": {"loan_overdue": gettext_lazy("an overdue loan")},
        "injury_claim": {"large_loss_claim": gettext_lazy("a large insured loss")},
    }
)


def watched_for(dataset: str) -> str:
    """Say what a dataset watches for; where no core standard reads it, what it is there for."""
    found = STANDARDS.get(dataset)
    if found:
        return "；".join(str(words) for words in found.values())
    return _("no core standard: read when an authorised check or an area's own standard asks")
