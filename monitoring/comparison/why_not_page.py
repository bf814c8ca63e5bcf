"""What the page “why is there no warning?” shows, in words: standards nearest to their line first."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.desk.tables import Badge
from foundation.regulations.units import Unit
from households.models import Resident
from monitoring.candidates.selectors import where
from monitoring.comparison import amounts
from monitoring.comparison.evidence import ShownRow, shown_rows
from monitoring.comparison.line_words import with_sign
from monitoring.comparison.subjects import Subjects
from monitoring.comparison.why_not import Answer, Reason, WhyNot
from monitoring.comparison.words import EXCLUDED, REASON_TONES, REASONS
from monitoring.models import Finding, RowCandidate

_ORDER = tuple(Reason)


@dataclass(frozen=True, slots=True)
class SaidStandard:
    """One standard on the page."""

    answer: Answer
    badge: Badge
    who: str
    measured: str
    line: str
    short_by: str
    why: str
    late: tuple[str, ...]
    rows: tuple[ShownRow, ...]
    finding_url: str


@dataclass(frozen=True, slots=True)
class SaidCandidate:
    """A row of nobody that may mean somebody of the household; `url` where the reader decides on such rows."""

    who: str
    delivery: str
    where: str
    how: str
    url: str


@dataclass(frozen=True, slots=True)
class Said:
    """The whole page: those with something measured, those without, and rows that may mean somebody here."""

    measured: list[SaidStandard]
    others: list[SaidStandard]
    candidates: list[SaidCandidate]
    fires: int


def said(found: WhyNot, user: User) -> Said:
    """Put what was found into words for one reader."""
    people = {row.pk: row for row in Resident.objects.filter(household=found.household)}
    findings = {
        (row.standard_id, row.resident_id): row.pk
        for row in Finding.objects.visible_to(user).living().filter(household=found.household)
    }
    subjects = Subjects(user)
    told = sorted(
        (_said(each, found, people, findings, subjects, user) for each in found.answers), key=_distance
    )
    return Said(
        measured=[each for each in told if each.answer.judged is not None],
        others=[each for each in told if each.answer.judged is None],
        candidates=list(_candidates(found.candidates, subjects, user)),
        fires=sum(each.answer.reason is Reason.FIRES for each in told),
    )


def _distance(each: SaidStandard) -> tuple[int, Decimal, str]:
    """Order by reason, then by how much of the line is missing."""
    short, line = each.answer.short_by, each.answer.amount
    share = short / line if short is not None and line else Decimal(0)
    return _ORDER.index(each.answer.reason), share, each.answer.standard.pk


def _said(
    each: Answer,
    found: WhyNot,
    people: dict[int, Resident],
    findings: dict[tuple[str, int | None], int],
    subjects: Subjects,
    user: User,
) -> SaidStandard:
    judged, area = each.judged, found.household.area_id
    resident = people.get(judged.resident) if judged and judged.resident is not None else None
    comparator = judged.comparator if judged else each.line.comparator.value
    rows = [row.plain() for row in judged.rows] if judged else []
    finding = findings.get((each.standard.pk, judged.resident)) if judged else None
    return SaidStandard(
        answer=each,
        badge=Badge(REASONS[each.reason], REASON_TONES[each.reason]),
        who=subjects.name(resident) if resident is not None else "",
        measured=_measured(each),
        line=with_sign(comparator, amounts.shown(each.amount, each.unit), each.unit) if each.amount else "",
        short_by=amounts.shown(each.short_by, each.unit) if each.unit is not Unit.YES_NO else "",
        why=_why(each),
        late=tuple(
            _("%(dataset)s %(period)s, due on %(day)s")
            % {"dataset": late.dataset.name, "period": late.slot.period, "day": late.slot.due}
            for late in each.late
        ),
        rows=tuple(shown_rows(rows, user, area=area)),
        finding_url=reverse("monitoring:finding", args=[finding]) if finding else "",
    )


def _measured(each: Answer) -> str:
    return amounts.shown(each.measured, each.unit) if each.measured is not None else ""


def _why(each: Answer) -> str:
    """Say in a sentence what stands in the way, beside the amounts."""
    if each.reason is Reason.EXCLUDED and each.judged is not None:
        return str(EXCLUDED.get(each.judged.excluded, each.judged.excluded))
    if each.reason is Reason.SILENT:
        return each.line.why_silent
    return ""


def _candidates(rows: Iterable[RowCandidate], subjects: Subjects, user: User) -> Iterable[SaidCandidate]:
    decides = set(
        RowCandidate.objects.visible_to(user)
        .filter(pk__in=[row.pk for row in rows])
        .values_list("pk", flat=True)
    )
    for row in rows:
        url = f"{reverse('candidates:list')}?delivery={row.delivery_id}" if row.pk in decides else ""
        yield SaidCandidate(
            who=subjects.name(row.resident),
            delivery=f"{row.delivery.dataset.department.called} · {row.delivery.dataset.name} {row.delivery.period}",
            where=where(row),
            how=str(row.get_kind_display()),
            url=url,
        )
