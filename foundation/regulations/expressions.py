"""Values that are sums of other values: a tiny grammar, units that must agree, and the sum worked out.

    rural_dibao_month * 12 * 2
    0.5 * last_year(disposable_income_rural)
    round_half_up(poverty_standard * 1.5, 0)

Numbers, names of subjects, + - * / and brackets; `last_year(name)` is the value of the year before;
`round_half_up(sum, places)`. Times 12 turns yuan a month into yuan a year, divided by 12 the other way.
"""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from foundation.regulations.units import NOT_AMOUNTS, Unit, plain

LONGEST = 200
_SIGNS = {ast.Add: "+", ast.Sub: "−", ast.Mult: "×", ast.Div: "÷"}
_STRENGTH = {ast.Add: 1, ast.Sub: 1, ast.Mult: 2, ast.Div: 2}


class ExpressionError(ValueError):
    """An expression cannot be read, or its units do not agree; the message says why."""


class NoResultError(ValueError):
    """An expression is sound, but today it has no result (a base is absent, a divisor is zero)."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A name in an expression, and whether the value of the year before is meant."""

    name: str
    last_year: bool


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit (None: a bare number), how it was worked out, and how tightly that binds."""

    amount: Decimal
    unit: Unit | None
    worked: str
    strength: int = 3


Find = Callable[[Reference], Quantity]


def references(expression: str) -> frozenset[Reference]:
    """Return the subjects an expression names, refusing what the grammar does not know."""
    found: set[Reference] = set()

    def note(reference: Reference) -> Quantity:
        found.add(reference)
        return Quantity(Decimal(1), None, reference.name)

    _work(_parse(expression), note, units_count=False)
    return frozenset(found)


def check_units(expression: str, wanted: Unit, units: Mapping[str, Unit | None]) -> None:
    """Refuse an expression that names an unknown subject or does not come out in `wanted`.

    `units` maps each subject to its unit, or to None where its values do not all have the same one.
    """

    def one(reference: Reference) -> Quantity:
        if reference.name not in units:
            raise ExpressionError(
                _("“%(name)s” is no subject that is known here.") % {"name": reference.name}
            )
        unit = units[reference.name]
        if unit is None or unit in NOT_AMOUNTS:
            raise ExpressionError(_("“%(name)s” is not an amount of one unit.") % {"name": reference.name})
        return Quantity(Decimal(1), unit, reference.name)

    try:
        result = _work(_parse(expression), one)
    except (
        NoResultError
    ):  # with every base taken as 1 a divisor may come out as 0; only the units matter here
        return
    if (result.unit or Unit.SHARE) != wanted and not (result.unit is None and wanted not in NOT_AMOUNTS):
        raise ExpressionError(
            _("The sum comes out in “%(unit)s”, but it must be in “%(wanted)s”.")
            % {"unit": (result.unit or Unit.SHARE).label, "wanted": wanted.label}
        )


def work_out(expression: str, find: Find) -> Quantity:
    """Return the result of an expression; `find` returns the value of each name as a quantity."""
    return _work(_parse(expression), find)


def _parse(expression: str) -> ast.expr:
    if len(expression) > LONGEST:
        raise ExpressionError(_("The sum is longer than %(n)d characters.") % {"n": LONGEST})
    try:
        return ast.parse(expression.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as wrong:
        raise ExpressionError(_("This is not a sum: use numbers, names, + - * / and brackets.")) from wrong


def _work(node: ast.expr, find: Find, *, units_count: bool = True) -> Quantity:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return _number(node, number)
        case ast.Name(id=name):
            return find(Reference(name, last_year=False))
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            part = _work(inner, find, units_count=units_count)
            return Quantity(-part.amount, part.unit, f"−{_bracketed(part, 3)}", 2)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div() as sign, right=right):
            return _combine(
                sign,
                _work(left, find, units_count=units_count),
                _work(right, find, units_count=units_count),
                units_count,
            )
        case ast.Call(func=ast.Name(id="last_year"), args=[ast.Name(id=name)], keywords=[]):
            return find(Reference(name, last_year=True))
        case ast.Call(
            func=ast.Name(id="round_half_up"), args=[inner, ast.Constant(value=int() as places)], keywords=[]
        ) if not isinstance(places, bool) and 0 <= places <= 6:
            return _round(_work(inner, find, units_count=units_count), places)
    raise ExpressionError(
        _("Only numbers, names, + - * /, brackets, last_year(name) and round_half_up(sum, places) are known.")
    )


def _number(node: ast.Constant, number: float) -> Quantity:
    amount = Decimal(repr(number))
    if abs(amount) > Decimal("1e12") or amount != amount.quantize(Decimal("0.000001")):
        raise ExpressionError(_("A number is too large or too fine."))
    return Quantity(amount, None, f"{plain(amount):,f}")


def _combine(sign: ast.operator, left: Quantity, right: Quantity, units_count: bool) -> Quantity:
    kind = type(sign)
    unit = _unit(kind, left, right) if units_count else None
    if kind is ast.Div and right.amount == 0:
        if units_count:
            raise NoResultError(_("the sum divides by zero"))
        right = replace(right, amount=Decimal(1))  # only names are sought, and every one of them stands for 1
    amount = {
        ast.Add: lambda: left.amount + right.amount,
        ast.Sub: lambda: left.amount - right.amount,
        ast.Mult: lambda: left.amount * right.amount,
        ast.Div: lambda: left.amount / right.amount,
    }[kind]()
    strength = _STRENGTH[kind]
    tight = strength + 1 if kind in (ast.Sub, ast.Div) else strength
    worked = f"{_bracketed(left, strength)} {_SIGNS[kind]} {_bracketed(right, tight)}"
    return Quantity(amount, unit, worked, strength)


def _unit(kind: type[ast.operator], left: Quantity, right: Quantity) -> Unit | None:
    """Return the unit of a combination; a share counts as a bare number."""
    one, other = (None if each.unit is Unit.SHARE else each.unit for each in (left, right))
    if kind in (ast.Add, ast.Sub):
        if one != other:
            raise ExpressionError(_("Only amounts of the same unit can be added or subtracted."))
        return left.unit
    if kind is ast.Mult:
        if one and other:
            raise ExpressionError(_("Two amounts with units cannot be multiplied."))
        number = right if one else left
        yearly = (one or other) is Unit.YUAN_MONTH and number.amount == 12 and number.unit is None
        return Unit.YUAN_YEAR if yearly else (one or other or _share(left, right))
    if one and other:
        if one != other:
            raise ExpressionError(_("Only amounts of the same unit can be divided by each other."))
        return Unit.SHARE
    if other:
        raise ExpressionError(_("A number cannot be divided by an amount with a unit."))
    if one is Unit.YUAN_YEAR and right.amount == 12 and right.unit is None:
        return Unit.YUAN_MONTH
    return one or _share(left, right)


def _share(left: Quantity, right: Quantity) -> Unit | None:
    return Unit.SHARE if Unit.SHARE in (left.unit, right.unit) else None


def _round(part: Quantity, places: int) -> Quantity:
    amount = part.amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if amount == part.amount:
        return part
    return Quantity(amount, part.unit, f"{_bracketed(part, 1)} ≈ {plain(amount):,f}", 0)


def _bracketed(part: Quantity, needed: int) -> str:
    return part.worked if part.strength >= needed else f"({part.worked})"
