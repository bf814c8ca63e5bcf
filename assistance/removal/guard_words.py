"""What the guards of a removal are called, and their evidence in sentences; facts are put in by name."""

from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

#: The answers of the check on the three guarantees and water, and what each is called.
GUARANTEES = {
    "house_safe": pgettext_lazy("removal", "dwelling"),
    "all_at_school": pgettext_lazy("removal", "schooling"),
    "all_insured": pgettext_lazy("removal", "medical insurance"),
    "water_safe": pgettext_lazy("removal", "drinking water"),
}
NAMES: dict[str, Any] = {
    "check": pgettext_lazy("removal", "House check (F12), signed"),
    "income": pgettext_lazy("removal", "Income above the line, and stable"),
    "income_now": pgettext_lazy("removal", "Income above the line"),
    "expense": pgettext_lazy("removal", "Large expenses settled"),
    "guarantees": pgettext_lazy("removal", "Three guarantees and drinking water"),
    "risks": pgettext_lazy("removal", "Risk gone, and none that is new"),
    "identified": pgettext_lazy("removal", "Long enough since the identification"),
    "measures": pgettext_lazy("removal", "Measures delivered"),
    "labour": pgettext_lazy("removal", "Somebody able to work"),
    "nobody_left": pgettext_lazy("removal", "Nobody left in the household"),
    "somebody_left": pgettext_lazy("removal", "Somebody left in the household"),
}
#: By the key that a guard gives with its facts.
SENTENCES: dict[str, Any] = {
    "ask_check": gettext_lazy("The house check for the removal says so: it is to be made first."),
    "check_none": gettext_lazy("No house check for a removal since the identification."),
    "check_asked_anew": gettext_lazy("Checked on %(day)s; a new check is asked for since %(since)s."),
    "check_old": gettext_lazy("Checked on %(day)s: older than %(days)s days, check again."),
    "check_unsigned": gettext_lazy("Checked on %(day)s; not signed by everybody yet."),
    "check_others": gettext_lazy(
        "Checked on %(day)s; since then members came or went: check again, as the household is now."
    ),
    "check_says_natural": gettext_lazy(
        "Checked on %(day)s: it says that the risk went naturally. Propose a natural removal, or check again."
    ),
    "check_says_assisted": gettext_lazy(
        "Checked on %(day)s: it says that assistance removed the risk. Propose a removal by assistance, or check again."
    ),
    "check_not_yet": gettext_lazy("Checked on %(day)s: the risk is not gone yet."),
    "check_there": gettext_lazy("Checked on %(day)s, signed."),
    "income_no_line": gettext_lazy("No monitoring line is in force here."),
    "income_none": gettext_lazy("No income was collected yet."),
    "income_below": gettext_lazy("%(net)s yuan per head on %(day)s: not above the line of today, %(line)s."),
    "income_above": gettext_lazy("%(net)s yuan per head on %(day)s, above the line of today, %(line)s."),
    "income_short": gettext_lazy(
        "%(net)s yuan per head on %(day)s; above the line of today (%(line)s) since %(since)s, asked are %(months)s "
        "months."
    ),
    "income_stable": gettext_lazy(
        "%(net)s yuan per head on %(day)s; every income collected since %(since)s lies above the line of today, "
        "%(line)s."
    ),
    "expense_none": gettext_lazy("No large expense."),
    "expense_settled": gettext_lazy("Large expenses are settled."),
    "expense_going_on": gettext_lazy("Large expenses go on."),
    "guarantees_lacking": gettext_lazy("Not kept: %(lacking)s."),
    "guarantees_kept": gettext_lazy("All four are kept."),
    "risks_stay": gettext_lazy("The risk of the identification is still there."),
    "risks_new": gettext_lazy("The check found a new risk."),
    "risks_changed": gettext_lazy(
        "Facts under the case changed, and township or county has not answered yet: %(changes)s. Answer on the case."
    ),
    "risks_open": gettext_lazy("To be judged first: new signals %(signals)s, open warnings %(warnings)s."),
    "risks_gone": gettext_lazy("The risk is gone, nothing new is known."),
    "identified_since": gettext_lazy("Identified %(since)s; asked are %(months)s months."),
    "identified_exempt": gettext_lazy("Natural removal is exempt from the months after identification."),
    "measures_none": gettext_lazy(
        "Nothing is recorded here: the township states what was delivered, and why."
    ),
    "measures_found": gettext_lazy(
        "Delivered: %(count)s (at least %(least)s), the last one %(name)s on %(day)s."
    ),
    "measures_stated": gettext_lazy("Stated by the township: %(count)s, the last one %(name)s on %(day)s."),
    "labour_not_asked": gettext_lazy("This area does not ask for it."),
    "labour_nobody": gettext_lazy(
        "Nobody is able to work: such a household is not marked, the safety net holds it."
    ),
    "labour_unknown": gettext_lazy("Nobody knows who is able to work: the check says it."),
    "labour_some": gettext_lazy("Able to work: %(able)s."),
    "nobody_left": gettext_lazy("The register has no member in this household any more."),
    "somebody_nobody": gettext_lazy(
        "The register has no member in this household any more: this is a natural removal, propose that one."
    ),
}
