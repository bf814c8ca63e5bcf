"""The API of the register: read-only, masked, through the same doors as its pages."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.accounts.access import Door
from foundation.accounts.api_views import ScopedViewSet
from foundation.accounts.models import User
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


class HouseholdViewSet(ScopedViewSet):
    """The households of one's areas. `?code=` finds one, `?area=` narrows to an area; opening one is on the record."""

    door = _DOOR
    queryset = Household.objects.select_related("phone")
    serializer_class = HouseholdSerializer

    def get_queryset(self) -> QuerySet[Any]:
        """Narrow by what the address asks."""
        rows = super().get_queryset()
        asked = {name: str(value).replace("\x00", "") for name, value in self.request.query_params.items()}
        if code := asked.get("code"):
            rows = rows.filter(code=code)
        if area := asked.get("area"):
            rows = rows.filter(area__code__startswith=area)
        return rows

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


class ResidentViewSet(ScopedViewSet):
    """The members of the households of one's areas. `?household=` narrows, `?present=yes` keeps those of today."""

    door = _DOOR
    queryset = Resident.objects.select_related("identity", "household")
    serializer_class = ResidentSerializer

    def get_queryset(self) -> QuerySet[Any]:
        """Narrow by what the address asks."""
        rows: Any = super().get_queryset()
        asked = self.request.query_params
        if asked.get("household", "").isdecimal():
            rows = rows.filter(household_id=int(asked["household"][:18]))
        narrowed: QuerySet[Any] = rows.present() if asked.get("present") == "yes" else rows
        return narrowed

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return one member, and write down who looked at the household."""
        row = self.get_object()
        _note(row.household, request)
        return Response(self.get_serializer(row).data)


def _note(household: Household, request: Request) -> None:
    assert isinstance(request.user, User)  # noqa: S101  (the door lets only staff pass)
    record_opening(household, by=request.user, through="api")
