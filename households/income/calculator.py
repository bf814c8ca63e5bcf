"""The one calculator of income (domain.md 2.6): from stated items to four results, each with its worked sum.

    net income       = A + B + C + D − E
    reference income = net income + F (payouts) − G (compliant self-pay)

both per head of the members counted. Pure: amounts and a rule in, results out. Amounts are exact until each result
is rounded half up to the fen, once.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from households.income.rules import Rule

FEN = Decimal("0.01")
#: Kinds of production whose cost may be a share of their income: item of income → item of cost.
COST_OF = {"B1": "E1", "B2": "E2", "B3": "E3", "B4": "E4"}
#: Income that a cost of working may be deducted from.
WAGES = ("A", "A1")
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Term:
    """One line of the sum: an item, its amount in yuan as it counts, and how that came about where it is not plain.

    `why` is `stated`, `left_out` (the area does not count the item), `work_cost` or `cost_share`; `share` is the
    share that was applied.
    """

    code: str
    stated: Decimal
    amount: Decimal
    why: str = "stated"
    share: Decimal = _NOTHING

    @property
    def group(self) -> str:
        """Letter of the item."""
        return self.code[0]


@dataclass(frozen=True, slots=True)
class Sum:
    """One result in yuan, rounded once, and its sum as it is written on paper."""

    amount: Decimal
    worked: str


@dataclass(frozen=True, slots=True)
class Worked:
    """Everything that came out. `members` is what was divided by: at least one."""

    terms: tuple[Term, ...]
    groups: Mapping[str, Decimal]
    members: int
    net: Sum
    net_per_head: Sum
    reference: Sum
    reference_per_head: Sum


def work_out(parts: Mapping[str, Decimal], members: int, rule: Rule) -> Worked:
    """Return the results for stated items; nothing stated counts as zero, fewer than one member as one."""
    with localcontext(prec=40):
        terms = tuple(_terms(parts, rule))
        groups = {letter: _total(terms, letter) for letter in "ABCDEFG"}
        heads = max(members, 1)
        net = groups["A"] + groups["B"] + groups["C"] + groups["D"] - groups["E"]
        reference = net + groups["F"] - groups["G"]
        return Worked(
            terms=terms,
            groups=groups,
            members=heads,
            net=_result(_signed((groups[each], each == "E") for each in "ABCDE"), net),
            net_per_head=_result(f"{_written(net)} ÷ {heads}", net / heads),
            reference=_result(_signed([(net, False), (groups["F"], False), (groups["G"], True)]), reference),
            reference_per_head=_result(f"{_written(reference)} ÷ {heads}", reference / heads),
        )


def _terms(parts: Mapping[str, Decimal], rule: Rule) -> Iterator[Term]:
    """Yield every item as it counts, in the order of the letters, with costs that the rule supposes."""
    for code in sorted(parts):
        stated = parts[code]
        if any(code.startswith(left) for left in rule.left_out):
            yield Term(code, stated, _NOTHING, "left_out")
        elif code in WAGES and rule.work_cost:
            yield Term(code, stated, stated * (1 - rule.work_cost), "work_cost", rule.work_cost)
        else:
            yield Term(code, stated, stated)
    for income, cost in COST_OF.items():
        share = rule.cost_ratios.get(income, _NOTHING)
        left_out = any(income.startswith(left) for left in rule.left_out)
        # A stated cost goes before a supposed one, and an undivided cost covers every kind.
        if share and income in parts and not left_out and cost not in parts and "E" not in parts:
            yield Term(cost, parts[income], parts[income] * share, "cost_share", share)


def _total(terms: Iterable[Term], letter: str) -> Decimal:
    return sum((term.amount for term in terms if term.group == letter), _NOTHING)


def _result(worked: str, exact: Decimal) -> Sum:
    amount = exact.quantize(FEN, ROUND_HALF_UP)
    return Sum(amount, f"{worked} {'=' if amount == exact else '≈'} {amount:,}".replace("-", "−"))


def _signed(amounts: Iterable[tuple[Decimal, bool]]) -> str:
    """Write a sum of amounts; those marked are taken away, and negative ones stand in brackets."""
    words = ""
    for amount, taken in amounts:
        sign = ("− " if taken else "+ ") if words else ("−" if taken else "")
        words += f"{' ' if words else ''}{sign}{_written(amount)}"
    return words


def _written(amount: Decimal) -> str:
    """Write an exact amount with at least two decimals; a negative one in brackets."""
    places = max(2, -int(amount.normalize().as_tuple().exponent)) if amount else 2
    text = f"{abs(amount):,.{min(places, 8)}f}"
    return f"(−{text})" if amount < 0 else text
