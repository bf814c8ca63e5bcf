"""Routes of disasters, and of help that came first."""

from django.urls import path

from assistance.views import disaster_phone, disasters

urlpatterns = [
    path("disasters/", disasters.disasters, name="disasters"),
    path("disasters/new/", disasters.new, name="disaster_new"),
    path("disasters/papers/", disaster_phone.papers, name="papers_owed"),
    path("disasters/help/<int:pk>/", disaster_phone.help_case, name="help_first"),
    path("disasters/<int:pk>/", disasters.disaster, name="disaster"),
    path("disasters/<int:pk>/list/", disasters.take_list, name="disaster_list"),
    path("disasters/<int:pk>/villages/", disasters.take_villages, name="disaster_villages"),
    path("disasters/<int:pk>/open/", disasters.open_heavy, name="disaster_open"),
    path("disasters/<int:pk>/phone/", disaster_phone.phone, name="disaster_phone"),
]
