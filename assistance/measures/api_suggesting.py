"""What the catalogue says of a household, as bodies of the API: what is suggested and why, and what is not."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from assistance.catalogue.declared import DeclaredMeasure
from assistance.measures.suggesting import Suggestion, offer_for
from assistance.models import Case


class SuggestionSerializer(serializers.Serializer[Any]):
    """A measure that fits, as a choice names it (`code`, `resident`, `risk_type`), with the sentence why."""

    code = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.CharField()
    develops = serializers.BooleanField()
    resident = serializers.IntegerField(allow_null=True, help_text=_("The member; none: the household."))
    risk_type = serializers.CharField(allow_blank=True)
    why = serializers.CharField(allow_blank=True)
    ask = serializers.CharField(allow_blank=True, help_text=_("What the register does not tell."))
    amount = serializers.CharField(allow_blank=True, help_text=_("What a source says is paid."))


class LeftOutSerializer(serializers.Serializer[Any]):
    """A measure that is not suggested, and why; it can be chosen all the same, unless it runs already."""

    code = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.CharField()
    develops = serializers.BooleanField()
    about = serializers.CharField(help_text=_("Whether it is for a member or for the household."))
    why = serializers.CharField(allow_blank=True)
    already = serializers.BooleanField()
    resident = serializers.IntegerField(allow_null=True)


class OfferedSerializer(serializers.Serializer[Any]):
    """The risks of a case, and the whole catalogue held against its household today."""

    risk_types = serializers.ListField(child=serializers.CharField())
    suggested = SuggestionSerializer(many=True)
    left_out = LeftOutSerializer(many=True)


def offered(case: Case) -> dict[str, Any]:
    """Return what the page for choosing measures offers for a case."""
    offer = offer_for(case)
    told = {
        "risk_types": offer.risks,
        "suggested": [_suggested(each) for each in offer.suggested],
        "left_out": [
            _named(each.measure)
            | {"about": each.measure.about.value, "why": each.why, "already": each.already}
            | {"resident": each.person.resident.pk if each.person else None}
            for each in offer.left_out
        ],
    }
    return dict(OfferedSerializer(told).data)


def _suggested(each: Suggestion) -> dict[str, Any]:
    person = each.person.resident.pk if each.person else None
    told = {
        "resident": person,
        "risk_type": each.risk,
        "why": each.why,
        "ask": each.ask,
        "amount": each.amount,
    }
    return _named(each.measure) | told


def _named(measure: DeclaredMeasure) -> dict[str, Any]:
    return {
        "code": measure.code,
        "name": measure.name,
        "kind": measure.kind,
        "develops": measure.develops,
    }
