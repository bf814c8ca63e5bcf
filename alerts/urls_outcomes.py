"""Routes of what follows from the outcome of a warning."""

from django.urls import path

from alerts.views import tuning

urlpatterns = [path("signals/<int:pk>/tune/", tuning.tune, name="tune")]
