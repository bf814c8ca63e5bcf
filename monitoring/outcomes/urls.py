"""Routes of outcomes."""

from django.urls import path

from monitoring.outcomes import views

app_name = "outcomes"
urlpatterns = [path("", views.outcomes, name="list")]
