"""A job remembers the web request that asked for it, so that the lines of both logs can be read together."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0002_when_a_worker_last_gave_a_sign"),
    ]

    operations = [
        migrations.AddField(
            model_name="job",
            name="asked_in",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Joins the lines of the logs.",
                max_length=48,
                verbose_name="asked in the request",
            ),
            preserve_default=False,
        ),
    ]
