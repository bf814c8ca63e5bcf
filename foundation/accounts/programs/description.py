"""The description of the API (OpenAPI 3): what drf-spectacular reads from the view sets, and what the house adds.

Added to every operation: a summary, the filters of a list, the Idempotency-Key of an act, and the problems that it may
answer. The description says nothing that is not public: no row, no name.
"""

from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, PolymorphicProxySerializer
from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS

from foundation.accounts.programs import answering_once, problems

_ALWAYS = (401, 403, 406, 429)
_READING = (400, 404, 409)
_WRITING = (400, 404, 409, 413, 415, 422)


class FieldProblemSerializer(serializers.Serializer[Any]):
    """What is wrong with one field of a request."""

    field = serializers.CharField(
        allow_blank=True, help_text=gettext_lazy("Path of the field; blank: the whole.")
    )
    message = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    """Why a request was not answered (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(allow_blank=True)
    instance = serializers.CharField(allow_blank=True)
    errors = FieldProblemSerializer(many=True, required=False)  # type: ignore[assignment]


class TokenScheme(OpenApiAuthenticationExtension):
    """How a program signs in."""

    target_class = "foundation.accounts.programs.sign_in.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """Return the scheme: a token in the header."""
        return {"type": "http", "scheme": "bearer"}


class BrowserScheme(OpenApiAuthenticationExtension):
    """How a page signs in: with the session of its reader."""

    target_class = "foundation.accounts.programs.sign_in.BrowserAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """Return the scheme: a cookie."""
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


class HouseSchema(AutoSchema):
    """Setting DEFAULT_SCHEMA_CLASS: one operation of the API."""

    def get_override_parameters(self) -> list[Any]:
        """Name the filters of a list, and the key of an act."""
        found = list(super().get_override_parameters())
        filters = getattr(self.view, "filters", None)
        if filters is not None and getattr(self.view, "action", "") == "list":
            found.append(filters)
        if self.method not in SAFE_METHODS:
            found.append(
                OpenApiParameter(
                    answering_once.HEADER,
                    {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
                    OpenApiParameter.HEADER,
                    description=_("A word of your own, such as a UUID: sent again, the act is done once."),
                )
            )
        return found

    def _get_request_body(self, direction: Any = "request") -> Any:
        """Say that one of several bodies must be sent, which the shapes themselves cannot say together."""
        told = super()._get_request_body(direction)
        if told and isinstance(self.get_request_serializer(), PolymorphicProxySerializer):
            told["required"] = True
        return told

    def get_summary(self) -> str | None:
        """Say in one line what the operation does."""
        if told := super().get_summary():
            return str(told)
        rows = getattr(getattr(self.view, "queryset", None), "model", None)
        action = getattr(self.view, "action", "")
        if rows is not None and action in ("list", "retrieve"):
            said = _("%(row)s: list") if action == "list" else _("%(row)s: one of them")
            return said % {"row": rows._meta.verbose_name}
        return self.get_description().split(".")[0].split("\n")[0][:100] or None

    def _map_serializer_field(self, field: Any, direction: Any, bypass_extensions: bool = False) -> Any:
        """Describe a field; a choice of a model that may be left blank is told as "" where it is."""
        schema = super()._map_serializer_field(field, direction, bypass_extensions)
        if isinstance(field, serializers.ChoiceField) and field.read_only and _may_be_blank(field):
            schema |= {"enum": [*(word for word in schema["enum"] if word != ""), ""]}
        return schema

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> Any:
        """Describe what has no fields (a whole declaration as plain data) as an object."""
        if hasattr(serializer, "fields"):
            return super()._map_basic_serializer(serializer, direction)
        return {"type": "object", "additionalProperties": {}, "description": serializer.__doc__ or ""}

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        told: dict[str, Any] = super()._get_response_bodies(direction)
        more = _READING if self.method in SAFE_METHODS else _WRITING
        for status in sorted({*_ALWAYS, *more}):
            if str(status) not in told:
                said = OpenApiResponse(ProblemSerializer, str(problems.KINDS[status][1]))
                told[str(status)] = self._get_response_for_code(
                    said, str(status), [problems.MEDIA_TYPE], direction
                )
        return told


def _may_be_blank(field: Any) -> bool:
    model = getattr(getattr(field.parent, "Meta", None), "model", None)
    columns = {each.name: each for each in model._meta.fields} if model else {}
    return field.source in columns and columns[field.source].blank


@cache
def described(language: str) -> dict[str, Any]:
    """Return the description in a language; the code does not change while a process lives."""
    with translation.override(language):
        generator = SchemaGenerator()
        schema: dict[str, Any] = generator.get_schema(request=None, public=True)
        return schema
