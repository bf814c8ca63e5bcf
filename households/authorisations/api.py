"""The API of authorisations: what a household allows to be looked up, and from when until when; read alone.

They are asked for and signed on their pages, where the household stands by.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from foundation.accounts.access import Door
from foundation.accounts.api_views import ScopedViewSet
from foundation.accounts.programs.filtering import Filters, area, choice, day, key
from foundation.accounts.roles import Right
from households.authorisations.lifecycle import AUTHORISATION
from households.models import Authorisation
from households.places import HOUSEHOLD


class AuthorisationSerializer(serializers.ModelSerializer[Authorisation]):
    """An authorisation: basis, purposes and kinds of data by their codes, whom it covers, and its days. No names."""

    area = serializers.CharField(source="household.area_id", read_only=True)
    purposes = serializers.SerializerMethodField()
    kinds = serializers.SerializerMethodField()
    members = serializers.SerializerMethodField()

    class Meta:
        model = Authorisation
        fields = (
            "id", "version", "state", "household", "household_code", "area", "basis", "clause", "purposes", "kinds",
            "members", "asked_on", "valid_from", "valid_until", "in_force_on", "ended_on", "replaced_by",
        )  # fmt: skip
        read_only_fields = fields

    def get_purposes(self, row: Authorisation) -> list[str]:
        """Return the codes of the purposes."""
        return sorted(row.purpose_codes)

    def get_kinds(self, row: Authorisation) -> list[str]:
        """Return the codes of the kinds of data."""
        return sorted(row.kind_codes)

    def get_members(self, row: Authorisation) -> list[int]:
        """Return the members whom it covers, by the numbers of their rows."""
        return [each.resident_id for each in row.members.all()]


class AuthorisationFilters(Filters):
    """What narrows authorisations."""

    state = choice(AUTHORISATION.states.items(), _("State of the authorisation."))
    household = key(_("Number of the row of one household."))
    area = area()
    ends_by = day(_("What ends on this day or earlier."))


class AuthorisationViewSet(ScopedViewSet):
    """The authorisations of the households of one's areas, the newest first."""

    door = Door(Right.VIEW_HOUSEHOLDS, lent=HOUSEHOLD)
    queryset = Authorisation.objects.select_related("household").prefetch_related("members")
    serializer_class = AuthorisationSerializer
    filters, ordering = AuthorisationFilters, "-pk"

    def narrow(self, rows: QuerySet[Any], asked: Mapping[str, Any]) -> QuerySet[Any]:
        """Narrow by what the address asks."""
        paths = {"area": "household__area__code__startswith", "ends_by": "valid_until__lte"}
        return rows.filter(**{paths.get(name, name): value for name, value in asked.items()})
