"""R-21 and R-22 are no longer asked: their findings and counts would stand open for ever."""

from typing import Any

from django.db import migrations

RULES = ("R-21", "R-22")


def forget(apps: Any, _schema: Any) -> None:
    """Take away what the two rules found; what the register says is untouched."""
    for name in ("QualityFinding", "QualityCount"):
        apps.get_model("households", name).objects.filter(rule__in=RULES).delete()


class Migration(migrations.Migration):
    """Forget findings that nothing in the register could have settled."""

    dependencies = [("households", "0051_households_in_order")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
