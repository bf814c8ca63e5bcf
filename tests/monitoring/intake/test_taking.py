"""What becomes of the rows of one file."""

from foundation.accounts.models import User
from monitoring.models import Batch
from tests.monitoring.intake.files import row, taken


def test_good_rows_are_accepted_and_bad_ones_rejected(yibao: User) -> None:
    done = taken(
        yibao,
        row(结算流水号="1"),
        row(结算流水号="2", 个人自付="-3"),
        row(结算流水号="3", 身份证号="", 姓名=""),
        row(结算流水号="4"),
        row(结算流水号="5"),
        row(结算流水号="6"),
        row(结算流水号="7"),
        row(结算流水号="8"),
        row(结算流水号="9"),
        row(结算流水号="10"),
    )
    assert done.state == "accepted"
    assert (done.rows_read, done.rows_accepted, done.rows_rejected) == (10, 8, 2)
    assert done.rejects == {"number_negative": 1, "id_missing": 1, "name_missing": 1}
    assert Batch.objects.get(delivery=done).rows == 8
    assert (done.matched, done.unmatched, done.name_differs) == (0, 8, 0)
