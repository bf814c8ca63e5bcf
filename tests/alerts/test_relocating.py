"""Not this household: signals go to the right one, with history, for good, and back."""

import pytest

from alerts.models import Alert, Relocation, Signal
from alerts.relocating import Relocating, relocate, take_back
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from households.models import Household
from monitoring.models import Finding
from tests.alerts.made import find, follow, run_of, the_alert
from tests.alerts.test_pages import SignedIn, page
from tests.households.families import make_household
from tests.people import NEIGHBOUR_VILLAGE

STAY = "medical_single_stay"

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def right(people: dict[str, User]) -> Household:
    """Return the household that the data mean."""
    return make_household("YS000077", "沈立夏", area="999901001002", by=people["xian"])


def warn(home: Household, by: User, *standards: str) -> Alert:
    run = run_of(by)
    for standard in standards:
        find(run, standard, home, home.residents.get(relation="01"))
    follow(run)
    return the_alert(home)


def move_all(alert: Alert, to: Household, by: User, **more: bool) -> Relocation:
    keys = alert.signals.living().values_list("pk", flat=True)
    return relocate(alert, Relocating(list(keys), to, "同名，身份证号录错", **more), by=by)


def test_all_signals_go_and_the_wrong_warning_ends(
    home: Household, right: Household, people: dict[str, User]
) -> None:
    alert = warn(home, people["xian"], STAY, "house_unsafe")
    made = move_all(alert, right, people["xian"])
    alert.refresh_from_db()
    assert (alert.state, alert.outcome, alert.merged_into_id) == ("closed", "wrong_household", made.target_id)
    there = the_alert(right)
    assert there.standards == ["house_unsafe", STAY]
    assert there.state == "raised"
    assert set(there.signals.values_list("resident", flat=True)) == {None}, (
        "nobody of the first is named there"
    )
    assert Entry.objects.filter(verb="alert.signals_moved", object_id=str(alert.pk)).count() == 1


def test_some_signals_are_split_off_into_an_open_warning(
    home: Household, right: Household, people: dict[str, User]
) -> None:
    alert = warn(home, people["xian"], STAY, "house_unsafe")
    other = warn(right, people["xian"], "large_loss_claim")
    one = alert.signals.get(standard=STAY)
    relocate(alert, Relocating([one.pk], right, "是邻居家的"), by=people["xian"])
    alert.refresh_from_db()
    other.refresh_from_db()
    assert (alert.state, alert.standards) == ("raised", ["house_unsafe"])
    assert other.standards == ["large_loss_claim", STAY]


def test_what_is_found_again_goes_to_the_right_household(
    home: Household, right: Household, people: dict[str, User]
) -> None:
    move_all(warn(home, people["xian"], STAY), right, people["xian"], data_wrong=True)
    run = run_of(people["xian"])
    find(run, STAY, home, home.residents.get(relation="01"), "19999.00")
    follow(run)
    assert not Alert.objects.open().filter(household=home).exists()
    signal = Signal.objects.get(alert=the_alert(right))
    assert (str(signal.measured), signal.repeats) == ("19999.0000", 1)
    assert not Finding.objects.waiting().exists()


def test_without_remembering_it_warns_again(
    home: Household, right: Household, people: dict[str, User]
) -> None:
    move_all(warn(home, people["xian"], STAY), right, people["xian"])
    run = run_of(people["xian"])
    find(run, STAY, home, home.residents.get(relation="01"), "19999.00")
    follow(run)
    assert Alert.objects.open().filter(household=home).exists()


def test_a_move_is_taken_back_once(home: Household, right: Household, people: dict[str, User]) -> None:
    alert = warn(home, people["xian"], STAY)
    made = move_all(alert, right, people["xian"], data_wrong=True)
    take_back(made, "又核对过，就是本户", by=people["xian"])
    alert.refresh_from_db()
    assert (alert.state, alert.outcome, alert.standards) == ("raised", "", [STAY])
    assert alert.signals.get().resident == home.residents.get(relation="01")
    assert the_alert(right).state == "retracted"
    with pytest.raises(Refused, match="already"):
        take_back(Relocation.objects.get(), "再来", by=people["xian"])
    run = run_of(people["xian"])
    find(run, STAY, home, home.residents.get(relation="01"), "19999.00")
    follow(run)
    assert the_alert(home) == alert, "nothing is remembered any more"


def test_a_household_of_another_county_is_nobodys_to_choose(home: Household, people: dict[str, User]) -> None:
    beyond = make_household("LX000099", "何冬至", area=NEIGHBOUR_VILLAGE, by=people["lin_xian"])
    alert = warn(home, people["xian"], STAY)
    with pytest.raises(Refused):
        move_all(alert, beyond, people["xian"])
    with pytest.raises(Refused, match="choose the right one"):
        move_all(alert, home, people["xian"])


def test_it_is_done_and_told_on_the_page(
    home: Household, right: Household, people: dict[str, User], signed_in: SignedIn
) -> None:
    alert = warn(home, people["xian"], STAY)
    client = signed_in("xian")
    assert "Signals that do not belong" in page(client, f"/alerts/{alert.pk}/relocate/")
    typed = {
        "signals": [alert.signals.get().pk],
        "household": "ys000077",
        "reason": "同名",
        "data_wrong": "on",
    }
    wrong = client.post(f"/alerts/{alert.pk}/relocate/", typed | {"household": "LX1"})
    assert "No household of your areas has this number." in wrong.content.decode()
    there = client.post(f"/alerts/{alert.pk}/relocate/", typed)["Location"]
    assert there == f"/alerts/{the_alert(right).pk}/"
    assert "came here from another household" in page(client, there)
    shown = page(client, f"/alerts/{alert.pk}/")
    assert "was moved to household YS000077" in shown
    assert "What is found again goes there by itself." in shown
    back = f"/alerts/relocations/{Relocation.objects.get().pk}/undo/"
    assert back in shown
    assert client.post(back, {"reason": "核对过"})["Location"] == f"/alerts/{alert.pk}/"
