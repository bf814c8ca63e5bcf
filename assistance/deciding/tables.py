"""Lists of decisions: cases that wait for one, papers that were made, what became of each case."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.deciding.kinds import RULES, Kind, Rule
from assistance.models import Case, CaseBatch, CaseBatchItem, Conclusion
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.columns import Badge
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Column, Filter, Table
from foundation.jobs.models import Job
from foundation.jobs.selectors import may_know_asker
from households.models import Resident, Standing
from households.models.households import HEAD
from households.words import Words

Result = CaseBatchItem.Result
FORM = "bulk-cases"


def waiting_rows(rule: Rule, user: User) -> QuerySet[Case]:
    """Return the cases that wait for this decision where `user` makes it, with village, head and conclusion.

    Who makes it nowhere reads what waits for others.
    """
    heads = Resident.objects.present().filter(relation=HEAD)
    held = Conclusion.objects.holding()
    right = rule.right if user.holds(rule.right) else Right.VIEW_CASES
    rows = Case.objects.visible_to(user, right).waiting_for(rule.step)
    return rows.select_related("household", "area").prefetch_related(
        Prefetch("household__residents", heads, to_attr="heads"),
        Prefetch("conclusions", held, to_attr="held"),
    )


def waiting(rule: Rule, *, form: str = "") -> Table:
    """Return the list of cases that wait for a decision; `form` names the form that they are ticked for."""
    words = Words()
    return Table(
        f"cases_{rule.word}",
        title=rule.title,
        columns=(
            Column("head", gettext_lazy("Head of household"), head_of, "link", url=_page),
            Column("conclusion", pgettext_lazy("case", "Conclusion"), lambda row: _category(row, words), "badge"),
            Column("risks", pgettext_lazy("case", "Risk types"), lambda row: _risks(row, words)),
            Column("level", pgettext_lazy("case", "Risk level"), _level),
            Column("due", gettext_lazy("Due on"), _due, "badge", sort="step_due_on"),
            Column("village", gettext_lazy("Village"), lambda row: row.area.name),
            Column("returned", pgettext_lazy("case", "Times returned"), lambda row: row.returned or None, "number"),
            Column("number", pgettext_lazy("case", "Case number"), lambda row: row.number, "code"),
            Column("household", gettext_lazy("Household number"), lambda row: row.household.code, "code"),
        ),
        filters=(
            Filter("area", gettext_lazy("Area (name or code)"), "text",
                   lambda rows, text: rows.filter(in_place(text)), nameless=True),
            Filter("concluded", pgettext_lazy("case", "Conclusion confirmed"), "yesno", _concluded),
            Filter("category", pgettext_lazy("case", "Category"), "choice",
                   lambda rows, code: rows.filter(Exists(_holding().filter(category=code))),
                   lambda _user: [(kind.value, kind.label) for kind in Standing.MONITORED]),
            Filter("origin", pgettext_lazy("case", "Came by"), "choice",
                   lambda rows, code: rows.filter(origin=code), lambda _user: Case.Origin.choices, more=True),
            Filter("late", gettext_lazy("Overdue"), "yesno", _late),
        ),
        order=("step_due_on", "pk"),
        empty=_EMPTY[Kind(rule.kind)],
        form=form,
    )  # fmt: skip


_DONE_BY = {
    Kind.REVIEW: pgettext_lazy("case", "Reviewed by"),
    Kind.APPROVAL: pgettext_lazy("case", "Decided by"),
    Kind.ANNOUNCEMENT: pgettext_lazy("case", "Announced by"),
}
_EMPTY = {
    Kind.REVIEW: gettext_lazy(
        "No case waits for the township's review. They come when their notice has ended."
    ),
    Kind.APPROVAL: gettext_lazy(
        "No case waits for the county's decision. They come when a township has reviewed them."
    ),
    Kind.ANNOUNCEMENT: gettext_lazy(
        "No case waits to be announced. They come when the county has approved them."
    ),
}


def papers_of(rule: Rule, user: User) -> QuerySet[CaseBatch]:
    """Return the papers of a kind that `user` may see, with the counts of what became of their cases."""
    return counted(CaseBatch.objects.visible_to(user).filter(kind=rule.kind))


def counted(rows: QuerySet[CaseBatch]) -> QuerySet[Any]:
    """Add how many cases each paper names, how many are decided, and how many stay out."""
    return rows.select_related("by", "area").annotate(
        named=Count("items"),
        done=Count("items", filter=Q(items__result=Result.DONE)),
        stay_out=Count("items", filter=Q(items__result=Result.LEFT)),
    )


def papers(rule: Rule, user: User) -> Table:
    """Return the list of papers of a kind."""
    known = set(User.objects.visible_to(user).values_list("pk", flat=True))
    number = (
        (Column("number", gettext_lazy("Number of the approval"), lambda row: row.number),)
        if rule.kind == Kind.APPROVAL
        else ()
    )
    return Table(
        f"papers_{rule.word}",
        title=rule.title,
        columns=(
            Column("on", gettext_lazy("Day"), lambda row: row.on.isoformat(), "link",
                   url=lambda row: reverse(f"cases:{rule.word}_paper", args=[row.pk])),
            *number,
            Column("named", pgettext_lazy("case", "Cases"), lambda row: row.named, "number"),
            Column("done", pgettext_lazy("case", "Decided"), lambda row: row.done, "number"),
            Column("left", pgettext_lazy("case", "Stay out"), lambda row: row.stay_out or None, "number"),
            Column("by", _DONE_BY[Kind(rule.kind)], lambda row: row.by.name if row.by_id in known else ""),
            Column("area", gettext_lazy("Area"), lambda row: row.area.name),
        ),
        order=("-pk",),
        empty=gettext_lazy("No paper yet. Tick cases in the list of those that wait, and decide them together."),
    )  # fmt: skip


def items(rule: Rule) -> Table:
    """Return the list of the cases of one paper, those that stay out first."""
    words = Words()
    return Table(
        f"items_{rule.word}",
        title=pgettext_lazy("case", "Cases of the paper"),
        columns=(
            Column("head", gettext_lazy("Head of household"), head_of, "link", url=page_of_line),
            Column("result", gettext_lazy("Result"), _result, "badge"),
            Column("what", pgettext_lazy("case", "Decision"), lambda row: row.get_what_display()),
            Column("why", gettext_lazy("Why not"), lambda row: row.why),
            Column("category", pgettext_lazy("case", "Category"), lambda row: _decided(row, words)),
            Column("state", gettext_lazy("State now"), lambda row: (row.removal or row.matter).state_label),
            Column("village", gettext_lazy("Village"), lambda row: row.area.name),
            Column("number", pgettext_lazy("case", "Case number"), _number, "code"),
        ),
        filters=(
            Filter("result", gettext_lazy("Result"), "choice",
                   lambda rows, code: rows.filter(result="" if code == "waiting" else code),
                   lambda _user: [*Result.choices, ("waiting", pgettext_lazy("bulk", "waiting"))]),
            Filter("area", gettext_lazy("Area (name or code)"), "text",
                   _in_place),
        ),
        order=("-result", "pk"),
    )  # fmt: skip


def items_of(batch: CaseBatch, user: User) -> QuerySet[CaseBatchItem]:
    """Return the cases of a paper that `user` may see, with village and head."""
    heads = Resident.objects.present().filter(relation=HEAD)
    rows = (
        CaseBatchItem.objects.visible_to(user)
        .filter(batch=batch)
        .select_related("case__household", "case__area", "removal", "assessed__household__area")
    )
    held = Conclusion.objects.holding()
    return rows.prefetch_related(
        Prefetch("case__household__residents", heads, to_attr="heads"),
        Prefetch("assessed__household__residents", heads, to_attr="heads"),
        Prefetch("case__conclusions", held, to_attr="held"),
    )


def job_of(batch: CaseBatch, user: User) -> Any:
    """Return the job of a batch that a reader came to through its door; None where there is none (any more)."""
    if batch.job is None:
        return None
    jobs = Job.objects.with_progress().select_related("asked_by")
    return jobs.annotate(asker_shown=may_know_asker(user)).filter(uuid=batch.job).first()


def head_of(row: Any) -> str:
    """Return whose case it is."""
    heads: list[Resident] = row.household.heads
    return heads[0].shown_name if heads else str(row.household.code)


def rule_of(word: str) -> Rule:
    """Return the rule of a word of the address."""
    return next(rule for rule in RULES.values() if rule.word == word)


def _page(row: Case) -> str:
    return reverse("cases:case", args=[row.pk])


def _held(row: Any) -> Conclusion | None:
    return row.held[0] if row.held else None


def _category(row: Any, words: Words) -> Badge:
    held = _held(row)
    if held is None:
        return Badge(_("to be confirmed"), "soon")
    return Badge(words.standing(held.category, row.area_id), "done")


def _risks(row: Any, words: Words) -> str:
    held = _held(row)
    return words.word("risk_types", held.risk_types, row.area_id) if held else ""


def _level(row: Any) -> str:
    held = _held(row)
    return held.get_level_display() if held else ""


def _due(row: Case) -> Badge | None:
    if row.step_due_on is None:
        return None
    tone = "overdue" if row.step_due_on < clock.today() else "plain"
    return Badge(row.step_due_on.isoformat(), tone)  # type: ignore[arg-type]


def _holding() -> QuerySet[Conclusion]:
    return Conclusion.objects.holding().filter(case=OuterRef("pk"))


def _concluded(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    return rows.filter(Exists(_holding()) if wanted else ~Exists(_holding()))


def _late(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    late = {"step_due_on__lt": clock.today()}
    return rows.filter(**late) if wanted else rows.exclude(**late)


def _result(row: CaseBatchItem) -> Badge:
    tones = {Result.DONE: "done", Result.LEFT: "overdue", Result.UNDONE: "plain"}
    if not row.result:
        return Badge(pgettext_lazy("bulk", "waiting"))
    return Badge(row.get_result_display(), tones[Result(row.result)])  # type: ignore[arg-type]


def page_of_line(row: CaseBatchItem) -> str:
    """Return the address of what a line is about: its case, or the sheet of its assessment."""
    if row.case is None:
        return reverse("cases:assessed", args=[row.assessed_id])
    return _page(row.case)


def _number(row: CaseBatchItem) -> str:
    return str(row.case.number) if row.case is not None else row.household.code


def _in_place(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(in_place(text, "case__area") | in_place(text, "assessed__household__area"))


def _decided(row: CaseBatchItem, words: Words) -> str:
    if row.assessed is not None:
        return str(row.assessed.get_result_display())
    if row.case is None:
        return ""
    held = _held(row.case)
    category = held.category if held else row.case.category
    return words.standing(category, row.case.area_id) if category else ""
