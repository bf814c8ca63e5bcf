"""Give out codes, replace and revoke them. Each act stands in the record, with the reason where one is revoked."""

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, Actor, record
from households.codes.tokens import new_token
from households.models import Household, HouseholdCode

GIVEN_OUT, REPLACED, REVOKED = "codes.given_out", "code.replaced", "code.revoked"
_AT_ONCE = 2_000


@transaction.atomic
def give_out(area: Area, *, by: User) -> int:
    """Give a code to every household of an area that has none; returns how many there were.

    Nothing is decided about anybody: whoever keeps the codes of a village gives its own kin one like everybody else.
    """
    actor = by.authority(Right.KEEP_CODES, area.code)
    # Two people who press at once wait for each other here.
    Area.objects.select_for_update().get(pk=area.pk)
    without = Household.objects.living().filter(area__code__startswith=area.code)
    keys = without.exclude(codes__in=HouseholdCode.objects.in_force()).values_list("pk", flat=True)
    today = clock.today()
    made = [
        HouseholdCode(household_id=key, token=new_token(), issued_on=today, issued_by=by)
        for key in keys.order_by("pk")
    ]
    if not made:
        raise Refused(_("Every household here has a code already."))
    HouseholdCode.objects.bulk_create(made, batch_size=_AT_ONCE)
    record(
        Act(GIVEN_OUT, "area", area.code, today, today, area=area.code, details={"codes": len(made)}),
        by=actor,
    )
    return len(made)


@transaction.atomic
def replace(household: Household, *, by: User, reason: str) -> HouseholdCode:
    """Give a household a new code; the old one, where there is one, is revoked with the reason."""
    actor = _may_keep(household, by)
    old = _in_force(household)
    if old is not None:
        _revoke(old, by, _checked(reason))
    today = clock.today()
    made = HouseholdCode.objects.create(household=household, token=new_token(), issued_on=today, issued_by=by)
    _note(REPLACED, household, actor, reason, before=old.pk if old else None, after=made.pk)
    return made


@transaction.atomic
def revoke(household: Household, *, by: User, reason: str) -> HouseholdCode:
    """Revoke the code of a household; what was printed then leads nowhere any more."""
    actor = _may_keep(household, by)
    code = _in_force(household)
    if code is None:
        raise Refused(_("This household has no code that could be revoked."))
    _revoke(code, by, _checked(reason))
    _note(REVOKED, household, actor, reason, before=code.pk, after=None)
    return code


def _may_keep(household: Household, by: User) -> Actor:
    actor = by.authority(Right.KEEP_CODES, household.area_id)
    if rule := recused(by, household.recusal_keys):
        raise Refused(rule)
    if household.dissolved_on is not None:
        raise Refused(_("This household was dissolved on %(day)s.") % {"day": household.dissolved_on})
    return actor


def _in_force(household: Household) -> HouseholdCode | None:
    Household.objects.select_for_update(no_key=True).get(pk=household.pk)
    return household.codes.in_force().first()


def _checked(reason: str) -> str:
    if not reason.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="reason")
    return reason.strip()


def _revoke(code: HouseholdCode, by: User, reason: str) -> None:
    code.revoked_on, code.revoked_by, code.revoked_reason = clock.today(), by, reason
    code.save(update_fields=["revoked_on", "revoked_by", "revoked_reason"])


def _note(
    verb: str, household: Household, actor: Actor, reason: str, *, before: int | None, after: int | None
) -> None:
    today = clock.today()
    record(
        Act(
            verb,
            "household",
            str(household.pk),
            today,
            today,
            area=household.area_id,
            before=before,
            after=after,
            basis=reason.strip(),
        ),
        by=actor,
    )
