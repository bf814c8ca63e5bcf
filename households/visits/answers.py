"""Answers to a questionnaire: checked, brought into the one form that is kept, and said in words.

Kept are: text (numbers of people masked), whole numbers, yuan as "1234.50", days as "2026-11-04", `yes`, `no` or
`unclear`, the code of a choice, a list of codes. What is not answered is not there.
"""

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from foundation.accounts.refusals import Refused
from foundation.regulations.lookup import book
from foundation.regulations.units import in_language
from households.identity.masking import masked_text
from households.visits.known import Fact
from households.visits.questionnaires import Declared, Kind, Question

#: How a form calls the field of a question.
FIELD = "q_"
LONGEST_TEXT = 500
_LARGEST = Decimal(100_000_000)
YESNO = {
    "yes": gettext_lazy("yes"),
    "no": gettext_lazy("no"),
    "unclear": pgettext_lazy("visit", "not clear yet"),
}


def checked(declared: Declared, given: Mapping[str, Any], *, area: str, on: datetime.date) -> dict[str, Any]:
    """Return the answers as they are kept. Refused at the field of the first that is missing or cannot be."""
    asked = {question.code: question for question in declared.questions()}
    if unknown := sorted(set(given) - set(asked)):
        raise Refused(_("“%(code)s” is not asked here.") % {"code": unknown[0]})
    kept: dict[str, Any] = {}
    for code, question in asked.items():
        answer = _kept(question, given.get(code), area, on)
        if answer not in (None, "", []):
            kept[code] = answer
        elif question.required:
            raise _refused(question, _("Answer this question: %(question)s") % {"question": question.asks})
    return kept


def repeated(declared: Declared, kept: Mapping[str, Any], facts: Mapping[str, Fact]) -> dict[str, Any]:
    """Return which answers only repeat what the register says, with source and day of each."""
    found = {}
    for question in declared.questions():
        fact = facts.get(question.known) if question.known else None
        if fact is not None and same(kept.get(question.code), fact.value):
            found[question.code] = {"source": fact.source.kind, "day": fact.source.day.isoformat()}
    return found


def same(answer: object, known: object) -> bool:
    """Say whether an answer is what was known; amounts are compared as amounts."""
    if isinstance(answer, str) and isinstance(known, str) and answer and known:
        try:
            return Decimal(answer) == Decimal(known)
        except InvalidOperation:
            return answer == known
    return answer is not None and answer == known


def options(question: Question, area: str, on: datetime.date) -> list[tuple[str, str]]:
    """Return code and word of everything that can be chosen for a question in an area on a day."""
    if question.kind is Kind.YESNO:
        return [(code, str(label)) for code, label in YESNO.items()]
    if question.list:
        items = book().resolve(question.list, area, on).items
        return [(item["code"], in_language(item["zh"], item["en"])) for item in items]
    return [(each.code, each.label) for each in question.choices]


def words(question: Question, answer: Any, *, area: str, on: datetime.date) -> str:
    """Say an answer in words."""
    match question.kind:
        case Kind.YESNO | Kind.CHOICE:
            return dict(options(question, area, on)).get(answer, str(answer))
        case Kind.SEVERAL:
            named = dict(options(question, area, on))
            return "、".join(named.get(each, str(each)) for each in answer)
        case Kind.AMOUNT:
            return _("%(amount)s yuan") % {"amount": f"{Decimal(answer):,.2f}"}
        case _:
            return str(answer)


def _kept(question: Question, given: Any, area: str, on: datetime.date) -> Any:
    """Return one answer as it is kept, or nothing where nothing was given."""
    if given in (None, "", [], ()):
        return None
    match question.kind:
        case Kind.TEXT:
            return _text(question, str(given))
        case Kind.NUMBER:
            return int(_number(question, given))
        case Kind.AMOUNT:
            return f"{_number(question, given):.2f}"
        case Kind.DAY:
            return given.isoformat() if isinstance(given, datetime.date) else _day(question, given)
        case Kind.SEVERAL:
            return _chosen(question, given, area, on)
        case _:
            return _chosen(question, [given], area, on)[0]


def _text(question: Question, given: str) -> str:
    text = masked_text(given.strip())
    if len(text) > LONGEST_TEXT:
        raise _refused(question, _("At most %(most)d characters.") % {"most": LONGEST_TEXT})
    return text


def _number(question: Question, given: Any) -> Decimal:
    try:
        number = Decimal(str(given))
    except InvalidOperation as wrong:
        raise _refused(question, _("Enter a number.")) from wrong
    whole = question.kind is Kind.NUMBER
    if not number.is_finite() or number < 0 or number >= _LARGEST or (whole and number != int(number)):
        raise _refused(
            question, _("Enter a whole number.") if whole else _("Enter an amount of zero or more.")
        )
    if question.most is not None and number > question.most:
        raise _refused(question, _("At most %(most)s.") % {"most": question.most})
    return number if whole else number.quantize(Decimal("0.01"))


def _day(question: Question, given: Any) -> str:
    try:
        return datetime.date.fromisoformat(str(given)).isoformat()
    except ValueError as wrong:
        raise _refused(question, _("Enter a day as YYYY-MM-DD.")) from wrong


def _chosen(question: Question, given: Sequence[Any], area: str, on: datetime.date) -> list[str]:
    """Return what was chosen, in the order of the list."""
    codes = [code for code, _label in options(question, area, on)]
    if isinstance(given, str) or set(given) - set(codes):
        raise _refused(question, _("This value is not in the list: choose one of the list."))
    return [code for code in codes if code in given]


def _refused(question: Question, sentence: str) -> Refused:
    return Refused(sentence, field=FIELD + question.code)
