"""Two who keep the same number at the same moment get one subject."""

import threading

from django.db import connection, transaction

from households.identity import keeping
from households.models import Identity
from tests.households.identity.made import id_number


def test_two_who_keep_the_same_at_once_agree(own_database: str) -> None:
    """The second waits for the first, and takes what it wrote; nothing is there twice."""
    numbers = [id_number(serial) for serial in range(100)]
    got: list[keeping.Found] = []

    def keep_too() -> None:
        got.append(keeping.keep("id", reversed(numbers)))
        connection.close()

    second = threading.Thread(target=keep_too)
    with transaction.atomic():
        first = keeping.keep("id", numbers[:60])
        second.start()
        second.join(0.5)
        assert second.is_alive(), "it waits until the first has ended"
        first |= keeping.keep("id", numbers[60:])
    second.join()
    assert got == [first]
    assert Identity.objects.count() == 100
