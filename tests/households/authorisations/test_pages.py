"""The pages of authorisations and of the pad: who may, what is said, and how much it costs to list many."""

import base64
import datetime
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from foundation.accounts.models import Kin, User
from foundation.files.models import Attachment
from foundation.ledger.models import Entry
from foundation.workflow.move import Request
from households.authorisations.ending import end
from households.authorisations.using import use
from households.authorisations.worklists import ending_soon, to_sign
from households.models import Authorisation, Household, Signature
from households.signing.selectors import progress, signatures_of
from tests.households.authorisations.made import DAY, asked, signed
from tests.households.families import make_household
from tests.households.signing.made import drawing, photograph
from tests.reading import visible

PNG = "data:image/png;base64," + base64.b64encode(drawing()).decode()
SAID = {"happened_on": "2026-11-04", "version": "1", "read_to": "姜大雪", "printed_by": "姜大雪"}


@pytest.fixture
def home(people: dict[str, User]) -> Household:
    return make_household("AU0005", "姜大雪", "柳霜降", by=people["xian"])


@pytest.fixture
def cun(client: Client, people: dict[str, User]) -> User:
    client.force_login(people["cun"])
    return people["cun"]


def test_a_household_is_asked_on_its_page(client: Client, cun: User, home: Household):
    assert f"of-household/{home.pk}/" in client.get(f"/households/{home.pk}/").content.decode()
    form = client.get(f"/authorisations/of-household/{home.pk}/").context["form"]
    posted = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}
    answer = client.post(f"/authorisations/of-household/{home.pk}/", posted)
    row = Authorisation.objects.get()
    assert answer.headers["Location"] == f"/authorisations/{row.pk}/"
    assert row.valid_until == datetime.date(2027, 11, 3)
    assert progress(row).of == 2


def test_what_is_refused_is_said_and_nothing_typed_is_lost(client: Client, cun: User, home: Household):
    posted = {"basis": "statutory_duty", "witness": "见证人甲", "valid_from": "2026-11-04"}
    page = client.post(f"/authorisations/of-household/{home.pk}/", posted).content.decode()
    assert "error-summary" in page
    assert 'value="见证人甲"' in page


def test_two_draw_and_it_is_in_force(client: Client, cun: User, home: Household):
    row = asked(home, by=cun)
    for number, signature in enumerate(signatures_of(row), start=1):
        answer = client.post(f"/signatures/{signature.pk}/", SAID | {"way": "drawn", "drawn": PNG})
        assert answer.headers["Location"] == f"/authorisations/{row.pk}/"
        assert progress(row).signed == number
    row.refresh_from_db()
    assert row.state == "in_force"
    picture = client.get(f"/signatures/{signatures_of(row)[0].pk}/picture/")
    assert picture.headers["Content-Type"] == "image/jpeg"
    opened = client.post(f"/signatures/{signatures_of(row)[0].pk}/open/")
    assert b"".join(opened.streaming_content).startswith(b"\xff\xd8")  # type: ignore[arg-type]
    assert Entry.objects.filter(verb="attachment.looked.shown").count() == 1


def test_an_empty_box_and_a_missing_photo_are_sentences(client: Client, cun: User, home: Household):
    signature = signatures_of(asked(home, by=cun))[0]
    for way, field in (("drawn", "drawn"), ("paper", "photo"), ("thumb", "written_by")):
        page = client.post(f"/signatures/{signature.pk}/", SAID | {"way": way, "drawn": "data:,"})
        assert list(page.context["form"].errors) == [field]
    assert not Attachment.objects.exists()


def test_paper_is_signed_by_its_photo(client: Client, cun: User, home: Household):
    signature = signatures_of(asked(home, by=cun))[0]
    photo = SimpleUploadedFile("paper.jpg", photograph(), "image/jpeg")
    client.post(f"/signatures/{signature.pk}/", SAID | {"way": "paper", "photo": photo})
    signature.refresh_from_db()
    assert (signature.state, signature.way) == ("signed", "paper")


def test_by_link_is_not_offered(client: Client, cun: User, home: Household):
    signature = signatures_of(asked(home, by=cun))[0]
    page = client.post(f"/signatures/{signature.pk}/", SAID | {"way": "link"})
    assert "way" in page.context["form"].errors


def test_a_form_seen_before_somebody_else_signed_is_refused(client: Client, cun: User, home: Household):
    signature = signatures_of(asked(home, by=cun))[0]
    client.post(f"/signatures/{signature.pk}/", SAID | {"way": "drawn", "drawn": PNG})
    again = client.post(f"/signatures/{signature.pk}/", SAID | {"way": "drawn", "drawn": PNG})
    assert again.status_code == 302
    assert Attachment.objects.living().count() == 1


def test_a_refusal_and_a_signature_taken_back(client: Client, cun: User, home: Household):
    row = asked(home, by=cun)
    first, second = signatures_of(row)
    client.post(f"/signatures/{first.pk}/refuse/", {"told": "可随时补签", **SAID})
    assert "可随时补签" in visible(client.get(f"/authorisations/{row.pk}/"))
    client.post(f"/signatures/{second.pk}/", SAID | {"way": "drawn", "drawn": PNG})
    assert client.post(f"/signatures/{second.pk}/undo/", {"version": "2"}).status_code == 200
    client.post(f"/signatures/{second.pk}/undo/", {"version": "2", "reason": "误签"})
    second.refresh_from_db()
    assert second.state == "owed"


