"""Routes of alerts."""

from django.urls import include, path

from alerts.views import alerts, queue, reports

app_name = "alerts"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("all/", queue.everything, name="all"),
    path("report/", reports.which, name="which"),
    path("report/<int:pk>/", reports.report, name="report"),
    path("signals/<int:pk>/detach/", alerts.detach, name="detach"),
    path("signals/<int:pk>/attach/", alerts.attach, name="attach"),
    path("signals/<int:pk>/cause/", alerts.cause, name="cause"),
    path("", include("alerts.urls_urging")),
    path("", include("alerts.urls_queue")),
    path("", include("alerts.urls_heat")),
    path("", include("alerts.urls_doorstep")),
    path("", include("alerts.urls_way")),
    path("", include("alerts.urls_outcomes")),
    path("<int:pk>/", alerts.alert, name="alert"),
    path("<int:pk>/close/", alerts.close, name="close"),
    path("<int:pk>/join/", alerts.join, name="join"),
    path("<int:pk>/<slug:verb>/", alerts.move, name="move"),
]
