"""The one base of API views over scoped rows.

    class ThingViewSet(ScopedViewSet):
        "The things of one's areas, the newest first."
        door = Door(Right.VIEW_THINGS)                      # who may pass
        doors = {"create": Door(Right.MAKE_THINGS)}         # where one act asks for another right
        queryset, serializer_class, filters, ordering = Thing.objects.all(), ThingSerializer, ThingFilters, "-pk"

        def narrow(self, rows, asked): …                    # by the filters, each checked by `filters`

        @action(detail=True, methods=["post"])
        def take_back(self, request, pk): …                 # find by self.get_object(), call one stage function

Every act may be sent again with an Idempotency-Key, is counted, and answers a refusal (foundation.accounts.refusals)
as a problem: a view set does nothing for it.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import AuthenticationFailed, ValidationError
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.views import APIView
from rest_framework.viewsets import ReadOnlyModelViewSet

from foundation.accounts.access import Door
from foundation.accounts.programs import limits
from foundation.accounts.programs.answering_once import once

#: What the pages of a list read from the address beside its filters.
PAGING = frozenset({"page_size", "cursor"})


class CountedView(APIView):
    """A view whose every request is counted, before anything is looked at."""

    def perform_authentication(self, request: Request) -> None:
        """Find out who asks; a token that opens nothing counts against the network it comes from."""
        try:
            super().perform_authentication(request)
        except AuthenticationFailed:
            limits.count_nobody(request)
            raise

    def check_permissions(self, request: Request) -> None:
        """Count the request, then ask the door."""
        limits.count(request)
        super().check_permissions(request)


class ScopedViewSet(CountedView, ReadOnlyModelViewSet[Any]):
    """An API over rows that begin at `visible_to`; a subclass names its `door`, its queryset and its `filters`."""

    door: Door
    #: Act → its own door, where it is not the one of the rows.
    doors: ClassVar[Mapping[str, Door]] = {}
    #: What narrows the list: a serializer whose fields stand behind `?`; what is not one of them is refused.
    filters: ClassVar[type[serializers.Serializer[Any]] | None] = None
    #: "pk", or "-pk": the newest first.
    ordering: ClassVar[str] = "pk"
    #: A key is a number unless a view set says otherwise; anything else is an address that does not exist.
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Any]:
        """Return only the rows that the asking person may see."""
        rows: QuerySet[Any] = super().get_queryset().visible_to(self.request.user)  # type: ignore[attr-defined]
        return rows

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow a list by what the address asks; a single row is found whatever stands behind `?`."""
        if self.action != "list" or self.filters is None:
            return queryset
        return self.narrow(queryset, self._asked(self.filters))

    def narrow(self, rows: QuerySet[Any], asked: Mapping[str, Any]) -> QuerySet[Any]:
        """Keep of `rows` what `asked` names; filters that were not given are not in it."""
        return rows

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let who may pass, and see to it that an act with a key is done once."""
        super().initial(request, *args, **kwargs)
        method = (request.method or "").lower()
        run = getattr(self, method, None)
        if request.method not in SAFE_METHODS and run is not None:
            setattr(self, method, partial(self._once, run))

    def _once(
        self, run: Callable[..., HttpResponseBase], request: Request, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        named = (self.lookup_url_kwarg or self.lookup_field) in self.kwargs
        return once(request, lambda: run(request, *args, **kwargs), self.get_object if named else dict)

    def _asked(self, filters: type[serializers.Serializer[Any]]) -> Mapping[str, Any]:
        given = self.request.query_params
        known = filters(data={name: value for name, value in given.items() if name not in PAGING})
        known.is_valid(raise_exception=True)
        if unknown := sorted(set(given) - PAGING - set(known.fields)):
            raise ValidationError({name[:60]: [_("There is no such filter.")] for name in unknown})
        told: Mapping[str, Any] = known.validated_data
        return told
