"""What somebody has begun or promised that nobody else follows: it hangs on their post like their households do.

Three kinds: income sheets that they began and nobody confirmed, plans that came back to them, and measures that they
asked for where nobody helps the household but them. A colleague who visits confirms or drops the sheet and writes the
plan anew; a promise is followed by the helper of the household, so it hangs on nobody once one has accepted. Whoever
goes on visiting there from another post keeps all of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from assistance.helping.places import NOT_HELPED
from assistance.income.rights import KEPT
from assistance.models import Case, HelperPlace, IncomeSheet, Measure, Plan
from foundation.accounts.hanging import Hanging
from foundation.accounts.models import Posting, User
from foundation.accounts.models.areas import ancestors
from foundation.accounts.roles import RULES, Right, Role, roles_with

Rows = TypeVar("Rows", bound=QuerySet[Any])
#: So many villages are named in a sentence, and so many rows of a kind stand on the page.
_VILLAGES, MOST = 3, 200


@dataclass(frozen=True, slots=True)
class Left:
    """One thing that somebody has left: of which case, what it is, and where it is settled."""

    case: Case
    what: str
    url: str


def sheets(posting: Posting) -> QuerySet[IncomeSheet]:
    """Return the income sheets that the person of a posting began there and nobody confirmed."""
    rows = IncomeSheet.objects.filter(state="draft", begun_by=posting.user_id, case__state__in=KEPT)
    return _there(rows, posting)


def plans(posting: Posting) -> QuerySet[Plan]:
    """Return the plans that came back to the person of a posting and that no later version answers."""
    later = Plan.objects.filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    rows = Plan.objects.filter(~Exists(later), state="returned", made_by=posting.user_id)
    return _there(rows.exclude(case__state__in=NOT_HELPED), posting)


def promises(posting: Posting) -> QuerySet[Measure]:
    """Return the measures that the person asked for and nobody answered, of households that nobody else helps."""
    others = HelperPlace.objects.held().filter(case=OuterRef("case")).exclude(person=posting.user_id)
    rows = Measure.objects.owed().filter(~Exists(others), ticked_by=posting.user_id)
    return _there(rows.exclude(case__state__in=NOT_HELPED), posting)


def sheets_on(posting: Posting) -> Hanging | None:
    """Say which income sheets hang on a posting (HANGS_ON_POSTINGS)."""
    return _hanging(
        posting,
        sheets(posting),
        lambda count: ngettext(
            "%(count)d income sheet that this person began is not confirmed (%(where)s).",
            "%(count)d income sheets that this person began are not confirmed (%(where)s).",
            count,
        ),
    )


def plans_on(posting: Posting) -> Hanging | None:
    """Say which plans hang on a posting (HANGS_ON_POSTINGS)."""
    return _hanging(
        posting,
        plans(posting),
        lambda count: ngettext(
            "%(count)d plan came back to this person and is not written anew (%(where)s).",
            "%(count)d plans came back to this person and are not written anew (%(where)s).",
            count,
        ),
    )


def promises_on(posting: Posting) -> Hanging | None:
    """Say which promises hang on a posting (HANGS_ON_POSTINGS)."""
    return _hanging(
        posting,
        promises(posting),
        lambda count: ngettext(
            "%(count)d measure that this person asked for is not answered, and nobody else helps the household "
            "(%(where)s).",
            "%(count)d measures that this person asked for are not answered, and nobody else helps the households "
            "(%(where)s).",
            count,
        ),
    )


def tasks_on(posting: Posting) -> Hanging | None:
    """Say which measures wait for an office whose last officer would leave (HANGS_ON_POSTINGS)."""
    answering = roles_with(Right.ANSWER_MEASURES)
    if posting.role not in answering or posting.department_id is None:
        return None  # a township office that stands empty goes to the county (RoleRule.next_up)
    above = Posting.objects.in_force().filter(
        role__in=answering,
        department=posting.department_id,
        area__in=[*ancestors(posting.area_id), posting.area_id],
    )
    if above.exclude(pk=posting.pk).filter(user__is_active=True).exists():
        return None
    own = Q(case__area__code__startswith=posting.area_id, kept_area__isnull=True)
    here = own | Q(kept_area__code__startswith=posting.area_id)
    rows = Measure.objects.owed().filter(here, department=posting.department_id)
    count = rows.count()
    if not count:
        return None
    sentence = ngettext(
        "%(count)d measure waits for the answer of this office, and nobody else works there.",
        "%(count)d measures wait for the answer of this office, and nobody else works there.",
        count,
    )
    return Hanging(
        sentence % {"count": count}, reverse("desk:propose"), Right.GRANT_POSTINGS, count,
        act=_("Post somebody there first"), ask=_("Let somebody be posted there first."),
    )  # fmt: skip


def left_by(posting: Posting, reader: User) -> list[Left]:
    """Return what the person of a posting leaves in the cases that `reader` may see, by kind."""
    about = "case__household", "case__area"
    seen = Case.objects.visible_to(reader)

    def of(rows: QuerySet[Any]) -> Sequence[Any]:
        return list(rows.filter(case__in=seen).select_related(*about).order_by("pk")[:MOST])

    found = [
        Left(row.case, _("income sheet of %(first)s to %(last)s, not confirmed") % {
            "first": row.from_day, "last": row.until_day}, reverse("cases:income_sheet", args=[row.pk]))
        for row in of(sheets(posting))
    ]  # fmt: skip
    said = pgettext("hand-over", "plan, version %(number)d, sent back")
    found += [
        Left(row.case, said % {"number": row.number}, reverse("cases:case", args=[row.case_id]))
        for row in of(plans(posting))
    ]
    asked = pgettext("hand-over", "%(measure)s, asked for and not answered: name somebody who helps")
    found += [
        Left(row.case, asked % {"measure": row.called}, reverse("cases:helper_name", args=[row.case_id]))
        for row in of(promises(posting))
    ]
    return found


def _there(rows: Rows, posting: Posting) -> Rows:
    """Keep what lies where a posting lets its person visit, and where they visit from no other posting."""
    rule = RULES[Role(posting.role)]
    if Right.VISIT_HOUSEHOLDS not in rule.rights | rule.with_loan:
        return rows.none()
    goes_on = [role for role, each in RULES.items() if Right.VISIT_HOUSEHOLDS in each.rights | each.with_loan]
    above = [*ancestors(posting.area_id), posting.area_id]
    other = Posting.objects.in_force().filter(user=posting.user_id, role__in=goes_on, area__in=above)
    if other.exclude(pk=posting.pk).exists():
        return rows.none()
    return rows.filter(case__area__code__startswith=posting.area_id)


def _hanging(posting: Posting, rows: QuerySet[Any], words: Any) -> Hanging | None:
    names = list(rows.order_by("case__area").values_list("case__area__name", flat=True))
    if not names:
        return None
    villages = list(dict.fromkeys(names))
    where = "、".join(villages[:_VILLAGES]) + ("……" if len(villages) > _VILLAGES else "")
    said = words(len(names)) % {"count": len(names), "where": where}
    url = f"{reverse('cases:left_behind')}?posting={posting.pk}"
    return Hanging(
        said, url, Right.ASSIGN_HELPERS, len(names), act=_("Look at them and settle them first"),
        ask=_("Ask the township to settle this first."),
    )  # fmt: skip
