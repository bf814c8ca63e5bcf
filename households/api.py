"""The API of the register: read-only, masked, through the same doors as its pages."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.accounts.access import Door
from foundation.accounts.api_views import ScopedViewSet
from foundation.accounts.models import User
from foundation.accounts.programs.filtering import Filters, area, key, word, yes_no
from foundation.accounts.roles import Right
from households.ages import age
from households.identity import showing
from households.models import Household, Resident
from households.openings import record_opening
from households.places import HOUSEHOLD

_DOOR = Door(Right.VIEW_HOUSEHOLDS, lent=HOUSEHOLD)


class HouseholdSerializer(serializers.ModelSerializer[Household]):
    """A household; its telephone is masked."""

    phone = serializers.SerializerMethodField()

    class Meta:
        model = Household
        fields = (
            "id", "code", "area", "stay_area", "group_name", "address", "phone", "net_income_per_head",
            "house_grade", "water_safe", "dissolved_on", "source", "source_day", "field_sources",
        )  # fmt: skip
        read_only_fields = fields

    def get_phone(self, row: Household) -> str:
        """Return the masked telephone."""
        return showing.masked_one(row.phone)


class HouseholdFilters(Filters):
    """What narrows households."""

    code = word(_("The household's number, whole."))
    area = area()


class HouseholdViewSet(ScopedViewSet):
    """The households of one's areas; opening one is on the record."""

    door = _DOOR
    queryset = Household.objects.select_related("phone")
    serializer_class = HouseholdSerializer
    filters = HouseholdFilters

    def narrow(self, rows: QuerySet[Any], asked: Mapping[str, Any]) -> QuerySet[Any]:
        """Narrow by what the address asks: an area with what lies below it."""
        if "code" in asked:
            rows = rows.filter(code=asked["code"])
        return rows.filter(area__code__startswith=asked["area"]) if "area" in asked else rows

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return one household, and write down who looked."""
        row = self.get_object()
        _note(row, request)
        return Response(self.get_serializer(row).data)


class ResidentSerializer(serializers.ModelSerializer[Resident]):
    """A member of a household: the ID number is masked, the age stands for the birth date."""

    age = serializers.SerializerMethodField()
    id_number = serializers.SerializerMethodField()

    class Meta:
        model = Resident
        fields = (
            "id", "household", "area", "name", "id_number", "age", "sex", "relation", "ethnicity", "education",
            "school_stage", "health", "labour", "work_place", "work_months", "insured", "dibao", "tekun",
            "left_on", "departure", "source", "source_day", "field_sources",
        )  # fmt: skip
        read_only_fields = fields

    def get_age(self, row: Resident) -> int | None:
        """Return the completed years; of who died or left, on that day."""
        return age(row.born_on, row.left_on)

    def get_id_number(self, row: Resident) -> str:
        """Return the masked ID number."""
        return showing.masked_one(row.identity)


class ResidentFilters(Filters):
    """What narrows members of households."""

    household = key(_("Number of the row of the household."))
    present = yes_no(_("Whether the person belongs to the household today."))


class ResidentViewSet(ScopedViewSet):
    """The members of the households of one's areas; opening one is on the record."""

    door = _DOOR
    queryset = Resident.objects.select_related("identity", "household")
    serializer_class = ResidentSerializer
    filters = ResidentFilters

    def narrow(self, rows: Any, asked: Mapping[str, Any]) -> QuerySet[Any]:
        """Narrow by what the address asks."""
        if "household" in asked:
            rows = rows.filter(household_id=asked["household"])
        if "present" in asked:
            here = rows.present()
            rows = here if asked["present"] == "yes" else rows.exclude(pk__in=here.values("pk"))
        narrowed: QuerySet[Any] = rows
        return narrowed

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return one member, and write down who looked at the household."""
        row = self.get_object()
        _note(row.household, request)
        return Response(self.get_serializer(row).data)


def _note(household: Household, request: Request) -> None:
    assert isinstance(request.user, User)  # noqa: S101  (the door lets only staff pass)
    record_opening(household, by=request.user, through="api")
