"""A measure that landed can be stopped before its time, and go on after all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assistance", "0280_deadlines_that_were_told")]

    operations = [
        migrations.AddField(
            model_name="measure",
            name="stopped_on",
            field=models.DateField(blank=True, null=True, verbose_name="stopped after"),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(stopped_on__isnull=True)
                | models.Q(state="landed", stopped_on__gte=models.F("landed_on")),
                name="a_measure_stops_after_it_landed",
            ),
        ),
    ]
