"""Open alerts for households that need one: what they rest on is worked out first, so that each row is written once."""

import datetime
from collections.abc import Collection, Sequence
from itertools import groupby

from alerts.attaching import event_kind_of, signal_of
from alerts.facts import facts_of
from alerts.models import Alert, Channel
from alerts.planning import Plan
from alerts.priority import HouseholdFacts
from alerts.settling import Settled, county_on, settled
from alerts.verification.due import clues_of, set_first_days
from alerts.verification.path import begin
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Level, Right
from foundation.regulations.lookup import book
from foundation.tables.copying import insert_many
from foundation.workflow.move import create_many
from monitoring.models import Run


def open_alerts(plans: Sequence[Plan], run: Run, watched: Collection[int]) -> None:
    """Open an alert for each plan, with its signals, history and ledger entry; in a few statements.

    `watched` are the households that are monitored objects already.
    """
    stands, today = _worked_out(plans, run), clock.today()
    for each in plans:
        each.opened = True
        each.alert = Alert(
            household_id=each.household,
            area_id=each.attach[0]["household__area_id"],
            opened_on=today,
            run=run,
            already_monitored=each.household in watched,
            follows=each.follows,
            woke=each.woke,
            **stands[each.household].columns,
        )
    found = {each.household: [finding["id"] for finding in each.attach] for each in plans}
    system = User.objects.built_in("system")
    opened = [each.alert for each in plans if each.alert is not None]
    set_first_days(opened, _first_clues(plans), today)
    create_many(
        opened,
        by=system,
        actor=system.authority(Right.DISPATCH_ALERTS, ""),
        details=lambda alert: {"run": run.pk, "findings": found[alert.household_id], "woke": str(alert.woke)},
    )
    insert_many(
        [
            signal_of(each.alert.pk, finding, stands[each.household].causes[finding["id"]])
            for each in plans
            if each.alert is not None
            for finding in each.attach
        ]
    )
    begin(opened)


def _first_clues(plans: Sequence[Plan]) -> dict[int, datetime.date]:
    """Return by household the day on which the first of its findings came in."""
    came = clues_of([finding["id"] for each in plans for finding in each.attach])
    return {each.household: min(came[finding["id"]] for finding in each.attach) for each in plans}


def _worked_out(plans: Sequence[Plan], run: Run) -> dict[int, Settled]:
    """Return by household what its alert says of the findings that are its first signals, as of the day of the run."""

    def county_of(each: Plan) -> str:
        return str(each.attach[0]["household__area_id"])[: Level.COUNTY]

    done: dict[int, Settled] = {}
    for code, here in groupby(sorted(plans, key=county_of), county_of):
        some, county = list(here), county_on(book(), code, run.as_of)
        facts = facts_of([each.household for each in some], code, run.as_of)
        for each in some:
            signals = [_as_signal(finding) for finding in each.attach]
            done[each.household] = settled(signals, facts.get(each.household, HouseholdFacts()), county)
    return done


def _as_signal(finding: dict[str, object]) -> dict[str, object]:
    """Return the values of the signal that a finding will be, under the finding's key."""
    return finding | {
        "channel": Channel.FEED.value,
        "event_kind": event_kind_of(finding),
        "apart": False,
        "repeats": 0,
    }
