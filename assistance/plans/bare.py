"""Risks that a plan in force leaves bare: a measure of it was refused, stopped or is over, or a new risk was judged.

For lists the database says it (`bare_risks`), for one case its rows do (`bare_of`); both ask the same of each measure.
"""

from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, TextField

from assistance.catalogue.book import measures
from assistance.catalogue.words import CatalogueWords
from assistance.lifecycle import HELD
from assistance.measures.lasting import SPANS, months_before
from assistance.measures.selectors import risks_of
from assistance.models import Case, Measure, Plan
from assistance.plans.checking import Gaps, gaps_of, open_risks
from assistance.querysets import CaseQuerySet
from foundation.accounts import clock
from foundation.accounts.models import User
from monitoring.screening.book import standards

_PATH = Path(__file__).parent.parent / "sql" / "bare_risks.sql"


class BareRisks(Func):
    """The codes of the risks of a case that its plan leaves without a measure; `case` leads to its key."""

    output_field = ArrayField(TextField())

    def __init__(self, case: str = "pk") -> None:
        """Ask for the case of each row."""
        super().__init__(F(case))

    def as_sql(  # type: ignore[override]
        self, compiler: Any, connection: Any, **_options: Any
    ) -> tuple[str, list[Any]]:
        """Return the question about the key, with what catalogue and standards declare."""
        key, given = compiler.compile(self.source_expressions[0])
        today, (statement, judged, answers) = clock.today(), _asked()
        days = [today, months_before(today, SPANS["term"]), months_before(today, SPANS["year"])]
        return statement.format(key), [judged, *given, *days, answers, answers]


def leaving_bare(user: User) -> CaseQuerySet:
    """Return the monitored households that `user` may see whose plan holds and leaves a risk without a measure."""
    held = Plan.objects.in_force().values("case")
    rows = Case.objects.visible_to(user).filter(state__in=HELD, pk__in=held)
    return rows.annotate(bare=BareRisks()).filter(bare__len__gt=0)  # type: ignore[misc]


def bare_of(case: Case) -> tuple[str, ...]:
    """Return the same of one case, read with its household; nothing where no plan holds or the next one waits."""
    plan = Plan.objects.in_force().filter(case=case).first()
    if plan is None or Plan.objects.waiting().filter(case=case).exists():
        return ()
    return open_risks(risks_of([case])[case.pk], measures_of(plan))


def gaps_now(plan: Plan) -> Gaps:
    """Return what a version lacks today: its own measures against the risks of its case as they are now."""
    gaps = gaps_of(plan.case, risks_of([plan.case])[plan.case_id], measures_of(plan))
    return Gaps(gaps.risks, gaps.development and not plan.no_development)


def measures_of(plan: Plan) -> list[Measure]:
    """Return the measures of a version as they stand now."""
    return list(Measure.objects.filter(plan_lines__plan=plan).order_by("pk"))


def told(codes: list[str] | tuple[str, ...], area: str) -> str:
    """Name risks in a line; empty where there is none."""
    if not codes:
        return ""
    words = CatalogueWords(area)
    return "、".join(words.risk(each) for each in codes)


@cache
def _asked() -> tuple[str, list[str], list[str]]:
    """Return the statement without its head, and what standards and catalogue declare, as pairs."""
    statement = "\n".join(
        line for line in _PATH.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("--")
    )
    judged = [f"{code}:{each.risk_type}" for code, each in standards().items()]
    answers = [f"{each.code}:{risk}" for each in measures().values() for risk in each.answers]
    return statement, judged, answers
