"""The import at the size of the nation: every village in one file, in one go."""

import resource
import tempfile

import pytest
from django.db import connection

from foundation.accounts.area_import import import_areas
from foundation.accounts.models import User

COUNTIES, TOWNSHIPS, VILLAGES = 90, 230, 30


def used_mb() -> float:
    """The most memory that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_620_000_villages_are_taken_in_one_go_and_little_memory(db: None) -> None:
    with tempfile.TemporaryFile("w+b") as file:
        file.write("行政区划代码,名称\n98,试验省\n9801,试验市\n".encode())
        for county in range(1, COUNTIES + 1):
            file.write(f"9801{county:02d},试验{county}县\n".encode())
            for town in range(1, TOWNSHIPS + 1):
                file.write(f"9801{county:02d}{town:03d},青石{town}镇\n".encode())
                for village in range(1, VILLAGES + 1):
                    file.write(
                        f"9801{county:02d}{town:03d}{village:03d},石桥{village}村村民委员会\n".encode()
                    )
        before = used_mb()
        done = import_areas(file, by=User.objects.built_in("shell"))
        connection.check_constraints()
    assert (done.by_level["village"], done.orphans, done.rejected) == (COUNTIES * TOWNSHIPS * VILLAGES, 0, 0)
    assert used_mb() - before < 60
