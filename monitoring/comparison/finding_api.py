"""The API of findings: what stands over which line, read-only, through the door of the pages. No name, no row."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from foundation.accounts.access import Door
from foundation.accounts.api_views import ScopedViewSet
from foundation.accounts.programs.filtering import Filters, area, choice, word, yes_no
from foundation.accounts.roles import Right
from monitoring.models import Finding
from monitoring.screening.terms import Theme


class FindingSerializer(serializers.ModelSerializer[Finding]):
    """A finding: the household by its number, what was measured, the line and its source, what became of it."""

    household = serializers.CharField(source="household.code", read_only=True)
    about = serializers.SerializerMethodField()

    class Meta:
        model = Finding
        fields = (
            "id",
            "standard",
            "about",
            "household",
            "area",
            "run",
            "result",
            "looks_back",
            "as_of",
            "day",
            "window_first",
            "window_last",
            "population",
            "measured",
            "line",
            "comparator",
            "line_source",
            "rows",
            "digest",
            "name_differs",
            "retracted_at",
            "retracted_why",
        )
        read_only_fields = fields

    def get_about(self, row: Finding) -> str:
        """Say whether it is about a person or the household."""
        return "household" if row.resident_id is None else "person"


class FindingFilters(Filters):
    """What narrows findings."""

    standard = word(_("Code of the warning standard."))
    theme = choice(Theme, _("Theme of the standard."))
    result = choice(Finding.Result, _("What was found."))
    area = area()
    living = yes_no(_("“no” gives what was taken back, and what runs found that looked back."))


class FindingViewSet(ScopedViewSet):
    """The findings that one may see, the newest first: what stands now, unless the address asks for the others."""

    door = Door(Right.VIEW_FINDINGS)
    queryset = Finding.objects.select_related("household")
    serializer_class = FindingSerializer

    filters, ordering = FindingFilters, "-pk"

    def narrow(self, rows: QuerySet[Any], asked: Mapping[str, Any]) -> QuerySet[Any]:
        """Narrow by what the address asks: an area with what lies below it."""
        stands = {"looks_back": False, "retracted_at__isnull": True}
        found = rows.exclude(**stands) if asked.get("living") == "no" else rows.filter(**stands)
        for name, path in (("standard", "standard"), ("theme", "standard__theme"), ("result", "result")):
            if name in asked:
                found = found.filter(**{path: asked[name]})
        return found.filter(area__code__startswith=asked["area"]) if "area" in asked else found
