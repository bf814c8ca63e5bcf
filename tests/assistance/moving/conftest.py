"""What the tests of moved cases share: the way in, and sentences in English."""

from tests.alerts.conftest import english, signed_in

__all__ = ["english", "signed_in"]
