"""Routes of who is sent to households."""

from django.urls import path

from alerts.views import doorstep

urlpatterns = [
    path("mine/", doorstep.mine, name="mine"),
    path("<int:pk>/call/", doorstep.call, name="call"),
    path("<int:pk>/unreachable/", doorstep.unreachable, name="unreachable"),
]
