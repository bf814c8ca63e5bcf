"""Routes of the way from warning to verified; they stand before the moves of an alert, which take every word."""

from django.urls import path

from alerts.views import batches, leading, review, way

urlpatterns = [
    path("batches/", batches.batches, name="batches"),
    path("batches/<slug:batch>/", batches.batch, name="batch"),
    path("signals/<int:pk>/answer/", way.answer, name="answer"),
    path("<int:pk>/review/", review.review, name="review"),
    path("<int:pk>/settle/", leading.settle, name="settle"),
    path("<int:pk>/way/<slug:verb>/", way.way, name="way"),
]
