"""What the page of a trial shows: its draft in words, months and townships as counts, a chart, what visits found."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.models import Area
from foundation.desk.charts import Picture, Series
from foundation.desk.local_page import in_words
from foundation.desk.tables import Column, Table
from foundation.regulations.lookup import book, value
from foundation.regulations.units import Comparator, Population, Unit, in_language, written
from households.income.chart import Chart, chart
from monitoring.comparison.drafts import standard_shown
from monitoring.comparison.trials import BOTH, DRAFT, NOW
from monitoring.models import Trial
from monitoring.screening.lines import lines_here

WORDS = {
    NOW: gettext_lazy("only the present line"),
    BOTH: gettext_lazy("both"),
    DRAFT: gettext_lazy("only the draft"),
}


@dataclass(frozen=True, slots=True)
class Month:
    """Households that were named on one day: by the present line, by the draft, and how they overlap."""

    day: datetime.date
    now: int
    both: int
    draft: int

    @property
    def present(self) -> int:
        """Everybody whom the present line names."""
        return self.now + self.both

    @property
    def drafted(self) -> int:
        """Everybody whom the draft names."""
        return self.draft + self.both

    @property
    def label(self) -> str:
        """What it is called below its bars."""
        return f"{self.day:%Y-%m}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What visits found, and at how many households of each kind."""

    label: str
    now: int
    both: int
    draft: int


def standard_name(trial: Trial) -> str:
    """Name the standard of a trial; its code where the draft is declared nowhere."""
    standard = standard_shown(trial)
    return standard.label if standard else trial.standard


def present_lines(trial: Trial) -> str:
    """Say the lines that hold in the area on the day of the trial."""
    standard = standard_shown(trial)
    if standard is None:
        return ""
    lines = lines_here(standard, trial.area_id, trial.as_of, book())
    said = [(line.population, line.answer.text or line.answer.why_silent) for line in lines]
    return "；".join(f"{Population(klass).label} {text}" if klass else text for klass, text in said)


def drafted_line(trial: Trial) -> str:
    """Say the line that is tried; empty where only the standard is a draft."""
    if trial.proposal is not None:
        row, klass = in_words(trial.proposal), trial.proposal.population
    elif trial.amount is not None:
        sign = f"{Comparator(trial.comparator).sign} " if trial.comparator else ""
        row, klass = f"{sign}{written(trial.amount, _unit(trial))}", trial.population
    else:
        return ""
    return f"{Population(klass).label} {row}" if klass else row


def months_of(result: Mapping[str, Any]) -> list[Month]:
    """Return the months of a result, the oldest first."""
    return [
        Month(datetime.date.fromisoformat(each["day"]), each[NOW], each[BOTH], each[DRAFT])
        for each in result.get("months", [])
    ]


def drawn(months: list[Month]) -> Chart:
    """Return the picture that stands where no script runs: the present line beside the draft."""
    return chart([(f"{each.day:%m}", Decimal(each.present), Decimal(each.drafted), None) for each in months])


def picture(trial: Trial, months: list[Month]) -> Picture:
    """Return the same for the library that draws it."""
    return Picture(
        title=_("Households named: %(standard)s, %(area)s")
        % {"standard": standard_name(trial), "area": trial.area.name},
        sentence=_(
            "Chart of %(count)d months; at the last %(now)d households named by the present line and %(draft)d by "
            "the draft. The table below has all numbers."
        )
        % {"count": len(months), "now": months[-1].present, "draft": months[-1].drafted},
        unit=_("households"),
        categories=[each.label for each in months],
        series=[
            Series(_("Present line"), [Decimal(each.present) for each in months], tone="plain"),
            Series(_("Draft"), [Decimal(each.drafted) for each in months]),
        ],
    )


def outcomes_of(trial: Trial) -> list[Outcome] | None:
    """Return what visits had found, by outcome; None where that is not known yet."""
    found = trial.result.get("outcomes")
    if found is None:
        return None
    codes = value("outcome_codes", area=trial.area_id, on=trial.as_of).items
    names = {each["code"]: in_language(each["zh"], each["en"]) for each in codes}
    kinds = (NOW, BOTH, DRAFT)
    told = dict.fromkeys(code for kind in kinds for code in found.get(kind, {}))
    return [
        Outcome(names.get(code, code), *(found.get(kind, {}).get(code, 0) for kind in kinds)) for code in told
    ]


def township_table(trial: Trial) -> Table:
    """Return the table of townships; its rows are areas, so that it is exported as every list is."""
    counts = {each["area"]: each for each in trial.result.get("townships", [])}

    def count(kind: str) -> Any:
        return lambda area: counts[area.code][kind]

    def both(kind: str) -> Any:
        return lambda area: counts[area.code][kind] + counts[area.code][BOTH]

    return Table(
        "trial_townships",
        title=_("Trial: %(standard)s, %(area)s")
        % {"standard": standard_name(trial), "area": trial.area.name},
        columns=(
            Column("area", gettext_lazy("Township"), lambda area: area.name, sort="code"),
            Column("code", gettext_lazy("code"), lambda area: area.padded_code, "code"),
            Column("present", gettext_lazy("Present line"), both(NOW), "number"),
            Column("drafted", gettext_lazy("Draft"), both(DRAFT), "number"),
            Column("now", WORDS[NOW], count(NOW), "number"),
            Column("both", WORDS[BOTH], count(BOTH), "number"),
            Column("draft", WORDS[DRAFT], count(DRAFT), "number"),
        ),
        order=("pk",),
        page_size=200,
        empty=gettext_lazy("Neither the present line nor the draft names a household."),
    )


def townships_of(trial: Trial) -> Any:
    """Return the areas that the result counts."""
    return Area.objects.filter(code__in=[each["area"] for each in trial.result.get("townships", [])])


def _unit(trial: Trial) -> Unit:
    standard = standard_shown(trial)
    return Unit(book().subjects[standard.line].units[0]) if standard else Unit.COUNT
