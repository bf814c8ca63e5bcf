"""Triggers that refuse to change an entry, for everybody and always."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "append_only.sql"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_the_record")]
    operations = [
        migrations.RunSQL(
            SQL.read_text(encoding="utf-8"),
            """
            DROP TRIGGER ledger_entry_append_only ON ledger_entry;
            DROP TRIGGER ledger_entry_no_truncate ON ledger_entry;
            DROP FUNCTION ledger_refuse_change();
            """,
        )
    ]
