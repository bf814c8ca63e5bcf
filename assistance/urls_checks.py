"""Routes of applications and asset checks; they stand before those that begin with a case's key."""

from django.urls import path

from assistance.applying.attaching import PAPERS
from assistance.views import applications, checks, papers
from foundation.desk.views.attachments import attachment_routes

urlpatterns = [
    path("applications/papers/", papers.papers_here, name="papers_here"),
    path("applications/papers/<str:code>/", papers.papers, name="papers"),
    path("applications/of-case/<int:pk>/", applications.application_write, name="application_write"),
    path("applications/of-household/<int:pk>/", applications.application_paper, name="application_paper"),
    path("applications/demands/of-case/<int:pk>/", applications.demand, name="demand"),
    path("applications/demands/<int:pk>/", applications.demand_settle, name="demand_settle"),
    path("applications/<int:pk>/", applications.application, name="application"),
    path("applications/<int:pk>/pdf/", applications.application_pdf, name="application_pdf"),
    *attachment_routes(PAPERS, "applications/"),
    path("checks/", checks.checks, name="checks"),
    path("checks/of-case/<int:pk>/", checks.check_run, name="check_run"),
    path("checks/hits/<int:pk>/", checks.hit_verify, name="hit_verify"),
    path("checks/<int:pk>/", checks.check, name="check"),
    path("checks/<int:pk>/pdf/", checks.check_pdf, name="check_pdf"),
]
