"""Routes of the desk."""

from django.urls import path

from foundation.desk.views import home

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
]
