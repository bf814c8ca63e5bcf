"""The officer's way: choose, look at the first rows, say what headers mean, hand in, correct, hand in again."""

import io
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from foundation.accounts.models import Posting, User
from foundation.jobs import asking, spool
from foundation.jobs.models import Job
from foundation.ledger.models import Entry
from monitoring.intake.taking import take
from monitoring.models import Delivery, HeaderMeaning
from tests.monitoring.intake.files import csv_of, number, row, taken
from tests.people import COUNTY, FIRST_DAY

SignedIn = Callable[[str], Client]
FORM = "/deliveries/hand-in/"
WHERE = {"dataset": "medical_settlement", "area": COUNTY, "period": "2026-10"}


def upload(client: Client, *rows: Mapping[str, str], address: str = FORM, **given: Any) -> Any:
    """Post the form with a file of rows; returns the answer."""
    content = given.pop("content", None) or csv_of(rows).getvalue()
    file = SimpleUploadedFile("十月结算.csv", content)
    return client.post(address, WHERE | given | {"file": file})


def handed_in(client: Client, *rows: Mapping[str, str], address: str = FORM, **said: str) -> Delivery:
    """Upload rows, confirm the preview, and let a worker take them; returns the delivery."""
    preview = upload(client, *rows, address=address)["Location"]
    answer = client.post(preview, {"act": "hand_in"} | said)
    assert answer.status_code == 302, answer.content.decode()
    made = Delivery.objects.get(pk=answer["Location"].strip("/").split("/")[-1])
    return take(made, by=made.by)


class TestTheForm:
    """Where a file belongs."""

    def test_it_offers_what_the_officer_delivers_and_what_is_due(self, signed_in: SignedIn):
        shown = signed_in("yibao").get(FORM).content.decode()
        assert 'value="medical_settlement"' in shown
        assert 'value="dibao_roll"' not in shown
        assert 'value="2026-' in shown

    def test_another_dataset_brings_its_own_period(self, signed_in: SignedIn, people: dict[str, User]):
        Posting.objects.filter(user=people["yibao"]).update(from_day="2026-10-01")
        asked = {"dataset": "medical_settlement", "area": COUNTY, "period": "2020-01"}
        assert b'value="2026-10"' in signed_in("yibao").get(f"{FORM}period/", asked).content

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"period": "October"}, "is no period of this dataset"),
            ({"period": "2026"}, "is no period of this dataset"),
            ({"dataset": "dibao_roll"}, "Select a valid choice"),
            ({"area": "999902"}, "Select a valid choice"),
        ],
    )
    def test_what_was_typed_stays_on_an_error(self, signed_in: SignedIn, given: dict[str, str], said: str):
        answer = upload(signed_in("yibao"), row(), **given)
        assert answer.status_code == 200
        assert said in answer.content.decode()
        assert f'value="{given.get("period", "2026-10")}"' in answer.content.decode()

    def test_without_a_file_nothing_happens(self, signed_in: SignedIn):
        assert b"Choose the file to hand in." in signed_in("yibao").post(FORM, WHERE).content

    def test_only_who_delivers_opens_it(self, signed_in: SignedIn):
        assert signed_in("lingdao").get(FORM).status_code == 403
        assert signed_in("jingban").get(FORM).status_code == 403


