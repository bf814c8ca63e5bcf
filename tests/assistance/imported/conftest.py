"""What the tests of imported cases share."""

from tests.alerts.conftest import english, home, signed_in

__all__ = ["english", "home", "signed_in"]
