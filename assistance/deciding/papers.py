"""Papers of decisions: the sheet of a case (审核审定表, F8), the list of a batch, the masked announcement (公告, F9).

The announcement shows of each household exactly the line of the notice (assistance.notices.lines), a page for each
village; the list of a review or an approval stays in the office and names what was concluded.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assistance.deciding import reasons
from assistance.deciding.conclusion import holding
from assistance.deciding.keeping import OTHER_RISK, computed_kept
from assistance.deciding.kinds import Kind
from assistance.models import Case, CaseBatch, CaseBatchItem, Conclusion
from assistance.notices.lines import Style, lines_of
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.watermark import watermark
from foundation.files import pdf
from foundation.files.content import PDF
from foundation.files.looking import Opened
from foundation.ledger.record import Act, record
from foundation.regulations.lookup import book
from foundation.regulations.units import in_language
from foundation.workflow.models import Passage
from foundation.workflow.offers import history
from households.codes.scanning import contact_of
from households.models import Resident
from households.models.households import HEAD
from households.words import Words

#: The moves whose opinions stand on the sheet, in their order: village, township, county.
_OPINIONS = ("evaluate", "review", "approve")


@transaction.atomic
def decision_sheet(case: Case, *, by: User) -> Opened:
    """Return the sheet of review and decision of one case, in Chinese; that it was printed is on record."""
    held = holding([case]).get(case.pk)
    if held is None:
        raise Refused(_("Nobody has confirmed a category and risk types yet: open the case first."))
    _note("assistance.case", case.pk, case.area_id, by)
    with translation.override(settings.LANGUAGE_CODE):
        sheet = _sheet(case, held, by)
        content = pdf.sheet(sheet)
    return Opened(iter([content]), f"{sheet.title} {case.number}.pdf", PDF, len(content))


@transaction.atomic
def list_of(batch: CaseBatch, *, by: User) -> Opened:
    """Return the list of a paper, in Chinese; that it was printed is on record."""
    _note("assistance.casebatch", batch.pk, batch.area_id, by)
    rows = (
        CaseBatchItem.objects.visible_to(by)
        .done()
        .filter(batch=batch)
        .select_related("case__household", "case__area", "removal", "assessed__household__area")
    )
    items = sorted(rows, key=lambda item: (item.area_id, item.household.group_name, item.pk))
    with translation.override(settings.LANGUAGE_CODE):
        if batch.kind == Kind.ANNOUNCEMENT:
            title = _("Announcement of monitored households")
            content = pdf.render("announcement", _announcement(batch, items, title, by))
        else:
            title = f"{batch.get_kind_display()} {batch.number}".strip()
            content = pdf.sheet(_list(batch, items, title, by))
    return Opened(iter([content]), f"{title} {batch.on}.pdf", PDF, len(content))


def _announcement(batch: CaseBatch, items: Sequence[CaseBatchItem], title: str, by: User) -> dict[str, Any]:
    """Return the pages of an announcement: a village each, its lines as the notice showed them; removals apart."""
    lines = lines_of([item.case for item in items if item.case is not None], Style.WALL)
    numbers = _numbers(items)
    pages: dict[tuple[str, str], list[Case]] = {}
    for item in sorted(items, key=lambda item: item.what):
        if item.case is not None:
            pages.setdefault((item.what, item.case.area_id), []).append(item.case)
    return {
        "title": title,
        "watermark": watermark(by, batch.area.name),
        "columns": [_("Villager group"), _("Head of household"), _("Persons"), pgettext("case", "Category")],
        "pages": [
            {
                "village": here[0].area.name,
                "intro": _announced(what, here, numbers),
                "rows": [
                    [line.group, line.name, str(line.persons), line.category]
                    for line in (lines[case.pk] for case in here)
                ],
                "ask": _asking(area),
                "office": batch.area.name,
                "day": batch.on.isoformat(),
            }
            for (what, area), here in pages.items()
        ],
    }


def _announced(what: str, cases: Sequence[Case], numbers: dict[tuple[str, int], str]) -> str:
    said = "、".join(dict.fromkeys(filter(None, (numbers.get((what, case.pk), "") for case in cases))))
    if what == CaseBatchItem.What.REMOVAL:
        return _("By decision of the county %(number)s the risk of the following households is removed.") % {
            "number": f"（{said}）" if said else ""
        }
    return _("By decision of the county %(number)s the following households are monitored and helped.") % {
        "number": f"（{said}）" if said else ""
    }


def _asking(area: str) -> str:
    contact = contact_of(area)
    asked = {"township": contact.township.name if contact.township else "", "telephone": contact.telephone}
    return _("Who has a question asks %(township)s, telephone %(telephone)s.") % asked


def _numbers(items: Sequence[CaseBatchItem]) -> dict[tuple[str, int], str]:
    """Return the number of the approval of each case, as an entry and as a removal."""
    rows = CaseBatchItem.objects.done().filter(
        case__in=[item.case_id for item in items], batch__kind=Kind.APPROVAL
    )
    found = rows.order_by("pk").values_list("what", "case", "batch__number")
    return {(what, case): number for what, case, number in found}


def _list(batch: CaseBatch, items: Sequence[CaseBatchItem], title: str, by: User) -> pdf.Sheet:
    held, words = holding([item.case for item in items if item.case is not None]), Words()
    heads = dict(
        Resident.objects.present()
        .filter(relation=HEAD, household__in=[item.household.pk for item in items])
        .values_list("household_id", "name")
    )
    rows = [
        [
            str(number),
            item.area.name,
            heads.get(item.household.pk) or item.household.code,
            *_named(item, held, words),
        ]
        for number, item in enumerate(items, 1)
    ]
    facts = [
        (_("Office"), batch.area.name),
        (_("Day"), batch.on.isoformat()),
        (_("Number of the approval"), batch.number),
        (_("Opinion"), batch.note),
    ]
    columns = [
        pgettext("table", "No."), _("Village"), _("Head of household"), pgettext("case", "Case number"),
        pgettext("case", "Category"), pgettext("case", "Risk types"), pgettext("case", "Risk level"),
        pgettext("case", "Decision"),
    ]  # fmt: skip
    return pdf.Sheet(
        title=title,
        watermark=watermark(by, batch.area.name),
        facts=[(label, said) for label, said in facts if said],
        grids=[pdf.Grid(pgettext("case", "Cases"), columns, rows)],
        signatures=[_("Signature of the head of the office"), _("Seal"), _("Day")],
    )


def _named(item: CaseBatchItem, held: Mapping[int, Conclusion], words: Words) -> list[str]:
    """Return number, category, risks, level and decision of a line; of an assessed household what it comes to."""
    if item.assessed is not None:
        told = words.standing(item.assessed.basis, item.area_id)
        decision = f"{item.get_what_display()}：{item.assessed.get_result_display()}"
        return [item.household.code, told, "", "", decision]
    if item.case is None:
        raise ValueError(item.pk)
    number = item.case.number.replace("-", "-\N{ZERO WIDTH SPACE}")  # may break in its narrow column
    return [
        number,
        *_concluded(held.get(item.case.pk), words, item.area_id),
        str(item.get_what_display()),
    ]


def _concluded(held: Conclusion | None, words: Words, area: str) -> list[str]:
    if held is None:
        return ["", "", ""]
    return [words.standing(held.category, area), _risks(held, words, area), str(held.get_level_display())]


def _risks(held: Conclusion, words: Words, area: str) -> str:
    """Return the risk types in words, with the sub-items that two of them demand."""
    said = []
    for code in held.risk_types:
        word = words.word("risk_types", code, area)
        if code == OTHER_RISK and held.other_risk:
            word = f"{word}（{held.other_risk}）"
        elif held.disaster_kind and code == "02":
            items = book().resolve("disaster_kinds", area, held.day).items
            names = {item["code"]: in_language(item["zh"], item["en"]) for item in items}
            word = f"{word}（{names.get(held.disaster_kind, held.disaster_kind)}）"
        said.append(word)
    return "、".join(said)


def _sheet(case: Case, held: Conclusion, by: User) -> pdf.Sheet:
    words, computed = Words(held.day), computed_kept(held)
    head = Resident.objects.present().filter(household=case.household_id, relation=HEAD).first()
    facts = [
        (_("Head of household"), head.shown_name if head else ""),
        (_("Household number"), case.household.code),
        (pgettext("case", "Case number"), case.number),
        (_("Village"), case.area.name),
        (pgettext("case", "Category"), words.standing(held.category, case.area_id)),
        (pgettext("case", "Risk types"), _risks(held, words, case.area_id)),
        (pgettext("case", "Risk level"), str(held.get_level_display())),
        (pgettext("case", "Household without labour"), _("yes") if held.no_labour else _("no")),
        (pgettext("case", "As computed"), reasons.category_reason(computed.why)),
        (pgettext("case", "Why changed"), held.changed_because),
    ]
    parts = reasons.four_parts(computed.facts, exact=by.holds(Right.VIEW_FINDINGS, case.area_id))
    return pdf.Sheet(
        title=_("Sheet of review and decision"),
        watermark=watermark(by, case.area.name),
        facts=[(label, said) for label, said in facts if said],
        grids=[
            pdf.Grid(
                _("What was weighed"),
                [_("Part"), _("Judged at the door"), _("Facts")],
                [[part.heading, part.judged, "\n".join(part.lines)] for part in parts],
            ),
            pdf.Grid(
                _("Opinions"),
                [_("Step"), _("Opinion"), _("By"), _("Day")],
                [_opinion(case, each) for each in _passages(case)],
                empty=_("Nobody has decided yet."),
            ),
        ],
        signatures=[
            _("Village committee (seal, day)"), _("Township (seal, day)"), _("County (seal, day)"),
        ],
    )  # fmt: skip


def _passages(case: Case) -> list[Passage]:
    """Return the newest of each move whose opinion stands on the sheet."""
    newest = {row.verb: row for row in history(case).filter(verb__in=_OPINIONS)}
    return [newest[verb] for verb in _OPINIONS if verb in newest]


def _opinion(case: Case, row: Passage) -> list[str]:
    said = row.reason or _("agreed")
    return [str(case.lifecycle.find(row.verb).label), said, row.by.name, row.happened_on.isoformat()]


def _note(model: str, key: int, area: str, by: User) -> None:
    today = clock.today()
    record(
        Act("case.paper_printed", model, str(key), today, today, area=area),
        by=by.authority(Right.VIEW_CASES, area),
    )
