"""Attachments go where their rows go."""

from collections.abc import Callable

from foundation.accounts.models import Area, User
from foundation.desk.models import GrantProposal
from foundation.files.area_followers import attachments
from foundation.files.models import Attachment
from tests.foundation.files.conftest import PDF_FILE
from tests.people import NEIGHBOUR_VILLAGE, VILLAGE


def test_attachments_take_the_area_of_their_row(
    attached: Callable[..., Attachment],
    proposal: GrantProposal,
    people: dict[str, User],
    areas: dict[str, Area],
) -> None:
    made = attached(PDF_FILE)
    day = proposal.from_day
    attachments(areas[VILLAGE], [areas[NEIGHBOUR_VILLAGE]], by=people["xitong"], on=day)
    made.refresh_from_db()
    assert made.area == VILLAGE
    GrantProposal.objects.update(area=areas[NEIGHBOUR_VILLAGE])
    attachments(areas[VILLAGE], [areas[NEIGHBOUR_VILLAGE]], by=people["xitong"], on=day)
    made.refresh_from_db()
    assert made.area == NEIGHBOUR_VILLAGE
    assert Attachment.objects.visible_to(people["lin_zhen"]).count() == 1
