"""The papers of a plan: the plan itself (帮扶计划, F10), and the card that hangs in the house (帮扶明白卡)."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assistance.catalogue.book import measure as declared_measure
from assistance.catalogue.words import CatalogueWords
from assistance.lifecycle_of_help import WAITING
from assistance.measures.lasting import last_day
from assistance.measures.wording import answer_told, office_of, paid
from assistance.models import Measure, Plan
from assistance.page import title_of
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.watermark import watermark
from foundation.files import pdf
from foundation.files.content import PDF
from foundation.files.looking import Opened
from foundation.ledger.record import Act, record
from households.codes.scanning import contact_of

_WIDTHS = (2, 3, 4, 3, 3, 4, 3, 4)


def plan_sheet(plan: Plan, *, by: User) -> Opened:
    """Print the plan (F10): risk, kind, content, department, person, start to end, sum, result. On record."""
    return _printed(plan, by, card=False)


def card(plan: Plan, *, by: User) -> Opened:
    """Print the card for the household: what was promised, by whom, what landed, whom to call. On record."""
    return _printed(plan, by, card=True)


def sheet_bytes(plan: Plan, by: User) -> bytes:
    """Return the plan as PDF, for the file of the household."""
    return pdf.sheet(_sheet(plan, by))


@transaction.atomic
def _printed(plan: Plan, by: User, *, card: bool) -> Opened:
    today, right = clock.today(), Right.VIEW_CASES
    if not by.holds(right, plan.area_code):
        right = Right.PLAN_HELP
    record(
        Act("plan.printed", "assistance.plan", str(plan.pk), today, today, area=plan.area_code,
            details={"paper": "card" if card else "plan", "number": plan.number}),
        by=by.authority(right, plan.area_code, of=plan.case),
    )  # fmt: skip
    with translation.override(settings.LANGUAGE_CODE):
        title = _title(plan, card=card)
        content = pdf.render("help_card", _card(plan, by)) if card else sheet_bytes(plan, by)
    return Opened(iter([content]), f"{title} {plan.case.number}.pdf", PDF, len(content))


def _title(plan: Plan, *, card: bool) -> str:
    return pgettext("plan", "Card of help") if card else pgettext("plan", "Plan of help for one household")


def _lines(plan: Plan) -> list[Measure]:
    rows = Measure.objects.filter(plan_lines__plan=plan).with_aid().select_related("resident", "department")
    return list(rows.order_by("plan_lines__pk"))


def _sheet(plan: Plan, by: User) -> pdf.Sheet:
    words, case = CatalogueWords(plan.area_code), plan.case
    facts = [
        (_("Head of household"), title_of(case)),
        (_("Village"), f"{case.area.name} {case.household.group_name}".strip()),
        (_("Case number"), case.number),
        (pgettext("plan", "Version"), f"{plan.number} · {plan.state_label} · {plan.made_on}"),
        (_("Risk types"), "、".join(words.risk(each) for each in plan.risk_types)),
    ]
    if plan.aim:
        facts.append((pgettext("plan", "What shall be reached"), plan.aim))
    if plan.no_development:
        told = pgettext("plan", "%(why)s (looked at again on %(day)s)")
        facts.append(
            (
                pgettext("plan", "No development measure"),
                told % {"why": plan.no_development, "day": plan.revisit_on},
            )
        )
    columns = (
        pgettext("plan", "Risk"), pgettext("plan", "Kind"), pgettext("plan", "Measure"),
        pgettext("plan", "Department"), pgettext("plan", "For"), pgettext("plan", "From, until"),
        pgettext("plan", "Sum"), pgettext("plan", "Result"),
    )  # fmt: skip
    grid = pdf.Grid(
        pgettext("plan", "Measures"), columns, [_row(each, words) for each in _lines(plan)], widths=_WIDTHS
    )
    return pdf.Sheet(
        _title(plan, card=False),
        watermark(by, case.area.name),
        facts,
        (grid,),
        (pgettext("plan", "Household"), pgettext("plan", "Helper"), pgettext("plan", "Township")),
    )


def _row(row: Measure, words: CatalogueWords) -> list[str]:
    span = "—".join(
        str(day) if day else "" for day in (row.landed_on or row.asked_on, last_day(row) or row.until_day)
    )
    risk = words.risk(row.risk_type) if row.risk_type else pgettext("plan", "development")
    who = row.resident.shown_name if row.resident else pgettext("measure", "the household")
    note = f"\n{row.note}" if row.note else ""
    return [
        risk, words.kind(row.kind), row.called + note, office_of(row), who, span.strip("—"),
        paid(row) or _paid_here(row, words), answer_told(row),
    ]  # fmt: skip


def _card(plan: Plan, by: User) -> dict[str, Any]:
    """Return what stands on the card: no risk, no category; it hangs where neighbours read it."""
    case, contact, words = plan.case, contact_of(plan.area_code), CatalogueWords(plan.area_code)
    return {
        "title": _title(plan, card=True),
        "watermark": watermark(by, case.area.name),
        "to": title_of(case),
        "intro": pgettext("plan", "This is what the township and its departments promised your family."),
        "columns": [
            pgettext("plan", "Help"),
            pgettext("plan", "What it is"),
            pgettext("plan", "How it stands"),
        ],
        "rows": [
            [row.called, _plain(row), " · ".join(filter(None, (answer_told(row), _paid_here(row, words))))]
            for row in _lines(plan)
        ],
        "call": _("Questions? Call"),
        "telephone": contact.telephone,
        "office": contact.township.name if contact.township else case.area.name,
        "day": clock.today().isoformat(),
    }


def _paid_here(row: Measure, words: CatalogueWords) -> str:
    """Say what is paid here for a measure that is on its way; empty where nobody says so, or it landed."""
    declared = declared_measure(row.code)
    if row.state not in WAITING or declared is None:
        return ""
    said, _source = words.paid(declared, clock.today())
    return pgettext("plan", "paid here: %(amount)s") % {"amount": said} if said else ""


def _plain(row: Measure) -> str:
    """Say a measure in plain words, with who answers for it."""
    declared = declared_measure(row.code)
    return f"{declared.text if declared else ''}（{office_of(row)}）"
