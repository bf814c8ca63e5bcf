"""What somebody wants a local value to be, and everything that must be true of it before it can hold."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import Area
from foundation.accounts.models.areas import ancestors
from foundation.accounts.refusals import Refused
from foundation.regulations.book import Book, Resolved
from foundation.regulations.checks import bases, find_circle
from foundation.regulations.contents import ItemsError, read_items
from foundation.regulations.expressions import ExpressionError, check_units
from foundation.regulations.models import Subject, Value
from foundation.regulations.models.values import WHOLE_COUNTRY, Kind, Origin
from foundation.regulations.sources import Source, SourceError, SourceKind, check_href
from foundation.regulations.units import Comparator, Unit, written

LARGEST = Decimal("1e12")


@dataclass(frozen=True, slots=True)
class Draft:
    """A wanted value: one subject, one area, from a day, for a class; exactly the content its kind needs."""

    subject: Subject
    area: Area
    from_day: datetime.date
    kind: Kind
    unit: Unit
    source: Source
    population: str = ""
    amount: Decimal | None = None
    text_zh: str = ""
    text_en: str = ""
    items: list[dict[str, str]] = field(default_factory=list)
    expression: str = ""
    note_zh: str = ""
    comparator: Comparator | None = None

    def columns(self) -> dict[str, Any]:
        """Return the draft as the columns that values and proposals share, without subject and area."""
        return {
            "population": self.population,
            "from_day": self.from_day,
            "kind": self.kind.value,
            "unit": self.unit.value,
            "amount": self.amount,
            "text_zh": self.text_zh,
            "text_en": self.text_en,
            "items": self.items,
            "expression": self.expression,
            "comparator": self.comparator.value if self.comparator else "",
            "note_zh": self.note_zh,
            "note_en": "",
        } | self.source.columns()

    def as_value(self) -> Value:
        """Return the value this draft would become; not saved."""
        return Value(subject=self.subject, area=self.area.code, origin=Origin.LOCAL, **self.columns())


def check_draft(draft: Draft, book: Book) -> Resolved:
    """Refuse a draft that cannot hold; returns what its area would be told on its first day.

    Checked in this order: may areas set this at all, unit and class, content, source, then the sum worked out
    and the bound that the area above sets.
    """
    subject = draft.subject
    if not subject.local:
        raise Refused(_("“%(subject)s” is not set by areas.") % {"subject": subject.label}, field="subject")
    if draft.unit.value not in subject.units:
        raise Refused(_("Choose one of the units of this subject."), field="unit")
    if draft.population and draft.population not in subject.classes:
        raise Refused(_("This subject does not tell these classes apart."), field="population")
    _check_content(draft)
    _check_comparator(draft)
    _check_source(draft.source)
    if draft.kind is Kind.EXPRESSION:
        _check_expression(draft, book)
    after = book.with_value(draft.as_value()).resolve(
        subject.key, draft.area.code, draft.from_day, draft.population
    )
    if draft.kind is not Kind.ENDED:
        _check_bounds(draft, after, book)
    return after


def _check_content(draft: Draft) -> None:
    """Refuse content that does not fit the kind, or a kind that does not fit the unit."""
    fitting = {Unit.TEXT: Kind.TEXT, Unit.LIST: Kind.LIST, Unit.YES_NO: Kind.YES_NO}.get(draft.unit)
    amounts = (Kind.AMOUNT, Kind.EXPRESSION)
    if draft.kind is not Kind.ENDED and draft.kind not in ((fitting,) if fitting else amounts):
        raise Refused(_("This kind of content does not fit the unit."), field="kind")
    match draft.kind:
        case Kind.AMOUNT | Kind.YES_NO if draft.amount is None:
            raise Refused(_("Enter the amount."), field="amount")
        case Kind.AMOUNT if draft.amount is not None and not 0 <= draft.amount < LARGEST:
            raise Refused(_("The amount must be zero or more, and not absurdly large."), field="amount")
        case Kind.TEXT if not draft.text_zh.strip():
            raise Refused(_("Enter the text."), field="text_zh")
        case Kind.LIST:
            try:
                read_items(draft.items)
            except ItemsError as wrong:
                raise Refused(
                    _("Enter one item per line: code | Chinese | English."), field="items"
                ) from wrong


def _check_comparator(draft: Draft) -> None:
    """Refuse a line that does not say whether reaching it is enough, and any other value that does."""
    needed = draft.subject.compared and draft.kind in (Kind.AMOUNT, Kind.EXPRESSION)
    if needed and draft.comparator is None:
        raise Refused(_("Say whether reaching the line is enough, or only more than it."), field="comparator")
    if draft.comparator is not None and not needed:
        raise Refused(_("Nothing is measured against this value."), field="comparator")


def _check_source(source: Source) -> None:
    """Refuse a local value without the document it rests on."""
    if source.kind is not SourceKind.DOCUMENT:
        raise Refused(_("A local value needs the document that sets it."), field="source_title")
    for name, sentence in (
        ("title", _("Enter the title of the document.")),
        ("issuer", _("Enter who issued the document.")),
        ("issued", _("Enter the day the document was issued.")),
    ):
        if not getattr(source, name).strip():
            raise Refused(sentence, field=f"source_{name}")
    if source.issued > clock.today().isoformat():
        raise Refused(_("The document would be issued in the future."), field="source_issued")
    try:
        check_href(source.href)
    except SourceError as wrong:
        raise Refused(
            _("Link only to the issuer's own site under gov.cn, or leave it empty."), field="source_href"
        ) from wrong


def _check_expression(draft: Draft, book: Book) -> None:
    """Refuse a sum with unknown names, other units, or one that needs itself."""
    try:
        check_units(draft.expression, draft.unit, {key: each.unit for key, each in book.subjects.items()})
    except ExpressionError as wrong:
        raise Refused(str(wrong), field="expression") from wrong
    needs: dict[str, set[str]] = {draft.subject.key: set(bases(draft.expression))}
    for row in book.values():
        if row.expression:
            needs.setdefault(row.subject_id, set()).update(bases(row.expression))
    if circle := find_circle(needs):
        names = " → ".join(book.subjects[key].label for key in circle)
        raise Refused(_("The sum goes in a circle: %(names)s.") % {"names": names}, field="expression")


def _check_bounds(draft: Draft, after: Resolved, book: Book) -> None:
    """Refuse what the area above does not allow: below its floor, above its ceiling, in another unit."""
    subject = draft.subject
    if not (subject.floor_from_above or subject.ceiling_from_above):
        return
    above = (*ancestors(draft.area.code),)[-1:] or (WHOLE_COUNTRY,)
    bound = book.resolve(subject.key, above[0], draft.from_day, draft.population)
    if bound.amount is None or after.amount is None or bound.silent:
        return
    limit = {"limit": written(bound.amount, bound.unit)}
    if bound.unit is not after.unit:
        raise Refused(_("The area above has %(limit)s: use the same unit.") % limit, field="unit")
    if subject.floor_from_above and after.amount < bound.amount:
        raise Refused(
            _("It may not be less than %(limit)s, which the area above has.") % limit, field="amount"
        )
    if subject.ceiling_from_above and after.amount > bound.amount:
        raise Refused(
            _("It may not be more than %(limit)s, which the area above has.") % limit, field="amount"
        )
