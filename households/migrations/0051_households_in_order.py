"""The list of households in its order, page by page."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the index that the list is read by."""

    dependencies = [("households", "0041_findings_of_data_quality")]

    operations = [
        migrations.AddIndex(
            model_name="household",
            index=models.Index(fields=["area", "code", "id"], name="household_in_order"),
        ),
    ]
