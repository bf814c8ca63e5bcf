"""What each dataset watches for, in words of the duty list: the standards that measure it, as they are declared."""

from django.utils.translation import gettext as _

from monitoring.contracts.book import contract
from monitoring.screening.book import standards_of


def watched_for(dataset: str) -> str:
    """Name the standards that measure a dataset; where none does, say when it is read at all."""
    fed = [each for each in standards_of(dataset) if dataset in (each.measure.dataset, each.also_in)]
    if fed:
        return "；".join(each.label for each in fed)
    if contract(dataset).on_query:
        return _("read only when an authorised check asks")
    return _("no standard measures it yet")
