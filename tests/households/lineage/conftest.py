"""What the tests of family events share: sentences in English."""

from tests.alerts.conftest import english

__all__ = ["english"]
