"""The worked sum in words: what a checker, a villager and an inspector read."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from households.income.calculator import Term, Worked
from households.income.items import GROUPS, Item
from households.income.rules import Rule


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sum: what it is, its amount in yuan, how it was worked out, and whether it is a result."""

    label: str
    amount: Decimal
    how: str = ""
    result: bool = False
    indented: bool = False


def lines(worked: Worked, items: list[Item]) -> Iterator[Line]:
    """Yield the sum line by line: each letter with its items, then the four results."""
    names = {item.code: item.name for item in items}
    for letter, group in GROUPS.items():
        terms = [term for term in worked.terms if term.group == letter]
        if not terms:
            continue
        yield Line(f"{letter} {group}", worked.groups[letter])
        for term in terms:
            if len(term.code) > 1 or term.why != "stated":
                yield Line(f"{term.code} {names.get(term.code, '')}", term.amount, _why(term), indented=True)
    for label, result in (
        (_("Net income"), worked.net),
        (_("Net income per head"), worked.net_per_head),
        (_("Reference income"), worked.reference),
        (_("Reference income per head"), worked.reference_per_head),
    ):
        yield Line(label, result.amount, result.worked, result=True)


def rule_sentences(rule: Rule) -> Iterator[str]:
    """Say by which rule it was worked out, value by value with its area's wording."""
    for answer in rule.answers:
        if answer.subject.key in ("income_period", "income_members", "work_cost_share"):
            yield f"{answer.subject.label}：{answer.text}"
        elif answer.subject.key == "income_left_out":
            yield _("Not counted as income: %(items)s") % {"items": answer.text}
        else:
            yield _("%(subject)s: %(share)s, where no cost is stated") % {
                "subject": answer.subject.label,
                "share": answer.text,
            }


def members_sentence(members: int) -> str:
    """Say by how many people was divided."""
    return ngettext("%(n)d member counts.", "%(n)d members count.", members) % {"n": members}


def _why(term: Term) -> str:
    stated, share = f"{term.stated:,.2f}", f"{(term.share * 100).normalize():f} %"
    match term.why:
        case "left_out":
            return _("stated %(amount)s, does not count here") % {"amount": stated}
        case "work_cost":
            return _("%(amount)s less %(share)s cost of working") % {"amount": stated, "share": share}
        case "cost_share":
            return _("no cost stated: %(share)s of %(amount)s") % {"amount": stated, "share": share}
        case _:
            return ""
