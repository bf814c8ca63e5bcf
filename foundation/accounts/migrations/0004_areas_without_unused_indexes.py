"""Areas lose two indexes that no query uses: by part of a name (two characters have no trigram), and LIKE on the parent."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_staff_have_a_home_and_posts_are_withdrawn"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="area",
            name="area_by_part_of_name",
        ),
        migrations.AlterField(
            model_name="area",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="children",
                to="accounts.area",
                verbose_name="belongs to",
            ),
        ),
        migrations.AddIndex(
            model_name="area",
            index=models.Index(fields=["parent"], name="area_by_parent"),
        ),
    ]
