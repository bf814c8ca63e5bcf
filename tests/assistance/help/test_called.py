"""Measures and aid are called in the reader's language, as long as the catalogue calls them as the row was promised."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assistance.catalogue.book import called, measures
from assistance.models import AidRecord, Case, Measure
from foundation.accounts.models import User
from tests.assistance.aid.made import once, recorded
from tests.assistance.help.helped import ENOUGH, ticked

pytestmark = pytest.mark.django_db
Sign = Callable[[str], Client]
CHINESE = "医疗救助"


def shown(client: Client, url: str, language: str) -> str:
    """Return the words of a page in a language, without its own address and its tags."""
    page = client.get(url, headers={"Accept-Language": language}).content.decode()
    return re.sub(r"<[^>]+>", " ", page.split("<main")[1].split("</main>")[0])


@pytest.fixture
def pages(case: Case, people: dict[str, User]) -> list[str]:
    """Return the pages on which one measure and its aid stand: case, measure, aid, tasks, records, household."""
    (made,) = ticked(case, people["cun"], ENOUGH[0])
    measure = Measure.objects.select_related("case__household").get(pk=made.pk)
    assert measure.name == CHINESE
    aid = recorded(case, people["cun"], once(case, measure=measure))
    return [
        reverse("cases:case", args=[case.pk]),
        reverse("cases:measure", args=[measure.pk]),
        reverse("cases:aid_record", args=[aid.pk]),
        reverse("cases:measure_tasks"),
        reverse("cases:aid_records"),
        reverse("households:household", args=[case.household_id]),
    ]


def test_every_page_names_the_measure_in_the_readers_language(pages: list[str], signed_in: Sign) -> None:
    browser = signed_in("cun")
    for url in pages:
        english, chinese = shown(browser, url, "en"), shown(browser, url, "zh-hans")
        assert "medical aid" in english, url
        assert CHINESE not in english, url
        assert CHINESE in chinese, url


def test_promised_words_stay_where_the_catalogue_has_others_or_none(
    pages: list[str], signed_in: Sign
) -> None:
    Measure.objects.update(name="医疗救助（旧）")
    AidRecord.objects.update(code="of_old_times")
    browser = signed_in("cun")
    assert "医疗救助（旧）" in shown(browser, pages[1], "en")
    assert CHINESE in shown(browser, pages[2], "en")


def test_every_measure_of_the_catalogue_has_its_name_in_both_languages(english: None) -> None:
    for each in measures().values():
        assert called(each.code, each.name_zh) == each.name_en != each.name_zh
    assert called("nothing", "什么") == "什么"
