"""Routes of signatures."""

from django.urls import path

from households.signing import views

app_name = "signatures"
urlpatterns = [
    path("<int:pk>/", views.signature, name="signature"),
    path("<int:pk>/refuse/", views.signature_refuse, name="refuse"),
    path("<int:pk>/undo/", views.signature_undo, name="undo"),
    path("<int:pk>/picture/", views.signature_picture, name="picture"),
    path("<int:pk>/open/", views.signature_open, name="open"),
]
