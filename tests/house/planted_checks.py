"""Applications and asset checks that the walks look at: one on every case, signed by nobody yet."""

import uuid
from collections.abc import Iterator

from assistance.models import Application, AssetCheck, AssetHit, Case, PaperDemand
from foundation.accounts.models import User
from foundation.files.content import JPEG
from foundation.files.models import Attachment
from households.models import Authorisation, Household
from monitoring.models import Delivery
from tests.house.things import DAY, Thing


def checked(people: dict[str, User], homes: list[Household]) -> dict[str, list[Thing]]:
    """Let every household with a case have applied and been asked about; returns it all by kind of thing."""
    made: dict[str, list[Thing]] = {}
    for home in homes:
        by = people["lin_cun" if home.area_id.startswith("999902") else "cun"]
        case, allowed = Case.objects.get(household=home), Authorisation.objects.get(household=home)
        for kind, key in _of(case, allowed, by):
            made.setdefault(kind, []).append(Thing(key, home.area_id))
    return made


def _of(case: Case, allowed: Authorisation, by: User) -> Iterator[tuple[str, object]]:
    head = case.household.residents.get(relation="01")
    applied = Application.objects.create(
        household=case.household, case=case, applicant=head, authorisation=allowed, way="paper", applied_on=DAY,
        entered_on=DAY, by=by, body={"members": [[head.pk, "01"]]}, told={"problem": head.name},
    )  # fmt: skip
    yield "application", applied.pk
    paper = Attachment.objects.create(
        owner_model="assistance.application", owner_id=str(applied.pk), area=case.area_id, kind="application",
        name="申请.jpg", media_type=JPEG, size=9, sha256="0" * 64, uploaded_by=by, uploaded_on=DAY, retention_until=DAY,
    )  # fmt: skip
    yield "application_paper", paper.uuid
    demand = PaperDemand.objects.create(
        case=case, paper="private_debt", why=head.name, asked_on=DAY, asked_by=by
    )
    yield "paper_demand", demand.pk
    check = AssetCheck.objects.create(
        case=case,
        authorisation=allowed,
        members=[head.pk],
        asked_on=DAY,
        by=by,
        finished_at="2026-11-04T04:00Z",
    )
    yield "asset_check", check.pk
    hit = AssetHit.objects.create(
        asset_check=check, resident=head, kind="vehicle", dataset_id="vehicle",
        delivery=Delivery.objects.earliest("pk"), line=2, row_key=uuid.uuid4(), as_of=DAY,
        band=[{"is": "word", "text": "小型轿车"}],
    )  # fmt: skip
    yield "asset_hit", hit.pk
