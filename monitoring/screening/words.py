"""Standards in words: what is measured on which rows, since when, and what is left out. In the language of the page."""

from django.utils.translation import gettext as _

from foundation.regulations.units import Population, plain
from monitoring.screening.standard import Condition, Measure, Repeat, Standard, Window
from monitoring.screening.terms import About, AgeOn, Dead, Kind, Span


def measured(standard: Standard) -> str:
    """Say what is worked out from the rows."""
    measure = standard.measure
    if standard.kind is Kind.ABSENCE:
        return _("stands in the list before, and not in the newest")
    if standard.kind is Kind.CONFLICT:
        return _("stands in both datasets")
    if measure.fell_from:
        return _("share by which the sum of %(column)s lies below the sum of %(before)s") % {
            "column": measure.column,
            "before": measure.fell_from,
        }
    if standard.kind is Kind.CHANGE:
        return _("sum of %(column)s in the newest list, against the list before") % {"column": measure.column}
    return " · ".join(part for part in (str(measure.aggregation.label), _column(measure)) if part)


def window(chosen: Window) -> str:
    """Say from when rows count."""
    if chosen.span is not Span.MONTHS:
        return str(chosen.span.label)
    return _("the last %(n)d months up to the day; the same day that many months back is outside") % {
        "n": chosen.months
    }


def conditions(measure: Measure) -> list[str]:
    """Say which rows are looked at, which of them say yes, and which are enough by themselves."""
    said = [condition(each) for each in (*measure.where, *measure.holds)]
    return said + [
        _("enough by itself: %(condition)s") % {"condition": condition(c)} for c in measure.at_once
    ]


def condition(asked: Condition) -> str:
    """Say what one column must hold."""
    told = {"column": asked.column, "values": "、".join(asked.is_in or asked.is_not)}
    if asked.is_in:
        return _("%(column)s is %(values)s") % told
    if asked.is_not:
        return _("%(column)s is not %(values)s") % told
    if asked.above is not None:
        return _("%(column)s is above %(amount)s") % (told | {"amount": f"{plain(asked.above):f}"})
    if asked.year_of_day:
        return _("%(column)s is the year of the day") % told
    return _("%(column)s is the newest there is") % told


def exclusions(standard: Standard) -> list[str]:
    """Say who and what does not count. Of a household all rows count, also those dated after a death in it."""
    excludes, person = standard.excludes, standard.about is About.PERSON
    told = excludes.dead is Dead.PERSON or (person and excludes.dead is Dead.LATER_ROWS)
    said = [str(excludes.dead.label)] if told else []
    if excludes.ages:
        ages = {"least": excludes.ages.least, "most": excludes.ages.most}
        if excludes.ages.on is AgeOn.ROW:
            said.append(_("who was not %(least)d to %(most)d years old on the day of the row") % ages)
        else:
            said.append(_("who is not %(least)d to %(most)d years old on the day") % ages)
    said += [str(Population(each).label) for each in excludes.classes]
    if not excludes.empty_households_count:
        said.append(_("households in which nobody lives any more"))
    return said


def repeat(rule: Repeat) -> str:
    """Say when a closed matter is taken up again."""
    return _(
        "quiet for %(days)d days after it was closed, unless the measured value rises by %(share)s %%"
    ) % {
        "days": rule.cooldown_days,
        "share": f"{plain(rule.step_up * 100):f}",
    }


def _column(measure: Measure) -> str:
    if not measure.less:
        return measure.column
    return _("%(column)s less %(less)s") % {"column": measure.column, "less": "、".join(measure.less)}
