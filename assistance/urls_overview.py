"""Routes of the overview of help."""

from django.urls import path

from assistance.views import overview

urlpatterns = [
    path("overview/", overview.overview, name="overview"),
    path("overview/<slug:code>/", overview.overview, name="overview_of"),
    path("overview/<slug:code>/sheet/", overview.overview_sheet, name="overview_sheet"),
]
