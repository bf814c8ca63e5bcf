"""The description of the API: for programs as OpenAPI 3, for people as a page."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiJsonRenderer2, OpenApiYamlRenderer
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.accounts.access import Door, StaffRequest, own_door
from foundation.accounts.api_views import CountedView
from foundation.accounts.programs.description import described
from foundation.desk.api_page import groups


class SchemaView(CountedView):
    """The description of the API as OpenAPI 3, in JSON or YAML."""

    door = Door()
    renderer_classes = (OpenApiJsonRenderer2, OpenApiJsonRenderer, OpenApiYamlRenderer)

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        """Give the description, in the language of the reader."""
        return Response(described(get_language() or "en"))


@own_door
@require_GET
def docs(request: StaffRequest) -> HttpResponse:
    """Show the description of the API, to be read and looked up."""
    intro = str(settings.SPECTACULAR_SETTINGS["DESCRIPTION"])
    context = {"groups": groups(get_language() or "en"), "intro": intro}
    return render(request, "desk/api_docs.html", context)
