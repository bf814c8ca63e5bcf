"""What the headers of a department's files mean: as the contract says, as people confirmed, or as we would guess.

    suggested(contract, headers, taken)           guesses for headers that nobody knows: header → column
    remember(dataset, area, {header: column}, by=user)      a person confirmed them, for this area's later files
    forget(dataset, area, header, by=user)        a person says that one was wrong

A guess counts for nothing before a person has confirmed it. What was delivered under a meaning stays as it was read;
a meaning taken back counts for later files and for reading a kept file again.
"""

from collections.abc import Collection, Iterable, Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.ledger.record import Act, Actor, record
from foundation.tables.guessing import guessed
from monitoring.contracts.contract import Contract
from monitoring.contracts.headers import normal_header
from monitoring.intake.receiving import may_deliver
from monitoring.models import Dataset, HeaderMeaning

_LONGEST = 100


def suggested(contract: Contract, headers: Iterable[str], taken: Collection[str] = ()) -> dict[str, str]:
    """Guess which columns unknown `headers` mean, none twice and none that is `taken`: header → column.

    A name that holds the other, or letters that agree for the most part; where two columns are about as like,
    nothing is guessed.
    """
    names = {column.header: column.names for column in contract.columns if column.header not in taken}
    return guessed(headers, names)


@transaction.atomic
def remember(dataset: Dataset, area: Area, meanings: Mapping[str, str], *, by: User) -> list[HeaderMeaning]:
    """Keep what a person confirmed of headers: header → column, or "" for a header that means none.

    What says nothing new is passed over. Refused without the right to deliver here, for a column that the contract
    has not, for a header that the contract itself knows, and for two headers that would mean the same column.
    """
    actor = may_deliver(dataset, area, by)
    own = {normal_header(name): each.header for each in dataset.contract.columns for name in each.names}
    wanted = {normal_header(header): column for header, column in meanings.items()}
    wanted = {header: column for header, column in wanted.items() if own.get(header) != column}
    for header, column in wanted.items():
        _check(header, column, own)
    _check_once_each(wanted)
    known = {each.header: each for each in _of(dataset, area).select_for_update()}
    new = {name: said for name, said in wanted.items() if name not in known or known[name].column != said}
    if not new:
        return []
    kept = [_kept(dataset, area, header, column, by) for header, column in new.items()]
    before = {header: known[header].column for header in new if header in known}
    _note("headers.confirmed", dataset, area, {"headers": new, "before": before}, by=actor)
    return kept


@transaction.atomic
def forget(dataset: Dataset, area: Area, header: str, *, by: User) -> None:
    """Take back what was confirmed of a header; Refused where nothing was."""
    actor = may_deliver(dataset, area, by)
    meaning = _of(dataset, area).filter(header=normal_header(header)).select_for_update().first()
    if meaning is None:
        raise Refused(_("Nothing was confirmed of the header “%(header)s” here.") % {"header": header})
    said: dict[str, object] = {"headers": {meaning.header: ""}, "before": {meaning.header: meaning.column}}
    meaning.delete()
    _note("headers.taken_back", dataset, area, said, by=actor)


def _of(dataset: Dataset, area: Area) -> QuerySet[HeaderMeaning]:
    return HeaderMeaning.objects.filter(dataset=dataset, area=area)


def _kept(dataset: Dataset, area: Area, header: str, column: str, by: User) -> HeaderMeaning:
    kept, _made = HeaderMeaning.objects.update_or_create(
        dataset=dataset,
        area=area,
        header=header,
        defaults={"column": column, "confirmed_by": by, "confirmed_on": clock.today()},
    )
    return kept


def _check(header: str, column: str, own: Mapping[str, str]) -> None:
    if not header or len(header) > _LONGEST:
        raise Refused(_("A header has 1 to %(most)d characters.") % {"most": _LONGEST}, field="headers")
    if column and column not in own.values():
        raise Refused(_("The contract has no column “%(column)s”.") % {"column": column}, field="headers")
    if header in own:
        raise Refused(
            _("“%(header)s” is a name of the contract itself: it cannot mean anything else.")
            % {"header": header},
            field="headers",
        )


def _check_once_each(wanted: Mapping[str, str]) -> None:
    columns = [column for column in wanted.values() if column]
    for column in columns:
        if columns.count(column) > 1:
            raise Refused(
                _("Two headers cannot both mean “%(column)s”: choose one.") % {"column": column},
                field="headers",
            )


def _note(verb: str, dataset: Dataset, area: Area, details: Mapping[str, object], *, by: Actor) -> None:
    today = clock.today()
    record(Act(verb, "monitoring.dataset", dataset.pk, today, today, area=area.code, details=details), by=by)
