"""What visits follow: a household that moves, and a person who is erased; and what they serve."""

import io
from collections.abc import Collection, Sequence
from typing import Any
from unittest.mock import patch

import pytest
from PIL import Image

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.files.attaching import Upload, attach
from foundation.files.drafts import draft_of
from foundation.files.models import Attachment
from households.followers import register_changed
from households.identity.erasure import Ground, erase
from households.models import Household, Visit
from households.visits.photos import PHOTOS
from households.visits.purposes import Due, Purpose, Step, served_by, steps_after
from households.visits.writing import amend_visit, annul_visit, record_visit
from tests.households.families import make_household
from tests.households.visits.made import head_of, told

OTHER_VILLAGE = "999901001002"


def photographed(visit: Visit, by: User) -> Attachment:
    sink = io.BytesIO()
    Image.new("RGB", (300, 200), "ivory").save(sink, "JPEG")
    return attach(visit, Upload(draft_of([sink.getvalue()]), "院子.jpg", "photo"), owner=PHOTOS, by=by)


def test_visits_and_photos_go_with_their_household(home: Household, people: dict[str, User]) -> None:
    visit = record_visit(home, told(home), by=people["cun"])
    photo = photographed(visit, people["cun"])
    before = home.area_id
    Household.objects.filter(pk=home.pk).update(area=OTHER_VILLAGE)
    register_changed([before, OTHER_VILLAGE], [home.pk], by=people["xian"])
    visit.refresh_from_db()
    photo.refresh_from_db()
    assert (visit.area_id, photo.area) == (OTHER_VILLAGE, OTHER_VILLAGE)


def test_words_and_photos_of_an_erased_person_go_and_counts_stay(
    home: Household, people: dict[str, User]
) -> None:
    visit = record_visit(home, told(home, note="沈立夏说", others="他的弟弟"), by=people["cun"])
    amend_visit(visit, told(home, note="沈立夏又说", others="他的弟弟"), by=people["cun"])
    photographed(visit, people["cun"])
    erase(head_of(home), ground=Ground.REQUEST, by=people["shending"])
    visit.refresh_from_db()
    assert (visit.note, visit.others, visit.answers) == ("*", "*", {"found": "*", "risk_seen": "none"})
    assert visit.versions.get().body["note"] == "*"
    assert not Attachment.objects.of(visit).living().exists()
    assert "沈立夏" not in str(Visit.objects.values()) + str(visit.versions.values())


class Rounds:
    """A kind of work that visits serve: one round at one household."""

    model = "example.round"

    def __init__(self, home: Household) -> None:
        self.home, self.open, self.heard = home, {"7"}, list[str]()

    def due_at(self, household: Household, user: User) -> Sequence[Due]:
        open_here = self.open if household == self.home else set()
        return [Due(Purpose(self.model, key), f"第 {key} 轮排查") for key in sorted(open_here)]

    def told(self, keys: Collection[str], user: User) -> dict[str, Due]:
        return {key: Due(Purpose(self.model, key), f"第 {key} 轮排查") for key in keys}

    def opened(self, household: Household, *, by: User) -> None:
        self.heard.append(f"opened by {by.username}")

    def corrected(self, visit: Visit, object_id: str, *, by: User) -> None:
        self.heard.append(f"corrected {object_id}")

    def steps(self, visit: Visit, object_id: str, user: User) -> Sequence[Step]:
        return [Step("下一户", "/next/")]

    def served(self, visit: Visit, object_id: str, *, by: User) -> None:
        self.heard.append(f"served {object_id}")
        self.open.discard(object_id)

    def unserved(self, visit: Visit, object_id: str, *, by: User) -> None:
        self.heard.append(f"unserved {object_id}")


@pytest.fixture
def rounds(home: Household) -> Any:
    """Let visits serve rounds, and nothing else."""
    source = Rounds(home)
    with patch("households.visits.purposes.parts", lambda name: (source,)):
        yield source


def test_one_visit_settles_what_is_due_and_tells_its_stage(
    home: Household, people: dict[str, User], rounds: Rounds
) -> None:
    due = Purpose("example.round", "7")
    visit = record_visit(home, told(home), by=people["cun"], serves=[due])
    assert [each.title for each in served_by(visit, people["cun"])] == ["第 7 轮排查"]
    assert [step.label for step in steps_after(visit, people["cun"])] == ["下一户"]
    amend_visit(visit, told(home, note="改过"), by=people["cun"])
    annul_visit(visit, reason="写错了户", by=people["cun"])
    assert rounds.heard == ["served 7", "corrected 7", "unserved 7"]


def test_a_form_of_one_kind_of_work_is_not_written_without_it(
    home: Household, people: dict[str, User], rounds: Rounds
) -> None:
    with pytest.raises(Refused) as caught:
        record_visit(home, told(home, questionnaire="doorstep", outcome="nobody", met=[], answers={}), by=people["cun"],
                     serves=[Purpose("example.round", "7")])  # fmt: skip
    assert caught.value.field == "purposes"
    assert not Visit.objects.exists()


def test_what_is_not_due_at_a_household_is_not_served_there(
    home: Household, people: dict[str, User], rounds: Rounds
) -> None:
    other = make_household("YS000002", "外人", by=people["xian"])
    for where, purpose in ((other, Purpose("example.round", "7")), (home, Purpose("alerts.alert", "1"))):
        with pytest.raises(Refused) as caught:
            record_visit(where, told(where), by=people["cun"], serves=[purpose])
        assert caught.value.field == "purposes"
    assert not Visit.objects.exists()
