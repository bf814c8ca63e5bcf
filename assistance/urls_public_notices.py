"""What everybody reads without signing in: the notices of a village while they hang, and the answer to a receipt."""

from django.urls import path

from assistance.views import public_notices

urlpatterns = [
    path("answers/", public_notices.answers, name="public_answers"),
    path("object/<str:word>/", public_notices.object_to, name="public_objection"),
    path("<str:place>/", public_notices.village, name="public_notices"),
]
