"""Routes of proposed changes of the register."""

from django.urls import path

from monitoring.proposals.views import events, proposals, worklist

app_name = "proposals"
urlpatterns = [
    path("", worklist.worklist, name="list"),
    path("decide/", worklist.decide, name="decide"),
    path("all/", proposals.proposals, name="all"),
    path("<int:pk>/take/", proposals.take, name="take"),
    path("<int:pk>/enter/", events.enter, name="enter"),
    path("<int:pk>/refuse/", proposals.refuse, name="refuse"),
    path("<int:pk>/reopen/", proposals.reopen, name="reopen"),
]
