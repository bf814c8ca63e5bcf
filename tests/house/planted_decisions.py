"""Decisions about cases that the walks look at: a paper, a letter and a correction for every household."""

from collections.abc import Iterator

from assistance.models import Case, CaseBatch, CaseBatchItem, CaseLetter, Correction
from foundation.accounts.models import User
from foundation.accounts.roles import Level
from foundation.files.models import Attachment
from tests.house.planted_assessments import assessed
from tests.house.planted_attachments import attached
from tests.house.planted_categories import recategorised
from tests.house.planted_removals import leaving
from tests.house.things import DAY, Thing
from tests.people import COUNTY

#: Kind → the level of the office that makes such papers.
_OFFICES = {"review": Level.TOWNSHIP, "approval": Level.COUNTY, "announcement": Level.TOWNSHIP}


def decided(people: dict[str, User]) -> dict[str, list[Thing]]:
    """Let every case stand on a paper of each kind, with a letter and a correction; by kind of thing."""
    cases = list(Case.objects.order_by("pk"))
    corrections = [_correction(case, people) for case in cases]
    papers = {kind: list(_papers(kind, cases, people)) for kind in _OFFICES}
    return {
        **leaving(people),
        **recategorised(),
        **assessed(people),
        **{f"{kind}_paper": rows for kind, rows in papers.items()},
        "decision": [each for rows in papers.values() for each in rows],
        "decision_paper": list(_files(people)),
        "case_letter": [Thing(_letter(case).pk, case.area_id) for case in cases],
        "case_correction": [Thing(row.pk, row.area_code) for row in corrections],
        "correction_file": [
            each for row in corrections for each in attached([row], row.proposed_by, "posted")
        ],
    }


def _papers(kind: str, cases: list[Case], people: dict[str, User]) -> Iterator[Thing]:
    for area in sorted({case.area_id[: _OFFICES[kind]] for case in cases}):
        made = CaseBatch.objects.create(
            kind=kind,
            area_id=area,
            on=DAY,
            number="7号",
            place="公开栏",
            by=_maker(area, people),
            made_on=DAY,
        )
        for case in cases:
            if case.area_id.startswith(area):
                CaseBatchItem.objects.create(batch=made, case=case, version=1, result="done")
        yield Thing(made.pk, area)


def _letter(case: Case) -> CaseLetter:
    made: CaseLetter = CaseLetter.objects.create(
        case=case, verb="decline", concluded_on=DAY, due_on=DAY, until=DAY
    )
    return made


def _correction(case: Case, people: dict[str, User]) -> Correction:
    made: Correction = Correction.objects.create(
        case=case, reason="看错了", heard_on=DAY, heard_by="home", heard="没有意见", proposed_on=DAY,
        proposed_by=_maker(case.area_id, people),
    )  # fmt: skip
    return made


def _files(people: dict[str, User]) -> Iterator[Thing]:
    """Let every paper have a file, of which nothing is in the store."""
    for batch in CaseBatch.objects.order_by("pk"):
        made = Attachment.objects.create(
            owner_model="assistance.casebatch",
            owner_id=str(batch.pk),
            area=batch.area_id,
            kind="paper",
            name="paper.pdf",
            media_type="application/pdf",
            size=9,
            sha256="0" * 64,
            uploaded_by=batch.by,
            uploaded_on=DAY,
            retention_until=DAY,
        )
        yield Thing(made.uuid, batch.area_id)


def _maker(area: str, people: dict[str, User]) -> User:
    near = not area.startswith(COUNTY)
    return people["lin_xian" if near else "zhen" if len(area) > Level.COUNTY else "shending"]
