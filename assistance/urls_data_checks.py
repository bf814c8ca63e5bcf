"""Routes of data checks."""

from django.urls import path

from assistance.views import data_checks

urlpatterns = [
    path("data-checks/", data_checks.data_checks, name="data_checks"),
    path("data-checks/<slug:code>/by-rule/", data_checks.matrix, name="data_check_matrix"),
    path("data-checks/<slug:code>/", data_checks.data_checks, name="data_checks_of"),
]
