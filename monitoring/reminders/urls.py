"""Routes of reminders."""

from django.urls import path

from monitoring.reminders import views

app_name = "reminders"
urlpatterns = [
    path("", views.reminders, name="list"),
    path("<int:pk>/", views.reminder, name="reminder"),
    path("<int:pk>/<slug:verb>/", views.reminder_move, name="move"),
]
