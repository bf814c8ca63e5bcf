"""What goes wrong at which row, set by the test that runs."""

import datetime
from collections.abc import Callable

DAY = datetime.date(2026, 11, 4)
AT: dict[int, Callable[[], None]] = {}
