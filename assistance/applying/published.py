"""For which place the list of papers is published: anybody may ask, places are no secret."""

from django.http import Http404
from django.utils.translation import gettext as _

from foundation.accounts.models import Area


def county_of(code: str) -> Area:
    """Return a living area by its code; 404 where there is none."""
    area = Area.objects.living().filter(code=code).first()
    if area is None:
        raise Http404(_("There is no such place."))
    return area
