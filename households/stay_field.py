"""The place of stay: people live far from their village, so any area of the country may be named by its code."""

from typing import Any

from django.core.exceptions import ValidationError

from foundation.accounts.models import Area
from foundation.accounts.models.areas import readings
from foundation.accounts.tabular import plain
from foundation.desk.area_field import AreaField


class StayField(AreaField):
    """An area of one's own by code or name, or any other by its code; which areas there are is no secret."""

    def clean(self, value: Any) -> Area | None:
        """Return the area, or say what to type instead."""
        try:
            return super().clean(value)
        except ValidationError:
            codes = readings(plain(value))
            by_code = Area.objects.living().in_bulk(codes)
            found = next((by_code[code] for code in codes if code in by_code), None)
            if found is None:
                raise
            return found
