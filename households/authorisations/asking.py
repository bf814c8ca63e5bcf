"""Ask a household for an authorisation: from then on it owes the signature of everybody it covers."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.regulations.lookup import mark_used, value
from foundation.regulations.working_days import add_months
from foundation.workflow.move import create
from households.authorisations.document import content_of, covered, take_effect
from households.authorisations.lifecycle import UNSIGNED
from households.models import Authorisation, AuthorisationMember, Household, Resident, Signature
from households.signing.asking import Party, ask_signatures, needs_guardian

Basis = Authorisation.Basis
#: Where no value holds (regulations: authorisation_months).
MONTHS = 12
ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a household is asked to allow: purposes and kinds by code, whom it covers, from when until when.

    `guardian` signs for the children among `members`: a member of the household, or somebody else by name.
    """

    household: Household
    basis: Authorisation.Basis
    purposes: Sequence[str]
    kinds: Sequence[str]
    members: Sequence[Resident]
    valid_from: datetime.date
    valid_until: datetime.date
    clause: str = ""
    guardian: Resident | None = None
    guardian_name: str = ""
    witness: str = field(default="")


@transaction.atomic
def ask(wanted: Wanted, *, by: User) -> Authorisation:
    """Ask for an authorisation. What rests on a statutory duty needs no signature and holds at once.

    Refused where it says nothing, is longer than the area allows, where a separate consent has more than one purpose
    (safety.md L24), or where the same purpose is being asked for already.
    """
    household = wanted.household
    actor = by.authority(Right.TAKE_AUTHORISATIONS, household.area_id, of=household)
    if rule := recused(by, household.recusal_keys):
        raise Refused(rule)
    Household.objects.select_for_update().get(pk=household.pk)
    _check(wanted)
    row = _row(wanted)
    create(row, by=by, actor=actor)
    AuthorisationMember.objects.bulk_create(covered(row, each) for each in wanted.members)
    if row.basis == Basis.DUTY:
        take_effect(row, by=by)
        return row
    ask_signatures(row, household=household, parties=_parties(wanted), document=content_of(row), by=by)
    return row


def asked_or_held(household: Household, purpose: str) -> bool:
    """Say whether an authorisation for a purpose is in force, or waits for signatures."""
    rows = Authorisation.objects.filter(household=household, state__in=("pending", "in_force"))
    return any(purpose in row.purpose_codes for row in rows)


def longest_until(area: str, valid_from: datetime.date) -> datetime.date:
    """Return the last day that an authorisation may have in an area, and has unless it is asked for less."""
    rule = value("authorisation_months", area=area)
    months = MONTHS if rule.silent or rule.amount is None else int(rule.amount)
    return add_months(valid_from, months) - ONE_DAY


def purposes_in(area: str) -> list[dict[str, str]]:
    """Return the purposes that can be asked for in an area, with code, zh and en."""
    return value("authorisation_purposes", area=area).items


def kinds_in(area: str) -> list[dict[str, str]]:
    """Return the kinds of data that can be asked for in an area, with code, zh and en."""
    return value("authorisation_kinds", area=area).items


def _check(wanted: Wanted) -> None:
    if not wanted.members:
        raise Refused(_("Say whom it covers."), field="members")
    for each in wanted.members:
        if each.household_id != wanted.household.pk or each.left_on is not None:
            raise Refused(
                _("%(name)s is no member of this household.") % {"name": each.shown_name}, field="members"
            )
    _check_period(wanted)
    _check_basis(wanted)
    for other in Authorisation.objects.filter(household=wanted.household, state__in=UNSIGNED):
        if other.basis == wanted.basis and other.purpose_codes & set(wanted.purposes):
            raise Refused(
                _("This is being asked for already (number %(number)d): have it signed, or end it first.")
                % {"number": other.pk},
                field="purposes",
            )


def _check_period(wanted: Wanted) -> None:
    if wanted.valid_until < max(wanted.valid_from, clock.today()):
        raise Refused(_("It ends before it begins: choose a later last day."), field="valid_until")
    last = longest_until(wanted.household.area_id, wanted.valid_from)
    if wanted.valid_until > last:
        raise Refused(
            _("It may be valid until %(day)s at most.") % {"day": last.isoformat()}, field="valid_until"
        )


def _check_basis(wanted: Wanted) -> None:
    if wanted.basis is Basis.CONSENT and len(wanted.purposes) != 1:
        raise Refused(_("A separate consent has one purpose: ask for each by itself."), field="purposes")
    if wanted.basis is Basis.DUTY and not wanted.clause.strip():
        raise Refused(_("Name the clause of the law that it rests on."), field="clause")


def _row(wanted: Wanted) -> Authorisation:
    """Return the row with everything as it is told today."""
    area = wanted.household.area_id
    text = value("authorisation_text", area=area)
    if text.value is None or text.silent:
        raise Refused(_("No text of an authorisation is in force here: propose one among the regulations."))
    mark_used(text)
    return Authorisation(
        household=wanted.household,
        household_code=wanted.household.code,
        basis=wanted.basis.value,
        clause=wanted.clause.strip() if wanted.basis is Basis.DUTY else "",
        purposes=_items(purposes_in(area), wanted.purposes, "purposes"),
        kinds=_items(kinds_in(area), wanted.kinds, "kinds"),
        text=text.value.text_zh.strip(),
        text_value=text.value,
        asked_on=clock.today(),
        valid_from=wanted.valid_from,
        valid_until=wanted.valid_until,
    )


def _items(offered: list[dict[str, str]], chosen: Sequence[str], name: str) -> list[dict[str, str]]:
    """Return the chosen items as they are told; refused where nothing, or something unknown, is chosen."""
    items = [{key: each[key] for key in ("code", "zh", "en")} for each in offered if each["code"] in chosen]
    if not items or len(items) != len(set(chosen)):
        raise Refused(_("Choose from the list."), field=name)
    return items


def _parties(wanted: Wanted) -> list[Party]:
    """Return who signs: everybody covered, a guardian for each child, and a witness where one is named."""
    part, parties = Signature.Party, []
    for each in wanted.members:
        if not needs_guardian(each):
            parties.append(Party(part.MEMBER, resident=each))
            continue
        if wanted.guardian is None and not wanted.guardian_name.strip():
            raise Refused(
                _("%(name)s is a child: say which guardian signs.") % {"name": each.shown_name},
                field="guardian",
            )
        parties.append(
            Party(part.GUARDIAN, resident=wanted.guardian, name="", signs_for=each)
            if wanted.guardian is not None
            else Party(part.GUARDIAN, name=wanted.guardian_name, signs_for=each)
        )
    if wanted.witness.strip():
        parties.append(Party(part.WITNESS, name=wanted.witness))
    return parties
