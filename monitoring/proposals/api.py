"""The API of proposed changes of the register: what a delivery says otherwise, in the words of the page; read alone."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from foundation.accounts.access import Door
from foundation.accounts.api_views import ScopedViewSet
from foundation.accounts.programs.filtering import Filters, area, choice, key, word
from foundation.accounts.roles import Right
from monitoring.contracts.terms import Field
from monitoring.models import RegisterProposal
from monitoring.proposals.lifecycle import PROPOSAL
from monitoring.proposals.wording import Words


class ProposalSerializer(serializers.ModelSerializer[RegisterProposal]):
    """A proposed change: of whom, which field, what the register says and what the department says, in words."""

    household_code = serializers.CharField(source="household.code", read_only=True)
    who = serializers.SerializerMethodField()
    present = serializers.SerializerMethodField()
    proposed = serializers.SerializerMethodField()
    origin = serializers.SerializerMethodField()

    class Meta:
        model = RegisterProposal
        fields = (
            "id", "version", "state", "household", "household_code", "area", "resident", "who", "field", "present",
            "proposed", "why", "dataset", "delivery", "origin", "known_on", "proposed_on", "said_again", "decided_on",
        )  # fmt: skip
        read_only_fields = fields

    def get_who(self, row: RegisterProposal) -> str:
        """Return whom it is about; empty: the household."""
        return self._words().who(row)

    def get_present(self, row: RegisterProposal) -> str:
        """Return what the register said, in words."""
        return self._words().present(row)

    def get_proposed(self, row: RegisterProposal) -> str:
        """Return what the department states, in words."""
        return self._words().proposed(row)

    def get_origin(self, row: RegisterProposal) -> str:
        """Return dataset, period, delivery and line."""
        return self._words().source(row)

    def _words(self) -> Words:
        # One for all rows of a list: it reads the lists of codes.
        context: Any = self.context
        if "words" not in context:
            context["words"] = Words()
        words: Words = context["words"]
        return words


class ProposalFilters(Filters):
    """What narrows proposed changes."""

    state = choice(PROPOSAL.states.items(), _("State of the proposal."))
    household = key(_("Number of the row of one household."))
    area = area()
    field = choice(Field, _("Which field."))
    dataset = word(_("Code of the dataset."))


class ProposalViewSet(ScopedViewSet):
    """The proposed changes of one's areas, the newest first; they are decided on their pages."""

    door = Door(Right.VIEW_HOUSEHOLDS)
    queryset = RegisterProposal.objects.select_related(
        "household", "resident__household", "delivery__dataset"
    )
    serializer_class = ProposalSerializer
    filters, ordering = ProposalFilters, "-pk"

    def narrow(self, rows: QuerySet[Any], asked: Mapping[str, Any]) -> QuerySet[Any]:
        """Narrow by what the address asks."""
        paths = {"area": "area__code__startswith"}
        return rows.filter(**{paths.get(name, name): value for name, value in asked.items()})
