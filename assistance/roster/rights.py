"""Who compares and settles lists of civil affairs: its own officers, and the township that reviews cases."""

from assistance.querysets_of_assessments import CIVIL_AFFAIRS
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.accounts.scope import duties_of
from foundation.ledger.record import Actor


def right_of(user: User, area: str) -> Right | None:
    """Return by which right somebody works with the list of an area; None where they do not.

    Somebody of a department works with it for civil affairs alone.
    """
    if user.holds(Right.REVIEW_CASES, area):
        return Right.REVIEW_CASES
    own = any(
        area.startswith(duty.area) and duty.holds(Right.ANSWER_MEASURES)
        and duty.department in (CIVIL_AFFAIRS, None)
        for duty in duties_of(user)
    )  # fmt: skip
    return Right.ANSWER_MEASURES if own else None


def authority(user: User, area: str) -> Actor:
    """Return as whom somebody works with the list of an area; refused where they do not."""
    right = right_of(user, area)
    return user.authority(right or Right.REVIEW_CASES, area)


def may_hand_in(user: User) -> list[str]:
    """Return the areas for which somebody may hand a list in, the widest first."""
    codes = {duty.area for duty in duties_of(user)}
    return sorted((code for code in codes if right_of(user, code)), key=lambda code: (len(code), code))
