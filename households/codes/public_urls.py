"""The short address that stands in codes."""

from django.urls import path

from households.codes.views import public

urlpatterns = [path("<str:word>/", public.scan, name="scan")]
