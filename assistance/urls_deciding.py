"""Routes of decisions about cases; they stand before those that begin with the key of a case."""

from typing import Any

from django.urls import URLPattern, path

from assistance.deciding.correction_files import FILES as CORRECTION_FILES
from assistance.deciding.files import FILES
from assistance.deciding.kinds import RULES
from assistance.views import case_letters, concluding, corrections, deciding, ending
from foundation.desk.views.attachments import attachment_routes


def _of(word: str) -> list[URLPattern]:
    """Return the routes of one kind of decision: what waits, the paper of many, and the papers that were made."""
    given: dict[str, Any] = {"word": word}
    return [
        path(f"{word}/", deciding.waiting, given, name=word),
        path(f"{word}/new/", deciding.new, given, name=f"{word}_new"),
        path(f"{word}/papers/", deciding.made, given, name=f"{word}_papers"),
        path(f"{word}/papers/<int:pk>/", deciding.paper, given, name=f"{word}_paper"),
        path(f"{word}/papers/<int:pk>/progress/", deciding.progress, given, name=f"{word}_progress"),
        path(f"{word}/papers/<int:pk>/print/", deciding.print_paper, given, name=f"{word}_print"),
    ]


urlpatterns = [
    *attachment_routes(FILES, "decisions/"),
    *attachment_routes(CORRECTION_FILES, "corrections/"),
    *(route for rule in RULES.values() for route in _of(rule.word)),
    path("reviews/of/<int:pk>/", concluding.conclude, name="conclusion"),
    path("reviews/of/<int:pk>/print/", concluding.decision_sheet, name="decision_sheet"),
    path("reviews/of/<int:pk>/refuse/", ending.refuse, name="refuse"),
    path("approvals/of/<int:pk>/decline/", ending.decline, name="decline"),
    path("approvals/of/<int:pk>/undo/", ending.undo, name="undo_approval"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/of/<int:pk>/", corrections.propose, name="propose_correction"),
    path("corrections/<int:pk>/", corrections.correction, name="correction"),
    path("corrections/<int:pk>/confirm/", corrections.confirm, name="confirm_correction"),
    path("corrections/<int:pk>/reject/", corrections.reject, name="reject_correction"),
    path("corrections/<int:pk>/notice/", corrections.post_notice, name="correction_notice"),
    path("letters/", case_letters.letters, name="letters"),
    path("letters/<int:pk>/", case_letters.letter, name="letter"),
    path("letters/<int:pk>/print/", case_letters.letter_pdf, name="letter_pdf"),
]
