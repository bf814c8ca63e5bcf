"""What the tests of data checks share: signed-in browsers without a browser, sentences in English."""

from tests.assistance.conftest import english, signed_in

__all__ = ["english", "signed_in"]
