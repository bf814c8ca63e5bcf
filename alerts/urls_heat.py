"""Routes of the heat list."""

from django.urls import path

from alerts.views import heat

urlpatterns = [
    path("heat/", heat.areas, name="heat"),
    path("heat/people/", heat.people, name="heat_people"),
]
