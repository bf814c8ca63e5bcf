"""Routes of rows that found nobody."""

from django.urls import path

from monitoring.candidates import views

app_name = "candidates"
urlpatterns = [
    path("", views.worklist, name="list"),
    path("decide/", views.decide, name="decide"),
    path("all/", views.candidates, name="all"),
    path("<int:pk>/reopen/", views.reopen, name="reopen"),
]