class TestThePreview:
    """The first rows, and what headers mean."""

    def test_it_shows_rows_with_numbers_masked_and_takes_nothing(self, signed_in: SignedIn):
        client = signed_in("yibao")
        shown = client.get(
            upload(client, row(), row(结算流水号="2", 个人自付="-3"))["Location"]
        ).content.decode()
        assert number(1) not in shown
        assert "9999************" in shown
        assert "must not be below zero" in shown
        assert "1 of these 2 rows would be rejected" in shown
        assert not Delivery.objects.exists()

    def test_unknown_headers_are_asked_for_once_and_remembered(self, signed_in: SignedIn):
        client = signed_in("yibao")
        odd = {("患者姓名" if name == "姓名" else name): value for name, value in row().items()} | {
            "备注": "x"
        }
        page = upload(client, odd)["Location"]
        shown = client.get(page).content.decode()
        assert "What do these headers mean?" in shown
        assert "患者姓名" in shown
        answer = client.post(page, {"act": "hand_in", "header_0": "", "header_1": ""})
        assert "No header means 姓名" in answer.content.decode()
        assert not HeaderMeaning.objects.exists()
        answer = client.post(page, {"act": "hand_in", "header_0": "姓名", "header_1": ""})
        assert answer.status_code == 302
        meanings = HeaderMeaning.objects.filter(dataset="medical_settlement", area=COUNTY)
        assert dict(meanings.values_list("header", "column")) == {"患者姓名": "姓名", "备注": ""}
        again = client.get(upload(client, odd | {"结算流水号": "2"})["Location"]).content.decode()
        assert "What do these headers mean?" not in again
        assert "confirmed before" in again

    def test_two_headers_never_mean_one_column(self, signed_in: SignedIn):
        client = signed_in("yibao")
        odd = {("患者姓名" if name == "姓名" else name): value for name, value in row().items()} | {
            "备注": "x"
        }
        page = upload(client, odd)["Location"]
        answer = client.post(page, {"act": "hand_in", "header_0": "姓名", "header_1": "姓名"})
        assert "already means this column" in answer.content.decode()

    def test_looking_again_hands_nothing_in(self, signed_in: SignedIn):
        client = signed_in("yibao")
        page = upload(client, row())["Location"]
        assert client.post(page, {"act": "look"}).status_code == 200
        assert not Delivery.objects.exists()

    def test_a_file_that_is_no_table_is_refused_with_its_reason(self, signed_in: SignedIn):
        client = signed_in("yibao")
        answer = client.get(upload(client, content=b"nothing here\n")["Location"], follow=True)
        assert answer.redirect_chain[-1][0].startswith(FORM)
        assert b"message-error" in answer.content

    def test_nobody_else_opens_it(self, signed_in: SignedIn):
        page = upload(signed_in("yibao"), row())["Location"]
        assert signed_in("xian").get(page).status_code == 404
        assert signed_in("yibao").get(f"{FORM}{'0' * 32}/").status_code == 404
        assert signed_in("yibao").get(f"{FORM}nonsense/").status_code == 404

    def test_it_can_be_dropped(self, signed_in: SignedIn):
        client = signed_in("yibao")
        page = upload(client, row())["Location"]
        assert client.post(f"{page}drop/").status_code == 302
        assert client.get(page).status_code == 404


class TestHandingIn:
    """From the confirmed preview to the counts."""

    def test_the_rows_are_taken(self, signed_in: SignedIn):
        made = handed_in(signed_in("yibao"), row(), row(person=2, 结算流水号="2"))
        assert (made.state, made.rows_accepted, made.file_name) == ("accepted", 2, "十月结算.csv")

    def test_a_second_press_hands_nothing_in_twice(self, signed_in: SignedIn):
        client = signed_in("yibao")
        page = upload(client, row())["Location"]
        asked = {"act": "hand_in", "once": "a-token"}
        first, second = client.post(page, asked), client.post(page, asked)
        assert first["Location"] == second["Location"]
        assert Delivery.objects.count() == 1

    def test_the_same_file_again_leads_to_the_first_delivery(self, signed_in: SignedIn):
        client = signed_in("yibao")
        first = handed_in(client, row())
        answer = client.post(upload(client, row())["Location"], {"act": "hand_in"}, follow=True)
        assert answer.redirect_chain[-1][0] == f"/deliveries/{first.pk}/"
        assert "This very file was delivered before" in answer.content.decode()
        assert Delivery.objects.count() == 1

    def test_a_stopped_reading_is_told_honestly(self, signed_in: SignedIn, people: dict[str, User]):
        client = signed_in("yibao")
        page = client.post(upload(client, row())["Location"], {"act": "hand_in"})["Location"]
        assert "Stop reading this file" in client.get(page).content.decode()
        asking.cancel(Job.objects.get(kind="take_delivery"), by=people["yibao"])
        shown = client.get(page).content.decode()
        assert "Nothing of this file was taken." in shown
        assert Delivery.objects.get().state == "failed"

    def test_another_file_takes_the_place_of_an_earlier_one(self, signed_in: SignedIn):
        client = signed_in("yibao")
        first = handed_in(client, row())
        address = f"{FORM}?replaces={first.pk}"
        assert "takes the place of delivery" in client.get(address).content.decode()
        second = handed_in(client, row(个人自付="9.00"), address=address)
        assert second.replaces_id == first.pk
        assert Delivery.objects.get(pk=first.pk).state == "superseded"

    def test_a_list_takes_corrected_rows_as_an_addition(self, signed_in: SignedIn, people: dict[str, User]):
        rows = [row("dibao_roll", person) for person in range(1, 10)]
        first = taken(people["xian"], *rows, row("dibao_roll", 10, 保障类别="Z"), dataset="dibao_roll")
        client = signed_in("xian")
        assert f"{FORM}?supplements={first.pk}" in client.get(f"/deliveries/{first.pk}/").content.decode()
        added = handed_in(client, row("dibao_roll", 10), address=f"{FORM}?supplements={first.pk}")
        assert (added.supplements_id, added.period) == (first.pk, "2026-10")
        assert Delivery.objects.get(pk=first.pk).state == "accepted"

    def test_what_belongs_to_others_is_not_replaced(self, signed_in: SignedIn, people: dict[str, User]):
        first = taken(people["xian"], row("dibao_roll"), dataset="dibao_roll")
        assert signed_in("yibao").get(f"{FORM}?replaces={first.pk}").status_code == 404


