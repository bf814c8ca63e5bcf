"""Looking at one row by the API is an act on the record, as opening its page is."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from foundation.accounts.models import User
from households.models import Household
from households.openings import record_opening


class OpeningsMixin:
    """A view set whose single rows tell of a household: who looks at one is written down."""

    def household_of(self, row: Any) -> Household:
        """Return the household that a row tells of."""
        found: Household = row.household
        return found

    def retrieve(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return one row, and write down who looked."""
        row = self.get_object()
        assert isinstance(request.user, User)  # noqa: S101  (the door lets only staff pass)
        record_opening(self.household_of(row), by=request.user, through="api")
        return Response(self.get_serializer(row).data)
