"""The list of changes of category, and what one changes in words."""

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.deciding.letters import CATEGORY_CHANGED
from assistance.deciding.tables import head_of
from assistance.models import Case, CaseLetter, Recategorisation
from assistance.recategorising.lifecycle import RECATEGORISATION
from assistance.recategorising.telling import page_of
from foundation.accounts.models import User
from foundation.desk.columns import Badge
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Column, Filter, Table
from households.models import Resident
from households.models.households import HEAD
from households.words import Words

_TONES = {"proposed": "soon", "decided": "done"}


def rows_for(user: User) -> QuerySet[Recategorisation]:
    """Return the changes of category that `user` may see, with village and head."""
    heads = Resident.objects.present().filter(relation=HEAD)
    rows = Recategorisation.objects.visible_to(user).select_related("case__household", "case__area")
    return rows.prefetch_related(Prefetch("case__household__residents", heads, to_attr="heads"))


def state_badge(row: Recategorisation) -> Badge:
    """Say where a change of category stands, in a pill."""
    return Badge(row.state_label, _TONES.get(row.state, "plain"))  # type: ignore[arg-type]


def category_words(row: Recategorisation) -> tuple[str, str]:
    """Return the category before and the one proposed, in the words of the area, each with its level."""
    words, area = Words(row.day), row.case.area_id
    levels = dict(Case.RiskLevel.choices)
    return (
        _joined(words.standing(row.category_before, area), str(levels.get(row.level_before, ""))),
        _joined(words.standing(row.category, area), str(levels.get(row.level, ""))),
    )


def letter_of(row: Recategorisation, user: User) -> CaseLetter | None:
    """Return the letter by which the household is told of a decided change, as far as `user` sees it."""
    letters = CaseLetter.objects.visible_to(user).filter(case=row.case_id, verb=CATEGORY_CHANGED)
    return letters.filter(concluded_on=row.decided_on).first() if row.decided_on else None


def table() -> Table:
    """Return the list of changes of category."""
    return Table(
        "case_categories",
        title=pgettext_lazy("case", "Changes of category"),
        columns=(
            Column("head", gettext_lazy("Head of household"), lambda row: head_of(row.case), "link", url=page_of),
            Column("state", gettext_lazy("State"), state_badge, "badge"),
            Column("before", pgettext_lazy("case", "Category before"), lambda row: category_words(row)[0]),
            Column("after", pgettext_lazy("case", "Category proposed"), lambda row: category_words(row)[1]),
            Column("proposed_on", pgettext_lazy("case", "Proposed on"), lambda row: row.proposed_on, "day",
                   sort="proposed_on"),
            Column("decided_on", pgettext_lazy("case", "Decided on"), lambda row: row.decided_on, "day"),
            Column("village", gettext_lazy("Village"), lambda row: row.case.area.name),
            Column("number", pgettext_lazy("case", "Case number"), lambda row: row.case.number, "code"),
        ),
        filters=(
            Filter("state", gettext_lazy("State"), "choice", lambda rows, code: rows.filter(state=code),
                   lambda _user: list(RECATEGORISATION.states.items())),
            Filter("area", gettext_lazy("Area (name or code)"), "text",
                   lambda rows, text: rows.filter(in_place(text, "case__area"))),
        ),
        order=("-pk",),
        empty=gettext_lazy(
            "No change of category. The township proposes one on the page of a monitored household, when facts or the "
            "yearly line have moved it."
        ),
    )  # fmt: skip


def _joined(category: str, level: str) -> str:
    return f"{category} · {level}" if category and level else category or level or "—"
