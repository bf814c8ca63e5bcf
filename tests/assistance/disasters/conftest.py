"""What the tests of disasters share: a flood in the township, households of two villages, and the way in."""

from tests.alerts.conftest import english, signed_in
from tests.assistance.disasters.struck import flood, homes

__all__ = ["english", "flood", "homes", "signed_in"]