def test_an_end_asks_how_and_nothing_else_is_a_move_of_people(client: Client, cun: User, home: Household):
    row = signed(home, by=cun)
    assert client.post(f"/authorisations/{row.pk}/expire/", {"version": row.version}).status_code == 404
    said = {"version": row.version, "reason": "户主当面说明", "happened_on": "2026-11-04"}
    client.post(f"/authorisations/{row.pk}/withdraw/", said)
    row.refresh_from_db()
    assert row.state == "withdrawn"


def test_uses_and_denials_are_on_the_page(
    client: Client, people: dict[str, User], cun: User, home: Household
):
    row = signed(home, by=cun)
    use(row, purpose="asset_check", kinds=["deposit"], what="asset_check:1", by=people["zhen"])
    page = client.get(f"/authorisations/{row.pk}/")
    assert [line.detail for line in page.context["uses"]] == ["银行存款"]


def test_what_was_changed_is_said_loudly(client: Client, cun: User, home: Household):
    row = signed(home, by=cun)
    Authorisation.objects.filter(pk=row.pk).update(text="改")
    page = client.get(f"/authorisations/{row.pk}/")
    assert page.context["signatures"].in_doubt
    assert 'role="alert"' in page.content.decode()


def test_the_paper_is_a_pdf_on_record(client: Client, cun: User, home: Household):
    row = signed(home, by=cun)
    answer = client.post(f"/authorisations/{row.pk}/pdf/")
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")  # type: ignore[arg-type]
    assert Entry.objects.filter(verb="authorisation.printed").count() == 1
    assert Entry.objects.filter(verb="attachment.looked.shown").count() == 2


def test_outside_ones_areas_there_is_nothing(client: Client, people: dict[str, User], home: Household):
    row = asked(home, by=people["cun"])
    owed = signatures_of(row)[0]
    client.force_login(people["lin_cun"])
    for address in (
        f"/authorisations/{row.pk}/",
        f"/authorisations/{row.pk}/withdraw/",
        f"/authorisations/of-household/{home.pk}/",
        f"/signatures/{owed.pk}/",
        f"/signatures/{owed.pk}/refuse/",
        f"/signatures/{owed.pk}/picture/",
    ):
        assert client.get(address).status_code == 404, address
    assert home.code not in visible(client.get("/authorisations/"))


def test_who_only_reads_sees_no_buttons_and_kin_are_told_why(
    client: Client, people: dict[str, User], home: Household
):
    row = asked(home, by=people["cun"])
    client.force_login(people["lingdao"])
    assert "/signatures/" not in client.get(f"/authorisations/{row.pk}/").content.decode()
    assert client.get(f"/signatures/{signatures_of(row)[0].pk}/").status_code == 403
    Kin.objects.create(user=people["shuji"], household=home.code, relation=Kin.Relation.OWN, declared_on=DAY)
    client.force_login(people["shuji"])
    assert client.get(f"/signatures/{signatures_of(row)[0].pk}/").status_code == 302
    assert client.get(f"/authorisations/of-household/{home.pk}/").status_code == 302


def test_the_list_filters_and_costs_the_same_for_many(
    client: Client,
    people: dict[str, User],
    cun: User,
    home: Household,
    django_assert_max_num_queries: DjangoAssertNumQueries,
):
    signed(home, by=cun, valid_until=DAY + datetime.timedelta(days=30))
    for number in range(6, 12):
        asked(make_household(f"AU{number:04d}", "何冬至", "沈立夏", by=people["xian"]), by=cun)
    with django_assert_max_num_queries(22):
        page = client.get("/authorisations/")
    assert len(page.context["table"].rows) == 7
    for address, count in (("state=pending", 6), ("soon=yes", 1), ("purpose=removal_check", 0)):
        assert len(client.get(f"/authorisations/?{address}").context["table"].rows) == count


def test_the_list_leaves_as_a_workbook(client: Client, cun: User, home: Household):
    signed(home, by=cun)
    sent = client.post("/export/", {"address": "/authorisations/?state=in_force", "form": "xlsx"})
    content = b"".join(sent.streaming_content)  # type: ignore[arg-type]
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    told = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert {home.code, "姜大雪", "纳入监测前的信息比对"} <= set(told)


def test_what_waits_stands_on_the_list_of_who_takes_it(people: dict[str, User], home: Household):
    row = asked(home, by=people["cun"])
    assert "1" in to_sign(people["cun"])[0].title
    assert to_sign(people["lin_cun"]) == to_sign(people["lingdao"]) == []
    end(row, Request("cancel", reason="误录"), by=people["cun"])
    assert to_sign(people["cun"]) == []
    signed(home, by=people["cun"], valid_until=DAY + datetime.timedelta(days=30))
    assert len(ending_soon(people["zhen"])) == 1
    assert ending_soon(people["lin_zhen"]) == []


def test_the_night_goes_by_without_authorisations(people: dict[str, User]):
    from households.tasks import expire_authorisations

    expire_authorisations()
    assert not Signature.objects.exists()
