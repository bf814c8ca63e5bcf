"""Where something that a data check doubts is put right, and who may say that it is right as it is."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from foundation.accounts.roles import Right
from households.quality.declaring import Fact

#: The case that a finding is about: another case is another fact, of which the old judgement says nothing.
CASE_KEY = Fact("case", "case_id")
#: Who believes the case although a rule doubts it: the township, which reviews what the village enters.
JUDGE = Right.REVIEW_CASES


def on_case(facts: Mapping[str, Any]) -> str:
    """Return the address of the case that a finding is about."""
    key = facts.get("case")
    return reverse("cases:case", args=[key]) if key else ""
