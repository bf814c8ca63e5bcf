"""What the answers of an assessment say, in the reader's language; figures are filled in when they are told."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

#: Key of a sentence → its words.
SENTENCES: dict[str, Promise] = {
    "income_above": pgettext_lazy(
        "assessment", "%(net)s yuan a head up to %(day)s, above the line of %(line)s."
    ),
    "income_below": pgettext_lazy(
        "assessment", "%(net)s yuan a head up to %(day)s, not above the line of %(line)s."
    ),
    "income_none": pgettext_lazy("assessment", "No income of the last %(months)s months is known."),
    "no_line": pgettext_lazy("assessment", "No monitoring line is in force here."),
    "stable_since": pgettext_lazy(
        "assessment", "Above the line since %(since)s, at least %(months)s months."
    ),
    "stable_short": pgettext_lazy(
        "assessment", "Above the line since %(since)s only; %(months)s months are over on %(could)s."
    ),
    "stable_below": pgettext_lazy("assessment", "The newest income is not above the line."),
    "expense_above": pgettext_lazy(
        "assessment", "%(net)s yuan a head are left after large expenses, above the line of %(line)s."
    ),
    "expense_below": pgettext_lazy(
        "assessment", "%(net)s yuan a head are left after large expenses, not above the line of %(line)s."
    ),
    "own_above": pgettext_lazy(
        "assessment", "Without transfers %(net)s yuan a head, above the line of %(line)s."
    ),
    "own_below": pgettext_lazy(
        "assessment", "Without transfers %(net)s yuan a head, not above the line of %(line)s."
    ),
    "own_unknown": pgettext_lazy("assessment", "The income was not stated item by item."),
    "nobody": pgettext_lazy("assessment", "The register has nobody in this household."),
    "labour_some": pgettext_lazy("assessment", "Able to work: %(count)s."),
    "labour_none": pgettext_lazy("assessment", "Nobody is able to work."),
    "labour_unknown": pgettext_lazy("assessment", "Not known of %(count)s members whether they can work."),
    "work_some": pgettext_lazy("assessment", "Somebody worked %(count)s months of the year."),
    "work_less": pgettext_lazy("assessment", "Nobody worked %(months)s months; the most was %(count)s."),
    "work_unknown": pgettext_lazy("assessment", "Months of work are not stated of anybody."),
    "no_children": pgettext_lazy("assessment", "No child of school age."),
    "school_all": pgettext_lazy("assessment", "Children of school age: %(count)s, all at school."),
    "school_not": pgettext_lazy("assessment", "Children of school age who are not at school: %(count)s."),
    "school_unknown": pgettext_lazy("assessment", "Not known of %(count)s members whether they are at school."),
    "insured_all": pgettext_lazy("assessment", "All %(count)s members are insured."),
    "insured_not": pgettext_lazy("assessment", "Members without medical insurance: %(count)s."),
    "insured_unknown": pgettext_lazy("assessment", "Not known of %(count)s members whether they are insured."),
    "grade_safe": pgettext_lazy("assessment", "Grade %(grade)s."),
    "grade_unsafe": pgettext_lazy("assessment", "Grade %(grade)s: not safe."),
    "grade_unknown": pgettext_lazy("assessment", "The grade of the dwelling is not known."),
    "water_safe": pgettext_lazy("assessment", "The water is safe."),
    "water_unsafe": pgettext_lazy("assessment", "The water is not safe."),
    "water_unknown": pgettext_lazy("assessment", "Not known whether the water is safe."),
    "risks_none": pgettext_lazy("assessment", "Nothing is open."),
    "risks_open": pgettext_lazy("assessment", "Open warnings: %(warnings)s; new risks to be judged: %(signals)s."),
    "net_none": pgettext_lazy("assessment", "On no list of social assistance."),
    "net_some": pgettext_lazy("assessment", "On the lists of social assistance: %(kinds)s."),
    "net_unknown": pgettext_lazy(
        "assessment", "Not stated of %(count)s members whether they receive dibao or tekun."
    ),
    "helped": pgettext_lazy("assessment", "Landed: %(count)s, the last on %(day)s (%(name)s)."),
    "helped_not": pgettext_lazy("assessment", "Nothing landed in %(months)s months."),
    "helped_unknown": pgettext_lazy("assessment", "Not monitored: no record of help is kept here."),
}  # fmt: skip

ANSWERS: dict[str, Promise] = {
    "yes": pgettext_lazy("assessment", "holds"),
    "no": pgettext_lazy("assessment", "does not hold"),
    "unknown": pgettext_lazy("assessment", "unknown"),
}

#: Where a criterion's fact is mended when it is missing or wrong.
EVIDENCE: dict[str, Promise] = {
    "income": pgettext_lazy("assessment", "income of the household"),
    "register": pgettext_lazy("assessment", "register"),
    "warnings": pgettext_lazy("assessment", "warnings"),
    "lists": pgettext_lazy("assessment", "lists of civil affairs"),
    "case": pgettext_lazy("assessment", "measures of the case"),
    "values": pgettext_lazy("assessment", "regulation values"),
}
