"""One asset check: asked under the authorisation of the household, answered in seconds, kept with what came up."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assistance.checks.items import ANSWERS, Answer, bands_of, counts
from assistance.checks.reading import Answered, Found, Person, ask, is_connected, lists_of
from assistance.checks.verifying import complete
from assistance.models import AssetCheck, AssetHit, Case
from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, Actor, record
from foundation.regulations.lookup import value
from foundation.vault.sealing import sealer
from households.authorisations.using import in_force, use
from households.models import Authorisation, Resident

#: What the household authorised it for (value authorisation_purposes), and the step of the chain.
PURPOSE, STEP = "asset_check", "compare"
Item = dict[str, str]


@dataclass(slots=True)
class _Asked:
    """A check on its way: its row, whom it is about, and what was answered and found so far."""

    check: AssetCheck
    authorisation: Authorisation
    members: list[Resident]
    people: list[Person]
    by: User
    hits: list[AssetHit] = field(default_factory=list)


@transaction.atomic
def run(case: Case, *, by: User) -> AssetCheck:
    """Ask every connected dataset about the members of a case; the check that comes back is done, or was stopped.

    Refused where the case does not wait for it, or the household has not authorised it. The authorisation is asked
    anew before each dataset and once more at the end: where it has ended meanwhile, the check is stopped and keeps
    nothing of what it read. Two at once: the second finds the first one's result, as long as nothing new was delivered.
    """
    case = Case.objects.select_for_update(of=("self",)).select_related("household").get(pk=case.pk)
    actor = by.authority(Right.PREPARE_CASES, case.area_id)
    if rule := recused(by, case.household.recusal_keys):
        raise Refused(rule)
    if STEP not in case.waits_for:
        raise Refused(
            _("This case does not wait for it now: the application comes first, and it is made once.")
        )
    members = members_of(case)
    authorisation = in_force(case.household, purpose=PURPOSE, members=members)
    if authorisation is None:
        raise Refused(_("No authorisation in force covers every member: have it signed by all first."))
    if twin := _twin(case, authorisation, members):
        return twin
    asked = _begun(case, authorisation, members, by)
    _ask_all(asked)
    _finish(asked, actor)
    if asked.check.is_done and not asked.hits:
        complete(asked.check, by=by)
    return asked.check


def _twin(case: Case, authorisation: Authorisation, members: Sequence[Resident]) -> AssetCheck | None:
    """Return today's check that still waits to be verified, where asking again would read the very same lists."""
    last = latest(case)
    if last is None or last.asked_on != clock.today() or last.authorisation_id != authorisation.pk:
        return None
    same_people = set(last.members) == {each.pk for each in members}
    told = {each["kind"]: each["deliveries"] for each in last.answered}
    now = {
        code: sorted(batch.delivery_id for batch in lists)
        for code, answer in ANSWERS.items()
        if code in authorisation.kind_codes
        and (lists := lists_of(answer.dataset, case.area_id, last.asked_on))
    }
    return last if same_people and told == now and last.hits.to_verify().exists() else None


def members_of(case: Case) -> list[Resident]:
    """Return whom a case counts today."""
    rows = Resident.objects.present().filter(cases_counted_in__case=case, cases_counted_in__left_on=None)
    return list(rows.order_by("relation", "pk"))


def latest(case: Case) -> AssetCheck | None:
    """Return the last check of a case that came to a result."""
    return AssetCheck.objects.done().filter(case=case).order_by("-pk").first()


def to_ask(case: Case) -> list[Item]:
    """Return the kinds of data that a check would ask for now: what the area wants and the household authorised."""
    allowed = in_force(case.household, purpose=PURPOSE, members=members_of(case))
    codes = allowed.kind_codes if allowed else frozenset()
    return [each for each in wanted_kinds(case.area_id) if each["code"] in codes]


def wanted_kinds(area: str) -> list[Item]:
    """Return the kinds of data that an area asks for, by code: its own list, or all that can be authorised."""
    own = value("asset_check_items", area=area)
    kinds = {each["code"]: each for each in value("authorisation_kinds", area=area).items}
    codes = [each["code"] for each in own.items] if not own.silent else list(kinds)
    return [kinds[code] for code in codes if code in kinds]


def _begun(case: Case, authorisation: Authorisation, members: list[Resident], by: User) -> _Asked:
    check = AssetCheck.objects.create(
        case=case,
        authorisation=authorisation,
        members=[each.pk for each in members],
        asked_on=clock.today(),
        by=by,
        not_asked=[
            {"member": each.pk, "why": "no_number"} for each in members if each.identity_id is None
        ],
    )  # fmt: skip
    people = [
        Person(each.pk, each.identity_id, each.name) for each in members if each.identity_id is not None
    ]
    return _Asked(check, authorisation, members, people, by)


