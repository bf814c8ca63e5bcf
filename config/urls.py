"""Every route of the platform."""

from django.contrib import admin
from django.urls import include, path

from config import api
from foundation.desk.views import home

handler400 = "foundation.desk.views.errors.bad_request"
handler403 = "foundation.desk.views.errors.forbidden"
handler404 = "foundation.desk.views.errors.not_found"
handler500 = "foundation.desk.views.errors.failed"

urlpatterns = [
    path("healthz/", home.health, name="health"),
    path("readyz/", home.ready, name="ready"),
    path("metrics/", home.metrics, name="metrics"),
    path("api/v1/", include((api.urls, "api"))),
    path("admin/", admin.site.urls),
    path("households/", include("households.urls")),
    path("c/", include("households.codes.public_urls")),
    path("codes/", include("households.codes.urls")),
    path("leaflets/", include("households.leaflets.urls")),
    path("register/", include("households.register.urls")),
    path("monitored/", include("households.monitored.urls")),
    path("quality/", include("households.quality.urls")),
    path("authorisations/", include("households.authorisations.urls")),
    path("grid/", include("households.grid.urls")),
    path("moves/", include("households.moving.urls")),
    path("signatures/", include("households.signing.urls")),
    path("proposals/", include("monitoring.proposals.urls")),
    path("candidates/", include("monitoring.candidates.urls")),
    path("corrections/", include("monitoring.returning.urls")),
    path("outcomes/", include("monitoring.outcomes.urls")),
    path("tuning/", include("monitoring.tuning.urls")),
    path("alerts/", include("alerts.urls")),
    path("cases/", include("assistance.urls")),
    path("notices/", include("assistance.urls_public_notices")),
    path("reminders/", include("monitoring.reminders.urls")),
    path("comparisons/", include("monitoring.runs.urls")),
    path("", include("monitoring.urls")),
    path("", include("foundation.desk.urls")),
]
