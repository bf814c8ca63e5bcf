"""Routes of data quality."""

from django.urls import path

from households.quality.views import findings, overview, rules, worklist

app_name = "quality"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("rules/", rules.rules, name="rules"),
    path("findings/", findings.findings, name="findings"),
    path("findings/<int:pk>/right/", findings.right, name="right"),
    path("findings/<int:pk>/again/", findings.again, name="again"),
    path("check/", overview.check, name="check"),
    path("<slug:code>/", worklist.area, name="area"),
]
