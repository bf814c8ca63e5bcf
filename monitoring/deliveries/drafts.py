"""A file between its upload and its hand-in: kept sealed for a day while the officer looks at its first rows."""

import json
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.jobs import spool
from monitoring.deliveries.choosing import deliverable
from monitoring.models import Dataset, Delivery


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person is about to hand in: where it belongs, and which earlier delivery it replaces or adds to."""

    dataset: Dataset
    area: Area
    period: str
    replaces: Delivery | None = None
    supplements: Delivery | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A kept file with what it is to become. `key` names it in addresses; only who uploaded it opens it."""

    key: str
    file: str
    name: str
    by: int
    dataset: str
    area: str
    period: str
    replaces: int | None
    supplements: int | None

    def opened(self) -> BinaryIO:
        """Open the file; Refused where it is no longer kept."""
        return spool.opened(self.file)

    def forget(self) -> None:
        """Delete the file and what was written about it."""
        spool.forget(self.file)
        spool.forget(self.key)


def keep(file: BinaryIO, name: str, wanted: Wanted, *, by: User) -> Draft:
    """Keep `file` sealed for a day; without a hand-in the night removes it as a stray."""
    kept = spool.keep_file(file)
    about = {
        "file": kept.name,
        "name": name[:100],
        "by": by.pk,
        "dataset": wanted.dataset.pk,
        "area": wanted.area.pk,
        "period": wanted.period,
        "replaces": wanted.replaces.pk if wanted.replaces else None,
        "supplements": wanted.supplements.pk if wanted.supplements else None,
    }
    try:
        # What a file is called may name people: it rests sealed as the file does.
        key = spool.keep([json.dumps(about).encode()]).name
    except BaseException:
        spool.forget(kept.name)
        raise
    return Draft(key=key, **about)  # type: ignore[arg-type]


def opened(key: str, *, by: User) -> Draft | None:
    """Return the draft of an address; None where it is no longer kept, or was uploaded by somebody else."""
    try:
        draft = Draft(key=key, **json.loads(spool.read(key)))
    except (Refused, ValueError, TypeError):
        return None
    return draft if draft.by == by.pk else None


def wanted_of(draft: Draft, *, by: User) -> Wanted:
    """Return what a draft is to become; Refused where `by` may no longer deliver it."""
    own = deliverable(by)
    dataset = own.datasets.filter(pk=draft.dataset).first()
    area = own.areas.filter(pk=draft.area).first()
    if dataset is None or area is None:
        raise Refused(_("You no longer deliver this here: begin anew."))
    return Wanted(dataset, area, draft.period, own.delivery(draft.replaces), own.delivery(draft.supplements))
