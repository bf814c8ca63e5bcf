"""Routes of what follows from the outcome of a warning."""

from django.urls import path

from alerts.views import letters, tuning

urlpatterns = [
    path("signals/<int:pk>/tune/", tuning.tune, name="tune"),
    path("letters/", letters.letter_list, name="letters"),
    path("letters/<int:pk>/", letters.letter, name="letter"),
    path("letters/<int:pk>/print/", letters.letter_pdf, name="letter_pdf"),
]
