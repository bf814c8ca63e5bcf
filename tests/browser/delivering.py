"""A department's row of S1: its officer hands the file in on the page; worker and night follow by call."""

import datetime
import re

from playwright.sync_api import Page, expect

from foundation.accounts.demo.places import COUNTY
from foundation.accounts.models import User
from foundation.jobs.models import Job
from foundation.jobs.running import run_here
from households.models import Resident
from monitoring.comparison.asking import ask_run, run_now
from monitoring.demo.days import run_what_follows
from monitoring.models import Delivery, Run
from tests.monitoring.feeds import csv_of, number_of


def hand_in_stay(officer: Page, patient: Resident, day: datetime.date, paid: str) -> None:
    """Hand in the settlements of a month, of which one is a stay in hospital; read what became of its row."""
    row = {
        "结算流水号": f"JS{day:%Y%m%d}S01", "身份证号": number_of(patient), "姓名": patient.name, "就诊类别": "住院",
        "结算日期": str(day), "医疗总费用": "61200.00", "个人自付": paid,
    }  # fmt: skip
    file = {"name": f"{day.month}月结算.csv", "mimeType": "text/csv", "buffer": csv_of([row])}
    officer.goto(f"/deliveries/hand-in/?dataset=medical_settlement&period={day:%Y-%m}")
    officer.set_input_files("[name=file]", file)  # type: ignore[arg-type]
    officer.get_by_role("button", name="预览").click()
    expect(officer.locator(".first-rows tbody tr")).to_contain_text([patient.name])
    officer.get_by_role("button", name="报送", exact=True).first.click()
    expect(officer).to_have_url(re.compile(r"/deliveries/\d+/$"))
    delivery = Delivery.objects.latest("pk")
    run_what_follows(run_here(Job.objects.get(uuid=str(delivery.job))))
    # The page follows its job, and loads itself once more at the end.
    expect(officer.locator(".tallies")).to_contain_text("1已接收")


def compared(day: datetime.date) -> None:
    """Compare the county's households with the standard of one stay, as the night does that leads into a day."""
    system, standards = User.objects.built_in("system"), ["medical_single_stay"]
    night = Run.Cause.NIGHT
    run_now(ask_run(COUNTY, by=system, as_of=day, standards=standards, cause=night, ring=False))
