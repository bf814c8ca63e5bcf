"""Routes of rows to be corrected."""

from django.urls import path

from monitoring.returning import views

app_name = "corrections"
urlpatterns = [
    path("", views.tasks, name="list"),
    path("of-delivery/<int:pk>/", views.add, name="add"),
    path("<int:pk>/", views.task, name="task"),
    path("<int:pk>/row/", views.row, name="row"),
    path("<int:pk>/<slug:verb>/", views.task_move, name="move"),
]
