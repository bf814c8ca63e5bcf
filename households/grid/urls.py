"""Routes of the grid."""

from django.urls import path

from households.grid import views
from households.grid import views_of_cells as cells

app_name = "grid"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("cells/", views.cells, name="cells"),
    path("gap/", views.gap, name="gap"),
    path("of/<str:code>/", views.area, name="area"),
    path("of/<str:code>/draw/", cells.draw, name="draw"),
    path("cells/<int:pk>/", views.cell, name="cell"),
    path("cells/<int:pk>/change/", cells.change, name="change"),
    path("cells/<int:pk>/close/", cells.close, name="close"),
    path("cells/<int:pk>/put/", cells.put, name="put"),
    path("cells/<int:pk>/let-go/", cells.let_go, name="let_go"),
    path("cells/<int:pk>/members/", cells.join, name="join"),
    path("members/<int:pk>/end/", cells.leave, name="leave"),
    path("members/<int:pk>/telephone/", cells.telephone, name="telephone"),
    path("acts/<int:pk>/undo/", cells.undo, name="undo"),
]