def _ask_all(asked: _Asked) -> None:
    """Ask dataset by dataset, as long as the authorisation holds."""
    for kind in wanted_kinds(asked.check.case.area_id):
        item = {name: kind[name] for name in ("code", "zh", "en")}
        why = _why_not(asked, kind["code"])
        if not why:
            if not _allowed(asked, kind["code"]):
                return
            why = _take(asked, item, ANSWERS[kind["code"]])
        if why:
            asked.check.not_asked.append(item | {"why": why})
    if not in_force(
        asked.check.case.household, purpose=PURPOSE, kinds=_codes(asked.check.kinds), members=asked.members
    ):
        _stop(asked)


def _why_not(asked: _Asked, code: str) -> str:
    if code not in asked.authorisation.kind_codes:
        return "not_authorised"
    if code not in ANSWERS:
        return "no_dataset"
    check = asked.check
    there = is_connected(ANSWERS[code].dataset, check.case.area_id, check.asked_on)
    return "" if there else "no_delivery"


def _allowed(asked: _Asked, code: str) -> bool:
    """Write down that the authorisation is used for a kind of data; where it does not hold any more, stop."""
    try:
        use(
            asked.authorisation, purpose=PURPOSE, kinds=[code], members=asked.members, by=asked.by,
            what=f"asset_check:{asked.check.pk}", right=Right.PREPARE_CASES,
        )  # fmt: skip
    except Refused:
        _stop(asked)
        return False
    return True


def _stop(asked: _Asked) -> None:
    """Keep nothing of what was read."""
    asked.hits.clear()
    check = asked.check
    check.stopped, check.kinds, check.answered, check.not_asked = AssetCheck.Stopped.ENDED, [], [], []


def _take(asked: _Asked, item: Item, answer: Answer) -> str:
    """Take what a dataset answers; returns why it could not be asked, or ""."""
    check = asked.check
    told = ask(answer, asked.people, area=check.case.area_id, on=check.asked_on)
    if told.fault:
        return told.fault
    hits = list(_hits(check, answer, told))
    check.kinds.append(item)
    check.answered.append(
        {
            "kind": item["code"], "dataset": answer.dataset, "deliveries": list(told.deliveries),
            "as_of": told.as_of.isoformat() if told.as_of else "", "hits": len(hits),
        }
    )  # fmt: skip
    asked.hits += hits
    return ""


def _hits(check: AssetCheck, answer: Answer, told: Answered) -> Iterable[AssetHit]:
    """Return, not yet saved, the rows that count; one row that two lists have is one hit."""
    seal, seen = sealer(), set()
    for row in told.rows:
        if not counts(answer, row.columns) or (row.resident, row.row_key) in seen:
            continue
        seen.add((row.resident, row.row_key))
        hit = AssetHit(
            asset_check=check, resident_id=row.resident, kind=answer.kind, dataset_id=answer.dataset,
            delivery_id=row.delivery, line=row.line, sheet=row.sheet[:100], row_key=row.row_key,
            band=bands_of(answer, row.columns, check.asked_on), as_of=row.as_of, name_differs=row.name_differs,
        )  # fmt: skip
        hit.detail = seal(_written(row), context_of(hit))
        yield hit


def context_of(hit: AssetHit) -> bytes:
    """Return what the detail of a hit is bound to when it is sealed."""
    return b"asset_hit:" + hit.key.bytes


def _written(row: Found) -> bytes:
    said = {header: str(cell) for header, cell in row.columns.items() if cell is not None}
    return json.dumps(said, ensure_ascii=False).encode()


def _finish(asked: _Asked, actor: Actor) -> None:
    check = asked.check
    check.finished_at = timezone.now()
    check.save()
    AssetHit.objects.bulk_create(asked.hits)
    verb = "asset_check.stopped" if check.stopped else "asset_check.made"
    record(act_on(check, verb, kinds=_codes(check.kinds), hits=len(asked.hits)), by=actor)


def act_on(check: AssetCheck, verb: str, **details: Any) -> Act:
    """Return an act on a check as the ledger is told: kinds and counts, never what was found."""
    today = clock.today()
    said = {"case": check.case_id, "authorisation": check.authorisation_id} | details
    return Act(verb, check._meta.label_lower, str(check.pk), today, today, area=check.area_code, details=said)


def _codes(items: Sequence[Item]) -> list[str]:
    return [each["code"] for each in items]
