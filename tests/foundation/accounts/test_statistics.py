"""Whoever fills a table in one transaction lets the planner see it."""

from django.db import connection

from foundation.accounts.models import Area
from foundation.accounts.statistics import look_again


def counted(table: str) -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [table])
        return float(cursor.fetchone()[0])


def test_a_transaction_counts_its_own_rows_for_the_planner(areas: dict[str, Area]) -> None:
    look_again("accounts_area")
    assert counted("accounts_area") == len(areas) == Area.objects.count()


def test_the_record_of_acts_is_nobodys_to_maintain(db: None) -> None:
    before = counted("ledger_entry")
    look_again("ledger_entry")
    assert counted("ledger_entry") == before
