"""Routes of the list of monitored objects."""

from django.urls import path

from households.monitored import views

app_name = "monitored"
urlpatterns = [
    path("", views.monitored, name="monitored"),
    path("import/", views.hand_in_list, name="import"),
    path("template/", views.empty_list, name="template"),
    path("<slug:code>/", views.monitored, name="area"),
    path("<slug:code>/take-out/", views.take_out, name="take_out"),
]
