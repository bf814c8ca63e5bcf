"""Routes of urging; they stand before the moves of an alert, which take every word."""

from django.urls import path

from alerts.views import urging

urlpatterns = [
    path("urge/", urging.urge_some, name="urge_some"),
    path("<int:pk>/urge/", urging.urge, name="urge"),
]
