"""Triggers that refuse to change a value that was used, or an event of a clock, for everybody and always."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "used_values.sql"


class Migration(migrations.Migration):
    dependencies = [("regulations", "0001_values_calendars_clocks")]
    operations = [
        migrations.RunSQL(
            SQL.read_text(encoding="utf-8"),
            """
            DROP TRIGGER regulations_value_used ON regulations_value;
            DROP TRIGGER regulations_clockevent_append_only ON regulations_clockevent;
            DROP FUNCTION regulations_refuse_change_of_used();
            DROP FUNCTION regulations_refuse_change();
            """,
        )
    ]
