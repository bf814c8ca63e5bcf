"""The list of households in its order, page by page."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the index that the list is read by."""

    dependencies = [("households", "0011_one_index_for_each_token")]

    operations = [
        migrations.AddIndex(
            model_name="household",
            index=models.Index(fields=["area", "code", "id"], name="household_in_order"),
        ),
    ]