class TestRejects:
    """Rows that were not taken."""

    @pytest.fixture
    def made(self, people: dict[str, User]) -> Delivery:
        """A delivery of eight good rows, one with a negative amount and one with a wrong word."""
        rows = [row(person=serial, 结算流水号=str(serial)) for serial in range(1, 11)]
        rows[3] |= {"个人自付": "-3"}
        rows[7] |= {"就诊类别": "体检"}
        return taken(people["yibao"], *rows)

    def test_each_says_where_and_why_and_shows_no_number(self, signed_in: SignedIn, made: Delivery):
        shown = signed_in("yibao").get(f"/deliveries/{made.pk}/rejects/").content.decode()
        assert "Line 5" in shown
        assert "Line 9" in shown
        assert "体检" in shown
        assert number(4) not in shown

    def test_a_reason_narrows_them(self, signed_in: SignedIn, made: Delivery):
        shown = signed_in("yibao").get(f"/deliveries/{made.pk}/rejects/?reason=code_unknown").content.decode()
        assert "1 found" in shown
        assert "Line 5" not in shown

    def test_every_look_is_recorded(self, signed_in: SignedIn, made: Delivery):
        signed_in("yibao").get(f"/deliveries/{made.pk}/rejects/")
        signed_in("yibao").post(f"/deliveries/{made.pk}/rejects/workbook/")
        verbs = Entry.objects.filter(object_id=str(made.pk), verb__startswith="delivery.rejects")
        assert sorted(verbs.values_list("verb", flat=True)) == [
            "delivery.rejects_fetched",
            "delivery.rejects_read",
        ]
        shown = signed_in("yibao").get("/deliveries/opened/").content.decode()
        assert "2 found" in shown
        assert "yibao" in shown
        uuids = [str(each) for each in verbs.values_list("uuid", flat=True)]
        assert not [each for each in uuids if each in shown], "the number of an entry is for the file"
        sheet = signed_in("yibao").post("/export/", {"address": "/deliveries/opened/", "form": "csv"})
        taken_out = b"".join(sheet).decode("utf-8-sig")
        assert sum(each in taken_out for each in uuids) == 2
        assert "0 found" in signed_in("jingban").get("/deliveries/opened/").content.decode()

    def test_the_corrected_workbook_counts_once(self, signed_in: SignedIn, made: Delivery):
        client = signed_in("yibao")
        given = client.post(f"/deliveries/{made.pk}/rejects/workbook/")
        book = CalamineWorkbook.from_filelike(io.BytesIO(given.content))
        header, *rows = book.get_sheet_by_index(0).to_python()
        said = [dict(zip(header, map(str, line), strict=True)) for line in rows]
        assert [line["身份证号"] for line in said] == [number(4), number(8)]
        said[0]["个人自付"], said[1]["就诊类别"] = "3", "门诊"
        unknown = {f"header_{place}": "" for place in range(2)}
        again = handed_in(client, *said, **unknown)
        assert (again.rows_accepted, again.rows_rejected, again.repeated) == (2, 0, 0)
        third = handed_in(client, *said, said[0] | {"结算流水号": "99"}, **unknown)
        assert (third.rows_accepted, third.repeated) == (3, 2)

    def test_others_read_no_rows(self, signed_in: SignedIn, made: Delivery):
        assert signed_in("lin_xian").get(f"/deliveries/{made.pk}/rejects/").status_code == 404
        assert signed_in("jingban").get(f"/deliveries/{made.pk}/rejects/").status_code == 403
        assert not Entry.objects.filter(verb="delivery.rejects_read").exists()

    def test_who_also_reads_another_department_opens_only_the_rows_they_deliver(
        self, signed_in: SignedIn, people: dict[str, User]
    ):
        Posting.objects.create(
            user=people["yibao"],
            role="case_officer",
            area_id=COUNTY,
            department_id="civil_affairs",
            from_day=FIRST_DAY,
        )
        other = taken(
            people["xian"], row("dibao_roll"), row("dibao_roll", 2, 保障类别="Z"), dataset="dibao_roll"
        )
        client = signed_in("yibao")
        shown = client.get(f"/deliveries/{other.pk}/")
        assert shown.status_code == 200
        assert f"/deliveries/{other.pk}/rejects/" not in shown.content.decode()
        assert client.get(f"/deliveries/{other.pk}/rejects/").status_code == 404


def test_a_draft_that_is_gone_is_told(signed_in: SignedIn) -> None:
    client = signed_in("yibao")
    page = upload(client, row())["Location"]
    spool.forget(page.strip("/").split("/")[-1])
    assert client.get(page).status_code == 404
