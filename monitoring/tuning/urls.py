"""Routes of standards that need tuning."""

from django.urls import path

from monitoring.tuning import views

app_name = "tuning"
urlpatterns = [path("<int:pk>/<slug:verb>/", views.tuning_move, name="move")]
