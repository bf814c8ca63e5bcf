"""Routes of the village board, of household files, and of the national list."""

from django.urls import path

from assistance.views import board, files, handing_back, national

urlpatterns = [
    path("board/", board.overview, name="board"),
    path("board/<str:code>/", board.board, name="board_of"),
    path("board/<str:code>/print/", board.board_pdf, name="board_pdf"),
    path("files/<int:pk>/", files.file_pdf, name="file"),
    path("files/of/<str:code>/", files.village_zip, name="village_files"),
    path("departments/<str:code>/", handing_back.hand_back, name="hand_back"),
    path("national/", national.overview, name="national"),
    path("national/compare/", national.hand_in_export, name="national_compare"),
    path("national/compared/<int:pk>/", national.compared, name="national_compared"),
    path("national/<str:code>/", national.national, name="national_of"),
    path("national/<str:code>/tick/", national.tick, name="national_tick"),
    path("national/<str:code>/take-out/", national.take_out, name="national_take_out"),
]
