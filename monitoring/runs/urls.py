"""Routes of comparisons."""

from django.urls import path

from monitoring.runs.views import ask, held, runs, trials

app_name = "comparisons"
urlpatterns = [
    path("", runs.runs, name="list"),
    path("ask/", ask.ask, name="ask"),
    path("held/", held.held_list, name="held_list"),
    path("trials/", trials.trials, name="trials"),
    path("trials/ask/", trials.ask, name="trial_ask"),
    path("trials/<int:pk>/", trials.trial, name="trial"),
    path("trials/<int:pk>/progress/", trials.progress, name="trial_progress"),
    path("<int:pk>/", runs.run, name="run"),
    path("<int:pk>/progress/", runs.progress, name="progress"),
    path("<int:pk>/changes/", runs.changed, name="changes"),
    path("<int:pk>/stop/", runs.cancel, name="cancel"),
    path("<int:pk>/resume/", runs.resume, name="resume"),
    path("<int:pk>/held/", held.held_group, name="held"),
    path("<int:pk>/release/", held.release, name="release"),
    path("<int:pk>/refuse/", held.refuse, name="refuse"),
]
