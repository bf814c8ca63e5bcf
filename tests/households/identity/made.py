"""Made-up numbers: they begin with codes that no law has given to any place."""

import datetime

from hypothesis import strategies as st

from households.identity.numbers import check_character


def id_number(serial: int = 1, born: datetime.date = datetime.date(1990, 1, 1), area: str = "999901") -> str:
    """Return a right ID number with that serial (0 to 999)."""
    body = f"{area}{born:%Y%m%d}{serial:03d}"
    return body + check_character(body)


id_numbers = st.builds(
    id_number,
    st.integers(0, 999),
    st.dates(datetime.date(1900, 1, 1), datetime.date(2026, 11, 4)),
    st.sampled_from(["999901", "999902"]),
)
