"""What is printed about helpers: the sheet for a household, and the sheet of a hand-over for both sides."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Prefetch
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assistance.board.selectors import board_rows
from assistance.board.wording import BoardWords, head
from assistance.helping.assigning import said
from assistance.helping.handing_over import heads
from assistance.helping.lending import acting
from assistance.helping.places import kinds_of
from assistance.helping.sentences import lines_of
from assistance.models import HandOver, HelperPlace
from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.watermark import watermark
from foundation.files import pdf
from foundation.files.content import PDF
from foundation.files.looking import Opened
from foundation.ledger.record import Act, record, record_many
from households.codes.scanning import contact_of


@transaction.atomic
def for_household(place: HelperPlace, *, by: User) -> Opened:
    """Return the sheet that tells a household who helps it now, in Chinese; that it was printed is on record."""
    actor = by.authority(Right.VIEW_CASES, place.case.area_id, of=place.case)
    record(_printed(place), by=actor)
    with translation.override(settings.LANGUAGE_CODE):
        title = _("Who helps your household")
        mark = watermark(by, place.case.area.name)
        content = pdf.render("letter", {"title": title, "watermark": mark, **_letter(place)})
    return Opened(iter([content]), f"{title} {place.case.number}.pdf", PDF, len(content))


@transaction.atomic
def of_hand_over(row: HandOver, *, by: User) -> Opened:
    """Return the sheet of a hand-over: what each household is, what must not be forgotten, and where both sign."""
    places = _places(row, by)
    today = clock.today()
    act = Act("hand_over.printed", "assistance.handover", str(row.pk), today, today,
              area=places[0].case.area_id if places else "", details={"cases": len(places)})  # fmt: skip
    record(act, by=acting(by, places[0].case.area_id if places else ""))
    with translation.override(settings.LANGUAGE_CODE):
        facts = [
            (pgettext("hand-over", "Gives"), row.giver.name),
            (pgettext("hand-over", "Receives"), row.receiver.name),
            (pgettext("hand-over", "Day"), row.day.isoformat()),
            (_("Reason"), row.reason),
        ]
        return _sheet(places, facts, row.pk, by)


@transaction.atomic
def of_place(place: HelperPlace, *, by: User) -> Opened:
    """Return the sheet of one household whose helper leaves before anybody receives it; it is kept for who comes next.

    That it was printed is on record, and lets the help end (assigning.end).
    """
    actor = by.authority(Right.ASSIGN_HELPERS, place.case.area_id)
    if forbidden := recused(by, place.recusal_keys()):
        raise Refused(forbidden)
    today = clock.today()
    if HelperPlace.objects.held().filter(pk=place.pk).update(sheet_on=today) != 1:
        raise Refused(_("This person does not help here any more."))
    act = Act("helper.leaving_sheet_printed", "assistance.case", str(place.case_id), today, today,
              area=place.case.area_id, details=said(place))  # fmt: skip
    record(act, by=actor)
    with translation.override(settings.LANGUAGE_CODE):
        facts = [
            (pgettext("hand-over", "Gives"), place.person.name),
            (pgettext("hand-over", "Receives"), pgettext("hand-over", "whoever is named next")),
            (pgettext("hand-over", "Day"), today.isoformat()),
        ]
        return _sheet([place], facts, place.pk, by)


@transaction.atomic
def for_households_of(row: HandOver, *, by: User) -> Opened:
    """Return the sheets for every household of a hand-over as one PDF, each on a page of its own."""
    places = _places(row, by)
    with translation.override(settings.LANGUAGE_CODE):
        title = _("Who helps your household")
        mark = watermark(by, places[0].case.area.name if places else "")
        letters = [_letter(place) for place in places]
        content = pdf.render("letters", {"title": title, "watermark": mark, "letters": letters})
    if places:
        record_many([_printed(place) for place in places], by=acting(by, places[0].case.area_id))
    return Opened(iter([content]), f"{title} {row.pk}.pdf", PDF, len(content))


def rows_of(places: Sequence[HelperPlace], by: User) -> list[list[str]]:
    """Return for each place its household, the risk in a sentence, and what its helper must not forget."""
    cases = {case.pk: case for case in board_rows(by, "").filter(pk__in={place.case_id for place in places})}
    lines, words = lines_of(list(cases.values()), by), BoardWords()
    rows = []
    for place in places:
        case: Any = cases.get(place.case_id)
        if case is None:
            continue
        told = [
            f"{line.sentence} {line.due or ''}".strip()
            for line in lines[place.case_id]
            if line.handed_on or line.due
        ]
        who = f"{head(case)}\n{case.area.name} {case.household.group_name}\n{case.household.code}".strip()
        rows.append([who, f"{case.state_label}；{words.risk(case)}", "\n".join(told)])
    return rows


def _sheet(places: Sequence[HelperPlace], facts: list[tuple[str, str]], number: int, by: User) -> Opened:
    """Return the sheet of these households with what must not be forgotten, and lines to sign on."""
    title = _("Hand-over of monitored households")
    columns = [_("Head of household"), pgettext("case", "Risk in a sentence"), _("Not to be forgotten")]
    heading = _("Households (%(count)d)") % {"count": len(places)}
    signatures = [
        pgettext("hand-over", "Gives"),
        pgettext("hand-over", "Receives"),
        pgettext("hand-over", "Township"),
    ]
    content = pdf.sheet(
        pdf.Sheet(
            title=title,
            watermark=watermark(by, places[0].case.area.name if places else ""),
            facts=facts,
            grids=[pdf.Grid(heading, columns, rows_of(places, by), widths=[3, 5, 6])],
            signatures=signatures,
        )
    )
    return Opened(iter([content]), f"{title} {number}.pdf", PDF, len(content))


def _places(row: HandOver, by: User) -> list[HelperPlace]:
    """Return the places of a hand-over that a reader may see."""
    rows = HelperPlace.objects.visible_to(by).filter(hand_over=row)
    return list(
        rows.select_related("case__area", "case__household", "person", "posting")
        .prefetch_related(Prefetch("case__household__residents", heads(), to_attr="heads"))
        .order_by("case__area_id", "case__household__code")
    )


def _printed(place: HelperPlace) -> Act:
    today = clock.today()
    return Act("helper.letter_printed", "assistance.case", str(place.case_id), today, today,
               area=place.case.area_id, details=said(place))  # fmt: skip


def _letter(place: HelperPlace) -> dict[str, Any]:
    """Say in plain words who helps, what for, and whom to call; never a sum, an illness or a member."""
    case, contact = place.case, contact_of(place.case.area_id)
    found = getattr(case.household, "heads", None) or heads().filter(household=case.household_id)[:1]
    name = next((each.shown_name for each in found), case.household.code)
    kind = kinds_of(case.area_id).get(place.kind, place.kind)
    who = (
        _("%(name)s (%(kind)s, %(unit)s) helps your household.")
        if place.unit
        else _("%(name)s (%(kind)s) helps your household.")
    )
    lines = [who % {"name": place.person.name, "kind": kind, "unit": place.unit}]
    if place.hand_over is not None:
        said_of = {"day": place.accepted_on or place.hand_over.day, "name": place.hand_over.giver.name}
        lines.append(_("From %(day)s on this person takes over from %(name)s.") % said_of)
    return {
        "to": _("To the household of %(name)s") % {"name": name},
        "parts": [
            {"heading": _("Your helper"), "lines": lines},
            {
                "heading": _("What you can ask"),
                "lines": [
                    _(
                        "Your helper visits you, explains which help there is, and sees that what was agreed arrives."
                    ),
                    _("Nobody may ask money or gifts of you for this."),
                    _("If something changes or does not arrive, tell your helper, the village, or call us."),
                ],
            },
        ],
        "call": _("Telephone"),
        "telephone": contact.telephone,
        "office": contact.township.name if contact.township else case.area.name,
        "day": (place.accepted_on or place.offered_on).isoformat(),
        "number": _("Household number %(code)s, case %(number)s")
        % {"code": case.household.code, "number": case.number},
        "ways": [
            pgettext("letter", "handed over"),
            pgettext("letter", "read out"),
            pgettext("letter", "by telephone"),
        ],
        "lines": [_("Taken by (name or fingerprint)"), pgettext("letter", "Delivered by"), _("Day")],
    }
