"""What the made county is calibrated to: published figures (domain.md section 12) and how exactly they are met.

Tests compare the files with these. Shares that no publication gives are marked as guesses and held loosely.
"""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Figure:
    """One quantity: what it is, how much, how far the files may be from it, and who published it."""

    what: str
    value: float
    within: float
    source: str


UNSTABLE, MARGINAL, SUDDEN = "脱贫不稳定户", "边缘易致贫户", "突发严重困难户"
CATEGORIES = (UNSTABLE, MARGINAL, SUDDEN)
#: Chongqing, 18 February 2025: 11,979 + 17,169 + 14,707 = 43,855 households.
CATEGORY_SHARES = {UNSTABLE: 0.27, MARGINAL: 0.39, SUDDEN: 0.34}
PERSONS_PER_CASE = {UNSTABLE: 3.13, MARGINAL: 2.80, SUDDEN: 3.21}
#: Baoshan, end of 2021: persons ever monitored, of all rural people and of those lifted out of poverty.
MONITORED_OF_RURAL, MONITORED_OF_LIFTED_OUT = 0.0263, 0.1399
#: Xinxiang, 30 November 2025: removed households, safety-net households and their persons.
REMOVED, SAFETY_NET, SAFETY_NET_PERSONS = 0.785, 0.153, 2.18

CALIBRATION = (
    Figure("persons per monitored household", 3.03, 0.05, "Chongqing 2025"),
    Figure(f"persons per household, {UNSTABLE}", PERSONS_PER_CASE[UNSTABLE], 0.1, "Chongqing 2025"),
    Figure(f"persons per household, {MARGINAL}", PERSONS_PER_CASE[MARGINAL], 0.1, "Chongqing 2025"),
    Figure(f"persons per household, {SUDDEN}", PERSONS_PER_CASE[SUDDEN], 0.1, "Chongqing 2025"),
    Figure(f"share of households, {UNSTABLE}", CATEGORY_SHARES[UNSTABLE], 0.01, "Chongqing 2025"),
    Figure(f"share of households, {MARGINAL}", CATEGORY_SHARES[MARGINAL], 0.01, "Chongqing 2025"),
    Figure(f"share of households, {SUDDEN}", CATEGORY_SHARES[SUDDEN], 0.01, "Chongqing 2025"),
    Figure("monitored persons of all persons", MONITORED_OF_RURAL, 0.0008, "Baoshan 2021"),
    Figure(
        "monitored persons relative to lifted-out persons", MONITORED_OF_LIFTED_OUT, 0.006, "Baoshan 2021"
    ),
    Figure("removed households", REMOVED, 0.01, "Xinxiang 2025"),
    Figure("removed persons", 0.825, 0.02, "Xinxiang 2025"),
    Figure("safety-net households of monitored households", SAFETY_NET, 0.01, "Xinxiang 2025"),
    Figure("safety-net persons of monitored persons", 0.101, 0.015, "Xinxiang 2025"),
    Figure("persons per safety-net household", SAFETY_NET_PERSONS, 0.1, "Xinxiang 2025"),
    Figure("persons in dibao per person in tekun", 8.7, 2.0, "national civil affairs, October 2023"),
)

#: First risk of a case, in hundredths. A guess (domain.md section 12: shares were not found), scaled to a whole.
RISK_SHARES = {
    "因病": 47,
    "因残": 14,
    "缺劳动力": 11,
    "因学": 7,
    "因务工就业不稳": 7,
    "因意外事故": 4,
    "因自然灾害": 3,
    "因产业项目失败": 2,
    "其他": 5,
}
#: Households by the number of their members, in hundredths: 3.25 persons a household. A guess.
SIZE_SHARES = {1: 14, 2: 23, 3: 21, 4: 20, 5: 13, 6: 7, 7: 2}
#: What the line of the demonstration county was (yuan of net income per head a year); 8,800 is field.md 7.3's.
LINES = {2020: 6_000, 2021: 6_200, 2022: 6_900, 2023: 7_600, 2024: 8_100, 2025: 8_500, 2026: 8_800}


def lifted_out_share() -> Fraction:
    """Return the share of persons lifted out of poverty that both shares of Baoshan imply."""
    return Fraction(str(MONITORED_OF_RURAL)) / Fraction(str(MONITORED_OF_LIFTED_OUT))
